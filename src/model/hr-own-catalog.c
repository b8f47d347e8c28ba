/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-own-catalog-private.h"

#include "catalog/hr-catalog-merge.h"
#include "io/hr-catalog-folder.h"
#include "io/hr-error.h"
#include "io/hr-safe-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EXPORT_NAME "headroom-catalog.json"

struct _HrOwnCatalog
{
  GObject parent_instance;

  HrCatalogFolder *folder;
  GPtrArray *entries[HR_N_OWN_KINDS]; /* of the folder's files */
  GListStore *lists[HR_N_OWN_KINDS];
  GPtrArray *before; /* (nullable): the files before the last edit */
};

G_DEFINE_FINAL_TYPE (HrOwnCatalog, hr_own_catalog, G_TYPE_OBJECT)

static guint changed_signal;

static gboolean
same_entries (GPtrArray *a, GPtrArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

/* Elements of entries that stay are the same objects, so that views keep their place. */
static void
fill_list (GListStore *list, GPtrArray *before, GPtrArray *entries)
{
  guint first = 0;
  guint last = 0;

  while (first < before->len && first < entries->len && before->pdata[first] == entries->pdata[first])
    first++;
  while (last < before->len - first && last < entries->len - first
         && before->pdata[before->len - 1 - last] == entries->pdata[entries->len - 1 - last])
    last++;

  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < entries->len - last; i++)
    g_ptr_array_add (items, hr_own_item_new (entries->pdata[i]));
  g_list_store_splice (list, first, before->len - first - last, items->pdata, items->len);
}

static gpointer
ref_entry (gconstpointer entry, gpointer unused)
{
  return hr_own_entry_ref ((HrOwnEntry *) entry);
}

static void
unref_entry (gpointer entry)
{
  hr_own_entry_unref (entry);
}

static void
refresh (HrOwnCatalog *self)
{
  for (int kind = 0; kind < HR_N_OWN_KINDS; kind++)
    {
      g_autoptr (GPtrArray) found = hr_catalog_folder_get_entries (self->folder, kind);
      g_autoptr (GPtrArray) before = g_steal_pointer (&self->entries[kind]);

      self->entries[kind] = g_ptr_array_copy (found, ref_entry, NULL);
      g_ptr_array_set_free_func (self->entries[kind], unref_entry);
      if (same_entries (before, found))
        continue;
      hr_own_catalog_show (kind, found);
      fill_list (self->lists[kind], before, found);
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
hr_own_catalog_finalize (GObject *object)
{
  HrOwnCatalog *self = HR_OWN_CATALOG (object);

  for (int kind = 0; kind < HR_N_OWN_KINDS; kind++)
    {
      g_ptr_array_set_size (self->entries[kind], 0);
      hr_own_catalog_show (kind, self->entries[kind]);
      g_ptr_array_unref (self->entries[kind]);
      g_object_unref (self->lists[kind]);
    }
  hr_catalog_folder_free (self->folder);
  g_clear_pointer (&self->before, g_ptr_array_unref);

  G_OBJECT_CLASS (hr_own_catalog_parent_class)->finalize (object);
}

static void
hr_own_catalog_class_init (HrOwnCatalogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_own_catalog_finalize;

  changed_signal
      = g_signal_new ("changed", HR_TYPE_OWN_CATALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hr_own_catalog_init (HrOwnCatalog *self)
{
  for (int kind = 0; kind < HR_N_OWN_KINDS; kind++)
    {
      self->entries[kind] = g_ptr_array_new_with_free_func (unref_entry);
      self->lists[kind] = g_list_store_new (HR_TYPE_OWN_ITEM);
    }
}

HrOwnCatalog *
hr_own_catalog_new (GFile *folder)
{
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  HrOwnCatalog *self = g_object_new (HR_TYPE_OWN_CATALOG, NULL);

  self->folder = hr_catalog_folder_new (folder);
  refresh (self);
  return self;
}

GFile *
hr_own_catalog_default_folder (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "headroom", "catalog", NULL);
}

HrOwnCatalog *
hr_own_catalog_get_default (void)
{
  static HrOwnCatalog *catalog;

  if (catalog == NULL)
    {
      g_autoptr (GFile) folder = hr_own_catalog_default_folder ();

      catalog = hr_own_catalog_new (folder);
    }

  return catalog;
}

void
hr_own_catalog_changed (HrOwnCatalog *self)
{
  g_return_if_fail (HR_IS_OWN_CATALOG (self));

  g_signal_emit (self, changed_signal, 0);
}

void
hr_own_catalog_reload (HrOwnCatalog *self)
{
  g_return_if_fail (HR_IS_OWN_CATALOG (self));

  g_clear_pointer (&self->before, g_ptr_array_unref);
  hr_catalog_folder_reload (self->folder);
  refresh (self);
}

GListModel *
hr_own_catalog_get_list (HrOwnCatalog *self, HrOwnKind kind)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), NULL);

  return G_LIST_MODEL (self->lists[kind]);
}

GPtrArray *
hr_own_catalog_get_problems (HrOwnCatalog *self)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), NULL);

  return hr_catalog_folder_get_problems (self->folder);
}

HrOwnEntry *
hr_own_catalog_find (HrOwnCatalog *self, HrOwnEntry *entry)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), NULL);

  GPtrArray *entries = self->entries[hr_own_entry_get_kind (entry)];

  for (guint i = 0; i < entries->len; i++)
    if (strcmp (hr_own_entry_get_key (entries->pdata[i]), hr_own_entry_get_key (entry)) == 0)
      return entries->pdata[i];

  return NULL;
}

static gboolean
change (HrOwnCatalog *self, HrOwnKind kind, GPtrArray *removed, GPtrArray *added, GError **error)
{
  g_autoptr (GPtrArray) before = hr_catalog_folder_get_state (self->folder);
  gboolean done = hr_catalog_folder_change (self->folder, kind, removed, added, error);

  g_clear_pointer (&self->before, g_ptr_array_unref);
  if (done)
    self->before = g_steal_pointer (&before);
  refresh (self);

  return done;
}

static gboolean
change_one (HrOwnCatalog *self, HrOwnEntry *removed, HrOwnEntry *added, GError **error)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (unref_entry);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (unref_entry);

  if (removed != NULL)
    g_ptr_array_add (before, hr_own_entry_ref (removed));
  if (added != NULL)
    g_ptr_array_add (after, hr_own_entry_ref (added));

  return change (self, hr_own_entry_get_kind (added != NULL ? added : removed), before, after, error);
}

gboolean
hr_own_catalog_add (HrOwnCatalog *self, HrOwnEntry *entry, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);

  return change_one (self, NULL, entry, error);
}

gboolean
hr_own_catalog_replace (HrOwnCatalog *self, HrOwnEntry *old, HrOwnEntry *entry, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);
  g_return_val_if_fail (hr_own_entry_get_kind (old) == hr_own_entry_get_kind (entry), FALSE);

  return change_one (self, old, entry, error);
}

gboolean
hr_own_catalog_remove (HrOwnCatalog *self, HrOwnEntry *entry, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);

  return change_one (self, entry, NULL, error);
}

gboolean
hr_own_catalog_remove_all (HrOwnCatalog *self, HrOwnKind kind, GPtrArray *entries, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);

  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  return change (self, kind, entries, added, error);
}

gboolean
hr_own_catalog_add_offers (HrOwnCatalog *self, const HrOffer *offers, gsize n_offers, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);

  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (unref_entry);
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();

  for (gsize i = 0; i < n_offers; i++)
    {
      HrOwnEntry *entry = hr_own_entry_new_offer (&offers[i], NULL, error);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (added, entry);
    }

  return change (self, HR_OWN_OFFER, removed, added, error);
}

static void
count_import (HrOwnCatalog *self, HrOwnKind kind, GPtrArray *added, HrOwnImport *out)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->entries[kind]->len; i++)
    g_hash_table_add (keys, (gpointer) hr_own_entry_get_key (self->entries[kind]->pdata[i]));
  for (guint i = 0; i < added->len; i++)
    if (g_hash_table_contains (keys, hr_own_entry_get_key (added->pdata[i])))
      out->n_replaced[kind]++;
    else
      out->n_added[kind]++;
}

gboolean
hr_own_catalog_import (HrOwnCatalog *self, GFile *file, HrOwnImport *out, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);

  g_autoptr (HrCatalogFile) read = hr_catalog_file_load (file, NULL, error);
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();
  g_autoptr (GPtrArray) before = hr_catalog_folder_get_state (self->folder);
  gboolean done = read != NULL;

  memset (out, 0, sizeof *out);
  for (int kind = 0; kind < HR_N_OWN_KINDS && done; kind++)
    {
      GPtrArray *added = hr_catalog_file_get_entries (read, kind);

      count_import (self, kind, added, out);
      done = added->len == 0 || hr_catalog_folder_change (self->folder, kind, removed, added, error);
    }
  if (read == NULL)
    return FALSE;

  g_clear_pointer (&self->before, g_ptr_array_unref);
  self->before = g_steal_pointer (&before);
  refresh (self);
  return done;
}

gboolean
hr_own_catalog_export (HrOwnCatalog *self, GFile *file, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);

  HrCatalogFile *whole = hr_catalog_file_new (EXPORT_NAME);

  for (int kind = 0; kind < HR_N_OWN_KINDS; kind++)
    {
      g_autoptr (HrCatalogFile) so_far = whole;

      whole = hr_catalog_file_with (so_far, kind, self->entries[kind]);
    }
  g_autoptr (GBytes) bytes = hr_catalog_file_serialize (whole);
  hr_catalog_file_unref (whole);

  return hr_safe_file_write (file, bytes, NULL, NULL, error);
}

gboolean
hr_own_catalog_can_undo (HrOwnCatalog *self)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);

  return self->before != NULL;
}

gboolean
hr_own_catalog_undo (HrOwnCatalog *self, GError **error)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (self), FALSE);
  g_return_val_if_fail (self->before != NULL, FALSE);

  g_autoptr (GPtrArray) before = g_steal_pointer (&self->before);
  gboolean done = hr_catalog_folder_restore (self->folder, before, error);

  refresh (self);
  return done;
}
