/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-catalog.h"

#include "hr-match-score.h"
#include "hr-match.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A query that is a name or an alias stands above all that only hold its words. */
#define SCORE_NAME 1000
#define MAX_COUNT_TEXT 16

typedef struct
{
  const char *query;
  bool loosely;
  bool may_count;          /* whether words may be numbers of GPUs, "8x", so that these are worth writing */
  const HrCatalogGpu *gpu; /* (nullable): of the offer that was looked at last */
} Search;

/* Models, GPUs and offers are searched alike: by position in their table. */
typedef struct
{
  size_t size;
  uint32_t (*score) (Search *search, size_t index);
  double (*rank) (size_t index); /* of equally good ones, the least comes first */
} Table;

typedef struct
{
  size_t index;
  uint32_t score;
  double rank;
} Found;

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static uint32_t
score_texts (const Search *search, const char *const *texts, size_t n_texts)
{
  return search->loosely ? hr_match_score_loosely (search->query, texts, n_texts)
                         : hr_match_score (search->query, texts, n_texts);
}

static uint32_t
score_name (const Search *search, const char *id, const char *aliases)
{
  return hr_match_is_name (search->query, id) || hr_match_is_name (search->query, aliases) ? SCORE_NAME : 0;
}

static uint32_t
score_model (Search *search, size_t index)
{
  const HrCatalogModel *model = hr_catalog_model_at (index);
  const char *texts[] = { model->name, model->id, model->family, text_or_empty (model->aliases) };
  uint32_t score = score_texts (search, texts, sizeof texts / sizeof texts[0]);

  return score > 0 ? score + score_name (search, model->id, model->aliases) : 0;
}

static uint32_t
score_gpu (Search *search, size_t index)
{
  const HrCatalogGpu *entry = hr_catalog_gpu_at (index);
  const HrGpu *gpu = &entry->gpu;
  const char *texts[] = { gpu->id, gpu->name, gpu->vendor, gpu->architecture, text_or_empty (entry->aliases) };
  uint32_t score = score_texts (search, texts, sizeof texts / sizeof texts[0]);

  return score > 0 ? score + score_name (search, gpu->id, entry->aliases) : 0;
}

/* By id alone, which is all that offers have, and quicker than hr_catalog_find_gpu(). */
static const HrCatalogGpu *
find_gpu (const char *id)
{
  size_t n_gpus;
  const HrCatalogGpu *gpus = hr_catalog_gpus (&n_gpus);

  for (size_t i = 0; i < n_gpus; i++)
    if (hr_match_equal (gpus[i].gpu.id, id))
      return &gpus[i];

  return NULL;
}

static uint32_t
score_offer (Search *search, size_t index)
{
  const HrOffer *offer = hr_catalog_offer_at (index);
  char count[MAX_COUNT_TEXT] = "";

  if (search->gpu == NULL || !hr_match_equal (search->gpu->gpu.id, offer->gpu_id))
    search->gpu = find_gpu (offer->gpu_id);
  if (search->may_count)
    snprintf (count, sizeof count, "%ux", offer->gpu_count);

  const HrCatalogGpu *entry = search->gpu;
  const char *texts[] = {
    offer->gpu_id,
    offer->provider,
    offer->instance_type,
    offer->region,
    count,
    entry != NULL ? entry->gpu.name : "",
    entry != NULL ? entry->gpu.vendor : "",
    entry != NULL ? text_or_empty (entry->aliases) : "",
  };

  return score_texts (search, texts, sizeof texts / sizeof texts[0]);
}

static double
rank_model (size_t index)
{
  return (double) strlen (hr_catalog_model_at (index)->id);
}

static double
rank_gpu (size_t index)
{
  return (double) strlen (hr_catalog_gpu_at (index)->gpu.id);
}

static double
rank_offer (size_t index)
{
  const HrOffer *offer = hr_catalog_offer_at (index);

  return offer->price_usd_per_hour > 0 ? offer->price_usd_per_hour / offer->gpu_count : (double) INFINITY;
}

static bool
is_better (const Found *a, const Found *b)
{
  return a->score != b->score ? a->score > b->score : a->rank < b->rank;
}

/* Insertion sort: best first, the table's order among equals and where no words were given. */
static size_t
search_table (const Table *table, Search *search, Found *found, size_t size)
{
  bool sorts = search->query[strspn (search->query, " \t\n")] != '\0';
  size_t n_found = 0;

  for (size_t i = 0; i < table->size; i++)
    {
      Found candidate = { .index = i, .score = table->score (search, i), .rank = sorts ? table->rank (i) : 0 };
      size_t place = n_found;

      if (candidate.score == 0)
        continue;
      while (place > 0 && is_better (&candidate, &found[place - 1]))
        place--;
      if (place >= size)
        continue;
      if (n_found == size)
        n_found--;
      memmove (&found[place + 1], &found[place], (n_found - place) * sizeof found[0]);
      found[place] = candidate;
      n_found++;
    }

  return n_found;
}

static size_t
search_well (const Table *table, const char *query, Found *found, size_t size)
{
  Search search = { .query = query, .may_count = strpbrk (query, "xX") != NULL };
  size_t n_found;

  size = size < HR_CATALOG_MAX_FOUND ? size : HR_CATALOG_MAX_FOUND;
  n_found = search_table (table, &search, found, size);
  if (n_found > 0)
    return n_found;

  search.loosely = true;
  return search_table (table, &search, found, size);
}

size_t
hr_catalog_search_models (const char *query, const HrCatalogModel **out, size_t size)
{
  Table table = { .score = score_model, .rank = rank_model };
  Found found[HR_CATALOG_MAX_FOUND];
  size_t n_found;

  hr_catalog_models (&table.size);
  n_found = search_well (&table, query, found, size);
  for (size_t i = 0; i < n_found; i++)
    out[i] = hr_catalog_model_at (found[i].index);

  return n_found;
}

size_t
hr_catalog_search_gpus (const char *query, const HrCatalogGpu **out, size_t size)
{
  Table table = { .score = score_gpu, .rank = rank_gpu };
  Found found[HR_CATALOG_MAX_FOUND];
  size_t n_found;

  hr_catalog_gpus (&table.size);
  n_found = search_well (&table, query, found, size);
  for (size_t i = 0; i < n_found; i++)
    out[i] = hr_catalog_gpu_at (found[i].index);

  return n_found;
}

size_t
hr_catalog_search_offers (const char *query, const HrOffer **out, size_t size)
{
  Table table = { .score = score_offer, .rank = rank_offer };
  Found found[HR_CATALOG_MAX_FOUND];
  size_t n_found;

  hr_catalog_offers (&table.size);
  n_found = search_well (&table, query, found, size);
  for (size_t i = 0; i < n_found; i++)
    out[i] = hr_catalog_offer_at (found[i].index);

  return n_found;
}
