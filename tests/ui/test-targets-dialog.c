/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "catalog/hr-catalog.h"
#include "model/hr-document.h"
#include "ui/hr-switch-row.h"
#include "ui/hr-targets-dialog.h"

typedef struct
{
  HrDocument *document;
  HrConfiguration *configuration;
  GtkWidget *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const HrTargets all = { .all_linear = TRUE };
  const HrCatalogModel *model = hr_catalog_find_model (data);
  g_autoptr (GError) error = NULL;

  fixture->document = hr_document_new_sample (&error);
  g_assert_no_error (error);
  fixture->configuration
      = hr_project_add (hr_document_get_project (fixture->document), G_MAXUINT, HR_TASK_TRAIN, HR_METHOD_LORA, NULL);
  hr_configuration_set_model (fixture->configuration, model->id, &model->architecture);
  hr_configuration_set_targets (fixture->configuration, &all);
  g_object_set (fixture->configuration, "method-rank", G_GUINT64_CONSTANT (16), NULL);
  hr_document_seal (fixture->document);
  fixture->dialog = hr_targets_dialog_new (fixture->configuration);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  ui_settle ();
  g_object_unref (fixture->document);
}

static const char *
total (Fixture *fixture)
{
  return gtk_label_get_label (
      GTK_LABEL (gtk_widget_get_template_child (fixture->dialog, HR_TYPE_TARGETS_DIALOG, "total")));
}

static HrSwitchRow *
all_linear (Fixture *fixture)
{
  return HR_SWITCH_ROW (gtk_widget_get_template_child (fixture->dialog, HR_TYPE_TARGETS_DIALOG, "all_linear"));
}

static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  if (ADW_IS_ACTION_ROW (root) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkCheckButton *
check (Fixture *fixture, const char *module)
{
  GtkWidget *row = find_row (fixture->dialog, module);

  return row != NULL ? GTK_CHECK_BUTTON (ui_find (row, GTK_TYPE_CHECK_BUTTON)) : NULL;
}

static char *
targets (Fixture *fixture)
{
  char *text = NULL;

  g_object_get (fixture->configuration, "method-targets", &text, NULL);
  return text;
}

/* Llama 3 8B at rank 16: 41,943,040 on all linear layers, 6,815,744 on query and value. */
static void
test_query_and_value (Fixture *fixture, gconstpointer data)
{
  static const char *const others[] = { "k_proj", "o_proj", "gate_proj", "up_proj", "down_proj" };

  g_assert_cmpstr (total (fixture), ==, "41,943,040");
  g_assert_true (hr_switch_row_get_active (all_linear (fixture)));
  g_assert_false (gtk_check_button_get_active (check (fixture, "lm_head")));

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_true (gtk_check_button_get_active (check (fixture, others[i])));
      gtk_check_button_set_active (check (fixture, others[i]), FALSE);
    }
  g_autofree char *text = targets (fixture);
  g_assert_cmpstr (text, ==, "q_proj, v_proj");
  g_assert_cmpstr (total (fixture), ==, "6,815,744");
  g_assert_false (hr_switch_row_get_active (all_linear (fixture)));

  hr_switch_row_set_active (all_linear (fixture), TRUE);
  g_assert_cmpstr (total (fixture), ==, "41,943,040");
  g_assert_true (gtk_check_button_get_active (check (fixture, "up_proj")));
}

static void
test_undo_shows (Fixture *fixture, gconstpointer data)
{
  gtk_check_button_set_active (check (fixture, "q_proj"), FALSE);
  g_assert_false (hr_switch_row_get_active (all_linear (fixture)));

  hr_document_undo (fixture->document);
  g_assert_true (hr_switch_row_get_active (all_linear (fixture)));
  g_assert_true (gtk_check_button_get_active (check (fixture, "q_proj")));
}

/* Switching "all" off spells the same modules out. */
static void
test_all_off_keeps_the_modules (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup (total (fixture));

  hr_switch_row_set_active (all_linear (fixture), FALSE);
  g_assert_false (hr_configuration_get_job (fixture->configuration)->method.targets.all_linear);
  g_assert_cmpstr (total (fixture), ==, before);
}

/* A family that fuses roles lists its own modules; a role that a file names shows as its module. */
static void
test_fused_modules (Fixture *fixture, gconstpointer data)
{
  const HrTargets query = { .count = 1, .names = { "q_proj" } };

  g_assert_nonnull (check (fixture, "c_attn"));
  g_assert_null (check (fixture, "q_proj"));

  hr_configuration_set_targets (fixture->configuration, &query);
  g_assert_true (gtk_check_button_get_active (check (fixture, "c_attn")));
  gtk_check_button_set_active (check (fixture, "c_attn"), FALSE);
  g_assert_cmpuint (hr_configuration_get_job (fixture->configuration)->method.targets.count, ==, 0);
  g_assert_cmpstr (total (fixture), ==, "0");
}

/* No model of the catalogue has more modules than a list can name. */
static void
test_every_model_can_be_spelled_out (void)
{
  const HrTargets all = { .all_linear = TRUE };
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  for (gsize i = 0; i < n_models; i++)
    {
      HrLinear modules[HR_MAX_LINEARS];

      g_test_message ("%s", models[i].id);
      g_assert_cmpuint (hr_targets_select (&all, &models[i].architecture, modules), <=, HR_MAX_TARGETS);
    }
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

#define LLAMA "meta-llama/Meta-Llama-3-8B"
#define ADD(path, model, function) g_test_add ("/targets-dialog/" path, Fixture, model, set_up, function, tear_down)
  ADD ("query-and-value", LLAMA, test_query_and_value);
  ADD ("undo-shows", LLAMA, test_undo_shows);
  ADD ("all-off-keeps-the-modules", LLAMA, test_all_off_keeps_the_modules);
  ADD ("fused-all-off-keeps-the-modules", "openai-community/gpt2", test_all_off_keeps_the_modules);
  ADD ("fused-modules", "openai-community/gpt2", test_fused_modules);
  g_test_add_func ("/targets-dialog/every-model-can-be-spelled-out", test_every_model_can_be_spelled_out);

  return g_test_run ();
}
