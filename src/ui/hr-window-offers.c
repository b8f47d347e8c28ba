/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-compat.h"
#include "hr-offers-report.h"
#include "io/hr-offer-import.h"
#include "model/hr-own-catalog.h"

#include <glib/gi18n-lib.h>

#define UNDO_ACTION "win.undo-offers"
#define OVERLAY_KEY "hr-overlay"

static void
catalog_changed_cb (AdwToast *toast, HrOwnCatalog *catalog)
{
  g_signal_handlers_disconnect_by_func (catalog, catalog_changed_cb, toast);
  hr_compat_dismiss_toast (g_object_get_data (G_OBJECT (toast), OVERLAY_KEY), toast);
}

/* Once what was imported is read: as long as the import is the last edit of the catalogue, it can be taken back. */
static void
report_closed_cb (HrWindow *self)
{
  HrOwnCatalog *catalog = hr_own_catalog_get_default ();
  AdwToast *toast;

  if (!hr_own_catalog_can_undo (catalog))
    return;

  toast = hr_window_toast (self, _ ("Offers Added to Your Catalogue"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, UNDO_ACTION);
  g_object_set_data (G_OBJECT (toast), OVERLAY_KEY, self->toasts); /* holds it */
  g_signal_connect_object (catalog, "changed", G_CALLBACK (catalog_changed_cb), toast, G_CONNECT_SWAPPED);
}

static void
show_report (HrWindow *self, const HrOfferImport *import, guint n_offers)
{
  GtkWidget *dialog = hr_offers_report_new (GTK_WINDOW (self), import, n_offers, UNDO_ACTION);

  if (n_offers > 0)
    g_signal_connect_object (dialog, "destroy", G_CALLBACK (report_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HrOfferImport) import = hr_offer_import_finish (result, &error);
  gsize n_offers = 0;
  const HrOffer *offers = import != NULL ? hr_offer_table_get_all (import->offers, &n_offers) : NULL;

  if (self->document == NULL) /* closed */
    return;

  hr_window_end_reading (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (n_offers > 0)
    hr_own_catalog_add_offers (hr_own_catalog_get_default (), offers, n_offers, &error);
  if (error != NULL)
    hr_window_tell_failure (self, _ ("The Offers Could Not Be Imported"), error->message);
  else
    show_report (self, import, (guint) n_offers);
}

void
hr_window_import_offers (HrWindow *self, GFile *file)
{
  hr_offer_import_async (file, hr_window_begin_reading (self, _ ("Reading Offers…")), imported_cb, g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = hr_compat_file_finish (result, NULL);

  if (file != NULL)
    hr_window_import_offers (HR_WINDOW (source), file);
}

static void
import_file_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_compat_open_file_async (GTK_WINDOW (widget), _ ("Import Offers"), "*" HR_OFFERS_SUFFIX, _ ("Price lists"),
                             chosen_cb, NULL);
}

static void
import_folder_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_compat_open_folder_async (GTK_WINDOW (widget), _ ("Import Offers from a Folder"), chosen_cb, NULL);
}

static void
import_sky_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GFile) folder = hr_offer_import_find_sky ();

  if (folder != NULL)
    hr_window_import_offers (HR_WINDOW (widget), folder);
}

static void
undo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  HrOwnCatalog *catalog = hr_own_catalog_get_default ();
  g_autoptr (GError) error = NULL;

  if (!hr_own_catalog_can_undo (catalog))
    return;
  if (hr_own_catalog_undo (catalog, &error))
    hr_window_toast (self, _ ("Import of Offers Undone"));
  else
    hr_window_tell_failure (self, _ ("The Import Could Not Be Undone"), error->message);
}

void
hr_window_find_sky (HrWindow *self)
{
  g_autoptr (GFile) folder = hr_offer_import_find_sky ();

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import-offers-sky", folder != NULL);
}

void
hr_window_install_offer_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import-offers", NULL, import_file_cb);
  gtk_widget_class_install_action (widget_class, "win.import-offers-folder", NULL, import_folder_cb);
  gtk_widget_class_install_action (widget_class, "win.import-offers-sky", NULL, import_sky_cb);
  gtk_widget_class_install_action (widget_class, UNDO_ACTION, NULL, undo_cb);
}
