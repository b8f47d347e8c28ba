/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-own-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HR_TYPE_OWN_CATALOG (hr_own_catalog_get_type ())
G_DECLARE_FINAL_TYPE (HrOwnCatalog, hr_own_catalog, HR, OWN_CATALOG, GObject)

/**
 * HrOwnCatalog:
 *
 * The user's own models, GPUs and offers, kept in files of one folder. While it lives, the catalogue
 * (catalog/hr-catalog.h) has them in front of what is built in: there is one at a time. Each edit is written before it
 * counts; one that cannot be written changes nothing.
 *
 * Signal: "changed" after the entries or the problems changed.
 */
HrOwnCatalog *hr_own_catalog_new (GFile *folder) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer none): the one under the user's data folder, read when it is first asked for. */
HrOwnCatalog *hr_own_catalog_get_default (void);

/** Returns: (transfer full): where hr_own_catalog_get_default() keeps its files: $XDG_DATA_HOME/headroom/catalog. */
GFile *hr_own_catalog_default_folder (void) G_GNUC_WARN_UNUSED_RESULT;

/** Reads the files anew. */
void hr_own_catalog_reload (HrOwnCatalog *self);

/** Tells all who show what the catalogue says to look again, where something else changed what they make of it. */
void hr_own_catalog_changed (HrOwnCatalog *self);

/** Returns: (transfer none): the entries of @kind as #HrOwnItem. */
GListModel *hr_own_catalog_get_list (HrOwnCatalog *self, HrOwnKind kind);

/** Returns: (transfer none) (element-type utf8): what is wrong with files that were skipped: "FILE:member: …". */
GPtrArray *hr_own_catalog_get_problems (HrOwnCatalog *self);

/** Returns: (nullable) (transfer none): the entry with the key of @entry. */
HrOwnEntry *hr_own_catalog_find (HrOwnCatalog *self, HrOwnEntry *entry);

/** Adds @entry, in the place of the one with the same key if there is one. */
gboolean hr_own_catalog_add (HrOwnCatalog *self, HrOwnEntry *entry, GError **error);

/** Puts @entry in the place of @old, and of another one with its key. */
gboolean hr_own_catalog_replace (HrOwnCatalog *self, HrOwnEntry *old, HrOwnEntry *entry, GError **error);

gboolean hr_own_catalog_remove (HrOwnCatalog *self, HrOwnEntry *entry, GError **error);

/** Removes @entries (element-type HrOwnEntry), all of @kind, in one edit. */
gboolean hr_own_catalog_remove_all (HrOwnCatalog *self, HrOwnKind kind, GPtrArray *entries, GError **error);

/**
 * hr_own_catalog_add_offers:
 * @offers: (array length=n_offers): what an import found
 *
 * Adds all of them in one edit; an offer takes the place of one for the same machine at the same place. Nothing is
 * added if one of them is not allowed (hr_own_entry_new_offer()).
 */
gboolean hr_own_catalog_add_offers (HrOwnCatalog *self, const HrOffer *offers, gsize n_offers, GError **error);

/**
 * HrOwnImport:
 * @n_added: how many were new, of each kind
 * @n_replaced: how many took the place of an own entry
 */
typedef struct
{
  guint n_added[HR_N_OWN_KINDS];
  guint n_replaced[HR_N_OWN_KINDS];
} HrOwnImport;

/** Adds what the catalogue file @file holds, in one edit. */
gboolean hr_own_catalog_import (HrOwnCatalog *self, GFile *file, HrOwnImport *out, GError **error);

/** Writes all entries to one catalogue file. */
gboolean hr_own_catalog_export (HrOwnCatalog *self, GFile *file, GError **error);

/** Whether there is an edit to take back: the last one, until the files are read anew. */
gboolean hr_own_catalog_can_undo (HrOwnCatalog *self);
gboolean hr_own_catalog_undo (HrOwnCatalog *self, GError **error);

G_END_DECLS
