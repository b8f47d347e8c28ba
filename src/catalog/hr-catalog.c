/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-catalog.h"

#include "hr-catalog-merge.h"
#include "hr-match.h"

#include <string.h>

const HrCatalogModel *
hr_catalog_model_at (size_t index)
{
  size_t n_models;

  return &hr_catalog_models (&n_models)[index];
}

const HrCatalogGpu *
hr_catalog_gpu_at (size_t index)
{
  size_t n_gpus;

  return &hr_catalog_gpus (&n_gpus)[index];
}

const HrOffer *
hr_catalog_offer_at (size_t index)
{
  size_t n_offers;

  return &hr_catalog_offers (&n_offers)[index];
}

/* Models and GPUs are looked up alike: by position in their table. */
typedef struct
{
  size_t size;
  const char *(*id) (size_t index);
  const char *(*aliases) (size_t index);
} Table;

static const char *
model_id (size_t index)
{
  return hr_catalog_model_at (index)->id;
}

static const char *
gpu_id (size_t index)
{
  return hr_catalog_gpu_at (index)->gpu.id;
}

static const char *
model_aliases (size_t index)
{
  return hr_catalog_model_at (index)->aliases;
}

static const char *
gpu_aliases (size_t index)
{
  return hr_catalog_gpu_at (index)->aliases;
}

static Table
models_table (void)
{
  Table table = { .id = model_id, .aliases = model_aliases };

  hr_catalog_models (&table.size);
  return table;
}

static Table
gpus_table (void)
{
  Table table = { .id = gpu_id, .aliases = gpu_aliases };

  hr_catalog_gpus (&table.size);
  return table;
}

static int
find (const Table *table, const char *name)
{
  for (size_t i = 0; i < table->size; i++)
    if (hr_match_equal (table->id (i), name))
      return (int) i;
  for (size_t i = 0; i < table->size; i++)
    if (hr_match_is_name (name, table->id (i)) || hr_match_is_name (name, table->aliases (i)))
      return (int) i;

  return -1;
}

/* People leave out the organisation in front of the slash. */
static uint32_t
distance_to_id (const char *typed, const char *id)
{
  const char *slash = strchr (id, '/');
  uint32_t distance = hr_match_distance (typed, id);

  if (slash != NULL && strchr (typed, '/') == NULL)
    {
      uint32_t without = hr_match_distance (typed, slash + 1);

      distance = without < distance ? without : distance;
    }

  return distance;
}

static const char *
nearest (const Table *table, const char *id)
{
  const char *best = NULL;
  uint32_t least = (uint32_t) strlen (id) / 2 + 1; /* more than half is not a slip of the finger */

  for (size_t i = 0; i < table->size; i++)
    {
      uint32_t distance = distance_to_id (id, table->id (i));

      if (distance < least)
        {
          least = distance;
          best = table->id (i);
        }
    }

  return best;
}

const HrCatalogModel *
hr_catalog_find_model (const char *name)
{
  Table table = models_table ();
  int index = find (&table, name);

  return index >= 0 ? hr_catalog_model_at ((size_t) index) : NULL;
}

const HrCatalogGpu *
hr_catalog_find_gpu (const char *name)
{
  Table table = gpus_table ();
  int index = find (&table, name);

  return index >= 0 ? hr_catalog_gpu_at ((size_t) index) : NULL;
}

const char *
hr_catalog_nearest_model (const char *id)
{
  Table table = models_table ();

  return nearest (&table, id);
}

const char *
hr_catalog_nearest_gpu (const char *id)
{
  Table table = gpus_table ();

  return nearest (&table, id);
}

const HrOffer *
hr_catalog_find_offer (const char *id)
{
  size_t n_offers;
  const HrOffer *offers = hr_catalog_offers (&n_offers);

  for (size_t i = 0; i < n_offers; i++)
    if (hr_offer_has_id (&offers[i], id))
      return &offers[i];

  return NULL;
}

size_t
hr_catalog_families (const char **out, size_t size)
{
  size_t n_models, n_families = 0;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  for (size_t i = 0; i < n_models && n_families < size; i++)
    {
      size_t seen = 0;

      while (seen < n_families && !hr_match_equal (out[seen], models[i].family))
        seen++;
      if (seen == n_families)
        out[n_families++] = models[i].family;
    }

  return n_families;
}

size_t
hr_catalog_family_models (const char *family, const HrCatalogModel **out, size_t size)
{
  size_t n_models, n_found = 0;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  for (size_t i = 0; i < n_models && n_found < size; i++)
    if (hr_match_equal (models[i].family, family))
      out[n_found++] = &models[i];

  return n_found;
}
