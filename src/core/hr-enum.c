/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-enum.h"

#include <string.h>

int
hr_enum_value (const HrEnum *self, const char *id)
{
  if (id == NULL)
    return -1;

  for (size_t i = 0; i < self->count; i++)
    if (strcmp (self->ids[i], id) == 0)
      return (int) i;

  return -1;
}

const char *
hr_enum_id (const HrEnum *self, int value)
{
  if (value < 0 || (size_t) value >= self->count)
    return NULL;

  return self->ids[value];
}
