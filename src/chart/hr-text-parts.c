/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-text-parts.h"

#include <glib/gi18n-lib.h>

static void
set (GString *text, char *joined)
{
  g_string_assign (text, joined);
  g_free (joined);
}

void
hr_text_add_part (GString *text, const char *part)
{
  if (text->len == 0)
    g_string_assign (text, part);
  else
    /* Translators: two parts of one line: "12.8 GB · fits" */
    set (text, g_strdup_printf (_ ("%s · %s"), text->str, part));
}

void
hr_text_add_item (GString *text, const char *item)
{
  if (text->len == 0)
    g_string_assign (text, item);
  else
    /* Translators: two elements of a list */
    set (text, g_strdup_printf (_ ("%s, %s"), text->str, item));
}

char *
hr_text_join_parts (const char *first, ...)
{
  GString *text = g_string_new (first);
  va_list parts;

  va_start (parts, first);
  for (const char *part = va_arg (parts, const char *); part != NULL; part = va_arg (parts, const char *))
    hr_text_add_part (text, part);
  va_end (parts);

  return g_string_free (text, FALSE);
}
