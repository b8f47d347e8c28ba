/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "model/hr-document.h"
#include "model/hr-labels.h"
#include "model/hr-member.h"
#include "model/hr-project-measured.h"
#include "ui/hr-choice-row.h"
#include "ui/hr-gpu-dialog.h"
#include "ui/hr-inspector.h"
#include "ui/hr-notes-dialog.h"
#include "ui/hr-number-row.h"
#include "ui/hr-switch-row.h"

#include <string.h>

typedef struct
{
  HrDocument *document;
  HrProject *project;
  HrSelection *selection;
  GtkWidget *inspector;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

/* A project with a configuration of every method and one for inference. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->document = hr_document_new_sample (&error);
  g_assert_no_error (error);
  fixture->project = hr_document_get_project (fixture->document);
  for (int method = 0; method < (int) HR_METHODS.count; method++)
    hr_project_add (fixture->project, G_MAXUINT, HR_TASK_TRAIN, method, NULL);
  hr_project_add (fixture->project, G_MAXUINT, HR_TASK_INFER, HR_METHOD_FULL, NULL);

  fixture->selection = hr_selection_new ();
  hr_selection_set_project (fixture->selection, fixture->project);
  fixture->inspector = g_object_ref_sink (hr_inspector_new ());
  hr_inspector_set_selection (HR_INSPECTOR (fixture->inspector), fixture->selection);
  g_signal_connect_swapped (fixture->project, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->inspector);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->document);
  ui_settle ();
}

static guint
n_configurations (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->project));
}

static HrConfiguration *
choose (Fixture *fixture, guint position)
{
  HrConfiguration *configuration = hr_project_get_configuration (fixture->project, position);

  hr_selection_set_configuration (fixture->selection, configuration);
  hr_project_flush (fixture->project);
  return configuration;
}

static HrConfiguration *
choose_method (Fixture *fixture, HrTask task, HrMethod method)
{
  for (guint i = 0; i < n_configurations (fixture); i++)
    {
      const HrJob *job = hr_configuration_get_job (hr_project_get_configuration (fixture->project, i));
      if (job->task == task && (task == HR_TASK_INFER || job->method.kind == method))
        return choose (fixture, i);
    }

  g_assert_not_reached ();
}

static GtkWidget *
row (Fixture *fixture, HrFieldId field)
{
  return hr_inspector_get_row (HR_INSPECTOR (fixture->inspector), field);
}

static GtkWidget *
child (Fixture *fixture, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (fixture->inspector, HR_TYPE_INSPECTOR, name));
}

/* What a row shows, as text. */
static char *
shown (GtkWidget *widget)
{
  if (HR_IS_NUMBER_ROW (widget))
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (ui_find (widget, GTK_TYPE_ENTRY)));
      return g_strdup (*text != '\0' ? text : "Automatic");
    }
  if (HR_IS_CHOICE_ROW (widget))
    return g_strdup (gtk_string_object_get_string (adw_combo_row_get_selected_item (ADW_COMBO_ROW (widget))));
  if (HR_IS_SWITCH_ROW (widget))
    return g_strdup (hr_switch_row_get_active (HR_SWITCH_ROW (widget)) ? "On" : "Off");

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
}

/* Edits a row as a user does. */
static void
operate (GtkWidget *widget)
{
  if (HR_IS_NUMBER_ROW (widget))
    ui_press (ui_find (widget, GTK_TYPE_ENTRY), GDK_KEY_Up);
  else if (HR_IS_CHOICE_ROW (widget))
    adw_combo_row_set_selected (ADW_COMBO_ROW (widget), adw_combo_row_get_selected (ADW_COMBO_ROW (widget)) == 0);
  else if (HR_IS_SWITCH_ROW (widget))
    gtk_switch_set_active (GTK_SWITCH (ui_find (widget, GTK_TYPE_SWITCH)),
                           !hr_switch_row_get_active (HR_SWITCH_ROW (widget)));
  else
    gtk_editable_set_text (GTK_EDITABLE (widget), "Another name");
}

static void
check_row (Fixture *fixture, HrConfiguration *configuration, HrFieldId field)
{
  GtkWidget *widget = row (fixture, field);
  g_autofree char *value_before = hr_field_text (field, hr_configuration_get_job (configuration));
  g_autofree char *shown_before = shown (widget);

  g_test_message ("%s of %s", hr_member_name (field), hr_configuration_get_job (configuration)->name);
  g_assert_cmpstr (shown_before, ==, value_before);

  fixture->n_changes = 0;
  hr_document_seal (fixture->document);
  operate (widget);
  g_autofree char *value_after = hr_field_text (field, hr_configuration_get_job (configuration));
  g_autofree char *shown_after = shown (row (fixture, field));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpstr (value_after, !=, value_before);
  g_assert_cmpstr (shown_after, ==, value_after);

  if (HR_IS_CHOICE_ROW (widget))
    gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value_after);

  hr_document_undo (fixture->document);
  g_autofree char *value_undone = hr_field_text (field, hr_configuration_get_job (configuration));
  g_autofree char *shown_undone = shown (row (fixture, field));
  g_assert_cmpstr (value_undone, ==, value_before);
  g_assert_cmpstr (shown_undone, ==, value_before);
}

static void
test_every_row_edits_its_member (Fixture *fixture, gconstpointer data)
{
  guint n_checked = 0;

  for (guint i = 0; i < n_configurations (fixture); i++)
    for (int field = 0; field < HR_N_JOB_FIELDS; field++)
      {
        HrConfiguration *configuration = choose (fixture, i);
        GtkWidget *widget = row (fixture, field);

        if (widget == NULL || !gtk_widget_get_visible (widget) || field == HR_JOB_ACTIVATIONS_SELECTIVE_POLICY)
          continue; /* there is one policy only */
        check_row (fixture, configuration, field);
        n_checked++;
      }

  g_assert_cmpuint (n_checked, >, 200);
}

/* Members that are edited elsewhere: what names a configuration in files, and what dialogs choose. */
static void
test_every_member_has_a_row (Fixture *fixture, gconstpointer data)
{
  const int elsewhere[] = { HR_JOB_ID, HR_JOB_MODEL_ID, HR_JOB_METHOD_TARGETS, HR_JOB_GPU_ID, HR_JOB_GPU_NAME };
  guint n_rows = 0;

  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    {
      gboolean is_elsewhere = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (elsewhere); i++)
        is_elsewhere |= elsewhere[i] == field;
      g_test_message ("%s", hr_member_name (field));
      g_assert_cmpint (row (fixture, field) == NULL, ==, is_elsewhere);
      n_rows += is_elsewhere ? 0 : 1;
    }
  g_assert_cmpuint (n_rows, ==, HR_N_JOB_FIELDS - G_N_ELEMENTS (elsewhere));
}

/* Folded away, a member that is not as usual is told all the same. */
static void
test_expanders (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_QLORA);
  GtkWidget *details = child (fixture, "quantization_expander");

  g_assert_true (gtk_widget_get_visible (details));
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (details)), ==, "");
  g_object_set (configuration, "quantization-head", TRUE, "quantization-group-size", G_GUINT64_CONSTANT (32), NULL);
  hr_project_flush (fixture->project);
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (details)), ==,
                   "Quantization group size: 32\nQuantized head: On");
  choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_FULL);
  g_assert_false (gtk_widget_get_visible (details));
  g_assert_false (gtk_widget_get_visible (child (fixture, "inference_expander")));
}

static void
select_all (Fixture *fixture)
{
  hr_selection_select_all (fixture->selection);
  hr_project_flush (fixture->project);
  ui_settle ();
}

static const char *
row_subtitle (GtkWidget *widget)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (widget));
}

static void
test_several (Fixture *fixture, gconstpointer data)
{
  g_autofree char *heading = g_strdup_printf ("%u configurations", n_configurations (fixture));
  GtkWidget *batch = row (fixture, HR_JOB_BATCH_MICRO_BATCH_SIZE), *task = row (fixture, HR_JOB_TASK);
  GtkWidget *padding = row (fixture, HR_JOB_BATCH_PADDING);

  choose (fixture, 0);
  g_object_set (hr_project_get_configuration (fixture->project, 1), "batch-padding", TRUE, "batch-micro-batch-size",
                G_GUINT64_CONSTANT (7), NULL);
  select_all (fixture);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child (fixture, "several_row"))), ==, heading);
  g_assert_false (gtk_widget_get_visible (child (fixture, "name")));
  g_assert_true (gtk_widget_get_visible (child (fixture, "inference_group")));
  g_assert_true (gtk_widget_get_visible (child (fixture, "optimizer_group")));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (task)), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (ui_find (batch, GTK_TYPE_ENTRY))), ==, "");
  g_assert_nonnull (strstr (row_subtitle (batch), "Several values: 1, 7\nIn "));
  g_assert_true (gtk_check_button_get_inconsistent (GTK_CHECK_BUTTON (ui_find (padding, GTK_TYPE_CHECK_BUTTON))));

  /* Looking at them has changed nothing; one edit changes all, and is undone as one. */
  fixture->n_changes = 0;
  gtk_editable_set_text (GTK_EDITABLE (ui_find (batch, GTK_TYPE_ENTRY)), "3");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (padding, GTK_TYPE_CHECK_BUTTON)), TRUE);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  for (guint i = 0; i < n_configurations (fixture); i++)
    {
      const HrJob *job = hr_configuration_get_job (hr_project_get_configuration (fixture->project, i));

      g_assert_cmpuint (job->batch.micro_batch_size, ==, job->task == HR_TASK_TRAIN ? 3 : 1);
      g_assert_cmpint (job->batch.padding, ==, job->task == HR_TASK_TRAIN);
    }
  hr_document_undo (fixture->document);
  hr_document_undo (fixture->document);
  hr_project_flush (fixture->project);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (ui_find (batch, GTK_TYPE_ENTRY))), ==, "");

  choose (fixture, 1);
  ui_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (ui_find (batch, GTK_TYPE_ENTRY))), ==, "7");
  g_assert_true (hr_switch_row_get_active (HR_SWITCH_ROW (padding)));
  g_assert_true (gtk_widget_get_visible (child (fixture, "name")));
}

/* From many to one and back: nothing may be written. */
static void
test_selecting_several_edits_nothing (Fixture *fixture, gconstpointer data)
{
  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    row (fixture, field);
  fixture->n_changes = 0;
  for (guint i = 0; i < n_configurations (fixture); i++)
    {
      choose (fixture, i);
      select_all (fixture);
      hr_selection_toggle (fixture->selection, hr_project_get_configuration (fixture->project, i));
      hr_project_flush (fixture->project);
      ui_settle ();
    }
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_notes (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose (fixture, 0);
  GtkWidget *dialog = g_object_ref_sink (hr_notes_dialog_new (G_OBJECT (configuration), "Notes", 32));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_find (dialog, GTK_TYPE_TEXT_VIEW)));
  g_autofree char *text = NULL;

  gtk_text_buffer_set_text (buffer, "*Why* r16", -1);
  g_assert_cmpstr (hr_entry_get_notes (hr_configuration_get_entry (configuration)), ==, "*Why* r16");
  hr_project_flush (fixture->project);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child (fixture, "notes_row"))), ==, "Why r16");

  /* Too long to be kept: it stays in sight, and what was kept stays. */
  gtk_text_buffer_insert_at_cursor (buffer, " and much more than is allowed here", -1);
  g_assert_cmpstr (hr_entry_get_notes (hr_configuration_get_entry (configuration)), ==, "*Why* r16");
  while (hr_entry_get_notes (hr_configuration_get_entry (configuration))[0] != '\0')
    hr_document_undo (fixture->document);
  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_finalize_object (dialog);
}

static void
assert_shows (Fixture *fixture, HrConfiguration *configuration)
{
  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    {
      GtkWidget *widget = row (fixture, field);
      g_autofree char *value = hr_field_text (field, hr_configuration_get_job (configuration));
      g_autofree char *text = widget != NULL ? shown (widget) : NULL;

      if (widget == NULL)
        continue;
      g_test_message ("%s", hr_member_name (field));
      g_assert_cmpstr (text, ==, value);
      g_assert_true (!HR_IS_NUMBER_ROW (widget) || hr_number_row_is_valid (HR_NUMBER_ROW (widget)));
    }
}

/* Makes configurations that differ in everything, then goes from one to the other: nothing may be written. */
static void
test_switching_edits_nothing (Fixture *fixture, gconstpointer data)
{
  choose (fixture, 0);
  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    if (row (fixture, field) != NULL)
      operate (row (fixture, field));
  choose (fixture, n_configurations (fixture) - 1);
  fixture->n_changes = 0;

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < n_configurations (fixture); i++)
      {
        gtk_editable_set_text (GTK_EDITABLE (ui_find (row (fixture, HR_JOB_METHOD_RANK), GTK_TYPE_ENTRY)), "nonsense");
        assert_shows (fixture, choose (fixture, i));
      }

  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_invalid_text_leaves_the_document (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_LORA);
  GtkWidget *entry = ui_find (row (fixture, HR_JOB_METHOD_RANK), GTK_TYPE_ENTRY);
  guint64 rank = hr_configuration_get_job (configuration)->method.rank;

  gtk_editable_set_text (GTK_EDITABLE (entry), "sixteen");
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  g_assert_cmpuint (hr_configuration_get_job (configuration)->method.rank, ==, rank);

  /* Another member changes: the text that is being mended stays. */
  g_object_set (configuration, "batch-sequence-length", G_GUINT64_CONSTANT (512), NULL);
  hr_project_flush (fixture->project);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "sixteen");
}

static void
test_long_name_is_refused (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose (fixture, 0);
  g_autofree char *before = g_strdup (hr_configuration_get_job (configuration)->name);
  g_autofree char *endless = g_strnfill (HR_NAME_SIZE, 'x');

  gtk_editable_set_text (GTK_EDITABLE (child (fixture, "name")), endless);
  g_assert_cmpstr (hr_configuration_get_job (configuration)->name, !=, endless);
  g_assert_true (gtk_widget_has_css_class (child (fixture, "name"), "error"));

  gtk_editable_set_text (GTK_EDITABLE (child (fixture, "name")), "Short");
  g_assert_cmpstr (hr_configuration_get_job (configuration)->name, ==, "Short");
  g_assert_false (gtk_widget_has_css_class (child (fixture, "name"), "error"));
}

static void
test_rows_that_do_not_apply_are_hidden (Fixture *fixture, gconstpointer data)
{
  choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_FULL);
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_METHOD_TRAINED_LAYERS)));
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_QUANTIZATION_DOUBLE)));
  g_assert_false (gtk_widget_get_visible (child (fixture, "targets_row")));
  g_assert_true (gtk_widget_get_visible (child (fixture, "optimizer_group")));
  g_assert_false (gtk_widget_get_visible (child (fixture, "inference_group")));

  choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_LAST_LAYERS);
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_METHOD_TRAINED_LAYERS)));

  choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_QLORA);
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_METHOD_RANK)));
  g_assert_true (gtk_widget_get_visible (child (fixture, "targets_row")));
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_QUANTIZATION_DOUBLE)));
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_METHOD_TRAINED_LAYERS)));

  choose_method (fixture, HR_TASK_INFER, HR_METHOD_FULL);
  g_assert_true (gtk_widget_get_visible (child (fixture, "inference_group")));
  g_assert_false (gtk_widget_get_visible (child (fixture, "optimizer_group")));
  g_assert_false (gtk_widget_get_visible (child (fixture, "batch_group")));
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_ACTIVATIONS_ATTENTION)));
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_ACTIVATIONS_CHECKPOINTING)));
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_PRECISION_AUTOCAST)));
}

static gboolean
tells_obstacle (gpointer number_row)
{
  g_autofree char *hint = NULL;

  g_object_get (number_row, "hint", &hint, NULL);
  return g_strcmp0 (hint, "Needs a method with adapters, such as LoRA") == 0;
}

/* What people look for is there, and says which other setting it waits for. */
static void
test_rows_that_another_setting_obstructs (Fixture *fixture, gconstpointer data)
{
  static const HrFieldId sought[]
      = { HR_JOB_METHOD_RANK, HR_JOB_QUANTIZATION_SCHEME, HR_JOB_PARALLEL_DATA_SHARDING, HR_JOB_PARALLEL_TENSOR };

  choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_FULL);
  for (guint i = 0; i < G_N_ELEMENTS (sought); i++)
    {
      g_assert_true (gtk_widget_get_visible (row (fixture, sought[i])));
      g_assert_false (gtk_widget_get_sensitive (row (fixture, sought[i])));
    }
  ui_await (tells_obstacle, row (fixture, HR_JOB_METHOD_RANK));

  g_object_set (choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_LORA), "parallel-gpus", G_GUINT64_CONSTANT (8), NULL);
  hr_project_flush (fixture->project);
  for (guint i = 0; i < G_N_ELEMENTS (sought); i++)
    g_assert_true (gtk_widget_get_sensitive (row (fixture, sought[i])));
  ui_wait_for (!tells_obstacle (row (fixture, HR_JOB_METHOD_RANK)));
}

static void
test_choosing_a_method_brings_its_quantization (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_LORA);

  hr_choice_row_set_value (HR_CHOICE_ROW (row (fixture, HR_JOB_METHOD_KIND)), HR_METHOD_QLORA);
  g_assert_cmpint (hr_configuration_get_job (configuration)->quantization.scheme, ==, HR_QUANTIZATION_NF4);
  g_assert_cmpuint (hr_choice_row_get_value (HR_CHOICE_ROW (row (fixture, HR_JOB_QUANTIZATION_SCHEME))), ==,
                    HR_QUANTIZATION_NF4);
  hr_project_flush (fixture->project);
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_QUANTIZATION_DOUBLE)));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

static void
test_header_tells_the_place_and_the_verdict (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose (fixture, 1);
  g_autofree char *place = g_strdup_printf ("Configuration 2 of %u", n_configurations (fixture));

  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child (fixture, "name"))), ==, place);

  g_autofree char *before
      = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child (fixture, "verdict_row"))));
  g_object_set (configuration, "batch-sequence-length", G_GUINT64_CONSTANT (65536), NULL);
  hr_project_flush (fixture->project);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child (fixture, "verdict_row"))), !=, before);

  hr_project_remove (fixture->project, hr_project_get_configuration (fixture->project, 0));
  hr_project_flush (fixture->project);
  g_assert_true (g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child (fixture, "name"))),
                                   "Configuration 1 of "));
}

static void
test_groups_tell_what_does_not_go_together (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_FULL);
  GtkWidget *note = child (fixture, "batch_note");

  g_assert_false (gtk_widget_get_visible (note));
  g_object_set (configuration, "batch-sequence-length", G_GUINT64_CONSTANT (65536), NULL);
  hr_project_flush (fixture->project);
  g_assert_true (gtk_widget_get_visible (note));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (note)), ==, hr_warning_label (HR_WARNING_SEQUENCE_TOO_LONG));
}

static void
test_several_gpus (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_FULL);
  GtkWidget *note = child (fixture, "parallel_note");

  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_PARALLEL_GPUS)));
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_PARALLEL_CONTEXT)));
  g_assert_false (gtk_widget_get_visible (note));

  g_object_set (configuration, "parallel-gpus", G_GUINT64_CONSTANT (8), NULL);
  hr_project_flush (fixture->project);
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_PARALLEL_CONTEXT)));
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_PARALLEL_REPLICAS)));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (note)), ==, hr_warning_label (HR_WARNING_GPUS_UNUSED));

  g_object_set (configuration, "parallel-data-sharding", HR_SHARDING_FSDP, NULL);
  hr_project_flush (fixture->project);
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_PARALLEL_REPLICAS)));
  g_assert_false (gtk_widget_get_visible (note));

  g_object_set (configuration, "parallel-tensor", G_GUINT64_CONSTANT (16), NULL);
  hr_project_flush (fixture->project);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (note)), ==, hr_warning_label (HR_WARNING_PARALLEL_EXCEEDS_GPUS));
}

static void
check_gpu (Fixture *fixture, const char *title, const char *subtitle)
{
  GtkWidget *gpu = child (fixture, "gpu_row");

  hr_project_flush (fixture->project);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gpu)), ==, title);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (gpu)), ==, subtitle);
}

static void
test_own_gpu (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose (fixture, 0);
  HrGpuChoice own = { .id = "rtx-4090", .count = 2, .limits.in_use_mib = 1500 };

  check_gpu (fixture, "1 × T4", "The project’s");
  g_assert_false (gtk_widget_get_visible (row (fixture, HR_JOB_GPU_COUNT)));
  hr_configuration_set_gpu (configuration, &own);
  check_gpu (fixture, "2 × RTX 4090", "Of this configuration alone");
  g_assert_true (gtk_widget_get_visible (row (fixture, HR_JOB_GPU_COUNT)));
  g_assert_nonnull (ui_find_text (child (fixture, "verdict_row"), "1,500 MiB in use"));

  choose (fixture, 1);
  check_gpu (fixture, "1 × T4", "The project’s");
  choose (fixture, 0);
  check_gpu (fixture, "2 × RTX 4090", "Of this configuration alone");
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  hr_document_undo (fixture->document);
  check_gpu (fixture, "1 × T4", "The project’s");
}

static void
test_gpu_dialog (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = NULL;
  guint n_windows = g_list_model_get_n_items (gtk_window_get_toplevels ());

  choose (fixture, 0);
  gtk_window_set_child (GTK_WINDOW (window), fixture->inspector);
  button = ui_find_button (child (fixture, "gpu_row"), "Change…");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Change GPU…");
  g_signal_emit_by_name (button, "clicked");
  GListModel *toplevels = gtk_window_get_toplevels ();
  g_assert_cmpuint (g_list_model_get_n_items (toplevels), ==, n_windows + 1);
  g_autoptr (GtkWindow) dialog = g_list_model_get_item (toplevels, n_windows);
  g_assert_true (HR_IS_GPU_DIALOG (dialog));
  gtk_window_destroy (dialog);
  g_clear_object (&dialog);
  gtk_window_set_child (GTK_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static const char *
hint (Fixture *fixture, HrFieldId field)
{
  ui_settle ();
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row (fixture, field)));
}

/* What a row promises to free is freed once the change is made. */
static void
test_rows_tell_what_they_would_free (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_QLORA);
  char freed[HR_TEXT_SIZE];

  g_object_set (configuration, "activations-offload", FALSE, "activations-checkpointing", HR_CHECKPOINTING_FULL, NULL);
  hr_project_flush (fixture->project);
  g_autofree char *promise = g_strdup (hint (fixture, HR_JOB_ACTIVATIONS_LOSS));
  guint64 before = hr_estimate_result_get (hr_configuration_get_estimate (configuration))->peak.device_bytes;
  g_object_set (configuration, "activations-loss", HR_LOSS_FUSED, NULL);
  hr_project_flush (fixture->project);
  guint64 after = hr_estimate_result_get (hr_configuration_get_estimate (configuration))->peak.device_bytes;

  hr_format_bytes (before - after, HR_UNITS_GB, 1, freed);
  g_autofree char *expected = g_strdup_printf ("Fused would free %s", freed);
  g_assert_cmpstr (promise, ==, expected);
  g_assert_cmpstr (hint (fixture, HR_JOB_ACTIVATIONS_LOSS), ==, "");
}

static void
test_answers_are_used (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose_method (fixture, HR_TASK_TRAIN, HR_METHOD_LORA);
  GtkWidget *micro_batch = row (fixture, HR_JOB_BATCH_MICRO_BATCH_SIZE);
  const HrJob *job = hr_configuration_get_job (configuration);
  guint64 samples = hr_job_effective_batch (job);

  g_object_set (fixture->project, "gpu-id", "h200-141gb-sxm", NULL);
  hr_project_flush (fixture->project);
  hr_switch_row_set_active (HR_SWITCH_ROW (child (fixture, "keep_batch")), TRUE);
  g_assert_nonnull (strstr (hint (fixture, HR_JOB_BATCH_MICRO_BATCH_SIZE), "16"));
  GtkWidget *use = ui_find_button (micro_batch, "Use");
  g_assert_true (gtk_widget_get_visible (use));
  gtk_test_accessible_assert_property (use, GTK_ACCESSIBLE_PROPERTY_LABEL, "Use 16 for Micro-batch size");

  fixture->n_changes = 0;
  g_signal_emit_by_name (use, "clicked");
  job = hr_configuration_get_job (configuration);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpuint (job->batch.micro_batch_size, ==, 16);
  g_assert_cmpuint (hr_job_effective_batch (job), ==, samples);
  hr_project_flush (fixture->project);
  ui_settle ();
  g_assert_false (gtk_widget_get_visible (use));

  hr_switch_row_set_active (HR_SWITCH_ROW (child (fixture, "keep_batch")), FALSE);
  ui_settle ();
  g_assert_true (gtk_widget_get_visible (use));
}

static void
test_read_only_project (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HrProjectData) newer = hr_project_data_copy (hr_project_get_data (fixture->project));

  choose (fixture, 0);
  g_assert_true (gtk_widget_is_sensitive (row (fixture, HR_JOB_TASK)));
  newer->read_only = TRUE;
  hr_project_set_data (fixture->project, newer);
  hr_project_flush (fixture->project);
  g_assert_false (gtk_widget_is_sensitive (row (fixture, HR_JOB_TASK)));
  g_assert_false (gtk_widget_is_sensitive (child (fixture, "name")));
}

static void
test_nothing_selected (Fixture *fixture, gconstpointer data)
{
  GtkStack *stack = GTK_STACK (child (fixture, "stack"));

  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "configuration");
  hr_selection_set_project (fixture->selection, NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");
  hr_inspector_set_selection (HR_INSPECTOR (fixture->inspector), NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");
}

/* Removing configurations one by one down to none leaves nothing behind that points to them. */
static void
test_removal (Fixture *fixture, gconstpointer data)
{
  while (n_configurations (fixture) > 0)
    {
      hr_project_remove (fixture->project, hr_selection_get_configuration (fixture->selection));
      ui_settle ();
    }

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (child (fixture, "stack"))), ==, "empty");
  hr_document_undo (fixture->document);
  ui_settle ();
}

/* Each figure can be removed, and the focus then stays within reach. */
static void
test_measured (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = choose (fixture, 2);
  GtkWidget *group = child (fixture, "measured_group");
  HrMeasurement measurement
      = { .figures = { { .bytes = 10000000000, .metric = HR_METRIC_MAX_ALLOCATED, .source = "" },
                       { .bytes = 12000000000, .metric = HR_METRIC_DEVICE, .source = "dry run" } },
          .n_figures = 2 };
  g_autoptr (GError) error = NULL;
  size_t n_measured;

  g_assert_nonnull (ui_find_text (group, "A dry run on the GPU"));
  g_strlcpy (measurement.model, "openai-community/gpt2", sizeof measurement.model);
  g_assert_false (hr_project_add_measurement (fixture->project, configuration, &measurement, &error));
  g_assert_nonnull (strstr (error->message, "gpt2"));
  g_strlcpy (measurement.model, hr_configuration_get_job (configuration)->model_id, sizeof measurement.model);
  g_assert_true (hr_project_add_measurement (fixture->project, configuration, &measurement, NULL));
  hr_project_flush (fixture->project);
  g_assert_nonnull (ui_find_text (group, "Allocated: 10.00 GB"));
  g_assert_nonnull (ui_find_text (group, "Device: 12.00 GB"));
  g_assert_nonnull (ui_find_text (group, " % · dry run"));

  g_signal_emit_by_name (ui_find_button (group, "user-trash-symbolic"), "clicked");
  hr_project_flush (fixture->project);
  g_assert_cmpuint (hr_entry_get_measured (hr_configuration_get_entry (configuration), &n_measured)->bytes, ==,
                    12000000000);
  g_assert_cmpuint (n_measured, ==, 1);
  g_assert_null (ui_find_text (group, "Allocated: 10.00 GB"));
  g_signal_emit_by_name (ui_find_button (group, "user-trash-symbolic"), "clicked");
  hr_project_flush (fixture->project);
  g_assert_nonnull (ui_find_text (group, "A dry run on the GPU"));

  hr_document_undo (fixture->document);
  hr_project_flush (fixture->project);
  g_assert_nonnull (ui_find_text (group, "Device: 12.00 GB"));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/inspector/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("every-row-edits-its-member", test_every_row_edits_its_member);
  ADD ("switching-edits-nothing", test_switching_edits_nothing);
  ADD ("invalid-text-leaves-the-document", test_invalid_text_leaves_the_document);
  ADD ("long-name-is-refused", test_long_name_is_refused);
  ADD ("several-gpus", test_several_gpus);
  ADD ("rows-that-do-not-apply-are-hidden", test_rows_that_do_not_apply_are_hidden);
  ADD ("rows-that-another-setting-obstructs", test_rows_that_another_setting_obstructs);
  ADD ("choosing-a-method-brings-its-quantization", test_choosing_a_method_brings_its_quantization);
  ADD ("header-tells-the-place-and-the-verdict", test_header_tells_the_place_and_the_verdict);
  ADD ("groups-tell-what-does-not-go-together", test_groups_tell_what_does_not_go_together);
  ADD ("own-gpu", test_own_gpu);
  ADD ("gpu-dialog", test_gpu_dialog);
  ADD ("rows-tell-what-they-would-free", test_rows_tell_what_they_would_free);
  ADD ("answers-are-used", test_answers_are_used);
  ADD ("read-only-project", test_read_only_project);
  ADD ("nothing-selected", test_nothing_selected);
  ADD ("removal", test_removal);
  ADD ("every-member-has-a-row", test_every_member_has_a_row);
  ADD ("notes", test_notes);
  ADD ("expanders", test_expanders);
  ADD ("several", test_several);
  ADD ("selecting-several-edits-nothing", test_selecting_several_edits_nothing);
  ADD ("measured", test_measured);

  return g_test_run ();
}
