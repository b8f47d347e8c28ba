/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-field.h"

#include <glib.h>
#include <math.h>

static HrJob
default_job (void)
{
  HrJob job;

  hr_job_init (&job);
  return job;
}

/* The table covers HrJob without gaps or overlaps: each member changes exactly its own bytes. */
static void
test_places (void)
{
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);

      g_assert_cmpint (hr_field_find (field->section, field->member), ==, i);
      for (int j = i + 1; j < HR_N_JOB_FIELDS; j++)
        {
          const HrField *other = hr_field (j);

          g_assert_true (field->offset + field->size <= other->offset || other->offset + other->size <= field->offset);
        }
    }
  g_assert_cmpint (hr_field_find ("method", "nothing"), ==, -1);
}

static void
test_defaults_are_allowed (void)
{
  HrJob job = default_job ();
  HrJob copy = job;

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);

      switch (field->kind)
        {
        case HR_FIELD_ENUM:
        case HR_FIELD_BOOL:
        case HR_FIELD_CHOICE:
        case HR_FIELD_INTEGER:
          g_assert_true (hr_field_set_integer (field, &copy, hr_field_get_integer (field, &job)));
          break;
        case HR_FIELD_NUMBER:
          g_assert_true (hr_field_set_number (field, &copy, hr_field_get_number (field, &job)));
          break;
        case HR_FIELD_TEXT:
        case HR_FIELD_TARGETS:
          break;
        }
    }
  g_assert_true (hr_job_equal (&job, &copy));
}

static void
test_integers (void)
{
  const HrField *rank = hr_field (HR_JOB_METHOD_RANK);
  const HrField *kind = hr_field (HR_JOB_METHOD_KIND);
  const HrField *dtype = hr_field (HR_JOB_METHOD_ADAPTER_DTYPE);
  HrJob job = default_job ();

  g_assert_true (hr_field_set_integer (rank, &job, 64));
  g_assert_cmpuint (job.method.rank, ==, 64);
  g_assert_false (hr_field_set_integer (rank, &job, 0));
  g_assert_false (hr_field_set_integer (rank, &job, HR_MAX_RANK + 1));
  g_assert_false (hr_field_set_integer (rank, &job, UINT64_MAX));
  g_assert_cmpuint (job.method.rank, ==, 64);

  g_assert_true (hr_field_set_integer (kind, &job, HR_METHOD_QDORA));
  g_assert_false (hr_field_set_integer (kind, &job, HR_METHOD_QDORA + 1));
  g_assert_false (hr_field_set_integer (kind, &job, UINT64_C (1) << 32));
  g_assert_cmpint (job.method.kind, ==, HR_METHOD_QDORA);

  g_assert_true (hr_field_set_integer (dtype, &job, HR_DTYPE_BF16));
  g_assert_false (hr_field_set_integer (dtype, &job, HR_DTYPE_Q4_0));
}

static void
test_numbers_and_texts (void)
{
  const HrField *dropout = hr_field (HR_JOB_METHOD_DROPOUT);
  const HrField *id = hr_field (HR_JOB_ID);
  HrJob job = default_job ();
  g_autofree char *long_text = g_strnfill (HR_ID_SIZE, 'x');

  g_assert_true (hr_field_set_number (dropout, &job, 0.05));
  g_assert_false (hr_field_set_number (dropout, &job, 1.5));
  g_assert_false (hr_field_set_number (dropout, &job, NAN));
  g_assert_false (hr_field_set_number (dropout, &job, INFINITY));
  g_assert_cmpfloat (hr_field_get_number (dropout, &job), ==, 0.05);

  g_assert_true (hr_field_set_text (id, &job, "c1"));
  g_assert_false (hr_field_set_text (id, &job, ""));
  g_assert_false (hr_field_set_text (id, &job, long_text));
  g_assert_true (hr_field_set_text (id, &job, long_text + 1));
  g_assert_cmpuint (strlen (hr_field_get_text (id, &job)), ==, HR_ID_SIZE - 1);
}

static void
test_equal_and_copy (void)
{
  HrJob a = default_job ();
  HrJob b = default_job ();

  a.activations.attention = HR_ATTENTION_FLASH;
  g_assert_false (hr_job_equal (&a, &b));
  g_assert_false (hr_field_equal (hr_field (HR_JOB_ACTIVATIONS_ATTENTION), &a, &b));
  g_assert_true (hr_field_equal (hr_field (HR_JOB_ACTIVATIONS_LOSS), &a, &b));
  hr_field_copy (hr_field (HR_JOB_ACTIVATIONS_ATTENTION), &a, &b);
  g_assert_true (hr_job_equal (&a, &b));

  /* What lies behind the end of a text is no difference. */
  g_strlcpy (a.name, "longer", sizeof a.name);
  g_strlcpy (a.name, "x", sizeof a.name);
  g_strlcpy (b.name, "x", sizeof b.name);
  g_assert_true (hr_job_equal (&a, &b));

  b.gpu.set = true;
  g_assert_false (hr_job_equal (&a, &b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/places", test_places);
  g_test_add_func ("/field/defaults", test_defaults_are_allowed);
  g_test_add_func ("/field/integers", test_integers);
  g_test_add_func ("/field/numbers-and-texts", test_numbers_and_texts);
  g_test_add_func ("/field/equal-and-copy", test_equal_and_copy);

  return g_test_run ();
}
