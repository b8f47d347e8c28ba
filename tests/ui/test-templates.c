/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/hr-assumptions-dialog.h"
#include "ui/hr-basis-button.h"
#include "ui/hr-compare-head.h"
#include "ui/hr-compare-view.h"
#include "ui/hr-compat.h"
#include "ui/hr-document-banner.h"
#include "ui/hr-explain-view.h"
#include "ui/hr-find-dialog.h"
#include "ui/hr-fit-map-axes.h"
#include "ui/hr-fit-map-view.h"
#include "ui/hr-gpu-chooser.h"
#include "ui/hr-gpu-dialog.h"
#include "ui/hr-gpus-view.h"
#include "ui/hr-help-window.h"
#include "ui/hr-import-report-dialog.h"
#include "ui/hr-inspector.h"
#include "ui/hr-model-details.h"
#include "ui/hr-model-dialog.h"
#include "ui/hr-model-row.h"
#include "ui/hr-number-row.h"
#include "ui/hr-own-catalog-dialog.h"
#include "ui/hr-own-form.h"
#include "ui/hr-own-page.h"
#include "ui/hr-preferences-window.h"
#include "ui/hr-targets-dialog.h"
#include "ui/hr-timeline-view.h"
#include "ui/hr-verdict-chip.h"
#include "ui/hr-window.h"

#define RESOURCES "/io/github/headroom/Headroom/"

/* Under fatal warnings: a name that is wrong in a template ends the test. */
static void
test_instantiates (gconstpointer data)
{
  GType type = g_type_from_name (data);
  g_autoptr (HrDocument) document = hr_document_new_sample (NULL);
  HrConfiguration *configuration = hr_project_get_configuration (hr_document_get_project (document), 0);

  if (!g_type_is_a (type, GTK_TYPE_WIDGET))
    g_error ("%s is missing in register_types()", (const char *) data);

  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  gboolean needs_one = g_object_class_find_property (G_OBJECT_CLASS (klass), "configuration") != NULL;
  GtkWidget *widget = g_object_new (type, needs_one ? "configuration" : NULL, configuration, NULL);

  g_object_ref_sink (widget);
  ui_settle ();
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_assert_finalize_object (widget);
}

static void
test_shortcuts (void)
{
  GtkWidget *parent = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (parent));
  hr_compat_show_shortcuts (GTK_WINDOW (parent), RESOURCES "shortcuts.ui");
  ui_settle ();
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
test_about (void)
{
  GtkWidget *parent = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (parent));
  hr_compat_show_about (GTK_WINDOW (parent), "GTK");
  ui_settle ();
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* Menus within menus have letters of their own; sections share those of their menu. */
static void
check_mnemonics (GMenuModel *menu, GHashTable *letters)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autoptr (GHashTable) own = g_hash_table_new (NULL, NULL);
      g_autofree char *label = NULL;
      const char *mnemonic;

      if (section != NULL)
        check_mnemonics (section, letters);
      if (submenu != NULL)
        check_mnemonics (submenu, own);
      if (section != NULL || !g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        continue;

      mnemonic = strchr (label, '_');
      if (mnemonic == NULL || !g_hash_table_add (letters, GINT_TO_POINTER (g_ascii_tolower (mnemonic[1]))))
        g_error ("\"%s\" has no letter of its own in its menu", label);
    }
}

static void
test_mnemonics (gconstpointer menu_name)
{
  GtkWidget *window = g_object_ref_sink (g_object_new (HR_TYPE_WINDOW, NULL));
  g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);
  GMenuModel *menu = G_MENU_MODEL (gtk_widget_get_template_child (window, HR_TYPE_WINDOW, menu_name));

  check_mnemonics (menu, letters);
  g_assert_cmpuint (g_hash_table_size (letters), >=, 2);
  if (g_str_equal (menu_name, "primary_menu"))
    {
      /* What moves into this menu where the window is narrow. */
      check_mnemonics (G_MENU_MODEL (gtk_widget_get_template_child (window, HR_TYPE_WINDOW, "undo_menu")), letters);
      g_assert_true (g_hash_table_add (letters, GINT_TO_POINTER ('e')));
    }

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (window);
}

static void
register_types (void)
{
  GType types[] = {
    HR_TYPE_BASIS_BUTTON,       HR_TYPE_COMPARE_HEAD,    HR_TYPE_ASSUMPTIONS_DIALOG,
    HR_TYPE_COMPARE_VIEW,       HR_TYPE_DOCUMENT_BANNER, HR_TYPE_EXPLAIN_VIEW,
    HR_TYPE_FIND_DIALOG,        HR_TYPE_FIT_MAP_AXES,    HR_TYPE_FIT_MAP_VIEW,
    HR_TYPE_GPU_CHOOSER,        HR_TYPE_GPU_DIALOG,      HR_TYPE_GPUS_VIEW,
    HR_TYPE_HELP_WINDOW,        HR_TYPE_INSPECTOR,       HR_TYPE_MODEL_DETAILS,
    HR_TYPE_MODEL_DIALOG,       HR_TYPE_MODEL_ROW,       HR_TYPE_NUMBER_ROW,
    HR_TYPE_PREFERENCES_WINDOW, HR_TYPE_TARGETS_DIALOG,  HR_TYPE_TIMELINE_VIEW,
    HR_TYPE_VERDICT_CHIP,       HR_TYPE_WINDOW,          HR_TYPE_OWN_CATALOG_DIALOG,
    HR_TYPE_OWN_FORM,           HR_TYPE_OWN_PAGE,        HR_TYPE_IMPORT_REPORT_DIALOG,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_type_ensure (types[i]);
}

int
main (int argc, char *argv[])
{
  static const char *const MENUS[] = { "add_menu", "export_menu", "primary_menu" };

  ui_init (&argc, &argv);
  register_types ();

  g_auto (GStrv) names = g_resources_enumerate_children (RESOURCES, 0, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (RESOURCES, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);
      g_autoptr (GRegex) pattern = g_regex_new ("<template class=\"(\\w+)\"", 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;

      if (bytes == NULL
          || !g_regex_match_full (pattern, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), 0, 0,
                                  &match, NULL))
        continue;

      char *type_name = g_match_info_fetch (match, 1);
      g_autofree char *test_path = g_strconcat ("/templates/", type_name, NULL);

      g_test_add_data_func_full (test_path, type_name, test_instantiates, g_free);
    }
  for (guint i = 0; i < G_N_ELEMENTS (MENUS); i++)
    {
      g_autofree char *path = g_strconcat ("/templates/mnemonics/", MENUS[i], NULL);
      g_test_add_data_func (path, MENUS[i], test_mnemonics);
    }
  g_test_add_func ("/templates/shortcuts", test_shortcuts);
  g_test_add_func ("/templates/about", test_about);

  return g_test_run ();
}
