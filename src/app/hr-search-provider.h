/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HR_TYPE_SEARCH_PROVIDER (hr_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (HrSearchProvider, hr_search_provider, HR, SEARCH_PROVIDER, GObject)

/**
 * HrSearchProvider:
 *
 * Answers the desktop's search (org.gnome.Shell.SearchProvider2) with recent projects, found by the names of their
 * files, configurations, models and GPUs. Their ids are their addresses.
 */
HrSearchProvider *hr_search_provider_new (GApplication *application);

/** Puts it below @path, the application's own. */
gboolean hr_search_provider_export (HrSearchProvider *self, GDBusConnection *connection, const char *path,
                                    GError **error);
void hr_search_provider_unexport (HrSearchProvider *self);

G_END_DECLS
