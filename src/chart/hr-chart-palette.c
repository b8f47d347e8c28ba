/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-palette.h"

#include <math.h>

typedef struct
{
  guint32 roles[HR_CHART_N_ROLES]; /* 0xRRGGBB */
  guint32 components[HR_N_PARTS];
} Colors;

/* Chosen so that any two components, and any two verdicts, stay apart for people who see no red, green or blue, and
 * so that components stand out from the background and from the band of the selection. */
static const Colors light = {
  .roles = {
    [HR_CHART_ROLE_GRID] = 0xe0e0e0,
    [HR_CHART_ROLE_AXIS_TEXT] = 0x6a696f,
    [HR_CHART_ROLE_TEXT] = 0x1c1c1f,
    [HR_CHART_ROLE_DIM_TEXT] = 0x605f66,
    [HR_CHART_ROLE_RANGE] = 0x605f66,
    [HR_CHART_ROLE_MEASURED] = 0x1c1c1f,
    [HR_CHART_ROLE_LIMIT] = 0xc01c28,
    [HR_CHART_ROLE_REFERENCE] = 0x6a696f,
    [HR_CHART_ROLE_BACKGROUND] = 0xffffff,
    [HR_CHART_ROLE_SELECTION] = 0xe6effb,
    [HR_CHART_ROLE_CURSOR] = 0x1c71d8,
    [HR_CHART_ROLE_FITS] = 0xcef9f1,
    [HR_CHART_ROLE_TIGHT] = 0xfdeeb0,
    [HR_CHART_ROLE_OVER] = 0xf6c8bd,
    [HR_CHART_ROLE_FITS_TEXT] = 0x0a5a40,
    [HR_CHART_ROLE_TIGHT_TEXT] = 0x6b4700,
    [HR_CHART_ROLE_OVER_TEXT] = 0x8c0f19,
    [HR_CHART_ROLE_POINT] = 0x77767b,
    [HR_CHART_ROLE_FRONT] = 0x1f8a5b,
  },
  .components = {
    [HR_COMPONENT_WEIGHTS] = 0x1a5fb4,
    [HR_COMPONENT_ADAPTERS] = 0x388be3,
    [HR_COMPONENT_GRADIENTS] = 0x1f8a5b,
    [HR_COMPONENT_OPTIMIZER] = 0xc17800,
    [HR_COMPONENT_ACTIVATIONS] = 0xb94821,
    [HR_COMPONENT_LOGITS_LOSS] = 0x932338,
    [HR_COMPONENT_KV_CACHE] = 0xb568a9,
    [HR_COMPONENT_WORKSPACE] = 0x3d4650,
    [HR_COMPONENT_CONTEXT] = 0x85848a,
    [HR_PART_UNUSED] = 0xc9c8ce,
  },
};

static const Colors dark = {
  .roles = {
    [HR_CHART_ROLE_GRID] = 0x454545,
    [HR_CHART_ROLE_AXIS_TEXT] = 0xb0afac,
    [HR_CHART_ROLE_TEXT] = 0xffffff,
    [HR_CHART_ROLE_DIM_TEXT] = 0xc0bfbc,
    [HR_CHART_ROLE_RANGE] = 0xc0bfbc,
    [HR_CHART_ROLE_MEASURED] = 0xffffff,
    [HR_CHART_ROLE_LIMIT] = 0xff7b84,
    [HR_CHART_ROLE_REFERENCE] = 0xa8a7a4,
    [HR_CHART_ROLE_BACKGROUND] = 0x242424,
    [HR_CHART_ROLE_SELECTION] = 0x2a3a50,
    [HR_CHART_ROLE_CURSOR] = 0x78aeed,
    [HR_CHART_ROLE_FITS] = 0x0d4e46,
    [HR_CHART_ROLE_TIGHT] = 0x5c4602,
    [HR_CHART_ROLE_OVER] = 0x5e2321,
    [HR_CHART_ROLE_FITS_TEXT] = 0x9be3c0,
    [HR_CHART_ROLE_TIGHT_TEXT] = 0xfbdc7a,
    [HR_CHART_ROLE_OVER_TEXT] = 0xffbcb8,
    [HR_CHART_ROLE_POINT] = 0x9a9996,
    [HR_CHART_ROLE_FRONT] = 0x33c08a,
  },
  .components = {
    [HR_COMPONENT_WEIGHTS] = 0x4883d8,
    [HR_COMPONENT_ADAPTERS] = 0x9ac2f4,
    [HR_COMPONENT_GRADIENTS] = 0x33a77b,
    [HR_COMPONENT_OPTIMIZER] = 0xf5c20d,
    [HR_COMPONENT_ACTIVATIONS] = 0xf08446,
    [HR_COMPONENT_LOGITS_LOSS] = 0xe8485d,
    [HR_COMPONENT_KV_CACHE] = 0xdf8ec2,
    [HR_COMPONENT_WORKSPACE] = 0x758594,
    [HR_COMPONENT_CONTEXT] = 0xb0afac,
    [HR_PART_UNUSED] = 0x5e5c64,
  },
};

static const Colors high_contrast_light = {
  .roles = {
    [HR_CHART_ROLE_GRID] = 0x8c8c8c,
    [HR_CHART_ROLE_AXIS_TEXT] = 0x1c1c1f,
    [HR_CHART_ROLE_TEXT] = 0x000000,
    [HR_CHART_ROLE_DIM_TEXT] = 0x1c1c1f,
    [HR_CHART_ROLE_RANGE] = 0x1c1c1f,
    [HR_CHART_ROLE_MEASURED] = 0x000000,
    [HR_CHART_ROLE_LIMIT] = 0xa00012,
    [HR_CHART_ROLE_REFERENCE] = 0x3d3846,
    [HR_CHART_ROLE_BACKGROUND] = 0xffffff,
    [HR_CHART_ROLE_SELECTION] = 0xcfe0f8,
    [HR_CHART_ROLE_CURSOR] = 0x0b3f8a,
    [HR_CHART_ROLE_FITS] = 0xb4f0e3,
    [HR_CHART_ROLE_TIGHT] = 0xffe99a,
    [HR_CHART_ROLE_OVER] = 0xf9beb0,
    [HR_CHART_ROLE_FITS_TEXT] = 0x00402a,
    [HR_CHART_ROLE_TIGHT_TEXT] = 0x452c00,
    [HR_CHART_ROLE_OVER_TEXT] = 0x66000a,
    [HR_CHART_ROLE_POINT] = 0x5e5c64,
    [HR_CHART_ROLE_FRONT] = 0x0f6a42,
  },
  .components = {
    [HR_COMPONENT_WEIGHTS] = 0x063c86,
    [HR_COMPONENT_ADAPTERS] = 0x2f7fd6,
    [HR_COMPONENT_GRADIENTS] = 0x196f4a,
    [HR_COMPONENT_OPTIMIZER] = 0xa97101,
    [HR_COMPONENT_ACTIVATIONS] = 0xa83400,
    [HR_COMPONENT_LOGITS_LOSS] = 0x771428,
    [HR_COMPONENT_KV_CACHE] = 0xb24194,
    [HR_COMPONENT_WORKSPACE] = 0x1e252d,
    [HR_COMPONENT_CONTEXT] = 0x66646c,
    [HR_PART_UNUSED] = 0xb4b2bc,
  },
};

static const Colors high_contrast_dark = {
  .roles = {
    [HR_CHART_ROLE_GRID] = 0x8c8c8c,
    [HR_CHART_ROLE_AXIS_TEXT] = 0xf0f0f0,
    [HR_CHART_ROLE_TEXT] = 0xffffff,
    [HR_CHART_ROLE_DIM_TEXT] = 0xf0f0f0,
    [HR_CHART_ROLE_RANGE] = 0xf0f0f0,
    [HR_CHART_ROLE_MEASURED] = 0xffffff,
    [HR_CHART_ROLE_LIMIT] = 0xff9aa2,
    [HR_CHART_ROLE_REFERENCE] = 0xd6d6d6,
    [HR_CHART_ROLE_BACKGROUND] = 0x242424,
    [HR_CHART_ROLE_SELECTION] = 0x25466f,
    [HR_CHART_ROLE_CURSOR] = 0xb5d8ff,
    [HR_CHART_ROLE_FITS] = 0x004a40,
    [HR_CHART_ROLE_TIGHT] = 0x604a00,
    [HR_CHART_ROLE_OVER] = 0x63181a,
    [HR_CHART_ROLE_FITS_TEXT] = 0xd0ffe8,
    [HR_CHART_ROLE_TIGHT_TEXT] = 0xfff0b8,
    [HR_CHART_ROLE_OVER_TEXT] = 0xffe0e2,
    [HR_CHART_ROLE_POINT] = 0xc0bfbc,
    [HR_CHART_ROLE_FRONT] = 0x57e3a0,
  },
  .components = {
    [HR_COMPONENT_WEIGHTS] = 0x6aa2ff,
    [HR_COMPONENT_ADAPTERS] = 0xbcddff,
    [HR_COMPONENT_GRADIENTS] = 0x45cd98,
    [HR_COMPONENT_OPTIMIZER] = 0xffdc5a,
    [HR_COMPONENT_ACTIVATIONS] = 0xfd954e,
    [HR_COMPONENT_LOGITS_LOSS] = 0xfb556e,
    [HR_COMPONENT_KV_CACHE] = 0xeda5ce,
    [HR_COMPONENT_WORKSPACE] = 0x8492a4,
    [HR_COMPONENT_CONTEXT] = 0xdfdedc,
    [HR_PART_UNUSED] = 0x76767d,
  },
};

static const Colors *
get_colors (HrChartPalette palette)
{
  if (palette.high_contrast)
    return palette.dark ? &high_contrast_dark : &high_contrast_light;

  return palette.dark ? &dark : &light;
}

static HrChartColor
to_color (guint32 rgb)
{
  return (HrChartColor){ (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0, 1 };
}

HrChartColor
hr_chart_palette_color (HrChartPalette palette, HrChartRole role)
{
  g_return_val_if_fail ((guint) role < HR_CHART_N_ROLES, (HrChartColor){ 0 });

  return to_color (get_colors (palette)->roles[role]);
}

HrChartColor
hr_chart_palette_component (HrChartPalette palette, HrComponent component)
{
  g_return_val_if_fail ((guint) component < HR_N_PARTS, (HrChartColor){ 0 });

  return to_color (get_colors (palette)->components[component]);
}

HrChartRole
hr_chart_verdict_role (HrVerdict verdict)
{
  return verdict < HR_VERDICT_UNKNOWN ? HR_CHART_ROLE_FITS + (HrChartRole) verdict : HR_CHART_ROLE_SELECTION;
}

HrChartRole
hr_chart_verdict_text_role (HrVerdict verdict)
{
  return verdict < HR_VERDICT_UNKNOWN ? HR_CHART_ROLE_FITS_TEXT + (HrChartRole) verdict : HR_CHART_ROLE_TEXT;
}

/* WCAG 2.1, definition of relative luminance. */
static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (HrChartColor color)
{
  return 0.2126 * linear (color.red) + 0.7152 * linear (color.green) + 0.0722 * linear (color.blue);
}

double
hr_chart_contrast (HrChartColor a, HrChartColor b)
{
  double first = luminance (a) + 0.05;
  double second = luminance (b) + 0.05;

  return MAX (first, second) / MIN (first, second);
}
