/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-targets-dialog.h"

#include "hr-accessible-name.h"
#include "hr-switch-row.h"
#include "hr-whole-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _HrTargetsDialog
{
  AdwWindow parent_instance;

  GtkWidget *total;
  GtkWidget *all_linear;
  GtkWidget *modules;

  HrConfiguration *configuration;
  HrLinear linears[HR_MAX_LINEARS]; /* the modules that can be adapted, as the model's code names them */
  GtkWidget *rows[HR_MAX_LINEARS];
  GtkWidget *checks[HR_MAX_LINEARS];
  gsize n_linears;
  gboolean refreshing; /* the ticks are set from the configuration, not by the user */
  HrMembers *members;  /* (nullable): what is edited besides */
};

G_DEFINE_FINAL_TYPE (HrTargetsDialog, hr_targets_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  PROP_CONFIGURATION = 1,
  N_PROPS
} HrTargetsDialogProperty;

static GParamSpec *properties[N_PROPS];

/* Whether @name means the module @linear: its own name, or that of a role that is a share of it. */
static gboolean
names_module (const HrArchitecture *architecture, const HrLinear *linear, const char *name)
{
  HrLinear roles[HR_MAX_LINEARS];
  gsize n_roles = hr_architecture_linears (architecture, roles);

  if (strcmp (linear->name, name) == 0)
    return TRUE;
  for (gsize i = 0; i < n_roles; i++)
    if (g_strcmp0 (roles[i].alias, linear->name) == 0 && strcmp (roles[i].name, name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_adapted (const HrArchitecture *architecture, const HrTargets *targets, const HrLinear *linear)
{
  if (targets->all_linear)
    return !linear->is_head;

  for (guint i = 0; i < targets->count; i++)
    if (names_module (architecture, linear, targets->names[i]))
      return TRUE;

  return FALSE;
}

static void
add_name (HrTargets *targets, const char *name)
{
  g_return_if_fail (targets->count < HR_MAX_TARGETS);

  g_strlcpy (targets->names[targets->count++], name, HR_TARGET_NAME_SIZE);
}

/* The list that says what @targets says of all linear layers, for one of them to be taken out. */
static HrTargets
spell_out (HrTargetsDialog *self, const HrTargets *targets)
{
  HrTargets list = { .all_linear = FALSE };

  if (!targets->all_linear)
    return *targets;

  for (gsize i = 0; i < self->n_linears && list.count < HR_MAX_TARGETS; i++)
    if (!self->linears[i].is_head)
      add_name (&list, self->linears[i].name);

  return list;
}

static void
remove_module (HrTargets *targets, const HrArchitecture *architecture, const HrLinear *linear)
{
  HrTargets kept = { .all_linear = FALSE };

  for (guint i = 0; i < targets->count; i++)
    if (!names_module (architecture, linear, targets->names[i]))
      add_name (&kept, targets->names[i]);

  *targets = kept;
}

static void
refresh (HrTargetsDialog *self)
{
  const HrJob *job = hr_configuration_get_job (self->configuration);
  const HrArchitecture *architecture = hr_configuration_get_architecture (self->configuration);
  const HrTargets *targets = &job->method.targets;
  gboolean dora = job->method.kind == HR_METHOD_DORA || job->method.kind == HR_METHOD_QDORA;
  gboolean full = !targets->all_linear && targets->count == HR_MAX_TARGETS;
  char count[HR_TEXT_SIZE];

  hr_format_count (hr_adapter_parameters (architecture, targets, (guint) job->method.rank, dora), count);
  gtk_label_set_label (GTK_LABEL (self->total), count);

  self->refreshing = TRUE;
  hr_switch_row_set_active (HR_SWITCH_ROW (self->all_linear), targets->all_linear);
  for (gsize i = 0; i < self->n_linears; i++)
    {
      gboolean adapted = is_adapted (architecture, targets, &self->linears[i]);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]), adapted);
      gtk_widget_set_sensitive (self->rows[i], adapted || !full);
    }
  self->refreshing = FALSE;
}

static void
all_linear_cb (HrTargetsDialog *self)
{
  if (self->refreshing)
    return;

  HrTargets targets = spell_out (self, &hr_configuration_get_job (self->configuration)->method.targets);

  if (hr_switch_row_get_active (HR_SWITCH_ROW (self->all_linear)))
    targets = (HrTargets){ .all_linear = TRUE };
  if (self->members != NULL)
    hr_members_set_targets (self->members, &targets);
  else
    hr_configuration_set_targets (self->configuration, &targets);
}

static void
check_toggled_cb (HrTargetsDialog *self, GtkCheckButton *check)
{
  gsize i = 0;

  if (self->refreshing)
    return;
  while (self->checks[i] != GTK_WIDGET (check))
    i++;

  HrTargets targets = spell_out (self, &hr_configuration_get_job (self->configuration)->method.targets);
  remove_module (&targets, hr_configuration_get_architecture (self->configuration), &self->linears[i]);
  if (gtk_check_button_get_active (check))
    add_name (&targets, self->linears[i].name);
  if (self->members != NULL)
    hr_members_set_targets (self->members, &targets);
  else
    hr_configuration_set_targets (self->configuration, &targets);
}

static char *
describe_linear (const HrLinear *linear, const HrJob *job)
{
  gboolean dora = job->method.kind == HR_METHOD_DORA || job->method.kind == HR_METHOD_QDORA;
  char in[HR_TEXT_SIZE], out[HR_TEXT_SIZE], count[HR_TEXT_SIZE], parameters[HR_TEXT_SIZE];

  hr_format_count (linear->in_features, in);
  hr_format_count (linear->out_features, out);
  hr_format_count (linear->count, count);
  hr_format_count (hr_linear_adapter_parameters (linear, (guint) job->method.rank, dora), parameters);

  /* Translators: a kind of matrix: inputs → outputs, how many of them, parameters of their adapters. */
  return g_strdup_printf (_ ("%s → %s · %s × · adds %s"), in, out, count, parameters);
}

static void
add_row (HrTargetsDialog *self, gsize i)
{
  g_autofree char *subtitle = describe_linear (&self->linears[i], hr_configuration_get_job (self->configuration));

  self->rows[i] = adw_action_row_new ();
  self->checks[i] = gtk_check_button_new ();
  gtk_widget_set_valign (self->checks[i], GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (self->rows[i], FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rows[i]), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), self->linears[i].name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[i]), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->rows[i]), self->checks[i]);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->rows[i]), self->checks[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->checks[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_signal_connect_object (self->checks[i], "toggled", G_CALLBACK (check_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->modules), self->rows[i]);
}

static void
list_modules (HrTargetsDialog *self)
{
  const HrArchitecture *architecture = hr_configuration_get_architecture (self->configuration);
  const HrTargets all = { .all_linear = TRUE };
  HrLinear roles[HR_MAX_LINEARS];
  gsize n_roles = hr_architecture_linears (architecture, roles);

  self->n_linears = hr_targets_select (&all, architecture, self->linears);
  for (gsize i = 0; i < n_roles; i++)
    if (roles[i].is_head && self->n_linears < HR_MAX_LINEARS)
      self->linears[self->n_linears++] = roles[i];
  for (gsize i = 0; i < self->n_linears; i++)
    add_row (self, i);
}

static void
hr_targets_dialog_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrTargetsDialogProperty) property_id)
    {
    case PROP_CONFIGURATION:
      g_value_set_object (value, HR_TARGETS_DIALOG (object)->configuration);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_targets_dialog_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrTargetsDialogProperty) property_id)
    {
    case PROP_CONFIGURATION:
      HR_TARGETS_DIALOG (object)->configuration = g_value_dup_object (value);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_targets_dialog_constructed (GObject *object)
{
  HrTargetsDialog *self = HR_TARGETS_DIALOG (object);

  G_OBJECT_CLASS (hr_targets_dialog_parent_class)->constructed (object);

  list_modules (self);
  g_signal_connect_object (self->configuration, "notify::method-targets", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
}

static void
hr_targets_dialog_dispose (GObject *object)
{
  g_clear_object (&HR_TARGETS_DIALOG (object)->configuration);
  g_clear_object (&HR_TARGETS_DIALOG (object)->members);
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_TARGETS_DIALOG);

  G_OBJECT_CLASS (hr_targets_dialog_parent_class)->dispose (object);
}

static void
hr_targets_dialog_class_init (HrTargetsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_targets_dialog_get_property;
  object_class->set_property = hr_targets_dialog_set_property;
  object_class->constructed = hr_targets_dialog_constructed;
  object_class->dispose = hr_targets_dialog_dispose;

  properties[PROP_CONFIGURATION]
      = g_param_spec_object ("configuration", NULL, NULL, HR_TYPE_CONFIGURATION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (HR_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-targets-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HrTargetsDialog, total);
  gtk_widget_class_bind_template_child (widget_class, HrTargetsDialog, all_linear);
  gtk_widget_class_bind_template_child (widget_class, HrTargetsDialog, modules);
  gtk_widget_class_bind_template_callback (widget_class, all_linear_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_targets_dialog_init (HrTargetsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
}

GtkWidget *
hr_targets_dialog_new (HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (configuration), NULL);

  return g_object_new (HR_TYPE_TARGETS_DIALOG, "configuration", configuration, NULL);
}

void
hr_targets_dialog_set_members (HrTargetsDialog *self, HrMembers *members)
{
  g_return_if_fail (HR_IS_TARGETS_DIALOG (self));

  g_set_object (&self->members, members);
}
