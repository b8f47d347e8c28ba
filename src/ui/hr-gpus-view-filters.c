/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gpus-view-private.h"

#include "core/hr-units.h"
#include "model/hr-offer-label.h"

#include <glib/gi18n-lib.h>

/* What the filters offer; 0: any. */
static const double memories_gb[] = { 0, 12, 16, 24, 40, 48, 80, 96, 141 };
static const int ages_days[] = { 0, 7, 30, HR_PRICE_OLD_DAYS, 180, 365 };

static gboolean
is_found (gpointer item, gpointer user_data)
{
  HrGpusView *self = user_data;
  g_autofree char *title = NULL, *gpu = NULL, *place = NULL;

  if (self->query == NULL)
    return TRUE;

  g_object_get (item, "title", &title, "gpu-name", &gpu, "place", &place, NULL);
  g_autofree char *text = g_strjoin ("\n", title, gpu, place, NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, self->query) != NULL;
}

static const char *
chosen_provider (HrGpusView *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->provider);

  return item != NULL && gtk_drop_down_get_selected (self->provider) > 0 ? gtk_string_object_get_string (item) : NULL;
}

/* All that is chosen, as one text. */
#define LOOK_TYPE "(uubuuusss)"

static void
remember (HrGpusView *self)
{
  const char *provider = chosen_provider (self);

  if (self->selection == NULL)
    return;

  g_autoptr (GVariant) look = g_variant_ref_sink (g_variant_new (
      LOOK_TYPE, gtk_drop_down_get_selected (self->lines), gtk_drop_down_get_selected (self->prices),
      gtk_toggle_button_get_active (self->only_fitting), gtk_drop_down_get_selected (self->memory),
      gtk_drop_down_get_selected (self->age), gtk_drop_down_get_selected (self->order),
      provider != NULL ? provider : "", gtk_editable_get_text (self->region), gtk_editable_get_text (self->search)));
  g_autofree char *text = g_variant_print (look, TRUE);

  gboolean filling = self->filling;

  self->filling = TRUE;
  hr_looks_set (hr_selection_get_looks (self->selection), HR_LOOK_GPUS_FILTERS, text);
  self->filling = filling;
}

static void
search_cb (HrGpusView *self)
{
  const char *text = gtk_editable_get_text (self->search);

  g_free (self->query);
  self->query = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  if (!self->filling)
    remember (self);
  gtk_filter_changed (self->search_filter, GTK_FILTER_CHANGE_DIFFERENT);
}

void
hr_gpus_view_apply_filters (HrGpusView *self)
{
  const char *region = gtk_editable_get_text (self->region);
  guint memory = gtk_drop_down_get_selected (self->memory), age = gtk_drop_down_get_selected (self->age);

  if (self->offers == NULL || self->filling)
    return;

  g_object_set (self->offers, "cards", gtk_drop_down_get_selected (self->lines) == 0, "provider",
                chosen_provider (self), "prices", gtk_drop_down_get_selected (self->prices), "only-fitting",
                gtk_toggle_button_get_active (self->only_fitting), "region", *region != '\0' ? region : NULL,
                "min-memory-gb", memory < G_N_ELEMENTS (memories_gb) ? memories_gb[memory] : 0, "max-age-days",
                age < G_N_ELEMENTS (ages_days) ? ages_days[age] : 0, NULL);
  remember (self);
  hr_view_queue_refresh (HR_VIEW (self));
}

static void
order_cb (HrGpusView *self)
{
  guint column = gtk_drop_down_get_selected (self->order);

  if (!self->filling && column != GTK_INVALID_LIST_POSITION)
    {
      hr_offer_view_sort_by (self->table, column);
      remember (self);
    }
}

/* A click on a title chooses its column here too. */
static void
sorted_cb (HrGpusView *self)
{
  guint column = hr_offer_view_get_sort_column (self->table);

  if (self->filling || column == gtk_drop_down_get_selected (self->order))
    return;

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->order, column);
  self->filling = FALSE;
  remember (self);
}

/* What is not among the choices any more stays as it is. */
static void
choose (GtkDropDown *choices, guint position)
{
  if (position < g_list_model_get_n_items (gtk_drop_down_get_model (choices)))
    gtk_drop_down_set_selected (choices, position);
}

static void
choose_provider (HrGpusView *self, const char *name)
{
  GListModel *providers = gtk_drop_down_get_model (self->provider);

  for (guint i = 1; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (GtkStringObject) provider = g_list_model_get_item (providers, i);

      if (g_str_equal (gtk_string_object_get_string (provider), name))
        gtk_drop_down_set_selected (self->provider, i);
    }
}

void
hr_gpus_view_recall_filters (HrGpusView *self)
{
  const char *text
      = self->selection != NULL ? hr_looks_get (hr_selection_get_looks (self->selection), HR_LOOK_GPUS_FILTERS) : NULL;
  g_autoptr (GVariant) look
      = text != NULL ? g_variant_parse (G_VARIANT_TYPE (LOOK_TYPE), text, NULL, NULL, NULL) : NULL;
  const char *provider, *region, *search;
  guint lines, prices, memory, age, order;
  gboolean only_fitting;

  if (look == NULL || self->filling)
    return;

  g_variant_get (look, "(uubuuu&s&s&s)", &lines, &prices, &only_fitting, &memory, &age, &order, &provider, &region,
                 &search);
  self->filling = TRUE;
  choose (self->lines, lines);
  choose (self->prices, prices);
  gtk_toggle_button_set_active (self->only_fitting, only_fitting);
  choose (self->memory, memory);
  choose (self->age, age);
  choose (self->order, order);
  choose_provider (self, provider);
  gtk_editable_set_text (self->region, region);
  gtk_editable_set_text (self->search, search);
  self->filling = FALSE;
  search_cb (self);
  order_cb (self);
  hr_gpus_view_apply_filters (self);
}

static void
fill_providers (HrGpusView *self)
{
  g_auto (GStrv) providers = hr_offer_list_providers ();
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const[]){ _ ("All providers"), NULL });

  gtk_string_list_splice (list, 1, 0, (const char *const *) providers);
  self->filling = TRUE;
  gtk_drop_down_set_model (self->provider, G_LIST_MODEL (list));
  self->filling = FALSE;
}

static void
show_all_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrGpusView *self = HR_GPUS_VIEW (widget);

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->provider, 0);
  gtk_drop_down_set_selected (self->prices, HR_PRICES_ON_DEMAND);
  gtk_drop_down_set_selected (self->memory, 0);
  gtk_drop_down_set_selected (self->age, 0);
  gtk_toggle_button_set_active (self->only_fitting, FALSE);
  gtk_editable_set_text (self->region, "");
  gtk_editable_set_text (self->search, "");
  self->filling = FALSE;
  search_cb (self);
  hr_gpus_view_apply_filters (self);
}

static void
fill_amounts (HrGpusView *self)
{
  g_autoptr (GtkStringList) memories = gtk_string_list_new ((const char *const[]){ _ ("Any"), NULL });
  g_autoptr (GtkStringList) ages = gtk_string_list_new ((const char *const[]){ _ ("Any"), NULL });

  for (guint i = 1; i < G_N_ELEMENTS (memories_gb); i++)
    {
      char number[HR_TEXT_SIZE];

      hr_format_number (memories_gb[i], 0, number);
      /* Translators: at least so much memory */
      gtk_string_list_take (memories, g_strdup_printf (_ ("%s GB and more"), number));
    }
  for (guint i = 1; i < G_N_ELEMENTS (ages_days); i++)
    /* Translators: prices that are no older */
    gtk_string_list_take (
        ages, g_strdup_printf (ngettext ("At most %d day", "At most %d days", (gulong) ages_days[i]), ages_days[i]));
  g_auto (GStrv) titles = hr_offer_view_dup_titles ();
  g_autoptr (GtkStringList) orders = gtk_string_list_new ((const char *const *) titles);

  self->filling = TRUE;
  gtk_drop_down_set_model (self->order, G_LIST_MODEL (orders));
  gtk_drop_down_set_selected (self->order, g_strv_length (titles) - 1);
  gtk_drop_down_set_model (self->memory, G_LIST_MODEL (memories));
  gtk_drop_down_set_model (self->age, G_LIST_MODEL (ages));
  self->filling = FALSE;
}

void
hr_gpus_view_init_filters (HrGpusView *self)
{
  fill_providers (self);
  fill_amounts (self);
  self->search_filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (self->search_filter));
}

void
hr_gpus_view_filters_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback_full (widget_class, "filters_cb", G_CALLBACK (hr_gpus_view_apply_filters));
  gtk_widget_class_bind_template_callback (widget_class, order_cb);
  gtk_widget_class_bind_template_callback (widget_class, sorted_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_install_action (widget_class, "gpus.show-all", NULL, show_all_cb);
}
