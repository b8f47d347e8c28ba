/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explain-view.h"

#include "hr-advice-panel.h"
#include "hr-column.h"
#include "hr-configuration-chooser.h"
#include "hr-explain-tree.h"
#include "hr-figure.h"
#include "hr-gpu-chooser.h"
#include "hr-in-sight.h"
#include "hr-note-list.h"
#include "hr-toolbar.h"
#include "hr-wrap-box.h"
#include "model/hr-explanation.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>

/* What is not in sight waits until edits, as dragging makes them, pause. */
#define PAUSE_MS 100

/* Where a column of formulas, and two lists side by side, have room. */
#define WIDE_ENOUGH 620

/* Beside and between the columns. */
#define COLUMNS_SPACING 42

struct _HrExplainView
{
  HrView parent_instance;

  HrSelection *selection; /* (nullable): that of the parent */
  guint rest_source;
  guint narrow_source;
  const HrConfiguration *explained; /* (nullable): it is only compared */
  int explained_phase;
  guint old_lists; /* bits by position: of before the last edit */
  gboolean narrow;
  gboolean filling; /* phases are listed anew */

  GtkStack *stack;
  HrConfigurationChooser *configuration;
  GtkDropDown *phase;
  HrGpuChooser *gpu_chooser;
  GtkDropDown *units;
  HrFigure *title;
  HrFigure *verdict;
  HrExplainTree *tree;
  GtkWidget *columns;
  HrAdvicePanel *advice;
};

G_DEFINE_FINAL_TYPE (HrExplainView, hr_explain_view, HR_TYPE_VIEW)

/* What else there is to say, in the order of the template. */
static const struct
{
  const char *id;
  GListModel *(*list_notes) (HrConfiguration *configuration, HrUnits units);
} lists[] = {
  { "rules", hr_explanation_rules },       { "similar", hr_explanation_similar },
  { "freezing", hr_explanation_freezing }, { "checklist", hr_explanation_checklist },
  { "mistakes", hr_explanation_mistakes },
};

#define N_LISTS G_N_ELEMENTS (lists)
#define ALL_LISTS ((1U << N_LISTS) - 1)

/* The first choice is the peak. */
static int
chosen_phase (HrExplainView *self)
{
  guint selected = gtk_drop_down_get_selected (self->phase);

  return selected == GTK_INVALID_LIST_POSITION ? HR_EXPLAIN_PEAK : (int) selected - 1;
}

static gboolean
lists_phases (GListModel *list, const char *const *names)
{
  guint n_names = g_strv_length ((char **) names);

  if (list == NULL || g_list_model_get_n_items (list) != n_names)
    return FALSE;
  for (guint i = 0; i < n_names; i++)
    if (strcmp (gtk_string_list_get_string (GTK_STRING_LIST (list), i), names[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Which choice is the phase that is selected; the peak where @estimate has no such phase. */
static guint
find_choice (HrExplainView *self, const HrEstimate *estimate)
{
  int kind = hr_selection_get_phase (self->selection);

  for (guint i = 0; kind >= 0 && i < estimate->n_phases; i++)
    if ((int) estimate->phases[i].kind == kind && estimate->phases[i].step == hr_selection_get_step (self->selection))
      return i + 1;

  return 0;
}

static void
choose_phase (HrExplainView *self, const HrEstimate *estimate)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->phase, find_choice (self, estimate));
  self->filling = FALSE;
}

static void
list_phases (HrExplainView *self, const HrEstimate *estimate)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, _ ("At the peak"));
  for (guint i = 0; i < estimate->n_phases; i++)
    {
      g_autofree char *text = hr_phase_text (&estimate->phases[i]);
      /* Translators: %s is a phase, such as “step 2, backward” */
      g_autofree char *choice = g_strdup_printf (_ ("In %s"), text);

      g_strv_builder_add (builder, choice);
    }
  g_auto (GStrv) names = g_strv_builder_end (builder);
  if (lists_phases (gtk_drop_down_get_model (self->phase), (const char *const *) names))
    return;

  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *) names);
  self->filling = TRUE;
  gtk_drop_down_set_model (self->phase, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->phase, 0);
  self->filling = FALSE;
}

static void
show_title (HrExplainView *self, HrConfiguration *configuration, const HrEstimate *estimate)
{
  const char *name = hr_job_title (hr_configuration_get_job (configuration));
  int phase = chosen_phase (self);

  if (phase < 0)
    {
      /* Translators: %s is the name of a configuration */
      g_autofree char *title = g_strdup_printf (_ ("Explain — %s at its peak"), name);
      hr_figure_set_text (self->title, title);
      return;
    }
  g_autofree char *moment = hr_phase_text (&estimate->phases[phase]);
  /* Translators: the name of a configuration, and a phase, such as “step 2, backward” */
  g_autofree char *title = g_strdup_printf (_ ("Explain — %s in %s"), name, moment);
  hr_figure_set_text (self->title, title);
}

static void
update_component (HrExplainView *self)
{
  if (self->selection != NULL)
    hr_explain_tree_set_selected (self->tree, hr_selection_get_component (self->selection));
}

/* What was looked for is shown once. */
static void
reveal_line (HrExplainView *self)
{
  const char *line = hr_looks_get (hr_selection_get_looks (self->selection), HR_LOOK_EXPLAIN_LINE);

  if (line == NULL)
    return;

  hr_explain_tree_reveal (self->tree, line);
  hr_looks_set (hr_selection_get_looks (self->selection), HR_LOOK_EXPLAIN_LINE, NULL);
}

static HrNoteList *
get_list (HrExplainView *self, guint position)
{
  return HR_NOTE_LIST (gtk_widget_get_template_child (GTK_WIDGET (self), HR_TYPE_EXPLAIN_VIEW, lists[position].id));
}

static void
fill_list (HrExplainView *self, guint position)
{
  HrConfiguration *configuration = hr_view_get_configuration (HR_VIEW (self));
  g_autoptr (GListModel) notes = NULL;

  if (configuration != NULL)
    notes = lists[position].list_notes (configuration, hr_project_get_units (hr_view_get_project (HR_VIEW (self))));
  hr_note_list_show (get_list (self, position), notes);
  self->old_lists &= ~(1U << position);
}

static void
fill_seen (HrExplainView *self)
{
  for (guint i = 0; i < N_LISTS; i++)
    if ((self->old_lists & 1U << i) != 0 && hr_in_sight (GTK_WIDGET (get_list (self, i))))
      fill_list (self, i);
}

/* A part in a turn of the main loop: input and frames come between. */
static gboolean
rest_cb (gpointer user_data)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (user_data);
  gboolean more = hr_explain_tree_settle (self->tree);

  for (guint i = 0; !more && i < N_LISTS; i++)
    if ((self->old_lists & 1U << i) != 0)
      {
        fill_list (self, i);
        more = TRUE;
      }
  self->rest_source = more ? g_idle_add (rest_cb, self) : 0;

  return G_SOURCE_REMOVE;
}

static void
show_moment (HrExplainView *self, HrConfiguration *configuration)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  HrUnits units = hr_project_get_units (hr_view_get_project (HR_VIEW (self)));
  int phase = chosen_phase (self);
  gboolean edited = configuration == self->explained && phase == self->explained_phase;

  self->explained = configuration;
  self->explained_phase = phase;
  show_title (self, configuration, estimate);
  hr_explain_tree_show (self->tree, hr_explanation_tree (configuration, phase, units), edited);
  update_component (self);
  reveal_line (self);
  fill_seen (self);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  self->rest_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, edited ? PAUSE_MS : 0, rest_cb, self, NULL);
}

static void
explain (HrExplainView *self, HrConfiguration *configuration)
{
  HrProject *project = hr_view_get_project (HR_VIEW (self));
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  g_autofree char *verdict = hr_explanation_verdict (configuration, hr_project_get_units (project));

  list_phases (self, estimate);
  choose_phase (self, estimate);
  hr_figure_set_text (self->verdict, verdict);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), verdict != NULL);
  self->old_lists = ALL_LISTS;
  show_moment (self, configuration);
  hr_advice_panel_show (self->advice, project, configuration);
}

static void
hr_explain_view_refresh (HrView *view)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (view);
  HrConfiguration *configuration = hr_view_get_configuration (view);

  gtk_stack_set_visible_child_name (self->stack, configuration != NULL ? "explanation" : "empty");
  if (configuration != NULL)
    explain (self, configuration);
  else
    hr_explain_tree_show (self->tree, NULL, FALSE);
}

static void
line_cb (HrExplainView *self)
{
  if (hr_looks_get (hr_selection_get_looks (self->selection), HR_LOOK_EXPLAIN_LINE) != NULL)
    hr_view_queue_refresh (HR_VIEW (self));
}

static void
phase_cb (HrExplainView *self)
{
  HrConfiguration *configuration = hr_view_get_configuration (HR_VIEW (self));

  if (self->filling || hr_view_is_outdated (HR_VIEW (self)) || configuration == NULL)
    return;

  int chosen = chosen_phase (self);
  const HrPhase *phases = hr_estimate_result_get (hr_configuration_get_estimate (configuration))->phases;

  g_signal_group_block (hr_view_get_selection_signals (HR_VIEW (self)));
  hr_selection_set_phase (self->selection, chosen >= 0 ? (int) phases[chosen].kind : -1,
                          chosen >= 0 ? phases[chosen].step : 0);
  g_signal_group_unblock (hr_view_get_selection_signals (HR_VIEW (self)));
  show_moment (self, configuration);
}

static void
picked_cb (HrExplainView *self, int component)
{
  if (self->selection != NULL)
    hr_selection_set_component (self->selection, component);
}

static void
hr_explain_view_selection_changed (HrView *view, HrSelection *selection)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (view);

  self->selection = selection;
  hr_configuration_chooser_set_selection (self->configuration, selection);
}

static void
hr_explain_view_project_changed (HrView *view, HrProject *project)
{
  hr_gpu_chooser_set_project (HR_EXPLAIN_VIEW (view)->gpu_chooser, project);
}

static gboolean
narrow_cb (gpointer user_data)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (user_data);

  self->narrow_source = 0;
  hr_explain_tree_set_narrow (self->tree, self->narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), !self->narrow);

  return G_SOURCE_REMOVE;
}

/* Side by side both columns are as wide as the one that needs more, as texts are large. */
static int
get_least_width (HrExplainView *self)
{
  int least = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->columns); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      least = MAX (least, minimum);
    }

  return MAX (WIDE_ENOUGH, 2 * least + COLUMNS_SPACING);
}

/* Layout may change only after the allocation. */
static void
hr_explain_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (widget);
  gboolean narrow = width < get_least_width (self);

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->narrow_source == 0)
    self->narrow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
}

static void
hr_explain_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (HR_EXPLAIN_VIEW (widget)->stack), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static gboolean
hr_explain_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HR_EXPLAIN_VIEW (widget)->tree));
}

static void
hr_explain_view_dispose (GObject *object)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (object);

  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->narrow_source, g_source_remove);
  self->selection = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_EXPLAIN_VIEW);

  G_OBJECT_CLASS (hr_explain_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HR_TYPE_ADVICE_PANEL);
  g_type_ensure (HR_TYPE_COLUMN);
  g_type_ensure (HR_TYPE_CONFIGURATION_CHOOSER);
  g_type_ensure (HR_TYPE_EXPLAIN_TREE);
  g_type_ensure (HR_TYPE_FIGURE);
  g_type_ensure (HR_TYPE_GPU_CHOOSER);
  g_type_ensure (HR_TYPE_NOTE_LIST);
  g_type_ensure (HR_TYPE_TOOLBAR);
  g_type_ensure (HR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-explain-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, stack);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, configuration);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, phase);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, gpu_chooser);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, units);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, title);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, verdict);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, tree);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, columns);
  gtk_widget_class_bind_template_child (widget_class, HrExplainView, advice);
  for (guint i = 0; i < N_LISTS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, lists[i].id, FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, phase_cb);
}

static void
hr_explain_view_class_init (HrExplainViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HrViewClass *view_class = HR_VIEW_CLASS (klass);

  object_class->dispose = hr_explain_view_dispose;
  widget_class->measure = hr_explain_view_measure;
  widget_class->size_allocate = hr_explain_view_size_allocate;
  widget_class->grab_focus = hr_explain_view_grab_focus;
  view_class->selection_changed = hr_explain_view_selection_changed;
  view_class->project_changed = hr_explain_view_project_changed;
  view_class->refresh = hr_explain_view_refresh;

  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "explainview");
}

static void
connect_selection (HrExplainView *self)
{
  GSignalGroup *signals = hr_view_get_selection_signals (HR_VIEW (self));

  g_signal_group_connect_swapped (signals, "notify::component", G_CALLBACK (update_component), self);
  g_signal_group_connect_swapped (signals, "notify::phase", G_CALLBACK (hr_view_queue_refresh), self);
  g_signal_group_connect_swapped (signals, "notify::step", G_CALLBACK (hr_view_queue_refresh), self);
  g_signal_group_connect_swapped (signals, "look-changed::" HR_LOOK_EXPLAIN_LINE, G_CALLBACK (line_cb), self);
}

static void
hr_explain_view_init (HrExplainView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_view_bind_units (HR_VIEW (self), self->units);
  connect_selection (self);
  self->narrow = TRUE;
  hr_explain_tree_set_narrow (self->tree, TRUE);
  g_signal_connect_object (self->tree, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_explain_view_new (void)
{
  return g_object_new (HR_TYPE_EXPLAIN_VIEW, NULL);
}
