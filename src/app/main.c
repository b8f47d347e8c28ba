/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HR_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_autoptr (GApplication) application = hr_application_new ();

  return g_application_run (application, argc, argv);
}
