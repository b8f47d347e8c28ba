/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-basis-button.h"

#include <glib/gi18n-lib.h>

struct _HrBasisButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *basis;
  GtkLabel *name;
  GtkLabel *band;
  GtkLabel *warnings;
};

G_DEFINE_FINAL_TYPE (HrBasisButton, hr_basis_button, GTK_TYPE_WIDGET)

static void
hr_basis_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_BASIS_BUTTON);

  G_OBJECT_CLASS (hr_basis_button_parent_class)->dispose (object);
}

static void
hr_basis_button_class_init (HrBasisButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_basis_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-basis-button.ui");
  gtk_widget_class_bind_template_child (widget_class, HrBasisButton, button);
  gtk_widget_class_bind_template_child (widget_class, HrBasisButton, basis);
  gtk_widget_class_bind_template_child (widget_class, HrBasisButton, name);
  gtk_widget_class_bind_template_child (widget_class, HrBasisButton, band);
  gtk_widget_class_bind_template_child (widget_class, HrBasisButton, warnings);
  gtk_widget_class_set_css_name (widget_class, "basisbutton");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_basis_button_init (HrBasisButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hr_basis_button_new (void)
{
  return g_object_new (HR_TYPE_BASIS_BUTTON, NULL);
}

static void
show_icon (HrBasisButton *self, const char *name)
{
  if (g_strcmp0 (gtk_menu_button_get_icon_name (self->button), name) != 0)
    gtk_menu_button_set_icon_name (self->button, name);
}

void
hr_basis_button_set_configuration (HrBasisButton *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_BASIS_BUTTON (self));

  gtk_widget_set_visible (GTK_WIDGET (self), configuration != NULL);
  if (configuration == NULL)
    return;

  g_autofree char *name = NULL;
  g_autofree char *basis = NULL;
  g_autofree char *band = NULL;
  g_autofree char *range = NULL;
  g_autofree char *warnings = NULL;

  g_object_get (configuration, "title", &name, NULL);
  g_object_get (hr_configuration_get_estimate (configuration), "basis-text", &basis, "band-text", &band,
                "warnings-text", &warnings, NULL);
  /* Translators: lowest and highest memory that is expected, and on further lines why */
  range = g_strdup_printf (_ ("Expected range: %s"), band);

  show_icon (self, warnings != NULL ? "dialog-warning-symbolic" : "dialog-information-symbolic");
  gtk_label_set_text (self->basis, basis);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->band, range);
  gtk_label_set_text (self->warnings, warnings != NULL ? warnings : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), warnings != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, basis,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, warnings != NULL ? warnings : range, -1);
}
