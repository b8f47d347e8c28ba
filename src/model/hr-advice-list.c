/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-advice-list.h"

#include "catalog/hr-catalog.h"
#include "catalog/hr-offer-price.h"
#include "hr-labels.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>

struct _HrAdviceList
{
  GObject parent_instance;

  GPtrArray *items; /* (element-type HrAdviceItem) */
  char *summary;
};

static GType
get_item_type (GListModel *list)
{
  return HR_TYPE_ADVICE_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return HR_ADVICE_LIST (list)->items->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  HrAdviceList *self = HR_ADVICE_LIST (list);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HrAdviceList, hr_advice_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
hr_advice_list_finalize (GObject *object)
{
  HrAdviceList *self = HR_ADVICE_LIST (object);

  g_ptr_array_unref (self->items);
  g_free (self->summary);

  G_OBJECT_CLASS (hr_advice_list_parent_class)->finalize (object);
}

static void
hr_advice_list_class_init (HrAdviceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_advice_list_finalize;
}

static void
hr_advice_list_init (HrAdviceList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->summary = g_strdup ("");
}

HrAdviceList *
hr_advice_list_new (void)
{
  return g_object_new (HR_TYPE_ADVICE_LIST, NULL);
}

static char *
summarize (HrProject *project, const HrAdviceReport *report)
{
  char room[HR_TEXT_SIZE];

  hr_format_bytes ((guint64) MAX (report->now.headroom_bytes, 0), hr_project_get_units (project), 1, room);
  if (report->now.verdict == HR_VERDICT_UNKNOWN)
    return g_strdup (_ ("No GPU is chosen."));
  if (report->now.verdict == HR_VERDICT_FITS)
    /* Translators: %s is a size */
    return g_strdup_printf (_ ("It fits with %s to spare."), room);
  if (report->n_set == 0)
    return g_strdup (_ ("No set of these changes makes it fit."));

  return g_strdup_printf (ngettext ("%u change makes it fit.", "%u changes together make it fit.", report->n_set),
                          (guint) report->n_set);
}

static void
fill (GPtrArray *items, HrProject *project, HrConfiguration *configuration, const HrAdviceReport *report,
      const HrGpu *card)
{
  if (report->n_set > 0)
    g_ptr_array_add (items, hr_advice_item_new_set (project, configuration, report));
  if (report->spare.helps)
    g_ptr_array_add (items, hr_advice_item_new_spare (project, configuration, report));
  for (size_t i = 0; i < report->n_changes; i++)
    if (report->n_set != 1 || report->changes[i].change != report->set[0])
      g_ptr_array_add (items, hr_advice_item_new_change (project, configuration, &report->changes[i]));
  if (card != NULL)
    g_ptr_array_add (items, hr_advice_item_new_card (project, configuration, card, report));
}

void
hr_advice_list_ask (HrAdviceList *self, HrProject *project, HrConfiguration *configuration)
{
  guint n_before = self->items->len;
  HrAdviceReport report;
  HrGpu card;

  g_return_if_fail (HR_IS_ADVICE_LIST (self));

  g_ptr_array_set_size (self->items, 0);
  g_clear_pointer (&self->summary, g_free);
  if (configuration != NULL)
    {
      gboolean found = hr_advice_of (project, configuration, NULL, &report, &card);

      fill (self->items, project, configuration, &report, found ? &card : NULL);
      self->summary = summarize (project, &report);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->items->len);
}

const char *
hr_advice_list_get_summary (HrAdviceList *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_LIST (self), NULL);

  return self->summary != NULL ? self->summary : "";
}

typedef struct
{
  const HrGpu *gpu;
  double price;
} PricedCard;

static int
compare_cards (gconstpointer a_, gconstpointer b_)
{
  const PricedCard *a = a_, *b = b_;

  if (a->price != b->price)
    return a->price < b->price ? -1 : 1;

  return a->gpu < b->gpu ? -1 : a->gpu > b->gpu; /* as the catalogue has them */
}

/* Cards that can be rented come first, the cheapest before the others. */
static GPtrArray *
list_cards (void)
{
  size_t n_gpus;
  const HrCatalogGpu *gpus = hr_catalog_gpus (&n_gpus);
  g_autoptr (GArray) priced = g_array_sized_new (FALSE, FALSE, sizeof (PricedCard), (guint) n_gpus);
  GPtrArray *cards = g_ptr_array_sized_new ((guint) n_gpus);

  for (size_t i = 0; i < n_gpus; i++)
    {
      PricedCard card = { .gpu = &gpus[i].gpu };

      if (hr_offer_cheapest (card.gpu->id, &card.price) == NULL)
        card.price = HUGE_VAL;
      g_array_append_val (priced, card);
    }
  g_array_sort (priced, compare_cards);
  for (guint i = 0; i < priced->len; i++)
    g_ptr_array_add (cards, (gpointer) g_array_index (priced, PricedCard, i).gpu);

  return cards;
}

gboolean
hr_advice_of (HrProject *project, HrConfiguration *configuration, const HrSolveOptions *options, HrAdviceReport *report,
              HrGpu *card)
{
  const HrGpu *gpu = hr_estimate_result_get_gpu (hr_configuration_get_estimate (configuration));
  g_autoptr (GPtrArray) cards = list_cards ();

  hr_advice_report (hr_configuration_get_architecture (configuration), hr_configuration_get_job (configuration), gpu,
                    (const HrGpu *const *) cards->pdata, cards->len, &hr_project_get_data (project)->assumptions,
                    options, report);
  if (report->card < 0)
    return FALSE;
  *card = hr_advice_card (g_ptr_array_index (cards, report->card), gpu);
  return TRUE;
}
