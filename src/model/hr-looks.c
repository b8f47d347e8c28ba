/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-looks.h"

struct _HrLooks
{
  GObject parent_instance;

  GHashTable *texts; /* (element-type utf8 utf8): by name */
};

G_DEFINE_FINAL_TYPE (HrLooks, hr_looks, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
hr_looks_finalize (GObject *object)
{
  g_hash_table_unref (HR_LOOKS (object)->texts);

  G_OBJECT_CLASS (hr_looks_parent_class)->finalize (object);
}

static void
hr_looks_class_init (HrLooksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_looks_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hr_looks_init (HrLooks *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

HrLooks *
hr_looks_new (void)
{
  return g_object_new (HR_TYPE_LOOKS, NULL);
}

const char *
hr_looks_get (HrLooks *self, const char *name)
{
  g_return_val_if_fail (HR_IS_LOOKS (self), NULL);

  return g_hash_table_lookup (self->texts, name);
}

void
hr_looks_set (HrLooks *self, const char *name, const char *value)
{
  g_return_if_fail (HR_IS_LOOKS (self));
  g_return_if_fail (name != NULL);

  if (g_strcmp0 (hr_looks_get (self, name), value) == 0)
    return;

  if (value != NULL)
    g_hash_table_insert (self->texts, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->texts, name);
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (name), name);
}

void
hr_looks_clear (HrLooks *self)
{
  g_return_if_fail (HR_IS_LOOKS (self));

  g_hash_table_remove_all (self->texts);
}

char **
hr_looks_dup_names (HrLooks *self)
{
  g_return_val_if_fail (HR_IS_LOOKS (self), NULL);

  g_autofree char **names = (char **) g_hash_table_get_keys_as_array (self->texts, NULL);

  return g_strdupv (names);
}

HrTimelineWindow
hr_looks_get_timeline_window (HrLooks *self)
{
  const char *text = hr_looks_get (self, HR_LOOK_TIMELINE_WINDOW);
  HrTimelineWindow window = { 0 };
  char *rest;

  if (text == NULL)
    return window;

  window.start = g_ascii_strtod (text, &rest);
  window.end = g_ascii_strtod (rest, NULL);

  return window.start >= 0 && window.end > window.start ? window : (HrTimelineWindow){ 0 };
}

void
hr_looks_set_timeline_window (HrLooks *self, HrTimelineWindow window)
{
  char start[G_ASCII_DTOSTR_BUF_SIZE], end[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (start, sizeof start, window.start);
  g_ascii_dtostr (end, sizeof end, window.end);

  g_autofree char *text = g_strconcat (start, " ", end, NULL);

  hr_looks_set (self, HR_LOOK_TIMELINE_WINDOW, window.end > 0 ? text : NULL);
}
