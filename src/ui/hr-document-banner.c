/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-document-banner.h"

#include "hr-wrap-box.h"
#include "model/hr-file-watch.h"

#include <glib/gi18n-lib.h>

/* What there is to say, the most pressing last. */
typedef enum
{
  NOTICE_NONE,
  NOTICE_UNSAFE,
  NOTICE_RESTORED,
  NOTICE_GONE,
  NOTICE_CHANGED,
} Notice;

struct _HrDocumentBanner
{
  AdwBin parent_instance;

  HrDocument *document; /* (nullable) */
  HrAutosave *autosave; /* (nullable) */
  HrFileWatch *watch;   /* (nullable) */
  gboolean restored;    /* changes came from a draft and nobody decided yet */
  char *reload_problem; /* (nullable): why the file could not be read again */

  /* of the template */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *first_button;
  GtkButton *second_button;
};

G_DEFINE_FINAL_TYPE (HrDocumentBanner, hr_document_banner, ADW_TYPE_BIN)

typedef enum
{
  PROP_DOCUMENT = 1,
} HrDocumentBannerProperty;

static GParamSpec *properties[PROP_DOCUMENT + 1];

static Notice
get_notice (HrDocumentBanner *self)
{
  HrFileState state = self->watch != NULL ? hr_file_watch_get_state (self->watch) : HR_FILE_SAME;

  if (state == HR_FILE_CHANGED)
    return NOTICE_CHANGED;
  if (state == HR_FILE_GONE)
    return NOTICE_GONE;
  if (self->restored && hr_document_is_modified (self->document))
    return NOTICE_RESTORED;

  return self->autosave != NULL && hr_autosave_get_problem (self->autosave) != NULL ? NOTICE_UNSAFE : NOTICE_NONE;
}

static char *
file_name (HrDocumentBanner *self)
{
  g_autofree char *base_name = g_file_get_basename (hr_document_get_file (self->document));

  return g_filename_display_name (base_name);
}

static char *
tell_changed (HrDocumentBanner *self)
{
  g_autofree char *name = file_name (self);

  if (self->reload_problem != NULL)
    return g_strdup (self->reload_problem);

  return g_strdup_printf (_ ("Another program changed “%s”."), name);
}

static char *
tell_gone (HrDocumentBanner *self)
{
  g_autofree char *name = file_name (self);

  return g_strdup_printf (_ ("“%s” was moved, renamed or deleted."), name);
}

static void
show_notice (HrDocumentBanner *self, char *text, const char *first, const char *second)
{
  gtk_label_set_label (self->label, text);
  gtk_button_set_label (self->first_button, first);
  gtk_button_set_label (self->second_button, second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_free (text);
}

static void
update (HrDocumentBanner *self)
{
  Notice notice = get_notice (self);

  switch (notice)
    {
    case NOTICE_CHANGED:
      show_notice (self, tell_changed (self), _ ("_Reload"), _ ("_Keep Mine"));
      break;
    case NOTICE_GONE:
      show_notice (self, tell_gone (self), _ ("_Save Again"), _ ("_Ignore"));
      break;
    case NOTICE_RESTORED:
      show_notice (self, g_strdup (_ ("Changes that had not been saved are restored.")), _ ("_Discard"), _ ("_Save"));
      break;
    case NOTICE_UNSAFE:
      show_notice (
          self,
          g_strdup_printf (_ ("Unsaved changes cannot be kept safe: %s"), hr_autosave_get_problem (self->autosave)),
          _ ("_Try Again"), _ ("_Save"));
      break;
    case NOTICE_NONE:
    default:
      break;
    }
  gtk_revealer_set_reveal_child (self->revealer, notice != NOTICE_NONE);
}

static void
save (HrDocumentBanner *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.save", NULL);
}

static void
reload (HrDocumentBanner *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reload_problem, g_free);
  if (!hr_document_reload (self->document, &error))
    self->reload_problem = g_strdup (error->message);
}

static void
first_cb (HrDocumentBanner *self)
{
  switch (get_notice (self))
    {
    case NOTICE_CHANGED:
      reload (self);
      break;
    case NOTICE_GONE:
      hr_document_keep (self->document);
      save (self);
      break;
    case NOTICE_RESTORED:
      self->restored = FALSE;
      hr_document_revert (self->document);
      break;
    case NOTICE_UNSAFE:
      hr_autosave_flush (self->autosave);
      break;
    case NOTICE_NONE:
    default:
      break;
    }
  hr_document_banner_check (self);
}

static void
second_cb (HrDocumentBanner *self)
{
  switch (get_notice (self))
    {
    case NOTICE_CHANGED:
    case NOTICE_GONE:
      g_clear_pointer (&self->reload_problem, g_free);
      hr_document_keep (self->document);
      break;
    case NOTICE_RESTORED:
    case NOTICE_UNSAFE:
      save (self);
      break;
    case NOTICE_NONE:
    default:
      break;
    }
  hr_document_banner_check (self);
}

static void
modified_cb (HrDocumentBanner *self)
{
  if (!hr_document_is_modified (self->document))
    self->restored = FALSE;
  update (self);
}

static void
take_autosave (HrDocumentBanner *self, HrDraft *draft)
{
  g_clear_object (&self->autosave);
  self->autosave = hr_autosave_new (self->document, draft);
  g_signal_connect_object (self->autosave, "notify::problem", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
let_go (HrDocumentBanner *self)
{
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->autosave);
  g_clear_object (&self->document);
  g_clear_pointer (&self->reload_problem, g_free);
  self->restored = FALSE;
}

static void
hr_document_banner_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrDocumentBanner *self = HR_DOCUMENT_BANNER (object);

  switch ((HrDocumentBannerProperty) property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_document_banner_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrDocumentBannerProperty) property_id)
    {
    case PROP_DOCUMENT:
      hr_document_banner_set_document (HR_DOCUMENT_BANNER (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_document_banner_dispose (GObject *object)
{
  let_go (HR_DOCUMENT_BANNER (object));

  G_OBJECT_CLASS (hr_document_banner_parent_class)->dispose (object);
}

static void
hr_document_banner_class_init (HrDocumentBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_document_banner_get_property;
  object_class->set_property = hr_document_banner_set_property;
  object_class->dispose = hr_document_banner_dispose;

  properties[PROP_DOCUMENT] = g_param_spec_object (
      "document", NULL, NULL, HR_TYPE_DOCUMENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (HR_TYPE_WRAP_BOX);
  gtk_widget_class_set_css_name (widget_class, "documentbanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-document-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, HrDocumentBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, HrDocumentBanner, label);
  gtk_widget_class_bind_template_child (widget_class, HrDocumentBanner, first_button);
  gtk_widget_class_bind_template_child (widget_class, HrDocumentBanner, second_button);
  gtk_widget_class_bind_template_callback (widget_class, first_cb);
  gtk_widget_class_bind_template_callback (widget_class, second_cb);
}

static void
hr_document_banner_init (HrDocumentBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hr_document_banner_set_document (HrDocumentBanner *self, HrDocument *document)
{
  g_return_if_fail (HR_IS_DOCUMENT_BANNER (self));

  if (document == self->document)
    return;

  let_go (self);
  if (document != NULL)
    {
      g_autoptr (GFile) folder = hr_draft_default_folder ();

      self->document = g_object_ref (document);
      self->watch = hr_file_watch_new (document);
      g_signal_connect_object (self->watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (document, "notify::modified", G_CALLBACK (modified_cb), self, G_CONNECT_SWAPPED);
      take_autosave (self, hr_draft_new (folder));
    }
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
hr_document_banner_adopt (HrDocumentBanner *self, HrDraft *draft)
{
  g_return_if_fail (HR_IS_DOCUMENT_BANNER (self));
  g_return_if_fail (self->document != NULL);

  take_autosave (self, draft);
  self->restored = TRUE;
  update (self);
}

GFile *
hr_document_banner_get_draft_file (HrDocumentBanner *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT_BANNER (self), NULL);

  return self->autosave != NULL ? hr_autosave_get_draft_file (self->autosave) : NULL;
}

void
hr_document_banner_check (HrDocumentBanner *self)
{
  g_return_if_fail (HR_IS_DOCUMENT_BANNER (self));

  if (self->watch != NULL)
    hr_file_watch_check (self->watch);
  update (self);
}

void
hr_document_banner_flush (HrDocumentBanner *self)
{
  g_return_if_fail (HR_IS_DOCUMENT_BANNER (self));

  if (self->autosave != NULL)
    hr_autosave_flush (self->autosave);
}

void
hr_document_banner_discard (HrDocumentBanner *self)
{
  g_return_if_fail (HR_IS_DOCUMENT_BANNER (self));

  if (self->autosave != NULL)
    hr_autosave_discard (self->autosave);
}
