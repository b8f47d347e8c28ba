/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-inspector.h"

#include "hr-choice-row.h"
#include "hr-field-expander.h"
#include "hr-field-row.h"
#include "hr-gpu-dialog.h"
#include "hr-inspector-fields.h"
#include "hr-inspector-hints.h"
#include "hr-measured-group.h"
#include "hr-model-dialog.h"
#include "hr-notes-dialog.h"
#include "hr-number-row.h"
#include "hr-row-figure.h"
#include "hr-switch-row.h"
#include "hr-targets-dialog.h"
#include "hr-text-direction.h"
#include "hr-time-group.h"
#include "hr-verdict-chip.h"
#include "io/hr-markdown.h"
#include "model/hr-gpu-text.h"
#include "model/hr-labels.h"
#include "model/hr-member.h"
#include "model/hr-members.h"
#include "model/hr-obstacle.h"
#include "model/hr-own-catalog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _HrInspector
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GtkWidget *groups;
  GtkWidget *name;
  GtkWidget *several_row;
  GtkWidget *notes_row;
  GtkWidget *verdict_row;
  GtkWidget *verdict_chip;
  GtkWidget *model_row;
  GtkWidget *targets_row;
  GtkWidget *optimizer_group;
  GtkWidget *batch_group;
  GtkWidget *inference_group;
  GtkWidget *savings_group;
  GtkWidget *time_group;
  GtkWidget *gpu_row;
  GtkWidget *keep_batch;
  GtkWidget *measured_group;

  HrSelection *selection;
  HrConfiguration *configuration;
  HrMembers *members;
  GSignalGroup *configuration_signals;
  GSignalGroup *project_signals;
  HrInspectorHints *hints;
  guint refresh_source;
};

G_DEFINE_FINAL_TYPE (HrInspector, hr_inspector, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SELECTION = 1,
  N_PROPS
} HrInspectorProperty;

static GParamSpec *properties[N_PROPS];

/* What no estimate follows is shown before GTK lays out and draws; else once, with the estimate. */
#define REFRESH_PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

/* Of configurations that are edited together. */
#define MAX_NAMES 8

#define WARNING(name) (1u << HR_WARNING_##name)

/* The notes under groups, and which of the estimate's warnings are theirs to say. */
static const struct
{
  const char *name;
  guint32 warnings;
} notes[] = {
  { "method_note", WARNING (UNKNOWN_TARGET) | WARNING (RANK_TOO_LARGE) | WARNING (NOTHING_TRAINS) },
  { "precision_note", WARNING (BF16_UNSUPPORTED) | WARNING (FP8_UNSUPPORTED) },
  { "batch_note", WARNING (SEQUENCE_TOO_LONG) },
  { "savings_note", WARNING (FLASH_UNSUPPORTED) },
  { "parallel_note", WARNING (PARALLEL_EXCEEDS_GPUS) | WARNING (PARALLEL_EXCEEDS_MODEL) | WARNING (PARALLEL_UNEVEN)
                         | WARNING (GPUS_UNUSED) | WARNING (OFFLOAD_UNSHARDED) },
};

static GtkWidget *
get_child (HrInspector *self, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), HR_TYPE_INSPECTOR, name));
}

static HrProject *
get_project (HrInspector *self)
{
  return self->selection != NULL ? hr_selection_get_project (self->selection) : NULL;
}

static char *
describe_warnings (guint32 warnings)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < HR_N_WARNINGS; i++)
    if ((warnings & (1u << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", hr_warning_label (i));

  return g_string_free (text, FALSE);
}

static void
refresh_notes (HrInspector *self, const HrEstimate *estimate)
{
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      GtkWidget *note = get_child (self, notes[i].name);
      g_autofree char *text = describe_warnings (estimate->warnings & notes[i].warnings);

      gtk_label_set_label (GTK_LABEL (note), text);
      gtk_widget_set_visible (note, *text != '\0');
    }
}

static gboolean
applies (HrInspector *self, HrFieldId field)
{
  return hr_members_count_applying (self->members, field) > 0;
}

static void
refresh_visibility (HrInspector *self, const HrJob *job)
{
  gboolean alone = hr_members_get_count (self->members) == 1;
  guint n_fields;
  const int *fields = hr_inspector_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      GtkWidget *row = get_child (self, hr_member_name (fields[i]));

      gboolean in_the_way = alone && hr_obstacle_text ((HrFieldId) fields[i], job) != NULL;

      gtk_widget_set_sensitive (row, !in_the_way);
      if (in_the_way) /* which its hint tells */
        gtk_widget_set_visible (row, TRUE);
      else
        hr_field_row_refresh (ADW_PREFERENCES_ROW (row), fields[i], self->members);
    }
  for (const HrInspectorExpander *expander = hr_inspector_expanders (); expander->id != NULL; expander++)
    hr_field_expander_refresh (HR_FIELD_EXPANDER (get_child (self, expander->id)), alone ? job : NULL);

  gtk_widget_set_visible (self->targets_row, applies (self, HR_JOB_METHOD_TARGETS));
  gtk_widget_set_visible (self->optimizer_group, applies (self, HR_JOB_OPTIMIZER_KIND));
  gtk_widget_set_visible (self->batch_group, applies (self, HR_JOB_BATCH_MICRO_BATCH_SIZE));
  gtk_widget_set_visible (self->savings_group, applies (self, HR_JOB_ACTIVATIONS_ATTENTION));
  gtk_widget_set_visible (self->inference_group, applies (self, HR_JOB_INFERENCE_ENGINE));

  gtk_widget_set_visible (self->name, alone);
  gtk_widget_set_visible (self->several_row, !alone);
  gtk_widget_set_visible (self->verdict_row, alone);
  gtk_widget_set_visible (self->measured_group, alone);
  gtk_widget_set_visible (self->keep_batch, alone);
}

static void
refresh_header (HrInspector *self, const HrEstimate *estimate)
{
  HrProject *project = get_project (self);
  HrUnits units = hr_project_get_units (project);
  g_autofree char *verdict = hr_verdict_text (estimate, units);
  g_autofree char *place = NULL;
  char peak[HR_TEXT_SIZE], capacity[HR_TEXT_SIZE];

  /* Translators: which of a project's configurations it is: Configuration 3 of 4. */
  place = g_strdup_printf (_ ("Configuration %u of %u"), hr_project_find (project, self->configuration) + 1,
                           g_list_model_get_n_items (G_LIST_MODEL (project)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), place);

  hr_format_bytes (estimate->peak.device_bytes, units, 1, peak);
  hr_format_bytes (estimate->fit.capacity_bytes, units, 1, capacity);
  hr_verdict_chip_set (HR_VERDICT_CHIP (self->verdict_chip), estimate->fit.verdict, verdict);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->verdict_row), peak);

  const HrGpu *gpu = hr_project_get_gpu (project, self->configuration);
  g_autofree char *memory = gpu != NULL ? hr_gpu_memory_text (gpu) : NULL;
  /* Translators: how much memory there is, under how much a job needs, and the card's: of 15.8 GB. */
  g_autofree char *limit = g_strdup_printf (_ ("of %s\n%s: %s"), capacity, gpu != NULL ? hr_gpu_short_name (gpu) : "",
                                            memory != NULL ? memory : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->verdict_row),
                               estimate->fit.verdict != HR_VERDICT_UNKNOWN ? limit : NULL);
}

/* How many are edited together, and which. */
static void
refresh_several (HrInspector *self)
{
  GListModel *selected = hr_selection_get_selected (self->selection);
  guint n_selected = g_list_model_get_n_items (selected);
  guint n_named = n_selected <= MAX_NAMES ? n_selected : MAX_NAMES - 1;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *title = NULL;

  for (guint i = 0; i < n_named; i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (selected, i);

      g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "",
                              hr_job_title (hr_configuration_get_job (configuration)));
    }
  if (n_selected > n_named)
    {
      g_string_append_c (names, '\n');
      /* Translators: below the names of some configurations: so many are selected besides. */
      g_string_append_printf (names, ngettext ("and %u more", "and %u more", n_selected - n_named),
                              n_selected - n_named);
    }
  title = g_strdup_printf (ngettext ("%u configuration", "%u configurations", n_selected), n_selected);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->several_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->several_row), names->str);
}

static void
refresh_hints (HrInspector *self, const HrJob *job, const HrArchitecture *architecture)
{
  GtkWidget *accumulation = get_child (self, hr_member_name (HR_JOB_BATCH_ACCUMULATION_STEPS));
  char count[HR_TEXT_SIZE];

  hr_format_count (hr_job_effective_batch (job), count);
  /* Translators: samples in one optimizer step. */
  g_autofree char *hint = hr_members_get_count (self->members) > 1
                              ? hr_members_text (self->members, HR_JOB_BATCH_ACCUMULATION_STEPS)
                              : g_strdup_printf (_ ("Effective batch %s"), count);
  hr_number_row_set_hint (HR_NUMBER_ROW (accumulation), hint);

  HrLinear adapted[HR_MAX_LINEARS];
  g_autofree char *targets = hr_field_text (HR_JOB_METHOD_TARGETS, job);
  if (job->method.targets.all_linear)
    {
      g_autofree char *names = g_steal_pointer (&targets);
      /* Translators: which modules get an adapter, and how many that is: all linear (7). */
      targets = g_strdup_printf (_ ("%s (%u)"), names,
                                 (guint) hr_targets_select (&job->method.targets, architecture, adapted));
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->targets_row), targets);
}

static void
refresh_gpu (HrInspector *self, const HrJob *job)
{
  const HrProjectData *data = hr_project_get_data (get_project (self));
  const char *id = job->gpu.set ? job->gpu.id : data->gpu.id;
  const char *name = job->gpu.set && *job->gpu.name != '\0' ? job->gpu.name : hr_project_gpu_name (data, id);
  g_autofree char *title = NULL;

  if (*id != '\0')
    /* Translators: number and name of the GPUs: 2 × A100 80GB. */
    title = g_strdup_printf (_ ("%u × %s"), (guint) (job->gpu.set ? job->gpu.count : data->gpu.count), name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->gpu_row), title != NULL ? title : _ ("No GPU"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->gpu_row),
                               job->gpu.set ? _ ("Of this configuration alone") : _ ("The project’s"));
}

/* What rows that open a dialog tell where several are edited. */
static void
refresh_shared (HrInspector *self)
{
  const struct
  {
    GtkWidget *row;
    HrFieldId field;
    const char *title;
  } shared[] = {
    { self->model_row, HR_JOB_MODEL_ID, _ ("Several models") },
    { self->gpu_row, HR_JOB_GPU_ID, _ ("Several GPUs") },
    { self->targets_row, HR_JOB_METHOD_TARGETS, hr_field_label (HR_JOB_METHOD_TARGETS) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *text = hr_members_text (self->members, shared[i].field);

      if (text == NULL)
        continue;
      if (hr_members_is_mixed (self->members, shared[i].field))
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (shared[i].row), shared[i].title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (shared[i].row), text);
    }
}

static void
refresh_configuration_notes (HrInspector *self)
{
  HrEntry *entry = hr_configuration_get_entry (self->configuration);
  g_autofree char *plain = hr_markdown_to_plain (hr_entry_get_notes (entry));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notes_row),
                                 *plain != '\0' ? plain : _ ("Write down what is worth knowing"));
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->notes_row, ADW_TYPE_PREFERENCES_GROUP),
                          hr_members_get_count (self->members) == 1);
}

static void
refresh (HrInspector *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->configuration != NULL ? "configuration" : "empty");
  hr_inspector_hints_show (self->hints, get_project (self), self->configuration, self->members);
  if (self->configuration == NULL)
    return;

  const HrJob *job = hr_configuration_get_job (self->configuration);
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self->configuration));
  g_autofree char *model = NULL;
  g_autofree char *detail = NULL;

  refresh_visibility (self, job);
  refresh_notes (self, estimate);
  refresh_header (self, estimate);
  refresh_several (self);
  refresh_configuration_notes (self);
  refresh_hints (self, job, hr_configuration_get_architecture (self->configuration));
  refresh_gpu (self, job);
  refresh_shared (self);
  hr_time_group_show (HR_TIME_GROUP (self->time_group), get_project (self), self->configuration);
  if (hr_members_get_count (self->members) > 1)
    gtk_widget_set_visible (self->time_group, FALSE);
  hr_measured_group_show (HR_MEASURED_GROUP (self->measured_group), get_project (self), self->configuration);

  if (!hr_members_is_mixed (self->members, HR_JOB_MODEL_ID))
    {
      g_object_get (self->configuration, "model-name", &model, "model-detail", &detail, NULL);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->model_row), model);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->model_row), detail);
    }
  gtk_widget_set_sensitive (self->groups, !hr_project_get_data (get_project (self))->read_only);
}

static gboolean
refresh_cb (gpointer user_data)
{
  HrInspector *self = HR_INSPECTOR (user_data);

  self->refresh_source = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (HrInspector *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add_full (REFRESH_PRIORITY, refresh_cb, self, NULL);
}

static void
update_configuration (HrInspector *self)
{
  HrProject *project = get_project (self);
  HrConfiguration *configuration = self->selection != NULL ? hr_selection_get_configuration (self->selection) : NULL;

  /* While a project is being replaced, the selected configuration may still be the old one's. */
  if (project == NULL || configuration == NULL || hr_project_find (project, configuration) == G_MAXUINT)
    configuration = NULL;

  g_signal_group_set_target (self->project_signals, project);
  hr_members_set_configurations (self->members, project,
                                 configuration != NULL ? hr_selection_get_selected (self->selection) : NULL,
                                 configuration);
  if (g_set_object (&self->configuration, configuration))
    g_signal_group_set_target (self->configuration_signals, configuration);
  refresh (self);
}

static void
keep_batch_cb (HrInspector *self)
{
  hr_inspector_hints_set_keep_effective_batch (self->hints,
                                               hr_switch_row_get_active (HR_SWITCH_ROW (self->keep_batch)));
}

static void
present_dialog (HrInspector *self, GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
change_model (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrInspector *self = HR_INSPECTOR (widget);

  if (self->configuration == NULL)
    return;

  GtkWidget *dialog = hr_model_dialog_new (self->configuration);
  hr_model_dialog_set_members (HR_MODEL_DIALOG (dialog), self->members);
  present_dialog (self, dialog);
}

static void
change_gpu (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrInspector *self = HR_INSPECTOR (widget);

  if (self->configuration == NULL)
    return;

  GtkWidget *dialog = hr_gpu_dialog_new (get_project (self), self->configuration);
  hr_gpu_dialog_set_members (HR_GPU_DIALOG (dialog), self->members);
  present_dialog (self, dialog);
}

static void
edit_notes (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrInspector *self = HR_INSPECTOR (widget);

  if (self->configuration == NULL)
    return;

  const HrJob *job = hr_configuration_get_job (self->configuration);
  /* Translators: %s is the name of a configuration */
  g_autofree char *title = g_strdup_printf (_ ("Notes of %s"), hr_job_title (job));
  present_dialog (self, hr_notes_dialog_new (G_OBJECT (self->configuration), title, HR_MAX_ENTRY_NOTES_BYTES));
}

static void
edit_project_notes (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrInspector *self = HR_INSPECTOR (widget);
  HrProject *project = get_project (self);

  if (project != NULL)
    present_dialog (self, hr_notes_dialog_new (G_OBJECT (project), _ ("Notes of the Project"), HR_MAX_NOTES_BYTES));
}

static void
edit_targets (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrInspector *self = HR_INSPECTOR (widget);

  if (self->configuration == NULL)
    return;

  GtkWidget *dialog = hr_targets_dialog_new (self->configuration);
  hr_targets_dialog_set_members (HR_TARGETS_DIALOG (dialog), self->members);
  present_dialog (self, dialog);
}

static void
hr_inspector_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrInspectorProperty) property_id)
    {
    case PROP_SELECTION:
      g_value_set_object (value, HR_INSPECTOR (object)->selection);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_inspector_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrInspectorProperty) property_id)
    {
    case PROP_SELECTION:
      hr_inspector_set_selection (HR_INSPECTOR (object), g_value_get_object (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_inspector_dispose (GObject *object)
{
  HrInspector *self = HR_INSPECTOR (object);

  hr_inspector_set_selection (self, NULL);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->hints);
  g_clear_object (&self->members);
  g_clear_object (&self->configuration_signals);
  g_clear_object (&self->project_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_INSPECTOR);

  G_OBJECT_CLASS (hr_inspector_parent_class)->dispose (object);
}

static void
hr_inspector_class_init (HrInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  guint n_fields;
  const int *fields = hr_inspector_fields (&n_fields);

  object_class->get_property = hr_inspector_get_property;
  object_class->set_property = hr_inspector_set_property;
  object_class->dispose = hr_inspector_dispose;

  properties[PROP_SELECTION] = g_param_spec_object (
      "selection", NULL, NULL, HR_TYPE_SELECTION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (HR_TYPE_FIELD_EXPANDER);
  g_type_ensure (HR_TYPE_NUMBER_ROW);
  g_type_ensure (HR_TYPE_CHOICE_ROW);
  g_type_ensure (HR_TYPE_SWITCH_ROW);
  g_type_ensure (HR_TYPE_VERDICT_CHIP);
  g_type_ensure (HR_TYPE_TIME_GROUP);
  g_type_ensure (HR_TYPE_MEASURED_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, HrInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, groups);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, name);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, several_row);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, notes_row);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, verdict_row);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, verdict_chip);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, model_row);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, targets_row);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, optimizer_group);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, batch_group);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, inference_group);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, savings_group);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, time_group);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, gpu_row);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, keep_batch);
  gtk_widget_class_bind_template_callback (widget_class, keep_batch_cb);
  gtk_widget_class_bind_template_child (widget_class, HrInspector, measured_group);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    gtk_widget_class_bind_template_child_full (widget_class, notes[i].name, FALSE, 0);
  for (guint i = 0; i < n_fields; i++)
    gtk_widget_class_bind_template_child_full (widget_class, hr_member_name (fields[i]), FALSE, 0);
  for (const HrInspectorExpander *expander = hr_inspector_expanders (); expander->id != NULL; expander++)
    gtk_widget_class_bind_template_child_full (widget_class, expander->id, FALSE, 0);

  gtk_widget_class_install_action (widget_class, "inspector.change-model", NULL, change_model);
  gtk_widget_class_install_action (widget_class, "inspector.change-gpu", NULL, change_gpu);
  gtk_widget_class_install_action (widget_class, "inspector.edit-targets", NULL, edit_targets);
  gtk_widget_class_install_action (widget_class, "inspector.edit-notes", NULL, edit_notes);
  gtk_widget_class_install_action (widget_class, "inspector.edit-project-notes", NULL, edit_project_notes);
}

static void
add_hint (HrInspector *self, GtkWidget *row, int field)
{
  if (ADW_IS_ACTION_ROW (row) && field != HR_JOB_BATCH_ACCUMULATION_STEPS) /* whose hint is the effective batch */
    hr_inspector_hints_add (self->hints, ADW_ACTION_ROW (row), field);
}

static void
bind_rows (HrInspector *self)
{
  guint n_fields;
  const int *fields = hr_inspector_fields (&n_fields);

  hr_field_row_bind (ADW_PREFERENCES_ROW (self->name), HR_JOB_NAME, self->members);
  hr_text_direction_align (GTK_EDITABLE (self->name));
  for (guint i = 0; i < n_fields; i++)
    {
      GtkWidget *row = get_child (self, hr_member_name (fields[i]));

      hr_field_row_bind (ADW_PREFERENCES_ROW (row), fields[i], self->members);
      add_hint (self, row, fields[i]);
    }
  for (const HrInspectorExpander *expander = hr_inspector_expanders (); expander->id != NULL; expander++)
    {
      GtkWidget *row = get_child (self, expander->id);

      hr_field_expander_set_fields (HR_FIELD_EXPANDER (row), expander->fields, expander->n_fields, self->members);
      g_signal_connect_object (row, "row-added", G_CALLBACK (add_hint), self, G_CONNECT_SWAPPED);
    }
}

static void
hr_inspector_init (HrInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->hints = hr_inspector_hints_new ();
  self->members = hr_members_new ();
  self->configuration_signals = g_signal_group_new (HR_TYPE_CONFIGURATION);
  g_signal_group_connect_swapped (self->configuration_signals, "notify", G_CALLBACK (queue_refresh), self);
  self->project_signals = g_signal_group_new (HR_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "estimated", G_CALLBACK (update_configuration), self);

  hr_row_figure_show (ADW_ACTION_ROW (self->verdict_row), "title");
  bind_rows (self);
  g_signal_connect_object (hr_own_catalog_get_default (), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

GtkWidget *
hr_inspector_new (void)
{
  return g_object_new (HR_TYPE_INSPECTOR, NULL);
}

GtkWidget *
hr_inspector_get_row (HrInspector *self, HrFieldId field)
{
  g_return_val_if_fail (HR_IS_INSPECTOR (self), NULL);

  guint n_fields;
  const int *fields = hr_inspector_fields (&n_fields);

  if (field == HR_JOB_NAME)
    return self->name;
  for (guint i = 0; i < n_fields; i++)
    if (fields[i] == (int) field)
      return get_child (self, hr_member_name (field));
  for (const HrInspectorExpander *expander = hr_inspector_expanders (); expander->id != NULL; expander++)
    {
      GtkWidget *row = hr_field_expander_get_row (HR_FIELD_EXPANDER (get_child (self, expander->id)), field);

      if (row != NULL)
        return row;
    }

  return NULL;
}

void
hr_inspector_set_selection (HrInspector *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_INSPECTOR (self));
  g_return_if_fail (selection == NULL || HR_IS_SELECTION (selection));

  if (self->selection == selection)
    return;

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_set_object (&self->selection, selection);
  if (selection != NULL)
    {
      g_signal_connect_object (selection, "notify::project", G_CALLBACK (update_configuration), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (selection, "notify::configuration", G_CALLBACK (update_configuration), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (selection, "selected-changed", G_CALLBACK (update_configuration), self,
                               G_CONNECT_SWAPPED);
    }
  update_configuration (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
