/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-catalog-table.h"

#include "hr-labels.h"
#include "hr-offer-label.h"

#include <glib/gi18n-lib.h>

#define FIGURES 6
#define NOT_KNOWN "–"

enum
{
  MODEL_PARAMETERS,
  MODEL_ACTIVE,
  MODEL_CONTEXT,
  MODEL_LICENSE,
};

enum
{
  GPU_NAME,
  GPU_MEMORY,
  GPU_BANDWIDTH,
  GPU_BF16,
  GPU_FP8,
};

enum
{
  OFFER_GPUS,
  OFFER_VCPUS,
  OFFER_RAM,
  OFFER_REGION,
  OFFER_PRICE,
  OFFER_SPOT,
  OFFER_DATE,
  OFFER_SOURCE,
};

/* Takes @text. */
static void
set (HrTableRow *row, guint column, char *text)
{
  g_autofree char *owned = text;

  hr_table_row_set (row, column, owned);
}

/* Takes no number for one that is 0. */
static char *
number_text (double number, int decimals)
{
  char text[HR_TEXT_SIZE];

  hr_format_number (number, decimals, text);
  return g_strdup (number > 0 ? text : NOT_KNOWN);
}

static char *
figures_text (double number)
{
  char text[HR_TEXT_SIZE];

  hr_format_figures (number, FIGURES, text);
  return g_strdup (number > 0 ? text : NOT_KNOWN);
}

static void
add_model (HrTable *table, const HrCatalogModel *model)
{
  HrTableRow *row = hr_table_add (table, HR_ROW_VALUES, model->id);
  char text[HR_TEXT_SIZE];

  if (!model->verified)
    row->detail = g_strdup (_ ("not verified"));
  hr_format_count_short (model->total_parameters, text);
  hr_table_row_set (row, MODEL_PARAMETERS, text);
  hr_format_count_short (model->active_parameters, text);
  hr_table_row_set (row, MODEL_ACTIVE, model->active_parameters != model->total_parameters ? text : "");
  hr_format_count (model->architecture.max_position_embeddings, text);
  hr_table_row_set (row, MODEL_CONTEXT, text);
  hr_table_row_set (row, MODEL_LICENSE, model->license != NULL ? model->license : "");
}

HrTable *
hr_catalog_models_table (const HrCatalogModel *const *models, gsize n_models, gboolean in_families)
{
  const char *columns[] = { _ ("Parameters"), _ ("Active"), _ ("Context"), _ ("License"), NULL };
  HrTable *table = hr_table_new (_ ("Model"), columns);
  g_autofree const char **families = g_new0 (const char *, n_models + 1);
  gsize n_families = in_families ? hr_catalog_families (families, n_models) : 1;

  for (gsize family = 0; family < n_families; family++)
    {
      if (in_families)
        hr_table_add (table, HR_ROW_SECTION, families[family]);
      for (gsize i = 0; i < n_models; i++)
        if (!in_families || g_ascii_strcasecmp (models[i]->family, families[family]) == 0)
          add_model (table, models[i]);
    }

  return table;
}

/* What the driver would report, not what is printed on the box. */
static char *
memory_text (const HrGpu *gpu)
{
  char size[HR_TEXT_SIZE];

  hr_format_bytes (gpu->capacity_bytes, HR_UNITS_GB, 1, size);

  return g_strconcat (hr_gpu_capacity_basis (gpu) == HR_CAPACITY_DERIVED ? "≈ " : "", size, NULL);
}

HrTable *
hr_catalog_gpus_table (const HrCatalogGpu *const *gpus, gsize n_gpus)
{
  const char *columns[] = { _ ("Name"), _ ("Memory"), _ ("GB/s"), _ ("bf16 TFLOP/s"), _ ("fp8 TFLOP/s"), NULL };
  HrTable *table = hr_table_new (_ ("GPU"), columns);

  for (gsize i = 0; i < n_gpus; i++)
    {
      const HrGpu *gpu = &gpus[i]->gpu;
      HrTableRow *row = hr_table_add (table, HR_ROW_VALUES, gpu->id);

      if (!gpus[i]->verified)
        row->detail = g_strdup (_ ("not fully verified"));
      hr_table_row_set (row, GPU_NAME, gpu->name);
      set (row, GPU_MEMORY, memory_text (gpu));
      set (row, GPU_BANDWIDTH, number_text (gpu->memory_bandwidth_gbps, 0));
      set (row, GPU_BF16, number_text (gpu->bf16_tflops, 0));
      set (row, GPU_FP8, number_text (gpu->fp8_tflops, 0));
    }

  return table;
}

/* Returns: the number of @source in @sources, from 1. */
static guint
number_source (GPtrArray *sources, const char *source)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (sources, source, g_str_equal, &index))
    {
      index = sources->len;
      g_ptr_array_add (sources, g_strdup (source));
    }

  return index + 1;
}

static char *
dated_text (const HrOffer *offer, guint32 today)
{
  char *date = hr_offer_date_text (offer);
  g_autofree char *age = hr_offer_age_label (offer, today);
  g_autofree char *alone = NULL;

  if (age == NULL)
    return date;

  alone = date;
  /* Translators: the date of a price, and that it is old */
  return g_strdup_printf (_ ("%s, %s"), date, age);
}

static void
add_offer (HrTable *table, const HrOffer *offer, guint32 today, GPtrArray *sources)
{
  g_autofree char *machine = g_strdup_printf ("%s/%s", offer->provider, offer->instance_type);
  HrTableRow *row = hr_table_add (table, HR_ROW_VALUES, machine);

  set (row, OFFER_GPUS, g_strdup_printf ("%u × %s", offer->gpu_count, hr_gpu_display_name (offer->gpu_id)));
  set (row, OFFER_VCPUS, figures_text (offer->vcpus));
  set (row, OFFER_RAM, figures_text (offer->ram_gib));
  hr_table_row_set (row, OFFER_REGION, *hr_offer_region (offer) != '\0' ? hr_offer_region (offer) : NOT_KNOWN);
  set (row, OFFER_PRICE, hr_price_text (offer->price_usd_per_hour));
  set (row, OFFER_SPOT, hr_price_text (offer->spot_usd_per_hour));
  set (row, OFFER_DATE, dated_text (offer, today));
  set (row, OFFER_SOURCE, g_strdup_printf ("[%u]", number_source (sources, offer->source)));
}

HrTable *
hr_catalog_offers_table (const HrOffer *const *offers, gsize n_offers, guint32 today, GPtrArray **sources)
{
  const char *columns[] = { _ ("GPUs"), _ ("vCPUs"),          _ ("RAM, GiB"), _ ("Region"), _ ("An hour"),
                            _ ("Spot"), _ ("Date of prices"), _ ("Source"),   NULL };
  HrTable *table = hr_table_new (_ ("Machine"), columns);

  *sources = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_offers; i++)
    add_offer (table, offers[i], today, *sources);

  return table;
}
