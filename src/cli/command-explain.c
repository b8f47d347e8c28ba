/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-output.h"
#include "hr-phase-choice.h"

#include "core/hr-explain.h"
#include "io/hr-explain-json.h"
#include "io/hr-plain-text.h"
#include "model/hr-explanation.h"
#include "model/hr-labels.h"

#include <glib/gi18n.h>
#include <string.h>

#define INDENT 2
#define LABEL_COLUMN 44
#define SIZE_COLUMN 14
#define SHARE_COLUMN 7
#define ALL_LEVELS (-1)

typedef struct
{
  HrConfiguration *configuration;
  HrUnits units;
  int phase;
  int depth;
} Question;

static void
append_padded (GString *text, const char *words, int width)
{
  g_string_append_printf (text, "%s%*s", words, MAX (width - (int) g_utf8_strlen (words, -1), 0), "");
}

static void
append_right (GString *text, const char *words, int width)
{
  g_string_append_printf (text, "%*s%s", MAX (width - (int) g_utf8_strlen (words, -1), 0), "", words);
}

static void
append_node (GString *text, HrExplainNode *node, int level, int depth)
{
  const HrExplainText *words = hr_explain_node_get_text (node);
  GListModel *children = hr_explain_node_get_children (node);
  gsize start = text->len;

  g_string_append_printf (text, "%*s", level * INDENT, "");
  append_padded (text, words->label, LABEL_COLUMN - level * INDENT);
  append_right (text, words->size_text, SIZE_COLUMN);
  append_right (text, words->share_text, SHARE_COLUMN);
  if (*words->formula != '\0')
    g_string_append_printf (text, "  %s", words->formula);
  if (*words->source != '\0')
    g_string_append_printf (text, "  [%s]", words->source);
  g_strchomp (text->str + start);
  g_string_truncate (text, strlen (text->str));
  g_string_append_c (text, '\n');
  for (guint i = 0; children != NULL && (depth < 0 || level < depth) && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (children, i);

      append_node (text, child, level + 1, depth);
    }
}

static void
append_notes (GString *text, const char *heading, GListModel *notes)
{
  guint n_notes = g_list_model_get_n_items (notes);

  if (n_notes > 0)
    g_string_append_printf (text, "\n%s\n", heading);
  for (guint i = 0; i < n_notes; i++)
    {
      g_autoptr (HrExplainNote) note = g_list_model_get_item (notes, i);
      const char *mark = hr_explain_note_get_attention (note) ? "!" : " ";

      g_string_append_printf (text, "%s %s: %s\n", mark, hr_explain_note_get_title (note),
                              hr_explain_note_get_value (note));
      if (*hr_explain_note_get_detail (note) != '\0')
        g_string_append_printf (text, "    %s\n", hr_explain_note_get_detail (note));
      if (*hr_explain_note_get_source (note) != '\0')
        g_string_append_printf (text, "    [%s]\n", hr_explain_note_get_source (note));
    }
  g_object_unref (notes);
}

static char *
to_text (const Question *self)
{
  HrConfiguration *c = self->configuration;
  g_autoptr (HrExplainNode) root = hr_explanation_tree (c, self->phase, self->units);
  g_autofree char *verdict = hr_explanation_verdict (c, self->units);
  g_autofree char *title = hr_plain_text (hr_job_title (hr_configuration_get_job (c)));
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n", title);
  if (verdict != NULL)
    g_string_append_printf (text, "%s\n", verdict);
  g_string_append_c (text, '\n');
  append_node (text, root, 0, self->depth);
  append_notes (text, _ ("What the rules of thumb say"), hr_explanation_rules (c, self->units));
  append_notes (text, _ ("Measured runs of similar configurations"), hr_explanation_similar (c, self->units));
  append_notes (text, _ ("Training only the last layers"), hr_explanation_freezing (c, self->units));
  append_notes (text, _ ("When memory runs out, look at"), hr_explanation_checklist (c, self->units));
  append_notes (text, _ ("Common mistakes"), hr_explanation_mistakes (c, self->units));
  return g_string_free (text, FALSE);
}

static char *
to_json (const Question *self)
{
  const HrJob *job = hr_configuration_get_job (self->configuration);
  g_autofree HrExplain *explain = g_new (HrExplain, 1);

  hr_explain (hr_configuration_get_architecture (self->configuration), job,
              hr_estimate_result_get_gpu (hr_configuration_get_estimate (self->configuration)), self->phase, explain);
  return hr_explain_to_json (explain, job->id, job->name, self->depth);
}

static HrExit
answer (const HrCommand *command, Question *self, const char *phase, gboolean json)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self->configuration));

  self->phase = HR_EXPLAIN_AT_PEAK;
  if (phase != NULL && !hr_phase_choice_find (estimate, phase, &self->phase))
    {
      g_autofree char *phases = hr_phase_choice_list (estimate);

      return hr_command_misused (command, _ ("the configuration has no phase “%s”, allowed are %s"), phase, phases);
    }
  g_autofree char *text = json ? to_json (self) : to_text (self);
  return hr_output_print (text);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *choice = NULL, *path = NULL, *phase = NULL;
  Question question = { .depth = ALL_LEVELS };
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "configuration", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &choice, N_ ("Id or name of the configuration"),
      N_ ("NAME") },
    { "phase", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &phase,
      N_ ("Explain a phase instead of the peak: forward, or forward:2 for that of step 2"), N_ ("PHASE") },
    { "depth", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &question.depth, N_ ("Levels below the peak to show"),
      N_ ("N") },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProject) project = NULL;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  question.configuration = hr_choice_load (self, path, choice, &project, &code);
  if (question.configuration == NULL)
    return code;
  question.units = hr_project_get_units (project);
  return answer (self, &question, phase, json);
}

const HrCommand hr_command_explain = {
  .name = "explain",
  .operand = "PROJECT",
  .summary = N_ ("What takes the memory, down to tensors, with the numbers behind each"),
  .description
  = N_ ("Takes the peak of a configuration, or one of its phases, apart: components, groups, tensors, with "
        "the product that each is and where that comes from. Then what the rules of thumb say, measured "
        "runs of similar configurations, and what to look at when memory runs out."),
  .run = run,
};
