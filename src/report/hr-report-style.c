/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-style.h"

#include "chart/hr-chart-palette.h"

#include <math.h>

/* The colours of text and lines, by what the style sheet calls them. */
static const struct
{
  const char *name;
  HrChartRole role;
} roles[] = {
  { "background", HR_CHART_ROLE_BACKGROUND },
  { "text", HR_CHART_ROLE_TEXT },
  { "dim", HR_CHART_ROLE_DIM_TEXT },
  { "line", HR_CHART_ROLE_GRID },
  { "fits", HR_CHART_ROLE_FITS },
  { "fits-text", HR_CHART_ROLE_FITS_TEXT },
  { "tight", HR_CHART_ROLE_TIGHT },
  { "tight-text", HR_CHART_ROLE_TIGHT_TEXT },
  { "over", HR_CHART_ROLE_OVER },
  { "over-text", HR_CHART_ROLE_OVER_TEXT },
};

static const char *const rules
    = "html{background:var(--background);color:var(--text);font:11pt/1.45 Cantarell,\"Adwaita Sans\",sans-serif}\n"
      "body{max-width:60rem;margin:2rem auto;padding:0 1.25rem}\n"
      "h1,h2,h3{line-height:1.2;margin:1.6em 0 .5em}\n"
      "h1{font-size:1.9rem}h2{font-size:1.4rem}h3{font-size:1.05rem}\n"
      "header h1{margin-top:0}article>h2{border-top:1px solid var(--line);padding-top:1.2em}\n"
      "a{color:inherit}small,.detail,footer{color:var(--dim)}.detail{font-size:.9em}\n"
      "figure{margin:1rem 0}figure svg{width:100%;height:auto}figure.dark{display:none}\n"
      ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\n"
      "table.even{table-layout:fixed}\n"
      "th,td{padding:.3em .6em;border-bottom:1px solid var(--line);vertical-align:top;text-align:start}\n"
      "th{font-weight:normal}thead th,tr.total>*,tr.verdict>*{font-weight:bold}\n"
      "td.figure,th.figure{text-align:end}tr.part>th{padding-inline-start:2em;color:var(--dim)}\n"
      ".swatch{display:inline-block;width:.8em;height:.8em;border-radius:.2em;margin-inline-end:.5em}\n"
      ".chip{display:inline-block;border-radius:1em;padding:.25em .9em;font-weight:bold;background:var(--line)}\n"
      ".fits{background:var(--fits);color:var(--fits-text)}.tight{background:var(--tight);color:var(--tight-text)}\n"
      ".over{background:var(--over);color:var(--over-text)}\n"
      ".notes{border-inline-start:3px solid var(--line);padding-inline-start:1em;overflow-wrap:anywhere}\n"
      ".notes h1,.notes h2,.notes h3{font-size:1.05rem}li>.detail{display:block}\n"
      "pre{overflow-x:auto}footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem;font-size:.9em}\n"
      "@page{margin:16mm}\n"
      "@media print{body{max-width:none;margin:0;padding:0}html{font-size:9pt}.scroll{overflow:visible}\n"
      "thead{display:table-header-group}tr,figure,li{break-inside:avoid}h1,h2,h3{break-after:avoid}}\n"
      "@media screen and (prefers-color-scheme:dark){figure.light{display:none}figure.dark{display:block}}\n";

static void
append_color (GString *html, const char *name, HrChartColor color)
{
  g_string_append_printf (html, "--%s:#%02x%02x%02x;", name, (guint) lround (color.red * 255),
                          (guint) lround (color.green * 255), (guint) lround (color.blue * 255));
}

static void
append_colors (GString *html, HrChartPalette palette)
{
  g_string_append_printf (html, ":root{color-scheme:%s;", palette.dark ? "dark" : "light");
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    append_color (html, roles[i].name, hr_chart_palette_color (palette, roles[i].role));
  for (guint i = 0; i < HR_N_PARTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("part-%u", i);

      append_color (html, name, hr_chart_palette_component (palette, i));
    }
  g_string_append (html, "}");
}

void
hr_report_style_append (GString *html)
{
  g_string_append (html, "<style>\n");
  append_colors (html, (HrChartPalette){ FALSE, FALSE });
  g_string_append (html, "\n@media screen and (prefers-color-scheme:dark){");
  append_colors (html, (HrChartPalette){ TRUE, FALSE });
  g_string_append (html, "}\n");
  g_string_append (html, rules);
  for (guint i = 0; i < HR_N_PARTS; i++)
    g_string_append_printf (html, ".part-%u{background:var(--part-%u)}", i, i);
  g_string_append (html, "\n</style>\n");
}
