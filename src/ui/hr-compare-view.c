/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-compare-view.h"

#include "hr-baseline-chooser.h"
#include "hr-compare-head.h"
#include "hr-compare-sheet.h"
#include "hr-fold.h"
#include "hr-gpu-chooser.h"
#include "hr-legend.h"
#include "hr-toolbar.h"
#include "hr-wrap-box.h"
#include "model/hr-cheapest-offer.h"
#include "model/hr-comparison.h"

/* So long the cheapest offers of before an edit may stand: finding them takes as long as a frame has. */
#define OFFERS_DELAY_MS 100

struct _HrCompareView
{
  HrView parent_instance;

  HrSelection *selection; /* (nullable): that of the parent */
  GBindingGroup *selection_bindings;
  guint offers_source;
  gboolean figures_changed; /* else only what is selected */
  gboolean follows;         /* the leading column is to be brought into view */

  GtkWidget *content;
  HrLegend *legend;
  HrGpuChooser *gpu_chooser;
  GtkDropDown *units;
  GtkToggleButton *cut;
  GtkToggleButton *only_differences;
  HrBaselineChooser *baseline;
  HrCompareSheet *sheet;
};

G_DEFINE_FINAL_TYPE (HrCompareView, hr_compare_view, HR_TYPE_VIEW)

static void queue_figures (HrCompareView *self);

/* One at a time: each takes milliseconds. */
static gboolean
find_offer_cb (gpointer user_data)
{
  HrCompareView *self = HR_COMPARE_VIEW (user_data);
  HrProject *project = hr_view_get_project (HR_VIEW (self));

  if (project != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && hr_cheapest_offer_find_next (project))
    return G_SOURCE_CONTINUE;

  self->offers_source = 0;
  queue_figures (self);
  return G_SOURCE_REMOVE;
}

static gboolean
begin_offers_cb (gpointer user_data)
{
  HrCompareView *self = HR_COMPARE_VIEW (user_data);

  self->offers_source = g_idle_add (find_offer_cb, self);
  return G_SOURCE_REMOVE;
}

static void
update_figures (HrCompareView *self, HrProject *project)
{
  HrCompareTable *table = hr_compare_sheet_get_table (self->sheet);
  const HrComparisonOptions options = {
    .baseline = hr_selection_get_baseline (self->selection),
    .only_differences = hr_selection_get_only_differences (self->selection),
    .earlier = hr_compare_table_get_table (table),
    .known_offers = TRUE,
  };
  HrChartModel *chart = hr_comparison_chart (project, hr_selection_get_hidden_components (self->selection),
                                             hr_selection_get_cut_at_limit (self->selection));

  hr_comparison_chart_add_gpu (chart, hr_selection_get_gpu (self->selection));

  hr_legend_set_components (self->legend, hr_comparison_components (project));
  hr_legend_set_marks (self->legend, hr_chart_model_has_ranges (chart), hr_chart_model_has_measured (chart));
  hr_chart_view_set_model (hr_compare_sheet_get_chart (self->sheet), chart);
  hr_compare_table_update (table, hr_comparison_table_with (project, &options));
  if (self->offers_source == 0 && !hr_cheapest_offer_is_known (project))
    self->offers_source = g_timeout_add (OFFERS_DELAY_MS, begin_offers_cb, self);
}

/* Returns: (element-type int): the selected bars besides the leading one. */
static GArray *
find_further_bars (HrCompareView *self, HrProject *project)
{
  GListModel *selected = hr_selection_get_selected (self->selection);
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < g_list_model_get_n_items (selected); i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (selected, i);
      int bar = (int) hr_project_find (project, configuration);

      if (configuration != hr_selection_get_configuration (self->selection))
        g_array_append_val (bars, bar);
    }

  return bars;
}

static void
update_marks (HrCompareView *self, HrProject *project)
{
  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  gboolean has_choice = g_list_model_get_n_items (G_LIST_MODEL (project)) > 1;
  int bar = configuration != NULL && has_choice ? (int) hr_project_find (project, configuration) : -1;
  g_autoptr (GArray) further = find_further_bars (self, project);

  hr_chart_view_set_selected (hr_compare_sheet_get_chart (self->sheet), bar,
                              hr_selection_get_component (self->selection), further);
  hr_compare_table_update_marks (hr_compare_sheet_get_table (self->sheet));
  if (self->follows && bar >= 0)
    hr_compare_sheet_show_column (self->sheet, (guint) bar);
  self->follows = FALSE;
}

static void
hr_compare_view_refresh (HrView *view)
{
  HrCompareView *self = HR_COMPARE_VIEW (view);
  HrProject *project = hr_view_get_project (view);

  if (project == NULL)
    return;

  if (self->figures_changed)
    update_figures (self, project);
  self->figures_changed = FALSE;
  update_marks (self, project);
}

/* What was chosen, anywhere, or moved, is to be seen. */
static void
queue_follow (HrCompareView *self)
{
  self->follows = TRUE;
  hr_view_queue_refresh (HR_VIEW (self));
}

static void
queue_figures (HrCompareView *self)
{
  self->figures_changed = TRUE;
  hr_view_queue_refresh (HR_VIEW (self));
}

static void
items_changed_cb (HrCompareView *self)
{
  self->follows = TRUE;
  queue_figures (self);
}

static void
picked_cb (HrCompareView *self, int bar, int component, GdkModifierType state)
{
  if (self->selection == NULL)
    return;

  HrProject *project = hr_selection_get_project (self->selection);
  HrConfiguration *configuration = bar >= 0 ? hr_project_get_configuration (project, (guint) bar) : NULL;

  if (configuration != NULL && (state & GDK_CONTROL_MASK) != 0)
    hr_selection_toggle (self->selection, configuration);
  else if (configuration != NULL && (state & GDK_SHIFT_MASK) != 0)
    hr_selection_extend_to (self->selection, configuration);
  else if (configuration != NULL)
    hr_selection_select_only (self->selection, configuration);
  hr_selection_set_component (self->selection, component);
}

/* The menu of the head under the bar. */
static void
menu_asked_cb (HrCompareView *self, int bar, double x, double y, HrChartView *chart)
{
  GtkWidget *head = hr_compare_table_get_head (hr_compare_sheet_get_table (self->sheet), (guint) bar);

  if (head != NULL)
    hr_compare_head_show_menu (HR_COMPARE_HEAD (head), GTK_WIDGET (chart), x, y);
}

static void
select_all_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrCompareView *self = HR_COMPARE_VIEW (widget);

  if (self->selection != NULL && hr_selection_get_configuration (self->selection) != NULL)
    hr_selection_select_all (self->selection);
}

static void
toggle_cut_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrCompareView *self = HR_COMPARE_VIEW (widget);

  if (self->selection != NULL)
    hr_selection_set_cut_at_limit (self->selection, !hr_selection_get_cut_at_limit (self->selection));
}

static void
toggle_differences_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrCompareView *self = HR_COMPARE_VIEW (widget);

  if (self->selection != NULL)
    hr_selection_set_only_differences (self->selection, !hr_selection_get_only_differences (self->selection));
}

/* The leading configuration becomes the baseline, or is none any more. */
static void
toggle_baseline_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrCompareView *self = HR_COMPARE_VIEW (widget);
  HrConfiguration *leading = self->selection != NULL ? hr_selection_get_configuration (self->selection) : NULL;

  if (self->selection != NULL)
    hr_selection_set_baseline (self->selection,
                               hr_selection_get_baseline (self->selection) != leading ? leading : NULL);
}

static void
hr_compare_view_selection_changed (HrView *view, HrSelection *selection)
{
  HrCompareView *self = HR_COMPARE_VIEW (view);

  self->selection = selection;
  hr_legend_set_selection (self->legend, selection);
  hr_baseline_chooser_set_selection (self->baseline, selection);
  hr_compare_table_set_selection (hr_compare_sheet_get_table (self->sheet), selection);
  g_binding_group_set_source (self->selection_bindings, selection);
}

static void
hr_compare_view_project_changed (HrView *view, HrProject *project)
{
  HrCompareView *self = HR_COMPARE_VIEW (view);

  hr_gpu_chooser_set_project (self->gpu_chooser, project);
  self->figures_changed = TRUE;
}

static GtkSizeRequestMode
hr_compare_view_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (HR_COMPARE_VIEW (widget)->content);
}

static void
hr_compare_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (HR_COMPARE_VIEW (widget)->content, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
hr_compare_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (HR_COMPARE_VIEW (widget)->content, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static gboolean
hr_compare_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (hr_compare_sheet_get_chart (HR_COMPARE_VIEW (widget)->sheet)));
}

static void
hr_compare_view_dispose (GObject *object)
{
  HrCompareView *self = HR_COMPARE_VIEW (object);

  g_clear_handle_id (&self->offers_source, g_source_remove);
  g_clear_object (&self->selection_bindings);
  self->selection = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_COMPARE_VIEW);

  G_OBJECT_CLASS (hr_compare_view_parent_class)->dispose (object);
}

/* Keys that text entries use themselves belong to the view. */
static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "compare.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "compare.cut", NULL, toggle_cut_cb);
  gtk_widget_class_install_action (widget_class, "compare.only-differences", NULL, toggle_differences_cb);
  gtk_widget_class_install_action (widget_class, "compare.baseline", NULL, toggle_baseline_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "compare.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "compare.cut", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "compare.only-differences", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "compare.baseline", NULL);
}

static void
hr_compare_view_class_init (HrCompareViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HrViewClass *view_class = HR_VIEW_CLASS (klass);

  object_class->dispose = hr_compare_view_dispose;
  widget_class->get_request_mode = hr_compare_view_get_request_mode;
  widget_class->measure = hr_compare_view_measure;
  widget_class->size_allocate = hr_compare_view_size_allocate;
  widget_class->grab_focus = hr_compare_view_grab_focus;
  view_class->selection_changed = hr_compare_view_selection_changed;
  view_class->project_changed = hr_compare_view_project_changed;
  view_class->refresh = hr_compare_view_refresh;

  g_type_ensure (HR_TYPE_COMPARE_SHEET);
  g_type_ensure (HR_TYPE_BASELINE_CHOOSER);
  g_type_ensure (HR_TYPE_GPU_CHOOSER);
  g_type_ensure (HR_TYPE_LEGEND);
  g_type_ensure (HR_TYPE_FOLD);
  g_type_ensure (HR_TYPE_TOOLBAR);
  g_type_ensure (HR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-compare-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, content);
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, legend);
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, gpu_chooser);
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, units);
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, cut);
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, only_differences);
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, baseline);
  gtk_widget_class_bind_template_child (widget_class, HrCompareView, sheet);
  install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "compareview");
}

static void
connect_groups (HrCompareView *self)
{
  GSignalGroup *selection = hr_view_get_selection_signals (HR_VIEW (self));
  GSignalGroup *project = hr_view_get_project_signals (HR_VIEW (self));

  g_signal_group_connect_swapped (selection, "notify::hidden-components", G_CALLBACK (queue_figures), self);
  g_signal_group_connect_swapped (selection, "notify::cut-at-limit", G_CALLBACK (queue_figures), self);
  g_signal_group_connect_swapped (selection, "notify::configuration", G_CALLBACK (queue_follow), self);
  g_signal_group_connect_swapped (selection, "selected-changed", G_CALLBACK (hr_view_queue_refresh), self);
  g_signal_group_connect_swapped (selection, "notify::baseline", G_CALLBACK (queue_figures), self);
  g_signal_group_connect_swapped (selection, "notify::only-differences", G_CALLBACK (queue_figures), self);
  g_signal_group_connect_swapped (selection, "notify::gpu", G_CALLBACK (queue_figures), self);
  g_signal_group_connect_swapped (selection, "notify::component", G_CALLBACK (hr_view_queue_refresh), self);

  g_signal_group_connect_swapped (project, "changed", G_CALLBACK (queue_figures), self);
  g_signal_group_connect_swapped (project, "estimated", G_CALLBACK (queue_figures), self);
  g_signal_group_connect_swapped (project, "items-changed", G_CALLBACK (items_changed_cb), self);

  self->selection_bindings = g_binding_group_new ();
  g_binding_group_bind (self->selection_bindings, "cut-at-limit", self->cut, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->selection_bindings, "only-differences", self->only_differences, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  hr_view_bind_units (HR_VIEW (self), self->units);
}

/* Of the two buttons that belong together neither can go on a line of its own. */
static void
let_shrink (GtkWidget *button)
{
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
}

static void
hr_compare_view_init (HrCompareView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  let_shrink (GTK_WIDGET (self->cut));
  let_shrink (gtk_widget_get_prev_sibling (GTK_WIDGET (self->cut)));
  connect_groups (self);
  g_signal_connect_object (hr_compare_sheet_get_chart (self->sheet), "picked", G_CALLBACK (picked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hr_compare_sheet_get_chart (self->sheet), "menu-asked", G_CALLBACK (menu_asked_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
hr_compare_view_new (void)
{
  return g_object_new (HR_TYPE_COMPARE_VIEW, NULL);
}
