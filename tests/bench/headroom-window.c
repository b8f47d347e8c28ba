/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/hr-application.h"

#include "first-frame.h"

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = hr_application_new ();

  g_return_val_if_fail (argc == 2, 2);

  return first_frame_run (application, g_ascii_strtoll (argv[1], NULL, 10));
}
