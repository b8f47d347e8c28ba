/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-inspector.h"

struct _HrInspector
{
  GtkWidget parent_instance;

  HrSelection *selection;
};

G_DEFINE_FINAL_TYPE (HrInspector, hr_inspector, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SELECTION = 1,
} HrInspectorProperty;

static GParamSpec *properties[PROP_SELECTION + 1];

static void
hr_inspector_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, HR_INSPECTOR (object)->selection);
}

static void
hr_inspector_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  hr_inspector_set_selection (HR_INSPECTOR (object), g_value_get_object (value));
}

static void
hr_inspector_dispose (GObject *object)
{
  g_clear_object (&HR_INSPECTOR (object)->selection);

  G_OBJECT_CLASS (hr_inspector_parent_class)->dispose (object);
}

static void
hr_inspector_class_init (HrInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hr_inspector_get_property;
  object_class->set_property = hr_inspector_set_property;
  object_class->dispose = hr_inspector_dispose;

  properties[PROP_SELECTION] = g_param_spec_object (
      "selection", NULL, NULL, HR_TYPE_SELECTION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hr_inspector_init (HrInspector *self)
{
}

GtkWidget *
hr_inspector_new (void)
{
  return g_object_new (HR_TYPE_INSPECTOR, NULL);
}

void
hr_inspector_set_selection (HrInspector *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_INSPECTOR (self));

  if (g_set_object (&self->selection, selection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
