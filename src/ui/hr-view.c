/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-view.h"

#include "hr-focus.h"
#include "hr-palette.h"

/* After the project has made its estimates and the offers are ranked, before GTK lays out and draws. */
#define REFRESH_PRIORITY (G_PRIORITY_HIGH_IDLE + 6)

typedef struct
{
  HrSelection *selection;
  GSignalGroup *selection_signals;
  GSignalGroup *project_signals;
  GBindingGroup *project_bindings;
  guint refresh_source;
  gboolean outdated;
} HrViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HrView, hr_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SELECTION = 1,
} HrViewProperty;

static GParamSpec *properties[PROP_SELECTION + 1];

static guint adopted_signal;

static HrViewPrivate *
get_private (HrView *self)
{
  return hr_view_get_instance_private (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  HrView *self = HR_VIEW (user_data);

  get_private (self)->refresh_source = 0;
  hr_view_refresh (self);

  return G_SOURCE_REMOVE;
}

static void
update_project (HrView *self)
{
  HrViewPrivate *priv = get_private (self);
  HrViewClass *klass = HR_VIEW_GET_CLASS (self);
  HrProject *project = hr_view_get_project (self);

  g_signal_group_set_target (priv->project_signals, project);
  g_binding_group_set_source (priv->project_bindings, project);
  if (klass->project_changed != NULL)
    klass->project_changed (self, project);
  hr_view_queue_refresh (self);
}

static void
hr_view_map (GtkWidget *widget)
{
  hr_view_refresh (HR_VIEW (widget));

  GTK_WIDGET_CLASS (hr_view_parent_class)->map (widget);
}

/* Charts hide what lies behind their figures with their background. */
static void
hr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  hr_palette_fill (snapshot, HR_CHART_ROLE_BACKGROUND, 0, 0, gtk_widget_get_width (widget),
                   gtk_widget_get_height (widget));

  GTK_WIDGET_CLASS (hr_view_parent_class)->snapshot (widget, snapshot);
}

static void
hr_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrViewProperty) property_id)
    {
    case PROP_SELECTION:
      g_value_set_object (value, get_private (HR_VIEW (object))->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrViewProperty) property_id)
    {
    case PROP_SELECTION:
      hr_view_set_selection (HR_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_view_dispose (GObject *object)
{
  HrView *self = HR_VIEW (object);
  HrViewPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->refresh_source, g_source_remove);
  g_clear_object (&priv->selection_signals);
  g_clear_object (&priv->project_signals);
  g_clear_object (&priv->project_bindings);
  g_clear_object (&priv->selection);

  G_OBJECT_CLASS (hr_view_parent_class)->dispose (object);
}

static void
hr_view_class_init (HrViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_view_get_property;
  object_class->set_property = hr_view_set_property;
  object_class->dispose = hr_view_dispose;
  widget_class->map = hr_view_map;
  widget_class->snapshot = hr_view_snapshot;
  widget_class->focus = hr_focus_children;

  properties[PROP_SELECTION] = g_param_spec_object (
      "selection", NULL, NULL, HR_TYPE_SELECTION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  adopted_signal = g_signal_new ("adopted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_view_init (HrView *self)
{
  HrViewPrivate *priv = get_private (self);

  priv->selection_signals = g_signal_group_new (HR_TYPE_SELECTION);
  g_signal_group_connect_swapped (priv->selection_signals, "notify::project", G_CALLBACK (update_project), self);
  g_signal_group_connect_swapped (priv->selection_signals, "notify::configuration", G_CALLBACK (hr_view_queue_refresh),
                                  self);

  priv->project_signals = g_signal_group_new (HR_TYPE_PROJECT);
  g_signal_group_connect_swapped (priv->project_signals, "changed", G_CALLBACK (hr_view_queue_refresh), self);
  g_signal_group_connect_swapped (priv->project_signals, "estimated", G_CALLBACK (hr_view_queue_refresh), self);

  priv->project_bindings = g_binding_group_new ();
}

void
hr_view_set_selection (HrView *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_VIEW (self));
  g_return_if_fail (selection == NULL || HR_IS_SELECTION (selection));

  HrViewPrivate *priv = get_private (self);
  HrViewClass *klass = HR_VIEW_GET_CLASS (self);

  if (!g_set_object (&priv->selection, selection))
    return;

  g_signal_group_set_target (priv->selection_signals, selection);
  if (klass->selection_changed != NULL)
    klass->selection_changed (self, selection);
  update_project (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

HrProject *
hr_view_get_project (HrView *self)
{
  g_return_val_if_fail (HR_IS_VIEW (self), NULL);

  HrSelection *selection = get_private (self)->selection;

  return selection != NULL ? hr_selection_get_project (selection) : NULL;
}

HrConfiguration *
hr_view_get_configuration (HrView *self)
{
  g_return_val_if_fail (HR_IS_VIEW (self), NULL);

  HrSelection *selection = get_private (self)->selection;
  HrProject *project = hr_view_get_project (self);
  HrConfiguration *configuration = selection != NULL ? hr_selection_get_configuration (selection) : NULL;
  gboolean is_there = project != NULL && configuration != NULL && hr_project_find (project, configuration) != G_MAXUINT;

  return is_there ? configuration : NULL;
}

GSignalGroup *
hr_view_get_selection_signals (HrView *self)
{
  g_return_val_if_fail (HR_IS_VIEW (self), NULL);

  return get_private (self)->selection_signals;
}

GSignalGroup *
hr_view_get_project_signals (HrView *self)
{
  g_return_val_if_fail (HR_IS_VIEW (self), NULL);

  return get_private (self)->project_signals;
}

void
hr_view_bind_units (HrView *self, GtkDropDown *units)
{
  g_return_if_fail (HR_IS_VIEW (self));
  g_return_if_fail (GTK_IS_DROP_DOWN (units));

  g_binding_group_bind (get_private (self)->project_bindings, "units", units, "selected",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

void
hr_view_queue_refresh (HrView *self)
{
  g_return_if_fail (HR_IS_VIEW (self));

  HrViewPrivate *priv = get_private (self);

  priv->outdated = TRUE;
  if (priv->refresh_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    priv->refresh_source = g_idle_add_full (REFRESH_PRIORITY, refresh_cb, self, NULL);
}

void
hr_view_refresh (HrView *self)
{
  g_return_if_fail (HR_IS_VIEW (self));

  HrViewPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->refresh_source, g_source_remove);
  if (!priv->outdated)
    return;

  priv->outdated = FALSE;
  HR_VIEW_GET_CLASS (self)->refresh (self);
}

gboolean
hr_view_is_outdated (HrView *self)
{
  g_return_val_if_fail (HR_IS_VIEW (self), FALSE);

  return get_private (self)->outdated;
}

void
hr_view_tell_adopted (HrView *self, const char *text)
{
  g_return_if_fail (HR_IS_VIEW (self));

  g_signal_emit (self, adopted_signal, 0, text);
}
