/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-model-row.h"

#include "core/hr-units.h"

#include <glib/gi18n-lib.h>

struct _HrModelRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *name;
  GtkWidget *parameters;
  GtkWidget *detail;

  const HrCatalogModel *model;
  guint rank;
};

G_DEFINE_FINAL_TYPE (HrModelRow, hr_model_row, GTK_TYPE_LIST_BOX_ROW)

static char *
describe_model (const HrCatalogModel *model)
{
  guint context = model->architecture.max_position_embeddings;
  const char *license = model->license != NULL ? model->license : "";
  char tokens[HR_TEXT_SIZE];

  if (context == 0)
    return g_strdup (license);

  hr_format_count (context, tokens);
  /* Translators: longest context of a model and its licence: 8,192 tokens · Apache-2.0. */
  return g_strdup_printf (_ ("%s tokens · %s"), tokens, license);
}

static void
show_model (HrModelRow *self, const HrCatalogModel *model)
{
  g_autofree char *detail = describe_model (model);
  char count[HR_TEXT_SIZE];

  hr_format_count_short (model->total_parameters, count);
  self->model = model;
  gtk_label_set_label (GTK_LABEL (self->name), model->name);
  gtk_label_set_label (GTK_LABEL (self->parameters), count);
  gtk_label_set_label (GTK_LABEL (self->detail), detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, model->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}

static void
hr_model_row_class_init (HrModelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-model-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HrModelRow, name);
  gtk_widget_class_bind_template_child (widget_class, HrModelRow, parameters);
  gtk_widget_class_bind_template_child (widget_class, HrModelRow, detail);
}

static void
hr_model_row_init (HrModelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hr_model_row_new (const HrCatalogModel *model)
{
  HrModelRow *self = g_object_new (HR_TYPE_MODEL_ROW, NULL);

  show_model (self, model);
  return GTK_WIDGET (self);
}

const HrCatalogModel *
hr_model_row_get_model (HrModelRow *self)
{
  g_return_val_if_fail (HR_IS_MODEL_ROW (self), NULL);

  return self->model;
}

guint
hr_model_row_get_rank (HrModelRow *self)
{
  g_return_val_if_fail (HR_IS_MODEL_ROW (self), HR_MODEL_ROW_HIDDEN);

  return self->rank;
}

void
hr_model_row_set_rank (HrModelRow *self, guint rank)
{
  g_return_if_fail (HR_IS_MODEL_ROW (self));

  self->rank = rank;
}
