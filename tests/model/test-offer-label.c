/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hr-catalog-table.h"
#include "model/hr-offer-label.h"

#define TODAY 20260630 /* 90 days after 2026-04-01 */

static void
test_dates (void)
{
  static const struct
  {
    HrOffer offer;
    const char *date;
    const char *age;
  } cases[] = {
    { { .date = 20260401, .precision = HR_PRICE_DATE_EXACT }, "2026-04-01", NULL },
    { { .date = 20260331, .precision = HR_PRICE_DATE_EXACT }, "2026-03-31", "older than 90 days" },
    { { .date = 20260115, .precision = HR_PRICE_DATE_NOT_BEFORE },
      "not before 2026-01-15",
      "may be older than 90 days" },
    { { .date = 20260115, .precision = HR_PRICE_DATE_NOT_AFTER }, "not after 2026-01-15", "older than 90 days" },
    { { .date = 0, .precision = HR_PRICE_DATE_UNKNOWN }, "date unknown", "may be older than 90 days" },
    { { .date = 0, .precision = HR_PRICE_DATE_EXACT }, "date unknown", "may be older than 90 days" },
    { { .date = 20260630, .precision = HR_PRICE_DATE_UNKNOWN }, "date unknown", "may be older than 90 days" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = hr_offer_date_text (&cases[i].offer);
      g_autofree char *age = hr_offer_age_label (&cases[i].offer, TODAY);

      g_assert_cmpstr (date, ==, cases[i].date);
      g_assert_cmpstr (age, ==, cases[i].age);
    }
}

static void
test_prices (void)
{
  static const struct
  {
    double price;
    const char *text;
  } cases[] = { { 21.95764, "$21.96" }, { 0.18, "$0.18" }, { 124.4, "$124.40" }, { 0, "–" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = hr_price_text (cases[i].price);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Offers of one source share its number, and what is not known is no zero. */
static void
test_table (void)
{
  const HrOffer offers[] = {
    { .provider = "one",
      .instance_type = "a",
      .gpu_id = "t4",
      .gpu_count = 2,
      .region = "north",
      .price_usd_per_hour = 1.5,
      .date = 20260601,
      .source = "list" },
    { .provider = "two",
      .instance_type = "b",
      .gpu_id = "own-card",
      .gpu_count = 1,
      .region = "",
      .spot_usd_per_hour = 0.25,
      .precision = HR_PRICE_DATE_UNKNOWN,
      .source = "other" },
    { .provider = "one",
      .instance_type = "c",
      .gpu_id = "t4",
      .gpu_count = 1,
      .vcpus = 4,
      .ram_gib = 15.5,
      .region = "south",
      .price_usd_per_hour = 1,
      .date = 20230115,
      .source = "list" },
  };
  const HrOffer *shown[] = { &offers[0], &offers[1], &offers[2] };
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (HrTable) table = hr_catalog_offers_table (shown, G_N_ELEMENTS (shown), TODAY, &sources);
  static const char *const expected[] = {
    "one/a: 2 × T4|–|–|north|$1.50|–|2026-06-01|[1]",
    "two/b: 1 × own-card|–|–|–|–|$0.25|date unknown, may be older than 90 days|[2]",
    "one/c: 1 × T4|4|15.5|south|$1.00|–|2023-01-15, older than 90 days|[1]",
  };

  g_assert_cmpuint (table->rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = table->rows->pdata[i];
      g_autofree char *cells = g_strjoinv ("|", row->cells);
      g_autofree char *line = g_strdup_printf ("%s: %s", row->label, cells);

      g_assert_cmpstr (line, ==, expected[i]);
    }
  g_assert_cmpuint (sources->len, ==, 2);
  g_assert_cmpstr (sources->pdata[0], ==, "list");
  g_assert_cmpstr (sources->pdata[1], ==, "other");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offer-label/dates", test_dates);
  g_test_add_func ("/offer-label/prices", test_prices);
  g_test_add_func ("/offer-label/table", test_table);

  return g_test_run ();
}
