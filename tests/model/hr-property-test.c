/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-property-test.h"

#include <string.h>

/* Values that are tried until one is taken: small counts, shares and amounts. */
#define MOST_TRIES 12

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static const char *
text_for (const HrPropertyText *texts, const char *name)
{
  for (; texts != NULL && texts->name != NULL; texts++)
    if (strcmp (texts->name, name) == 0)
      return texts->text;

  return "changed";
}

/* The @n-th candidate for a new value. */
static void
propose (GValue *value, const char *name, const HrPropertyText *texts, guint n)
{
  if (G_VALUE_HOLDS_UINT (value))
    g_value_set_uint (value, n);
  else if (G_VALUE_HOLDS_INT (value))
    g_value_set_int (value, (int) n);
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, n % 2 == 0);
  else if (G_VALUE_HOLDS_UINT64 (value))
    g_value_set_uint64 (value, n + 1);
  else if (G_VALUE_HOLDS_DOUBLE (value))
    g_value_set_double (value, (n + 1) / 16.0);
  else if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, text_for (texts, name));
  else
    g_error ("no test value for %s, a %s", name, G_VALUE_TYPE_NAME (value));
}

static gboolean
same (GParamSpec *pspec, const GValue *a, const GValue *b)
{
  return g_param_values_cmp (pspec, a, b) == 0;
}

static void
test_property (GObject *object, GParamSpec *pspec, const HrPropertyText *texts)
{
  g_auto (GValue) before = G_VALUE_INIT;
  g_auto (GValue) wanted = G_VALUE_INIT;
  g_auto (GValue) after = G_VALUE_INIT;
  g_autofree char *detailed = g_strconcat ("notify::", pspec->name, NULL);
  guint n_notified = 0;
  guint n_any = 0;
  gboolean taken = FALSE;

  g_test_message ("%s:%s", G_OBJECT_TYPE_NAME (object), pspec->name);
  g_signal_connect (object, detailed, G_CALLBACK (count_cb), &n_notified);
  gulong any = g_signal_connect (object, "notify", G_CALLBACK (count_cb), &n_any);

  g_value_init (&before, pspec->value_type);
  g_object_get_property (object, pspec->name, &before);
  g_object_set_property (object, pspec->name, &before);
  g_assert_cmpuint (n_any, ==, 0);
  g_signal_handler_disconnect (object, any);

  g_value_init (&wanted, pspec->value_type);
  g_value_init (&after, pspec->value_type);
  for (guint n = 0; n < MOST_TRIES && !taken; n++)
    {
      propose (&wanted, pspec->name, texts, n);
      if (same (pspec, &wanted, &before))
        continue;
      n_notified = 0;
      g_object_set_property (object, pspec->name, &wanted);
      g_object_get_property (object, pspec->name, &after);
      taken = same (pspec, &after, &wanted);
    }

  g_assert_true (taken);
  g_assert_cmpuint (n_notified, ==, 1);
}

void
hr_test_properties (GObject *(*make) (GObject **owner), const HrPropertyText *texts, const char *const *skipped)
{
  g_autoptr (GObject) example_owner = NULL;
  g_autoptr (GObject) example = make (&example_owner);
  guint n_pspecs;
  guint n_tested = 0;
  g_autofree GParamSpec **pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (example), &n_pspecs);

  for (guint i = 0; i < n_pspecs; i++)
    {
      g_autoptr (GObject) owner = NULL;
      g_autoptr (GObject) object = NULL;

      if ((pspecs[i]->flags & G_PARAM_WRITABLE) == 0 || (skipped != NULL && g_strv_contains (skipped, pspecs[i]->name)))
        continue;

      object = make (&owner);
      test_property (object, pspecs[i], texts);
      n_tested++;
    }

  g_assert_cmpuint (n_tested, >, 0);
}
