/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

#include "chart/hr-chart-palette.h"
#include "chart/hr-fit-map-export.h"
#include "chart/hr-fit-map-layout.h"
#include "chart/hr-fit-map-paint.h"
#include "core/hr-notation.h"

#include <math.h>
#include <string.h>

#define N_RANDOM 200
#define TOLERANCE 1e-6
#define LIMIT (16 * GB)

static void
set_values (HrGridAxis *axis, guint n_values, const uint64_t *values)
{
  axis->n_values = n_values;
  memcpy (axis->values, values, n_values * sizeof *values);
}

/* So much a sample and token, over 4 GB of weights; what the high end of the band needs is 10 % more. */
static HrFitMap *
new_map (const HrGridAxis *columns, const HrGridAxis *rows, gboolean fine)
{
  g_autofree HrGridCell *cells = g_new0 (HrGridCell, (gsize) columns->n_values * rows->n_values);

  for (guint r = 0; r < rows->n_values; r++)
    for (guint c = 0; c < columns->n_values; c++)
      {
        HrGridCell *cell = &cells[(gsize) r * columns->n_values + c];

        cell->device_bytes = 4 * GB + columns->values[c] * rows->values[r] * 2000000;
        cell->high_bytes = cell->device_bytes / 10 * 11;
        cell->verdict = hr_verdict (cell->device_bytes, cell->high_bytes, LIMIT);
      }

  HrFitMap *map = hr_fit_map_new (columns, rows, cells);
  map->title = g_strdup ("QLoRA r16");
  map->detail = g_strdup ("NF4 · all linear · T4");
  map->description = g_strdup ("What fits");
  map->empty_text = g_strdup ("Nothing to show");
  map->column_label = g_strdup ("Micro-batch");
  map->row_label = g_strdup ("Sequence length");
  map->limit_bytes = LIMIT;
  map->fine = fine;

  return map;
}

/* 1, 2, 4, 8 by 512, 1024, 2048; the configuration has 2 by 2048. */
static HrFitMap *
sample_map (gboolean fine)
{
  static const uint64_t batches[] = { 1, 2, 4, 8 }, lengths[] = { 512, 1024, 2048 };
  HrGridAxis columns = { .unknown = HR_UNKNOWN_MICRO_BATCH, .logarithmic = true };
  HrGridAxis rows = { .unknown = HR_UNKNOWN_SEQUENCE, .logarithmic = true };

  set_values (&columns, G_N_ELEMENTS (batches), batches);
  set_values (&rows, G_N_ELEMENTS (lengths), lengths);
  HrFitMap *map = new_map (&columns, &rows, fine);
  map->current = (HrFitMapPlace){ 1, 2 };

  return map;
}

static void
random_axis (HrGridAxis *axis, GRand *random)
{
  uint64_t value = 0;

  axis->logarithmic = g_rand_boolean (random);
  axis->n_values = (uint32_t) g_rand_int_range (random, 1, g_rand_boolean (random) ? 12 : HR_GRID_MOST_VALUES + 1);
  for (guint i = 0; i < axis->n_values; i++)
    axis->values[i] = value += (uint64_t) g_rand_int_range (random, 1, 400);
}

static HrFitMapLayout *
lay_out (HrFitMap *map, double width, double height, gboolean right_to_left)
{
  return hr_fit_map_layout_new (map, width, height, right_to_left, &fixed_measurer);
}

static HrChartBox
item_box (const HrChartItem *item)
{
  return (HrChartBox){ item->x, item->y, item->width, item->height };
}

static gboolean
overlap (HrChartBox a, HrChartBox b)
{
  return a.x + a.width > b.x + TOLERANCE && b.x + b.width > a.x + TOLERANCE && a.y + a.height > b.y + TOLERANCE
         && b.y + b.height > a.y + TOLERANCE;
}

/* The cells fill the plot without gaps, in order; no text lies on another or outside. */
static void
check_layout (const HrFitMapLayout *layout, double width, double height)
{
  const HrFitMap *map = hr_fit_map_layout_map (layout);
  HrChartBox plot = hr_fit_map_layout_plot (layout);
  size_t n_items;
  const HrChartItem *items = hr_fit_map_layout_items (layout, &n_items);
  double area = 0;

  for (int r = 0; r < (int) map->rows.n_values; r++)
    for (int c = 0; c < (int) map->columns.n_values; c++)
      {
        HrFitMapPlace place = { c, r };
        HrChartBox box = hr_fit_map_layout_box (layout, place);

        g_assert_cmpfloat (box.width, >, 0);
        g_assert_cmpfloat (box.height, >, 0);
        area += box.width * box.height;
        g_assert_true (hr_fit_map_place_equal (
            place, hr_fit_map_layout_hit (layout, box.x + box.width / 2, box.y + box.height / 2)));
      }
  g_assert_cmpfloat_with_epsilon (area, plot.width * plot.height, 1e-3);
  for (size_t i = 0; i < n_items; i++)
    {
      HrChartBox box = item_box (&items[i]);

      g_assert_cmpfloat (box.x, >=, -TOLERANCE);
      g_assert_cmpfloat (box.x + box.width, <=, width + TOLERANCE);
      g_assert_cmpfloat (box.y + box.height, <=, height + TOLERANCE);
      for (size_t j = 0; j < i; j++)
        if (overlap (box, item_box (&items[j])))
          g_error ("“%s” lies on “%s”", items[i].text, items[j].text);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < N_RANDOM; i++)
    {
      HrGridAxis columns = { .unknown = HR_UNKNOWN_MICRO_BATCH }, rows = { .unknown = HR_UNKNOWN_SEQUENCE };
      double width, height;

      random_axis (&columns, random);
      random_axis (&rows, random);
      gboolean few = columns.n_values <= 12 && rows.n_values <= 12;
      g_autoptr (HrFitMap) map = new_map (&columns, &rows, !few || g_rand_boolean (random));
      map->current = (HrFitMapPlace){ 0, (int) rows.n_values - 1 };
      hr_fit_map_layout_minimum (map, &fixed_measurer, &width, &height);
      width += g_rand_double_range (random, 0, 800);
      height += g_rand_double_range (random, 0, 500);

      g_autoptr (HrFitMapLayout) layout = lay_out (map, width, height, g_rand_boolean (random));
      check_layout (layout, width, height);
    }
}

static const HrChartItem *
find_text (const HrFitMapLayout *layout, const char *text)
{
  size_t n_items;
  const HrChartItem *items = hr_fit_map_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    if (g_str_equal (items[i].text, text))
      return &items[i];

  return NULL;
}

/* Figure and sign stand in their cell: beside each other with room, else one below the other. */
static void
test_figures (void)
{
  g_autoptr (HrFitMap) map = sample_map (FALSE);

  for (int narrow = 0; narrow <= 1; narrow++)
    {
      double width = 700, height = 400;

      if (narrow)
        hr_fit_map_layout_minimum (map, &fixed_measurer, &width, &height);
      g_autoptr (HrFitMapLayout) layout = lay_out (map, width, height, FALSE);
      /* 8 by 2048: 4 + 8 × 2048 × 0.002 GB */
      const HrChartItem *figure = find_text (layout, "36.8");
      g_assert_nonnull (figure);
      const HrChartItem *sign = figure + 1;
      HrChartBox cell = hr_fit_map_layout_box (layout, (HrFitMapPlace){ 3, 2 });

      g_assert_cmpstr (sign->text, ==, "✗");
      g_assert_cmpint (figure->role, ==, HR_CHART_ROLE_OVER_TEXT);
      g_assert_cmpfloat (figure->x, >=, cell.x);
      g_assert_cmpfloat (sign->x + sign->width, <=, cell.x + cell.width);
      g_assert_cmpfloat (figure->y, >=, cell.y - TOLERANCE);
      g_assert_cmpfloat (sign->y + sign->height, <=, cell.y + cell.height + TOLERANCE);
      g_assert_true ((sign->y > figure->y) == narrow);
    }
}

/* Values of the axes in the user's notation where people look at them, in files as they always were; with room for
 * both. */
static void
test_heads (void)
{
  static const HrNotation german = { ",", ".", "" };
  static const char *const texts[] = { "2048", "2.048" };
  const HrNotation *before = hr_notation_swap (&german);

  for (int grouped = 0; grouped <= 1; grouped++)
    {
      g_autoptr (HrFitMap) map = sample_map (FALSE);
      double width, height;

      map->grouped = grouped;
      hr_fit_map_layout_minimum (map, &fixed_measurer, &width, &height);
      g_autoptr (HrFitMapLayout) layout = lay_out (map, width, height, FALSE);
      const HrChartItem *head = find_text (layout, texts[grouped]);

      g_assert_nonnull (head);
      g_assert_null (find_text (layout, texts[!grouped]));
      g_assert_cmpfloat (head->x + head->width, <=, hr_fit_map_layout_plot (layout).x);
      check_layout (layout, width, height);
    }
  hr_notation_swap (before);
}

/* On an axis of ratios cells are as wide as the ratio to their neighbours; the frontier runs where the signs change. */
static void
test_fine (void)
{
  static const uint64_t batches[] = { 1, 2, 4, 16 }, lengths[] = { 512, 1024, 4096 };
  HrGridAxis columns = { .unknown = HR_UNKNOWN_MICRO_BATCH, .logarithmic = true };
  HrGridAxis rows = { .unknown = HR_UNKNOWN_SEQUENCE };
  guint n_lines, n_changes = 0;

  set_values (&columns, G_N_ELEMENTS (batches), batches);
  set_values (&rows, G_N_ELEMENTS (lengths), lengths);
  g_autoptr (HrFitMap) map = new_map (&columns, &rows, TRUE);
  g_autoptr (HrFitMapLayout) layout = lay_out (map, 700, 400, FALSE);
  HrChartBox first = hr_fit_map_layout_box (layout, (HrFitMapPlace){ 0, 0 });
  HrChartBox second = hr_fit_map_layout_box (layout, (HrFitMapPlace){ 1, 1 });
  HrChartBox last = hr_fit_map_layout_box (layout, (HrFitMapPlace){ 3, 2 });

  /* In octaves: 1, 1, 1.5, 2; in tokens: 512, 1792, 3072. */
  g_assert_cmpfloat_with_epsilon (second.width, first.width, 1e-9);
  g_assert_cmpfloat_with_epsilon (last.width, 2 * first.width, 1e-9);
  g_assert_cmpfloat_with_epsilon (second.height, first.height * 3.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (last.height, first.height * 6, 1e-9);

  const HrChartBox *lines = hr_fit_map_layout_frontier (layout, &n_lines);
  for (guint i = 0; i < n_lines; i++)
    {
      double x = lines[i].x + lines[i].width / 2, y = lines[i].y + lines[i].height / 2;
      double dx = lines[i].width > 0 ? 0 : 1, dy = 1 - dx;
      HrFitMapPlace before = hr_fit_map_layout_hit (layout, x - dx, y - dy);
      HrFitMapPlace after = hr_fit_map_layout_hit (layout, x + dx, y + dy);

      g_assert_cmpint (hr_fit_map_cell (map, before)->verdict, !=, HR_VERDICT_OVER);
      g_assert_cmpint (hr_fit_map_cell (map, after)->verdict, ==, HR_VERDICT_OVER);
    }
  for (int r = 0; r < 3; r++)
    for (int c = 0; c < 4; c++)
      {
        gboolean over = hr_fit_map_cell (map, (HrFitMapPlace){ c, r })->verdict == HR_VERDICT_OVER;

        n_changes += c > 0 && over != (hr_fit_map_cell (map, (HrFitMapPlace){ c - 1, r })->verdict == HR_VERDICT_OVER);
        n_changes += r > 0 && over != (hr_fit_map_cell (map, (HrFitMapPlace){ c, r - 1 })->verdict == HR_VERDICT_OVER);
      }
  g_assert_cmpuint (n_changes, >, 0);
  g_assert_cmpuint (n_lines, ==, n_changes);
}

/* From right to left everything is where the mirror shows it. */
static void
test_mirrored (void)
{
  for (int fine = 0; fine <= 1; fine++)
    {
      g_autoptr (HrFitMap) map = sample_map (fine);
      g_autoptr (HrFitMapLayout) layout = lay_out (map, 700, 400, FALSE);
      g_autoptr (HrFitMapLayout) mirrored = lay_out (map, 700, 400, TRUE);

      for (int c = 0; c < 4; c++)
        {
          HrChartBox box = hr_fit_map_layout_box (layout, (HrFitMapPlace){ c, 1 });
          HrChartBox other = hr_fit_map_layout_box (mirrored, (HrFitMapPlace){ c, 1 });

          g_assert_cmpfloat_with_epsilon (other.x, 700 - box.x - box.width, 1e-9);
          g_assert_cmpfloat_with_epsilon (other.width, box.width, 1e-9);
          g_assert_cmpint (hr_fit_map_layout_hit (mirrored, other.x + 1, other.y + 1).column, ==, c);
        }
      g_assert_nonnull (find_text (mirrored, "Micro-batch ←"));
      g_assert_nonnull (find_text (layout, "Micro-batch →"));
    }
}

static void
test_hit_beside (void)
{
  g_autoptr (HrFitMap) map = sample_map (FALSE);
  g_autoptr (HrFitMapLayout) layout = lay_out (map, 700, 400, FALSE);
  HrChartBox plot = hr_fit_map_layout_plot (layout);
  const double points[][2] = { { plot.x - 1, plot.y + 1 },
                               { plot.x + 1, plot.y - 1 },
                               { plot.x + plot.width, plot.y + 1 },
                               { plot.x + 1, plot.y + plot.height } };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    g_assert_cmpint (hr_fit_map_layout_hit (layout, points[i][0], points[i][1]).column, ==, -1);
}

static void
assert_moves (const HrFitMap *map, HrFitMapPlace from, HrFitMapMove move, int column, int row)
{
  HrFitMapPlace to = hr_fit_map_move (map, from, move);

  g_assert_cmpint (to.column, ==, column);
  g_assert_cmpint (to.row, ==, row);
}

static void
test_move (void)
{
  g_autoptr (HrFitMap) map = sample_map (FALSE);
  g_autoptr (HrFitMap) empty = hr_fit_map_new (NULL, NULL, NULL);
  HrFitMapPlace corner = { 0, 0 }, place = { 1, 1 };

  assert_moves (map, HR_FIT_MAP_NOWHERE, HR_FIT_MAP_MOVE_RIGHT, 1, 2);
  assert_moves (map, corner, HR_FIT_MAP_MOVE_LEFT, 0, 0);
  assert_moves (map, corner, HR_FIT_MAP_MOVE_UP, 0, 0);
  assert_moves (map, place, HR_FIT_MAP_MOVE_RIGHT, 2, 1);
  assert_moves (map, place, HR_FIT_MAP_MOVE_UP, 1, 0);
  assert_moves (map, place, HR_FIT_MAP_MOVE_DOWN, 1, 2);
  assert_moves (map, place, HR_FIT_MAP_MOVE_ROW_END, 3, 1);
  assert_moves (map, place, HR_FIT_MAP_MOVE_ROW_START, 0, 1);
  assert_moves (map, place, HR_FIT_MAP_MOVE_COLUMN_END, 1, 2);
  assert_moves (map, place, HR_FIT_MAP_MOVE_COLUMN_START, 1, 0);
  assert_moves (map, corner, HR_FIT_MAP_MOVE_CURRENT, 1, 2);
  assert_moves (empty, HR_FIT_MAP_NOWHERE, HR_FIT_MAP_MOVE_RIGHT, -1, -1);

  HrFitMapPlace found = hr_fit_map_find (map, 5, 900);
  g_assert_cmpint (found.column, ==, 2);
  g_assert_cmpint (found.row, ==, 1);
}

static void
assert_described (const HrFitMap *map, int column, int row, const char *expected)
{
  g_autofree char *text = hr_fit_map_describe (map, (HrFitMapPlace){ column, row }, HR_WRITTEN);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  g_autoptr (HrFitMap) map = sample_map (FALSE);
  g_autofree char *small = hr_fit_map_figure (map, (HrFitMapPlace){ 0, 0 });

  g_assert_cmpstr (small, ==, "5.0");
  assert_described (map, 0, 0, "Micro-batch 1, Sequence length 512: 5.0 GB, fits, 11.0 GB free");
  assert_described (map, 3, 2, "Micro-batch 8, Sequence length 2,048: 36.8 GB, does not fit, 20.8 GB over the limit");
  g_autofree char *spoken = hr_fit_map_describe (map, (HrFitMapPlace){ 3, 2 }, HR_SPOKEN);
  g_assert_cmpstr (spoken, ==,
                   "Micro-batch 8, Sequence length 2,048: 36.8 gigabytes, does not fit, 20.8 gigabytes over the limit");
  map->cells[0].device_bytes = 193 * GB;
  g_autofree char *large = hr_fit_map_figure (map, (HrFitMapPlace){ 0, 0 });
  g_assert_cmpstr (large, ==, "193");
  map->cells[0] = (HrGridCell){ .device_bytes = 15 * GB, .verdict = HR_VERDICT_OVER, .waits = true };
  assert_described (map, 0, 0,
                    "Micro-batch 1, Sequence length 512: 15.0 GB, does not fit, requests wait for room in the cache");
  map->limit_bytes = 0;
  map->cells[0] = (HrGridCell){ .device_bytes = 15 * GB, .verdict = HR_VERDICT_UNKNOWN };
  assert_described (map, 0, 0, "Micro-batch 1, Sequence length 512: 15.0 GB, no GPU chosen");
}

static guint32
pixel_at (cairo_surface_t *surface, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  const guint32 *row
      = (const guint32 *) (gconstpointer) (data + (gsize) y * (gsize) cairo_image_surface_get_stride (surface));

  return row[(gsize) x] & 0xffffff;
}

static guint32
to_pixel (HrChartColor color)
{
  return (guint32) (color.red * 255 + 0.5) << 16 | (guint32) (color.green * 255 + 0.5) << 8
         | (guint32) (color.blue * 255 + 0.5);
}

/* Shares of a cell's pixels with the colour of its verdict. */
static double
share_of_color (cairo_surface_t *surface, HrChartBox box, guint32 color)
{
  guint n_pixels = 0, n_same = 0;

  for (double y = ceil (box.y) + 4; y < box.y + box.height - 4; y++)
    for (double x = ceil (box.x) + 4; x < box.x + box.width - 4; x++)
      {
        n_pixels++;
        n_same += pixel_at (surface, x, y) == color;
      }

  return (double) n_same / n_pixels;
}

/* Every cell is in its verdict's colour; in a map without figures what is tight or too much is hatched too. */
static void
test_paint (void)
{
  for (int variant = 0; variant < 8; variant++)
    {
      gboolean fine = variant & 1;
      HrChartPalette palette = { (variant & 2) != 0, (variant & 4) != 0 };
      g_autoptr (HrFitMap) map = sample_map (fine);
      g_autoptr (HrFitMapLayout) layout = lay_out (map, 700, 400, FALSE);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 700, 400);
      cairo_t *cr = cairo_create (surface);
      PangoContext *context = hr_chart_file_font ();

      hr_fit_map_paint (layout, cr, context, palette, &HR_FIT_MAP_MARKS_NONE);
      cairo_surface_flush (surface);
      for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
          {
            HrVerdict verdict = hr_fit_map_cell (map, (HrFitMapPlace){ c, r })->verdict;
            guint32 color = to_pixel (hr_chart_palette_color (palette, hr_chart_verdict_role (verdict)));
            double share = share_of_color (surface, hr_fit_map_layout_box (layout, (HrFitMapPlace){ c, r }), color);

            g_assert_cmpfloat (share, >, 0.5);
            if (fine)
              g_assert_true ((share == 1) == (verdict == HR_VERDICT_FITS));
          }
      g_object_unref (context);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

/* The current cell, the one under the pointer and the one with the cursor are all framed. */
static void
test_frames (void)
{
  HrChartPalette palette = { FALSE, FALSE };
  HrFitMapMarks marks = { .cursor = { 3, 1 }, .hover = { 2, 0 }, .show_focus = TRUE };
  PangoContext *context = hr_chart_file_font ();
  g_autoptr (HrFitMap) map = sample_map (FALSE);
  g_autoptr (HrFitMapLayout) layout = lay_out (map, 700, 400, FALSE);
  guint32 text = to_pixel (hr_chart_palette_color (palette, HR_CHART_ROLE_TEXT));
  guint32 current = to_pixel (hr_chart_palette_color (palette, HR_CHART_ROLE_CURSOR));
  const struct
  {
    HrFitMapPlace place;
    guint32 color;
  } frames[] = { { map->current, current }, { marks.cursor, text } };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 700, 400);
  cairo_t *cr = cairo_create (surface);

  hr_fit_map_paint (layout, cr, context, palette, &marks);
  cairo_surface_flush (surface);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      HrChartBox box = hr_fit_map_layout_box (layout, frames[i].place);
      guint n_seen = 0;

      for (double x = box.x; x < box.x + 6; x++)
        n_seen += pixel_at (surface, x, box.y + box.height / 2) == frames[i].color;
      g_assert_cmpuint (n_seen, >, 0);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_object_unref (context);
}

static void
test_empty (void)
{
  g_autoptr (HrFitMap) map = hr_fit_map_new (NULL, NULL, NULL);
  PangoContext *context = hr_chart_file_font ();
  HrFitMapMarks marks = { .cursor = { 1, 1 }, .hover = { 0, 0 }, .show_focus = TRUE };

  map->empty_text = g_strdup ("Nothing to show");
  for (double size = 0; size <= 400; size += 100)
    {
      g_autoptr (HrFitMapLayout) layout = lay_out (map, size, size, TRUE);
      g_autoptr (HrFitMap) full = sample_map (size > 100);
      g_autoptr (HrFitMapLayout) small = lay_out (full, size / 4, size / 4, FALSE);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 400);
      cairo_t *cr = cairo_create (surface);

      g_assert_true (size < 400 || find_text (layout, "Nothing to show") != NULL);
      g_assert_cmpint (hr_fit_map_layout_hit (layout, size / 2, size / 2).column, ==, -1);
      hr_fit_map_paint (layout, cr, context, (HrChartPalette){ FALSE, FALSE }, &marks);
      hr_fit_map_paint (small, cr, context, (HrChartPalette){ FALSE, FALSE }, &marks);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  g_object_unref (context);
}

static void
test_export (void)
{
  static const struct
  {
    HrChartFormat format;
    const char *begins;
  } formats[] = { { HR_CHART_PNG, "\x89PNG" }, { HR_CHART_SVG, "<?xml" }, { HR_CHART_PDF, "%PDF" } };
  g_autoptr (HrFitMap) coarse = sample_map (FALSE);
  g_autoptr (HrFitMap) fine = sample_map (TRUE);
  HrFitMap *maps[] = { coarse, fine };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) once = hr_fit_map_export ("Fine-tune", maps, 2, formats[i].format, 0, 0, 1, &error);
      g_autoptr (GBytes) again = hr_fit_map_export ("Fine-tune", maps, 2, formats[i].format, 0, 0, 1, NULL);

      g_assert_no_error (error);
      g_assert_true (memcmp (g_bytes_get_data (once, NULL), formats[i].begins, strlen (formats[i].begins)) == 0);
      g_assert_true (g_bytes_equal (once, again));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/fit-map/random", test_random);
  g_test_add_func ("/chart/fit-map/figures", test_figures);
  g_test_add_func ("/chart/fit-map/heads", test_heads);
  g_test_add_func ("/chart/fit-map/fine", test_fine);
  g_test_add_func ("/chart/fit-map/mirrored", test_mirrored);
  g_test_add_func ("/chart/fit-map/hit-beside", test_hit_beside);
  g_test_add_func ("/chart/fit-map/move", test_move);
  g_test_add_func ("/chart/fit-map/describe", test_describe);
  g_test_add_func ("/chart/fit-map/paint", test_paint);
  g_test_add_func ("/chart/fit-map/frames", test_frames);
  g_test_add_func ("/chart/fit-map/empty", test_empty);
  g_test_add_func ("/chart/fit-map/export", test_export);

  return g_test_run ();
}
