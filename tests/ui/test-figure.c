/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/hr-figure.h"

#define WIDTH 200
#define HEIGHT 200

/* A window counts how often it is laid out; the figure stands in it as it wants. */
#define TEST_TYPE_PLACE (test_place_get_type ())
G_DECLARE_FINAL_TYPE (TestPlace, test_place, TEST, PLACE, GtkWidget)

struct _TestPlace
{
  GtkWidget parent_instance;

  GtkWidget *figure;
  int width; /* that the figure gets; 0: as it wants */
  guint n_layouts;
};

G_DEFINE_FINAL_TYPE (TestPlace, test_place, GTK_TYPE_WIDGET)

static void
test_place_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
test_place_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TestPlace *self = TEST_PLACE (widget);
  int natural;

  self->n_layouts++;
  gtk_widget_measure (self->figure, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  if (self->width > 0)
    natural = self->width;
  gtk_widget_measure (self->figure, GTK_ORIENTATION_VERTICAL, natural, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (self->figure, &(GtkAllocation){ 0, 0, natural, height }, -1);
}

static void
test_place_dispose (GObject *object)
{
  g_clear_pointer (&TEST_PLACE (object)->figure, gtk_widget_unparent);

  G_OBJECT_CLASS (test_place_parent_class)->dispose (object);
}

static void
test_place_class_init (TestPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_place_dispose;
  GTK_WIDGET_CLASS (klass)->measure = test_place_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = test_place_size_allocate;
}

static void
test_place_init (TestPlace *self)
{
}

typedef struct
{
  GtkWidget *window;
  TestPlace *place;
  HrFigure *figure;
} Fixture;

static void
open_window (Fixture *fixture, GtkWidget *figure, int width)
{
  fixture->window = gtk_window_new ();
  fixture->place = g_object_new (TEST_TYPE_PLACE, NULL);
  fixture->place->figure = figure;
  fixture->place->width = width;
  fixture->figure = HR_FIGURE (figure);
  gtk_widget_set_parent (figure, GTK_WIDGET (fixture->place));
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->place));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait_for (gtk_widget_get_width (figure) > 0);
  ui_settle ();
}

static void
close_window (Fixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->figure), (gpointer *) &fixture->figure);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_wait_for (fixture->figure == NULL);
}

static void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

/* Returns: how often all was laid out for another text. */
static guint
layouts_of (Fixture *fixture, const char *text)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  guint before = fixture->place->n_layouts;
  gboolean painted = FALSE;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  hr_figure_set_text (fixture->figure, text);
  ui_wait_for (painted);
  g_signal_handler_disconnect (clock, handler);
  return fixture->place->n_layouts - before;
}

static int
width_of (Fixture *fixture)
{
  return gtk_widget_get_width (GTK_WIDGET (fixture->figure));
}

static void
test_lays_out_only_what_does_not_fit (void)
{
  Fixture fixture;

  open_window (&fixture, hr_figure_new ("13.6 GB"), 0);
  int width = width_of (&fixture);

  g_assert_cmpuint (layouts_of (&fixture, "9.1 GB"), ==, 0);
  g_assert_cmpint (width_of (&fixture), ==, width);
  g_assert_cmpuint (layouts_of (&fixture, "1,113.6 GB"), ==, 1);
  g_assert_cmpint (width_of (&fixture), >, width);
  g_assert_cmpuint (layouts_of (&fixture, "7 GB\n−3 GB"), ==, 1);
  g_assert_cmpuint (layouts_of (&fixture, "6 GB\n−4 GB"), ==, 0);
  close_window (&fixture);
}

static void
test_wraps_into_as_many_lines (void)
{
  Fixture fixture;

  open_window (&fixture, g_object_new (HR_TYPE_FIGURE, "wrap", TRUE, "text", "weights and more", NULL), 60);
  int lines = pango_layout_get_line_count (hr_figure_get_layout (fixture.figure));

  g_assert_cmpint (lines, >, 1);
  g_assert_cmpuint (layouts_of (&fixture, "weight and more"), ==, 0);
  g_assert_cmpuint (layouts_of (&fixture, "weights"), ==, 1);
  g_assert_cmpuint (layouts_of (&fixture, "weights, weights, weights, weights"), ==, 1);
  g_assert_cmpint (pango_layout_get_line_count (hr_figure_get_layout (fixture.figure)), >, lines);
  close_window (&fixture);
}

/* Nobody gives more to one who asks for no more than before. */
static void
test_asks_for_more_only (void)
{
  Fixture fixture;
  GtkWidget *figure = g_object_new (HR_TYPE_FIGURE, "ellipsize", PANGO_ELLIPSIZE_END, "text", "of many words", NULL);

  open_window (&fixture, figure, 50);

  g_assert_true (pango_layout_is_ellipsized (hr_figure_get_layout (fixture.figure)));
  g_assert_cmpuint (layouts_of (&fixture, "of many word"), ==, 0);
  g_assert_cmpuint (layouts_of (&fixture, "words"), ==, 0);
  g_assert_false (pango_layout_is_ellipsized (hr_figure_get_layout (fixture.figure)));
  g_assert_cmpuint (layouts_of (&fixture, "of very many words"), ==, 1);
  close_window (&fixture);
}

static void
test_fits_when_it_comes_into_sight (void)
{
  Fixture fixture;

  open_window (&fixture, hr_figure_new ("1 GB"), 0);
  int width = width_of (&fixture);

  gtk_widget_set_child_visible (GTK_WIDGET (fixture.figure), FALSE);
  hr_figure_set_text (fixture.figure, "1,113.6 GB");
  ui_settle ();
  g_assert_cmpint (width_of (&fixture), ==, width);

  gtk_widget_set_child_visible (GTK_WIDGET (fixture.figure), TRUE);
  ui_wait_for (width_of (&fixture) > width);
  close_window (&fixture);
}

static void
test_is_as_large_as_a_label (void)
{
  static const char *const css_classes[] = { "caption", "title-1", "heading" };
  Fixture fixture;

  open_window (&fixture, hr_figure_new ("13.6 GB"), 0);
  for (guint i = 0; i < G_N_ELEMENTS (css_classes); i++)
    {
      GtkWidget *label = g_object_ref_sink (gtk_label_new ("13.6 GB"));
      int before = width_of (&fixture), expected;

      gtk_widget_add_css_class (label, css_classes[i]);
      gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &expected, NULL, NULL);
      gtk_widget_set_css_classes (GTK_WIDGET (fixture.figure), (const char *[]){ css_classes[i], NULL });
      ui_wait_for (width_of (&fixture) != before);
      g_assert_cmpint (width_of (&fixture), ==, expected);
      g_object_unref (label);
    }

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  int before = width_of (&fixture);
  ui_wait_for (width_of (&fixture) > before);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  close_window (&fixture);
}

/* Returns: how many pixels of the figure's left or right half have something on them. */
static guint
count_ink (Fixture *fixture, gboolean right)
{
  int width = width_of (fixture), height = gtk_widget_get_height (GTK_WIDGET (fixture->figure));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->figure));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guint n = 0;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_surface_flush (surface);

  const guint32 *pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface) / (int) sizeof (guint32);

  for (int y = 0; y < height; y++)
    for (int x = right ? width / 2 : 0; x < (right ? width : width / 2); x++)
      n += pixels[y * stride + x] != 0;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return n;
}

static void
test_stands_where_it_is_read_from (void)
{
  Fixture fixture;

  open_window (&fixture, g_object_new (HR_TYPE_FIGURE, "text", "3 GB", "xalign", 0.0, NULL), WIDTH);
  g_assert_cmpuint (count_ink (&fixture, FALSE), >, 0);
  g_assert_cmpuint (count_ink (&fixture, TRUE), ==, 0);

  gtk_widget_set_direction (GTK_WIDGET (fixture.figure), GTK_TEXT_DIR_RTL);
  layouts_of (&fixture, "4 GB");
  g_assert_cmpuint (count_ink (&fixture, FALSE), ==, 0);
  g_assert_cmpuint (count_ink (&fixture, TRUE), >, 0);
  close_window (&fixture);
}

static void
test_is_named_by_its_text (void)
{
  GtkWidget *figure = g_object_ref_sink (hr_figure_new ("3 GB"));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (figure), GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (figure), GTK_ACCESSIBLE_PROPERTY_LABEL, "3 GB");
  hr_figure_set_markup (HR_FIGURE (figure), "4 GB <small>of &lt;9&gt;</small>");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (figure), GTK_ACCESSIBLE_PROPERTY_LABEL, "4 GB of <9>");
  g_assert_cmpstr (hr_figure_get_text (HR_FIGURE (figure)), ==, "4 GB of <9>");
  g_assert_finalize_object (figure);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/figure/lays-out-only-what-does-not-fit", test_lays_out_only_what_does_not_fit);
  g_test_add_func ("/figure/wraps-into-as-many-lines", test_wraps_into_as_many_lines);
  g_test_add_func ("/figure/asks-for-more-only", test_asks_for_more_only);
  g_test_add_func ("/figure/fits-when-it-comes-into-sight", test_fits_when_it_comes_into_sight);
  g_test_add_func ("/figure/is-as-large-as-a-label", test_is_as_large_as_a_label);
  g_test_add_func ("/figure/stands-where-it-is-read-from", test_stands_where_it_is_read_from);
  g_test_add_func ("/figure/is-named-by-its-text", test_is_named_by_its_text);

  return g_test_run ();
}
