/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** Room for a mark, in UTF-8. */
#define HR_NOTATION_SIZE 8

/** How figures are written. Digits are Latin everywhere, as in the names of models and cards beside them. */
typedef struct
{
  char point[HR_NOTATION_SIZE]; /* before the fraction */
  char group[HR_NOTATION_SIZE]; /* between three digits and the next; "" for none */
  char date[HR_NOTATION_SIZE];  /* of a day, as strftime() takes it; "" for year-month-day */
} HrNotation;

/** "1,234.5": of files, exports and the command line, whatever the user speaks. */
extern const HrNotation HR_NOTATION_C;

/** Returns: what is in force in this thread: what hr_notation_swap() left, or else the program's. */
const HrNotation *hr_notation (void);

/** Takes @notation for the whole program, %HR_NOTATION_C until then. To be called before there are other threads. */
void hr_notation_set (const HrNotation *notation);

/**
 * hr_notation_swap:
 * @notation: (nullable): how this thread writes figures from now on; NULL as the program does
 *
 * Returns: (nullable): what was in force before, to be given back when a text for elsewhere is done.
 */
const HrNotation *hr_notation_swap (const HrNotation *notation);
