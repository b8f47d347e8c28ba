/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

G_BEGIN_DECLS

/** What of a window is exported. */
typedef enum
{
  HR_EXPORT_COMPARE,
  HR_EXPORT_TIMELINE, /* of the selected configuration */
  HR_EXPORT_FIT_MAP,  /* the same */
  HR_EXPORT_GPUS,     /* its offers */
} HrExportView;

/**
 * HrExportFormat:
 * @id: what actions call it: "png"
 * @ending: of its files
 * @make: for hr_export_make()
 */
typedef struct
{
  const char *id;
  const char *ending;
  GBytes *(*make) (HrSelection *selection, HrExportView view, GError **error);
} HrExportFormat;

/** Returns: (nullable): the format of that id. */
const HrExportFormat *hr_export_format (const char *id);

/**
 * hr_export_make:
 *
 * Encodes what @view shows of @selection; tables are of the comparison. Figures are those of files, whatever the
 * locale.
 *
 * Returns: (transfer full): the bytes, or NULL with @error set.
 */
GBytes *hr_export_make (const HrExportFormat *format, HrSelection *selection, HrExportView view,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
