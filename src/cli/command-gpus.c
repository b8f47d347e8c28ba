/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-gpus-json.h"
#include "hr-output.h"
#include "hr-reports.h"

#include "io/hr-plain-text.h"
#include "io/hr-table.h"
#include "model/hr-gpu-text.h"
#include "model/hr-labels.h"
#include "model/hr-offer-label.h"
#include "model/hr-offer-question.h"
#include "model/hr-plan-text.h"

#include <glib/gi18n.h>

/* Lines that people see of one configuration unless they ask for more. */
#define COMMON_LIMIT 20
#define NO_LIMIT (-1)
#define DECIMALS 1
#define NOTHING "–"

typedef struct
{
  HrOfferFilter filter;
  HrRankBy by;
  gboolean offers;
  gint limit;
  gboolean json;
  guint32 today;
} Asked;

/* Prices with what says so: each source has a number in the tables. */
typedef struct
{
  const Asked *asked;
  HrUnits units;
  GPtrArray *sources; /* char * */
} Telling;

static guint
source_number (Telling *self, const char *source)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (g_str_equal (self->sources->pdata[i], source))
      return i + 1;
  g_ptr_array_add (self->sources, g_strdup (source));
  return self->sources->len;
}

/* "$1.20, aws us-east-1, 2026-07-20, older than 90 days [1]" */
static char *
offer_text (Telling *self, const HrRankedOffer *line)
{
  if (line->offer == NULL)
    return g_strdup (NOTHING);

  g_autofree char *price = hr_price_text (line->price_per_hour), *date = hr_offer_date_text (line->offer);
  g_autofree char *age = hr_offer_age_label (line->offer, self->asked->today);
  GString *text = g_string_new (price);

  g_string_append_printf (text, ", %s", line->offer->provider);
  if (*hr_offer_region (line->offer) != '\0')
    g_string_append_printf (text, " %s", hr_offer_region (line->offer));
  if (line->spot)
    g_string_append_printf (text, " %s", _ ("spot"));
  if (!self->asked->offers)
    g_string_append_printf (text, ", %u×", line->machines * line->offer->gpu_count);
  g_string_append_printf (text, ", %s", date);
  if (age != NULL && line->offer->date > 0)
    g_string_append_printf (text, ", %s", age);
  g_string_append_printf (text, " [%u]", source_number (self, line->offer->source));
  return g_string_free (text, FALSE);
}

static void
add_line (Telling *self, HrTable *table, const HrRankedOffer *line)
{
  const HrOfferPlan *plan = line->plan;
  g_autofree char *title = hr_ranked_offer_title (line), *verdict = hr_plan_verdict_text (&plan->plan, self->units);
  g_autofree char *support = hr_gpu_support_text (&plan->gpu), *offer = offer_text (self, line);
  g_autofree char *time = hr_ranked_offer_time_text (line, FALSE), *cost = hr_ranked_offer_cost_text (line, FALSE);
  HrTableRow *row = hr_table_add (table, HR_ROW_COMPONENT, title);
  char needed[HR_TEXT_SIZE];
  guint column = 0;

  hr_format_bytes (plan->plan.device_bytes, self->units, DECIMALS, needed);
  hr_table_row_set (row, column++, needed);
  hr_table_row_set (row, column++, verdict);
  if (!self->asked->offers)
    hr_table_row_set (row, column++, support);
  hr_table_row_set (row, column++, cost);
  hr_table_row_set (row, column++, time);
  hr_table_row_set (row, column++, line->on_front ? "*" : "");
  hr_table_row_set (row, column, offer);
}

static void
append_ranking (Telling *self, GString *text, const char *title, const HrOfferRanking *ranking)
{
  /* Translators: bytes of each GPU that a configuration needs */
  const char *of_cards[] = {
    _ ("Needs"), _ ("Verdict"), _ ("Supports"), _ ("Cost"), _ ("Time"), _ ("Front"), _ ("An hour of the cheapest"), NULL
  };
  const char *of_offers[] = { _ ("Needs"), _ ("Verdict"), _ ("Cost"), _ ("Time"), _ ("Front"), _ ("An hour"), NULL };
  g_autoptr (HrTable) table = hr_table_new (title, self->asked->offers ? of_offers : of_cards);
  gsize n_lines, n_shown;
  const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines);

  n_shown = self->asked->limit == NO_LIMIT ? COMMON_LIMIT
            : self->asked->limit == 0      ? n_lines
                                           : (gsize) self->asked->limit;
  n_shown = MIN (n_shown, n_lines);
  for (gsize i = 0; i < n_shown; i++)
    add_line (self, table, &lines[i]);
  g_autofree char *rows = hr_table_to_text (table);
  g_string_append (text, rows);
  if (n_lines == 0)
    g_string_append (text, _ ("Nothing passes these filters.\n"));
  if (n_shown < n_lines)
    g_string_append_printf (text, _ ("%u more; --limit 0 shows all.\n"), (guint) (n_lines - n_shown));
  g_string_append_c (text, '\n');
}

static HrOfferRanking *
rank (const Asked *asked, HrProject *project, guint position)
{
  HrOfferQuestion question;

  hr_offer_question_init (&question, project, hr_project_get_configuration (project, position), asked->today);
  return asked->offers ? hr_offer_ranking_new (&question, &asked->filter, asked->by)
                       : hr_gpu_ranking_new (&question, &asked->filter, asked->by);
}

static char *
to_text (const Asked *asked, HrProject *project, guint first, guint n)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);
  Telling telling = { asked, hr_project_get_units (project), sources };
  GString *text = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      const HrJob *job = hr_configuration_get_job (hr_project_get_configuration (project, i));
      g_autoptr (HrOfferRanking) ranking = rank (asked, project, i);

      append_ranking (&telling, text, hr_job_title (job), ranking);
    }
  g_string_append (text, _ ("*: nothing is both cheaper and faster. Prices of whole machines; [n]: who says so.\n"));
  for (guint i = 0; i < sources->len; i++)
    {
      g_autofree char *source = hr_plain_text (sources->pdata[i]);

      g_string_append_printf (text, "[%u] %s\n", i + 1, source);
    }
  return g_string_free (text, FALSE);
}

static char *
to_json (const Asked *asked, HrProject *project, guint first, guint n)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_object (writer);
  hr_json_writer_add_text (writer, "name", hr_project_get_data (project)->name);
  hr_json_writer_add_array (writer, "configurations");
  for (guint i = first; i < first + n; i++)
    {
      const HrJob *job = hr_configuration_get_job (hr_project_get_configuration (project, i));
      g_autoptr (HrOfferRanking) ranking = rank (asked, project, i);
      gsize n_lines;
      const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines);

      hr_json_writer_begin_object (writer);
      hr_json_writer_add_text (writer, "id", job->id);
      hr_json_writer_add_text (writer, "name", job->name);
      hr_json_writer_add_array (writer, asked->offers ? "offers" : "gpus");
      for (gsize line = 0; line < n_lines && (asked->limit <= 0 || line < (gsize) asked->limit); line++)
        hr_gpus_write_line (writer, &lines[line], asked->today);
      hr_json_writer_end_array (writer);
      hr_json_writer_end_object (writer);
    }
  hr_json_writer_end_array (writer);
  hr_json_writer_end_object (writer);
  return hr_json_writer_finish (writer, NULL);
}

/* Returns: whether the options make sense; otherwise the problem was told and @code set. */
static gboolean
check (const HrCommand *self, const Asked *asked, const char *sort, gint machines, HrExit *code)
{
  *code = HR_EXIT_USAGE;
  if (sort != NULL && hr_enum_value (&HR_RANKINGS, sort) < 0)
    hr_command_misused (self, _ ("“%s” is no order, allowed are cost, hour, time, headroom"), sort);
  else if (asked->limit < NO_LIMIT || asked->filter.max_age_days < 0)
    hr_command_misused (self, _ ("a number must not be negative"));
  else if (machines < 1 || machines > HR_MAX_MACHINES)
    hr_command_misused (self, _ ("--machines takes 1 to %d"), HR_MAX_MACHINES);
  else
    return TRUE;
  return FALSE;
}

static HrExit
answer (const HrCommand *self, const Asked *asked, const char *path, const char *choice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrProject) project = hr_reports_load_project (path, &error);
  g_autofree char *text = NULL;
  guint first = 0, n;
  HrExit code;

  if (project == NULL)
    return hr_output_fail (error);
  n = g_list_model_get_n_items (G_LIST_MODEL (project));
  if (choice != NULL)
    {
      if (!hr_choice_find (self, hr_project_get_data (project), choice, &first, &code))
        return code;
      n = 1;
    }
  text = asked->json ? to_json (asked, project, first, n) : to_text (asked, project, first, n);
  return hr_output_print (text);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *choice = NULL, *provider = NULL, *region = NULL, *gpu = NULL, *sort = NULL, *path = NULL;
  gboolean spot = FALSE;
  gint count = 0, machines = 1;
  Asked asked = { .limit = NO_LIMIT, .today = hr_today () };
  const GOptionEntry entries[] = {
    { "configuration", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &choice, N_ ("Id or name of the configuration"),
      N_ ("NAME") },
    { "offers", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &asked.offers, N_ ("Machines to rent, not cards"), NULL },
    { "provider", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &provider, N_ ("Only offers of this one"), N_ ("NAME") },
    { "region", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &region, N_ ("Only regions with this in their name"),
      N_ ("TEXT") },
    { "gpu", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &gpu, N_ ("Only this card"), N_ ("ID") },
    { "count", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &count, N_ ("Only machines with so many GPUs"), N_ ("N") },
    { "memory", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &asked.filter.min_memory_gb,
      N_ ("Only cards with at least so much memory"), N_ ("GB") },
    { "machines", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &machines,
      N_ ("Join up to so many machines of 8 GPUs where one is not enough"), N_ ("N") },
    { "spot", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &spot, N_ ("Prices of machines that can be taken away"), NULL },
    { "fits", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &asked.filter.only_fitting, N_ ("Only what fits"), NULL },
    { "max-age", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &asked.filter.max_age_days,
      N_ ("Only prices known to be no older"), N_ ("DAYS") },
    { "sort", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &sort, N_ ("By cost, hour, time or headroom"), N_ ("WHAT") },
    { "limit", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &asked.limit, N_ ("At most so many lines; 0: all"), N_ ("N") },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &asked.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code) || !check (self, &asked, sort, machines, &code))
    return code;
  asked.filter.provider = provider;
  asked.filter.region = region;
  asked.filter.gpu_id = gpu;
  asked.filter.n_gpus = (guint) MAX (count, 0);
  asked.filter.max_machines = (guint) machines;
  asked.filter.prices = spot ? HR_PRICES_SPOT : HR_PRICES_ON_DEMAND;
  if (sort != NULL)
    asked.by = (HrRankBy) hr_enum_value (&HR_RANKINGS, sort);
  return answer (self, &asked, path, choice);
}

const HrCommand hr_command_gpus = {
  .name = "gpus",
  .operand = "PROJECT",
  .summary = N_ ("GPUs and offers for each configuration, the cheapest first"),
  .description = N_ ("Tells how many of each GPU a configuration needs and how it spreads over them, or with --offers "
                     "which machines to rent, with time and cost of the whole job."),
  .run = run,
};
