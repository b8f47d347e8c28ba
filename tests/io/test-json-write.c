/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include "io/hr-json-write.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void
assert_number (double value, const char *literal)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();
  g_autofree char *expected = g_strconcat (literal, "\n", NULL);

  hr_json_writer_number (writer, value);
  g_autofree char *text = hr_json_writer_finish (writer, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers (void)
{
  assert_number (0, "0");
  assert_number (32, "32");
  assert_number (-7, "-7");
  assert_number (1e15, "1000000000000000");
  assert_number (0.1, "0.1");
  assert_number (0.05, "0.05");
  assert_number (1.0 / 3, "0.3333333333333333");
  assert_number (0.1 + 0.2, "0.30000000000000004");
  assert_number (1e300, "1e+300");
  assert_number (DBL_MAX, "1.7976931348623157e+308");
  assert_number (DBL_MIN, "2.2250738585072014e-308");
  assert_number (-1.5e-9, "-1.5e-09");
  assert_number (NAN, "null");
  assert_number (INFINITY, "null");
}

/* Whatever is written reads back as the same double. */
static void
test_numbers_survive (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      double value = ldexp (g_rand_double_range (rand, -1, 1), g_rand_int_range (rand, -1000, 1000));
      g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

      hr_json_writer_number (writer, value);
      g_autofree char *text = hr_json_writer_finish (writer, NULL);
      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
    }
}

static void
test_layout (void)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();
  gsize length = 0;

  hr_json_writer_begin_object (writer);
  hr_json_writer_name (writer, "list");
  hr_json_writer_begin_array (writer);
  hr_json_writer_begin_array (writer);
  hr_json_writer_end_array (writer);
  hr_json_writer_begin_object (writer);
  hr_json_writer_end_object (writer);
  hr_json_writer_unsigned (writer, G_MAXUINT64);
  hr_json_writer_end_array (writer);
  hr_json_writer_name (writer, "a\"b");
  hr_json_writer_string (writer, "\b\f\n\r\t\"\\\x01\x7f caf\303\251 /");
  hr_json_writer_name (writer, "nothing");
  hr_json_writer_string (writer, NULL);
  hr_json_writer_name (writer, "yes");
  hr_json_writer_boolean (writer, TRUE);
  hr_json_writer_name (writer, "least");
  hr_json_writer_integer (writer, G_MININT64);
  hr_json_writer_end_object (writer);

  g_autofree char *text = hr_json_writer_finish (writer, &length);
  g_assert_cmpstr (text, ==,
                   "{\n  \"list\": [\n    [],\n    {},\n    18446744073709551615\n  ],\n"
                   "  \"a\\\"b\": \"\\b\\f\\n\\r\\t\\\"\\\\\\u0001\x7f caf\303\251 /\",\n"
                   "  \"nothing\": null,\n  \"yes\": true,\n  \"least\": -9223372036854775808\n}\n");
  g_assert_cmpuint (length, ==, strlen (text));
}

static void
test_spelling_is_kept (void)
{
  static const char text[]
      = "[\n  1.50,\n  -0,\n  0.0,\n  1E+2,\n  12345678901234567.125,\n  {\n    \"a\": null\n  }\n]\n";
  g_autoptr (GBytes) bytes = fixture_text (text);
  g_autoptr (HrJson) json = hr_json_parse (bytes, "j", NULL);
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_node (writer, hr_json_root (json));
  g_autofree char *written = hr_json_writer_finish (writer, NULL);
  g_assert_cmpstr (written, ==, text);

  hr_json_writer_begin_array (writer);
  hr_json_writer_number_like (writer, 1.5, hr_json_first (hr_json_root (json)));
  hr_json_writer_number_like (writer, 2.5, hr_json_first (hr_json_root (json)));
  hr_json_writer_number_like (writer, 1.5, NULL);
  hr_json_writer_number_like (writer, 1.5, hr_json_root (json));
  hr_json_writer_end_array (writer);
  g_autofree char *numbers = hr_json_writer_finish (writer, NULL);
  g_assert_cmpstr (numbers, ==, "[\n  1.50,\n  2.5,\n  1.5,\n  1.5\n]\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-write/numbers", test_numbers);
  g_test_add_func ("/json-write/numbers-survive", test_numbers_survive);
  g_test_add_func ("/json-write/layout", test_layout);
  g_test_add_func ("/json-write/spelling-is-kept", test_spelling_is_kept);

  return g_test_run ();
}
