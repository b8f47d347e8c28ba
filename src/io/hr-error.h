/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * HrError:
 * @HR_ERROR_SYNTAX: not the JSON that is asked for: encoding, grammar, depth, size, repeated members
 * @HR_ERROR_VALUE: a member is missing, has the wrong type or a value that is not allowed
 * @HR_ERROR_VERSION: made by a newer program
 * @HR_ERROR_UNKNOWN_MODEL: a model that the catalogue lacks and the file does not describe
 * @HR_ERROR_FILE: the file cannot be read or written
 * @HR_ERROR_CHANGED: another program has changed the file since it was read
 *
 * Every message reads "FILE:path.to.member: what is wrong, what is allowed" where a member is at fault, and
 * "FILE: what is wrong, what to do" else. Messages are translated.
 */
typedef enum
{
  HR_ERROR_SYNTAX,
  HR_ERROR_VALUE,
  HR_ERROR_VERSION,
  HR_ERROR_UNKNOWN_MODEL,
  HR_ERROR_FILE,
  HR_ERROR_CHANGED,
} HrError;

#define HR_ERROR (hr_error_quark ())
GQuark hr_error_quark (void);
