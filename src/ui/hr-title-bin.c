/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-title-bin.h"

/* Of a short title. */
#define TITLE_WIDTH 160

struct _HrTitleBin
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (HrTitleBin, hr_title_bin, ADW_TYPE_BIN)

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, MIN (*natural, TITLE_WIDTH));
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
hr_title_bin_class_init (HrTitleBinClass *klass)
{
}

static void
hr_title_bin_init (HrTitleBin *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), gtk_custom_layout_new (NULL, measure, allocate));
}
