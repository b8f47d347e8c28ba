/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-inspector-hints.h"

#include "hr-number-row.h"
#include "hr-whole-text.h"
#include "model/hr-answer.h"
#include "model/hr-labels.h"
#include "model/hr-obstacle.h"
#include "model/hr-saving.h"

#include <glib/gi18n-lib.h>

/* After layout and drawing: the edit itself shows first. */
#define PRIORITY G_PRIORITY_LOW

/* A row and what it tells. */
typedef struct
{
  HrInspectorHints *hints;
  AdwActionRow *row;
  HrFieldId field;
  int unknown;       /* HrUnknown; -1: it asks for nothing */
  GtkWidget *button; /* (nullable): uses the answer */
  guint64 answer;
} Hint;

struct _HrInspectorHints
{
  GObject parent_instance;

  GPtrArray *rows; /* (element-type Hint) */
  HrProject *project;
  HrConfiguration *configuration;
  HrMembers *members;
  gboolean keep_effective_batch;
  guint source;
};

G_DEFINE_FINAL_TYPE (HrInspectorHints, hr_inspector_hints, G_TYPE_OBJECT)

static void
say (Hint *hint, const char *text)
{
  if (HR_IS_NUMBER_ROW (hint->row))
    hr_number_row_set_hint (HR_NUMBER_ROW (hint->row), text);
  else
    adw_action_row_set_subtitle (hint->row, text);
}

static void
use_cb (Hint *hint)
{
  HrInspectorHints *self = hint->hints;

  if (self->configuration == NULL || hint->answer == 0)
    return;

  /* The button goes once the answer is used. */
  gtk_widget_grab_focus (GTK_WIDGET (hint->row));
  hr_answer_use (self->configuration, (HrUnknown) hint->unknown, hint->answer, self->keep_effective_batch);
}

static void
show_button (Hint *hint, const HrSolution *solution, guint64 now)
{
  char count[HR_TEXT_SIZE];

  hint->answer = solution->applies ? solution->answer : 0;
  gtk_widget_set_visible (hint->button, hint->answer != 0 && hint->answer != now);
  hr_format_count (hint->answer, count);
  /* Translators: puts the number into the field that is named: Use 4 for Micro-batch size */
  g_autofree char *spoken = g_strdup_printf (_ ("Use %s for %s"), count, hr_field_label (hint->field));
  hr_tooltip_set (hint->button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (hint->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
hide_button (Hint *hint)
{
  if (hint->button != NULL)
    gtk_widget_set_visible (hint->button, FALSE);
  hint->answer = 0;
}

static void
answer (HrInspectorHints *self, Hint *hint)
{
  const HrSolveOptions options = { .keep_effective_batch = self->keep_effective_batch };
  const HrJob *job = hr_configuration_get_job (self->configuration);
  HrUnknown unknown = (HrUnknown) hint->unknown;
  HrSolution solution = { 0 };

  if (hr_unknown_applies (unknown, job))
    hr_answer_find (self->configuration, unknown, &options, &solution);
  g_autofree char *text
      = solution.applies && solution.verdict != HR_VERDICT_UNKNOWN ? hr_answer_text (unknown, &solution) : NULL;
  say (hint, text);
  show_button (hint, &solution, hr_unknown_get (unknown, job));
}

static void
tell (HrInspectorHints *self)
{
  HrAdvice advice[HR_N_CHANGES];
  size_t n_advice = hr_savings_find (self->project, self->configuration, advice);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Hint *hint = self->rows->pdata[i];
      const char *obstacle = hr_obstacle_text (hint->field, hr_configuration_get_job (self->configuration));

      if (obstacle != NULL)
        {
          say (hint, obstacle);
          hide_button (hint);
          continue;
        }
      if (hint->unknown >= 0)
        {
          answer (self, hint);
          continue;
        }
      g_autofree char *text = hr_saving_text (self->project, self->configuration, advice, n_advice, hint->field);
      say (hint, text);
    }
}

/* Several: what they have in common instead of what one could do. */
static void
tell_of_several (HrInspectorHints *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Hint *hint = self->rows->pdata[i];
      g_autofree char *text = hr_members_text (self->members, hint->field);

      say (hint, text);
      hide_button (hint);
    }
}

static gboolean
tell_cb (gpointer user_data)
{
  HrInspectorHints *self = HR_INSPECTOR_HINTS (user_data);

  self->source = 0;
  if (hr_members_get_count (self->members) > 1)
    tell_of_several (self);
  else if (hr_project_find (self->project, self->configuration) != G_MAXUINT)
    tell (self);
  return G_SOURCE_REMOVE;
}

static void
be_silent (HrInspectorHints *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Hint *hint = self->rows->pdata[i];

      say (hint, NULL);
      hide_button (hint);
    }
}

static void
hr_inspector_hints_dispose (GObject *object)
{
  HrInspectorHints *self = HR_INSPECTOR_HINTS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->project);
  g_clear_object (&self->configuration);
  g_clear_object (&self->members);

  G_OBJECT_CLASS (hr_inspector_hints_parent_class)->dispose (object);
}

static void
hr_inspector_hints_class_init (HrInspectorHintsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_inspector_hints_dispose;
}

static void
hr_inspector_hints_init (HrInspectorHints *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
}

HrInspectorHints *
hr_inspector_hints_new (void)
{
  return g_object_new (HR_TYPE_INSPECTOR_HINTS, NULL);
}

static void
add_button (Hint *hint)
{
  hint->button = gtk_button_new_with_label (_ ("Use"));
  gtk_widget_set_valign (hint->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (hint->button, FALSE);
  gtk_widget_add_css_class (hint->button, "flat");
  gtk_widget_add_css_class (hint->button, "use");
  g_signal_connect_swapped (hint->button, "clicked", G_CALLBACK (use_cb), hint);
  adw_action_row_add_suffix (hint->row, hint->button);
}

void
hr_inspector_hints_add (HrInspectorHints *self, AdwActionRow *row, HrFieldId field)
{
  g_return_if_fail (HR_IS_INSPECTOR_HINTS (self));

  Hint *hint = g_new0 (Hint, 1);

  hint->hints = self;
  hint->row = row;
  hint->field = field;
  hint->unknown = -1;
  for (int unknown = 0; unknown < HR_N_UNKNOWNS; unknown++)
    if (hr_unknown_field ((HrUnknown) unknown) == field)
      hint->unknown = unknown;
  if (hint->unknown >= 0)
    add_button (hint);
  g_ptr_array_add (self->rows, hint);
  if (self->configuration != NULL)
    hr_inspector_hints_show (self, self->project, self->configuration, self->members);
}

void
hr_inspector_hints_show (HrInspectorHints *self, HrProject *project, HrConfiguration *configuration, HrMembers *members)
{
  g_return_if_fail (HR_IS_INSPECTOR_HINTS (self));

  g_set_object (&self->project, project);
  g_set_object (&self->members, members);
  if (g_set_object (&self->configuration, configuration))
    be_silent (self);
  if (configuration == NULL)
    g_clear_handle_id (&self->source, g_source_remove);
  else if (self->source == 0)
    self->source = g_idle_add_full (PRIORITY, tell_cb, self, NULL);
}

void
hr_inspector_hints_set_keep_effective_batch (HrInspectorHints *self, gboolean keep)
{
  g_return_if_fail (HR_IS_INSPECTOR_HINTS (self));

  self->keep_effective_batch = keep;
  hr_inspector_hints_show (self, self->project, self->configuration, self->members);
}
