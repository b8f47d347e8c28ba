/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gpu-row.h"

#include "core/hr-job.h"
#include "model/hr-gpu-text.h"

#include <glib/gi18n-lib.h>

struct _HrGpuRow
{
  GtkListBoxRow parent_instance;

  const HrCatalogGpu *gpu;
  char id[HR_ID_SIZE]; /* also once the catalogue has changed */
};

G_DEFINE_FINAL_TYPE (HrGpuRow, hr_gpu_row, GTK_TYPE_LIST_BOX_ROW)

static void
hr_gpu_row_class_init (HrGpuRowClass *klass)
{
}

static void
hr_gpu_row_init (HrGpuRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "model");
}

static void
attach (GtkGrid *grid, const char *text, int column, int row, int n_columns, gboolean is_caption)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  if (column == 0)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  else
    gtk_widget_add_css_class (label, "numeric");
  if (is_caption)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_grid_attach (grid, label, column, row, n_columns, 1);
}

static void
fill (HrGpuRow *self, GtkGrid *grid)
{
  const HrGpu *gpu = &self->gpu->gpu;
  g_autofree char *name = g_strjoin (*gpu->vendor != '\0' ? " " : "", gpu->vendor, gpu->name, NULL);
  g_autofree char *marketed = hr_gpu_marketed_text (gpu);
  g_autofree char *usable = hr_gpu_usable_text (gpu);
  g_autofree char *detail = hr_gpu_detail_text (gpu);
  g_autofree char *price = hr_gpu_price_text (gpu->id);
  g_autofree char *spoken = g_strjoin (", ", name, marketed, usable, detail, price, NULL);

  attach (grid, name, 0, 0, 1, FALSE);
  attach (grid, marketed, 1, 0, 1, FALSE);
  attach (grid, detail, 0, 1, 1, TRUE);
  attach (grid, usable, 1, 1, 1, TRUE);
  if (price != NULL)
    attach (grid, price, 0, 2, 2, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

GtkWidget *
hr_gpu_row_new (const HrCatalogGpu *gpu, const char *title)
{
  HrGpuRow *self = g_object_new (HR_TYPE_GPU_ROW, NULL);
  GtkWidget *grid = gtk_grid_new ();

  self->gpu = gpu;
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_widget_set_valign (grid, GTK_ALIGN_CENTER);
  if (gpu != NULL)
    {
      g_strlcpy (self->id, gpu->gpu.id, sizeof self->id);
      fill (self, GTK_GRID (grid));
    }
  else
    {
      attach (GTK_GRID (grid), title, 0, 0, 1, FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), grid);

  return GTK_WIDGET (self);
}

const HrCatalogGpu *
hr_gpu_row_get_gpu (HrGpuRow *self)
{
  g_return_val_if_fail (HR_IS_GPU_ROW (self), NULL);

  return self->gpu;
}

const char *
hr_gpu_row_get_id (HrGpuRow *self)
{
  g_return_val_if_fail (HR_IS_GPU_ROW (self), "");

  return self->id;
}
