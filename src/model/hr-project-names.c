/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-project-names.h"

#include "hr-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
has_text (const HrProjectData *data, HrFieldId field, const char *text)
{
  for (guint i = 0; i < data->entries->len; i++)
    {
      const HrJob *job = hr_entry_get_job (g_ptr_array_index (data->entries, i));
      if (strcmp (hr_field_get_text (hr_field (field), job), text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Length of @name without a number in brackets at its end. */
static gsize
base_length (const char *name)
{
  gsize length = strlen (name);
  const char *bracket = strrchr (name, '(');

  if (bracket == NULL || bracket == name || bracket[-1] != ' ' || name[length - 1] != ')')
    return length;
  if (strspn (bracket + 1, "0123456789") != strlen (bracket) - 2 || strlen (bracket) < 3)
    return length;

  return (gsize) (bracket - 1 - name);
}

/* Writes "base" or "base (number)", shortened at a character where it is too long. */
static void
write_name (HrJob *job, const char *base, gsize length, guint number)
{
  g_autofree char *suffix = number > 1 ? g_strdup_printf (" (%u)", number) : g_strdup ("");
  gsize room = sizeof job->name - 1 - strlen (suffix);

  if (length > room)
    length = (gsize) (g_utf8_find_prev_char (base, base + room + 1) - base);

  memset (job->name, 0, sizeof job->name);
  memcpy (job->name, base, length);
  g_strlcat (job->name, suffix, sizeof job->name);
}

void
hr_project_name_id (const HrProjectData *data, HrJob *job)
{
  guint number = data->entries->len;

  do
    {
      number++;
      memset (job->id, 0, sizeof job->id);
      g_snprintf (job->id, sizeof job->id, "c%u", number);
    }
  while (has_text (data, HR_JOB_ID, job->id));
}

void
hr_project_name_uniquely (const HrProjectData *data, HrJob *job, const char *base)
{
  g_autofree char *wanted = g_strdup (base);
  gsize length = base_length (wanted);
  guint number = 1;

  write_name (job, wanted, strlen (wanted), 1);
  while (has_text (data, HR_JOB_NAME, job->name))
    write_name (job, wanted, length, ++number);
}

char *
hr_project_template_name (const HrJob *job)
{
  guint layers = (guint) job->method.trained_layers;

  if (job->task == HR_TASK_INFER)
    return g_strdup (_ ("Inference"));

  switch (job->method.kind)
    {
    case HR_METHOD_FULL:
      return g_strdup (_ ("Full fine-tune"));
    case HR_METHOD_LAST_LAYERS:
      return g_strdup_printf (ngettext ("Last %u layer", "Last %u layers", layers), layers);
    case HR_METHOD_LORA:
    case HR_METHOD_DORA:
    case HR_METHOD_QLORA:
    case HR_METHOD_QDORA:
    default:
      /* Translators: a method and its rank: QLoRA r16 */
      return g_strdup_printf (_ ("%s r%u"), hr_value_label (HR_JOB_METHOD_KIND, (int) job->method.kind),
                              (guint) job->method.rank);
    }
}
