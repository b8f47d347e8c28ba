/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-plain-text.h"

char *
hr_plain_text (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *place = text; *place != '\0'; place = g_utf8_next_char (place))
    {
      gunichar character = g_utf8_get_char (place);

      g_string_append_unichar (plain, g_unichar_iscntrl (character) ? ' ' : character);
    }

  return g_string_free (plain, FALSE);
}
