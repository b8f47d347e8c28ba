/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "surfaces.h"
#include "text-contrast.h"
#include "view-fixture.h"

#include "ui/hr-verdict-chip.h"

/* What the platform dims too: the second line of a title, the hint in an entry, the head of a column. */
static void
add_dimmed (GtkWidget *box)
{
  GtkWidget *view = gtk_column_view_new (NULL);
  GtkColumnViewColumn *column = gtk_column_view_column_new ("column", NULL);

  gtk_box_append (GTK_BOX (box), adw_window_title_new ("title", "subtitle"));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_ENTRY, "placeholder-text", "hint", NULL));
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  g_object_unref (column);
  gtk_box_append (GTK_BOX (box), view);
}

/* Texts in the colours that the style sheet gives: dimmed on the window and on a card, each verdict. */
static GtkWidget *
create_texts (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *dim = gtk_label_new ("dim");

  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_add_css_class (dim, "dim-label");
  gtk_box_append (GTK_BOX (box), dim);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list),
                       g_object_new (ADW_TYPE_ACTION_ROW, "title", "title", "subtitle", "subtitle", NULL));
  gtk_box_append (GTK_BOX (box), list);
  add_dimmed (box);
  for (HrVerdict verdict = HR_VERDICT_FITS; verdict <= HR_VERDICT_UNKNOWN; verdict++)
    {
      GtkWidget *chip = hr_verdict_chip_new ();

      hr_verdict_chip_set (HR_VERDICT_CHIP (chip), verdict, "verdict");
      gtk_box_append (GTK_BOX (box), chip);
    }

  return box;
}

static void
test_texts (gconstpointer scheme)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), (AdwColorScheme) GPOINTER_TO_INT (scheme));

  GtkWidget *window = view_show (create_texts (), 400, 400);
  TextContrast contrast = text_contrast_measure (window, "texts");

  g_assert_cmpuint (contrast.n_texts, ==, 11);
  g_assert_cmpuint (contrast.n_faint, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
check_surface (GtkWidget *root, const char *name, gpointer n_faint)
{
  view_settle (root);

  TextContrast contrast = text_contrast_measure (root, name);

  g_assert_cmpuint (contrast.n_texts, >, 0);
  *(guint *) n_faint += contrast.n_faint;
}

static void
test_surfaces (WindowFixture *self, gconstpointer scheme)
{
  guint n_faint = 0;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), (AdwColorScheme) GPOINTER_TO_INT (scheme));
  surfaces_visit_views (self, check_surface, &n_faint);
  surfaces_visit_dialogs (self, check_surface, &n_faint);
  surfaces_visit_windows (self, check_surface, &n_faint);
  if (n_faint > 0)
    g_test_fail_printf ("%u texts are faint", n_faint);
}

static void
add (const char *name, AdwColorScheme scheme)
{
  g_autofree char *texts = g_strdup_printf ("/contrast/texts/%s", name);
  g_autofree char *surfaces = g_strdup_printf ("/contrast/surfaces/%s", name);

  g_test_add_data_func (texts, GINT_TO_POINTER (scheme), test_texts);
  g_test_add (surfaces, WindowFixture, GINT_TO_POINTER (scheme), window_fixture_set_up, test_surfaces,
              window_fixture_tear_down);
}

/* Run twice: high contrast is chosen by the environment. */
int
main (int argc, char **argv)
{
  view_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* GTK 4.8 warns of its own window of shortcuts */
  add ("light", ADW_COLOR_SCHEME_FORCE_LIGHT);
  add ("dark", ADW_COLOR_SCHEME_FORCE_DARK);

  return g_test_run ();
}
