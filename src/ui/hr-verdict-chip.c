/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-verdict-chip.h"

#include "model/hr-labels.h"

struct _HrVerdictChip
{
  GtkWidget parent_instance;

  GtkImage *image;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (HrVerdictChip, hr_verdict_chip, GTK_TYPE_WIDGET)

static const char *const VERDICT_CLASSES[] = {
  [HR_VERDICT_FITS] = "success",
  [HR_VERDICT_TIGHT] = "warning",
  [HR_VERDICT_OVER] = "error",
};

static void
hr_verdict_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_VERDICT_CHIP);

  G_OBJECT_CLASS (hr_verdict_chip_parent_class)->dispose (object);
}

static void
hr_verdict_chip_class_init (HrVerdictChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_verdict_chip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-verdict-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, HrVerdictChip, image);
  gtk_widget_class_bind_template_child (widget_class, HrVerdictChip, label);
  gtk_widget_class_set_css_name (widget_class, "verdictchip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_verdict_chip_init (HrVerdictChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hr_verdict_chip_new (void)
{
  return g_object_new (HR_TYPE_VERDICT_CHIP, NULL);
}

void
hr_verdict_chip_set (HrVerdictChip *self, HrVerdict verdict, const char *text)
{
  g_return_if_fail (HR_IS_VERDICT_CHIP (self));

  for (guint i = 0; i < G_N_ELEMENTS (VERDICT_CLASSES); i++)
    {
      if (i == (guint) verdict)
        gtk_widget_add_css_class (GTK_WIDGET (self), VERDICT_CLASSES[i]);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), VERDICT_CLASSES[i]);
    }
  gtk_image_set_from_icon_name (self->image, hr_verdict_icon_name (verdict));
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
hr_verdict_chip_get_text (HrVerdictChip *self)
{
  g_return_val_if_fail (HR_IS_VERDICT_CHIP (self), NULL);

  return gtk_label_get_text (self->label);
}
