/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-fit-map-view.h"

#include "hr-configuration-chooser.h"
#include "hr-figure.h"
#include "hr-fit-map-axes.h"
#include "hr-fit-map-plot.h"
#include "hr-fit-map-table.h"
#include "hr-focus.h"
#include "hr-gpu-chooser.h"
#include "hr-palette.h"
#include "hr-toolbar.h"
#include "hr-wrap-box.h"

#include <glib/gi18n-lib.h>

/* After the project has made its estimates, before GTK lays out and draws: a frame shows one state. */
#define REFRESH_PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

/* The rest is filled in while nothing else is to be done, for no longer than this at once. */
#define REFINE_PRIORITY G_PRIORITY_DEFAULT_IDLE
#define REFINE_MICROSECONDS 3000

struct _HrFitMapView
{
  GtkWidget parent_instance;

  HrSelection *selection;
  GSignalGroup *selection_signals;
  GSignalGroup *project_signals;
  GBindingGroup *project_bindings;
  HrFitMapFiller *filler; /* (nullable): the map that is not finished yet */
  guint refresh_source;
  guint refine_source;
  gboolean outdated;
  gboolean updating;

  GtkWidget *content;
  HrFigure *values;
  HrFigure *verdict;
  HrConfigurationChooser *configuration;
  HrGpuChooser *gpu_chooser;
  GtkDropDown *units;
  HrFitMapAxes *axes;
  GtkToggleButton *detail;
  GtkToggleButton *zoom;
  GtkToggleButton *table_button;
  HrFitMapPlot *plot;
  HrFitMapTable *table; /* instead of the plot, where people want it */
};

G_DEFINE_FINAL_TYPE (HrFitMapView, hr_fit_map_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SELECTION = 1,
} HrFitMapViewProperty;

static GParamSpec *properties[PROP_SELECTION + 1];

static guint adopted_signal;

static HrProject *
get_project (HrFitMapView *self)
{
  return self->selection != NULL ? hr_selection_get_project (self->selection) : NULL;
}

/* What the cell under the pointer or cursor says. */
static void
moved_cb (HrFitMapView *self)
{
  const HrFitMap *map = hr_fit_map_plot_get_map (self->plot);
  HrFitMapPlace place = hr_fit_map_plot_get_place (self->plot);
  gboolean any = hr_fit_map_has (map, place);
  g_autofree char *values = any ? hr_fit_map_values_text (map, place) : NULL;
  g_autofree char *verdict = any ? hr_fit_map_verdict_text (map, place) : NULL;

  hr_figure_set_text (self->values, values);
  hr_figure_set_text (self->verdict, verdict);
}

static void
adopted_cb (HrFitMapView *self, int column, int row)
{
  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  const HrFitMap *map = hr_fit_map_plot_get_map (self->plot);
  HrFitMapPlace place = { column, row };

  if (configuration == NULL || hr_fit_map_place_equal (place, map->current))
    {
      moved_cb (self);
      return;
    }

  g_autofree char *values = hr_fit_map_values_text (map, place);
  if (hr_fit_map_adopt (map, place, get_project (self), configuration))
    g_signal_emit (self, adopted_signal, 0, values);
}

static gboolean
shows_table (HrFitMapView *self)
{
  return gtk_toggle_button_get_active (self->table_button);
}

static void
show_map (HrFitMapView *self)
{
  hr_fit_map_plot_set_map (self->plot, hr_fit_map_filler_make_map (self->filler));
  if (shows_table (self))
    hr_fit_map_table_set_map (self->table, hr_fit_map_plot_get_map (self->plot));
}

static gboolean
refine_cb (gpointer user_data)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (user_data);
  gboolean more = hr_fit_map_filler_run (self->filler, REFINE_MICROSECONDS);

  show_map (self);
  if (more)
    return G_SOURCE_CONTINUE;

  self->refine_source = 0;
  g_clear_pointer (&self->filler, hr_fit_map_filler_free);
  return G_SOURCE_REMOVE;
}

/* Returns: which map the user looks at. */
static HrFitMapOptions
show_options (HrFitMapView *self)
{
  HrFitMapOptions options = hr_selection_get_fit_map (self->selection);

  self->updating = TRUE;
  gtk_toggle_button_set_active (self->detail, options.fine);
  gtk_toggle_button_set_active (self->zoom, options.zoom);
  self->updating = FALSE;

  return options;
}

static void
refresh (HrFitMapView *self)
{
  HrProject *project = get_project (self);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (project == NULL || !self->outdated)
    return;

  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  HrFitMapOptions options = show_options (self);

  self->outdated = FALSE;
  g_clear_handle_id (&self->refine_source, g_source_remove);
  g_clear_pointer (&self->filler, hr_fit_map_filler_free);
  self->filler = hr_fit_map_filler_new (project, configuration, &options);
  gboolean more = hr_fit_map_filler_run (self->filler, REFINE_MICROSECONDS);
  show_map (self);
  if (more)
    self->refine_source = g_idle_add_full (REFINE_PRIORITY, refine_cb, self, NULL);
}

static gboolean
refresh_cb (gpointer user_data)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (user_data);

  self->refresh_source = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

/* What nobody sees waits until it is seen. */
static void
queue_refresh (HrFitMapView *self)
{
  self->outdated = TRUE;
  if (self->refresh_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh_source = g_idle_add_full (REFRESH_PRIORITY, refresh_cb, self, NULL);
}

static void
options_cb (HrFitMapView *self)
{
  if (self->updating || self->selection == NULL)
    return;

  HrFitMapOptions options = hr_selection_get_fit_map (self->selection);

  options.fine = gtk_toggle_button_get_active (self->detail);
  options.zoom = gtk_toggle_button_get_active (self->zoom);
  if (options.fine)
    gtk_toggle_button_set_active (self->table_button, FALSE);
  hr_selection_set_fit_map (self->selection, &options);
}

/* A table has figures, not a map's many cells. */
static void
table_cb (HrFitMapView *self)
{
  if (!shows_table (self))
    return;

  gtk_toggle_button_set_active (self->detail, FALSE);
  hr_fit_map_table_set_map (self->table, hr_fit_map_plot_get_map (self->plot));
}

static void
update_project (HrFitMapView *self)
{
  HrProject *project = get_project (self);

  g_signal_group_set_target (self->project_signals, project);
  g_binding_group_set_source (self->project_bindings, project);
  hr_gpu_chooser_set_project (self->gpu_chooser, project);
  queue_refresh (self);
}

static void
hr_fit_map_view_map (GtkWidget *widget)
{
  refresh (HR_FIT_MAP_VIEW (widget));

  GTK_WIDGET_CLASS (hr_fit_map_view_parent_class)->map (widget);
}

static void
hr_fit_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  hr_palette_fill (snapshot, HR_CHART_ROLE_BACKGROUND, 0, 0, gtk_widget_get_width (widget),
                   gtk_widget_get_height (widget));

  GTK_WIDGET_CLASS (hr_fit_map_view_parent_class)->snapshot (widget, snapshot);
}

static gboolean
hr_fit_map_view_grab_focus (GtkWidget *widget)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (widget);

  return gtk_widget_grab_focus (shows_table (self) ? GTK_WIDGET (self->table) : GTK_WIDGET (self->plot));
}

static void
hr_fit_map_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrFitMapViewProperty) property_id)
    {
    case PROP_SELECTION:
      g_value_set_object (value, HR_FIT_MAP_VIEW (object)->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_fit_map_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrFitMapViewProperty) property_id)
    {
    case PROP_SELECTION:
      hr_fit_map_view_set_selection (HR_FIT_MAP_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_fit_map_view_dispose (GObject *object)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->refine_source, g_source_remove);
  g_clear_pointer (&self->filler, hr_fit_map_filler_free);
  g_clear_object (&self->selection_signals);
  g_clear_object (&self->project_signals);
  g_clear_object (&self->project_bindings);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_FIT_MAP_VIEW);

  G_OBJECT_CLASS (hr_fit_map_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HR_TYPE_CONFIGURATION_CHOOSER);
  g_type_ensure (HR_TYPE_FIGURE);
  g_type_ensure (HR_TYPE_FIT_MAP_AXES);
  g_type_ensure (HR_TYPE_FIT_MAP_PLOT);
  g_type_ensure (HR_TYPE_FIT_MAP_TABLE);
  g_type_ensure (HR_TYPE_GPU_CHOOSER);
  g_type_ensure (HR_TYPE_TOOLBAR);
  g_type_ensure (HR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-fit-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, content);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, values);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, verdict);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, configuration);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, gpu_chooser);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, units);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, axes);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, detail);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, zoom);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, plot);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, table_button);
  gtk_widget_class_bind_template_child (widget_class, HrFitMapView, table);
  gtk_widget_class_bind_template_callback (widget_class, options_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_cb);
}

static void
hr_fit_map_view_class_init (HrFitMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_fit_map_view_get_property;
  object_class->set_property = hr_fit_map_view_set_property;
  object_class->dispose = hr_fit_map_view_dispose;
  widget_class->map = hr_fit_map_view_map;
  widget_class->snapshot = hr_fit_map_view_snapshot;
  widget_class->focus = hr_focus_children;
  widget_class->grab_focus = hr_fit_map_view_grab_focus;

  properties[PROP_SELECTION] = g_param_spec_object (
      "selection", NULL, NULL, HR_TYPE_SELECTION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  adopted_signal = g_signal_new ("adopted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fitmapview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
connect_groups (HrFitMapView *self)
{
  self->selection_signals = g_signal_group_new (HR_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::project", G_CALLBACK (update_project), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::configuration", G_CALLBACK (queue_refresh), self);
  g_signal_group_connect_swapped (self->selection_signals, "fit-map-changed", G_CALLBACK (queue_refresh), self);

  self->project_signals = g_signal_group_new (HR_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "changed", G_CALLBACK (queue_refresh), self);
  g_signal_group_connect_swapped (self->project_signals, "estimated", G_CALLBACK (queue_refresh), self);

  self->project_bindings = g_binding_group_new ();
  g_binding_group_bind (self->project_bindings, "units", self->units, "selected",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
hr_fit_map_view_init (HrFitMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_groups (self);
  g_signal_connect_object (self->plot, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plot, "adopted", G_CALLBACK (adopted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "adopted", G_CALLBACK (adopted_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_fit_map_view_new (void)
{
  return g_object_new (HR_TYPE_FIT_MAP_VIEW, NULL);
}

void
hr_fit_map_view_set_selection (HrFitMapView *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_FIT_MAP_VIEW (self));
  g_return_if_fail (selection == NULL || HR_IS_SELECTION (selection));

  if (!g_set_object (&self->selection, selection))
    return;

  hr_configuration_chooser_set_selection (self->configuration, selection);
  hr_fit_map_axes_set_selection (self->axes, selection);
  g_signal_group_set_target (self->selection_signals, selection);
  update_project (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
