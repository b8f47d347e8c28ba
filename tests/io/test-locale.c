/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-units.h"
#include "io/hr-locale.h"

#include <glib.h>
#include <libintl.h>
#include <locale.h>

static gboolean
speak (const char *locale)
{
  g_setenv ("LC_ALL", locale, TRUE);
  hr_locale_init ();
  if (g_strcmp0 (setlocale (LC_ALL, NULL), locale) == 0)
    return TRUE;

  g_test_skip ("the locale is not installed");
  return FALSE;
}

static void
assert_bytes (const char *expected)
{
  char text[HR_TEXT_SIZE];

  hr_format_bytes (1234500000000, HR_UNITS_GB, 1, text);
  g_assert_cmpstr (text, ==, expected);
}

/* Only programs that ask for it write as the locale does. */
static void
test_notation (void)
{
  if (!speak ("de_DE.UTF-8"))
    return;

  assert_bytes ("1,234.5 GB");
  hr_locale_use_notation ();
  assert_bytes ("1.234,5 GB");
  g_assert_cmpstr (hr_notation ()->date, ==, "%x");
  hr_notation_set (&HR_NOTATION_C);
}

/* Arabic has digits of its own, but figures stand beside names such as A100 and Llama-3.1. */
static void
test_latin_digits (void)
{
  if (!speak ("ar_EG.UTF-8"))
    return;

  hr_locale_use_notation ();
  assert_bytes ("1,234.5 GB");
  hr_notation_set (&HR_NOTATION_C);
}

/* The C locale has no groups; windows keep those of files then. */
static void
test_plain (void)
{
  if (!speak ("C.UTF-8"))
    return;

  hr_locale_use_notation ();
  assert_bytes ("1,234.5 GB");
  g_assert_cmpstr (hr_notation ()->date, ==, "");
}

static void
test_translations (void)
{
  if (!speak ("de_DE.UTF-8"))
    return;

  g_assert_cmpstr (dgettext ("headroom", "Weights"), ==, "Gewichte");
  if (!speak ("ar_EG.UTF-8"))
    return;

  g_assert_cmpstr (dgettext ("headroom", "Weights"), ==, "الأوزان");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locale/notation", test_notation);
  g_test_add_func ("/locale/latin-digits", test_latin_digits);
  g_test_add_func ("/locale/plain", test_plain);
  g_test_add_func ("/locale/translations", test_translations);

  return g_test_run ();
}
