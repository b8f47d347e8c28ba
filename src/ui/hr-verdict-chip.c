/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-verdict-chip.h"

#include "hr-figure.h"
#include "model/hr-labels.h"

#define NO_BREAK_SPACE "\302\240"
#define ARABIC_COMMA "\330\214"

struct _HrVerdictChip
{
  GtkWidget parent_instance;

  char *text;
  HrVerdict verdict;
  GtkImage *image;
  HrFigure *label;
};

G_DEFINE_FINAL_TYPE (HrVerdictChip, hr_verdict_chip, GTK_TYPE_WIDGET)

static const char *const VERDICT_CLASSES[] = {
  [HR_VERDICT_FITS] = "success",
  [HR_VERDICT_TIGHT] = "warning",
  [HR_VERDICT_OVER] = "error",
  [HR_VERDICT_UNKNOWN] = "unknown",
};

/* Returns: (transfer full): @text so that lines break between its parts only: "Does not fit,", "81 GB short". */
static char *
keep_parts_together (const char *text)
{
  GString *parts = g_string_new (text);

  g_string_replace (parts, " ", NO_BREAK_SPACE, 0);
  g_string_replace (parts, "," NO_BREAK_SPACE, ", ", 0);
  g_string_replace (parts, ARABIC_COMMA NO_BREAK_SPACE, ARABIC_COMMA " ", 0);
  g_string_replace (parts, ":" NO_BREAK_SPACE, ": ", 0);
  return g_string_free (parts, FALSE);
}

static void
hr_verdict_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_VERDICT_CHIP);

  G_OBJECT_CLASS (hr_verdict_chip_parent_class)->dispose (object);
}

static void
hr_verdict_chip_finalize (GObject *object)
{
  g_free (HR_VERDICT_CHIP (object)->text);

  G_OBJECT_CLASS (hr_verdict_chip_parent_class)->finalize (object);
}

static void
hr_verdict_chip_class_init (HrVerdictChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_verdict_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_verdict_chip_finalize;

  g_type_ensure (HR_TYPE_FIGURE);
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

static void
show_verdict (HrVerdictChip *self, HrVerdict verdict)
{
  self->verdict = verdict;
  for (guint i = 0; i < G_N_ELEMENTS (VERDICT_CLASSES); i++)
    {
      if (i == (guint) verdict)
        gtk_widget_add_css_class (GTK_WIDGET (self), VERDICT_CLASSES[i]);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), VERDICT_CLASSES[i]);
    }
  gtk_image_set_from_icon_name (self->image, hr_verdict_icon_name (verdict));
}

void
hr_verdict_chip_set (HrVerdictChip *self, HrVerdict verdict, const char *text)
{
  g_return_if_fail (HR_IS_VERDICT_CHIP (self));

  if (g_strcmp0 (text, self->text) == 0 && verdict == self->verdict)
    return;

  g_autofree char *lines = keep_parts_together (text);

  if (self->text == NULL || verdict != self->verdict)
    show_verdict (self, verdict);
  g_free (self->text);
  self->text = g_strdup (text);
  hr_figure_set_text (self->label, lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
hr_verdict_chip_get_text (HrVerdictChip *self)
{
  g_return_val_if_fail (HR_IS_VERDICT_CHIP (self), NULL);

  return self->text;
}
