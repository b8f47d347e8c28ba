/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gpus-view-private.h"

#include "hr-accessible-name.h"
#include "hr-wrap-box.h"
#include "model/hr-offer-chart.h"
#include "model/hr-offer-label.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (HrGpusView, hr_gpus_view, HR_TYPE_VIEW)

static HrConfiguration *
get_configuration (HrGpusView *self)
{
  return self->selection != NULL ? hr_selection_get_configuration (self->selection) : NULL;
}

static int
find_point (HrGpusView *self, HrOfferRow *row)
{
  guint point;

  return row != NULL && g_ptr_array_find (self->point_rows, row, &point) ? (int) point : -1;
}

static void
update_actions (HrGpusView *self)
{
  HrOfferRow *row = hr_offer_view_get_selected (self->table);
  HrProject *project = hr_view_get_project (HR_VIEW (self));
  gboolean usable = row != NULL && project != NULL && !hr_project_get_data (project)->read_only;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gpus.use", usable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gpus.use-for-project", usable);
}

static void
selected_cb (HrGpusView *self)
{
  HrOfferRow *row = hr_offer_view_get_selected (self->table);

  hr_scatter_plot_set_selected (self->plot, find_point (self, row));
  update_actions (self);
  if (self->selection != NULL && row != NULL)
    hr_selection_set_gpu (self->selection, hr_offer_row_get_gpu (row)->id);
}

/* The card that was looked at before, or elsewhere: the first line that has it. */
static void
select_gpu (HrGpusView *self)
{
  GListModel *rows = G_LIST_MODEL (self->found);
  HrOfferRow *selected = hr_offer_view_get_selected (self->table);
  const char *id = self->selection != NULL ? hr_selection_get_gpu (self->selection) : NULL;

  if (id == NULL || (selected != NULL && g_str_equal (hr_offer_row_get_gpu (selected)->id, id)))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (HrOfferRow) row = g_list_model_get_item (rows, i);

      if (!g_str_equal (hr_offer_row_get_gpu (row)->id, id))
        continue;
      hr_offer_view_select (self->table, row);
      return;
    }
}

static void
picked_cb (HrGpusView *self, int point)
{
  if (point >= 0)
    hr_offer_view_select (self->table, g_ptr_array_index (self->point_rows, point));
}

static guint
days_since (guint date, guint today)
{
  GDate then, now;

  g_date_clear (&then, 1);
  g_date_clear (&now, 1);
  g_date_set_dmy (&then, (GDateDay) (date % 100), (GDateMonth) (date / 100 % 100), (GDateYear) (date / 10000));
  g_date_set_dmy (&now, (GDateDay) (today % 100), (GDateMonth) (today / 100 % 100), (GDateYear) (today / 10000));

  return (guint) MAX (g_date_days_between (&then, &now), 0);
}

/* Of the newest price that is shown: the others are older still. */
static void
update_age (HrGpusView *self)
{
  GListModel *rows = G_LIST_MODEL (self->found);
  guint newest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (HrOfferRow) row = g_list_model_get_item (rows, i);
      guint date;

      g_object_get (row, "date", &date, NULL);
      newest = MAX (newest, date);
    }

  guint days = newest > 0 ? days_since (newest, hr_today ()) : 0;
  g_autofree char *text
      = newest > 0
            /* Translators: of prices; a button that opens a dialog */
            ? g_strdup_printf (ngettext ("%u day old — import newer…", "%u days old — import newer…", days), days)
            : g_strdup (_ ("Import prices…"));

  gtk_label_set_text (self->import_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->import), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update_texts (HrGpusView *self)
{
  const HrProjectData *data = hr_project_get_data (hr_view_get_project (HR_VIEW (self)));
  g_autofree char *workload = NULL, *dates = NULL;
  gboolean known = data->dataset.samples > 0;

  g_object_get (self->offers, "workload-text", &workload, "prices-text", &dates, NULL);
  gtk_label_set_text (self->workload_label, known ? workload : _ ("Set the data set: time and cost need samples…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->workload), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->workload_label), -1);
  if (known)
    gtk_widget_remove_css_class (self->workload, "suggested-action");
  else
    gtk_widget_add_css_class (self->workload, "suggested-action");
  gtk_label_set_text (self->dates, dates);
  gtk_label_set_text (self->nothing, gtk_toggle_button_get_active (self->only_fitting)
                                         ? _ ("Nothing that passes the filters fits")
                                         : _ ("No offer passes the filters"));
  update_age (self);
}

/* Rows that stay have other figures: the list does not tell of them as replaced. */
static void
order_rows (HrGpusView *self)
{
  self->ranked = FALSE;
  if (self->query != NULL)
    gtk_filter_changed (self->search_filter, GTK_FILTER_CHANGE_DIFFERENT);
  hr_offer_view_sort (self->table);
}

static void
hr_gpus_view_refresh (HrView *view)
{
  HrGpusView *self = HR_GPUS_VIEW (view);
  GListModel *rows = G_LIST_MODEL (self->found);
  HrScatterChart *chart;

  if (self->offers == NULL || hr_view_get_project (view) == NULL || hr_offer_list_is_waiting (self->offers))
    return;

  if (self->ranked)
    order_rows (self);
  g_clear_pointer (&self->point_rows, g_ptr_array_unref);
  chart = hr_offer_chart (get_configuration (self), rows, &self->point_rows);
  gtk_widget_set_visible (self->heading, chart->points->len > 0);
  hr_scatter_plot_set_chart (self->plot, chart, find_point (self, hr_offer_view_get_selected (self->table)));
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (rows) > 0 ? "offers" : "nothing");
  update_texts (self);
  select_gpu (self);
  update_actions (self);
}

/* Nothing is ranked that nobody looks at. */
static void
update_configuration (HrGpusView *self)
{
  gboolean seen = gtk_widget_get_mapped (GTK_WIDGET (self));

  if (self->offers != NULL)
    g_object_set (self->offers, "configuration", seen ? get_configuration (self) : NULL, NULL);
  hr_view_queue_refresh (HR_VIEW (self));
}

/* What is of before the last edit says so; it stays for a moment. */
static void
update_stale (HrGpusView *self)
{
  gboolean stale;

  g_object_get (self->offers, "stale", &stale, NULL);
  hr_offer_view_set_stale (self->table, stale);
  gtk_widget_set_opacity (GTK_WIDGET (self->plot), stale ? HR_OFFER_STALE_OPACITY : 1);
}

static void
offers_cb (HrGpusView *self, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "stale"))
    update_stale (self);
  else
    {
      self->ranked = TRUE;
      hr_view_queue_refresh (HR_VIEW (self));
    }
}

static void
tell_adopted (HrGpusView *self, HrOfferRow *row)
{
  g_autofree char *title = NULL;

  g_object_get (row, "title", &title, NULL);
  hr_view_tell_adopted (HR_VIEW (self), title);
}

/* Returns: (transfer full) (nullable): the selected row as the last edit leaves it; the next one may replace it. */
static HrOfferRow *
get_renewed_row (HrGpusView *self)
{
  if (self->offers != NULL)
    hr_offer_list_flush (self->offers);

  HrOfferRow *row = hr_offer_view_get_selected (self->table);

  return row != NULL ? g_object_ref (row) : NULL;
}

/* The job as it runs there: what shares it among GPUs comes along. */
static void
use_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrGpusView *self = HR_GPUS_VIEW (widget);
  HrConfiguration *configuration = get_configuration (self);
  g_autoptr (HrOfferRow) row = get_renewed_row (self);

  if (row == NULL || configuration == NULL)
    return;

  HrJob job = hr_offer_row_get_plan (row)->job;
  const HrGpu *gpu = hr_offer_row_get_gpu (row);

  job.gpu.set = TRUE;
  job.gpu.count = hr_offer_row_get_plan (row)->gpus;
  job.gpu.limits = gpu->limits;
  g_strlcpy (job.gpu.id, gpu->id, sizeof job.gpu.id);
  hr_configuration_change (configuration, HR_JOB_GPU_ID, &job);
  tell_adopted (self, row);
}

static void
use_for_project_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrGpusView *self = HR_GPUS_VIEW (widget);
  HrProject *project = hr_view_get_project (HR_VIEW (self));
  g_autoptr (HrOfferRow) row = get_renewed_row (self);

  if (row == NULL || project == NULL)
    return;

  const HrGpu *gpu = hr_offer_row_get_gpu (row);
  HrGpuChoice choice = { .count = hr_offer_row_get_plan (row)->gpus, .limits = gpu->limits };

  g_strlcpy (choice.id, gpu->id, sizeof choice.id);
  hr_project_set_gpu (project, &choice);
  tell_adopted (self, row);
}

static void
activated_cb (HrGpusView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "gpus.use", NULL);
}

/* The card that is selected is looked for among what is ranked now. */
static void
hr_gpus_view_map (GtkWidget *widget)
{
  HrGpusView *self = HR_GPUS_VIEW (widget);

  GTK_WIDGET_CLASS (hr_gpus_view_parent_class)->map (widget);

  update_configuration (self);
  hr_view_refresh (HR_VIEW (self));
  if (self->wants_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->table));
  self->wants_focus = FALSE;
}

static void
hr_gpus_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hr_gpus_view_parent_class)->unmap (widget);

  update_configuration (HR_GPUS_VIEW (widget));
}

static void
hr_gpus_view_selection_changed (HrView *view, HrSelection *selection)
{
  HrGpusView *self = HR_GPUS_VIEW (view);

  self->selection = selection;
  hr_configuration_chooser_set_selection (self->configuration, selection);
  if (selection != NULL)
    hr_selection_set_offers (selection, G_LIST_MODEL (self->found));
}

static void
hr_gpus_view_project_changed (HrView *view, HrProject *project)
{
  HrGpusView *self = HR_GPUS_VIEW (view);

  if (project != NULL && self->offers == NULL)
    {
      self->offers = hr_offer_list_new (project);
      gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (self->offers));
      g_signal_connect_object (self->offers, "notify", G_CALLBACK (offers_cb), self, G_CONNECT_SWAPPED);
      hr_gpus_view_apply_filters (self);
    }
  else if (project != NULL)
    {
      g_object_set (self->offers, "project", project, NULL);
    }
  hr_gpus_view_recall_filters (self);
  update_configuration (self);
}

static gboolean
hr_gpus_view_grab_focus (GtkWidget *widget)
{
  HrGpusView *self = HR_GPUS_VIEW (widget);

  self->wants_focus = !gtk_widget_get_mapped (widget);

  return self->wants_focus || gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
hr_gpus_view_dispose (GObject *object)
{
  HrGpusView *self = HR_GPUS_VIEW (object);

  if (self->found != NULL)
    g_signal_handlers_disconnect_by_data (self->found, self);
  if (self->table != NULL)
    hr_offer_view_set_rows (self->table, NULL);
  g_clear_object (&self->found);
  g_clear_object (&self->search_filter);
  g_clear_object (&self->offers);
  self->selection = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_GPUS_VIEW);

  G_OBJECT_CLASS (hr_gpus_view_parent_class)->dispose (object);
}

static void
hr_gpus_view_finalize (GObject *object)
{
  HrGpusView *self = HR_GPUS_VIEW (object);

  g_ptr_array_unref (self->point_rows);
  g_free (self->query);

  G_OBJECT_CLASS (hr_gpus_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HR_TYPE_CONFIGURATION_CHOOSER);
  g_type_ensure (HR_TYPE_OFFER_VIEW);
  g_type_ensure (HR_TYPE_SCATTER_PLOT);
  g_type_ensure (HR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-gpus-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, content);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, configuration);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, lines);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, provider);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, prices);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, only_fitting);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, region);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, memory);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, age);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, order);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, search);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, stack);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, table);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, nothing);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, workload);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, workload_label);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, dates);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, import);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, import_label);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, heading);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, plot);
  gtk_widget_class_bind_template_child (widget_class, HrGpusView, use_button);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
hr_gpus_view_class_init (HrGpusViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HrViewClass *view_class = HR_VIEW_CLASS (klass);

  object_class->dispose = hr_gpus_view_dispose;
  object_class->finalize = hr_gpus_view_finalize;
  widget_class->map = hr_gpus_view_map;
  widget_class->unmap = hr_gpus_view_unmap;
  widget_class->grab_focus = hr_gpus_view_grab_focus;
  view_class->selection_changed = hr_gpus_view_selection_changed;
  view_class->project_changed = hr_gpus_view_project_changed;
  view_class->refresh = hr_gpus_view_refresh;

  bind_template (widget_class);
  hr_gpus_view_filters_class_init (widget_class);
  gtk_widget_class_install_action (widget_class, "gpus.use", NULL, use_cb);
  gtk_widget_class_install_action (widget_class, "gpus.use-for-project", NULL, use_for_project_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "gpusview");
}

static void
hr_gpus_view_init (HrGpusView *self)
{
  self->point_rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_gpus_view_init_filters (self);
  hr_accessible_name_part (self->use_button, GTK_TYPE_MENU_BUTTON, _ ("What to Plan for This GPU"));
  g_signal_connect_swapped (self->found, "items-changed", G_CALLBACK (hr_view_queue_refresh), self);
  hr_offer_view_set_rows (self->table, G_LIST_MODEL (self->found));

  GSignalGroup *selection = hr_view_get_selection_signals (HR_VIEW (self));
  g_signal_group_connect_swapped (selection, "notify::configuration", G_CALLBACK (update_configuration), self);
  g_signal_group_connect_swapped (selection, "look-changed::" HR_LOOK_GPUS_FILTERS,
                                  G_CALLBACK (hr_gpus_view_recall_filters), self);
  g_signal_group_connect_swapped (selection, "notify::gpu", G_CALLBACK (select_gpu), self);
  update_actions (self);
}

GtkWidget *
hr_gpus_view_new (void)
{
  return g_object_new (HR_TYPE_GPUS_VIEW, NULL);
}
