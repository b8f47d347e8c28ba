/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = hr_application_new ();

  return g_application_run (application, argc, argv);
}
