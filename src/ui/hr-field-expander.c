/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-field-expander.h"

#include "hr-field-row.h"
#include "model/hr-labels.h"
#include "model/hr-member.h"

#include <glib/gi18n-lib.h>

/* So many lines of the subtitle tell what is not as usual. */
#define MAX_LINES 3

struct _HrFieldExpander
{
  AdwExpanderRow parent_instance;

  const int *fields;
  guint n_fields;
  HrMembers *members;
  GPtrArray *rows; /* one of each of fields, once they are made */
};

G_DEFINE_FINAL_TYPE (HrFieldExpander, hr_field_expander, ADW_TYPE_EXPANDER_ROW)

enum
{
  ROW_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
make_rows (HrFieldExpander *self)
{
  for (guint i = self->rows->len; i < self->n_fields; i++)
    {
      GtkWidget *row = hr_field_row_new (self->fields[i]);

      hr_field_row_bind (ADW_PREFERENCES_ROW (row), self->fields[i], self->members);
      hr_field_row_refresh (ADW_PREFERENCES_ROW (row), self->fields[i], self->members);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
      g_signal_emit (self, signals[ROW_ADDED], 0, row, self->fields[i]);
    }
}

static void
expanded_cb (HrFieldExpander *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    make_rows (self);
}

static void
hr_field_expander_dispose (GObject *object)
{
  g_clear_object (&HR_FIELD_EXPANDER (object)->members);

  G_OBJECT_CLASS (hr_field_expander_parent_class)->dispose (object);
}

static void
hr_field_expander_finalize (GObject *object)
{
  g_ptr_array_unref (HR_FIELD_EXPANDER (object)->rows);

  G_OBJECT_CLASS (hr_field_expander_parent_class)->finalize (object);
}

static void
hr_field_expander_class_init (HrFieldExpanderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hr_field_expander_dispose;
  object_class->finalize = hr_field_expander_finalize;

  signals[ROW_ADDED] = g_signal_new ("row-added", HR_TYPE_FIELD_EXPANDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, GTK_TYPE_WIDGET, G_TYPE_INT);
}

static void
update_name (HrFieldExpander *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
hr_field_expander_init (HrFieldExpander *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
  g_signal_connect (self, "notify::title", G_CALLBACK (update_name), NULL);
}

void
hr_field_expander_set_fields (HrFieldExpander *self, const int *fields, guint n_fields, HrMembers *members)
{
  g_return_if_fail (HR_IS_FIELD_EXPANDER (self));
  g_return_if_fail (self->members == NULL);

  self->fields = fields;
  self->n_fields = n_fields;
  self->members = g_object_ref (members);
}

GtkWidget *
hr_field_expander_get_row (HrFieldExpander *self, HrFieldId field)
{
  g_return_val_if_fail (HR_IS_FIELD_EXPANDER (self), NULL);

  for (guint i = 0; i < self->n_fields; i++)
    if (self->fields[i] == (int) field)
      {
        make_rows (self);
        return g_ptr_array_index (self->rows, i);
      }

  return NULL;
}

/* Returns: (transfer full): "Group size: 64", a line each; "" where all is as usual. */
static char *
describe (HrFieldExpander *self, const HrJob *job)
{
  GString *text = g_string_new (NULL);
  guint n_lines = 0;
  HrJob usual;

  hr_job_init (&usual);
  for (guint i = 0; i < self->n_fields && n_lines <= MAX_LINES; i++)
    {
      HrFieldId field = (HrFieldId) self->fields[i];

      if (!hr_member_applies (field, job) || hr_field_equal (hr_field (field), job, &usual))
        continue;

      g_autofree char *value = hr_field_text (field, job);
      g_string_append (text, n_lines > 0 ? "\n" : "");
      if (n_lines++ < MAX_LINES)
        /* Translators: the name of a member and its value: Group size: 64 */
        g_string_append_printf (text, _ ("%s: %s"), hr_field_label (field), value);
      else
        g_string_append (text, "…");
    }
  return g_string_free (text, FALSE);
}

void
hr_field_expander_refresh (HrFieldExpander *self, const HrJob *leader)
{
  g_return_if_fail (HR_IS_FIELD_EXPANDER (self));

  g_autofree char *text = leader != NULL ? describe (self, leader) : g_strdup ("");
  gboolean applies = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    hr_field_row_refresh (g_ptr_array_index (self->rows, i), self->fields[i], self->members);
  for (guint i = 0; i < self->n_fields && !applies; i++)
    applies = hr_members_count_applying (self->members, self->fields[i]) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self), applies);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
}
