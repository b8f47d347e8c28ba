/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "io/hr-import.h"
#include "io/hr-pasted.h"
#include "model/hr-project-clipboard.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What project files are: configurations from here are preferred to a text that came with them. */
#define MIME_TYPE "application/x-headroom+json"

static HrProject *
get_project (HrWindow *self)
{
  return hr_document_get_project (self->document);
}

/* As JSON of its own type, and as text for editors. */
static void
copy (HrWindow *self)
{
  GListModel *selected = hr_selection_get_selected (self->selection);
  g_autofree char *text = hr_project_copy (get_project (self), selected);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GdkContentProvider *forms[]
      = { gdk_content_provider_new_for_bytes (MIME_TYPE, bytes), gdk_content_provider_new_typed (G_TYPE_STRING, text) };
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_union (forms, G_N_ELEMENTS (forms));

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
}

static void
copy_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_window_commit (HR_WINDOW (widget));
  copy (HR_WINDOW (widget));
}

static void
cut_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GListModel *selected = hr_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (selected);
  g_autofree char *label = g_strdup_printf (ngettext ("Cut %u configuration", "Cut %u configurations", n), n);

  hr_window_commit (self);
  copy (self);
  hr_project_remove_all (get_project (self), selected, label);
  hr_window_toast_undo (self, label);
}

/* What was pasted is what the user goes on with. */
static void
select_pasted (HrWindow *self, HrConfiguration *first, guint n)
{
  HrProject *project = get_project (self);
  guint position = hr_project_find (project, first);

  hr_selection_select_only (self->selection, first);
  if (n > 1)
    hr_selection_extend_to (self->selection, hr_project_get_configuration (project, position + n - 1));
}

static void
paste_configurations (HrWindow *self, const HrProjectData *pasted)
{
  HrConfiguration *selected = hr_window_get_configuration (self);
  guint position = selected != NULL ? hr_project_find (get_project (self), selected) : G_MAXUINT;
  guint n = pasted->entries->len;
  g_autoptr (GError) error = NULL;
  HrConfiguration *first = hr_project_paste (get_project (self), position, pasted, &error);

  if (first == NULL)
    {
      hr_window_tell_failure (self, _ ("Nothing Was Pasted"), error->message);
      return;
    }

  g_autofree char *message = g_strdup_printf (ngettext ("Pasted %u configuration", "Pasted %u configurations", n), n);
  select_pasted (self, first, n);
  hr_window_toast_undo (self, message);
}

static void
paste_text (HrWindow *self, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrPasted) pasted = NULL;

  if (!hr_pasted_is_json (bytes))
    {
      hr_window_toast (self, _ ("The clipboard holds no configuration"));
      return;
    }

  /* Translators: how messages call what is on the clipboard, as they call files: "Clipboard: line 1 …" */
  pasted = hr_pasted_read (bytes, _ ("Clipboard"), &error);
  hr_window_commit (self);
  if (pasted == NULL)
    hr_window_tell_failure (self, _ ("Nothing Was Pasted"), error->message);
  else if (pasted->project != NULL)
    paste_configurations (self, pasted->project);
  else
    hr_window_take_model (self, NULL, g_steal_pointer (&pasted->model));
}

/* What comes over the clipboard, as much of it as is read. */
typedef struct
{
  HrWindow *window;
  char *text;
} Reading;

static void
reading_free (Reading *self)
{
  g_object_unref (self->window);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &size, &error))
    size = 0;
  if (reading->window->document == NULL) /* closed */
    return;

  g_autoptr (GBytes) bytes = g_bytes_new (reading->text, size);
  paste_text (reading->window, bytes);
}

static void
offered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  if (self->document == NULL) /* closed */
    return;
  if (stream == NULL)
    {
      hr_window_toast (self, _ ("The clipboard holds no configuration"));
      return;
    }

  Reading *reading = g_new (Reading, 1);
  reading->window = g_steal_pointer (&self);
  reading->text = g_malloc (HR_PASTED_MAX_BYTES + 1);
  g_input_stream_read_all_async (stream, reading->text, HR_PASTED_MAX_BYTES + 1, G_PRIORITY_DEFAULT, NULL, read_cb,
                                 reading);
}

static void
paste_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  static const char *const types[] = { MIME_TYPE, "application/json", "text/plain;charset=utf-8", "text/plain", NULL };

  gdk_clipboard_read_async (gtk_widget_get_clipboard (widget), (const char **) types, G_PRIORITY_DEFAULT, NULL,
                            offered_cb, g_object_ref (widget));
}

void
hr_window_install_clipboard_actions (GtkWidgetClass *widget_class)
{
  /* Text entries have these keys first. */
  static const struct
  {
    guint key;
    const char *action;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { GDK_KEY_c, "win.copy", copy_cb },
    { GDK_KEY_x, "win.cut", cut_cb },
    { GDK_KEY_v, "win.paste", paste_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].action, NULL, actions[i].activate);
      gtk_widget_class_add_binding_action (widget_class, actions[i].key, GDK_CONTROL_MASK, actions[i].action, NULL);
    }
}
