/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-phase-choice.h"

#include "core/hr-explain.h"

gboolean
hr_phase_choice_find (const HrEstimate *estimate, const char *name, int *phase)
{
  g_auto (GStrv) parts = g_strsplit (name, ":", 2);
  int kind = parts[0] != NULL ? hr_enum_value (&HR_PHASES, parts[0]) : -1;
  guint64 step = 0;

  *phase = HR_EXPLAIN_AT_PEAK;
  if (parts[0] != NULL && parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT32, &step, NULL))
    return FALSE;
  for (guint i = 0; i < estimate->n_phases; i++)
    {
      const HrPhase *candidate = &estimate->phases[i];

      if ((int) candidate->kind != kind || (parts[1] != NULL && candidate->step != step))
        continue;
      if (*phase < 0 || candidate->total_bytes > estimate->phases[*phase].total_bytes)
        *phase = (int) i;
    }
  return *phase >= 0;
}

char *
hr_phase_choice_list (const HrEstimate *estimate)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < estimate->n_phases; i++)
    {
      const HrPhase *phase = &estimate->phases[i];

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", hr_enum_id (&HR_PHASES, (int) phase->kind));
      if (phase->step > 0)
        g_string_append_printf (text, ":%u", phase->step);
    }
  return g_string_free (text, FALSE);
}
