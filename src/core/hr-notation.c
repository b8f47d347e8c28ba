/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-notation.h"

#include <stddef.h>

const HrNotation HR_NOTATION_C = { ".", ",", "" };

static HrNotation of_program = { ".", ",", "" };
static _Thread_local const HrNotation *of_thread;

const HrNotation *
hr_notation (void)
{
  return of_thread != NULL ? of_thread : &of_program;
}

void
hr_notation_set (const HrNotation *notation)
{
  of_program = *notation;
}

const HrNotation *
hr_notation_swap (const HrNotation *notation)
{
  const HrNotation *before = of_thread;

  of_thread = notation;
  return before;
}
