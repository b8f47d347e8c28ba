/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-time-table.h"

#include "hr-run-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Stands where a row means nothing for a configuration. */
#define NOT_APPLICABLE "—"

/* The texts of one row for each configuration. Returns: (transfer full) (nullable): NULL: it means nothing. */
typedef char *(*Tell) (const HrRunTime *time, const HrJob *job);

static char *
tell_tokens (const HrRunTime *time, const HrJob *job)
{
  return hr_span_text (time->throughput.tokens_per_second);
}

static char *
tell_first_token (const HrRunTime *time, const HrJob *job)
{
  return job->task == HR_TASK_INFER ? hr_seconds_text (time->throughput.prompt_seconds) : NULL;
}

static char *
tell_request_tokens (const HrRunTime *time, const HrJob *job)
{
  return job->task == HR_TASK_INFER ? hr_span_text (time->throughput.request_tokens_per_second) : NULL;
}

static char *
tell_requests (const HrRunTime *time, const HrJob *job)
{
  return job->task == HR_TASK_INFER ? hr_span_text (time->throughput.requests_per_second) : NULL;
}

static char *
tell_time (const HrRunTime *time, const HrJob *job)
{
  const char *missing = hr_run_time_missing (time);

  return missing != NULL ? g_strdup (missing) : hr_hours_text (time->cost.hours);
}

static char *
tell_gpu_hours (const HrRunTime *time, const HrJob *job)
{
  return time->throughput.gpus > 1 && time->cost.known ? hr_span_text (time->cost.gpu_hours) : NULL;
}

static char *
tell_price (const HrRunTime *time, const HrJob *job)
{
  const char *missing = hr_run_price_missing (time);

  return missing != NULL ? g_strdup (missing) : hr_cost_text (time->cost.price);
}

static char *
tell_token_price (const HrRunTime *time, const HrJob *job)
{
  return time->cost.price_per_million_tokens.expected > 0 ? hr_cost_text (time->cost.price_per_million_tokens) : NULL;
}

/* What a row tells. */
typedef struct
{
  const char *label;
  Tell tell;
  HrTableScale scale;
  size_t span; /* of an #HrSpan in #HrRunTime: the figure */
} Figure;

static const Figure FIGURES[] = {
  { N_ ("First token"), tell_first_token, HR_SCALE_SECONDS, G_STRUCT_OFFSET (HrRunTime, throughput.prompt_seconds) },
  { N_ ("Tokens per second"), tell_tokens, HR_SCALE_RATE, G_STRUCT_OFFSET (HrRunTime, throughput.tokens_per_second) },
  { N_ ("Tokens per second, a request"), tell_request_tokens, HR_SCALE_RATE,
    G_STRUCT_OFFSET (HrRunTime, throughput.request_tokens_per_second) },
  { N_ ("Requests per second"), tell_requests, HR_SCALE_RATE,
    G_STRUCT_OFFSET (HrRunTime, throughput.requests_per_second) },
  { N_ ("Time"), tell_time, HR_SCALE_HOURS, G_STRUCT_OFFSET (HrRunTime, cost.hours) },
  { N_ ("GPU-hours"), tell_gpu_hours, HR_SCALE_RATE, G_STRUCT_OFFSET (HrRunTime, cost.gpu_hours) },
  { N_ ("Cost"), tell_price, HR_SCALE_DOLLARS, G_STRUCT_OFFSET (HrRunTime, cost.price) },
  { N_ ("Cost per million tokens"), tell_token_price, HR_SCALE_DOLLARS,
    G_STRUCT_OFFSET (HrRunTime, cost.price_per_million_tokens) },
};

/* Adds the row unless it means nothing for all. */
static void
add_row (HrTable *table, HrProject *project, const HrRunTime *times, const Figure *figure)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const HrJob *job = hr_configuration_get_job (hr_project_get_configuration (project, i));
      char *text = times[i].throughput.known ? figure->tell (&times[i], job) : NULL;

      any |= text != NULL;
      g_ptr_array_add (texts, text);
    }
  if (!any)
    return;

  HrTableRow *row = hr_table_add (table, HR_ROW_VALUES, _ (figure->label));
  for (guint i = 0; i < n; i++)
    {
      double number = G_STRUCT_MEMBER (HrSpan, &times[i], figure->span).expected;

      hr_table_row_set (row, i, texts->pdata[i] != NULL ? texts->pdata[i] : NOT_APPLICABLE);
      hr_table_row_set_number (row, i, figure->scale, texts->pdata[i] != NULL && number > 0 ? number : (double) NAN);
    }
}

void
hr_time_table_add (HrTable *table, HrProject *project)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));
  g_autofree HrRunTime *times = g_new (HrRunTime, n);
  gboolean known = FALSE;

  for (guint i = 0; i < n; i++)
    {
      hr_run_time (project, hr_project_get_configuration (project, i), &times[i]);
      known |= times[i].throughput.known;
    }
  if (!known)
    return;

  hr_table_add (table, HR_ROW_SECTION, _ ("Time and cost"))->tag = HR_TIME_TABLE_TAG;
  for (guint i = 0; i < G_N_ELEMENTS (FIGURES); i++)
    add_row (table, project, times, &FIGURES[i]);
}
