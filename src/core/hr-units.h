/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-enum.h"
#include "hr-notation.h"

#include <stdint.h>

#define HR_BYTES_PER_GB 1000000000.0
#define HR_BYTES_PER_GIB 1073741824.0
#define HR_BYTES_PER_MIB 1048576.0

/** How sizes are shown: decimal or binary. Stored sizes are always bytes. */
typedef enum
{
  HR_UNITS_GB,
  HR_UNITS_GIB,
} HrUnits;

extern const HrEnum HR_UNITS;

/** Room for any text made here. */
#define HR_TEXT_SIZE 48

/**
 * hr_format_bytes:
 * @bytes: size
 * @units: GB or GiB
 * @decimals: digits after the point
 * @text: (out caller-allocates) (array fixed-size=HR_TEXT_SIZE): "13.6 GB", "1,234.5 GB"; "0 GB" for nothing
 *
 * A size with its unit. Like all figures here it is written in the notation in force: hr_notation(). The unit never
 * changes with the size, so that figures beside each other compare. A size that is not 0 but would round to 0 is shown
 * as "< 0.1 GB".
 */
void hr_format_bytes (uint64_t bytes, HrUnits units, int decimals, char text[HR_TEXT_SIZE]);

/** A count with separators: "8,030,261,248". */
void hr_format_count (uint64_t count, char text[HR_TEXT_SIZE]);

/** A count in three figures: "8.03 B", "41.9 M", "512". */
void hr_format_count_short (uint64_t count, char text[HR_TEXT_SIZE]);

/** A number with so many digits after the point: "1,234.50". */
void hr_format_number (double value, int decimals, char text[HR_TEXT_SIZE]);

/** A number in at most so many figures, without zeros at the end: "80", "1.5". */
void hr_format_figures (double value, int figures, char text[HR_TEXT_SIZE]);

/** @bytes in the unit of @units. */
double hr_bytes_in_units (uint64_t bytes, HrUnits units);
