/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "chart/hr-chart-palette.h"
#include "ui/hr-figure.h"
#include "ui/hr-verdict-chip.h"

/* WCAG 2.2, 1.4.3. */
#define TEXT_CONTRAST 4.5

/* Drawn instead of every text: it covers its box, so that its colour can be read from the screen. */
#define BLOCKS "████"

typedef struct
{
  GtkWidget *root;
  guchar *pixels; /* of the root: red, green, blue, alpha */
  int width, height;
  double least;
  guint n_labels;
} Sheet;

static gboolean
is_read (GtkWidget *widget)
{
  const char *text = ui_text_of (widget);

  return text != NULL && *text != '\0' && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

static void
cover_cb (GtkWidget *widget, gpointer user_data)
{
  if (is_read (widget) && HR_IS_FIGURE (widget))
    hr_figure_set_text (HR_FIGURE (widget), BLOCKS);
  else if (is_read (widget))
    gtk_label_set_text (GTK_LABEL (widget), BLOCKS);
}

/* Draws the window into memory, as the screen shows it. */
static void
draw (Sheet *sheet)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (sheet->root);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (sheet->root));

  sheet->width = gtk_widget_get_width (sheet->root);
  sheet->height = gtk_widget_get_height (sheet->root);
  gdk_paintable_snapshot (paintable, snapshot, sheet->width, sheet->height);

  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) sheet->width, (float) sheet->height));

  sheet->pixels = g_malloc ((gsize) sheet->width * (gsize) sheet->height * 4);
  gdk_texture_download (texture, sheet->pixels, (gsize) sheet->width * 4);
}

static HrChartColor
get_pixel (const Sheet *sheet, double x, double y)
{
  guint32 pixel = ((const guint32 *) (gconstpointer) sheet->pixels)[(int) y * sheet->width + (int) x];

  return (HrChartColor){ (pixel >> 16 & 0xff) / 255.0, (pixel >> 8 & 0xff) / 255.0, (pixel & 0xff) / 255.0, 1 };
}

static void
check_cb (GtkWidget *widget, gpointer user_data)
{
  Sheet *sheet = user_data;
  int left, top, width, height;
  double x, y;

  if (!is_read (widget))
    return;
  if (HR_IS_FIGURE (widget))
    hr_figure_get_layout_offsets (HR_FIGURE (widget), &left, &top);
  else
    gtk_label_get_layout_offsets (GTK_LABEL (widget), &left, &top);
  pango_layout_get_pixel_size (ui_layout_of (widget), &width, &height);
  gtk_widget_translate_coordinates (widget, sheet->root, left, top + height / 2.0, &x, &y);
  double contrast = hr_chart_contrast (get_pixel (sheet, x + width / 8.0, y), get_pixel (sheet, x - 3, y));

  sheet->n_labels++;
  sheet->least = MIN (sheet->least, contrast);
  if (contrast < TEXT_CONTRAST)
    g_test_fail_printf ("%s in %s has contrast %.2f", gtk_widget_get_css_name (widget),
                        G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), contrast);
}

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
  Sheet sheet = { .root = window, .least = 21 };

  ui_walk (window, cover_cb, NULL);
  view_settle (window);
  draw (&sheet);
  ui_walk (window, check_cb, &sheet);
  g_free (sheet.pixels);
  g_test_message ("%u texts, least contrast %.2f", sheet.n_labels, sheet.least);
  g_assert_cmpuint (sheet.n_labels, ==, 11);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  view_init (&argc, &argv);
  g_test_add_data_func ("/contrast/light", GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_LIGHT), test_texts);
  g_test_add_data_func ("/contrast/dark", GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_DARK), test_texts);

  return g_test_run ();
}
