/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-architecture.h"
#include "core/hr-gpu.h"
#include "hr-offer.h"

/**
 * HrCatalogModel:
 *
 * One model of the catalogue, with where its facts come from. Strings are static.
 */
typedef struct
{
  const char *id; /* hub id */
  const char *name;
  const char *family;
  const char *license;
  const char *source;
  const char *note;    /* (nullable) */
  const char *aliases; /* (nullable): other names, with spaces between; of the same shapes, not of the same weights */
  bool verified;
  uint64_t total_parameters; /* published facts' own total, for tests */
  uint64_t active_parameters;
  HrArchitecture architecture;
} HrCatalogModel;

/**
 * HrCatalogGpu:
 *
 * One GPU of the catalogue.
 */
typedef struct
{
  HrGpu gpu;
  uint64_t derived_bytes; /* capacity by the rule for cards without a driver's figure; 0: the rule was not asked */
  const char *source;
  const char *note;    /* (nullable) */
  const char *aliases; /* (nullable): other names, with spaces between */
  bool verified;
} HrCatalogGpu;

/** All models, in the order of the catalogue. */
const HrCatalogModel *hr_catalog_models (size_t *n_models);

/** All GPUs, in the order of the catalogue. */
const HrCatalogGpu *hr_catalog_gpus (size_t *n_gpus);

/** All rental offers, in the order of the catalogue: by provider. */
const HrOffer *hr_catalog_offers (size_t *n_offers);

/** @index: a position in the table that is meant */
const HrCatalogModel *hr_catalog_model_at (size_t index);
const HrCatalogGpu *hr_catalog_gpu_at (size_t index);
const HrOffer *hr_catalog_offer_at (size_t index);

/**
 * hr_catalog_find_model:
 * @name: an id or an alias; case, spaces, hyphens and the organisation in front of the slash do not matter
 *
 * Returns: (nullable): the model that is called so.
 */
const HrCatalogModel *hr_catalog_find_model (const char *name);

/** Whether @model, of the catalogue, is one that the user added. */
bool hr_catalog_model_is_own (const HrCatalogModel *model);

/** As hr_catalog_find_model(). A name that several cards share, such as "A100", finds none. */
const HrCatalogGpu *hr_catalog_find_gpu (const char *name);

/**
 * hr_catalog_find_offer:
 * @id: "provider/instance type", or where a provider has the type more than once "provider/instance type@region"
 *
 * Returns: (nullable): the first offer of that machine.
 */
const HrOffer *hr_catalog_find_offer (const char *id);

/** The most that one search finds. */
#define HR_CATALOG_MAX_FOUND 2048

/**
 * hr_catalog_search_models:
 * @query: words typed by a person ("llama 3 8b"); "" finds everything
 * @out: (out caller-allocates) (array length=size): models that hold all words, best first
 *
 * Searches ids, names, aliases and families. Where nothing holds all words, words may be misspelled.
 *
 * Returns: how many were found and written, at most %HR_CATALOG_MAX_FOUND.
 */
size_t hr_catalog_search_models (const char *query, const HrCatalogModel **out, size_t size);

/** As hr_catalog_search_models(), over names, ids, aliases, vendors and architectures of GPUs. */
size_t hr_catalog_search_gpus (const char *query, const HrCatalogGpu **out, size_t size);

/**
 * hr_catalog_search_offers:
 *
 * As hr_catalog_search_models(), over providers, instance types and regions, the names of the GPU, and their number as
 * in "8x". Equally good ones come cheapest first, on demand by the hour and GPU.
 */
size_t hr_catalog_search_offers (const char *query, const HrOffer **out, size_t size);

/**
 * hr_catalog_families:
 * @out: (out caller-allocates) (array length=size): names of families, in the order of the catalogue
 *
 * Returns: how many families there are and were written.
 */
size_t hr_catalog_families (const char **out, size_t size);

/**
 * hr_catalog_family_models:
 * @out: (out caller-allocates) (array length=size): the models of @family, in the order of the catalogue
 *
 * Returns: how many were written.
 */
size_t hr_catalog_family_models (const char *family, const HrCatalogModel **out, size_t size);

/** Returns: (nullable): the id most like @id, to suggest after a mistyped one. */
const char *hr_catalog_nearest_model (const char *id);
const char *hr_catalog_nearest_gpu (const char *id);
