/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-application.h"

#include "io/hr-locale.h"

int
main (int argc, char **argv)
{
  hr_locale_init ();
  hr_locale_use_notation ();

  g_autoptr (GApplication) application = hr_application_new ();

  return g_application_run (application, argc, argv);
}
