/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-offer-row.h"

#include "chart/hr-text-parts.h"
#include "hr-gpu-text.h"
#include "hr-labels.h"
#include "hr-offer-label.h"
#include "hr-plan-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NOTHING "–"
#define DECIMALS 1

struct _HrOfferRow
{
  GObject parent_instance;

  HrOfferRanking *ranking; /* has the plan */
  HrRankedOffer line;
  HrOffer offer; /* with strings of its own, as the catalogue's may go; all zeros where there is none */
  guint32 today;
  HrUnits units;
};

G_DEFINE_FINAL_TYPE (HrOfferRow, hr_offer_row, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef enum
{
  PROP_NEEDED_BYTES = 1,
  PROP_CAPACITY_BYTES,
  PROP_HEADROOM_BYTES,
  PROP_GPUS,
  PROP_VERDICT,
  PROP_PRICE_RANK,
  PROP_TIME_RANK,
  PROP_COST_RANK,
  PROP_DATE,
  PROP_MEMORY_GB,
  PROP_PRICE_PER_HOUR,
  PROP_HOURS,
  PROP_COST,
  PROP_FITS,
  PROP_MAY_FIT,
  PROP_SPOT,
  PROP_ON_FRONT,
  PROP_ID, /* texts from here on */
  PROP_GPU_NAME,
  PROP_TITLE,
  PROP_PLACE,
  PROP_INSTANCE,
  PROP_NEEDED_TEXT,
  PROP_CAPACITY_TEXT,
  PROP_HEADROOM_TEXT,
  PROP_VERDICT_TEXT,
  PROP_VERDICT_ICON_NAME,
  PROP_SUPPORT_TEXT,
  PROP_PRICE_TEXT,
  PROP_TIME_TEXT,
  PROP_TIME_RANGE,
  PROP_COST_TEXT,
  PROP_COST_RANGE,
  PROP_DATE_TEXT,
  PROP_AGE_TEXT,
  PROP_SOURCE,
  N_PROPERTIES,
} HrOfferRowProperty;

static const char *const text_names[N_PROPERTIES] = {
  [PROP_ID] = "id",
  [PROP_GPU_NAME] = "gpu-name",
  [PROP_TITLE] = "title",
  [PROP_PLACE] = "place",
  [PROP_INSTANCE] = "instance",
  [PROP_NEEDED_TEXT] = "needed-text",
  [PROP_CAPACITY_TEXT] = "capacity-text",
  [PROP_HEADROOM_TEXT] = "headroom-text",
  [PROP_VERDICT_TEXT] = "verdict-text",
  [PROP_VERDICT_ICON_NAME] = "verdict-icon-name",
  [PROP_SUPPORT_TEXT] = "support-text",
  [PROP_PRICE_TEXT] = "price-text",
  [PROP_TIME_TEXT] = "time-text",
  [PROP_TIME_RANGE] = "time-range",
  [PROP_COST_TEXT] = "cost-text",
  [PROP_COST_RANGE] = "cost-range",
  [PROP_DATE_TEXT] = "date-text",
  [PROP_AGE_TEXT] = "age-text",
  [PROP_SOURCE] = "source",
};

static const char *const number_names[N_PROPERTIES] = {
  [PROP_PRICE_RANK] = "price-rank",
  [PROP_TIME_RANK] = "time-rank",
  [PROP_COST_RANK] = "cost-rank",
  [PROP_MEMORY_GB] = "memory-gb",
  [PROP_PRICE_PER_HOUR] = "price-per-hour",
  [PROP_HOURS] = "hours",
  [PROP_COST] = "cost",
};

static const char *const flag_names[N_PROPERTIES] = {
  [PROP_FITS] = "fits",
  [PROP_MAY_FIT] = "may-fit",
  [PROP_SPOT] = "spot",
  [PROP_ON_FRONT] = "on-front",
};

static gboolean
has_offer (const HrOfferRow *self)
{
  return self->line.offer != NULL;
}

/* Whether a card's offer is a machine of more GPUs than are needed, and so is its time and cost. */
static gboolean
is_of_more (const HrOfferRow *self)
{
  return self->line.plan->n_gpus == 0 && self->line.machines * self->offer.gpu_count > self->line.plan->plan.gpus;
}

static char *
size_text (const HrOfferRow *self, guint64 bytes)
{
  char text[HR_TEXT_SIZE];

  hr_format_bytes (bytes, self->units, DECIMALS, text);
  return g_strdup (text);
}

static char *
capacity_text (const HrOfferRow *self)
{
  const HrGpuPlan *plan = &self->line.plan->plan;
  g_autofree char *each = size_text (self, plan->capacity_bytes);

  return plan->gpus > 1 ? g_strdup_printf ("%u × %s", (guint) plan->gpus, each) : g_steal_pointer (&each);
}

static char *
headroom_text (const HrOfferRow *self)
{
  gint64 bytes = self->line.plan->plan.headroom_bytes;
  g_autofree char *text = size_text (self, (guint64) ABS (bytes));

  return g_strconcat (bytes < 0 ? "−" : "", text, NULL);
}

static char *
place_text (const HrOfferRow *self)
{
  g_autoptr (GString) text = g_string_new (self->offer.provider);

  if (!has_offer (self))
    return g_strdup (_ ("No offer"));
  if (*hr_offer_region (&self->offer) != '\0')
    hr_text_add_part (text, hr_offer_region (&self->offer));
  if (is_of_more (self))
    {
      /* Translators: of an offer: more than are needed */
      g_autofree char *machine
          = g_strdup_printf (_ ("machine of %u GPUs"), self->line.machines * self->offer.gpu_count);
      hr_text_add_part (text, machine);
    }
  if (self->line.spot)
    /* Translators: a price of machines that can be taken away at any time */
    hr_text_add_part (text, _ ("spot"));
  return g_strdup (text->str);
}

/* Returns: (transfer full) (nullable). */
static char *
text_of (const HrOfferRow *self, HrOfferRowProperty property)
{
  const HrOfferPlan *plan = self->line.plan;

  switch ((int) property)
    {
    case PROP_ID:
      return hr_ranked_offer_id (&self->line);
    case PROP_GPU_NAME:
      return g_strdup (hr_gpu_short_name (&plan->gpu));
    case PROP_TITLE:
      return hr_ranked_offer_title (&self->line);
    case PROP_PLACE:
      return place_text (self);
    case PROP_INSTANCE:
      return g_strdup (self->offer.instance_type);
    case PROP_NEEDED_TEXT:
      return size_text (self, plan->plan.device_bytes);
    case PROP_CAPACITY_TEXT:
      return capacity_text (self);
    case PROP_HEADROOM_TEXT:
      return headroom_text (self);
    case PROP_VERDICT_TEXT:
      return hr_plan_verdict_text (&plan->plan, self->units);
    case PROP_VERDICT_ICON_NAME:
      return g_strdup (hr_verdict_icon_name (hr_plan_verdict (&plan->plan)));
    case PROP_SUPPORT_TEXT:
      return hr_gpu_support_text (&plan->gpu);
    case PROP_PRICE_TEXT:
      return self->line.price_per_hour > 0 ? hr_price_text (self->line.price_per_hour) : g_strdup (NOTHING);
    case PROP_TIME_TEXT:
    case PROP_TIME_RANGE:
      return hr_ranked_offer_time_text (&self->line, property == PROP_TIME_RANGE);
    case PROP_COST_TEXT:
    case PROP_COST_RANGE:
      return hr_ranked_offer_cost_text (&self->line, property == PROP_COST_RANGE);
    case PROP_DATE_TEXT:
      return has_offer (self) ? hr_offer_date_text (&self->offer) : NULL;
    case PROP_AGE_TEXT:
      return has_offer (self) ? hr_offer_age_label (&self->offer, self->today) : NULL;
    default:
      return g_strdup (self->offer.source);
    }
}

/* What is not known sorts last; a property of its own range cannot hold infinity. */
static double
bounded (double rank)
{
  return isfinite (rank) ? rank : G_MAXDOUBLE;
}

static double
number_of (const HrOfferRow *self, HrOfferRowProperty property)
{
  const HrRankedOffer *line = &self->line;

  switch ((int) property)
    {
    case PROP_PRICE_RANK:
      return line->price_per_hour > 0 ? line->price_per_hour : G_MAXDOUBLE;
    case PROP_TIME_RANK:
      return bounded (hr_ranked_offer_time (line));
    case PROP_COST_RANK:
      return bounded (hr_ranked_offer_cost (line));
    case PROP_MEMORY_GB:
      return line->plan->gpu.memory_gb;
    case PROP_PRICE_PER_HOUR:
      return line->price_per_hour;
    case PROP_HOURS:
      return line->cost.hours.expected;
    default:
      return line->cost.price.expected;
    }
}

static gboolean
flag_of (const HrOfferRow *self, HrOfferRowProperty property)
{
  switch ((int) property)
    {
    case PROP_FITS:
      return self->line.plan->plan.fits;
    case PROP_MAY_FIT:
      return self->line.plan->plan.may_fit;
    case PROP_SPOT:
      return self->line.spot;
    default:
      return self->line.on_front;
    }
}

static void
hr_offer_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrOfferRow *self = HR_OFFER_ROW (object);
  const HrGpuPlan *plan = &self->line.plan->plan;

  if (text_names[property_id] != NULL)
    g_value_take_string (value, text_of (self, property_id));
  else if (number_names[property_id] != NULL)
    g_value_set_double (value, number_of (self, property_id));
  else if (flag_names[property_id] != NULL)
    g_value_set_boolean (value, flag_of (self, property_id));
  else if (property_id == PROP_NEEDED_BYTES)
    g_value_set_uint64 (value, plan->device_bytes);
  else if (property_id == PROP_CAPACITY_BYTES)
    g_value_set_uint64 (value, plan->capacity_bytes);
  else if (property_id == PROP_HEADROOM_BYTES)
    g_value_set_int64 (value, plan->headroom_bytes);
  else if (property_id == PROP_GPUS)
    g_value_set_uint64 (value, plan->gpus);
  else if (property_id == PROP_VERDICT)
    g_value_set_uint (value, hr_plan_verdict (plan));
  else if (property_id == PROP_DATE)
    g_value_set_uint (value, self->offer.date);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
clear (HrOfferRow *self)
{
  g_free ((char *) self->offer.provider);
  g_free ((char *) self->offer.instance_type);
  g_free ((char *) self->offer.gpu_id);
  g_free ((char *) self->offer.region);
  g_free ((char *) self->offer.source);
  self->offer = (HrOffer){ 0 };
  g_clear_pointer (&self->ranking, hr_offer_ranking_unref);
}

static void
hr_offer_row_finalize (GObject *object)
{
  clear (HR_OFFER_ROW (object));

  G_OBJECT_CLASS (hr_offer_row_parent_class)->finalize (object);
}

static void
hr_offer_row_class_init (HrOfferRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamSpec *properties[N_PROPERTIES] = {
    [PROP_NEEDED_BYTES] = g_param_spec_uint64 ("needed-bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags),
    [PROP_CAPACITY_BYTES] = g_param_spec_uint64 ("capacity-bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags),
    [PROP_HEADROOM_BYTES] = g_param_spec_int64 ("headroom-bytes", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags),
    [PROP_GPUS] = g_param_spec_uint64 ("gpus", NULL, NULL, 0, G_MAXUINT64, 0, flags),
    [PROP_VERDICT] = g_param_spec_uint ("verdict", NULL, NULL, HR_VERDICT_FITS, HR_VERDICT_UNKNOWN, 0, flags),
    [PROP_DATE] = g_param_spec_uint ("date", NULL, NULL, 0, G_MAXUINT, 0, flags),
  };

  object_class->get_property = hr_offer_row_get_property;
  object_class->finalize = hr_offer_row_finalize;

  for (guint i = 1; i < N_PROPERTIES; i++)
    {
      if (text_names[i] != NULL)
        properties[i] = g_param_spec_string (text_names[i], NULL, NULL, NULL, flags);
      else if (number_names[i] != NULL)
        properties[i] = g_param_spec_double (number_names[i], NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
      else if (flag_names[i] != NULL)
        properties[i] = g_param_spec_boolean (flag_names[i], NULL, NULL, FALSE, flags);
    }
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hr_offer_row_init (HrOfferRow *self)
{
}

HrOfferRow *
hr_offer_row_new (HrOfferRanking *ranking, const HrRankedOffer *line, guint32 today, HrUnits units)
{
  HrOfferRow *self = g_object_new (HR_TYPE_OFFER_ROW, NULL);

  hr_offer_row_set_line (self, ranking, line, today, units);
  return self;
}

void
hr_offer_row_set_line (HrOfferRow *self, HrOfferRanking *ranking, const HrRankedOffer *line, guint32 today,
                       HrUnits units)
{
  g_return_if_fail (HR_IS_OFFER_ROW (self));

  clear (self);
  self->ranking = hr_offer_ranking_ref (ranking);
  self->line = *line;
  self->today = today;
  self->units = units;
  if (line->offer != NULL)
    {
      self->offer = *line->offer;
      self->offer.provider = g_strdup (line->offer->provider);
      self->offer.instance_type = g_strdup (line->offer->instance_type);
      self->offer.gpu_id = g_strdup (line->offer->gpu_id);
      self->offer.region = g_strdup (line->offer->region);
      self->offer.source = g_strdup (line->offer->source);
      self->line.offer = &self->offer;
    }
}

void
hr_offer_row_tell_changed (HrOfferRow *self)
{
  g_return_if_fail (HR_IS_OFFER_ROW (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

char *
hr_ranked_offer_id (const HrRankedOffer *line)
{
  const HrOffer *offer = line->offer;

  if (offer == NULL)
    return g_strdup (line->plan->gpu.id);
  return g_strdup_printf ("%s/%s/%s×%u@%s%s", offer->provider, offer->instance_type, offer->gpu_id, offer->gpu_count,
                          offer->region, line->spot ? "/spot" : "");
}

const HrGpuPlan *
hr_offer_row_get_plan (HrOfferRow *self)
{
  g_return_val_if_fail (HR_IS_OFFER_ROW (self), NULL);

  return &self->line.plan->plan;
}

const HrGpu *
hr_offer_row_get_gpu (HrOfferRow *self)
{
  g_return_val_if_fail (HR_IS_OFFER_ROW (self), NULL);

  return &self->line.plan->gpu;
}

const HrRunCost *
hr_offer_row_get_cost (HrOfferRow *self)
{
  g_return_val_if_fail (HR_IS_OFFER_ROW (self), NULL);

  return &self->line.cost;
}
