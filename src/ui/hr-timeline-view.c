/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-view.h"

#include "hr-configuration-chooser.h"
#include "hr-focus.h"
#include "hr-fold.h"
#include "hr-gpu-chooser.h"
#include "hr-legend.h"
#include "hr-palette.h"
#include "hr-phase-strip.h"
#include "hr-timeline-sheet.h"
#include "hr-toolbar.h"
#include "hr-wrap-box.h"
#include "model/hr-configuration-timeline.h"

#include <math.h>

/* After the project has made its estimates, before GTK lays out and draws: a frame shows one state. */
#define REFRESH_PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

/* Of a key or a button. */
#define ZOOM_FACTOR 2.0

struct _HrTimelineView
{
  GtkWidget parent_instance;

  HrSelection *selection;
  GSignalGroup *selection_signals;
  GSignalGroup *project_signals;
  GBindingGroup *project_bindings;
  HrTimelineChart *chart; /* (nullable): the one shown */
  guint refresh_source;
  gboolean outdated;

  GtkWidget *content;
  HrLegend *legend;
  HrConfigurationChooser *configuration;
  HrGpuChooser *gpu_chooser;
  GtkDropDown *units;
  HrPhaseStrip *strip;
  HrTimelineSheet *sheet;
};

G_DEFINE_FINAL_TYPE (HrTimelineView, hr_timeline_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SELECTION = 1,
} HrTimelineViewProperty;

static GParamSpec *properties[PROP_SELECTION + 1];

static HrTimelinePlot *
get_plot (HrTimelineView *self)
{
  return hr_timeline_sheet_get_plot (self->sheet);
}

static HrProject *
get_project (HrTimelineView *self)
{
  return self->selection != NULL ? hr_selection_get_project (self->selection) : NULL;
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

  g_signal_group_block (self->selection_signals);
  hr_selection_set_phase (self->selection, (int) data->kind, data->step);
  g_signal_group_unblock (self->selection_signals);
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
  HrTimelineWindow window = hr_selection_get_timeline_window (self->selection);
  gboolean shown = window.start == span && window.end == span + 1;

  hr_selection_set_timeline_window (self->selection,
                                    shown ? (HrTimelineWindow){ 0 } : (HrTimelineWindow){ span, span + 1 });
}

static void
zoomed_cb (HrTimelineView *self, double start, double end)
{
  if (self->selection != NULL)
    hr_selection_set_timeline_window (self->selection, (HrTimelineWindow){ start, end });
}

static void
zoom_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (widget);
  gboolean in = g_str_has_suffix (action_name, "-in");

  if (g_str_has_suffix (action_name, "-all"))
    zoomed_cb (self, 0, 0);
  else
    hr_timeline_plot_zoom (get_plot (self), (double) NAN, in ? ZOOM_FACTOR : 1 / ZOOM_FACTOR);
}

static void
update_component (HrTimelineView *self)
{
  int component = self->selection != NULL ? hr_selection_get_component (self->selection) : -1;

  hr_timeline_plot_set_selected (get_plot (self), component);
  hr_timeline_list_set_selected (hr_timeline_sheet_get_list (self->sheet), component);
}

static void
refresh (HrTimelineView *self)
{
  HrProject *project = get_project (self);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (project == NULL || !self->outdated)
    return;

  self->outdated = FALSE;
  HrTimelineWindow window = hr_selection_get_timeline_window (self->selection);

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

static gboolean
refresh_cb (gpointer user_data)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (user_data);

  self->refresh_source = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

/* What nobody sees waits until it is seen. */
static void
queue_refresh (HrTimelineView *self)
{
  self->outdated = TRUE;
  if (self->refresh_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh_source = g_idle_add_full (REFRESH_PRIORITY, refresh_cb, self, NULL);
}

/* At once, so that what follows a finger is measured on what it sees. */
static void
window_cb (HrTimelineView *self)
{
  self->outdated = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
update_project (HrTimelineView *self)
{
  HrProject *project = get_project (self);

  g_signal_group_set_target (self->project_signals, project);
  g_binding_group_set_source (self->project_bindings, project);
  hr_gpu_chooser_set_project (self->gpu_chooser, project);
  queue_refresh (self);
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
hr_timeline_view_map (GtkWidget *widget)
{
  refresh (HR_TIMELINE_VIEW (widget));

  GTK_WIDGET_CLASS (hr_timeline_view_parent_class)->map (widget);
}

/* The chart hides what lies behind its figures with its background. */
static void
hr_timeline_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  hr_palette_fill (snapshot, HR_CHART_ROLE_BACKGROUND, 0, 0, gtk_widget_get_width (widget),
                   gtk_widget_get_height (widget));

  GTK_WIDGET_CLASS (hr_timeline_view_parent_class)->snapshot (widget, snapshot);
}

static gboolean
hr_timeline_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (get_plot (HR_TIMELINE_VIEW (widget))));
}

static void
hr_timeline_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (object);

  switch ((HrTimelineViewProperty) property_id)
    {
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_timeline_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (object);

  switch ((HrTimelineViewProperty) property_id)
    {
    case PROP_SELECTION:
      hr_timeline_view_set_selection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_timeline_view_dispose (GObject *object)
{
  HrTimelineView *self = HR_TIMELINE_VIEW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->selection_signals);
  g_clear_object (&self->project_signals);
  g_clear_object (&self->project_bindings);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->chart, hr_timeline_chart_unref);
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

  object_class->get_property = hr_timeline_view_get_property;
  object_class->set_property = hr_timeline_view_set_property;
  object_class->dispose = hr_timeline_view_dispose;
  widget_class->map = hr_timeline_view_map;
  widget_class->snapshot = hr_timeline_view_snapshot;
  widget_class->focus = hr_focus_children;
  widget_class->grab_focus = hr_timeline_view_grab_focus;

  properties[PROP_SELECTION] = g_param_spec_object (
      "selection", NULL, NULL, HR_TYPE_SELECTION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  bind_template (widget_class);
  install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timelineview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
connect_groups (HrTimelineView *self)
{
  self->selection_signals = g_signal_group_new (HR_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::project", G_CALLBACK (update_project), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::configuration", G_CALLBACK (queue_refresh), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::hidden-components", G_CALLBACK (queue_refresh),
                                  self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::component", G_CALLBACK (update_component), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::phase", G_CALLBACK (update_phase), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::step", G_CALLBACK (update_phase), self);
  g_signal_group_connect_swapped (self->selection_signals, "look-changed::" HR_LOOK_TIMELINE_WINDOW,
                                  G_CALLBACK (window_cb), self);

  self->project_signals = g_signal_group_new (HR_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "changed", G_CALLBACK (queue_refresh), self);
  g_signal_group_connect_swapped (self->project_signals, "estimated", G_CALLBACK (queue_refresh), self);

  self->project_bindings = g_binding_group_new ();
  g_binding_group_bind (self->project_bindings, "units", self->units, "selected",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
hr_timeline_view_init (HrTimelineView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_groups (self);
  g_signal_connect_object (get_plot (self), "notify::moment", G_CALLBACK (update_moment), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_plot (self), "cursor-moved", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_plot (self), "zoomed", G_CALLBACK (zoomed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_plot (self), "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hr_timeline_sheet_get_list (self->sheet), "picked", G_CALLBACK (picked_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
hr_timeline_view_new (void)
{
  return g_object_new (HR_TYPE_TIMELINE_VIEW, NULL);
}

void
hr_timeline_view_set_selection (HrTimelineView *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_TIMELINE_VIEW (self));
  g_return_if_fail (selection == NULL || HR_IS_SELECTION (selection));

  if (!g_set_object (&self->selection, selection))
    return;

  hr_legend_set_selection (self->legend, selection);
  hr_configuration_chooser_set_selection (self->configuration, selection);
  g_signal_group_set_target (self->selection_signals, selection);
  update_project (self);
  update_component (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
