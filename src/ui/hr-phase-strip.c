/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-phase-strip.h"

#include "chart/hr-chart-paint.h"
#include "hr-palette.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define DECIMALS 1

#define HEIGHT 34
#define MIN_SPAN_WIDTH 9.0
#define MARK_WIDTH 3.0
#define FRAME_WIDTH 2.0
#define GAP 1.0

/* What is not in sight in the chart, and what is not chosen, stands back. */
#define VEIL_ALPHA 0.65
#define SHAPE_ALPHA 0.35
#define CHOSEN_ALPHA 0.9

struct _HrPhaseStrip
{
  GtkWidget parent_instance;

  HrTimelineChart *chart;
  int span; /* -1: none */
};

G_DEFINE_FINAL_TYPE (HrPhaseStrip, hr_phase_strip, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  ACTIVATED,
  MOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef enum
{
  MOVE_BACK,
  MOVE_ON,
  MOVE_FIRST,
  MOVE_LAST,
} Move;

static gboolean
is_mirrored (HrPhaseStrip *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static int
count_spans (HrPhaseStrip *self)
{
  return (int) self->chart->spans->len;
}

/* Where a position in the run is, from the start edge; see HrTimelineWindow. */
static double
place (HrPhaseStrip *self, double position)
{
  double units = 0, before = 0;
  int n_spans = count_spans (self);

  for (int i = 0; i < n_spans; i++)
    {
      double duration = hr_timeline_chart_span (self->chart, (guint) i)->duration + 1;

      units += duration;
      before += duration * CLAMP (position - i, 0, 1);
    }
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double minimum = MIN (MIN_SPAN_WIDTH, width / MAX (n_spans, 1));

  return n_spans > 0 ? position * minimum + (width - n_spans * minimum) * before / units : 0;
}

static double
edge (HrPhaseStrip *self, double position)
{
  double x = place (self, position);

  return is_mirrored (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
}

static int
find_span (HrPhaseStrip *self, double x)
{
  double from_start = is_mirrored (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
  int span = 0;

  while (span + 1 < count_spans (self) && place (self, span + 1) <= from_start)
    span++;

  return span < count_spans (self) ? span : -1;
}

static guint
find_largest (HrPhaseStrip *self, guint span)
{
  const HrTimelineSpan *data = hr_timeline_chart_span (self->chart, span);
  guint largest = data->first;

  for (guint i = data->first; i < data->first + data->n_moments; i++)
    if (hr_timeline_chart_total (self->chart, i) > hr_timeline_chart_total (self->chart, largest))
      largest = i;

  return largest;
}

/* Returns: (transfer full): the phase and the most that is in memory then */
static char *
describe (HrPhaseStrip *self, int span, HrWording wording)
{
  guint largest = find_largest (self, (guint) span);
  g_autofree char *phase = hr_timeline_chart_phase_text (self->chart, largest);
  g_autofree char *size
      = hr_size_text (hr_timeline_chart_total (self->chart, largest), self->chart->units, DECIMALS, wording);

  /* Translators: a phase of a run and the most that is in memory then: "backward, step 2: at most 13.1 GB" */
  return g_strdup_printf (_ ("%s: at most %s"), phase, size);
}

static void
update_value (HrPhaseStrip *self)
{
  int last = count_spans (self) - 1;
  g_autofree char *text
      = self->span >= 0 && self->span <= last ? describe (self, self->span, HR_SPOKEN) : g_strdup ("");

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
      (double) MAX (last, 0), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) MAX (self->span, 0),
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
move (HrPhaseStrip *self, int key)
{
  int last = count_spans (self) - 1, to = self->span;
  Move step = (Move) key;

  if (last < 0)
    return;
  if (is_mirrored (self) && (step == MOVE_BACK || step == MOVE_ON))
    step = step == MOVE_BACK ? MOVE_ON : MOVE_BACK;
  if (step == MOVE_FIRST || step == MOVE_LAST)
    to = step == MOVE_FIRST ? 0 : last;
  else
    to = CLAMP (self->span + (step == MOVE_ON ? 1 : -1), 0, last);
  if (to == self->span)
    gtk_widget_error_bell (GTK_WIDGET (self));
  g_signal_emit (self, signals[PICKED], 0, to);
}

static gboolean
activate (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HrPhaseStrip *self = HR_PHASE_STRIP (widget);

  if (self->span < 0)
    return FALSE;

  g_signal_emit (self, signals[ACTIVATED], 0, self->span);
  return TRUE;
}

static void
pressed_cb (HrPhaseStrip *self, int n_press, double x, double y)
{
  int span = find_span (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (span < 0)
    return;
  g_signal_emit (self, signals[PICKED], 0, span);
  if (n_press == 2)
    g_signal_emit (self, signals[ACTIVATED], 0, span);
}

static void
set_color (cairo_t *cr, HrChartRole role, double alpha)
{
  HrChartColor color = hr_chart_palette_color (hr_palette_get (), role);

  cairo_set_source_rgba (cr, color.red, color.green, color.blue, alpha);
}

/* The total over time of one phase, from its beginning to its end. */
static void
add_shape (HrPhaseStrip *self, cairo_t *cr, guint span, double height, double highest)
{
  const HrTimelineSpan *data = hr_timeline_chart_span (self->chart, span);
  double sign = is_mirrored (self) ? -1 : 1;
  double start = edge (self, span) + sign * GAP / 2, end = edge (self, span + 1) - sign * GAP / 2;

  cairo_move_to (cr, start, height);
  for (guint i = data->first; i < data->first + data->n_moments; i++)
    {
      double y = height * (1 - (double) hr_timeline_chart_total (self->chart, i) / highest);
      double part = hr_timeline_chart_position (self->chart, i) - span;

      if (data->n_moments == 1)
        cairo_line_to (cr, start, y);
      cairo_line_to (cr, data->n_moments == 1 ? end : start + (end - start) * part, y);
    }
  cairo_line_to (cr, end, height);
  cairo_close_path (cr);
}

static void
draw_shapes (HrPhaseStrip *self, cairo_t *cr, double height)
{
  double highest = (double) hr_timeline_chart_total (self->chart, hr_timeline_chart_peak (self->chart));

  for (guint i = 0; i < self->chart->spans->len && highest > 0; i++)
    {
      gboolean chosen = (int) i == self->span;

      add_shape (self, cr, i, height - MARK_WIDTH - GAP, highest);
      set_color (cr, HR_CHART_ROLE_TEXT, chosen ? CHOSEN_ALPHA : SHAPE_ALPHA);
      cairo_fill (cr);
      if (!chosen)
        continue;
      double a = edge (self, i), b = edge (self, i + 1);
      cairo_rectangle (cr, MIN (a, b), height - MARK_WIDTH, ABS (b - a), MARK_WIDTH);
      cairo_fill (cr);
    }
}

/* Veils what is out of sight, and frames what is in it. */
static void
draw_window (HrPhaseStrip *self, cairo_t *cr, double width, double height)
{
  HrTimelineWindow window = hr_timeline_chart_window (self->chart);
  double a = edge (self, window.start), b = edge (self, window.end);
  double left = MIN (a, b), right = MAX (MAX (a, b), left + 2 * FRAME_WIDTH);

  if (!hr_timeline_chart_is_zoomed (self->chart))
    return;
  cairo_rectangle (cr, 0, 0, left, height);
  cairo_rectangle (cr, right, 0, width - right, height);
  set_color (cr, HR_CHART_ROLE_BACKGROUND, VEIL_ALPHA);
  cairo_fill (cr);
  cairo_rectangle (cr, left + FRAME_WIDTH / 2, FRAME_WIDTH / 2, right - left - FRAME_WIDTH, height - FRAME_WIDTH);
  set_color (cr, HR_CHART_ROLE_CURSOR, 1);
  cairo_set_line_width (cr, FRAME_WIDTH);
  cairo_stroke (cr);
}

static void
hr_phase_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrPhaseStrip *self = HR_PHASE_STRIP (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  if (count_spans (self) > 0)
    {
      draw_shapes (self, cr, height);
      draw_window (self, cr, width, height);
    }
  cairo_destroy (cr);
}

static void
hr_phase_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
}

static gboolean
hr_phase_strip_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  HrPhaseStrip *self = HR_PHASE_STRIP (widget);
  int span = keyboard_tooltip ? self->span : find_span (self, x);

  if (span < 0)
    return FALSE;

  g_autofree char *text = describe (self, span, HR_WRITTEN);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
hr_phase_strip_finalize (GObject *object)
{
  hr_timeline_chart_unref (HR_PHASE_STRIP (object)->chart);

  G_OBJECT_CLASS (hr_phase_strip_parent_class)->finalize (object);
}

static void
install_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2];
    Move move;
  } moves[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, MOVE_BACK },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, MOVE_ON },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, MOVE_FIRST },
    { { GDK_KEY_End, GDK_KEY_KP_End }, MOVE_LAST },
  };
  static const guint activates[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint k = 0; k < G_N_ELEMENTS (moves[i].keys); k++)
      gtk_widget_class_add_binding_signal (widget_class, moves[i].keys[k], 0, "move", "(i)", moves[i].move);
  for (guint i = 0; i < G_N_ELEMENTS (activates); i++)
    gtk_widget_class_add_binding (widget_class, activates[i], 0, activate, NULL);
}

static void
hr_phase_strip_class_init (HrPhaseStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hr_phase_strip_finalize;
  widget_class->snapshot = hr_phase_strip_snapshot;
  widget_class->measure = hr_phase_strip_measure;
  widget_class->query_tooltip = hr_phase_strip_query_tooltip;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT);
  signals[MOVE] = g_signal_new_class_handler ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                              G_CALLBACK (move), NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  install_bindings (widget_class);

  gtk_widget_class_set_css_name (widget_class, "phasestrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
hr_phase_strip_init (HrPhaseStrip *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->chart = hr_timeline_chart_new (NULL, 0);
  self->span = -1;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Phase"), -1);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_phase_strip_new (void)
{
  return g_object_new (HR_TYPE_PHASE_STRIP, NULL);
}

void
hr_phase_strip_set_chart (HrPhaseStrip *self, HrTimelineChart *chart)
{
  g_return_if_fail (HR_IS_PHASE_STRIP (self));
  g_return_if_fail (chart != NULL);

  hr_timeline_chart_unref (self->chart);
  self->chart = chart;
  self->span = MIN (self->span, count_spans (self) - 1);
  update_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hr_phase_strip_set_span (HrPhaseStrip *self, int span)
{
  g_return_if_fail (HR_IS_PHASE_STRIP (self));

  span = MIN (span, count_spans (self) - 1);
  if (span == self->span)
    return;

  self->span = span;
  update_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
