/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-notes-dialog.h"

#include "hr-markdown-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH 560
#define HEIGHT 480
#define LEAST_WIDTH 320
#define LEAST_HEIGHT 260
#define MARGIN 12

struct _HrNotesDialog
{
  AdwWindow parent_instance;

  GtkWidget *stack;
  GtkWidget *editor;
  GtkWidget *preview;
  GtkWidget *message;

  GObject *subject;
  gsize max_bytes;
  gboolean writing; /* the text changes because the notes did */
};

G_DEFINE_FINAL_TYPE (HrNotesDialog, hr_notes_dialog, ADW_TYPE_WINDOW)

/* Returns: (transfer full) */
static char *
typed_text (HrNotesDialog *self)
{
  char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->editor)), "text", &text, NULL);
  return text;
}

static void
changed_cb (HrNotesDialog *self)
{
  g_autofree char *text = typed_text (self);
  gboolean fits = strlen (text) <= self->max_bytes;

  gtk_widget_set_visible (self->message, !fits);
  hr_markdown_view_set_text (HR_MARKDOWN_VIEW (self->preview), text);
  if (fits && !self->writing)
    {
      self->writing = TRUE;
      g_object_set (self->subject, "notes", text, NULL);
      self->writing = FALSE;
    }
}

/* What was undone shows, too. */
static void
notes_cb (HrNotesDialog *self)
{
  g_autofree char *notes = NULL;
  g_autofree char *text = typed_text (self);

  g_object_get (self->subject, "notes", &notes, NULL);
  if (self->writing || g_strcmp0 (notes, text) == 0)
    return;

  self->writing = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->editor)), notes, -1);
  self->writing = FALSE;
}

static void
hr_notes_dialog_dispose (GObject *object)
{
  HrNotesDialog *self = HR_NOTES_DIALOG (object);

  if (self->subject != NULL)
    g_signal_handlers_disconnect_by_data (self->subject, self);
  g_clear_object (&self->subject);

  G_OBJECT_CLASS (hr_notes_dialog_parent_class)->dispose (object);
}

static void
hr_notes_dialog_class_init (HrNotesDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_notes_dialog_dispose;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
scrolled (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static gboolean
is_empty_cb (GBinding *binding, const GValue *text, GValue *empty, gpointer user_data)
{
  g_value_set_boolean (empty, *g_value_get_string (text) == '\0');
  return TRUE;
}

/* What stands where nothing is written yet: text views have none of their own. */
static GtkWidget *
with_placeholder (GtkWidget *scroller, GtkTextBuffer *buffer)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *label = gtk_label_new (_ ("Notes in Markdown"));

  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_margin_start (label, MARGIN);
  gtk_widget_set_margin_top (label, MARGIN);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_add_css_class (label, "dim-label");
  g_object_bind_property_full (buffer, "text", label, "visible", G_BINDING_SYNC_CREATE, is_empty_cb, NULL, NULL, NULL);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), label);
  return overlay;
}

static GtkWidget *
new_editor (HrNotesDialog *self)
{
  GtkWidget *editor = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (editor), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (editor), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (editor), MARGIN);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (editor), MARGIN);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (editor), MARGIN);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (editor), MARGIN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Notes in Markdown"), -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor)), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  return editor;
}

static void
hr_notes_dialog_init (HrNotesDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->stack = gtk_stack_new ();
  self->message = gtk_label_new (_ ("The notes are too long to be kept."));
  self->preview = hr_markdown_view_new ();
  self->editor = new_editor (self);

  gtk_stack_add_titled (
      GTK_STACK (self->stack),
      with_placeholder (scrolled (self->editor), gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->editor))), "edit",
      _ ("Edit"));
  gtk_stack_add_titled (GTK_STACK (self->stack), scrolled (self->preview), "preview", _ ("Preview"));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->stack));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_set_visible (self->message, FALSE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_window_set_content (ADW_WINDOW (self), box);

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (self), LEAST_WIDTH, LEAST_HEIGHT);
  gtk_window_set_focus (GTK_WINDOW (self), self->editor);
}

GtkWidget *
hr_notes_dialog_new (GObject *subject, const char *title, gsize max_bytes)
{
  g_return_val_if_fail (G_IS_OBJECT (subject), NULL);

  HrNotesDialog *self = g_object_new (HR_TYPE_NOTES_DIALOG, NULL);

  self->subject = g_object_ref (subject);
  self->max_bytes = max_bytes;
  gtk_window_set_title (GTK_WINDOW (self), title);
  g_signal_connect_swapped (subject, "notify::notes", G_CALLBACK (notes_cb), self);
  notes_cb (self);

  return GTK_WIDGET (self);
}
