/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

#include "chart/hr-timeline-export.h"
#include "chart/hr-timeline-layout.h"
#include "chart/hr-timeline-paint.h"

#include <math.h>
#include <string.h>

#define N_RANDOM 300
#define TOLERANCE 1e-6

static const char *const component_labels[HR_N_PARTS] = {
  "Weights", "Adapters", "Gradients", "Optimizer", "Activations", "Logits and loss", "KV cache", "Workspace", "Context",
};
static const char *const phase_labels[HR_N_PHASES]
    = { "load", "forward", "loss", "backward", "optimizer step", "idle", "prefill", "decode" };

static HrTimelineChart *
new_chart (GArray *moments)
{
  HrTimelineChart *chart = hr_timeline_chart_new ((const HrMoment *) (gpointer) moments->data, moments->len);

  chart->title = g_strdup ("QLoRA r16");
  chart->detail = g_strdup ("NF4 · all linear");
  chart->description = g_strdup ("What is in memory");
  chart->empty_text = g_strdup ("Nothing to show");
  for (guint i = 0; i < HR_N_PARTS; i++)
    chart->component_labels[i] = g_strdup (component_labels[i]);
  for (guint i = 0; i < HR_N_PHASES; i++)
    chart->phase_labels[i] = g_strdup (phase_labels[i]);

  return chart;
}

static void
add_moment (GArray *moments, HrPhaseKind kind, guint step, int layer, double activations_gb)
{
  HrMoment moment = { .kind = kind, .step = step, .layer = layer, .place = -1 };

  moment.components_bytes[HR_COMPONENT_WEIGHTS] = 6 * GB;
  moment.components_bytes[HR_COMPONENT_ACTIVATIONS] = (uint64_t) (activations_gb * (double) GB);
  moment.components_bytes[HR_COMPONENT_OPTIMIZER]
      = step == 2 || kind == HR_PHASE_OPTIMIZER_STEP || kind == HR_PHASE_IDLE ? GB : 0;
  g_array_append_val (moments, moment);
}

/* Two steps of a model of @n_layers that keeps 0.1 GB a layer; the loss of the second is the peak: 6 + 1 + 5 GB. */
static HrTimelineChart *
sample_steps (int n_layers)
{
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (HrMoment));

  add_moment (moments, HR_PHASE_LOAD, 0, -1, 0);
  for (guint step = 1; step <= 2; step++)
    {
      for (int i = 0; i < 2 * n_layers; i++)
        add_moment (moments, HR_PHASE_FORWARD, step, i / 2, 0.1 * (i / 2 + (i % 2 == 0 ? 3 : 1)));
      add_moment (moments, HR_PHASE_LOSS, step, -1, 0.1 * n_layers);
      add_moment (moments, HR_PHASE_LOSS, step, -1, 5);
      for (int i = 2 * n_layers - 1; i >= 0; i--)
        add_moment (moments, HR_PHASE_BACKWARD, step, i / 2, 0.1 * (i / 2 + (i % 2 == 1 ? 3 : 0)));
      add_moment (moments, HR_PHASE_OPTIMIZER_STEP, step, -1, 0);
      add_moment (moments, HR_PHASE_IDLE, step, -1, 0);
    }

  HrTimelineChart *chart = new_chart (moments);
  chart->limit_label = g_strdup ("T4 · 16.1 GB");
  chart->limit_bytes = UINT64_C (16106127360);

  return chart;
}

static HrTimelineChart *
sample_random_timeline (GRand *random)
{
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (HrMoment));
  int n_spans = g_rand_int_range (random, 1, 14);

  for (int s = 0; s < n_spans; s++)
    {
      int n = g_rand_boolean (random) ? 1 : g_rand_int_range (random, 1, 60);

      for (int i = 0; i < n; i++)
        {
          HrMoment moment
              = { .kind = (HrPhaseKind) (s % HR_N_PHASES), .step = (guint) (s / 5), .layer = i - 1, .place = -1 };

          for (guint c = 0; c < HR_N_COMPONENTS; c++)
            moment.components_bytes[c]
                = g_rand_boolean (random) ? 0 : (uint64_t) (g_rand_double (random) * 4e10 * (s % 3));
          g_array_append_val (moments, moment);
        }
    }

  HrTimelineChart *chart = new_chart (moments);
  chart->units = g_rand_boolean (random) ? HR_UNITS_GB : HR_UNITS_GIB;
  chart->hidden = g_rand_boolean (random) ? 0 : g_rand_int (random) & 0x1ff;
  if (g_rand_boolean (random))
    {
      chart->limit_label = g_strdup ("Card · 24 GB");
      chart->limit_bytes = (uint64_t) (g_rand_double (random) * 2e11);
    }

  return chart;
}

static HrTimelineLayout *
lay_out (HrTimelineChart *chart, double width, double height, gboolean right_to_left)
{
  return hr_timeline_layout_new (chart, width, height, right_to_left, &fixed_measurer);
}

/* Returns: (transfer container): the items of both lists. */
static GPtrArray *
all_items (const HrTimelineLayout *layout)
{
  GPtrArray *all = g_ptr_array_new ();
  size_t n_items;
  const HrChartItem *items = hr_timeline_layout_back (layout, &n_items);

  for (size_t i = 0; i < n_items; i++)
    g_ptr_array_add (all, (gpointer) &items[i]);
  items = hr_timeline_layout_front (layout, &n_items);
  for (size_t i = 0; i < n_items; i++)
    g_ptr_array_add (all, (gpointer) &items[i]);

  return all;
}

static guint
count_texts (const HrTimelineLayout *layout, const char *text)
{
  g_autoptr (GPtrArray) items = all_items (layout);
  guint count = 0;

  for (guint i = 0; i < items->len; i++)
    count += g_strcmp0 (((const HrChartItem *) items->pdata[i])->text, text) == 0;

  return count;
}

static const HrChartItem *
find_item (const HrTimelineLayout *layout, HrChartShape shape, HrChartRole role)
{
  g_autoptr (GPtrArray) items = all_items (layout);

  for (guint i = 0; i < items->len; i++)
    {
      const HrChartItem *item = items->pdata[i];

      if (item->shape == shape && item->role == role)
        return item;
    }

  return NULL;
}

static gboolean
overlap (const HrChartItem *a, const HrChartItem *b)
{
  return a->x < b->x + b->width - TOLERANCE && b->x < a->x + a->width - TOLERANCE && a->y < b->y + b->height - TOLERANCE
         && b->y < a->y + a->height - TOLERANCE;
}

static void
assert_tidy (const HrTimelineLayout *layout, double width, double height)
{
  g_autoptr (GPtrArray) items = all_items (layout);

  for (guint i = 0; i < items->len; i++)
    {
      const HrChartItem *item = items->pdata[i];

      g_assert_cmpfloat (item->x, >=, -TOLERANCE);
      g_assert_cmpfloat (item->y, >=, -TOLERANCE);
      g_assert_cmpfloat (item->x + item->width, <=, width + TOLERANCE);
      g_assert_cmpfloat (item->y + item->height, <=, height + TOLERANCE);
      for (guint j = 0; j < i && item->shape == HR_CHART_TEXT; j++)
        {
          const HrChartItem *other = items->pdata[j];

          if (other->shape == HR_CHART_TEXT && overlap (item, other))
            g_error ("“%s” and “%s” overlap", item->text, other->text);
        }
    }
}

/* Areas are to scale, stand on each other and on the axis, and reach to the total. */
static void
assert_stacked (const HrTimelineLayout *layout)
{
  const HrTimelineChart *chart = hr_timeline_layout_chart (layout);
  HrChartBox plot = hr_timeline_layout_plot (layout);
  guint peak = hr_timeline_chart_peak (chart);
  double bottom = plot.y + plot.height;
  double scale = (bottom - hr_timeline_layout_edge (layout, peak, HR_N_COMPONENTS - 1))
                 / (double) hr_timeline_chart_total (chart, peak);

  for (guint m = 0; m < chart->moments->len; m++)
    {
      double below = bottom;

      for (int c = 0; c < HR_N_COMPONENTS; c++)
        {
          double edge = hr_timeline_layout_edge (layout, m, c);
          double bytes = (double) hr_timeline_chart_bytes (chart, m, (guint) c);

          g_assert_cmpfloat_with_epsilon (below - edge, bytes * scale, TOLERANCE);
          below = edge;
        }
      g_assert_cmpfloat (below, >=, plot.y - TOLERANCE);
      g_assert_cmpfloat_with_epsilon (bottom - below, (double) hr_timeline_chart_total (chart, m) * scale, TOLERANCE);
    }
}

/* From one end of the plot to the other, every moment once or at both ends of its phase, none before the one before. */
static void
assert_in_order (const HrTimelineLayout *layout, gboolean right_to_left)
{
  const HrTimelineChart *chart = hr_timeline_layout_chart (layout);
  HrChartBox plot = hr_timeline_layout_plot (layout);
  double start = right_to_left ? plot.x + plot.width : plot.x, end = 2 * plot.x + plot.width - start;
  guint n_points;
  const HrTimelinePoint *points = hr_timeline_layout_points (layout, &n_points);

  g_assert_cmpuint (n_points, >=, 2);
  g_assert_cmpfloat_with_epsilon (points[0].x, start, TOLERANCE);
  g_assert_cmpfloat_with_epsilon (points[n_points - 1].x, end, TOLERANCE);
  g_assert_cmpuint (points[n_points - 1].moment, ==, chart->moments->len - 1);
  for (guint i = 1; i < n_points; i++)
    {
      g_assert_cmpuint (points[i].moment - points[i - 1].moment, <=, 1);
      g_assert_cmpfloat ((points[i].x - points[i - 1].x) * (end - start), >=, -TOLERANCE);
    }
}

static void
assert_mirrored (const HrTimelineLayout *layout, const HrTimelineLayout *mirror, double width)
{
  g_autoptr (GPtrArray) items = all_items (layout);
  g_autoptr (GPtrArray) mirrored = all_items (mirror);

  g_assert_cmpuint (items->len, ==, mirrored->len);
  for (guint i = 0; i < items->len; i++)
    {
      const HrChartItem *a = items->pdata[i], *b = mirrored->pdata[i];

      g_assert_cmpstr (a->text, ==, b->text);
      g_assert_cmpfloat_with_epsilon (a->x + a->width, width - b->x, TOLERANCE);
      g_assert_cmpfloat_with_epsilon (a->y, b->y, TOLERANCE);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240521);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrTimelineChart) chart = sample_random_timeline (random);
      double width, height;

      hr_timeline_layout_minimum (chart, &fixed_measurer, &width, &height);
      width += g_rand_double_range (random, 0, 1200);
      height += g_rand_double_range (random, 0, 700);
      for (int right_to_left = 0; right_to_left <= 1; right_to_left++)
        {
          g_autoptr (HrTimelineLayout) layout = lay_out (chart, width, height, right_to_left);

          assert_tidy (layout, width, height);
          assert_in_order (layout, right_to_left);
          if (hr_timeline_chart_total (chart, hr_timeline_chart_peak (chart)) > 0)
            assert_stacked (layout);
        }
      g_autoptr (HrTimelineLayout) plain = lay_out (chart, width, height, FALSE);
      g_autoptr (HrTimelineLayout) mirror = lay_out (chart, width, height, TRUE);
      assert_mirrored (plain, mirror, width);
    }
}

/* What is shown of a run begins and ends at the ends of the plot, and nothing is written beside it. */
static void
test_zoomed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (99);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrTimelineChart) chart = sample_random_timeline (random);
      double start = g_rand_double_range (random, 0, chart->spans->len), width, height;

      chart->window = (HrTimelineWindow){ start, g_rand_double_range (random, start + 1e-3, chart->spans->len + 1e-3) };
      hr_timeline_layout_minimum (chart, &fixed_measurer, &width, &height);
      width += g_rand_double_range (random, 0, 1200);
      height += g_rand_double_range (random, 0, 700);
      for (int right_to_left = 0; right_to_left <= 1; right_to_left++)
        {
          g_autoptr (HrTimelineLayout) layout = lay_out (chart, width, height, right_to_left);
          HrChartBox plot = hr_timeline_layout_plot (layout);
          HrTimelineWindow window = hr_timeline_chart_window (chart);
          double middle = (window.start + window.end) / 2;
          double left = hr_timeline_layout_position_x (layout, right_to_left ? window.end : window.start);
          double right = hr_timeline_layout_position_x (layout, right_to_left ? window.start : window.end);
          guint n_points;
          const HrTimelinePoint *points = hr_timeline_layout_points (layout, &n_points);

          assert_tidy (layout, width, height);
          g_assert_cmpfloat_with_epsilon (left, plot.x, 1e-3);
          g_assert_cmpfloat_with_epsilon (right, plot.x + plot.width, 1e-3);
          g_assert_cmpfloat_with_epsilon (
              hr_timeline_layout_position (layout, hr_timeline_layout_position_x (layout, middle)), middle, 1e-6);
          g_assert_cmpfloat (MIN (points[0].x, points[n_points - 1].x), <=, plot.x + 1e-3);
          g_assert_cmpfloat (MAX (points[0].x, points[n_points - 1].x), >=, plot.x + plot.width - 1e-3);
        }
      g_autoptr (HrTimelineLayout) plain = lay_out (chart, width, height, FALSE);
      g_autoptr (HrTimelineLayout) mirror = lay_out (chart, width, height, TRUE);
      assert_mirrored (plain, mirror, width);
    }
}

/* Four layers of the backward pass fill the plot, each with its number; operators share the place of their layer. */
static void
test_layers (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (32);
  HrTimelineWindow window = hr_timeline_chart_find_window (chart, HR_PHASE_BACKWARD, 2, 9, 12);

  g_assert_cmpfloat (window.start, >, 8);
  g_assert_cmpfloat (window.end, <, 9);
  chart->window = window;
  g_autoptr (HrTimelineLayout) layout = lay_out (chart, 1000, 400, FALSE);
  for (int layer = 9; layer <= 14; layer++)
    {
      g_autofree char *label = g_strdup_printf ("layer %d", layer);

      g_assert_cmpuint (count_texts (layout, label), ==, layer >= 10 && layer <= 13);
    }
  g_assert_cmpuint (count_texts (layout, "backward"), ==, 1);
  g_assert_cmpuint (count_texts (layout, "step 2"), ==, 1);
  g_assert_cmpuint (count_texts (layout, "forward"), ==, 0);

  window = hr_timeline_chart_find_window (chart, HR_PHASE_BACKWARD, 2, 40, 41);
  g_assert_cmpfloat (window.end, ==, 0);
  window = hr_timeline_chart_find_window (chart, HR_PHASE_LOSS, 1, -1, -1);
  g_assert_cmpfloat (window.start, ==, 2);
  g_assert_cmpfloat (window.end, ==, 3);
}

static void
test_operators (void)
{
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (HrMoment));
  static const int places[] = { -1, 3, 4, 5, -1, -1, -1 };
  static const int layers[] = { -1, 0, 0, 0, 0, 1, 1 };
  static const double times[] = { 0, 0.5, 1, 1.5, 2, 3, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      add_moment (moments, HR_PHASE_FORWARD, 1, layers[i], 1);
      g_array_index (moments, HrMoment, i).place = (gint16) places[i];
    }
  g_autoptr (HrTimelineChart) chart = new_chart (moments);
  chart->place_labels[4] = g_strdup ("q_proj");
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    g_assert_cmpfloat_with_epsilon (hr_timeline_chart_position (chart, i), times[i] / 4, TOLERANCE);
  g_autofree char *text = hr_timeline_chart_describe (chart, 2, -1, HR_WRITTEN);
  g_assert_cmpstr (text, ==, "forward, step 1, layer 1 of 2, q_proj: 7.0 GB");
}

/* Sizes that no window should give, down to nothing. */
static void
test_too_small (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (HrTimelineChart) chart = sample_random_timeline (random);
      double width = g_rand_double_range (random, 0, 260), height = g_rand_double_range (random, 0, 220);
      g_autoptr (HrTimelineLayout) layout = lay_out (chart, width, height, g_rand_boolean (random));

      assert_tidy (layout, width, height);
    }

  g_autoptr (HrTimelineChart) steps = sample_steps (4);
  g_autoptr (HrTimelineLayout) odd = lay_out (steps, (double) NAN, -5, FALSE);
  assert_tidy (odd, 0, 0);
}

static void
test_empty (void)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (HrMoment));
  g_autoptr (HrTimelineChart) chart = new_chart (none);
  g_autoptr (HrTimelineLayout) layout = lay_out (chart, 600, 300, FALSE);
  int moment, component;

  g_assert_cmpuint (count_texts (layout, "Nothing to show"), ==, 1);
  hr_timeline_layout_hit (layout, 300, 150, &moment, &component);
  g_assert_cmpint (moment, ==, -1);
  g_assert_cmpuint (hr_timeline_chart_move (chart, 0, HR_TIMELINE_MOVE_ON), ==, 0);
}

/* Wide: every phase has its name. Narrower: both steps the same ones, forward and backward last to go. */
static void
test_names (void)
{
  static const double widths[] = { 1400, 900, 700, 500, 360, 250 };
  g_autoptr (HrTimelineChart) chart = sample_steps (32);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (HrTimelineLayout) layout = lay_out (chart, widths[i], 300, FALSE);

      for (guint p = HR_PHASE_FORWARD; p <= HR_PHASE_IDLE; p++)
        {
          guint n = count_texts (layout, phase_labels[p]);

          g_assert_true (n == 0 || n == 2);
          if (widths[i] >= 900 || (widths[i] >= 360 && (p == HR_PHASE_FORWARD || p == HR_PHASE_BACKWARD)))
            g_assert_cmpuint (n, ==, 2);
        }
      g_assert_cmpuint (count_texts (layout, "step 1"), ==, 1);
      g_assert_cmpuint (count_texts (layout, "step 2"), ==, 1);
    }
}

static void
test_limit (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (8);
  g_autoptr (HrTimelineLayout) above = lay_out (chart, 800, 300, FALSE);
  const HrChartItem *line = find_item (above, HR_CHART_LINE, HR_CHART_ROLE_LIMIT);
  const HrChartItem *label = find_item (above, HR_CHART_TEXT, HR_CHART_ROLE_LIMIT);
  HrChartBox plot = hr_timeline_layout_plot (above);

  g_assert_cmpfloat_with_epsilon (line->y, plot.y, TOLERANCE); /* the axis ends there */
  g_assert_cmpfloat_with_epsilon (line->width, plot.width, TOLERANCE);
  g_assert_cmpstr (label->text, ==, "T4 · 16.1 GB");

  chart->limit_bytes = 10 * GB; /* within the areas: 12 GB are the peak */
  g_autoptr (HrTimelineLayout) within = lay_out (chart, 800, 300, FALSE);
  line = find_item (within, HR_CHART_LINE, HR_CHART_ROLE_LIMIT);
  plot = hr_timeline_layout_plot (within);
  g_assert_cmpfloat_with_epsilon (line->y, plot.y + plot.height * 2 / 12, TOLERANCE);

  chart->limit_bytes = 40 * GB; /* out of sight */
  g_autoptr (HrTimelineLayout) far = lay_out (chart, 800, 300, FALSE);
  g_assert_null (find_item (far, HR_CHART_LINE, HR_CHART_ROLE_LIMIT));
  g_assert_cmpuint (count_texts (far, "T4 · 16.1 GB ↑"), ==, 1);
}

static void
test_peak (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (8);
  g_autoptr (HrTimelineLayout) layout = lay_out (chart, 800, 300, FALSE);
  guint peak = hr_timeline_chart_peak (chart);

  g_assert_cmpuint (count_texts (layout, "peak 12.0 GB · loss, step 2"), ==, 1);
  g_assert_cmpint (hr_timeline_chart_moment (chart, peak)->kind, ==, HR_PHASE_LOSS);

  /* What is hidden does not count: without activations all of the second step is as high. */
  chart->hidden = 1u << HR_COMPONENT_ACTIVATIONS;
  g_assert_cmpuint (hr_timeline_chart_total (chart, hr_timeline_chart_peak (chart)), ==, 7 * GB);
}

/* A point within an area is that component's, at the nearest moment. */
static void
test_hit (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (8);

  for (int right_to_left = 0; right_to_left <= 1; right_to_left++)
    {
      g_autoptr (HrTimelineLayout) layout = lay_out (chart, 900, 300, right_to_left);
      int moment, component;

      for (guint m = 0; m < chart->moments->len; m++)
        for (int c = 0; c < HR_N_COMPONENTS; c++)
          {
            double low = c > 0 ? hr_timeline_layout_edge (layout, m, c - 1) : 0;
            double high = hr_timeline_layout_edge (layout, m, c);
            const HrTimelineSpan *span = hr_timeline_chart_span (chart, hr_timeline_chart_find_span (chart, m));
            gboolean at_end = m == span->first || m + 1 == span->first + span->n_moments;

            if (c == 0 || low - high < 2 || (at_end && span->n_moments > 1))
              continue;
            hr_timeline_layout_hit (layout, hr_timeline_layout_x (layout, m), (low + high) / 2, &moment, &component);
            g_assert_cmpint (moment, ==, (int) m);
            g_assert_cmpint (component, ==, c);
          }
      hr_timeline_layout_hit (layout, hr_timeline_layout_x (layout, 0), 5, &moment, &component);
      g_assert_cmpint (moment, ==, 0);
      g_assert_cmpint (component, ==, -1);
      hr_timeline_layout_hit (layout, 450, 295, &moment, &component);
      g_assert_cmpint (moment, ==, -1);
    }
}

static void
test_move (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (2);
  guint last = chart->moments->len - 1;
  guint at = 0;

  /* load | 4 forward | 2 loss | 4 backward | step | idle | … */
  g_assert_cmpuint (chart->spans->len, ==, 11);
  g_assert_cmpuint (hr_timeline_chart_move (chart, 0, HR_TIMELINE_MOVE_BACK), ==, 0);
  g_assert_cmpuint (hr_timeline_chart_move (chart, 0, HR_TIMELINE_MOVE_PHASE_BACK), ==, 0);
  at = hr_timeline_chart_move (chart, at, HR_TIMELINE_MOVE_PHASE_ON);
  g_assert_cmpuint (at, ==, 1);
  at = hr_timeline_chart_move (chart, at, HR_TIMELINE_MOVE_ON);
  g_assert_cmpuint (at, ==, 2);
  g_assert_cmpuint (hr_timeline_chart_move (chart, at, HR_TIMELINE_MOVE_PHASE_BACK), ==, 1);
  g_assert_cmpuint (hr_timeline_chart_move (chart, 1, HR_TIMELINE_MOVE_PHASE_BACK), ==, 0);
  g_assert_cmpuint (hr_timeline_chart_move (chart, at, HR_TIMELINE_MOVE_PHASE_ON), ==, 5);
  g_assert_cmpuint (hr_timeline_chart_move (chart, at, HR_TIMELINE_MOVE_LAST), ==, last);
  g_assert_cmpuint (hr_timeline_chart_move (chart, last, HR_TIMELINE_MOVE_ON), ==, last);
  g_assert_cmpuint (hr_timeline_chart_move (chart, last, HR_TIMELINE_MOVE_PHASE_ON), ==, last);
  g_assert_cmpuint (hr_timeline_chart_move (chart, last, HR_TIMELINE_MOVE_FIRST), ==, 0);
  at = hr_timeline_chart_move (chart, 0, HR_TIMELINE_MOVE_PEAK);
  g_assert_cmpuint (at, ==, 18);
}

static void
assert_described (const HrTimelineChart *chart, guint moment, int component, const char *expected)
{
  g_autofree char *text = hr_timeline_chart_describe (chart, moment, component, HR_WRITTEN);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (2);

  assert_described (chart, 0, -1, "load: 6.0 GB, 10.1 GB free");
  assert_described (chart, 18, -1, "loss, step 2: 12.0 GB, 4.1 GB free");
  assert_described (chart, 18, HR_COMPONENT_ACTIVATIONS, "loss, step 2, Activations: 5.00 GB, 42 % of 12.0 GB");

  g_autofree char *spoken = hr_timeline_chart_describe (chart, 18, HR_COMPONENT_ACTIVATIONS, HR_SPOKEN);
  g_assert_cmpstr (spoken, ==, "loss, step 2, Activations: 5.00 gigabytes, 42 % of 12.0 gigabytes");
  assert_described (chart, 3, -1, "forward, step 1, layer 2 of 2: 6.4 GB, 9.7 GB free");
  chart->limit_bytes = 11 * GB;
  assert_described (chart, 18, -1, "loss, step 2: 12.0 GB, 1.0 GB over the limit");
  chart->limit_bytes = 0;
  assert_described (chart, 18, -1, "loss, step 2: 12.0 GB");
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

/* Each area has its component's colour from edge to edge; all but the selected one are faded, none is hidden by
 * another.
 */
static void
test_paint (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (8);
  g_autoptr (HrTimelineLayout) layout = lay_out (chart, 900, 300, FALSE);
  PangoContext *context = hr_chart_file_font ();
  HrTimelineMarks marks = HR_TIMELINE_MARKS_NONE;

  marks.selected_component = HR_COMPONENT_OPTIMIZER;
  for (int dark = 0; dark <= 1; dark++)
    {
      HrChartPalette palette = { dark, FALSE };
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 300);
      cairo_t *cr = cairo_create (surface);
      guint n_seen = 0;

      hr_timeline_paint (layout, cr, context, palette, &marks, 1);
      cairo_surface_flush (surface);
      for (guint m = 0; m < chart->moments->len; m++)
        for (int c = 0; c < HR_N_COMPONENTS; c++)
          {
            double top = hr_timeline_layout_edge (layout, m, c);
            double bottom = hr_timeline_layout_edge (layout, m, c - 1);
            double x = hr_timeline_layout_x (layout, m);
            HrTimelineSpan span = *hr_timeline_chart_span (chart, hr_timeline_chart_find_span (chart, m));
            guint32 own = to_pixel (hr_chart_palette_component (palette, (HrComponent) c));

            /* Where edges are level and no mark is: within phases of one moment. */
            if (span.n_moments > 1 || bottom - top < 8)
              continue;
            n_seen++;
            for (double y = top + 2; y < bottom - 2; y++)
              g_assert_true ((pixel_at (surface, x, y) == own) == (c == HR_COMPONENT_OPTIMIZER));
          }
      g_assert_cmpuint (n_seen, >=, 5);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  g_object_unref (context);
}

/* The teeth of many layers keep their tips, and are not torn by the lines between areas. */
static void
test_teeth (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (64);
  g_autoptr (HrTimelineLayout) layout = lay_out (chart, 600, 300, FALSE);
  PangoContext *context = hr_chart_file_font ();
  HrChartPalette palette = { FALSE, FALSE };
  HrTimelineMarks marks = HR_TIMELINE_MARKS_NONE;
  guint32 background = to_pixel (hr_chart_palette_color (palette, HR_CHART_ROLE_BACKGROUND));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 300);
  cairo_t *cr = cairo_create (surface);
  guint n_seen = 0;

  hr_timeline_paint (layout, cr, context, palette, &marks, 1);
  cairo_surface_flush (surface);
  for (guint m = 0; m < chart->moments->len; m++)
    {
      double top = hr_timeline_layout_edge (layout, m, HR_N_COMPONENTS - 1);
      double bottom = hr_timeline_layout_edge (layout, m, HR_COMPONENT_ACTIVATIONS - 1);
      double x = hr_timeline_layout_x (layout, m);

      if (hr_timeline_chart_moment (chart, m)->kind != HR_PHASE_BACKWARD || bottom - top < 12)
        continue;
      n_seen++;
      for (double y = top + 6; y < bottom - 2; y++)
        g_assert_cmphex (pixel_at (surface, x, y), !=, background);
    }
  g_assert_cmpuint (n_seen, >=, 50);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_object_unref (context);
}

static gboolean
is_of_component (HrChartPalette palette, guint32 pixel)
{
  for (int c = 0; c < HR_N_COMPONENTS; c++)
    if (pixel == to_pixel (hr_chart_palette_component (palette, (HrComponent) c)))
      return TRUE;

  return FALSE;
}

/* Areas are parted by as much line, whichever way time goes. */
static void
test_mirrored_lines (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (8);
  PangoContext *context = hr_chart_file_font ();
  HrChartPalette palette = { FALSE, FALSE };
  HrTimelineMarks marks = HR_TIMELINE_MARKS_NONE;
  guint n_parting[2] = { 0, 0 };

  for (int right_to_left = 0; right_to_left <= 1; right_to_left++)
    {
      g_autoptr (HrTimelineLayout) layout = lay_out (chart, 900, 300, right_to_left);
      HrChartBox plot = hr_timeline_layout_plot (layout);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 300);
      cairo_t *cr = cairo_create (surface);
      double edge = hr_timeline_layout_edge (layout, 1, HR_COMPONENT_WEIGHTS);

      hr_timeline_paint (layout, cr, context, palette, &marks, 1);
      cairo_surface_flush (surface);
      for (double x = plot.x + 2; x < plot.x + plot.width - 2; x++)
        for (double y = edge - 2; y < edge + 3; y++)
          n_parting[right_to_left] += !is_of_component (palette, pixel_at (surface, x, y));
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (n_parting[0], >, 500);
  g_assert_cmpuint (n_parting[1], >, n_parting[0] * 9 / 10);
  g_assert_cmpuint (n_parting[1], <, n_parting[0] * 11 / 10);
  g_object_unref (context);
}

/* Wherever the cursor stands, also above a narrow chart's peak, its line leaves what is written there readable. */
static void
test_cursor_spares_text (void)
{
  g_autoptr (HrTimelineChart) chart = sample_steps (8);
  g_autoptr (HrTimelineLayout) layout = lay_out (chart, 180, 300, FALSE);
  PangoContext *context = hr_chart_file_font ();
  HrChartPalette palette = { FALSE, FALSE };
  guint32 cursor = to_pixel (hr_chart_palette_color (palette, HR_CHART_ROLE_CURSOR));
  size_t n_items;
  const HrChartItem *label = hr_timeline_layout_front (layout, &n_items);
  guint n_over = 0;

  while (label->shape != HR_CHART_TEXT || label->style != HR_CHART_TEXT_FIGURE)
    label++;
  for (guint m = 0; m < chart->moments->len; m++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 180, 300);
      cairo_t *cr = cairo_create (surface);
      HrTimelineMarks marks = HR_TIMELINE_MARKS_NONE;
      double x = hr_timeline_layout_x (layout, m);

      marks.cursor = (int) m;
      hr_timeline_paint (layout, cr, context, palette, &marks, 1);
      cairo_surface_flush (surface);
      n_over += x > label->x && x < label->x + label->width;
      for (double y = MAX (label->y, 0); y < label->y + label->height - 3; y++)
        for (double column = MAX (label->x, 0); column < label->x + label->width; column++)
          g_assert_cmphex (pixel_at (surface, column, y), !=, cursor);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (n_over, >, 0);
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
  g_autoptr (HrTimelineChart) chart = sample_steps (32);
  HrTimelineChart *charts[] = { chart, chart, chart };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) once = hr_timeline_export ("Fine-tune", charts, 3, formats[i].format, 0, 0, 1, &error);
      g_autoptr (GBytes) again = hr_timeline_export ("Fine-tune", charts, 3, formats[i].format, 0, 0, 1, NULL);

      g_assert_no_error (error);
      g_assert_true (memcmp (g_bytes_get_data (once, NULL), formats[i].begins, strlen (formats[i].begins)) == 0);
      g_assert_true (g_bytes_equal (once, again));
    }

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) huge = hr_timeline_export ("Fine-tune", charts, 3, HR_CHART_PNG, 100000, 0, 1, &error);
  g_assert_null (huge);
  g_assert_error (error, HR_CHART_ERROR, HR_CHART_ERROR_SIZE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/timeline/random", test_random);
  g_test_add_func ("/chart/timeline/zoomed", test_zoomed);
  g_test_add_func ("/chart/timeline/layers", test_layers);
  g_test_add_func ("/chart/timeline/operators", test_operators);
  g_test_add_func ("/chart/timeline/too-small", test_too_small);
  g_test_add_func ("/chart/timeline/empty", test_empty);
  g_test_add_func ("/chart/timeline/names", test_names);
  g_test_add_func ("/chart/timeline/limit", test_limit);
  g_test_add_func ("/chart/timeline/peak", test_peak);
  g_test_add_func ("/chart/timeline/hit", test_hit);
  g_test_add_func ("/chart/timeline/move", test_move);
  g_test_add_func ("/chart/timeline/describe", test_describe);
  g_test_add_func ("/chart/timeline/paint", test_paint);
  g_test_add_func ("/chart/timeline/teeth", test_teeth);
  g_test_add_func ("/chart/timeline/mirrored-lines", test_mirrored_lines);
  g_test_add_func ("/chart/timeline/cursor-spares-text", test_cursor_spares_text);
  g_test_add_func ("/chart/timeline/export", test_export);

  return g_test_run ();
}
