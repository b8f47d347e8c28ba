/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-own-text.h"

#include "catalog/hr-catalog-merge.h"
#include "chart/hr-text-parts.h"
#include "core/hr-units.h"
#include "hr-labels.h"
#include "hr-offer-label.h"

#include <glib/gi18n-lib.h>

#define FIGURES 4

char *
hr_own_entry_title (HrOwnEntry *entry)
{
  const HrOffer *offer = hr_own_entry_get_offer (entry);

  if (hr_own_entry_get_kind (entry) == HR_OWN_MODEL)
    return g_strdup (hr_own_entry_get_model (entry)->name);
  if (hr_own_entry_get_kind (entry) == HR_OWN_GPU)
    return g_strdup (hr_own_entry_get_gpu (entry)->gpu.name);

  /* Translators: who rents it out, a number and the name of a GPU: RunPod · 2 × RTX 4090 */
  return g_strdup_printf (_ ("%s · %u × %s"), offer->provider, offer->gpu_count, hr_gpu_display_name (offer->gpu_id));
}

static void
append (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    hr_text_add_part (text, part);
}

static void G_GNUC_PRINTF (2, 3) append_format (GString *text, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *part = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  append (text, part);
}

static void
append_replaced (GString *text, gboolean replaces)
{
  if (replaces)
    append (text, _ ("in place of the built-in one"));
}

static void
append_model (GString *text, const HrCatalogModel *model)
{
  char count[HR_TEXT_SIZE];

  hr_format_count_short (model->total_parameters, count);
  /* Translators: a count such as 8.03 B */
  append_format (text, _ ("%s parameters"), count);
  append (text, model->id);
  append_replaced (text, hr_catalog_find_builtin_model (model->id) != NULL);
}

static void
append_gpu (GString *text, const HrGpu *gpu)
{
  char count[HR_TEXT_SIZE], size[HR_TEXT_SIZE], bandwidth[HR_TEXT_SIZE];

  hr_format_count (gpu->memory_total_mib, count);
  hr_format_figures (gpu->memory_gb, FIGURES, size);
  hr_format_figures (gpu->memory_bandwidth_gbps, FIGURES, bandwidth);
  if (gpu->memory_total_mib > 0)
    append_format (text, _ ("%s MiB"), count);
  else
    append_format (text, _ ("%s GB"), size);
  if (gpu->memory_bandwidth_gbps > 0)
    append_format (text, _ ("%s GB/s"), bandwidth);
  append (text, gpu->id);
  append_replaced (text, hr_catalog_find_builtin_gpu (gpu->id) != NULL);
}

static void
append_offer (GString *text, const HrOffer *offer)
{
  g_autofree char *price = hr_price_text (offer->price_usd_per_hour);
  g_autofree char *spot = hr_price_text (offer->spot_usd_per_hour);
  g_autofree char *date = hr_date_text (offer->date);

  if (offer->price_usd_per_hour > 0)
    /* Translators: an amount of money */
    append_format (text, _ ("%s an hour"), price);
  if (offer->spot_usd_per_hour > 0)
    /* Translators: an amount of money for an hour of a machine that may be taken away */
    append_format (text, _ ("spot %s"), spot);
  append (text, offer->instance_type);
  append (text, hr_offer_region (offer));
  append (text, *date != '\0' ? date : _ ("day unknown"));
  append (text, offer->source);
}

char *
hr_own_entry_detail (HrOwnEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (hr_own_entry_get_kind (entry) == HR_OWN_MODEL)
    append_model (text, hr_own_entry_get_model (entry));
  else if (hr_own_entry_get_kind (entry) == HR_OWN_GPU)
    append_gpu (text, &hr_own_entry_get_gpu (entry)->gpu);
  else
    append_offer (text, hr_own_entry_get_offer (entry));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_slug (const char *name)
{
  GString *slug = g_string_new (NULL);

  for (const char *at = name; *at != '\0' && slug->len + 8 < sizeof ((HrGpu *) NULL)->id; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (slug, g_ascii_tolower (*at));
    else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);

  return g_string_free (slug, FALSE);
}

char *
hr_own_gpu_id (const char *name)
{
  g_autofree char *slug = make_slug (name);
  char *id = g_strdup (*slug != '\0' ? slug : "gpu");

  for (guint number = 2; hr_catalog_find_gpu (id) != NULL; number++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", *slug != '\0' ? slug : "gpu", number);
    }

  return id;
}
