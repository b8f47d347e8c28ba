/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gpu-text.h"

#include "catalog/hr-offer-price.h"
#include "chart/hr-text-parts.h"
#include "core/hr-units.h"
#include "hr-offer-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIGURES 4

char *
hr_gpu_marketed_text (const HrGpu *gpu)
{
  char size[HR_TEXT_SIZE];

  hr_format_figures (gpu->memory_gb, FIGURES, size);
  return g_strdup_printf (_ ("%s GB"), size);
}

char *
hr_gpu_usable_text (const HrGpu *gpu)
{
  char usable_mib[HR_TEXT_SIZE];

  hr_format_count (hr_gpu_usable_bytes (gpu) / (guint64) HR_BYTES_PER_MIB, usable_mib);
  if (hr_gpu_capacity_basis (gpu) == HR_CAPACITY_DERIVED)
    /* Translators: memory of a GPU for which no driver's figure is known */
    return g_strdup_printf (_ ("%s MiB usable (derived)"), usable_mib);

  return g_strdup_printf (_ ("%s MiB usable"), usable_mib);
}

char *
hr_gpu_memory_text (const HrGpu *gpu)
{
  g_autofree char *marketed = hr_gpu_marketed_text (gpu);
  g_autofree char *usable = hr_gpu_usable_text (gpu);
  GString *text = g_string_new (NULL);
  char in_use_mib[HR_TEXT_SIZE], margin[HR_TEXT_SIZE];

  hr_format_count (gpu->limits.in_use_mib, in_use_mib);
  hr_format_figures (gpu->limits.margin_percent, FIGURES, margin);
  if (gpu->memory_gb > 0)
    hr_text_add_item (text, marketed);
  hr_text_add_item (text, usable);
  if (gpu->limits.in_use_mib > 0)
    {
      /* Translators: on a list: 24 GB, 23,064 MiB usable, 1,500 MiB in use */
      g_autofree char *in_use = g_strdup_printf (_ ("%s MiB in use"), in_use_mib);
      hr_text_add_item (text, in_use);
    }
  if (gpu->limits.margin_percent > 0)
    {
      /* Translators: on a list: 24 GB, 23,336 MiB usable, 5 % kept free */
      g_autofree char *kept_free = g_strdup_printf (_ ("%s %% kept free"), margin);
      hr_text_add_item (text, kept_free);
    }

  return g_string_free (text, FALSE);
}

char *
hr_gpu_support_text (const HrGpu *gpu)
{
  const char *names[4];
  guint n_names = 0;

  if (gpu->supports_bf16)
    names[n_names++] = "bf16";
  if (gpu->supports_fp8)
    names[n_names++] = "fp8";
  if (gpu->supports_flash_attention_2)
    names[n_names++] = "flash";
  names[n_names] = NULL;

  return g_strjoinv (", ", (char **) names);
}

char *
hr_gpu_detail_text (const HrGpu *gpu)
{
  char number[HR_TEXT_SIZE];
  hr_format_number (gpu->memory_bandwidth_gbps, 0, number);
  g_autofree char *bandwidth = g_strdup_printf (_ ("%s GB/s"), number);
  g_autofree char *support = hr_gpu_support_text (gpu);
  const char *parts[3] = { NULL };
  guint n_parts = 0;

  if (gpu->memory_bandwidth_gbps > 0)
    parts[n_parts++] = bandwidth;
  if (*support != '\0')
    parts[n_parts++] = support;

  return g_strjoinv (", ", (char **) parts);
}

char *
hr_gpu_price_text (const char *gpu_id)
{
  double least;
  const HrOffer *cheapest = hr_offer_cheapest (gpu_id, &least);

  if (cheapest == NULL)
    return NULL;

  g_autofree char *price = hr_price_text (least);
  g_autofree char *date = hr_offer_date_text (cheapest);
  /* Translators: the least price of one GPU for one hour, who asks it, of what day it is */
  return g_strdup_printf (_ ("from %s an hour: %s, %s"), price, cheapest->provider, date);
}
