/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-cheapest-offer.h"

#include "core/hr-notation.h"
#include "hr-offer-label.h"
#include "hr-offer-question.h"
#include "hr-plan-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* More configurations than people compare side by side. */
#define MOST_CONFIGURATIONS 16
#define NOT_APPLICABLE "—"
#define NOT_KNOWN "…"
#define DATA_KEY "hr-cheapest-offer"

typedef enum
{
  MACHINE,
  PROVIDER,
  HOUR,
  DATE,
  TIME,
  COST,
  N_TEXTS,
} Text;

static const char *const labels[N_TEXTS] = {
  /* Translators: what is rented: "2 × L40S · DDP" */
  [MACHINE] = N_ ("Machine"),        [PROVIDER] = N_ ("Provider"), [HOUR] = N_ ("Price of an hour"),
  [DATE] = N_ ("Date of the price"), [TIME] = N_ ("Time there"),   [COST] = N_ ("Cost there"),
};

static const HrTableScale scales[N_TEXTS] = {
  [HOUR] = HR_SCALE_DOLLARS,
  [TIME] = HR_SCALE_HOURS,
  [COST] = HR_SCALE_DOLLARS,
};

/* What was found for a configuration, and what it rests on. */
typedef struct
{
  HrEstimateResult *estimate; /* made anew when the configuration changes */
  HrDataset dataset;
  HrAssumptions assumptions;
  guint catalog;
  const HrNotation *notation;
  guint32 today;
  char *texts[N_TEXTS];
  double numbers[N_TEXTS]; /* of texts that are figures; NAN: none */
} Cheapest;

static void
cheapest_free (Cheapest *self)
{
  g_object_unref (self->estimate);
  for (int i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  g_free (self);
}

static guint
mix (guint hash, double number)
{
  return hash * 31 + g_double_hash (&number);
}

/* Changes with what the catalogue's offers and cards say. */
static guint
catalog_hash (void)
{
  size_t n_offers, n_gpus;
  const HrOffer *offers = hr_catalog_offers (&n_offers);
  const HrCatalogGpu *gpus = hr_catalog_gpus (&n_gpus);
  guint hash = (guint) n_offers;

  for (size_t i = 0; i < n_offers; i++)
    hash = mix (mix (hash ^ g_str_hash (offers[i].gpu_id), offers[i].price_usd_per_hour),
                offers[i].gpu_count + 32.0 * offers[i].date);
  for (size_t i = 0; i < n_gpus; i++)
    hash = mix (mix (mix (hash, (double) gpus[i].gpu.capacity_bytes), gpus[i].gpu.bf16_tflops),
                gpus[i].gpu.memory_bandwidth_gbps);
  return hash;
}

static void
tell (Cheapest *self, const HrRankedOffer *best)
{
  for (int text = 0; text < N_TEXTS; text++)
    self->numbers[text] = NAN;
  if (best == NULL)
    {
      self->texts[MACHINE] = g_strdup (_ ("Nothing fits"));
      return;
    }
  g_autofree char *date = hr_offer_date_text (best->offer);
  g_autofree char *age = best->offer->date > 0 ? hr_offer_age_label (best->offer, self->today) : NULL;

  self->texts[MACHINE] = hr_ranked_offer_title (best);
  self->texts[PROVIDER] = g_strdup (best->offer->provider);
  self->texts[HOUR] = hr_price_text (best->price_per_hour);
  self->texts[DATE] = age != NULL ? g_strdup_printf (_ ("%s, %s"), date, age) : g_strdup (date);
  self->texts[TIME] = hr_ranked_offer_time_text (best, FALSE);
  self->texts[COST] = hr_ranked_offer_cost_text (best, FALSE);
  self->numbers[HOUR] = best->price_per_hour;
  if (best->cost.known)
    {
      self->numbers[TIME] = best->cost.hours.expected;
      self->numbers[COST] = best->cost.price.expected;
    }
}

static Cheapest *
rank (HrProject *project, HrConfiguration *configuration, const Cheapest *basis)
{
  const HrOfferFilter filter = { .only_fitting = TRUE };
  Cheapest *self = g_memdup2 (basis, sizeof *basis);
  HrOfferQuestion question;

  hr_offer_question_init (&question, project, configuration, basis->today);
  g_autoptr (HrOfferRanking) ranking = hr_offer_ranking_new (&question, &filter, HR_RANK_BY_COST);
  g_object_ref (self->estimate);
  tell (self, hr_offer_ranking_cheapest (ranking));
  return self;
}

static void
basis_init (Cheapest *basis, HrProject *project)
{
  const HrProjectData *data = hr_project_get_data (project);

  memset (basis, 0, sizeof *basis);
  basis->dataset = data->dataset;
  basis->assumptions = data->assumptions;
  basis->catalog = catalog_hash ();
  basis->notation = hr_notation ();
  basis->today = hr_today ();
}

/* Returns: (nullable): as it was found last. @basis: gets what the configuration has of it */
static const Cheapest *
look_up (HrConfiguration *configuration, Cheapest *basis, gboolean *known)
{
  const Cheapest *kept = g_object_get_data (G_OBJECT (configuration), DATA_KEY);

  basis->estimate = hr_configuration_get_estimate (configuration);
  *known = kept != NULL && memcmp (kept, basis, G_STRUCT_OFFSET (Cheapest, texts)) == 0;
  return kept;
}

static const Cheapest *
get (HrProject *project, HrConfiguration *configuration, Cheapest *basis)
{
  gboolean known;
  const Cheapest *kept = look_up (configuration, basis, &known);

  if (known)
    return kept;

  Cheapest *found = rank (project, configuration, basis);
  g_object_set_data_full (G_OBJECT (configuration), DATA_KEY, found, (GDestroyNotify) cheapest_free);
  return found;
}

/* Returns: (nullable): the first that is not known. */
static HrConfiguration *
find_unknown (HrProject *project, Cheapest *basis)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));
  gboolean known = TRUE;

  for (guint i = 0; n <= MOST_CONFIGURATIONS && i < n; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);

      look_up (configuration, basis, &known);
      if (!known)
        return configuration;
    }

  return NULL;
}

gboolean
hr_cheapest_offer_is_known (HrProject *project)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), TRUE);

  Cheapest basis;

  basis_init (&basis, project);
  return find_unknown (project, &basis) == NULL;
}

gboolean
hr_cheapest_offer_find_next (HrProject *project)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), FALSE);

  Cheapest basis;

  basis_init (&basis, project);
  HrConfiguration *configuration = find_unknown (project, &basis);
  if (configuration == NULL)
    return FALSE;
  get (project, configuration, &basis);
  return TRUE;
}

void
hr_cheapest_offer_add (HrTable *table, HrProject *project, gboolean find)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));
  HrTableRow *rows[N_TEXTS];
  Cheapest basis;

  if (n > MOST_CONFIGURATIONS)
    return;
  basis_init (&basis, project);
  hr_table_add (table, HR_ROW_SECTION, _ ("Cheapest offer that fits"));
  for (int text = 0; text < N_TEXTS; text++)
    rows[text] = hr_table_add (table, HR_ROW_VALUES, _ (labels[text]));
  for (guint i = 0; i < n; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);
      gboolean known;
      const Cheapest *found = find ? get (project, configuration, &basis) : look_up (configuration, &basis, &known);

      for (int text = 0; text < N_TEXTS; text++)
        {
          const char *said = found != NULL ? found->texts[text] : NOT_KNOWN;

          hr_table_row_set (rows[text], i, said != NULL ? said : NOT_APPLICABLE);
          if (scales[text] != HR_SCALE_NONE)
            hr_table_row_set_number (rows[text], i, scales[text], found != NULL ? found->numbers[text] : (double) NAN);
        }
    }
}
