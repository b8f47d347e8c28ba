/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-fit-map-view.h"

#include "hr-configuration-chooser.h"
#include "hr-figure.h"
#include "hr-fit-map-axes.h"
#include "hr-fit-map-plot.h"
#include "hr-fit-map-table.h"
#include "hr-gpu-chooser.h"
#include "hr-toolbar.h"
#include "hr-wrap-box.h"

#include <glib/gi18n-lib.h>

/* The rest is filled in while nothing else is to be done, for no longer than this at once. */
#define REFINE_PRIORITY G_PRIORITY_DEFAULT_IDLE
#define REFINE_MICROSECONDS 3000

struct _HrFitMapView
{
  HrView parent_instance;

  HrSelection *selection; /* (nullable): that of the parent */
  HrFitMapFiller *filler; /* (nullable): the map that is not finished yet */
  guint refine_source;
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

G_DEFINE_FINAL_TYPE (HrFitMapView, hr_fit_map_view, HR_TYPE_VIEW)

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
  if (hr_fit_map_adopt (map, place, hr_view_get_project (HR_VIEW (self)), configuration))
    hr_view_tell_adopted (HR_VIEW (self), values);
}

static gboolean
shows_table (HrFitMapView *self)
{
  return gtk_toggle_button_get_active (self->table_button);
}

static void
show_map (HrFitMapView *self)
{
  HrFitMap *map = hr_fit_map_filler_make_map (self->filler);

  map->grouped = TRUE;
  hr_fit_map_plot_set_map (self->plot, map);
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
hr_fit_map_view_refresh (HrView *view)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (view);
  HrProject *project = hr_view_get_project (view);

  if (project == NULL)
    return;

  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  HrFitMapOptions options = show_options (self);

  g_clear_handle_id (&self->refine_source, g_source_remove);
  g_clear_pointer (&self->filler, hr_fit_map_filler_free);
  self->filler = hr_fit_map_filler_new (project, configuration, &options);
  gboolean more = hr_fit_map_filler_run (self->filler, REFINE_MICROSECONDS);
  show_map (self);
  if (more)
    self->refine_source = g_idle_add_full (REFINE_PRIORITY, refine_cb, self, NULL);
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
hr_fit_map_view_selection_changed (HrView *view, HrSelection *selection)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (view);

  self->selection = selection;
  hr_configuration_chooser_set_selection (self->configuration, selection);
  hr_fit_map_axes_set_selection (self->axes, selection);
}

static void
hr_fit_map_view_project_changed (HrView *view, HrProject *project)
{
  hr_gpu_chooser_set_project (HR_FIT_MAP_VIEW (view)->gpu_chooser, project);
}

static gboolean
hr_fit_map_view_grab_focus (GtkWidget *widget)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (widget);

  return gtk_widget_grab_focus (shows_table (self) ? GTK_WIDGET (self->table) : GTK_WIDGET (self->plot));
}

static void
hr_fit_map_view_dispose (GObject *object)
{
  HrFitMapView *self = HR_FIT_MAP_VIEW (object);

  g_clear_handle_id (&self->refine_source, g_source_remove);
  g_clear_pointer (&self->filler, hr_fit_map_filler_free);
  self->selection = NULL;
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
  HrViewClass *view_class = HR_VIEW_CLASS (klass);

  object_class->dispose = hr_fit_map_view_dispose;
  widget_class->grab_focus = hr_fit_map_view_grab_focus;
  view_class->selection_changed = hr_fit_map_view_selection_changed;
  view_class->project_changed = hr_fit_map_view_project_changed;
  view_class->refresh = hr_fit_map_view_refresh;

  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fitmapview");
}

static void
hr_fit_map_view_init (HrFitMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_view_bind_units (HR_VIEW (self), self->units);
  g_signal_group_connect_swapped (hr_view_get_selection_signals (HR_VIEW (self)), "fit-map-changed",
                                  G_CALLBACK (hr_view_queue_refresh), self);
  g_signal_connect_object (self->plot, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plot, "adopted", G_CALLBACK (adopted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "adopted", G_CALLBACK (adopted_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_fit_map_view_new (void)
{
  return g_object_new (HR_TYPE_FIT_MAP_VIEW, NULL);
}
