/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-units.h"

#include <glib.h>
#include <locale.h>

static const HrNotation GERMAN = { ",", ".", "%x" };
static const HrNotation FRENCH = { ",", "\u202f", "%x" };

static void
assert_number (double value, int decimals, const char *expected)
{
  char text[HR_TEXT_SIZE];

  hr_format_number (value, decimals, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_figures (double value, int figures, const char *expected)
{
  char text[HR_TEXT_SIZE];

  hr_format_figures (value, figures, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers (void)
{
  assert_number (0, 1, "0.0");
  assert_number (1234567.891, 2, "1,234,567.89");
  assert_number (999.96, 1, "1,000.0");
  assert_number (-2.5, 1, "-2.5");
  assert_number (0.004, 2, "0.00");
  assert_figures (80, 4, "80");
  assert_figures (1.5, 4, "1.5");
  assert_figures (100, 3, "100");
  assert_figures (9.996, 3, "10");
  assert_figures (0.515869140625, 6, "0.515869");
  assert_figures (0.00024, 3, "0.00024");
  assert_figures (2039.04, 4, "2,039");
  assert_figures (0, 4, "0");
}

/* Every kind of figure, in one notation after another. */
static void
test_notations (void)
{
  char text[HR_TEXT_SIZE];

  g_assert_null (hr_notation_swap (&GERMAN));
  assert_number (1234.5, 1, "1.234,5");
  assert_figures (1.5, 4, "1,5");
  hr_format_bytes (1234560000000, HR_UNITS_GB, 1, text);
  g_assert_cmpstr (text, ==, "1.234,6 GB");
  hr_format_bytes (1, HR_UNITS_GB, 1, text);
  g_assert_cmpstr (text, ==, "< 0,1 GB");
  hr_format_count (8030261248, text);
  g_assert_cmpstr (text, ==, "8.030.261.248");
  hr_format_count_short (8030261248, text);
  g_assert_cmpstr (text, ==, "8,03 B");

  g_assert_true (hr_notation_swap (&FRENCH) == &GERMAN);
  hr_format_count (G_MAXUINT64, text);
  g_assert_cmpstr (text, ==, "18\u202f446\u202f744\u202f073\u202f709\u202f551\u202f615");

  g_assert_true (hr_notation_swap (NULL) == &FRENCH);
  assert_number (1234.5, 1, "1,234.5");
}

static gpointer
format_in_thread (gpointer data)
{
  assert_number (1234.5, 1, "1,234.5");
  return NULL;
}

/* What one thread writes for a file is nothing to another. */
static void
test_threads (void)
{
  hr_notation_swap (&GERMAN);
  g_thread_join (g_thread_new ("other", format_in_thread, NULL));
  hr_notation_swap (NULL);
}

/* The locale of the process changes nothing by itself; where none is installed the test says so. */
static void
test_locale (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a decimal comma");
      return;
    }
  assert_number (1234.5, 1, "1,234.5");
  assert_figures (1.25, 4, "1.25");
  setlocale (LC_ALL, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notation/numbers", test_numbers);
  g_test_add_func ("/notation/notations", test_notations);
  g_test_add_func ("/notation/threads", test_threads);
  g_test_add_func ("/notation/locale", test_locale);

  return g_test_run ();
}
