/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HR_TYPE_TEMPLATE (hr_template_get_type ())
G_DECLARE_FINAL_TYPE (HrTemplate, hr_template, HR, TEMPLATE, GObject)

/** The most templates that are listed, and the longest file that is read. */
#define HR_MAX_TEMPLATES 200
#define HR_TEMPLATE_MAX_BYTES (1024 * 1024)

/**
 * HrTemplate:
 *
 * A way to run a job that the user keeps: a file with one configuration, as the clipboard has it (docs/file-format.md).
 * It says everything but model and card: where it is applied, these are those of the configuration that is selected
 * and of the project; its own model serves where nothing is selected. One that cannot be read has a fault instead.
 * Immutable but for its name.
 */

/** Returns: (transfer full): where templates are kept: $XDG_DATA_HOME/headroom/templates. */
GFile *hr_template_default_folder (void) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full) (element-type HrTemplate): those in @folder, by name; a folder that is not there has none.
 */
GListModel *hr_templates_read (GFile *folder) G_GNUC_WARN_UNUSED_RESULT;

/** Keeps @configuration in @folder as a template called @name; never in the place of another. */
gboolean hr_template_save (GFile *folder, HrConfiguration *configuration, const char *name, GError **error);

/** What the template is called: like its configuration; one that is broken, like its file. */
const char *hr_template_get_name (HrTemplate *self);

/** What it is in short, or what is wrong with it. */
const char *hr_template_get_detail (HrTemplate *self);
gboolean hr_template_is_broken (HrTemplate *self);

/** Calls a template @name from now on; the file stays. */
gboolean hr_template_rename (HrTemplate *self, const char *name, GError **error);

/** Puts the file into the trash, or deletes it where there is none. */
gboolean hr_template_remove (HrTemplate *self, GError **error);

/**
 * hr_template_apply:
 * @position: of the configuration to add it behind; G_MAXUINT: at the end
 * @like: (nullable): whose model it gets; NULL: it has its own
 *
 * Adds a configuration as the template says, as one edit.
 *
 * Returns: (transfer none) (nullable): the configuration; NULL if the project is read-only or full.
 */
HrConfiguration *hr_template_apply (HrTemplate *self, HrProject *project, guint position, HrConfiguration *like);

G_END_DECLS
