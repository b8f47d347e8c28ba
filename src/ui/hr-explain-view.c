/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explain-view.h"

#include "hr-advice-panel.h"
#include "hr-configuration-chooser.h"
#include "hr-explain-tree.h"
#include "hr-figure.h"
#include "hr-focus.h"
#include "hr-gpu-chooser.h"
#include "hr-in-sight.h"
#include "hr-note-list.h"
#include "hr-palette.h"
#include "hr-toolbar.h"
#include "hr-wrap-box.h"
#include "model/hr-explanation.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>

/* After the project has made its estimates, before GTK lays out and draws: a frame shows one state. */
#define REFRESH_PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

/* What is not in sight waits until edits, as dragging makes them, pause. */
#define PAUSE_MS 100

/* Where a column of formulas, and two lists side by side, have room. */
#define WIDE_ENOUGH 620

/* Beside and between the columns. */
#define COLUMNS_SPACING 42

struct _HrExplainView
{
  GtkWidget parent_instance;

  HrSelection *selection;
  GSignalGroup *selection_signals;
  GSignalGroup *project_signals;
  GBindingGroup *project_bindings;
  guint refresh_source;
  guint rest_source;
  guint narrow_source;
  HrConfiguration *explained; /* (nullable): which the lists are of */
  guint old_lists;            /* bits by position: of before the last edit */
  gboolean outdated;
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

G_DEFINE_FINAL_TYPE (HrExplainView, hr_explain_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SELECTION = 1,
} HrExplainViewProperty;

static GParamSpec *properties[PROP_SELECTION + 1];

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

static HrProject *
get_project (HrExplainView *self)
{
  return self->selection != NULL ? hr_selection_get_project (self->selection) : NULL;
}

/* The selected configuration, unless it is of a project that is just being replaced. */
static HrConfiguration *
get_configuration (HrExplainView *self)
{
  HrProject *project = get_project (self);
  HrConfiguration *configuration = self->selection != NULL ? hr_selection_get_configuration (self->selection) : NULL;

  return project != NULL && configuration != NULL && hr_project_find (project, configuration) != G_MAXUINT
             ? configuration
             : NULL;
}

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
  const char *line = hr_selection_get_look (self->selection, HR_LOOK_EXPLAIN_LINE);

  if (line == NULL)
    return;

  hr_explain_tree_reveal (self->tree, line);
  hr_selection_set_look (self->selection, HR_LOOK_EXPLAIN_LINE, NULL);
}

static HrNoteList *
get_list (HrExplainView *self, guint position)
{
  return HR_NOTE_LIST (gtk_widget_get_template_child (GTK_WIDGET (self), HR_TYPE_EXPLAIN_VIEW, lists[position].id));
}

static void
fill_list (HrExplainView *self, guint position)
{
  HrConfiguration *configuration = get_configuration (self);
  g_autoptr (GListModel) notes = NULL;

  if (configuration != NULL)
    notes = lists[position].list_notes (configuration, hr_project_get_units (get_project (self)));
  hr_note_list_show (get_list (self, position), notes);
  self->old_lists &= ~(1U << position);
}

static void
fill_seen (HrExplainView *self)
{
  hr_explain_tree_fill (self->tree, FALSE);
  for (guint i = 0; i < N_LISTS; i++)
    if ((self->old_lists & 1U << i) != 0 && hr_in_sight (GTK_WIDGET (get_list (self, i))))
      fill_list (self, i);
}

/* A list in a turn of the main loop: input and frames come between. */
static gboolean
rest_cb (gpointer user_data)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (user_data);

  hr_explain_tree_fill (self->tree, TRUE);
  for (guint i = 0; i < N_LISTS; i++)
    if ((self->old_lists & 1U << i) != 0)
      {
        fill_list (self, i);
        break;
      }
  self->rest_source = self->old_lists != 0 ? g_idle_add (rest_cb, self) : 0;

  return G_SOURCE_REMOVE;
}

static void
queue_rest (HrExplainView *self, HrConfiguration *configuration)
{
  gboolean edited = self->explained == configuration;

  self->explained = configuration;
  g_clear_handle_id (&self->rest_source, g_source_remove);
  self->rest_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, edited ? PAUSE_MS : 0, rest_cb, self, NULL);
}

static void
show_moment (HrExplainView *self, HrConfiguration *configuration)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  HrUnits units = hr_project_get_units (get_project (self));

  show_title (self, configuration, estimate);
  hr_explain_tree_show (self->tree, hr_explanation_tree (configuration, chosen_phase (self), units));
  update_component (self);
  reveal_line (self);
  fill_seen (self);
  queue_rest (self, configuration);
}

static void
explain (HrExplainView *self, HrConfiguration *configuration)
{
  HrProject *project = get_project (self);
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
refresh (HrExplainView *self)
{
  HrConfiguration *configuration = get_configuration (self);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (!self->outdated)
    return;

  self->outdated = FALSE;
  gtk_stack_set_visible_child_name (self->stack, configuration != NULL ? "explanation" : "empty");
  if (configuration != NULL)
    explain (self, configuration);
  else
    hr_explain_tree_show (self->tree, NULL);
}

static gboolean
refresh_cb (gpointer user_data)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (user_data);

  self->refresh_source = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

/* What nobody sees waits until it is seen. */
static void
queue_refresh (HrExplainView *self)
{
  self->outdated = TRUE;
  if (self->refresh_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh_source = g_idle_add_full (REFRESH_PRIORITY, refresh_cb, self, NULL);
}

static void
line_cb (HrExplainView *self)
{
  if (hr_selection_get_look (self->selection, HR_LOOK_EXPLAIN_LINE) != NULL)
    queue_refresh (self);
}

static void
phase_cb (HrExplainView *self)
{
  HrConfiguration *configuration = get_configuration (self);

  if (self->filling || self->outdated || configuration == NULL)
    return;

  int chosen = chosen_phase (self);
  const HrPhase *phases = hr_estimate_result_get (hr_configuration_get_estimate (configuration))->phases;

  g_signal_group_block (self->selection_signals);
  hr_selection_set_phase (self->selection, chosen >= 0 ? (int) phases[chosen].kind : -1,
                          chosen >= 0 ? phases[chosen].step : 0);
  g_signal_group_unblock (self->selection_signals);
  show_moment (self, configuration);
}

static void
picked_cb (HrExplainView *self, int component)
{
  if (self->selection != NULL)
    hr_selection_set_component (self->selection, component);
}

static void
update_project (HrExplainView *self)
{
  HrProject *project = get_project (self);

  g_signal_group_set_target (self->project_signals, project);
  g_binding_group_set_source (self->project_bindings, project);
  hr_gpu_chooser_set_project (self->gpu_chooser, project);
  queue_refresh (self);
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

static void
hr_explain_view_map (GtkWidget *widget)
{
  refresh (HR_EXPLAIN_VIEW (widget));

  GTK_WIDGET_CLASS (hr_explain_view_parent_class)->map (widget);
}

static void
hr_explain_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  hr_palette_fill (snapshot, HR_CHART_ROLE_BACKGROUND, 0, 0, gtk_widget_get_width (widget),
                   gtk_widget_get_height (widget));

  GTK_WIDGET_CLASS (hr_explain_view_parent_class)->snapshot (widget, snapshot);
}

static gboolean
hr_explain_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HR_EXPLAIN_VIEW (widget)->tree));
}

static void
hr_explain_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrExplainViewProperty) property_id)
    {
    case PROP_SELECTION:
      g_value_set_object (value, HR_EXPLAIN_VIEW (object)->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_explain_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrExplainViewProperty) property_id)
    {
    case PROP_SELECTION:
      hr_explain_view_set_selection (HR_EXPLAIN_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_explain_view_dispose (GObject *object)
{
  HrExplainView *self = HR_EXPLAIN_VIEW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->narrow_source, g_source_remove);
  g_clear_object (&self->selection_signals);
  g_clear_object (&self->project_signals);
  g_clear_object (&self->project_bindings);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_EXPLAIN_VIEW);

  G_OBJECT_CLASS (hr_explain_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HR_TYPE_ADVICE_PANEL);
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

  object_class->get_property = hr_explain_view_get_property;
  object_class->set_property = hr_explain_view_set_property;
  object_class->dispose = hr_explain_view_dispose;
  widget_class->map = hr_explain_view_map;
  widget_class->measure = hr_explain_view_measure;
  widget_class->size_allocate = hr_explain_view_size_allocate;
  widget_class->snapshot = hr_explain_view_snapshot;
  widget_class->focus = hr_focus_children;
  widget_class->grab_focus = hr_explain_view_grab_focus;

  properties[PROP_SELECTION] = g_param_spec_object (
      "selection", NULL, NULL, HR_TYPE_SELECTION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "explainview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
connect_groups (HrExplainView *self)
{
  self->selection_signals = g_signal_group_new (HR_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::project", G_CALLBACK (update_project), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::configuration", G_CALLBACK (queue_refresh), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::component", G_CALLBACK (update_component), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::phase", G_CALLBACK (queue_refresh), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::step", G_CALLBACK (queue_refresh), self);

  g_signal_group_connect_swapped (self->selection_signals, "look-changed::" HR_LOOK_EXPLAIN_LINE, G_CALLBACK (line_cb),
                                  self);

  self->project_signals = g_signal_group_new (HR_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "changed", G_CALLBACK (queue_refresh), self);
  g_signal_group_connect_swapped (self->project_signals, "estimated", G_CALLBACK (queue_refresh), self);

  self->project_bindings = g_binding_group_new ();
  g_binding_group_bind (self->project_bindings, "units", self->units, "selected",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
hr_explain_view_init (HrExplainView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_groups (self);
  self->narrow = TRUE;
  hr_explain_tree_set_narrow (self->tree, TRUE);
  g_signal_connect_object (self->tree, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_explain_view_new (void)
{
  return g_object_new (HR_TYPE_EXPLAIN_VIEW, NULL);
}

void
hr_explain_view_set_selection (HrExplainView *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_EXPLAIN_VIEW (self));
  g_return_if_fail (selection == NULL || HR_IS_SELECTION (selection));

  if (!g_set_object (&self->selection, selection))
    return;

  hr_configuration_chooser_set_selection (self->configuration, selection);
  g_signal_group_set_target (self->selection_signals, selection);
  update_project (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
