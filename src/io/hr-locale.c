/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-locale.h"

#include <glib.h>
#include <libintl.h>
#include <locale.h>

void
hr_locale_init (void)
{
  const char *folder = g_getenv (HR_LOCALE_DIR_VARIABLE);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : HR_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
