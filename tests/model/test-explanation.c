/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"

#include "model/hr-explanation.h"

#define FULL 0
#define QLORA 2
#define KEPT_MIB 2048

static HrExplainNode *
node_of (HrExplainNode *parent, const char *label)
{
  GListModel *children = hr_explain_node_get_children (parent);

  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (children, i);

      if (g_str_equal (hr_explain_node_get_text (child)->label, label))
        return child;
    }
  g_error ("no line “%s”", label);
}

static guint64
check_sums (HrExplainNode *node)
{
  GListModel *children = hr_explain_node_get_children (node);
  guint64 bytes = hr_explain_node_get_text (node)->bytes, sum = 0;

  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (children, i);

      sum += check_sums (child);
    }
  if (children != NULL)
    g_assert_cmpuint (sum, ==, bytes);
  return bytes;
}

static void
test_tree (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, QLORA);
  const HrEstimate *estimate;

  hr_project_flush (project);
  estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  for (int phase = HR_EXPLAIN_PEAK; phase < (int) estimate->n_phases; phase++)
    {
      g_autoptr (HrExplainNode) root = hr_explanation_tree (configuration, phase, HR_UNITS_GB);

      g_assert_cmpuint (check_sums (root), ==,
                        phase < 0 ? estimate->peak.device_bytes : estimate->phases[phase].total_bytes);
    }

  g_autoptr (HrExplainNode) root = hr_explanation_tree (configuration, HR_EXPLAIN_PEAK, HR_UNITS_GB);
  HrExplainNode *weights = hr_explain_node_find (root, HR_COMPONENT_WEIGHTS);
  const HrExplainText *linear = hr_explain_node_get_text (node_of (weights, "Linear layers, NF4, double-quantized"));
  g_assert_cmpstr (linear->formula, ==, "6,979,321,856 × 0.515869 B");
  g_assert_cmpstr (linear->size_text, ==, "3.60 GB");
  g_assert_cmpstr (hr_explain_node_get_text (node_of (weights, "Norms and biases"))->formula, ==, "65 × 4,096 × 2 B");
  g_assert_cmpstr (hr_explain_node_get_text (node_of (weights, "Norms and biases"))->size_text, ==, "0.53 MB");

  HrExplainNode *activations = hr_explain_node_find (root, HR_COMPONENT_ACTIVATIONS);
  g_assert_cmpstr (hr_explain_node_get_text (node_of (activations, "Stored layer inputs"))->formula, ==,
                   "32 × 2,048 tokens × 4,096 × 2 B");
}

/* Counts the lines, each of which must say what the same line of @wanted says. */
static guint
check_same (HrExplainNode *node, HrExplainNode *wanted)
{
  const HrExplainText *text = hr_explain_node_get_text (node), *wanted_text = hr_explain_node_get_text (wanted);
  GListModel *children = hr_explain_node_get_children (node), *wanted_children = hr_explain_node_get_children (wanted);
  guint n_lines = 1;

  g_assert_cmpstr (text->label, ==, wanted_text->label);
  g_assert_cmpstr (text->formula, ==, wanted_text->formula);
  g_assert_cmpstr (text->size_text, ==, wanted_text->size_text);
  g_assert_cmpstr (text->share_text, ==, wanted_text->share_text);
  g_assert_cmpstr (text->note, ==, wanted_text->note);
  g_assert_cmpuint (text->bytes, ==, wanted_text->bytes);
  g_assert_cmpuint (text->component, ==, wanted_text->component);
  g_assert_cmpint (children != NULL, ==, wanted_children != NULL);
  if (children == NULL)
    return n_lines;

  g_assert_cmpuint (g_list_model_get_n_items (children), ==, g_list_model_get_n_items (wanted_children));
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (children, i);
      g_autoptr (HrExplainNode) wanted_child = g_list_model_get_item (wanted_children, i);

      n_lines += check_same (child, wanted_child);
    }
  return n_lines;
}

/* Through phases whose lines differ a tree that is updated says what one says that is made anew; also where lines that
 * were gone stayed for a while. */
static void
test_update (gconstpointer keep_)
{
  gboolean keep = GPOINTER_TO_INT (keep_);
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, QLORA);
  guint n_lines = 0, n_moved = 0;

  hr_project_flush (project);
  guint n_phases = hr_estimate_result_get (hr_configuration_get_estimate (configuration))->n_phases;
  g_autoptr (HrExplainNode) root = hr_explanation_tree (configuration, HR_EXPLAIN_PEAK, HR_UNITS_GB);
  HrExplainNode *weights = hr_explain_node_find (root, HR_COMPONENT_WEIGHTS);
  for (guint i = 0; i < 2 * n_phases; i++)
    {
      int phase = i < n_phases ? (int) i : (int) (2 * n_phases - i - 1);
      g_autoptr (HrExplainNode) wanted = hr_explanation_tree (configuration, phase, HR_UNITS_GIB);
      HrExplainNode *other = hr_explanation_tree (configuration, phase, HR_UNITS_GIB);
      guint n_before = n_lines;
      gboolean moved = hr_explain_node_update (root, other, keep);

      check_sums (root);
      g_assert_cmpuint (hr_explain_node_get_text (root)->bytes, ==, hr_explain_node_get_text (wanted)->bytes);
      moved |= hr_explain_node_drop_gone (root);
      n_lines = check_same (root, wanted);
      g_assert_true (moved || n_lines == n_before);
      g_assert_true (hr_explain_node_find (root, HR_COMPONENT_WEIGHTS) == weights);
      n_moved += moved ? 1 : 0;
    }
  g_assert_cmpuint (n_moved, >, 0);
}

/* Below @parent: a child for each letter, by which they are told apart. */
static HrExplainNode *
letters (const char *texts)
{
  HrExplainNode *root = hr_explain_node_new (&(HrExplainText){ .component = HR_COMPONENT_WEIGHTS });

  for (const char *c = texts; *c != '\0'; c++)
    hr_explain_node_add (root, hr_explain_node_new (&(HrExplainText){ .label = (char[]){ *c, '\0' }, .bytes = 1 }));
  return root;
}

/* The lines below @root; those that are nothing in brackets. */
static char *
spell (HrExplainNode *root)
{
  GString *text = g_string_new (NULL);
  GListModel *children = hr_explain_node_get_children (root);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (children, i);
      const HrExplainText *line = hr_explain_node_get_text (child);

      g_string_append_printf (text, line->bytes > 0 ? "%s" : "(%s)", line->label);
    }
  return g_string_free (text, FALSE);
}

static void
test_order (void)
{
  static const struct
  {
    const char *before, *after, *kept;
  } cases[] = {
    { "abc", "abc", "abc" },         { "aab", "ab", "a(a)b" },         { "ab", "aab", "aab" },
    { "abc", "ac", "a(b)c" },        { "ac", "abc", "abc" },           { "abc", "cab", "cab" },
    { "abcd", "dx", "(a)(b)(c)dx" }, { "abc", "xyz", "(a)(b)(c)xyz" }, { "abcd", "bxa", "bxa(c)(d)" },
    { "a", "bca", "bca" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrExplainNode) root = letters (cases[i].before);
      g_autofree char *kept = NULL, *dropped = NULL;

      hr_explain_node_update (root, letters (cases[i].after), TRUE);
      kept = spell (root);
      g_assert_cmpstr (kept, ==, cases[i].kept);
      hr_explain_node_update (root, letters (cases[i].after), FALSE);
      dropped = spell (root);
      g_assert_cmpstr (dropped, ==, cases[i].after);
    }
}

static void
changed_cb (guint *n_told)
{
  ++*n_told;
}

/* Only what says something else tells so, and once. */
static void
test_tell_changed (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, QLORA);
  guint n_told[2] = { 0 };

  hr_project_flush (project);
  g_autoptr (HrExplainNode) root = hr_explanation_tree (configuration, HR_EXPLAIN_PEAK, HR_UNITS_GB);
  HrExplainNode *nodes[2] = { node_of (hr_explain_node_find (root, HR_COMPONENT_WEIGHTS), "Norms and biases"),
                              hr_explain_node_find (root, HR_COMPONENT_ACTIVATIONS) };
  for (guint i = 0; i < 2; i++)
    g_signal_connect_swapped (nodes[i], "changed", G_CALLBACK (changed_cb), &n_told[i]);

  g_object_set (configuration, "batch-sequence-length", G_GUINT64_CONSTANT (1900), NULL);
  hr_project_flush (project);
  hr_explain_node_update (root, hr_explanation_tree (configuration, HR_EXPLAIN_PEAK, HR_UNITS_GB), FALSE);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (n_told[i], ==, 0);
      hr_explain_node_tell_changed (nodes[i]);
      hr_explain_node_tell_changed (nodes[i]);
    }
  g_assert_cmpuint (n_told[0], ==, 0);
  g_assert_cmpuint (n_told[1], ==, 1);
}

typedef GListModel *(*List) (HrConfiguration *configuration, HrUnits units);

static HrExplainNote *
note_of (GListModel *notes, const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (HrExplainNote) note = g_list_model_get_item (notes, i);

      if (g_str_equal (hr_explain_note_get_title (note), title))
        return note;
    }
  g_error ("no note “%s”", title);
}

static gboolean
asks_for_attention (HrConfiguration *configuration, List list, const char *title)
{
  g_autoptr (GListModel) notes = list (configuration, HR_UNITS_GB);

  return hr_explain_note_get_attention (note_of (notes, title));
}

static void
put (HrProject *project, guint position, HrJob *job)
{
  hr_configuration_change (hr_project_get_configuration (project, position), HR_JOB_TASK, job);
  hr_project_flush (project);
}

/* Full fine-tuning without checkpoints of four samples on a T4, against QLoRA of one short sample: each line is for one
 * of them. */
static void
test_lines_apply (void)
{
  static const struct
  {
    List list;
    const char *title;
  } lines[] = {
    { hr_explanation_checklist, "Precision of the weights" },
    { hr_explanation_checklist, "Gradient checkpointing" },
    { hr_explanation_checklist, "Micro-batch and sequence" },
    { hr_explanation_checklist, "LoRA and QLoRA" },
    { hr_explanation_mistakes, "Forgot the optimizer states" },
    { hr_explanation_mistakes, "Batch too large" },
    { hr_explanation_mistakes, "Half-precision weights on a small GPU" },
  };
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *large = hr_project_get_configuration (project, FULL);
  HrConfiguration *small = hr_project_get_configuration (project, QLORA);
  HrJob job = *hr_configuration_get_job (large);

  job.activations.checkpointing = HR_CHECKPOINTING_NONE;
  job.batch.micro_batch_size = 8;
  put (project, FULL, &job);
  job = *hr_configuration_get_job (small);
  job.batch.sequence_length = 256;
  put (project, QLORA, &job);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("%s", lines[i].title);
      g_assert_false (asks_for_attention (small, lines[i].list, lines[i].title));
      if (g_str_equal (lines[i].title, "Forgot the optimizer states"))
        continue;
      g_assert_true (asks_for_attention (large, lines[i].list, lines[i].title));
    }
  job = *hr_configuration_get_job (large);
  job.batch.micro_batch_size = 1;
  job.batch.sequence_length = 256;
  put (project, FULL, &job);
  g_assert_true (asks_for_attention (large, hr_explanation_mistakes, "Forgot the optimizer states"));
}

/* A long single sample, against a short one. */
static void
test_sequence_line (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, QLORA);
  HrJob job = *hr_configuration_get_job (configuration);

  job.batch.sequence_length = 8192;
  put (project, QLORA, &job);
  g_assert_true (asks_for_attention (configuration, hr_explanation_mistakes, "Sequence too long"));
  job.batch.sequence_length = 256;
  put (project, QLORA, &job);
  g_assert_false (asks_for_attention (configuration, hr_explanation_mistakes, "Sequence too long"));
}

/* A card that is in use elsewhere says so, and one that leaves little asks for a measurement. */
static void
test_gpu_lines (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, QLORA);
  HrGpuChoice choice = hr_project_get_data (project)->gpu;

  hr_project_flush (project);
  g_assert_false (asks_for_attention (configuration, hr_explanation_checklist, "Other processes on the GPU"));
  g_assert_false (asks_for_attention (configuration, hr_explanation_checklist, "One or two real batches first"));
  choice.limits.in_use_mib = KEPT_MIB;
  hr_project_set_gpu (project, &choice);
  hr_project_flush (project);

  g_autoptr (GListModel) notes = hr_explanation_checklist (configuration, HR_UNITS_GB);
  HrExplainNote *other = note_of (notes, "Other processes on the GPU");
  g_assert_true (hr_explain_note_get_attention (other));
  g_assert_cmpstr (hr_explain_note_get_value (other), ==, "the GPU has 2.15 GB in use");
  g_assert_true (asks_for_attention (configuration, hr_explanation_checklist, "One or two real batches first"));
}

static void
test_verdict (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  hr_project_flush (project);
  g_autofree char *full = hr_explanation_verdict (hr_project_get_configuration (project, FULL), HR_UNITS_GB);
  g_autofree char *qlora = hr_explanation_verdict (hr_project_get_configuration (project, QLORA), HR_UNITS_GB);
  g_assert_cmpstr (full, ==,
                   "The weights alone, 16.06 GB beside 1.44 GB of context, exceed this GPU: no training strategy helps "
                   "without quantization or sharding.");
  g_assert_null (qlora);
}

/* One of 32 layers of Llama-3-8B has 218,112,000 parameters. */
static void
test_freezing (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  hr_project_flush (project);
  g_autoptr (GListModel) full = hr_explanation_freezing (hr_project_get_configuration (project, FULL), HR_UNITS_GB);
  g_autoptr (GListModel) qlora = hr_explanation_freezing (hr_project_get_configuration (project, QLORA), HR_UNITS_GB);
  HrExplainNote *one = note_of (full, "Train the last layer");
  HrExplainNote *sixteen = note_of (full, "Train the last 16 layers");

  g_assert_true (g_str_has_suffix (hr_explain_note_get_value (one), "2.7 % of the parameters"));
  g_assert_true (g_str_has_suffix (hr_explain_note_get_value (sixteen), "43.5 % of the parameters"));
  g_assert_nonnull (g_strrstr (hr_explain_note_get_detail (one), "gradients 0.44 GB, optimizer states 0.87 GB"));
  g_assert_cmpuint (g_list_model_get_n_items (qlora), ==, 0);
}

static void
test_rules (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  hr_project_flush (project);
  g_autoptr (GListModel) notes = hr_explanation_rules (hr_project_get_configuration (project, QLORA), HR_UNITS_GB);
  HrExplainNote *lesson = note_of (notes, "Lesson rule");

  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 3);
  g_assert_true (g_str_has_prefix (hr_explain_note_get_value (lesson), "5.03 GB · 6"));
  g_assert_true (g_str_has_suffix (hr_explain_note_get_value (lesson), "% too low"));
  g_assert_nonnull (g_strrstr (hr_explain_note_get_detail (lesson), "8,388,608 trained parameters"));
  g_assert_nonnull (g_strrstr (hr_explain_note_get_detail (lesson), "41,943,040 train"));
}

/* Runs of Mistral-7B with the same method and software are similar to Llama-3-8B; none is that trains another way. */
static void
test_similar (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, QLORA);
  HrJob job = *hr_configuration_get_job (configuration);

  hr_project_flush (project);
  g_autoptr (GListModel) notes = hr_explanation_similar (configuration, HR_UNITS_GB);
  g_assert_cmpuint (g_list_model_get_n_items (notes), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (HrExplainNote) note = g_list_model_get_item (notes, i);

      g_assert_nonnull (g_strrstr (hr_explain_note_get_title (note), "7B"));
      g_assert_nonnull (g_strrstr (hr_explain_note_get_title (note), "LoRA"));
      g_assert_cmpstr (hr_explain_note_get_source (note), !=, "");
    }

  job.stack.name = HR_STACK_TORCHTITAN;
  put (project, QLORA, &job);
  g_autoptr (GListModel) none = hr_explanation_similar (configuration, HR_UNITS_GB);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explanation/tree", test_tree);
  g_test_add_data_func ("/explanation/update", GINT_TO_POINTER (FALSE), test_update);
  g_test_add_data_func ("/explanation/update-keep", GINT_TO_POINTER (TRUE), test_update);
  g_test_add_func ("/explanation/order", test_order);
  g_test_add_func ("/explanation/tell-changed", test_tell_changed);
  g_test_add_func ("/explanation/lines-apply", test_lines_apply);
  g_test_add_func ("/explanation/sequence-line", test_sequence_line);
  g_test_add_func ("/explanation/gpu-lines", test_gpu_lines);
  g_test_add_func ("/explanation/verdict", test_verdict);
  g_test_add_func ("/explanation/freezing", test_freezing);
  g_test_add_func ("/explanation/rules", test_rules);
  g_test_add_func ("/explanation/similar", test_similar);
  return g_test_run ();
}
