/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

G_BEGIN_DECLS

/**
 * HrExportFormat:
 * @id: what actions call it, and the ending of its files: "png"
 * @make: the comparison that @selection shows, encoded
 */
typedef struct
{
  const char *id;
  GBytes *(*make) (HrSelection *selection, GError **error);
} HrExportFormat;

/** Returns: (nullable): the format of that id. */
const HrExportFormat *hr_export_format (const char *id);

G_END_DECLS
