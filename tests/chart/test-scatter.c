/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

#include "chart/hr-chart-paint.h"
#include "chart/hr-scatter-export.h"
#include "chart/hr-scatter-layout.h"
#include "chart/hr-scatter-paint.h"
#include "chart/hr-scatter-scale.h"

#include <math.h>
#include <string.h>

/* Where this names a folder, each picture is kept there to be looked at. */
#define PICTURES_VARIABLE "HR_CHART_PICTURES"

#define N_RANDOM 200
#define TOLERANCE 1e-6

static HrScatterChart *
new_chart (void)
{
  HrScatterChart *chart = hr_scatter_chart_new ();

  chart->title = g_strdup ("QLoRA r16");
  chart->detail = g_strdup ("NF4 · all linear");
  chart->description = g_strdup ("Seven offers & what they cost");
  chart->empty_text = g_strdup ("Nothing fits");

  return chart;
}

/* The offers of the design: H100 and RTX 4090 are what nothing beats; the A100 stands right beside the line. */
static HrScatterChart *
sample_offers (void)
{
  HrScatterChart *chart = new_chart ();

  hr_scatter_chart_add (chart, "RTX 4090", "1 × RTX 4090, Vast, US", "2.1 h, $0.65", 2.1, 0.65);
  hr_scatter_chart_add (chart, "H100", "1 × H100 SXM, Lambda, us-east-1", "0.5 h, $1.50", 0.5, 1.50);
  hr_scatter_chart_add (chart, "A100", "1 × A100 80GB, RunPod", "1 h, $1.64", 1.0, 1.64);
  hr_scatter_chart_add (chart, "L4", "1 × L4, GCP, us-central1", "4.8 h, $3.41", 4.8, 3.41);
  hr_scatter_chart_add (chart, "A10G", "1 × A10G, AWS, us-east-1", "3.9 h, $3.94", 3.9, 3.94);
  hr_scatter_chart_add (chart, "2 × T4", "2 × T4, GCP, us-west1", "7.9 h, $7.43", 7.9, 7.43);
  hr_scatter_chart_find_front (chart);

  return chart;
}

/* Many offers of a few cards, close together or over several powers of ten, some of them alike. */
static HrScatterChart *
sample_offers_at_random (GRand *random)
{
  HrScatterChart *chart = new_chart ();
  int n_points = g_rand_boolean (random) ? g_rand_int_range (random, 1, 8) : g_rand_int_range (random, 1, 300);
  double spread = g_rand_boolean (random) ? 0.5 : g_rand_double_range (random, 0, 9);

  for (int i = 0; i < n_points; i++)
    {
      int card = g_rand_int_range (random, 0, 40);
      g_autofree char *label = g_strdup_printf ("%d × Card %d", 1 + card % 3, card);
      double hours = pow (10, spread * card / 40 - 1);
      double price = hours * pow (10, g_rand_int_range (random, 0, 10) * spread / 20);

      hr_scatter_chart_add (chart, label, label, "terms", hours, price);
    }
  hr_scatter_chart_find_front (chart);

  return chart;
}

static const HrChartItem *
find_text (const HrScatterLayout *layout, const char *text)
{
  size_t n_items;
  const HrChartItem *items = hr_scatter_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    if (g_strcmp0 (items[i].text, text) == 0)
      return &items[i];

  return NULL;
}

static void
assert_ticks (double smallest, double largest, double length, const char *expected)
{
  HrScatterScale scale = hr_scatter_scale_new (smallest, largest, length, 20);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < scale.n_ticks; i++)
    {
      g_autofree char *number = hr_scatter_scale_number (&scale, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_ticks (void)
{
  assert_ticks (0.65, 7.43, 200, "0, 2, 4, 6, 8");
  assert_ticks (0.5, 7.9, 800, "0, 1, 2, 3, 4, 5, 6, 7, 8");
  assert_ticks (0.02, 0.13, 200, "0.00, 0.05, 0.10, 0.15");
  assert_ticks (1500, 20000, 200, "0, 5,000, 10,000, 15,000, 20,000");
  assert_ticks (3, 3, 90, "0, 2, 4");
  assert_ticks (0.3, 90, 400, "0.2, 0.5, 1, 2, 5, 10, 20, 50, 100");
  assert_ticks (0.3, 90, 160, "1, 10, 100");
  assert_ticks (1, 1e12, 120, "1, 100, 10,000, 1,000,000, 100,000,000, 10,000,000,000, 1,000,000,000,000");
}

/* Ticks keep their distance, lie on the axis, and the axis spans all amounts. */
static void
test_scales (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (int i = 0; i < 5000; i++)
    {
      double smallest = pow (10, g_rand_double_range (random, -6, 9));
      double largest = smallest * pow (10, g_rand_double_range (random, 0, 8));
      double length = g_rand_double_range (random, 120, 1500), spacing = g_rand_double_range (random, 15, 60);
      HrScatterScale scale = hr_scatter_scale_new (smallest, largest, length, spacing);

      g_assert_cmpfloat (hr_scatter_scale_fraction (&scale, smallest), >=, -TOLERANCE);
      g_assert_cmpfloat (hr_scatter_scale_fraction (&scale, largest), <=, 1 + TOLERANCE);
      g_assert_cmpint (scale.n_ticks, >=, 1);
      for (int k = 0; k < scale.n_ticks; k++)
        {
          double place = hr_scatter_scale_fraction (&scale, scale.ticks[k]) * length;

          g_assert_cmpfloat (place, >=, -TOLERANCE);
          g_assert_cmpfloat (place, <=, length + TOLERANCE);
          if (k > 0)
            g_assert_cmpfloat (place - hr_scatter_scale_fraction (&scale, scale.ticks[k - 1]) * length, >=,
                               spacing - TOLERANCE);
        }
    }
}

static gboolean
beats (const HrScatterPoint *a, const HrScatterPoint *b)
{
  return a->hours <= b->hours && a->price <= b->price && (a->hours < b->hours || a->price < b->price);
}

static void
test_front (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrScatterChart) chart = sample_offers_at_random (random);

      for (guint a = 0; a < chart->points->len; a++)
        {
          const HrScatterPoint *point = hr_scatter_chart_point (chart, a);
          gboolean beaten = FALSE;

          for (guint b = 0; b < chart->points->len; b++)
            beaten |= beats (hr_scatter_chart_point (chart, b), point);
          g_assert_cmpint (point->on_front, ==, !beaten);
        }
    }
}

static gboolean
overlap (const HrChartItem *a, const HrChartItem *b)
{
  return a->x < b->x + b->width - TOLERANCE && b->x < a->x + a->width - TOLERANCE && a->y < b->y + b->height - TOLERANCE
         && b->y < a->y + a->height - TOLERANCE;
}

/* Whether some part of the line lies in the box, by walking along it. */
static gboolean
runs_through (const HrScatterLine *line, const HrChartItem *box)
{
  for (int i = 0; i <= 400; i++)
    {
      double x = line->x0 + (line->x1 - line->x0) * i / 400, y = line->y0 + (line->y1 - line->y0) * i / 400;

      if (x > box->x && x < box->x + box->width && y > box->y && y < box->y + box->height)
        return TRUE;
    }

  return FALSE;
}

/* Nothing runs through a label of a point: no other text, circle or line. */
static void
assert_label_is_free (const HrScatterLayout *layout, const HrChartItem *label)
{
  guint n_front, n_leaders;
  const HrScatterLine *front = hr_scatter_layout_front (layout, &n_front);
  const HrScatterLine *leaders = hr_scatter_layout_leaders (layout, &n_leaders);

  for (guint i = 0; i < n_front; i++)
    g_assert_false (runs_through (&front[i], label));
  for (guint i = 0; i < n_leaders; i++)
    g_assert_false (runs_through (&leaders[i], label));
  for (guint i = 0; i < hr_scatter_layout_chart (layout)->points->len; i++)
    {
      double x, y;

      hr_scatter_layout_position (layout, i, &x, &y);
      x -= CLAMP (x, label->x, label->x + label->width);
      y -= CLAMP (y, label->y, label->y + label->height);
      g_assert_cmpfloat (hypot (x, y), >=, hr_scatter_layout_radius (layout, i) - TOLERANCE);
    }
}

static void
assert_tidy (const HrScatterLayout *layout, double width, double height)
{
  size_t n_items;
  const HrChartItem *items = hr_scatter_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    {
      const HrChartItem *item = &items[i];

      g_assert_cmpfloat (item->x, >=, -TOLERANCE);
      g_assert_cmpfloat (item->y, >=, -TOLERANCE);
      g_assert_cmpfloat (item->x + item->width, <=, width + TOLERANCE);
      g_assert_cmpfloat (item->y + item->height, <=, height + TOLERANCE);
      if (item->shape == HR_CHART_TEXT && item->id.bar >= 0)
        assert_label_is_free (layout, item);
      for (size_t j = 0; j < i && item->shape == HR_CHART_TEXT; j++)
        if (items[j].shape == HR_CHART_TEXT && overlap (item, &items[j]))
          g_error ("“%s” and “%s” overlap", item->text, items[j].text);
    }
}

/* Points lie on the plot; faster is further towards the start, cheaper further down. */
static void
assert_to_scale (const HrScatterLayout *layout, gboolean right_to_left)
{
  const HrScatterChart *chart = hr_scatter_layout_chart (layout);
  HrChartBox plot = hr_scatter_layout_plot (layout);

  for (guint i = 0; i < chart->points->len; i++)
    {
      double x, y, last_x, last_y;

      hr_scatter_layout_position (layout, i, &x, &y);
      g_assert_cmpfloat (x, >=, plot.x - TOLERANCE);
      g_assert_cmpfloat (x, <=, plot.x + plot.width + TOLERANCE);
      g_assert_cmpfloat (y, >=, plot.y - TOLERANCE);
      g_assert_cmpfloat (y, <=, plot.y + plot.height + TOLERANCE);
      if (i == 0)
        continue;
      hr_scatter_layout_position (layout, i - 1, &last_x, &last_y);
      if (hr_scatter_chart_point (chart, i - 1)->hours * 1.001 < hr_scatter_chart_point (chart, i)->hours)
        g_assert_cmpfloat (right_to_left ? last_x - x : x - last_x, >, 0);
      if (hr_scatter_chart_point (chart, i - 1)->price * 1.001 < hr_scatter_chart_point (chart, i)->price)
        g_assert_cmpfloat (y, <, last_y);
    }
}

static void
assert_mirrored (const HrScatterLayout *layout, const HrScatterLayout *mirror, double width)
{
  size_t n_items, n_mirrored;
  const HrChartItem *items = hr_scatter_layout_items (layout, &n_items);
  const HrChartItem *mirrored = hr_scatter_layout_items (mirror, &n_mirrored);

  g_assert_cmpuint (n_items, ==, n_mirrored);
  for (size_t i = 0; i < n_items; i++)
    {
      g_assert_cmpstr (items[i].text, ==, mirrored[i].text);
      g_assert_cmpfloat_with_epsilon (items[i].x + items[i].width, width - mirrored[i].x, TOLERANCE);
      g_assert_cmpfloat_with_epsilon (items[i].y, mirrored[i].y, TOLERANCE);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260720);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrScatterChart) chart = sample_offers_at_random (random);
      int selected = g_rand_int_range (random, -1, (int) chart->points->len);
      double width, height;

      hr_scatter_layout_minimum (&fixed_measurer, &width, &height);
      width += g_rand_double_range (random, 0, 1000);
      height += g_rand_double_range (random, 0, 500);

      g_autoptr (HrScatterLayout) plain
          = hr_scatter_layout_new (chart, selected, width, height, FALSE, &fixed_measurer);
      g_autoptr (HrScatterLayout) mirror
          = hr_scatter_layout_new (chart, selected, width, height, TRUE, &fixed_measurer);

      assert_tidy (plain, width, height);
      assert_tidy (mirror, width, height);
      assert_to_scale (plain, FALSE);
      assert_to_scale (mirror, TRUE);
      assert_mirrored (plain, mirror, width);
    }
}

/* Sizes that no window should give, down to nothing. */
static void
test_too_small (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrScatterChart) chart = sample_offers_at_random (random);
      double width = g_rand_double_range (random, 0, 260), height = g_rand_double_range (random, 0, 180);
      g_autoptr (HrScatterLayout) layout
          = hr_scatter_layout_new (chart, 0, width, height, g_rand_boolean (random), &fixed_measurer);

      assert_tidy (layout, width, height);
    }

  g_autoptr (HrScatterChart) offers = sample_offers ();
  g_autoptr (HrScatterLayout) odd = hr_scatter_layout_new (offers, 99, (double) NAN, -5, FALSE, &fixed_measurer);
  assert_tidy (odd, 0, 0);
  g_assert_cmpint (hr_scatter_layout_hit (odd, 0, 0), ==, -1);
}

static void
test_empty (void)
{
  g_autoptr (HrScatterChart) chart = new_chart ();

  hr_scatter_chart_find_front (chart);
  g_autoptr (HrScatterLayout) layout = hr_scatter_layout_new (chart, -1, 600, 300, TRUE, &fixed_measurer);

  g_assert_nonnull (find_text (layout, "Nothing fits"));
  g_assert_cmpint (hr_scatter_layout_hit (layout, 300, 150), ==, -1);
  g_assert_cmpint (hr_scatter_chart_move (chart, -1, HR_SCATTER_MOVE_SLOWER), ==, -1);
}

/* Where there is room every kind of offer has its label, those of the front in bold, what stands alone right beside its
 * point. */
static void
test_labels (void)
{
  g_autoptr (HrScatterChart) chart = sample_offers ();
  g_autoptr (HrScatterLayout) layout = hr_scatter_layout_new (chart, -1, 900, 260, FALSE, &fixed_measurer);
  double x, y;

  for (guint i = 0; i < chart->points->len; i++)
    {
      const HrChartItem *label = find_text (layout, hr_scatter_chart_point (chart, i)->label);

      g_assert_nonnull (label);
      g_assert_cmpint (label->id.bar, ==, (int) i);
      g_assert_cmpint (label->style == HR_CHART_TEXT_FIGURE, ==, i < 2);
    }

  const HrChartItem *beside = find_text (layout, "L4");
  hr_scatter_layout_position (layout, 3, &x, &y);
  g_assert_cmpfloat (beside->x, >, x);
  g_assert_cmpfloat (beside->x, <, x + 15);
  g_assert_cmpfloat_with_epsilon (beside->y + beside->height / 2, y, TOLERANCE);
}

/* Times are told in units that people use for them. */
static void
test_units (void)
{
  static const struct
  {
    double longest_hours;
    const char *label;
  } cases[] = { { 0.02, "60 s" }, { 0.5, "30 min" }, { 8, "8 h" }, { 240, "10 days" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrScatterChart) chart = new_chart ();

      hr_scatter_chart_add (chart, "Slow", "Slow", "terms", cases[i].longest_hours, 1);
      hr_scatter_chart_add (chart, "Fast", "Fast", "terms", cases[i].longest_hours / 2, 2);
      hr_scatter_chart_find_front (chart);
      g_autoptr (HrScatterLayout) layout = hr_scatter_layout_new (chart, -1, 600, 260, FALSE, &fixed_measurer);
      g_assert_nonnull (find_text (layout, cases[i].label));
    }
}

/* Forty offers in one place: the selected one is named all the same, at the end of a line. */
static void
test_crowd (void)
{
  g_autoptr (HrScatterChart) chart = new_chart ();
  guint n_lines;

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *label = g_strdup_printf ("Card %d", i);

      hr_scatter_chart_add (chart, label, label, "terms", 5 + 0.05 * i, 5 + 0.05 * (i * 7 % 40));
    }
  hr_scatter_chart_add (chart, "Far", "Far", "10 h, $10.00", 10, 10);
  hr_scatter_chart_find_front (chart);
  g_autoptr (HrScatterLayout) layout = hr_scatter_layout_new (chart, 20, 500, 300, FALSE, &fixed_measurer);

  g_assert_nonnull (find_text (layout, "Card 20"));
  g_assert_nonnull (find_text (layout, "Card 0"));
  (void) hr_scatter_layout_leaders (layout, &n_lines);
  g_assert_cmpuint (n_lines, >, 0);
  assert_tidy (layout, 500, 300);
}

static void
test_hit (void)
{
  g_autoptr (HrScatterChart) chart = sample_offers ();

  for (int right_to_left = 0; right_to_left <= 1; right_to_left++)
    {
      g_autoptr (HrScatterLayout) layout = hr_scatter_layout_new (chart, -1, 900, 260, right_to_left, &fixed_measurer);

      for (guint i = 0; i < chart->points->len; i++)
        {
          double x, y;

          hr_scatter_layout_position (layout, i, &x, &y);
          g_assert_cmpint (hr_scatter_layout_hit (layout, x, y), ==, (int) i);
          g_assert_cmpint (hr_scatter_layout_hit (layout, x + 8, y - 1), ==, (int) i);
        }
      g_assert_cmpint (hr_scatter_layout_hit (layout, 450, 20), ==, -1);
    }
}

/* From one end to the other by one key, everything is reached once. */
static void
assert_reaches_all (const HrScatterChart *chart, int from, HrScatterMove move)
{
  g_autofree gboolean *seen = g_new0 (gboolean, chart->points->len);
  guint n_seen = 0;

  for (int next = from;; from = next)
    {
      g_assert_false (seen[from]);
      seen[from] = TRUE;
      n_seen++;
      next = hr_scatter_chart_move (chart, from, move);
      if (next == from)
        break;
    }
  g_assert_cmpuint (n_seen, ==, chart->points->len);
}

static void
test_move (void)
{
  g_autoptr (HrScatterChart) chart = sample_offers ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  g_assert_cmpint (hr_scatter_chart_move (chart, -1, HR_SCATTER_MOVE_SLOWER), ==, 0);
  g_assert_cmpint (hr_scatter_chart_move (chart, 0, HR_SCATTER_MOVE_FASTER), ==, 2);
  g_assert_cmpint (hr_scatter_chart_move (chart, 0, HR_SCATTER_MOVE_FRONT_FASTER), ==, 1);
  g_assert_cmpint (hr_scatter_chart_move (chart, 0, HR_SCATTER_MOVE_FRONT_SLOWER), ==, 0);
  g_assert_cmpint (hr_scatter_chart_move (chart, 2, HR_SCATTER_MOVE_DEARER), ==, 3);
  g_assert_cmpint (hr_scatter_chart_move (chart, 4, HR_SCATTER_MOVE_FASTEST), ==, 1);
  g_assert_cmpint (hr_scatter_chart_move (chart, 4, HR_SCATTER_MOVE_CHEAPEST), ==, 0);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrScatterChart) many = sample_offers_at_random (random);
      g_autofree guint *by_hours = hr_scatter_chart_by_hours (many);
      g_autofree guint *by_price = hr_scatter_chart_by_price (many);

      assert_reaches_all (many, (int) by_hours[0], HR_SCATTER_MOVE_SLOWER);
      assert_reaches_all (many, (int) by_price[many->points->len - 1], HR_SCATTER_MOVE_CHEAPER);
    }
}

static void
test_describe (void)
{
  g_autoptr (HrScatterChart) chart = sample_offers ();
  g_autofree char *beaten = hr_scatter_chart_describe (chart, 3);
  g_autofree char *best = hr_scatter_chart_describe (chart, 0);

  g_assert_cmpstr (beaten, ==, "1 × L4, GCP, us-central1: 4.8 h, $3.41");
  g_assert_cmpstr (best, ==, "1 × RTX 4090, Vast, US: 2.1 h, $0.65; nothing is faster and as cheap");
}

static void
keep_picture (cairo_surface_t *surface, const char *name, gboolean dark, gboolean high_contrast)
{
  const char *folder = g_getenv (PICTURES_VARIABLE);

  if (folder == NULL)
    return;

  g_autofree char *file_name
      = g_strdup_printf ("scatter-%s%s%s.png", name, dark ? "-dark" : "", high_contrast ? "-hc" : "");
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
}

static guint32
get_pixel (cairo_surface_t *surface, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  const guchar *row = data + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[(gsize) x] & 0xffffff;
}

static guint32
to_pixel (HrChartColor color)
{
  return (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8
         | (guint32) lround (color.blue * 255);
}

static cairo_surface_t *
paint (const HrScatterLayout *layout, PangoContext *context, HrChartPalette palette, const HrScatterMarks *marks,
       int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  HrChartColor background = hr_chart_palette_color (palette, HR_CHART_ROLE_BACKGROUND);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, background.red, background.green, background.blue);
  cairo_paint (cr);
  hr_scatter_paint (layout, cr, context, palette, marks);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* In all palettes points have the colours of what they are, and the selected one a ring. */
static void
test_paint (void)
{
  g_autoptr (HrScatterChart) chart = sample_offers ();
  PangoContext *context = hr_chart_file_font ();
  HrScatterMarks marks = { 3, 4, TRUE };
  HrChartMeasurer measurer;

  hr_chart_pango_measurer_init (&measurer, context);
  g_autoptr (HrScatterLayout) layout = hr_scatter_layout_new (chart, 4, 900, 260, FALSE, &measurer);
  hr_chart_pango_measurer_clear (&measurer);

  for (int i = 0; i < 4; i++)
    {
      HrChartPalette palette = { i & 1, i >> 1 };
      cairo_surface_t *surface = paint (layout, context, palette, &marks, 900, 260);
      double x, y;

      hr_scatter_layout_position (layout, 0, &x, &y);
      g_assert_cmphex (get_pixel (surface, x, y), ==, to_pixel (hr_chart_palette_color (palette, HR_CHART_ROLE_FRONT)));
      hr_scatter_layout_position (layout, 4, &x, &y);
      g_assert_cmphex (get_pixel (surface, x, y), ==, to_pixel (hr_chart_palette_color (palette, HR_CHART_ROLE_POINT)));
      g_assert_cmphex (get_pixel (surface, x, y - hr_scatter_layout_radius (layout, 4) - 2.5), ==,
                       to_pixel (hr_chart_palette_color (palette, HR_CHART_ROLE_CURSOR)));
      keep_picture (surface, "offers", palette.dark, palette.high_contrast);
      cairo_surface_destroy (surface);
    }
  g_object_unref (context);
}

static void
test_export (void)
{
  g_autoptr (HrScatterChart) chart = sample_offers ();

  for (int format = HR_CHART_PNG; format <= HR_CHART_PDF; format++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) first = hr_scatter_export ("Plan", &chart, 1, (HrChartFormat) format, 0, 0, 2, &error);
      g_autoptr (GBytes) second = hr_scatter_export ("Plan", &chart, 1, (HrChartFormat) format, 0, 0, 2, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (first, second));
    }

  g_autoptr (GBytes) svg = hr_scatter_export ("Plan", &chart, 1, HR_CHART_SVG, 0, 0, 1, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (svg, NULL), (gssize) g_bytes_get_size (svg),
                                  "<title>Plan</title>\n<desc>Seven offers &amp; what they cost</desc>"));

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = hr_scatter_export ("Plan", &chart, 1, HR_CHART_PNG, 1e7, 1e7, 1, &error);
  g_assert_null (none);
  g_assert_error (error, HR_CHART_ERROR, HR_CHART_ERROR_SIZE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scatter/ticks", test_ticks);
  g_test_add_func ("/scatter/scales", test_scales);
  g_test_add_func ("/scatter/front", test_front);
  g_test_add_func ("/scatter/random", test_random);
  g_test_add_func ("/scatter/too-small", test_too_small);
  g_test_add_func ("/scatter/empty", test_empty);
  g_test_add_func ("/scatter/labels", test_labels);
  g_test_add_func ("/scatter/units", test_units);
  g_test_add_func ("/scatter/crowd", test_crowd);
  g_test_add_func ("/scatter/hit", test_hit);
  g_test_add_func ("/scatter/move", test_move);
  g_test_add_func ("/scatter/describe", test_describe);
  g_test_add_func ("/scatter/paint", test_paint);
  g_test_add_func ("/scatter/export", test_export);

  return g_test_run ();
}
