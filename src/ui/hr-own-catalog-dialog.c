/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-own-catalog-dialog.h"

#include "hr-accessible-name.h"
#include "hr-compat.h"
#include "hr-offers-report.h"
#include "hr-own-form.h"
#include "hr-own-page.h"
#include "hr-whole-text.h"
#include "io/hr-model-import.h"
#include "model/hr-labels.h"
#include "model/hr-own-sources.h"
#include "model/hr-own-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EXPORT_NAME "headroom-catalog.json"
#define FILE_PATTERN "*.json *.csv"
#define PRICE_LIST_SUFFIX ".csv"

struct _HrOwnCatalogDialog
{
  AdwWindow parent_instance;

  HrOwnCatalog *catalog;
  HrConfiguration *configuration; /* (nullable) */
  AdwToast *undo_toast;           /* (nullable): offers to undo the latest edit, while it is the latest */

  AdwToastOverlay *toasts;
  GtkWidget *add_button;
  GtkSpinner *spinner; /* turns while offers are read */
  GtkWidget *problem_box;
  GtkLabel *problems;
  AdwViewStack *pages;
  HrOwnPage *models;
  HrOwnPage *gpus;
  HrOwnPage *offers;
};

G_DEFINE_FINAL_TYPE (HrOwnCatalogDialog, hr_own_catalog_dialog, ADW_TYPE_WINDOW)

static HrOwnKind
get_kind (HrOwnCatalogDialog *self)
{
  return (HrOwnKind) MAX (hr_enum_value (&HR_OWN_KINDS, adw_view_stack_get_visible_child_name (self->pages)), 0);
}

static void
forget_undo_toast (HrOwnCatalogDialog *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->undo_toast);

  if (toast != NULL)
    hr_compat_dismiss_toast (self->toasts, toast);
}

static void
toast_undo (HrOwnCatalogDialog *self, const char *message)
{
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  forget_undo_toast (self);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "own.undo");
  g_set_object (&self->undo_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
tell_failure (HrOwnCatalogDialog *self, const char *heading, const GError *error)
{
  const char *const responses[] = { "close", _ ("_Close"), "", NULL };

  hr_compat_ask_async (GTK_WINDOW (self), heading, error->message, responses, "close", NULL, NULL);
}

static void
show_problems (HrOwnCatalogDialog *self)
{
  GPtrArray *problems = hr_own_catalog_get_problems (self->catalog);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("%u file cannot be read. It is left as it is and skipped; mend it or move it away.",
                                    "%u files cannot be read. They are left as they are and skipped; mend them or move "
                                    "them away.",
                                    problems->len),
                          problems->len);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (text, "\n%s", (const char *) problems->pdata[i]);
  gtk_label_set_text (self->problems, text->str);
  gtk_widget_set_visible (self->problem_box, problems->len > 0);
}

static void
update_actions (HrOwnCatalogDialog *self)
{
  gboolean can_add = get_kind (self) != HR_OWN_MODEL || self->configuration != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.add", can_add);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.undo", hr_own_catalog_can_undo (self->catalog));
}

static void
changed_cb (HrOwnCatalogDialog *self)
{
  show_problems (self);
  update_actions (self);
}

static void
page_cb (HrOwnCatalogDialog *self)
{
  const char *const labels[HR_N_OWN_KINDS] = {
    [HR_OWN_MODEL] = _ ("Save Model of Configuration"), [HR_OWN_GPU] = _ ("Add GPU"), [HR_OWN_OFFER] = _ ("Add Offer")
  };

  if (self->catalog == NULL)
    return;

  gtk_widget_set_tooltip_text (self->add_button, labels[get_kind (self)]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  labels[get_kind (self)], -1);
  update_actions (self);
}

static void
saved_cb (HrOwnCatalogDialog *self, const char *title)
{
  /* Translators: %s is the name of a model, GPU or offer */
  g_autofree char *message = g_strdup_printf (_ ("Saved %s"), title);

  toast_undo (self, message);
}

static void
show_form (HrOwnCatalogDialog *self, HrOwnKind kind, HrOwnEntry *entry)
{
  GtkWidget *form = hr_own_form_new (self->catalog, kind, entry);

  g_signal_connect_object (form, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (form), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (form));
}

static void
save_model (HrOwnCatalogDialog *self, const HrCatalogModel *model, HrOwnEntry *like)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrOwnEntry) entry = hr_own_entry_new_model (model, like, &error);

  if (entry != NULL && hr_own_catalog_add (self->catalog, entry, &error))
    saved_cb (self, model->name);
  else
    tell_failure (self, _ ("The Model Could Not Be Saved"), error);
}

/* The model that a configuration has, under the name that it is known by. */
static void
save_configuration_model (HrOwnCatalogDialog *self)
{
  const HrJob *job = hr_configuration_get_job (self->configuration);
  const HrCatalogModel *known = hr_catalog_find_model (job->model_id);
  HrCatalogModel model = { .id = job->model_id, .name = hr_model_display_name (job->model_id), .family = "" };

  if (known != NULL)
    model = *known;
  model.architecture = *hr_configuration_get_architecture (self->configuration);
  save_model (self, &model, NULL);
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrOwnCatalogDialog *self = HR_OWN_CATALOG_DIALOG (source);
  g_autoptr (HrOwnEntry) entry = user_data;
  g_autofree char *name = hr_compat_ask_text_finish (result);

  if (name == NULL)
    return;

  HrCatalogModel model = *hr_own_entry_get_model (entry);
  model.name = name;
  save_model (self, &model, entry);
}

static void
edit_cb (HrOwnCatalogDialog *self, HrOwnItem *item)
{
  HrOwnEntry *entry = hr_own_item_get_entry (item);

  if (hr_own_entry_get_kind (entry) == HR_OWN_MODEL)
    hr_compat_ask_text_async (GTK_WINDOW (self), _ ("Rename Model"), _ ("Name"), hr_own_entry_get_model (entry)->name,
                              _ ("_Rename"), renamed_cb, hr_own_entry_ref (entry));
  else
    show_form (self, hr_own_entry_get_kind (entry), entry);
}

static void
remove_cb (HrOwnCatalogDialog *self, HrOwnItem *item)
{
  HrOwnEntry *entry = hr_own_item_get_entry (item);
  g_autofree char *title = hr_own_entry_title (entry);
  /* Translators: %s is the name of a model, GPU or offer */
  g_autofree char *message = g_strdup_printf (_ ("Removed %s"), title);
  g_autoptr (GError) error = NULL;

  if (hr_own_catalog_remove (self->catalog, entry, &error))
    toast_undo (self, message);
  else
    tell_failure (self, _ ("It Could Not Be Removed"), error);
}

static void
remove_source_cb (HrOwnCatalogDialog *self, const char *source)
{
  /* Translators: %s is the name of a file or where else prices come from */
  g_autofree char *message = g_strdup_printf (_ ("Removed the offers from %s"), source);
  g_autoptr (GError) error = NULL;

  if (hr_own_sources_remove (self->catalog, source, &error))
    toast_undo (self, message);
  else
    tell_failure (self, _ ("They Could Not Be Removed"), error);
}

static void
add_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrOwnCatalogDialog *self = HR_OWN_CATALOG_DIALOG (widget);

  if (get_kind (self) == HR_OWN_MODEL)
    save_configuration_model (self);
  else
    show_form (self, get_kind (self), NULL);
}

static void
undo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrOwnCatalogDialog *self = HR_OWN_CATALOG_DIALOG (widget);
  g_autoptr (GError) error = NULL;

  forget_undo_toast (self);
  if (hr_own_catalog_can_undo (self->catalog) && !hr_own_catalog_undo (self->catalog, &error))
    tell_failure (self, _ ("It Could Not Be Undone"), error);
}

static void
reload_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrOwnCatalogDialog *self = HR_OWN_CATALOG_DIALOG (widget);

  forget_undo_toast (self);
  hr_own_catalog_reload (self->catalog);
}

/* A model file is no catalogue; whoever brings one wants its model in here. */
static gboolean
import_model (HrOwnCatalogDialog *self, GFile *file)
{
  g_autoptr (HrModelImport) import = hr_model_import (file, NULL);
  HrCatalogModel model = { .family = "" };

  if (import == NULL || !import->has_architecture || import->has_adapter)
    return FALSE;

  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (folder != NULL ? folder : file);
  model.id = model.name = name;
  model.source = import->name;
  model.architecture = import->architecture;
  save_model (self, &model, NULL);
  return TRUE;
}

static void
offers_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrOwnCatalogDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HrOfferImport) import = hr_offer_import_finish (result, &error);
  gsize n_offers = 0;
  const HrOffer *offers = import != NULL ? hr_offer_table_get_all (import->offers, &n_offers) : NULL;

  if (self->catalog == NULL) /* closed */
    return;

  gtk_spinner_stop (self->spinner);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.import", TRUE);
  forget_undo_toast (self);
  if (n_offers > 0)
    hr_own_catalog_add_offers (self->catalog, offers, n_offers, &error);
  if (error != NULL)
    tell_failure (self, _ ("The Offers Could Not Be Imported"), error);
  else
    gtk_window_present (GTK_WINDOW (hr_offers_report_new (GTK_WINDOW (self), import, (guint) n_offers, "own.undo")));
  adw_view_stack_set_visible_child_name (self->pages, "offers");
}

static gboolean
is_price_list (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *small = g_ascii_strdown (name, -1);

  return g_str_has_suffix (small, PRICE_LIST_SUFFIX);
}

static guint
sum (const guint counts[HR_N_OWN_KINDS])
{
  return counts[HR_OWN_MODEL] + counts[HR_OWN_GPU] + counts[HR_OWN_OFFER];
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrOwnCatalogDialog *self = HR_OWN_CATALOG_DIALOG (source);
  g_autoptr (GFile) file = hr_compat_file_finish (result, NULL);

  if (file != NULL)
    hr_own_catalog_dialog_import (self, file);
}

void
hr_own_catalog_dialog_import (HrOwnCatalogDialog *self, GFile *file)
{
  g_return_if_fail (HR_IS_OWN_CATALOG_DIALOG (self));

  g_autoptr (GError) error = NULL;
  HrOwnImport counts;

  if (is_price_list (file))
    {
      gtk_spinner_start (self->spinner);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.import", FALSE);
      hr_offer_import_async (file, NULL, offers_read_cb, g_object_ref (self));
      return;
    }

  if (hr_own_catalog_import (self->catalog, file, &counts, &error))
    {
      /* Translators: how many entries an import added, and how many it put in the place of older ones */
      g_autofree char *message
          = g_strdup_printf (_ ("Imported: %u new, %u replaced"), sum (counts.n_added), sum (counts.n_replaced));
      toast_undo (self, message);
    }
  else if (!import_model (self, file))
    tell_failure (self, _ ("The File Could Not Be Imported"), error);
}

static void
import_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_compat_open_file_async (GTK_WINDOW (widget), _ ("Import File"), FILE_PATTERN,
                             _ ("Catalogue files, price lists and config.json"), imported_cb, NULL);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrOwnCatalogDialog *self = HR_OWN_CATALOG_DIALOG (source);
  g_autoptr (GFile) file = hr_compat_file_finish (result, NULL);
  g_autoptr (GError) error = NULL;

  if (file != NULL && !hr_own_catalog_export (self->catalog, file, &error))
    tell_failure (self, _ ("The Catalogue Could Not Be Exported"), error);
  else if (file != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Exported")));
}

static void
export_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_compat_save_file_async (GTK_WINDOW (widget), _ ("Export All"), EXPORT_NAME, NULL, exported_cb, NULL);
}

static void
hr_own_catalog_dialog_dispose (GObject *object)
{
  HrOwnCatalogDialog *self = HR_OWN_CATALOG_DIALOG (object);

  g_clear_object (&self->undo_toast);
  g_clear_object (&self->catalog);
  g_clear_object (&self->configuration);
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_OWN_CATALOG_DIALOG);

  G_OBJECT_CLASS (hr_own_catalog_dialog_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "own.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "own.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "own.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "own.reload", NULL, reload_cb);
  gtk_widget_class_install_action (widget_class, "own.undo", NULL, undo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "own.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "own.import", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "own.undo", NULL);
}

static void
hr_own_catalog_dialog_class_init (HrOwnCatalogDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_own_catalog_dialog_dispose;

  g_type_ensure (HR_TYPE_OWN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-own-catalog-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, problems);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, models);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, gpus);
  gtk_widget_class_bind_template_child (widget_class, HrOwnCatalogDialog, offers);
  gtk_widget_class_bind_template_callback (widget_class, page_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_source_cb);
  install_actions (widget_class);
}

static void
hr_own_catalog_dialog_init (HrOwnCatalogDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
}

GtkWidget *
hr_own_catalog_dialog_new (HrOwnCatalog *catalog, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (catalog), NULL);

  HrOwnCatalogDialog *self = g_object_new (HR_TYPE_OWN_CATALOG_DIALOG, NULL);

  self->catalog = g_object_ref (catalog);
  self->configuration = configuration != NULL ? g_object_ref (configuration) : NULL;
  hr_own_page_set_catalog (self->models, catalog, HR_OWN_MODEL);
  hr_own_page_set_catalog (self->gpus, catalog, HR_OWN_GPU);
  hr_own_page_set_catalog (self->offers, catalog, HR_OWN_OFFER);
  g_signal_connect_object (catalog, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  adw_view_stack_set_visible_child_name (self->pages, "gpus");
  page_cb (self);
  hr_own_page_focus (self->gpus);

  return GTK_WIDGET (self);
}
