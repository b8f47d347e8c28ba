/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-selection.h"

#define NO_COMPONENT (-1)
#define NO_PHASE (-1)
#define DEFAULT_VIEW "compare"
#define ALL_COMPONENTS ((1u << HR_N_PARTS) - 1)

struct _HrSelection
{
  GObject parent_instance;

  HrProject *project;
  HrConfigurationSet *selected;
  HrConfiguration *configuration; /* (nullable): the leading one, as it was notified */
  int component;
  int phase;
  guint step; /* of the phase */
  char *gpu;  /* (nullable) */
  char *view;
  guint hidden_components;
  gboolean cut_at_limit;
  gboolean only_differences;
  HrConfiguration *baseline; /* (nullable) */
  HrFitMapOptions fit_map;
  GListModel *offers; /* (nullable) */
  HrLooks *looks;
};

G_DEFINE_FINAL_TYPE (HrSelection, hr_selection, G_TYPE_OBJECT)

typedef enum
{
  PROP_PROJECT = 1,
  PROP_CONFIGURATION,
  PROP_COMPONENT,
  PROP_PHASE,
  PROP_STEP,
  PROP_GPU,
  PROP_VIEW,
  PROP_HIDDEN_COMPONENTS,
  PROP_CUT_AT_LIMIT,
  PROP_ONLY_DIFFERENCES,
  PROP_BASELINE,
} HrSelectionProperty;

static GParamSpec *properties[PROP_BASELINE + 1];

enum
{
  SELECTED_CHANGED,
  FIT_MAP_CHANGED,
  LOOK_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
notify (HrSelection *self, HrSelectionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
selected_cb (HrSelection *self)
{
  g_signal_emit (self, signals[SELECTED_CHANGED], 0);
}

static void
look_cb (HrSelection *self, const char *name)
{
  g_signal_emit (self, signals[LOOK_CHANGED], g_quark_from_string (name), name);
}

/* After each change of the set. */
static void
follow_leader (HrSelection *self)
{
  if (g_set_object (&self->configuration, hr_configuration_set_get_leader (self->selected)))
    notify (self, PROP_CONFIGURATION);
}

static void
items_changed_cb (HrSelection *self)
{
  if (self->baseline != NULL && hr_project_find (self->project, self->baseline) == G_MAXUINT)
    hr_selection_set_baseline (self, NULL);
  hr_configuration_set_update (self->selected);
  follow_leader (self);
}

static void
hr_selection_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrSelection *self = HR_SELECTION (object);

  switch ((HrSelectionProperty) property_id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;
    case PROP_CONFIGURATION:
      g_value_set_object (value, hr_selection_get_configuration (self));
      break;
    case PROP_COMPONENT:
      g_value_set_int (value, self->component);
      break;
    case PROP_PHASE:
      g_value_set_int (value, self->phase);
      break;
    case PROP_STEP:
      g_value_set_uint (value, self->step);
      break;
    case PROP_GPU:
      g_value_set_string (value, self->gpu);
      break;
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    case PROP_HIDDEN_COMPONENTS:
      g_value_set_uint (value, self->hidden_components);
      break;
    case PROP_CUT_AT_LIMIT:
      g_value_set_boolean (value, self->cut_at_limit);
      break;
    case PROP_ONLY_DIFFERENCES:
      g_value_set_boolean (value, self->only_differences);
      break;
    case PROP_BASELINE:
      g_value_set_object (value, self->baseline);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_selection_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrSelection *self = HR_SELECTION (object);

  switch ((HrSelectionProperty) property_id)
    {
    case PROP_PROJECT:
      hr_selection_set_project (self, g_value_get_object (value));
      break;
    case PROP_CONFIGURATION:
      hr_selection_set_configuration (self, g_value_get_object (value));
      break;
    case PROP_COMPONENT:
      hr_selection_set_component (self, g_value_get_int (value));
      break;
    case PROP_PHASE:
      hr_selection_set_phase (self, g_value_get_int (value), self->step);
      break;
    case PROP_STEP:
      hr_selection_set_phase (self, self->phase, g_value_get_uint (value));
      break;
    case PROP_GPU:
      hr_selection_set_gpu (self, g_value_get_string (value));
      break;
    case PROP_VIEW:
      hr_selection_set_view (self, g_value_get_string (value));
      break;
    case PROP_HIDDEN_COMPONENTS:
      hr_selection_set_hidden_components (self, g_value_get_uint (value));
      break;
    case PROP_CUT_AT_LIMIT:
      hr_selection_set_cut_at_limit (self, g_value_get_boolean (value));
      break;
    case PROP_ONLY_DIFFERENCES:
      hr_selection_set_only_differences (self, g_value_get_boolean (value));
      break;
    case PROP_BASELINE:
      hr_selection_set_baseline (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_selection_dispose (GObject *object)
{
  HrSelection *self = HR_SELECTION (object);

  if (self->project != NULL)
    g_signal_handlers_disconnect_by_func (self->project, items_changed_cb, self);
  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_func (self->selected, selected_cb, self);
  g_clear_object (&self->configuration);
  g_clear_object (&self->selected);
  g_clear_object (&self->baseline);
  g_clear_object (&self->offers);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (hr_selection_parent_class)->dispose (object);
}

static void
hr_selection_finalize (GObject *object)
{
  HrSelection *self = HR_SELECTION (object);

  g_object_unref (self->looks);
  g_free (self->gpu);
  g_free (self->view);

  G_OBJECT_CLASS (hr_selection_parent_class)->finalize (object);
}

static void
hr_selection_class_init (HrSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hr_selection_get_property;
  object_class->set_property = hr_selection_set_property;
  object_class->dispose = hr_selection_dispose;
  object_class->finalize = hr_selection_finalize;

  properties[PROP_PROJECT] = g_param_spec_object ("project", NULL, NULL, HR_TYPE_PROJECT, flags);
  properties[PROP_CONFIGURATION] = g_param_spec_object ("configuration", NULL, NULL, HR_TYPE_CONFIGURATION, flags);
  properties[PROP_COMPONENT]
      = g_param_spec_int ("component", NULL, NULL, NO_COMPONENT, HR_N_PARTS - 1, NO_COMPONENT, flags);
  properties[PROP_PHASE] = g_param_spec_int ("phase", NULL, NULL, NO_PHASE, HR_N_PHASES - 1, NO_PHASE, flags);
  properties[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_GPU] = g_param_spec_string ("gpu", NULL, NULL, NULL, flags);
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, DEFAULT_VIEW, flags);
  properties[PROP_HIDDEN_COMPONENTS] = g_param_spec_uint ("hidden-components", NULL, NULL, 0, ALL_COMPONENTS, 0, flags);
  properties[PROP_CUT_AT_LIMIT] = g_param_spec_boolean ("cut-at-limit", NULL, NULL, FALSE, flags);
  properties[PROP_ONLY_DIFFERENCES] = g_param_spec_boolean ("only-differences", NULL, NULL, FALSE, flags);
  properties[PROP_BASELINE] = g_param_spec_object ("baseline", NULL, NULL, HR_TYPE_CONFIGURATION, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SELECTED_CHANGED] = g_signal_new ("selected-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[FIT_MAP_CHANGED] = g_signal_new ("fit-map-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[LOOK_CHANGED]
      = g_signal_new ("look-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hr_selection_init (HrSelection *self)
{
  self->selected = hr_configuration_set_new ();
  g_signal_connect_swapped (self->selected, "items-changed", G_CALLBACK (selected_cb), self);
  self->component = NO_COMPONENT;
  self->phase = NO_PHASE;
  self->view = g_strdup (DEFAULT_VIEW);
  self->looks = hr_looks_new ();
  g_signal_connect_object (self->looks, "changed", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  self->fit_map.rows.unknown = HR_UNKNOWN_SEQUENCE;
}

HrSelection *
hr_selection_new (void)
{
  return g_object_new (HR_TYPE_SELECTION, NULL);
}

HrProject *
hr_selection_get_project (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return self->project;
}

void
hr_selection_set_project (HrSelection *self, HrProject *project)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (project == NULL || HR_IS_PROJECT (project));

  if (project == self->project)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_func (self->project, items_changed_cb, self);
  g_set_object (&self->project, project);
  if (project != NULL)
    g_signal_connect_object (project, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);

  hr_selection_set_baseline (self, NULL);
  hr_looks_clear (self->looks);
  hr_configuration_set_set_project (self->selected, project);
  follow_leader (self);
  notify (self, PROP_PROJECT);
  g_object_thaw_notify (G_OBJECT (self));
}

HrConfiguration *
hr_selection_get_configuration (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return hr_configuration_set_get_leader (self->selected);
}

static gboolean
is_of_project (HrSelection *self, HrConfiguration *configuration)
{
  return HR_IS_CONFIGURATION (configuration) && self->project != NULL
         && hr_project_find (self->project, configuration) != G_MAXUINT;
}

void
hr_selection_set_configuration (HrSelection *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (is_of_project (self, configuration));

  hr_configuration_set_select_only (self->selected, configuration);
  follow_leader (self);
}

GListModel *
hr_selection_get_selected (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return G_LIST_MODEL (self->selected);
}

gboolean
hr_selection_is_selected (HrSelection *self, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), FALSE);

  return hr_configuration_set_contains (self->selected, configuration);
}

void
hr_selection_select_only (HrSelection *self, HrConfiguration *configuration)
{
  hr_selection_set_configuration (self, configuration);
}

void
hr_selection_toggle (HrSelection *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (is_of_project (self, configuration));

  hr_configuration_set_toggle (self->selected, configuration);
  follow_leader (self);
}

void
hr_selection_extend_to (HrSelection *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (is_of_project (self, configuration));

  hr_configuration_set_extend_to (self->selected, configuration);
  follow_leader (self);
}

void
hr_selection_select_all (HrSelection *self)
{
  g_return_if_fail (HR_IS_SELECTION (self));

  hr_configuration_set_select_all (self->selected);
}

int
hr_selection_get_component (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NO_COMPONENT);

  return self->component;
}

void
hr_selection_set_component (HrSelection *self, int component)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (component >= NO_COMPONENT && component < HR_N_PARTS);

  if (component == self->component)
    return;

  self->component = component;
  notify (self, PROP_COMPONENT);
}

int
hr_selection_get_phase (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NO_PHASE);

  return self->phase;
}

guint
hr_selection_get_step (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), 0);

  return self->step;
}

void
hr_selection_set_phase (HrSelection *self, int kind, guint step)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (kind >= NO_PHASE && kind < HR_N_PHASES);

  gboolean other_kind = kind != self->phase;
  gboolean other_step = step != self->step;

  self->phase = kind;
  self->step = step;

  g_object_freeze_notify (G_OBJECT (self));
  if (other_kind)
    notify (self, PROP_PHASE);
  if (other_step)
    notify (self, PROP_STEP);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_text (HrSelection *self, char **text, const char *value, HrSelectionProperty property)
{
  if (g_strcmp0 (*text, value) == 0)
    return;

  g_autofree char *before = *text;

  *text = g_strdup (value);
  notify (self, property);
}

const char *
hr_selection_get_gpu (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return self->gpu;
}

void
hr_selection_set_gpu (HrSelection *self, const char *id)
{
  g_return_if_fail (HR_IS_SELECTION (self));

  set_text (self, &self->gpu, id, PROP_GPU);
}

const char *
hr_selection_get_view (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return self->view;
}

void
hr_selection_set_view (HrSelection *self, const char *view)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (view != NULL);

  set_text (self, &self->view, view, PROP_VIEW);
}

guint
hr_selection_get_hidden_components (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), 0);

  return self->hidden_components;
}

void
hr_selection_set_hidden_components (HrSelection *self, guint hidden)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail ((hidden & ~ALL_COMPONENTS) == 0);

  if (hidden == self->hidden_components)
    return;

  self->hidden_components = hidden;
  notify (self, PROP_HIDDEN_COMPONENTS);
}

void
hr_selection_toggle_component (HrSelection *self, HrComponent component)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail ((guint) component < HR_N_PARTS);

  hr_selection_set_hidden_components (self, self->hidden_components ^ (1u << component));
}

gboolean
hr_selection_get_cut_at_limit (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), FALSE);

  return self->cut_at_limit;
}

void
hr_selection_set_cut_at_limit (HrSelection *self, gboolean cut)
{
  g_return_if_fail (HR_IS_SELECTION (self));

  cut = !!cut;
  if (cut == self->cut_at_limit)
    return;

  self->cut_at_limit = cut;
  notify (self, PROP_CUT_AT_LIMIT);
}

gboolean
hr_selection_get_only_differences (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), FALSE);

  return self->only_differences;
}

void
hr_selection_set_only_differences (HrSelection *self, gboolean only)
{
  g_return_if_fail (HR_IS_SELECTION (self));

  only = !!only;
  if (only == self->only_differences)
    return;

  self->only_differences = only;
  notify (self, PROP_ONLY_DIFFERENCES);
}

HrConfiguration *
hr_selection_get_baseline (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return self->baseline;
}

void
hr_selection_set_baseline (HrSelection *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (configuration == NULL || is_of_project (self, configuration));

  if (g_set_object (&self->baseline, configuration))
    notify (self, PROP_BASELINE);
}

HrFitMapOptions
hr_selection_get_fit_map (HrSelection *self)
{
  HrFitMapOptions options = { 0 };

  g_return_val_if_fail (HR_IS_SELECTION (self), options);

  options = self->fit_map;
  if (hr_selection_get_configuration (self) != NULL)
    hr_fit_map_options_adapt (&options, hr_selection_get_configuration (self));

  return options;
}

void
hr_selection_set_fit_map (HrSelection *self, const HrFitMapOptions *options)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (options != NULL);

  if (hr_fit_map_options_equal (options, &self->fit_map))
    return;

  self->fit_map = *options;
  g_signal_emit (self, signals[FIT_MAP_CHANGED], 0);
}

GListModel *
hr_selection_get_offers (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return self->offers;
}

void
hr_selection_set_offers (HrSelection *self, GListModel *offers)
{
  g_return_if_fail (HR_IS_SELECTION (self));
  g_return_if_fail (offers == NULL || G_IS_LIST_MODEL (offers));

  g_set_object (&self->offers, offers);
}

HrLooks *
hr_selection_get_looks (HrSelection *self)
{
  g_return_val_if_fail (HR_IS_SELECTION (self), NULL);

  return self->looks;
}
