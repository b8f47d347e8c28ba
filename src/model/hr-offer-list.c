/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-offer-list.h"

#include "hr-offer-label.h"
#include "hr-offer-question.h"
#include "hr-own-catalog.h"
#include "io/hr-offer-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FIGURES 4

/* Edits that follow each other, as dragging makes them, are answered when they pause for so long. */
#define PAUSE_MILLISECONDS 120

/* Rows whose listeners hear of new figures in one turn of the main loop: what shows them keeps up with the frames. */
#define ROWS_IN_A_TURN 6

struct _HrOfferList
{
  GObject parent_instance;

  HrProject *project;
  HrConfiguration *configuration;
  HrOfferFilter filter; /* with strings of its own */
  HrRankBy order;
  gboolean cards;

  GPtrArray *rows; /* HrOfferRow */
  HrOfferRow *cheapest;
  guint n_fitting;
  guint n_told; /* rows whose listeners know of their figures */
  guint pause_source;
  guint tell_source;
};

static GType
get_item_type (GListModel *list)
{
  return HR_TYPE_OFFER_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return HR_OFFER_LIST (list)->rows->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GPtrArray *rows = HR_OFFER_LIST (list)->rows;

  return position < rows->len ? g_object_ref (rows->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HrOfferList, hr_offer_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum
{
  PROP_PROJECT = 1,
  PROP_CONFIGURATION,
  PROP_CARDS,
  PROP_ORDER,
  PROP_PROVIDER,
  PROP_REGION,
  PROP_GPU_ID,
  PROP_PRICES,
  PROP_ONLY_FITTING,
  PROP_MAX_AGE_DAYS,
  PROP_MACHINE_GPUS,
  PROP_MIN_MEMORY_GB,
  PROP_MAX_MACHINES,
  PROP_WORKLOAD_TEXT, /* what follows from the rows from here on */
  PROP_PRICES_TEXT,
  PROP_N_FITTING,
  PROP_STALE,
  N_PROPERTIES,
} HrOfferListProperty;

static GParamSpec *properties[N_PROPERTIES];

/* Returns: (element-type utf8 HrOfferRow) (transfer full): rows of before. */
static GHashTable *
index_rows (GPtrArray *rows)
{
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      char *id;

      g_object_get (rows->pdata[i], "id", &id, NULL);
      g_hash_table_insert (by_id, id, g_object_ref (rows->pdata[i]));
    }

  return by_id;
}

/* The same line keeps its object. */
static HrOfferRow *
take_row (GHashTable *rows_before, HrOfferRanking *ranking, const HrRankedOffer *line, guint32 today, HrUnits units)
{
  g_autofree char *id = hr_ranked_offer_id (line);
  g_autofree char *key = NULL;
  HrOfferRow *row;

  if (!g_hash_table_steal_extended (rows_before, id, (gpointer *) &key, (gpointer *) &row))
    return hr_offer_row_new (ranking, line, today, units);

  hr_offer_row_set_line (row, ranking, line, today, units);
  return row;
}

static void
rank_rows (HrOfferList *self, GHashTable *rows_before)
{
  guint32 today = hr_today ();
  HrOfferQuestion question;
  gsize n_lines;

  hr_offer_question_init (&question, self->project, self->configuration, today);
  g_autoptr (HrOfferRanking) ranking = self->cards ? hr_gpu_ranking_new (&question, &self->filter, self->order)
                                                   : hr_offer_ranking_new (&question, &self->filter, self->order);
  const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines),
                      *cheapest = hr_offer_ranking_cheapest (ranking);

  for (gsize i = 0; i < n_lines; i++)
    {
      HrOfferRow *row = take_row (rows_before, ranking, &lines[i], today, hr_project_get_units (self->project));

      g_ptr_array_add (self->rows, row);
      if (&lines[i] == cheapest)
        self->cheapest = row;
      self->n_fitting += lines[i].plan->plan.fits ? 1 : 0;
    }
}

static gboolean
tell_cb (gpointer user_data)
{
  HrOfferList *self = user_data;
  guint end = MIN (self->n_told + ROWS_IN_A_TURN, self->rows->len);

  while (self->n_told < end)
    hr_offer_row_tell_changed (self->rows->pdata[self->n_told++]);
  if (self->n_told < self->rows->len)
    return G_SOURCE_CONTINUE;

  self->tell_source = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
  return G_SOURCE_REMOVE;
}

/* Tells of those rows alone that are others than before, or elsewhere: what shows the others keeps them. */
static void
tell_replaced (HrOfferList *self, GPtrArray *before)
{
  GPtrArray *rows = self->rows;
  guint first = 0, last = 0, most = MIN (before->len, rows->len);

  while (first < most && before->pdata[first] == rows->pdata[first])
    first++;
  while (first + last < most && before->pdata[before->len - 1 - last] == rows->pdata[rows->len - 1 - last])
    last++;
  if (first + last < MAX (before->len, rows->len))
    g_list_model_items_changed (G_LIST_MODEL (self), first, before->len - first - last, rows->len - first - last);
}

static void
refresh (HrOfferList *self)
{
  g_autoptr (GHashTable) rows_before = index_rows (self->rows);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->rows);

  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->cheapest = NULL;
  self->n_fitting = 0;
  if (self->project != NULL && self->configuration != NULL
      && hr_project_find (self->project, self->configuration) != G_MAXUINT)
    rank_rows (self, rows_before);
  self->n_told = 0;
  if (self->tell_source == 0)
    self->tell_source = g_idle_add (tell_cb, self);
  tell_replaced (self, before);
  for (guint i = PROP_WORKLOAD_TEXT; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static gboolean
pause_cb (gpointer user_data)
{
  HrOfferList *self = user_data;

  self->pause_source = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

static void
project_changed_cb (HrOfferList *self)
{
  if (self->rows->len == 0)
    {
      refresh (self);
      return;
    }
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->pause_source = g_timeout_add (PAUSE_MILLISECONDS, pause_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

static void
set_project (HrOfferList *self, HrProject *project)
{
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_func (self->project, project_changed_cb, self);
  g_set_object (&self->project, project);
  if (project != NULL)
    g_signal_connect_object (project, "changed", G_CALLBACK (project_changed_cb), self, G_CONNECT_SWAPPED);
}

static char *
workload_text (const HrOfferList *self)
{
  const HrDataset *dataset = self->project != NULL ? &hr_project_get_data (self->project)->dataset : NULL;
  char samples[HR_TEXT_SIZE], number[HR_TEXT_SIZE];
  g_autoptr (GString) text = g_string_new (NULL);

  if (dataset == NULL || dataset->samples == 0)
    return g_strdup (_ ("No data set: speed and price of tokens"));
  hr_format_count (dataset->samples, samples);
  /* Translators: a number of samples of a data set */
  g_string_append_printf (text, _ ("%s samples"), samples);
  hr_format_figures (dataset->mean_tokens, FIGURES, number);
  if (dataset->mean_tokens > 0)
    /* Translators: goes on "500 samples" */
    g_string_append_printf (text, _ (" × %s tokens"), number);
  hr_format_figures (dataset->epochs, FIGURES, number);
  if (dataset->epochs > 0)
    /* Translators: goes on "500 samples × 300 tokens" */
    g_string_append_printf (text, _ (" × %s epochs"), number);
  return g_strdup (text->str);
}

static char *
prices_text (const HrOfferList *self)
{
  guint oldest = G_MAXUINT, newest = 0, n_old = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint date;
      g_autofree char *age = NULL;

      g_object_get (self->rows->pdata[i], "date", &date, "age-text", &age, NULL);
      oldest = date > 0 ? MIN (oldest, date) : oldest;
      newest = MAX (newest, date);
      n_old += age != NULL ? 1 : 0;
    }
  if (newest == 0)
    return g_strdup ("");

  g_autofree char *first = hr_date_text (oldest), *last = hr_date_text (newest);
  guint days = hr_offer_get_old_days ();
  /* Translators: two dates, a number of days and a number of prices */
  return g_strdup_printf (ngettext ("Prices of %s to %s; older than %u day, or of unknown date: %u",
                                    "Prices of %s to %s; older than %u days, or of unknown date: %u", days),
                          first, last, days, n_old);
}

static const char **
text_place (HrOfferList *self, guint property)
{
  return property == PROP_PROVIDER ? &self->filter.provider
         : property == PROP_REGION ? &self->filter.region
                                   : &self->filter.gpu_id;
}

static void
hr_offer_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrOfferList *self = HR_OFFER_LIST (object);

  switch ((HrOfferListProperty) property_id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;
    case PROP_CONFIGURATION:
      g_value_set_object (value, self->configuration);
      break;
    case PROP_CARDS:
      g_value_set_boolean (value, self->cards);
      break;
    case PROP_ORDER:
      g_value_set_uint (value, self->order);
      break;
    case PROP_PROVIDER:
    case PROP_REGION:
    case PROP_GPU_ID:
      g_value_set_string (value, *text_place (self, property_id));
      break;
    case PROP_PRICES:
      g_value_set_uint (value, self->filter.prices);
      break;
    case PROP_ONLY_FITTING:
      g_value_set_boolean (value, self->filter.only_fitting);
      break;
    case PROP_MAX_AGE_DAYS:
      g_value_set_int (value, self->filter.max_age_days);
      break;
    case PROP_MACHINE_GPUS:
      g_value_set_uint (value, self->filter.n_gpus);
      break;
    case PROP_MIN_MEMORY_GB:
      g_value_set_double (value, self->filter.min_memory_gb);
      break;
    case PROP_MAX_MACHINES:
      g_value_set_uint (value, self->filter.max_machines);
      break;
    case PROP_WORKLOAD_TEXT:
      g_value_take_string (value, workload_text (self));
      break;
    case PROP_PRICES_TEXT:
      g_value_take_string (value, prices_text (self));
      break;
    case PROP_N_FITTING:
      g_value_set_uint (value, self->n_fitting);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->pause_source != 0 || self->tell_source != 0);
      break;
    case N_PROPERTIES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* An empty text means any. */
static void
set_text (const char **place, const char *text)
{
  g_free ((char *) *place);
  *place = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
hr_offer_list_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrOfferList *self = HR_OFFER_LIST (object);

  switch ((HrOfferListProperty) property_id)
    {
    case PROP_PROJECT:
      set_project (self, g_value_get_object (value));
      break;
    case PROP_CONFIGURATION:
      g_set_object (&self->configuration, g_value_get_object (value));
      break;
    case PROP_CARDS:
      self->cards = g_value_get_boolean (value);
      break;
    case PROP_ORDER:
      self->order = g_value_get_uint (value);
      break;
    case PROP_PROVIDER:
    case PROP_REGION:
    case PROP_GPU_ID:
      set_text (text_place (self, property_id), g_value_get_string (value));
      break;
    case PROP_PRICES:
      self->filter.prices = g_value_get_uint (value);
      break;
    case PROP_ONLY_FITTING:
      self->filter.only_fitting = g_value_get_boolean (value);
      break;
    case PROP_MAX_AGE_DAYS:
      self->filter.max_age_days = g_value_get_int (value);
      break;
    case PROP_MACHINE_GPUS:
      self->filter.n_gpus = g_value_get_uint (value);
      break;
    case PROP_MIN_MEMORY_GB:
      self->filter.min_memory_gb = g_value_get_double (value);
      break;
    case PROP_MAX_MACHINES:
      self->filter.max_machines = g_value_get_uint (value);
      break;
    case PROP_WORKLOAD_TEXT:
    case PROP_PRICES_TEXT:
    case PROP_N_FITTING:
    case PROP_STALE:
    case N_PROPERTIES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  refresh (self);
}

static void
hr_offer_list_finalize (GObject *object)
{
  HrOfferList *self = HR_OFFER_LIST (object);

  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_object (&self->project);
  g_clear_object (&self->configuration);
  set_text (&self->filter.provider, NULL);
  set_text (&self->filter.region, NULL);
  set_text (&self->filter.gpu_id, NULL);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hr_offer_list_parent_class)->finalize (object);
}

static void
hr_offer_list_class_init (HrOfferListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS, set = told | G_PARAM_WRITABLE;

  object_class->get_property = hr_offer_list_get_property;
  object_class->set_property = hr_offer_list_set_property;
  object_class->finalize = hr_offer_list_finalize;

  properties[PROP_PROJECT] = g_param_spec_object ("project", NULL, NULL, HR_TYPE_PROJECT, set);
  properties[PROP_CONFIGURATION] = g_param_spec_object ("configuration", NULL, NULL, HR_TYPE_CONFIGURATION, set);
  properties[PROP_CARDS] = g_param_spec_boolean ("cards", NULL, NULL, FALSE, set);
  properties[PROP_ORDER] = g_param_spec_uint ("order", NULL, NULL, 0, HR_RANK_BY_HEADROOM, HR_RANK_BY_COST, set);
  properties[PROP_PROVIDER] = g_param_spec_string ("provider", NULL, NULL, NULL, set);
  properties[PROP_REGION] = g_param_spec_string ("region", NULL, NULL, NULL, set);
  properties[PROP_GPU_ID] = g_param_spec_string ("gpu-id", NULL, NULL, NULL, set);
  properties[PROP_PRICES] = g_param_spec_uint ("prices", NULL, NULL, 0, HR_PRICES_BOTH, HR_PRICES_ON_DEMAND, set);
  properties[PROP_ONLY_FITTING] = g_param_spec_boolean ("only-fitting", NULL, NULL, FALSE, set);
  properties[PROP_MAX_AGE_DAYS] = g_param_spec_int ("max-age-days", NULL, NULL, 0, G_MAXINT, 0, set);
  properties[PROP_MACHINE_GPUS] = g_param_spec_uint ("machine-gpus", NULL, NULL, 0, G_MAXUINT, 0, set);
  properties[PROP_MIN_MEMORY_GB] = g_param_spec_double ("min-memory-gb", NULL, NULL, 0, G_MAXDOUBLE, 0, set);
  properties[PROP_MAX_MACHINES] = g_param_spec_uint ("max-machines", NULL, NULL, 0, HR_MAX_MACHINES, 0, set);
  properties[PROP_WORKLOAD_TEXT] = g_param_spec_string ("workload-text", NULL, NULL, NULL, told);
  properties[PROP_PRICES_TEXT] = g_param_spec_string ("prices-text", NULL, NULL, NULL, told);
  properties[PROP_N_FITTING] = g_param_spec_uint ("n-fitting", NULL, NULL, 0, G_MAXUINT, 0, told);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, told);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
hr_offer_list_init (HrOfferList *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (hr_own_catalog_get_default (), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

HrOfferList *
hr_offer_list_new (HrProject *project)
{
  return g_object_new (HR_TYPE_OFFER_LIST, "project", project, NULL);
}

HrOfferRow *
hr_offer_list_get_cheapest (HrOfferList *self)
{
  g_return_val_if_fail (HR_IS_OFFER_LIST (self), NULL);

  return self->cheapest;
}

gboolean
hr_offer_list_is_waiting (HrOfferList *self)
{
  g_return_val_if_fail (HR_IS_OFFER_LIST (self), FALSE);

  return self->pause_source != 0;
}

void
hr_offer_list_flush (HrOfferList *self)
{
  g_return_if_fail (HR_IS_OFFER_LIST (self));

  if (self->pause_source != 0)
    refresh (self);
}

char **
hr_offer_list_providers (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  size_t n_offers;
  const HrOffer *offers = hr_catalog_offers (&n_offers);

  for (size_t i = 0; i < n_offers; i++)
    if (g_hash_table_add (seen, (gpointer) offers[i].provider))
      g_strv_builder_add (builder, offers[i].provider);
  return g_strv_builder_end (builder);
}
