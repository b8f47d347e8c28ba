/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-model-details.h"

#include "core/hr-parameters.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>

struct _HrModelDetails
{
  GtkBox parent_instance;

  GtkWidget *shape;
  GtkWidget *figures;
  GtkWidget *unverified;
  GtkWidget *source;
};

G_DEFINE_FINAL_TYPE (HrModelDetails, hr_model_details, GTK_TYPE_BOX)

static void
add_figure (HrModelDetails *self, const char *label, guint64 count)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *caption = gtk_label_new (label);
  char text[HR_TEXT_SIZE];

  hr_format_count (count, text);
  GtkWidget *figure = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (figure), 0);
  gtk_widget_add_css_class (figure, "numeric");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), figure);
  gtk_flow_box_insert (GTK_FLOW_BOX (self->figures), box, -1);
}

static void
clear_figures (HrModelDetails *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->figures)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->figures), child);
}

static void
add_figures (HrModelDetails *self, const HrArchitecture *architecture)
{
  HrParameters parameters;

  hr_parameters_count (architecture, &parameters);
  add_figure (self, _ ("Layers"), architecture->num_hidden_layers);
  add_figure (self, _ ("Hidden size"), architecture->hidden_size);
  add_figure (self, _ ("Attention heads"), architecture->num_attention_heads);
  if (architecture->max_position_embeddings > 0)
    add_figure (self, _ ("Context in tokens"), architecture->max_position_embeddings);
  for (int i = 0; i < HR_N_MODULES; i++)
    if (parameters.modules[i] > 0)
      add_figure (self, hr_module_label (i), parameters.modules[i]);
  if (parameters.active < parameters.total)
    add_figure (self, _ ("Active for one token"), parameters.active);
}

/* Returns: (transfer full): identifier, licence, note and source of @model. */
static char *
describe_source (const HrCatalogModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s: %s"), _ ("Identifier"), model->id);
  if (model->license != NULL && *model->license != '\0')
    g_string_append_printf (text, _ ("\nLicense: %s"), model->license);
  if (model->note != NULL && *model->note != '\0')
    g_string_append_printf (text, "\n%s", model->note);
  if (model->source != NULL && *model->source != '\0')
    g_string_append_printf (text, _ ("\nSource: %s"), model->source);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
hr_model_details_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_MODEL_DETAILS);

  G_OBJECT_CLASS (hr_model_details_parent_class)->dispose (object);
}

static void
hr_model_details_class_init (HrModelDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_model_details_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-model-details.ui");
  gtk_widget_class_bind_template_child (widget_class, HrModelDetails, shape);
  gtk_widget_class_bind_template_child (widget_class, HrModelDetails, figures);
  gtk_widget_class_bind_template_child (widget_class, HrModelDetails, unverified);
  gtk_widget_class_bind_template_child (widget_class, HrModelDetails, source);
}

static void
hr_model_details_init (HrModelDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hr_model_details_show_model (HrModelDetails *self, const HrCatalogModel *model)
{
  g_return_if_fail (HR_IS_MODEL_DETAILS (self));

  g_autofree char *shape = hr_architecture_summary (&model->architecture);
  g_autofree char *source = describe_source (model);

  gtk_label_set_label (GTK_LABEL (self->shape), shape);
  gtk_label_set_label (GTK_LABEL (self->source), source);
  gtk_widget_set_visible (self->unverified, !model->verified);
  clear_figures (self);
  add_figures (self, &model->architecture);
}

void
hr_model_details_show_file (HrModelDetails *self, GFile *file)
{
  g_return_if_fail (HR_IS_MODEL_DETAILS (self));

  g_autofree char *name = g_file_get_parse_name (file);

  gtk_label_set_label (GTK_LABEL (self->shape), _ ("A file that was imported before. Choosing it reads it again."));
  gtk_label_set_label (GTK_LABEL (self->source), name);
  gtk_widget_set_visible (self->unverified, FALSE);
  clear_figures (self);
}
