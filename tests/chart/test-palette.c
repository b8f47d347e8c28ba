/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/hr-chart-palette.h"

#include <math.h>

/*
 * WCAG 2.2, 1.4.3: text has a contrast of 4.5 with what lies behind it, and of 7 (1.4.6) in high contrast. 1.4.11: what
 * must be seen to understand a picture has one of 3 with what it adjoins. Segments adjoin each other: between them is
 * a line in the colour of the background, with which each has a contrast of 3. Files and paper take the light palette.
 */
#define TEXT_CONTRAST 4.5
#define HIGH_TEXT_CONTRAST 7.0
#define SHAPE_CONTRAST 3.0

/* By CIEDE2000, where 1 is just noticeable side by side: 10 is told apart at a glance, in a legend too. */
#define LEAST_DIFFERENCE 10.0

static const HrChartPalette palettes[] = { { FALSE, FALSE }, { TRUE, FALSE }, { FALSE, TRUE }, { TRUE, TRUE } };

static void
test_contrast_formula (void)
{
  HrChartColor black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  HrChartColor grey = { 0x76 / 255.0, 0x76 / 255.0, 0x76 / 255.0, 1 };

  g_assert_cmpfloat_with_epsilon (hr_chart_contrast (black, white), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (hr_chart_contrast (white, white), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (hr_chart_contrast (grey, white), 4.54, 0.005);
}

static void
assert_contrast (HrChartPalette palette, HrChartColor color, HrChartRole behind, double least, const char *what, int n)
{
  double contrast = hr_chart_contrast (color, hr_chart_palette_color (palette, behind));

  if (contrast < least)
    g_error ("%s %d has contrast %.2f in palette dark %d, high contrast %d", what, n, contrast, palette.dark,
             palette.high_contrast);
}

static void
test_texts (void)
{
  static const HrChartRole texts[] = { HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ROLE_TEXT, HR_CHART_ROLE_DIM_TEXT,
                                       HR_CHART_ROLE_LIMIT, HR_CHART_ROLE_REFERENCE };

  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    for (size_t j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        HrChartColor color = hr_chart_palette_color (palettes[i], texts[j]);

        assert_contrast (palettes[i], color, HR_CHART_ROLE_BACKGROUND,
                         palettes[i].high_contrast ? HIGH_TEXT_CONTRAST : TEXT_CONTRAST, "text role", texts[j]);
        assert_contrast (palettes[i], color, HR_CHART_ROLE_SELECTION, TEXT_CONTRAST, "selected text role", texts[j]);
      }
}

static void
test_shapes (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      assert_contrast (palettes[i], hr_chart_palette_color (palettes[i], HR_CHART_ROLE_CURSOR),
                       HR_CHART_ROLE_BACKGROUND, SHAPE_CONTRAST, "cursor", 0);
      for (HrChartRole role = HR_CHART_ROLE_POINT; role <= HR_CHART_ROLE_FRONT; role++)
        assert_contrast (palettes[i], hr_chart_palette_color (palettes[i], role), HR_CHART_ROLE_BACKGROUND,
                         SHAPE_CONTRAST, "point", (int) role);
      if (palettes[i].high_contrast)
        assert_contrast (palettes[i], hr_chart_palette_color (palettes[i], HR_CHART_ROLE_GRID),
                         HR_CHART_ROLE_BACKGROUND, SHAPE_CONTRAST, "grid", 0);
      for (HrChartRole role = HR_CHART_ROLE_RANGE; role <= HR_CHART_ROLE_MEASURED; role++)
        assert_contrast (palettes[i], hr_chart_palette_color (palettes[i], role), HR_CHART_ROLE_SELECTION,
                         SHAPE_CONTRAST, "mark", (int) role);
      for (int c = 0; c < HR_N_COMPONENTS; c++)
        {
          HrChartColor color = hr_chart_palette_component (palettes[i], (HrComponent) c);

          assert_contrast (palettes[i], color, HR_CHART_ROLE_BACKGROUND, SHAPE_CONTRAST, "component", c);
          assert_contrast (palettes[i], color, HR_CHART_ROLE_SELECTION, SHAPE_CONTRAST, "selected component", c);
        }
    }
}

/* How people with full, without red, green or blue sight see linear RGB: Machado, Oliveira, Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), severity 1. */
static const double sights[][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
};

/* sRGB, D65: IEC 61966-2-1. */
static const double to_xyz[3][3] = {
  { 0.4124, 0.3576, 0.1805 },
  { 0.2126, 0.7152, 0.0722 },
  { 0.0193, 0.1192, 0.9505 },
};
static const double white[3] = { 0.9505, 1.0, 1.089 };

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static void
multiply (const double matrix[3][3], const double in[3], double out[3])
{
  for (int i = 0; i < 3; i++)
    out[i] = matrix[i][0] * in[0] + matrix[i][1] * in[1] + matrix[i][2] * in[2];
}

static void
to_lab (HrChartColor color, const double sight[3][3], double lab[3])
{
  double rgb[3] = { linear (color.red), linear (color.green), linear (color.blue) };
  double seen[3], xyz[3], f[3];

  multiply (sight, rgb, seen);
  for (int i = 0; i < 3; i++)
    seen[i] = CLAMP (seen[i], 0, 1);
  multiply (to_xyz, seen, xyz);
  for (int i = 0; i < 3; i++)
    f[i] = xyz[i] / white[i] > 0.008856 ? cbrt (xyz[i] / white[i]) : 7.787 * xyz[i] / white[i] + 16.0 / 116;
  lab[0] = 116 * f[1] - 16;
  lab[1] = 500 * (f[0] - f[1]);
  lab[2] = 200 * (f[1] - f[2]);
}

/* CIE 142-2001, after Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula", Color Research & Application 30
 * (2005); the numbers in comments are its equations. */
static double
to_hue (double a, double b)
{
  double degrees = a == 0 && b == 0 ? 0 : atan2 (b, a) * 180 / G_PI; /* (7) */

  return degrees < 0 ? degrees + 360 : degrees;
}

static double
cosine (double degrees)
{
  return cos (degrees * G_PI / 180);
}

static double
chroma_share (double chroma)
{
  return sqrt (pow (chroma, 7) / (pow (chroma, 7) + pow (25, 7)));
}

static double
ciede2000 (const double first[3], const double second[3])
{
  double grey = 0.5 * (1 - chroma_share ((hypot (first[1], first[2]) + hypot (second[1], second[2])) / 2)); /* (4) */
  double a1 = (1 + grey) * first[1], a2 = (1 + grey) * second[1];
  double chroma1 = hypot (a1, first[2]), chroma2 = hypot (a2, second[2]);
  double hue1 = to_hue (a1, first[2]), hue2 = to_hue (a2, second[2]);
  double turn = hue2 - hue1, hue = hue1 + hue2; /* (10), (14) */

  if (chroma1 * chroma2 == 0)
    turn = 0;
  else if (fabs (turn) <= 180)
    hue /= 2;
  else
    {
      turn += turn > 0 ? -360 : 360;
      hue = (hue + (hue < 360 ? 360 : -360)) / 2;
    }

  double lightness = (first[0] + second[0]) / 2, chroma = (chroma1 + chroma2) / 2;
  double weight = 1 - 0.17 * cosine (hue - 30) + 0.24 * cosine (2 * hue) + 0.32 * cosine (3 * hue + 6)
                  - 0.20 * cosine (4 * hue - 63); /* (15) */
  double off = pow (lightness - 50, 2);
  double dl = (second[0] - first[0]) / (1 + 0.015 * off / sqrt (20 + off));
  double dc = (chroma2 - chroma1) / (1 + 0.045 * chroma);
  double dh = 2 * sqrt (chroma1 * chroma2) * sin (turn * G_PI / 360) / (1 + 0.015 * chroma * weight);
  double twist = -2 * chroma_share (chroma) * sin (60 * exp (-pow ((hue - 275) / 25, 2)) * G_PI / 180); /* (21) */

  return sqrt (dl * dl + dc * dc + dh * dh + twist * dc * dh);
}

/* Pairs 1, 7, 15, 17, 20 and 24 of the table in that paper. */
static void
test_difference_formula (void)
{
  static const struct
  {
    double first[3], second[3], difference;
  } pairs[] = {
    { { 50, 2.6772, -79.7751 }, { 50, 0, -82.7485 }, 2.0425 },
    { { 50, 0, 0 }, { 50, -1, 2 }, 2.3669 },
    { { 50, -0.001, 2.49 }, { 50, 0.0011, -2.49 }, 4.7461 },
    { { 50, 2.5, 0 }, { 73, 25, -18 }, 27.1492 },
    { { 50, 2.5, 0 }, { 58, 24, 15 }, 19.4535 },
    { { 50, 2.5, 0 }, { 50, 3.2592, 0.335 }, 1.0000 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpfloat_with_epsilon (ciede2000 (pairs[i].first, pairs[i].second), pairs[i].difference, 5e-5);
}

static double
difference (HrChartColor a, HrChartColor b, const double sight[3][3])
{
  double first[3], second[3];

  to_lab (a, sight, first);
  to_lab (b, sight, second);

  return ciede2000 (first, second);
}

/* Any two can be neighbours, as those between them may be nothing. */
static void
test_components (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    for (int a = 0; a < HR_N_PARTS; a++)
      for (int b = 0; b < a; b++)
        for (size_t j = 0; j < G_N_ELEMENTS (sights); j++)
          {
            double apart = difference (hr_chart_palette_component (palettes[i], (HrComponent) a),
                                       hr_chart_palette_component (palettes[i], (HrComponent) b), sights[j]);
            if (apart < LEAST_DIFFERENCE)
              g_error ("Components %d and %d are %.1f apart in palette %zu for sight %zu", b, a, apart, i, j);
          }
}

/* What is said of a verdict can be read on its colour, and the colours are told apart. */
static void
test_verdicts (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    for (int a = 0; a <= HR_VERDICT_UNKNOWN; a++)
      {
        HrChartRole role = hr_chart_verdict_role ((HrVerdict) a);
        HrChartColor color = hr_chart_palette_color (palettes[i], role);

        assert_contrast (palettes[i], hr_chart_palette_color (palettes[i], hr_chart_verdict_text_role ((HrVerdict) a)),
                         role, palettes[i].high_contrast ? HIGH_TEXT_CONTRAST : TEXT_CONTRAST, "verdict", a);
        assert_contrast (palettes[i], hr_chart_palette_color (palettes[i], HR_CHART_ROLE_CURSOR), role, SHAPE_CONTRAST,
                         "frame on verdict", a);
        assert_contrast (palettes[i], hr_chart_palette_color (palettes[i], HR_CHART_ROLE_TEXT), role, SHAPE_CONTRAST,
                         "frontier on verdict", a);
        for (int b = 0; b < a && a < HR_VERDICT_UNKNOWN; b++)
          for (size_t j = 0; j < G_N_ELEMENTS (sights); j++)
            {
              HrChartColor other = hr_chart_palette_color (palettes[i], hr_chart_verdict_role ((HrVerdict) b));
              double apart = difference (color, other, sights[j]);

              if (apart < LEAST_DIFFERENCE)
                g_error ("Verdicts %d and %d are %.1f apart in palette %zu for sight %zu", b, a, apart, i, j);
            }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/palette/contrast-formula", test_contrast_formula);
  g_test_add_func ("/chart/palette/texts", test_texts);
  g_test_add_func ("/chart/palette/shapes", test_shapes);
  g_test_add_func ("/chart/palette/difference-formula", test_difference_formula);
  g_test_add_func ("/chart/palette/components", test_components);
  g_test_add_func ("/chart/palette/verdicts", test_verdicts);

  return g_test_run ();
}
