/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-locale.h"

#include "core/hr-notation.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

void
hr_locale_init (void)
{
  const char *folder = g_getenv (HR_LOCALE_DIR_VARIABLE);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : HR_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static void
take_mark (char mark[HR_NOTATION_SIZE], const char *locale_mark)
{
  if (strlen (locale_mark) < HR_NOTATION_SIZE && g_utf8_validate (locale_mark, -1, NULL))
    strcpy (mark, locale_mark);
}

void
hr_locale_use_notation (void)
{
  const struct lconv *conventions = localeconv ();
  HrNotation notation = HR_NOTATION_C;

  /* The C locale knows no groups of digits and no days that everyone reads alike. */
  if (*conventions->thousands_sep == '\0' && g_str_equal (conventions->decimal_point, HR_NOTATION_C.point))
    return;

  take_mark (notation.point, conventions->decimal_point);
  take_mark (notation.group, conventions->thousands_sep);
  take_mark (notation.date, "%x");
  hr_notation_set (&notation);
}
