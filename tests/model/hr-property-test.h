/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** What a property can be set to besides what a generic test finds itself. */
typedef struct
{
  const char *name;
  const char *text;
} HrPropertyText;

/**
 * hr_test_properties:
 * @make: makes an object in a known state; may set its argument to what must live as long
 * @texts: (nullable): values for string properties, ended by a NULL name; those without one get "changed"
 * @skipped: (nullable) (array zero-terminated=1): object properties, which have tests of their own
 *
 * For every writable property of a new object: setting the value that it has notifies nothing; setting another one is
 * read back and notified exactly once.
 */
void hr_test_properties (GObject *(*make) (GObject **owner), const HrPropertyText *texts, const char *const *skipped);

G_END_DECLS
