/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-plot.h"

#include "chart/hr-chart-paint.h"

#include <adwaita.h>
#include <math.h>

/* Pixels. */
typedef struct
{
  int width;
  int height;
} Size;

typedef struct
{
  gboolean has_layout;
  Size layout_size;
  guint layout_font;
  Size minimum; /* as it was last found */
} HrPlotPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HrPlot, hr_plot, GTK_TYPE_WIDGET)

static HrPlotPrivate *
get_private (HrPlot *self)
{
  return hr_plot_get_instance_private (self);
}

static guint
find_font (HrPlot *self)
{
  return pango_context_get_serial (gtk_widget_get_pango_context (GTK_WIDGET (self)));
}

static void
clear_layout (HrPlot *self)
{
  HR_PLOT_GET_CLASS (self)->clear_layout (self);
  get_private (self)->has_layout = FALSE;
}

static Size
find_minimum (HrPlot *self)
{
  HrChartMeasurer measurer;
  double width, height;

  hr_chart_pango_measurer_init (&measurer, gtk_widget_get_pango_context (GTK_WIDGET (self)));
  HR_PLOT_GET_CLASS (self)->find_minimum (self, &measurer, &width, &height);
  hr_chart_pango_measurer_clear (&measurer);

  return (Size){ (int) ceil (width), (int) ceil (height) };
}

static gboolean
needs_other_size (int size, int before, int minimum)
{
  return minimum > size || (minimum < before && size <= before);
}

static void
hr_plot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  HrPlotPrivate *priv = get_private (HR_PLOT (widget));

  priv->minimum = find_minimum (HR_PLOT (widget));
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? priv->minimum.width : priv->minimum.height;
}

static void
hr_plot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  hr_plot_ensure_layout (HR_PLOT (widget));
}

static void
hr_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrPlot *self = HR_PLOT (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);

  hr_plot_ensure_layout (self);

  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  HR_PLOT_GET_CLASS (self)->paint (self, cr);
  cairo_destroy (cr);
}

static void
hr_plot_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  HrPlot *self = HR_PLOT (widget);

  GTK_WIDGET_CLASS (hr_plot_parent_class)->css_changed (widget, change);

  if (get_private (self)->layout_font != find_font (self))
    hr_plot_invalidate (self);
}

static void
hr_plot_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (hr_plot_parent_class)->direction_changed (widget, previous);

  hr_plot_invalidate (HR_PLOT (widget));
}

static void
hr_plot_dispose (GObject *object)
{
  clear_layout (HR_PLOT (object));

  G_OBJECT_CLASS (hr_plot_parent_class)->dispose (object);
}

static void
hr_plot_class_init (HrPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_plot_dispose;
  widget_class->measure = hr_plot_measure;
  widget_class->size_allocate = hr_plot_size_allocate;
  widget_class->snapshot = hr_plot_snapshot;
  widget_class->css_changed = hr_plot_css_changed;
  widget_class->direction_changed = hr_plot_direction_changed;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hr_plot_init (HrPlot *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "state-flags-changed", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

void
hr_plot_ensure_layout (HrPlot *self)
{
  g_return_if_fail (HR_IS_PLOT (self));

  HrPlotPrivate *priv = get_private (self);
  Size size = { gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)) };
  gboolean same_size = size.width == priv->layout_size.width && size.height == priv->layout_size.height;
  guint font = find_font (self);
  HrChartMeasurer measurer;

  if (priv->has_layout && same_size && priv->layout_font == font)
    return;

  clear_layout (self);
  hr_chart_pango_measurer_init (&measurer, gtk_widget_get_pango_context (GTK_WIDGET (self)));
  HR_PLOT_GET_CLASS (self)->make_layout (self, size.width, size.height, &measurer);
  hr_chart_pango_measurer_clear (&measurer);
  priv->has_layout = TRUE;
  priv->layout_size = size;
  priv->layout_font = font;
}

void
hr_plot_invalidate (HrPlot *self)
{
  g_return_if_fail (HR_IS_PLOT (self));

  clear_layout (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hr_plot_replace (HrPlot *self)
{
  g_return_if_fail (HR_IS_PLOT (self));

  HrPlotPrivate *priv = get_private (self);
  Size before = priv->minimum;

  hr_plot_invalidate (self);
  priv->minimum = find_minimum (self);
  if (needs_other_size (gtk_widget_get_width (GTK_WIDGET (self)), before.width, priv->minimum.width)
      || needs_other_size (gtk_widget_get_height (GTK_WIDGET (self)), before.height, priv->minimum.height))
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
hr_plot_is_mirrored (HrPlot *self)
{
  g_return_val_if_fail (HR_IS_PLOT (self), FALSE);

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

gboolean
hr_plot_shows_focus (HrPlot *self)
{
  g_return_val_if_fail (HR_IS_PLOT (self), FALSE);

  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0;
}
