/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-wrap.h"

#include "hr-chart-items.h"

#include <string.h>

/* Returns: (nullable): the end of the longest beginning of @text, of whole words, that fits into @width; NULL: not even
 * the first does. */
static const char *
find_end (const HrChartMeasurer *measurer, HrChartTextStyle style, const char *text, double width)
{
  const char *end = NULL;

  if (strchr (text, ' ') == NULL)
    return NULL; /* as good as a last line */
  for (const char *next = text; *next != '\0';)
    {
      next += strspn (next, " ");
      next += strcspn (next, " ");
      g_autofree char *line = g_strndup (text, (gsize) (next - text));

      if (hr_chart_measure (measurer, style, line).width > width)
        break;
      end = next;
    }

  return end;
}

GPtrArray *
hr_chart_wrap (const HrChartMeasurer *measurer, HrChartTextStyle style, const char *text, double width,
               guint most_lines)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  const char *rest = text != NULL ? text + strspn (text, " ") : "";

  while (*rest != '\0' && width > 0)
    {
      const char *end = lines->len + 1 < most_lines ? find_end (measurer, style, rest, width) : NULL;

      if (end != NULL)
        {
          g_ptr_array_add (lines, g_strndup (rest, (gsize) (end - rest)));
          rest = end + strspn (end, " ");
          continue;
        }

      char *last = hr_chart_ellipsize (measurer, style, rest, width);
      if (last != NULL)
        g_ptr_array_add (lines, last);
      break;
    }

  return lines;
}
