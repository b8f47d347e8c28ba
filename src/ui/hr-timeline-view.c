/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-view.h"

#include "hr-configuration-chooser.h"
#include "hr-fold.h"
#include "hr-gpu-chooser.h"
#include "hr-legend.h"
#include "hr-phase-strip.h"
#include "hr-timeline-sheet.h"
#include "hr-timeline-zoom.h"
#include "hr-toolbar.h"
#include "hr-wrap-box.h"
#include "model/hr-configuration-timeline.h"

#include <math.h>

/* Of a key or a button. */
#define ZOOM_FACTOR 2.0

struct _HrTimelineView
{
  HrView parent_instance;

  HrSelection *selection; /* (nullable): that of the parent */
  HrTimelineChart *chart; /* (nullable): the one shown */

  GtkWidget *content;
  HrLegend *legend;
  HrConfigurationChooser *configuration;
  HrGpuChooser *gpu_chooser;
  GtkDropDown *units;
  HrPhaseStrip *strip;
  HrTimelineSheet *sheet;
};

G_DEFINE_FINAL_TYPE (HrTimelineView, hr_timeline_view, HR_TYPE_VIEW)

static HrTimelinePlot *
get_plot (HrTimelineView *self)
{
  return hr_timeline_sheet_get_plot (self->sheet);
}

static void
update_moment (HrTimelineView *self)
{
  if (self->chart != NULL)
    hr_timeline_list_show_moment (hr_timeline_sheet_get_list (self->sheet), self->chart,
                                  hr_timeline_plot_get_moment (get_plot (self)));
}

static void
update_actions (HrTimelineView *self)
{
  gboolean zoomed = hr_timeline_plot_is_zoomed (get_plot (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.zoom-out", zoomed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.zoom-all", zoomed);
}

/* Puts the cursor where the phase is that is selected, or on the peak. */
static void
update_phase (HrTimelineView *self)
{
  int kind = self->selection != NULL ? hr_selection_get_phase (self->selection) : -1;
  guint step = self->selection != NULL ? hr_selection_get_step (self->selection) : 0;

  for (guint i = 0; kind >= 0 && self->chart != NULL && i < self->chart->spans->len; i++)
    {
      const HrTimelineSpan *span = hr_timeline_chart_span (self->chart, i);

      if ((int) span->kind == kind && span->step == step)
        hr_timeline_plot_go_to_span (get_plot (self), i);
    }
  if (kind < 0)
    hr_timeline_plot_go_to_peak (get_plot (self));
  hr_phase_strip_set_span (self->strip, hr_timeline_plot_get_span (get_plot (self)));
}

static void
cursor_moved_cb (HrTimelineView *self)
{
  int span = hr_timeline_plot_get_span (get_plot (self));

  hr_phase_strip_set_span (self->strip, span);
  if (self->selection == NULL || span < 0)
    return;

  const HrTimelineSpan *data = hr_timeline_chart_span (self->chart, (guint) span);

  g_signal_group_block (hr_view_get_selection_signals (HR_VIEW (self)));
  hr_selection_set_phase (self->selection, (int) data->kind, data->step);
  g_signal_group_unblock (hr_view_get_selection_signals (HR_VIEW (self)));
}

static void
span_picked_cb (HrTimelineView *self, int span)
{
  hr_timeline_plot_go_to_span (get_plot (self), (guint) span);
  cursor_moved_cb (self);
}

static void
span_activated_cb (HrTimelineView *self, int span)
{
  HrTimelineWindow window = hr_looks_get_timeline_window (hr_selection_get_looks (self->selection));
  gboolean shown = window.start == span && window.end == span + 1;

  hr_looks_set_timeline_window (hr_selection_get_looks (self->selection),
                                shown ? (HrTimelineWindow){ 0 } : (HrTimelineWindow){ span, span + 1 });
}

static void
zoomed_cb (HrTimelineView *self, double start, double end)
{
  if (self->selection != NULL)
    hr_looks_set_timeline_window (hr_selection_get_looks (self->selection), (HrTimelineWindow){ start, end });
}

static void
zoom_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (widget);
  gboolean in = g_str_has_suffix (action_name, "-in");

  if (g_str_has_suffix (action_name, "-all"))
    zoomed_cb (self, 0, 0);
  else
    hr_timeline_zoom_by (hr_timeline_plot_get_zoom (get_plot (self)), (double) NAN, in ? ZOOM_FACTOR : 1 / ZOOM_FACTOR);
}

static void
update_component (HrTimelineView *self)
{
  int component = self->selection != NULL ? hr_selection_get_component (self->selection) : -1;

  hr_timeline_plot_set_selected (get_plot (self), component);
  hr_timeline_list_set_selected (hr_timeline_sheet_get_list (self->sheet), component);
}

static void
hr_timeline_view_refresh (HrView *view)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (view);
  HrProject *project = hr_view_get_project (view);

  if (project == NULL)
    return;

  HrTimelineWindow window = hr_looks_get_timeline_window (hr_selection_get_looks (self->selection));

  g_clear_pointer (&self->chart, hr_timeline_chart_unref);
  self->chart = hr_configuration_timeline (project, hr_selection_get_configuration (self->selection),
                                           hr_selection_get_hidden_components (self->selection), &window);
  hr_legend_set_components (self->legend, hr_timeline_chart_components (self->chart));
  g_object_freeze_notify (G_OBJECT (get_plot (self)));
  hr_timeline_plot_set_chart (get_plot (self), hr_timeline_chart_ref (self->chart));
  hr_phase_strip_set_chart (self->strip, hr_timeline_chart_ref (self->chart));
  update_phase (self);
  g_object_thaw_notify (G_OBJECT (get_plot (self)));
  update_actions (self);
}

/* At once, so that what follows a finger is measured on what it sees. */
static void
window_cb (HrTimelineView *self)
{
  hr_view_queue_refresh (HR_VIEW (self));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    hr_view_refresh (HR_VIEW (self));
}

static void
picked_cb (HrTimelineView *self, int component)
{
  if (self->selection != NULL)
    hr_selection_set_component (self->selection, component);
}

static void
peak_cb (HrTimelineView *self)
{
  hr_timeline_plot_move_cursor (get_plot (self), HR_TIMELINE_MOVE_PEAK);
  if (self->selection != NULL)
    hr_selection_set_phase (self->selection, -1, 0);
}

static void
hr_timeline_view_selection_changed (HrView *view, HrSelection *selection)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (view);

  self->selection = selection;
  hr_legend_set_selection (self->legend, selection);
  hr_configuration_chooser_set_selection (self->configuration, selection);
  update_component (self);
}

static void
hr_timeline_view_project_changed (HrView *view, HrProject *project)
{
  hr_gpu_chooser_set_project (HR_TIMELINE_VIEW (view)->gpu_chooser, project);
}

static gboolean
hr_timeline_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (get_plot (HR_TIMELINE_VIEW (widget))));
}

static void
hr_timeline_view_dispose (GObject *object)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (object);

  g_clear_pointer (&self->chart, hr_timeline_chart_unref);
  self->selection = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_TIMELINE_VIEW);

  G_OBJECT_CLASS (hr_timeline_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HR_TYPE_CONFIGURATION_CHOOSER);
  g_type_ensure (HR_TYPE_GPU_CHOOSER);
  g_type_ensure (HR_TYPE_LEGEND);
  g_type_ensure (HR_TYPE_FOLD);
  g_type_ensure (HR_TYPE_PHASE_STRIP);
  g_type_ensure (HR_TYPE_TIMELINE_SHEET);
  g_type_ensure (HR_TYPE_TOOLBAR);
  g_type_ensure (HR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HrTimelineView, content);
  gtk_widget_class_bind_template_child (widget_class, HrTimelineView, legend);
  gtk_widget_class_bind_template_child (widget_class, HrTimelineView, configuration);
  gtk_widget_class_bind_template_child (widget_class, HrTimelineView, gpu_chooser);
  gtk_widget_class_bind_template_child (widget_class, HrTimelineView, units);
  gtk_widget_class_bind_template_child (widget_class, HrTimelineView, strip);
  gtk_widget_class_bind_template_child (widget_class, HrTimelineView, sheet);
  gtk_widget_class_bind_template_callback (widget_class, peak_cb);
  gtk_widget_class_bind_template_callback (widget_class, span_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, span_activated_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, "timeline.zoom-in" },         { GDK_KEY_equal, "timeline.zoom-in" },
    { GDK_KEY_KP_Add, "timeline.zoom-in" },       { GDK_KEY_minus, "timeline.zoom-out" },
    { GDK_KEY_KP_Subtract, "timeline.zoom-out" }, { GDK_KEY_0, "timeline.zoom-all" },
    { GDK_KEY_KP_0, "timeline.zoom-all" },
  };

  gtk_widget_class_install_action (widget_class, "timeline.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "timeline.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "timeline.zoom-all", NULL, zoom_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, GDK_CONTROL_MASK, keys[i].action, NULL);
    }
}

static void
hr_timeline_view_class_init (HrTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HrViewClass *view_class = HR_VIEW_CLASS (klass);

  object_class->dispose = hr_timeline_view_dispose;
  widget_class->grab_focus = hr_timeline_view_grab_focus;
  view_class->selection_changed = hr_timeline_view_selection_changed;
  view_class->project_changed = hr_timeline_view_project_changed;
  view_class->refresh = hr_timeline_view_refresh;

  bind_template (widget_class);
  install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timelineview");
}

static void
connect_selection (HrTimelineView *self)
{
  GSignalGroup *signals = hr_view_get_selection_signals (HR_VIEW (self));

  g_signal_group_connect_swapped (signals, "notify::hidden-components", G_CALLBACK (hr_view_queue_refresh), self);
  g_signal_group_connect_swapped (signals, "notify::component", G_CALLBACK (update_component), self);
  g_signal_group_connect_swapped (signals, "notify::phase", G_CALLBACK (update_phase), self);
  g_signal_group_connect_swapped (signals, "notify::step", G_CALLBACK (update_phase), self);
  g_signal_group_connect_swapped (signals, "look-changed::" HR_LOOK_TIMELINE_WINDOW, G_CALLBACK (window_cb), self);
}

static void
hr_timeline_view_init (HrTimelineView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_view_bind_units (HR_VIEW (self), self->units);
  connect_selection (self);
  g_signal_connect_object (get_plot (self), "notify::moment", G_CALLBACK (update_moment), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_plot (self), "cursor-moved", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hr_timeline_plot_get_zoom (get_plot (self)), "zoomed", G_CALLBACK (zoomed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_plot (self), "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hr_timeline_sheet_get_list (self->sheet), "picked", G_CALLBACK (picked_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
hr_timeline_view_new (void)
{
  return g_object_new (HR_TYPE_TIMELINE_VIEW, NULL);
}
