/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-field.h"

#include <math.h>
#include <string.h>

#define HR_FIELD_AS_ROW(NAME, SECTION, MEMBER, KIND, PLACE, VALUES, MINIMUM, MAXIMUM, STANDARD, UNIT, STEP)            \
  [HR_JOB_##NAME] = { .section = SECTION,                                                                              \
                      .member = MEMBER,                                                                                \
                      .kind = HR_FIELD_##KIND,                                                                         \
                      .offset = offsetof (HrJob, PLACE),                                                               \
                      .size = sizeof (((HrJob *) 0)->PLACE),                                                           \
                      .values = VALUES,                                                                                \
                      .minimum = (MINIMUM),                                                                            \
                      .maximum = (MAXIMUM),                                                                            \
                      .standard = (STANDARD),                                                                          \
                      .unit = HR_FIELD_UNIT_##UNIT,                                                                    \
                      .step = (STEP) },

static const HrField fields[] = { HR_JOB_FIELDS (HR_FIELD_AS_ROW) };

_Static_assert(sizeof (HrMethod) == sizeof (int), "enumerations are read and written as int");

#define BIT(value) (1u << (value))
#define FLOATS (BIT (HR_DTYPE_FP32) | BIT (HR_DTYPE_BF16) | BIT (HR_DTYPE_FP16))

/* HR_DTYPES serves many members; each allows its own few. */
static uint32_t
dtypes_allowed (HrFieldId id)
{
  switch ((int) id)
    {
    case HR_JOB_METHOD_ADAPTER_DTYPE:
    case HR_JOB_PRECISION_GRADIENTS:
    case HR_JOB_PARALLEL_SHARD_DTYPE:
    case HR_JOB_PARALLEL_PARAM_DTYPE:
    case HR_JOB_PARALLEL_REDUCE_DTYPE:
      return BIT (HR_DTYPE_AUTO) | FLOATS;
    case HR_JOB_PRECISION_MOMENTS:
      return BIT (HR_DTYPE_AUTO) | FLOATS | BIT (HR_DTYPE_FP8);
    case HR_JOB_PRECISION_WEIGHTS:
    case HR_JOB_PRECISION_COMPUTE:
      return FLOATS | BIT (HR_DTYPE_FP8);
    case HR_JOB_QUANTIZATION_STORAGE_DTYPE:
      return FLOATS | BIT (HR_DTYPE_UINT8);
    case HR_JOB_INFERENCE_KV_DTYPE:
      return FLOATS | BIT (HR_DTYPE_FP8) | BIT (HR_DTYPE_INT8) | BIT (HR_DTYPE_Q8_0) | BIT (HR_DTYPE_Q4_0);
    default:
      return 0;
    }
}

const HrField *
hr_field (HrFieldId id)
{
  return &fields[id];
}

int
hr_field_find (const char *section, const char *member)
{
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    if (strcmp (fields[i].section, section) == 0 && strcmp (fields[i].member, member) == 0)
      return i;

  return -1;
}

void *
hr_field_place (const HrField *self, HrJob *job)
{
  return (char *) job + self->offset;
}

const void *
hr_field_value (const HrField *self, const HrJob *job)
{
  return (const char *) job + self->offset;
}

bool
hr_field_equal (const HrField *self, const HrJob *a, const HrJob *b)
{
  const void *left = hr_field_value (self, a);
  const void *right = hr_field_value (self, b);

  if (self->kind == HR_FIELD_TEXT)
    return strcmp (left, right) == 0;
  if (self->kind == HR_FIELD_TARGETS)
    return hr_targets_equal (left, right);

  return memcmp (left, right, self->size) == 0;
}

void
hr_field_copy (const HrField *self, const HrJob *from, HrJob *to)
{
  memcpy (hr_field_place (self, to), hr_field_value (self, from), self->size);
}

bool
hr_field_allows (const HrField *self, int value)
{
  if (hr_enum_id (self->values, value) == NULL)
    return false;
  if (self->values != &HR_DTYPES)
    return true;

  return (dtypes_allowed ((HrFieldId) (self - fields)) & BIT (value)) != 0;
}

uint64_t
hr_field_get_integer (const HrField *self, const HrJob *job)
{
  const void *value = hr_field_value (self, job);

  switch (self->kind)
    {
    case HR_FIELD_ENUM:
    case HR_FIELD_CHOICE:
      return (uint64_t) * (const int *) value;
    case HR_FIELD_BOOL:
      return *(const bool *) value;
    case HR_FIELD_INTEGER:
      return *(const uint64_t *) value;
    case HR_FIELD_TEXT:
    case HR_FIELD_NUMBER:
    case HR_FIELD_TARGETS:
    default:
      return 0;
    }
}

bool
hr_field_set_integer (const HrField *self, HrJob *job, uint64_t value)
{
  void *place = hr_field_place (self, job);

  switch (self->kind)
    {
    case HR_FIELD_ENUM:
      if (value > INT32_MAX || !hr_field_allows (self, (int) value))
        return false;
      *(int *) place = (int) value;
      return true;
    case HR_FIELD_CHOICE:
      if (value > HR_CHOICE_YES)
        return false;
      *(int *) place = (int) value;
      return true;
    case HR_FIELD_BOOL:
      if (value > 1)
        return false;
      *(bool *) place = value != 0;
      return true;
    case HR_FIELD_INTEGER:
      if ((double) value < self->minimum || (double) value > self->maximum)
        return false;
      *(uint64_t *) place = value;
      return true;
    case HR_FIELD_TEXT:
    case HR_FIELD_NUMBER:
    case HR_FIELD_TARGETS:
    default:
      return false;
    }
}

double
hr_field_get_number (const HrField *self, const HrJob *job)
{
  return self->kind == HR_FIELD_NUMBER ? *(const double *) hr_field_value (self, job) : 0;
}

bool
hr_field_set_number (const HrField *self, HrJob *job, double value)
{
  if (self->kind != HR_FIELD_NUMBER || !isfinite (value) || value < self->minimum || value > self->maximum)
    return false;

  *(double *) hr_field_place (self, job) = value;
  return true;
}

const char *
hr_field_get_text (const HrField *self, const HrJob *job)
{
  return self->kind == HR_FIELD_TEXT ? hr_field_value (self, job) : NULL;
}

bool
hr_field_set_text (const HrField *self, HrJob *job, const char *value)
{
  size_t length = strlen (value);

  if (self->kind != HR_FIELD_TEXT || length >= self->size || (double) length < self->minimum)
    return false;

  char *place = hr_field_place (self, job);
  memset (place, 0, self->size);
  memcpy (place, value, length);
  return true;
}
