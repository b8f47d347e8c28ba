/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-notation.h"
#include "model/hr-quantity.h"

#include <string.h>

#define LARGEST 9007199254740992.0

static const HrQuantityRange plain = { HR_FIELD_UNIT_NONE, 0, LARGEST, FALSE };
static const HrQuantityRange tokens = { HR_FIELD_UNIT_TOKENS, 1, 16777216, TRUE };
static const HrQuantityRange share = { HR_FIELD_UNIT_SHARE, 0, 1, FALSE };
static const HrQuantityRange percent = { HR_FIELD_UNIT_PERCENT, 0, 90, FALSE };
static const HrQuantityRange bytes = { HR_FIELD_UNIT_BYTES, 0, 1e12, TRUE };
static const HrQuantityRange mib = { HR_FIELD_UNIT_MIB, 0, 16777216, TRUE };
static const HrQuantityRange amount = { HR_FIELD_UNIT_AMOUNT, 0, 1e15, TRUE };

/* What a text is as a plain number, with a decimal point and with a decimal comma; -1: no number. */
static const struct
{
  const char *text;
  double by_point, by_comma;
} numbers[] = {
  { "0", 0, 0 },
  { "8192", 8192, 8192 },
  { "  8192\n", 8192, 8192 },
  { "8,192", 8192, 8.192 },
  { "2.048", 2.048, 2048 },
  { "8 192", 8192, 8192 },
  { "8\302\240192", 8192, 8192 },
  { "8\342\200\257192", 8192, 8192 },
  { "1'048'576", 1048576, 1048576 },
  { "1\342\200\231048\342\200\231576", 1048576, 1048576 },
  { "1_048_576", 1048576, 1048576 },
  { "16,777,216", 16777216, 16777216 },
  { "16.777.216", 16777216, 16777216 },
  { "1,234.5", 1234.5, 1234.5 },
  { "1.234,5", 1234.5, 1234.5 },
  { "1,234.567", 1234.567, 1234.567 },
  { "1.234.567,8", 1234567.8, 1234567.8 },
  { "1 234,5", 1234.5, 1234.5 },
  { "1 234.567", 1234.567, 1234.567 },
  { "0.05", 0.05, 0.05 },
  { "0,05", 0.05, 0.05 },
  { "0.125", 0.125, 0.125 },
  { "0,125", 0.125, 0.125 },
  { ".5", 0.5, 0.5 },
  { ",5", 0.5, 0.5 },
  { "5.", 5, 5 },
  { "1,5", 1.5, 1.5 },
  { "1.50", 1.5, 1.5 },
  { "1.5e9", 1.5e9, 1.5e9 },
  { "1,5e9", 1.5e9, 1.5e9 },
  { "1E3", 1000, 1000 },
  { "2e-2", 0.02, 0.02 },
  { "2e+2", 200, 200 },
  { "8k", 8192, 8192 },
  { "8K", 8192, 8192 },
  { "8 k", 8192, 8192 },
  { "8 K", 8192, 8192 },
  { "128k", 131072, 131072 },
  { "0.5k", 512, 512 },
  { "0,5k", 512, 512 },
  { "1M", 1048576, 1048576 },
  { "1m", 1048576, 1048576 },
  { "1G", 1073741824, 1073741824 },
  { "1e3k", 1024000, 1024000 },
  { "1.024k", 1.024 * 1024, 1024.0 * 1024 },
  { "\331\241\331\242\331\243", 123, 123 },                           /* Arabic-Indic digits */
  { "\331\240\331\253\331\245", 0.5, 0.5 },                           /* with their decimal separator */
  { "\331\241\331\254\331\242\331\243\331\244", 1234, 1234 },         /* with that of thousands */
  { "\340\245\250\340\245\246\340\245\252\340\245\256", 2048, 2048 }, /* Devanagari */
  { "9007199254740992", LARGEST, LARGEST },
  { "", -1, -1 },
  { " ", -1, -1 },
  { "abc", -1, -1 },
  { "-1", -1, -1 },
  { "+1", -1, -1 },
  { "1-", -1, -1 },
  { "--", -1, -1 },
  { "8kk", -1, -1 },
  { "k", -1, -1 },
  { "e5", -1, -1 },
  { "1e", -1, -1 },
  { "1e400", -1, -1 },
  { "inf", -1, -1 },
  { "nan", -1, -1 },
  { "0x10", -1, -1 },
  { "1,2,3", -1, -1 },
  { "1,,000", -1, -1 },
  { "1, 5", -1, -1 },
  { "8 19", -1, -1 },
  { "81 92", -1, -1 },
  { "1.2.3", -1, -1 },
  { "1.5,3", -1, -1 },
  { "1,5.3", -1, -1 },
  { "1,234,56", -1, -1 },
  { "1,234.567,8", -1, -1 },
  { "0,123,456", -1, -1 },
  { ".", -1, -1 },
  { "12,3456,", -1, -1 },
  { "\xff\xfe", -1, -1 },
  { "8 192k k", -1, -1 },
  { "9999999999999999999999", -1, -1 },
  { "8192 tokens", -1, -1 },
  { "9999999G", -1, -1 },
  { "1:5", -1, -1 },
  { "\302\2755", -1, -1 },
  { "50%", -1, -1 },
  { "24 GB", -1, -1 },
};

static void
test_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (int comma = 0; comma < 2; comma++)
      {
        double expected = comma ? numbers[i].by_comma : numbers[i].by_point, value = -1;
        HrQuantityFlaw flaw = hr_quantity_read (numbers[i].text, &plain, comma ? ',' : '.', &value);

        g_autofree char *text = g_strescape (numbers[i].text, NULL);
        g_test_message ("“%s”, %s", text, comma ? "comma" : "point");
        g_assert_cmpfloat (value, ==, expected);
        g_assert_cmpint (flaw == HR_QUANTITY_GOOD, ==, expected >= 0);
      }
}

typedef struct
{
  const char *text;
  const HrQuantityRange *range;
  char point;
  HrQuantityFlaw flaw;
  double value;
} Case;

static void
check_case (const Case *self)
{
  double value = -1;

  g_test_message ("“%s” by %c", self->text, self->point);
  g_assert_cmpint (hr_quantity_read (self->text, self->range, self->point, &value), ==, self->flaw);
  g_assert_cmpfloat (value, ==, self->flaw == HR_QUANTITY_GOOD ? self->value : -1);
}

/* The same text in fields of other units, and what is wrong with those that are refused. */
static void
test_units (void)
{
  const Case cases[] = {
    { "8k", &tokens, '.', HR_QUANTITY_GOOD, 8192 },
    { "2,048", &tokens, '.', HR_QUANTITY_GOOD, 2048 },
    { "2.048", &tokens, ',', HR_QUANTITY_GOOD, 2048 },
    { "2.048", &tokens, '.', HR_QUANTITY_GROUPS_UNCLEAR, 0 },
    { "2,048", &tokens, ',', HR_QUANTITY_GROUPS_UNCLEAR, 0 },
    { "2.048k", &tokens, ',', HR_QUANTITY_GOOD, 2048 * 1024 },
    { "1.125k", &tokens, '.', HR_QUANTITY_GOOD, 1152 },
    { "1.5", &tokens, '.', HR_QUANTITY_NOT_WHOLE, 0 },
    { "1e-2", &tokens, '.', HR_QUANTITY_TOO_SMALL, 0 },
    { "0", &tokens, '.', HR_QUANTITY_TOO_SMALL, 0 },
    { "1.5e9", &tokens, '.', HR_QUANTITY_TOO_LARGE, 0 },
    { "1T", &tokens, '.', HR_QUANTITY_TOO_LARGE, 0 },
    { "1.6e4", &tokens, '.', HR_QUANTITY_GOOD, 16000 },
    { "24 GB", &tokens, '.', HR_QUANTITY_OTHER_UNIT, 0 },
    { "50 %", &tokens, '.', HR_QUANTITY_OTHER_UNIT, 0 },
    { "50 %", &share, '.', HR_QUANTITY_GOOD, 0.5 },
    { "7%", &share, '.', HR_QUANTITY_GOOD, 0.07 },
    { "92,5 %", &share, ',', HR_QUANTITY_GOOD, 0.925 },
    { "\331\245\331\240\331\252", &share, '.', HR_QUANTITY_GOOD, 0.5 },
    { "101 %", &share, '.', HR_QUANTITY_TOO_LARGE, 0 },
    { "0.125", &share, ',', HR_QUANTITY_GOOD, 0.125 },
    { "90", &share, '.', HR_QUANTITY_TOO_LARGE, 0 },
    { "50 %", &percent, '.', HR_QUANTITY_GOOD, 50 },
    { "7.5", &percent, '.', HR_QUANTITY_GOOD, 7.5 },
    { "24 GB", &bytes, '.', HR_QUANTITY_GOOD, 24e9 },
    { "24GB", &bytes, '.', HR_QUANTITY_GOOD, 24e9 },
    { "24 gb", &bytes, '.', HR_QUANTITY_GOOD, 24e9 },
    { "16 GiB", &bytes, '.', HR_QUANTITY_GOOD, 17179869184.0 },
    { "16 Gi", &bytes, '.', HR_QUANTITY_GOOD, 17179869184.0 },
    { "1.5 MiB", &bytes, '.', HR_QUANTITY_GOOD, 1572864 },
    { "1,5 MiB", &bytes, ',', HR_QUANTITY_GOOD, 1572864 },
    { "0.3 KiB", &bytes, '.', HR_QUANTITY_GOOD, 307 },
    { "512", &bytes, '.', HR_QUANTITY_GOOD, 512 },
    { "512 B", &bytes, '.', HR_QUANTITY_GOOD, 512 },
    { "24 G", &bytes, '.', HR_QUANTITY_SIZE_UNCLEAR, 0 },
    { "600M", &mib, '.', HR_QUANTITY_SIZE_UNCLEAR, 0 },
    { "24 Gbit", &bytes, '.', HR_QUANTITY_NO_NUMBER, 0 },
    { "50 %", &bytes, '.', HR_QUANTITY_OTHER_UNIT, 0 },
    { "2 TB", &bytes, '.', HR_QUANTITY_TOO_LARGE, 0 },
    { "1536", &mib, '.', HR_QUANTITY_GOOD, 1536 },
    { "1.5 GiB", &mib, '.', HR_QUANTITY_GOOD, 1536 },
    { "1.5 GB", &mib, '.', HR_QUANTITY_GOOD, 1431 },
    { "500k", &amount, '.', HR_QUANTITY_GOOD, 500000 },
    { "1.5M", &amount, '.', HR_QUANTITY_GOOD, 1500000 },
    { "-3", &amount, '.', HR_QUANTITY_NO_NUMBER, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

/* However long, however odd: an answer, and never a number out of range. */
static void
test_survives_anything (void)
{
  const HrQuantityRange *const ranges[] = { &plain, &tokens, &share, &percent, &bytes, &mib, &amount };
  g_autofree char *long_text = g_strnfill (1 << 20, '9');
  double value = -1;

  g_assert_cmpint (hr_quantity_read (long_text, &plain, '.', &value), ==, HR_QUANTITY_NO_NUMBER);

  for (int run = 0; run < 50000; run++)
    {
      static const char alphabet[] = "0123456789.,_ eEkMGiB%+-':";
      const HrQuantityRange *range = ranges[run % G_N_ELEMENTS (ranges)];
      char text[12] = "";

      for (int i = g_test_rand_int_range (0, sizeof text); i > 0; i--)
        text[i - 1] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      HrQuantityFlaw flaw = hr_quantity_read (text, range, run % 2 == 0 ? '.' : ',', &value);
      g_autofree char *message = hr_quantity_message (flaw, text, range);
      if (flaw == HR_QUANTITY_GOOD)
        g_assert_true (value >= range->minimum && value <= range->maximum);
      g_assert_true (g_utf8_validate (message, -1, NULL));
    }
}

static void
test_format_and_read_agree (void)
{
  const double values[] = { 0, 1, 16, 2048, 131072, 16777216, 0.05, 0.125, 0.9, 1.5e9, 1e6, 1.125, 2.048 };
  const HrNotation german = { ",", ".", "" }, arabic = { "\331\253", "\331\254", "" };
  const HrNotation *const notations[] = { &HR_NOTATION_C, &german, &arabic };

  for (gsize n = 0; n < G_N_ELEMENTS (notations); n++)
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      {
        double value = -1;

        hr_notation_swap (notations[n]);
        g_autofree char *text = hr_quantity_format (values[i]);
        g_assert_cmpint (hr_quantity_read (text, &plain, hr_quantity_point (), &value), ==, HR_QUANTITY_GOOD);
        g_assert_cmpfloat (value, ==, values[i]);
      }
  hr_notation_swap (NULL);
}

static void
assert_preview (const char *text, const HrQuantityRange *range, const char *expected)
{
  double value;

  g_assert_cmpint (hr_quantity_read (text, range, '.', &value), ==, HR_QUANTITY_GOOD);
  g_autofree char *preview = hr_quantity_preview (text, value, range->unit);
  g_assert_cmpstr (preview, ==, expected);
}

static void
test_preview (void)
{
  assert_preview ("8k", &tokens, "Read as 8,192 tokens");
  assert_preview ("8,192", &tokens, "Read as 8,192 tokens");
  assert_preview (" 8192 ", &tokens, NULL);
  assert_preview ("50 %", &share, "Read as 0.5");
  assert_preview ("1.5 GiB", &mib, "Read as 1,536 MiB");
  assert_preview ("500k", &amount, "Read as 500,000");
}

static void
assert_message (HrQuantityFlaw flaw, const char *text, const HrQuantityRange *range, const char *expected)
{
  g_autofree char *message = hr_quantity_message (flaw, text, range);

  g_assert_cmpstr (message, ==, expected);
}

static void
test_messages (void)
{
  assert_message (HR_QUANTITY_NO_NUMBER, "", &tokens, "A whole number from 1 to 16,777,216 tokens");
  assert_message (HR_QUANTITY_NO_NUMBER, "many", &tokens,
                  "“many” is not a number.\nA whole number from 1 to 16,777,216 tokens");
  assert_message (HR_QUANTITY_TOO_LARGE, "90", &share,
                  "“90” is too large.\nA number from 0 to 1, or a percentage such as 50 %");
  assert_message (HR_QUANTITY_SIZE_UNCLEAR, "24 G", &mib,
                  "“24 G” could be decimal or binary: write GB or GiB.\n"
                  "A whole number from 0 to 16,777,216 MiB, or a size such as 24 GB or 16 GiB");
}

/* What each number of the format counts, and the step that people expect of it. */
static void
test_fields_have_steps (void)
{
  const struct
  {
    HrFieldId field;
    double value, up, doubled;
  } cases[] = {
    { HR_JOB_BATCH_MICRO_BATCH_SIZE, 3, 4, 6 },
    { HR_JOB_BATCH_SEQUENCE_LENGTH, 3000, 4096, 6000 },
    { HR_JOB_METHOD_RANK, 16, 32, 32 },
    { HR_JOB_GPU_MARGIN_PERCENT, 5, 6, 10 },
    { HR_JOB_INFERENCE_GPU_MEMORY_UTILIZATION, 0.9, 0.91, 1.8 },
    { HR_JOB_METHOD_CLASSIFICATION_LABELS, 0, 1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const HrField *field = hr_field (cases[i].field);

      g_assert_cmpfloat (hr_quantity_step (cases[i].value, field->step, TRUE), ==, cases[i].up);
      g_assert_cmpfloat (hr_quantity_double (cases[i].value, field->step, field->kind == HR_FIELD_INTEGER, TRUE), ==,
                         cases[i].doubled);
    }
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);
      gboolean names_tokens = strstr (field->member, "token") != NULL || strstr (field->member, "length") != NULL;

      if (field->kind == HR_FIELD_INTEGER && names_tokens)
        g_assert_cmpint (field->unit, ==, HR_FIELD_UNIT_TOKENS);
      if (g_str_has_suffix (field->member, "_bytes"))
        g_assert_cmpint (field->unit, ==, HR_FIELD_UNIT_BYTES);
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
    { 2048, HR_STEP_DOUBLES, 4096, 1024 },
    { 3000, HR_STEP_DOUBLES, 4096, 2048 },
    { 1, HR_STEP_DOUBLES, 2, 0 },
    { 0, HR_STEP_DOUBLES, 1, 0 },
    { 2, HR_STEP_DOUBLES, 4, 1 },
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

  g_test_add_func ("/quantity/numbers", test_numbers);
  g_test_add_func ("/quantity/units", test_units);
  g_test_add_func ("/quantity/survives-anything", test_survives_anything);
  g_test_add_func ("/quantity/format-and-read-agree", test_format_and_read_agree);
  g_test_add_func ("/quantity/preview", test_preview);
  g_test_add_func ("/quantity/messages", test_messages);
  g_test_add_func ("/quantity/fields-have-steps", test_fields_have_steps);
  g_test_add_func ("/quantity/steps", test_steps);

  return g_test_run ();
}
