/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-notation.h"
#include "ui/hr-quantity.h"

static void
test_accepts (void)
{
  const struct
  {
    const char *text;
    double value;
  } cases[] = {
    { "0", 0 },
    { "8192", 8192 },
    { "  8192\n", 8192 },
    { "8,192", 8192 },
    { "8 192", 8192 },
    { "8\302\240192", 8192 },
    { "8\342\200\257192", 8192 },
    { "1'048'576", 1048576 },
    { "1_048_576", 1048576 },
    { "16,777,216", 16777216 },
    { "8k", 8192 },
    { "8K", 8192 },
    { "8 k", 8192 },
    { "128k", 131072 },
    { "0.5k", 512 },
    { "1M", 1048576 },
    { "1G", 1073741824 },
    { "1.5e9", 1.5e9 },
    { "1E3", 1000 },
    { "2e-2", 0.02 },
    { "0.05", 0.05 },
    { ".5", 0.5 },
    { ",5", 0.5 },
    { "0,05", 0.05 },
    { "0,125", 0.125 },
    { "1,5", 1.5 },
    { "1,234.5", 1234.5 },
    { "\331\241\331\242\331\243", 123 },                          /* Arabic-Indic digits */
    { "\331\240\331\253\331\245", 0.5 },                          /* with their decimal separator */
    { "\340\245\250\340\245\246\340\245\252\340\245\256", 2048 }, /* Devanagari */
    { "9007199254740992", 9007199254740992.0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = -1;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_true (hr_quantity_parse (cases[i].text, &value));
      g_assert_cmpfloat (value, ==, cases[i].value);
    }
}

/* Where the locale writes a decimal comma, what people and programs write there and elsewhere. */
static void
test_decimal_comma (void)
{
  const HrNotation german = { ",", ".", "" };
  const struct
  {
    const char *text;
    double value;
  } cases[] = {
    { "8.192", 8192 }, { "8192", 8192 }, { "1.048.576", 1048576 }, { "1,500", 1.5 }, { "0,05", 0.05 },
    { "0.05", 0.05 },  { "1.5", 1.5 },   { "1.5e9", 1.5e9 },       { "0,5k", 512 },  { "1.234,5", 1234.5 },
  };
  double value = -1;

  hr_notation_swap (&german);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_true (hr_quantity_parse (cases[i].text, &value));
      g_assert_cmpfloat (value, ==, cases[i].value);
    }
  g_assert_false (hr_quantity_parse ("1,234.5", &value));

  g_autofree char *whole = hr_quantity_format (2048), *part = hr_quantity_format (0.05);
  g_assert_cmpstr (whole, ==, "2048");
  g_assert_cmpstr (part, ==, "0,05");
  g_assert_cmpfloat (hr_quantity_step (0.2, 0.1, TRUE), ==, 0.3);
  hr_notation_swap (NULL);
}

static void
test_refuses (void)
{
  const char *const cases[] = {
    "",
    " ",
    "abc",
    "-1",
    "+1",
    "1-",
    "--",
    "8kk",
    "k",
    "e5",
    "1e",
    "1e400",
    "inf",
    "nan",
    "0x10",
    "1,2,3",
    "1,,000",

    "1, 5",
    "8 19",
    "81 92",
    "1.2.3",
    "1.5,3",
    "1,234,56",
    "1 234,567",
    ".",
    "12,3456,",
    "\xff\xfe",
    "8 192k k",
    "9999999999999999999999",
    "8192 tokens",
    "9999999G",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = -1;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_false (hr_quantity_parse (cases[i], &value));
      g_assert_cmpfloat (value, ==, -1);
    }
}

/* However long, however odd: an answer, and never a number out of range. */
static void
test_survives_anything (void)
{
  g_autofree char *long_text = g_strnfill (1 << 20, '9');
  double value = -1;

  g_assert_false (hr_quantity_parse (long_text, &value));

  for (int run = 0; run < 20000; run++)
    {
      static const char alphabet[] = "0123456789.,_ eEkMG+-'";
      char text[12] = "";

      for (int i = g_test_rand_int_range (0, sizeof text); i > 0; i--)
        text[i - 1] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      if (hr_quantity_parse (text, &value))
        g_assert_true (value >= 0 && value <= 9007199254740992.0);
    }
}

static void
test_format_and_parse_agree (void)
{
  const double values[] = { 0, 1, 16, 2048, 131072, 16777216, 0.05, 0.125, 0.9, 1.5e9, 1e6 };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = hr_quantity_format (values[i]);
      double value = -1;

      g_assert_true (hr_quantity_parse (text, &value));
      g_assert_cmpfloat (value, ==, values[i]);
    }
}

static void
test_steps (void)
{
  const struct
  {
    double value, step, up, down;
  } cases[] = {
    { 1, 1, 2, 0 },
    { 16, 1, 17, 15 },
    { 0, 1, 1, 0 },
    { 2048, HR_QUANTITY_DOUBLING, 4096, 1024 },
    { 3000, HR_QUANTITY_DOUBLING, 4096, 2048 },
    { 1, HR_QUANTITY_DOUBLING, 2, 0 },
    { 0, HR_QUANTITY_DOUBLING, 1, 0 },
    { 2, HR_QUANTITY_DOUBLING, 4, 1 },
    { 0.05, 0.05, 0.1, 0 },
    { 0.1, 0.05, 0.15, 0.05 },
    { 0.3, 0.1, 0.4, 0.2 },
    { 0.12, 0.05, 0.15, 0.1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%g by %g", cases[i].value, cases[i].step);
      g_assert_cmpfloat (hr_quantity_step (cases[i].value, cases[i].step, TRUE), ==, cases[i].up);
      g_assert_cmpfloat (hr_quantity_step (cases[i].value, cases[i].step, FALSE), ==, cases[i].down);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quantity/accepts", test_accepts);
  g_test_add_func ("/quantity/decimal-comma", test_decimal_comma);
  g_test_add_func ("/quantity/refuses", test_refuses);
  g_test_add_func ("/quantity/survives-anything", test_survives_anything);
  g_test_add_func ("/quantity/format-and-parse-agree", test_format_and_parse_agree);
  g_test_add_func ("/quantity/steps", test_steps);

  return g_test_run ();
}
