/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-palette.h"

#include "hr-compat.h"

HrChartPalette
hr_palette_get (void)
{
  return (HrChartPalette){ hr_compat_is_dark (), hr_compat_is_high_contrast () };
}

void
hr_palette_fill (GtkSnapshot *snapshot, HrChartRole role, int x, int y, int width, int height)
{
  HrChartColor color = hr_chart_palette_color (hr_palette_get (), role);

  gtk_snapshot_append_color (
      snapshot, &(GdkRGBA){ (float) color.red, (float) color.green, (float) color.blue, (float) color.alpha },
      &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}
