/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

#include <math.h>
#include <string.h>

/* Writes the golden files anew instead of comparing. To be set by hand only; read the difference before keeping it. */
#define UPDATE_VARIABLE "HR_UPDATE_GOLDEN"

#define N_RANDOM 400
#define TOLERANCE 1e-6

/* One character to a reader, seven to a computer. */
#define FAMILY "👩‍👩‍👧‍👦"

static HrChartLayout *
lay_out (const HrChartModel *model, HrChartGeometry geometry)
{
  return hr_chart_layout_new (model, &geometry, &fixed_measurer);
}

static char *
dump (const HrChartLayout *layout)
{
  static const char *const shapes[] = { "rect", "line", "text", "torn" };
  static const char *const roles[HR_CHART_N_ROLES] = {
    "grid", "axis-text", "text", "dim-text", "limit", "reference", "range", "measured", "component", "background"
  };
  GString *text = g_string_new (NULL);
  size_t n_items;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    {
      const HrChartItem *item = &items[i];

      g_string_append_printf (text, "%s %-10s x %7.2f  y %7.2f  w %7.2f  h %7.2f", shapes[item->shape],
                              roles[item->role], item->x, item->y, item->width, item->height);
      if (item->id.bar >= 0)
        g_string_append_printf (text, "  bar %d", item->id.bar);
      if (item->id.component >= 0)
        g_string_append_printf (text, "  %s", hr_enum_id (&HR_COMPONENTS, item->id.component));
      if (item->id.limit >= 0)
        g_string_append_printf (text, "  limit %d", item->id.limit);
      if (item->text != NULL)
        g_string_append_printf (text, "  “%s”", item->text);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

/* Line by line: a failure shows what differs only. */
static void
assert_lines (const char *actual, const char *expected)
{
  g_auto (GStrv) actual_lines = g_strsplit (actual, "\n", -1);
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", -1);

  for (guint i = 0; actual_lines[i] != NULL && expected_lines[i] != NULL; i++)
    g_assert_cmpstr (actual_lines[i], ==, expected_lines[i]);
  g_assert_cmpuint (g_strv_length (actual_lines), ==, g_strv_length (expected_lines));
}

static void
assert_golden (const char *name, const HrChartModel *model, HrChartGeometry geometry)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "chart", "golden", name, NULL);
  g_autoptr (HrChartLayout) layout = lay_out (model, geometry);
  g_autofree char *actual = dump (layout);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv (UPDATE_VARIABLE) != NULL)
    g_file_set_contents (path, actual, -1, &error);
  else
    g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);

  if (expected != NULL)
    assert_lines (actual, expected);
}

static void
test_golden (void)
{
  g_autoptr (HrChartModel) four = sample_comparison ();
  g_autoptr (HrChartModel) twelve = sample_bars (12);
  g_autoptr (HrChartModel) none = sample_bars (0);

  assert_golden ("four.txt", four, (HrChartGeometry){ 740, 300, .plot_start = 210 });
  assert_golden ("four-narrow.txt", four, (HrChartGeometry){ 360, 260, .with_names = TRUE });
  assert_golden ("twelve-export.txt", twelve, (HrChartGeometry){ 960, 480, .with_names = TRUE, .with_legend = TRUE });
  assert_golden ("empty.txt", none, (HrChartGeometry){ 740, 300 });
  four->cut_at_limit = TRUE;
  assert_golden ("four-cut.txt", four, (HrChartGeometry){ 740, 300, .plot_start = 210 });
}

static gboolean
overlap (const HrChartItem *a, const HrChartItem *b)
{
  return a->x < b->x + b->width - TOLERANCE && b->x < a->x + a->width - TOLERANCE && a->y < b->y + b->height - TOLERANCE
         && b->y < a->y + a->height - TOLERANCE;
}

static void
assert_texts_apart (const HrChartLayout *layout)
{
  size_t n_items;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    for (size_t j = 0; j < i && items[i].shape == HR_CHART_TEXT; j++)
      if (items[j].shape == HR_CHART_TEXT && overlap (&items[i], &items[j]))
        g_error ("“%s” and “%s” overlap", items[i].text, items[j].text);
}

static void
assert_inside (const HrChartLayout *layout, double width, double height)
{
  size_t n_items;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    {
      const HrChartItem *item = &items[i];

      g_assert_cmpfloat (item->x, >=, -TOLERANCE);
      g_assert_cmpfloat (item->y, >=, -TOLERANCE);
      g_assert_cmpfloat (item->width, >=, 0);
      g_assert_cmpfloat (item->height, >=, 0);
      g_assert_cmpfloat (item->x + item->width, <=, width + TOLERANCE);
      g_assert_cmpfloat (item->y + item->height, <=, height + TOLERANCE);
    }
}

/* Each component that is not empty is visible, they stand on each other, and fill their bar. */
static void
assert_stacked (const HrChartLayout *layout, const HrChartModel *model)
{
  for (guint i = 0; i < model->bars->len; i++)
    {
      const HrChartBar *bar = g_ptr_array_index (model->bars, i);
      double x, y, width, height, segment_x, segment_y, segment_width, segment_height;

      g_assert_true (hr_chart_layout_bounds (layout, (HrChartId){ (int) i, -1, -1 }, &x, &y, &width, &height));
      double bottom = y + height;

      for (int c = 0; c < HR_N_COMPONENTS; c++)
        {
          gboolean expected = bar->components_bytes[c] > 0 && hr_chart_model_shows (model, (HrComponent) c);
          gboolean drawn = hr_chart_layout_bounds (layout, (HrChartId){ (int) i, c, -1 }, &segment_x, &segment_y,
                                                   &segment_width, &segment_height);

          g_assert_true (drawn == expected);
          if (!drawn)
            continue;
          g_assert_cmpfloat (segment_height, >=, 1 - TOLERANCE);
          g_assert_cmpfloat_with_epsilon (segment_y + segment_height, bottom, TOLERANCE);
          g_assert_cmpfloat_with_epsilon (segment_x, x, TOLERANCE);
          g_assert_cmpfloat_with_epsilon (segment_width, width, TOLERANCE);
          bottom = segment_y;
        }
      g_assert_cmpfloat_with_epsilon (bottom, y, TOLERANCE);
    }
}

static void
assert_mirrored (const HrChartLayout *layout, const HrChartLayout *mirror, double width)
{
  size_t n_items, n_mirrored;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);
  const HrChartItem *mirrored = hr_chart_layout_items (mirror, &n_mirrored);

  g_assert_cmpuint (n_items, ==, n_mirrored);
  for (size_t i = 0; i < n_items; i++)
    {
      g_assert_cmpint (items[i].shape, ==, mirrored[i].shape);
      g_assert_cmpint (items[i].role, ==, mirrored[i].role);
      g_assert_true (hr_chart_id_equal (items[i].id, mirrored[i].id));
      g_assert_cmpstr (items[i].text, ==, mirrored[i].text);
      g_assert_cmpfloat_with_epsilon (items[i].x + items[i].width, width - mirrored[i].x, TOLERANCE);
      g_assert_cmpfloat_with_epsilon (items[i].width, mirrored[i].width, TOLERANCE);
      g_assert_cmpfloat_with_epsilon (items[i].y, mirrored[i].y, TOLERANCE);
      g_assert_cmpfloat_with_epsilon (items[i].height, mirrored[i].height, TOLERANCE);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240521);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrChartModel) model = sample_random (random);
      HrChartGeometry geometry = { .with_names = g_rand_boolean (random), .with_legend = g_rand_boolean (random) };

      hr_chart_layout_minimum (model, &fixed_measurer, &geometry.width, &geometry.height);
      geometry.width += g_rand_double_range (random, geometry.with_legend ? 50 : 0, 900);
      geometry.height += g_rand_double_range (random, geometry.with_legend ? 300 : geometry.with_names ? 40 : 0, 700);

      g_autoptr (HrChartLayout) layout = lay_out (model, geometry);
      assert_texts_apart (layout);
      assert_inside (layout, geometry.width, geometry.height);
      assert_stacked (layout, model);

      geometry.right_to_left = TRUE;
      g_autoptr (HrChartLayout) mirror = lay_out (model, geometry);
      assert_mirrored (layout, mirror, geometry.width);
    }
}

/* Sizes that no window should give, down to nothing. */
static void
test_too_small (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrChartModel) model = sample_random (random);
      HrChartGeometry geometry = {
        .width = floor (g_rand_double_range (random, 0, 300)),
        .height = floor (g_rand_double_range (random, 0, 250)),
        .plot_start = g_rand_boolean (random) ? 0 : g_rand_double_range (random, 1, 400),
        .with_names = g_rand_boolean (random),
        .with_legend = g_rand_boolean (random),
        .right_to_left = g_rand_boolean (random),
      };
      g_autoptr (HrChartLayout) layout = lay_out (model, geometry);

      assert_texts_apart (layout);
      assert_inside (layout, geometry.width, geometry.height);
    }

  g_autoptr (HrChartModel) model = sample_comparison ();
  g_autoptr (HrChartLayout) odd
      = lay_out (model, (HrChartGeometry){ -5, (double) NAN, .plot_start = (double) INFINITY });
  assert_inside (odd, 0, 0);
}

static const HrChartItem *
find_item (const HrChartLayout *layout, HrChartShape shape, HrChartTextStyle style, HrChartId id)
{
  size_t n_items;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    if (items[i].shape == shape && (shape != HR_CHART_TEXT || items[i].style == style)
        && hr_chart_id_equal (items[i].id, id))
      return &items[i];

  return NULL;
}

static const HrChartItem *
find_limit_line (const HrChartLayout *layout, int limit)
{
  return find_item (layout, HR_CHART_LINE, 0, (HrChartId){ -1, -1, limit });
}

static const HrChartItem *
find_limit_label (const HrChartLayout *layout, int limit)
{
  return find_item (layout, HR_CHART_TEXT, HR_CHART_TEXT_LIMIT, (HrChartId){ -1, -1, limit });
}

static void
test_limits (void)
{
  g_autoptr (HrChartModel) model = sample_bars (1); /* 1.8 GB */
  HrChartBar *bar = g_ptr_array_index (model->bars, 0);

  memset (bar->components_bytes, 0, sizeof bar->components_bytes);
  bar->components_bytes[HR_COMPONENT_WEIGHTS] = 10 * GB;

  /* Room up to the planned limit is shown; a reference beyond the axis is not. */
  g_autoptr (HrChartLayout) near = lay_out (model, (HrChartGeometry){ 740, 300 });
  g_assert_nonnull (find_limit_line (near, 0));
  g_assert_cmpstr (find_limit_label (near, 0)->text, ==, "T4 · 16.1 GB");
  g_assert_null (find_limit_line (near, 1));
  g_assert_null (find_limit_label (near, 1));

  /* A planned limit far above all bars does not flatten them; its label tells where it is. */
  bar->components_bytes[HR_COMPONENT_WEIGHTS] = 2 * GB;
  g_autoptr (HrChartLayout) far = lay_out (model, (HrChartGeometry){ 740, 300 });
  g_assert_null (find_limit_line (far, 0));
  g_assert_cmpstr (find_limit_label (far, 0)->text, ==, "T4 · 16.1 GB ↑");

  bar->components_bytes[HR_COMPONENT_WEIGHTS] = 40 * GB;
  g_autoptr (HrChartLayout) above = lay_out (model, (HrChartGeometry){ 740, 300 });
  g_assert_nonnull (find_limit_line (above, 1));
  g_assert_nonnull (find_limit_label (above, 1));
  g_assert_cmpfloat (find_limit_line (above, 1)->y, <, find_limit_line (above, 0)->y);
}

/* Two lines a pixel apart still have two readable labels. */
static void
test_close_limits (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *label = g_strdup_printf ("Card %d · 16 GB", i);
      hr_chart_model_add_limit (model, label, 16 * GB + (uint64_t) i * GB / 10, i % 2 == 0);
    }
  g_autoptr (HrChartLayout) layout = lay_out (model, (HrChartGeometry){ 500, 300 });

  for (int i = 0; i < (int) model->limits->len; i++)
    g_assert_nonnull (find_limit_label (layout, i));
  assert_texts_apart (layout);
}

static void
test_cut (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  HrChartId full = { 0, -1, -1 }, lora = { 1, -1, -1 }, qlora = { 2, -1, -1 };

  model->cut_at_limit = TRUE;
  g_autoptr (HrChartLayout) layout = lay_out (model, (HrChartGeometry){ 740, 300 });

  g_assert_nonnull (find_item (layout, HR_CHART_TORN_EDGE, 0, full));
  g_assert_nonnull (find_item (layout, HR_CHART_TORN_EDGE, 0, lora));
  g_assert_null (find_item (layout, HR_CHART_TORN_EDGE, 0, qlora));
  g_assert_cmpstr (find_item (layout, HR_CHART_TEXT, HR_CHART_TEXT_FIGURE, full)->text, ==, "103.1 GB");
  assert_stacked (layout, model);
  assert_texts_apart (layout);

  /* Below the torn edge the weights are to scale: 16.06 GB end just below the limit of 16.11 GB. */
  double x, y, width, height;
  g_assert_true (hr_chart_layout_bounds (layout, (HrChartId){ 0, HR_COMPONENT_WEIGHTS, -1 }, &x, &y, &width, &height));
  g_assert_cmpfloat_with_epsilon (y, find_limit_line (layout, 0)->y, 1);

  /* Nothing to cut: as if it were not asked for. */
  g_ptr_array_remove_range (model->bars, 0, 2);
  g_autoptr (HrChartLayout) cut = lay_out (model, (HrChartGeometry){ 740, 300 });
  model->cut_at_limit = FALSE;
  g_autoptr (HrChartLayout) whole = lay_out (model, (HrChartGeometry){ 740, 300 });
  g_autofree char *cut_text = dump (cut);
  g_autofree char *whole_text = dump (whole);
  g_assert_cmpstr (cut_text, ==, whole_text);
}

static void
test_hidden (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  HrChartId optimizer = { 0, HR_COMPONENT_OPTIMIZER, -1 };

  model->hidden = 1u << HR_COMPONENT_OPTIMIZER;
  g_autoptr (HrChartLayout) layout
      = lay_out (model, (HrChartGeometry){ 740, 480, .with_names = TRUE, .with_legend = TRUE });

  g_assert_null (find_item (layout, HR_CHART_RECT, 0, optimizer));
  optimizer.bar = -1;
  g_assert_null (find_item (layout, HR_CHART_RECT, 0, optimizer));
  g_assert_cmpstr (find_item (layout, HR_CHART_TEXT, HR_CHART_TEXT_FIGURE, (HrChartId){ 0, -1, -1 })->text, ==,
                   "38.8 GB");
}

static gboolean
has_legend (const HrChartModel *model, const char *text)
{
  g_autoptr (HrChartLayout) layout = lay_out (model, (HrChartGeometry){ 740, 480, .with_legend = TRUE });
  size_t n_items;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    if (items[i].shape == HR_CHART_TEXT && items[i].style == HR_CHART_TEXT_LEGEND && strcmp (items[i].text, text) == 0)
      return TRUE;

  return FALSE;
}

/* Marks are named where they are drawn, and only there. */
static void
test_legend_names_marks (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  HrChartBar *bar = g_ptr_array_index (model->bars, 2);

  model->range_label = g_strdup ("Range");
  model->measured_label = g_strdup ("Measured");
  bar->low_bytes = 10 * GB;
  bar->high_bytes = 14 * GB;
  g_assert_true (has_legend (model, "Range"));
  g_assert_false (has_legend (model, "Measured"));
  bar->measured_bytes = 12 * GB;
  g_assert_true (has_legend (model, "Measured"));
  model->hidden = 1u << HR_COMPONENT_OPTIMIZER;
  g_assert_false (has_legend (model, "Range"));
  g_assert_false (has_legend (model, "Measured"));
}

/* Returns: (nullable): the mark of a measured peak. */
static const HrChartItem *
find_measured (const HrChartLayout *layout, int bar)
{
  size_t n_items;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    if (items[i].role == HR_CHART_ROLE_MEASURED && items[i].id.bar == bar)
      return &items[i];

  return NULL;
}

static void
test_measured (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  HrChartBar *bar = g_ptr_array_index (model->bars, 2);

  bar->measured_bytes = ((HrChartLimit *) g_ptr_array_index (model->limits, 0))->bytes;
  g_autoptr (HrChartLayout) layout = lay_out (model, (HrChartGeometry){ 740, 300 });
  const HrChartItem *mark = find_measured (layout, 2);
  const HrChartItem *weights = find_item (layout, HR_CHART_RECT, 0, (HrChartId){ 2, HR_COMPONENT_WEIGHTS, -1 });

  /* As high as what has the same size, wider than the bar; only where something was measured. */
  g_assert_cmpfloat_with_epsilon (mark->y, find_limit_line (layout, 0)->y, TOLERANCE);
  g_assert_cmpfloat (mark->x, <, weights->x);
  g_assert_cmpfloat (mark->x + mark->width, >, weights->x + weights->width);
  g_assert_null (find_measured (layout, 1));

  /* The axis reaches as far as a peak that is above all bars, but not as far as a slip of the pen. */
  bar->measured_bytes = 150 * GB;
  g_autoptr (HrChartLayout) taller = lay_out (model, (HrChartGeometry){ 740, 300 });
  g_assert_cmpfloat (find_measured (taller, 2)->y, >, 0);
  assert_inside (taller, 740, 300);
  bar->measured_bytes = 150000 * GB;
  g_autoptr (HrChartLayout) absurd = lay_out (model, (HrChartGeometry){ 740, 300 });
  g_assert_null (find_measured (absurd, 2));

  /* A bar that is not whole is not compared with a whole. */
  bar->measured_bytes = 13 * GB;
  model->hidden = 1u << HR_COMPONENT_WEIGHTS;
  g_autoptr (HrChartLayout) partial = lay_out (model, (HrChartGeometry){ 740, 300 });
  g_assert_null (find_measured (partial, 2));
}

static void
test_extremes (void)
{
  g_autoptr (HrChartModel) zero = sample_bars (3);
  g_autoptr (HrChartModel) huge = sample_bars (2);

  for (guint i = 0; i < zero->bars->len; i++)
    memset (((HrChartBar *) g_ptr_array_index (zero->bars, i))->components_bytes, 0,
            sizeof (uint64_t) * HR_N_COMPONENTS);
  for (guint i = 0; i < huge->bars->len; i++)
    for (int c = 0; c < HR_N_COMPONENTS; c++)
      ((HrChartBar *) g_ptr_array_index (huge->bars, i))->components_bytes[c] = UINT64_MAX - (uint64_t) c;

  g_autoptr (HrChartLayout) nothing = lay_out (zero, (HrChartGeometry){ 740, 300 });
  g_assert_cmpstr (find_item (nothing, HR_CHART_TEXT, HR_CHART_TEXT_FIGURE, (HrChartId){ 2, -1, -1 })->text, ==,
                   "0 GB");
  g_assert_nonnull (find_limit_line (nothing, 0));

  g_assert_cmpuint (hr_chart_model_bar_total (huge, g_ptr_array_index (huge->bars, 0)), ==, UINT64_MAX);
  g_autoptr (HrChartLayout) everything = lay_out (huge, (HrChartGeometry){ 740, 300 });
  assert_inside (everything, 740, 300);
  assert_stacked (everything, huge);
}

typedef struct
{
  guint n_calls;
} Counter;

static void
measure_counted (gpointer user_data, HrChartTextStyle style, const char *text, double *width, double *height)
{
  ((Counter *) user_data)->n_calls++;
  fixed_measurer.measure (NULL, style, text, width, height);
}

static guint
count_measuring (guint n_bars, double width)
{
  g_autoptr (HrChartModel) model = sample_bars (n_bars);
  HrChartGeometry geometry = { width, 400, .with_names = TRUE };
  Counter counter = { 0 };
  HrChartMeasurer measurer = { measure_counted, &counter };
  g_autoptr (HrChartLayout) layout = hr_chart_layout_new (model, &geometry, &measurer);

  return counter.n_calls;
}

/* What is expected at most, above the largest bar, is to scale as well. */
static void
test_range (void)
{
  g_autoptr (HrChartModel) model = hr_chart_model_new ();
  HrChartBar *bar = hr_chart_model_add_bar (model, "Full", "");
  double x, y, width, height, range = 0;
  size_t n_items;

  bar->components_bytes[HR_COMPONENT_WEIGHTS] = 80000000000;
  bar->low_bytes = 70000000000;
  bar->high_bytes = 100000000000;

  g_autoptr (HrChartLayout) layout = lay_out (model, (HrChartGeometry){ 740, 300 });
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    if (items[i].role == HR_CHART_ROLE_RANGE)
      range = MAX (range, items[i].height);
  g_assert_true (hr_chart_layout_bounds (layout, (HrChartId){ 0, -1, -1 }, &x, &y, &width, &height));
  g_assert_cmpfloat_with_epsilon (range / height, 30.0 / 80.0, 0.01);
}

/* Measuring text is what costs: a few times a bar, and not at all where there is no room for any. */
static void
test_cost (void)
{
  g_assert_cmpuint (count_measuring (1000, 80000), <, 15 * 1000);
  g_assert_cmpuint (count_measuring (1000, 700), <, 100);
}

static void
test_ellipsis (void)
{
  g_autoptr (HrChartModel) model = sample_bars (1);
  HrChartBar *bar = g_ptr_array_index (model->bars, 0);
  g_autofree char *long_name = g_strnfill (2000000, 'x');

  g_free (bar->name);
  bar->name = g_steal_pointer (&long_name);
  g_free (bar->detail);
  bar->detail = g_strdup (FAMILY FAMILY FAMILY FAMILY FAMILY FAMILY);

  g_autoptr (HrChartLayout) layout = lay_out (model, (HrChartGeometry){ 300, 300, .with_names = TRUE });
  const char *name = find_item (layout, HR_CHART_TEXT, HR_CHART_TEXT_NAME, (HrChartId){ 0, -1, -1 })->text;
  const char *detail = find_item (layout, HR_CHART_TEXT, HR_CHART_TEXT_DETAIL, (HrChartId){ 0, -1, -1 })->text;

  g_assert_true (g_str_has_suffix (name, "x…"));
  g_assert_cmpint (g_utf8_strlen (name, -1), >, 15);
  g_assert_true (g_str_has_suffix (detail, FAMILY "…"));
}

/* Names wrap between words, up to three lines; what still does not fit ends in an ellipsis. */
static void
test_names_wrap (void)
{
  g_autoptr (HrChartModel) model = hr_chart_model_new ();
  HrChartBar *bar = hr_chart_model_add_bar (model, "Full fine-tune with checkpointing and more", "bf16");
  g_autoptr (GString) lines = g_string_new (NULL);
  size_t n_items;

  bar->components_bytes[0] = 1000000000;
  g_autoptr (HrChartLayout) layout = lay_out (model, (HrChartGeometry){ 200, 400, .with_names = TRUE });
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    if (items[i].style == HR_CHART_TEXT_NAME && items[i].shape == HR_CHART_TEXT)
      g_string_append_printf (lines, "%s|", items[i].text);
  g_assert_cmpstr (lines->str, ==, "Full fine-tune|with|checkpointing…|");
}

/* Scrolled, columns go on beside the axis, which stays; those out of sight draw nothing. */
static void
test_scrolled (void)
{
  g_autoptr (HrChartModel) model = sample_bars (12);
  g_autoptr (HrChartLayout) layout
      = lay_out (model, (HrChartGeometry){ 500, 300, .plot_start = 100, .bars_width = 1200 });
  double x, y, width, height;
  guint first, end;
  size_t n_items;

  hr_chart_layout_in_sight (layout, &first, &end);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (end, ==, 4);

  hr_chart_layout_scroll (layout, 250, &fixed_measurer);
  hr_chart_layout_in_sight (layout, &first, &end);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (end, ==, 7);
  g_assert_true (hr_chart_layout_bounds (layout, (HrChartId){ 4, -1, -1 }, &x, &y, &width, &height));
  g_assert_cmpfloat_with_epsilon (x + width / 2, 100 + 450 - 250, 0.5);
  g_assert_cmpint (hr_chart_layout_hit (layout, x + width / 2, y + height - 2).bar, ==, 4);

  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);
  for (size_t i = 0; i < n_items; i++)
    {
      g_assert_true (items[i].id.bar < 0 || (items[i].id.bar >= 2 && items[i].id.bar < 7));
      if (items[i].role == HR_CHART_ROLE_AXIS_TEXT)
        g_assert_cmpfloat (items[i].x + items[i].width, <, 100);
    }

  hr_chart_layout_scroll (layout, 1e9, &fixed_measurer);
  hr_chart_layout_in_sight (layout, &first, &end);
  g_assert_cmpuint (end, ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/layout/golden", test_golden);
  g_test_add_func ("/chart/layout/random", test_random);
  g_test_add_func ("/chart/layout/too-small", test_too_small);
  g_test_add_func ("/chart/layout/limits", test_limits);
  g_test_add_func ("/chart/layout/close-limits", test_close_limits);
  g_test_add_func ("/chart/layout/cut", test_cut);
  g_test_add_func ("/chart/layout/hidden", test_hidden);
  g_test_add_func ("/chart/layout/legend-names-marks", test_legend_names_marks);
  g_test_add_func ("/chart/layout/measured", test_measured);
  g_test_add_func ("/chart/layout/extremes", test_extremes);
  g_test_add_func ("/chart/layout/range", test_range);
  g_test_add_func ("/chart/layout/cost", test_cost);
  g_test_add_func ("/chart/layout/ellipsis", test_ellipsis);
  g_test_add_func ("/chart/layout/names-wrap", test_names_wrap);
  g_test_add_func ("/chart/layout/scrolled", test_scrolled);

  return g_test_run ();
}
