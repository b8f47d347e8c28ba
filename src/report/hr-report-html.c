/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-html.h"

#include "chart/hr-chart-export.h"
#include "hr-report-style.h"
#include "io/hr-markdown.h"

#include <string.h>

/* Of the page, in CSS pixels: charts of few bars are not blown up. */
#define CHART_WIDTH 900.0

/* Tables of more columns scroll. */
#define MOST_EVEN_COLUMNS 6

/* By their C value. */
static const char *const verdict_classes[] = {
  [HR_VERDICT_FITS] = "chip fits",
  [HR_VERDICT_TIGHT] = "chip tight",
  [HR_VERDICT_OVER] = "chip over",
  [HR_VERDICT_UNKNOWN] = "chip",
};

typedef struct
{
  GString *html;
  gboolean in_list;
  gboolean in_article;
} Writer;

static void
append_text (GString *html, const char *text)
{
  g_autofree char *drawable = hr_chart_dup_text (text);
  g_autofree char *escaped = drawable != NULL ? g_markup_escape_text (drawable, -1) : g_strdup ("");

  g_string_append (html, escaped);
}

static void
append_element (GString *html, const char *start, const char *text, const char *end)
{
  g_string_append (html, start);
  append_text (html, text);
  g_string_append (html, end);
}

static void
append_detail (GString *html, const char *detail)
{
  if (detail != NULL && *detail != '\0')
    append_element (html, " <span class=\"detail\">", detail, "</span>");
}

/* The cell of a row or head; the last column may hold words. */
static void
append_cell (GString *html, const HrReportBlock *block, const char *element, guint column, const char *text)
{
  gboolean words = block->last_cells == HR_REPORT_WORDS && block->table->columns[column + 1] == NULL;

  g_string_append_printf (html, "<%s%s>", element, words ? "" : " class=\"figure\"");
  append_text (html, text);
  g_string_append_printf (html, "</%.2s>", element);
}

static const char *
row_class (const HrReportBlock *block, const HrTableRow *row)
{
  if (row->kind == HR_ROW_TOTAL)
    return " class=\"total\"";
  if (row->kind == HR_ROW_VERDICT)
    return " class=\"verdict\"";

  return block->nested && row->kind == HR_ROW_VALUES ? " class=\"part\"" : "";
}

static void
append_row (GString *html, const HrReportBlock *block, const HrTableRow *row)
{
  g_string_append_printf (html, "<tr%s><th scope=\"row\">", row_class (block, row));
  if (row->kind == HR_ROW_COMPONENT && row->tag >= 0)
    g_string_append_printf (html, "<span class=\"swatch part-%d\"></span>", row->tag);
  append_text (html, row->label);
  append_detail (html, row->detail);
  g_string_append (html, "</th>");
  for (guint i = 0; row->cells[i] != NULL; i++)
    append_cell (html, block, "td", i, row->cells[i]);
  g_string_append (html, "</tr>\n");
}

static void
append_table (GString *html, const HrReportBlock *block)
{
  const HrTable *table = block->table;

  gboolean even = block->last_cells == HR_REPORT_FIGURES && g_strv_length (table->columns) <= MOST_EVEN_COLUMNS;

  append_element (html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"", block->text, "\">\n");
  g_string_append (html, even ? "<table class=\"even\">\n" : "<table>\n");
  append_element (html, "<thead><tr><th scope=\"col\">", table->title, "</th>");
  for (guint i = 0; table->columns[i] != NULL; i++)
    append_cell (html, block, "th scope=\"col\"", i, table->columns[i]);
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < table->rows->len; i++)
    append_row (html, block, g_ptr_array_index (table->rows, i));
  g_string_append (html, "</tbody>\n</table>\n</div>\n");
}

/* The ids of one drawing must not be those of another in the same file. */
static char *
set_apart (const char *svg, const char *mark)
{
  static const char *const references[] = { " id=\"", "href=\"#", "url(#" };
  g_autoptr (GString) text = g_string_new (strstr (svg, "<svg"));

  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *marked = g_strconcat (references[i], mark, NULL);

      g_string_replace (text, references[i], marked, 0);
    }
  g_string_replace (text, "<svg ", "<svg role=\"img\" ", 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
append_chart (GString *html, const HrChartModel *chart, GError **error)
{
  for (int dark = FALSE; dark <= TRUE; dark++)
    {
      const char *scheme = dark ? "dark" : "light";
      g_autoptr (GBytes) bytes = hr_chart_export_figure (chart, (HrChartPalette){ dark, FALSE }, CHART_WIDTH, error);

      if (bytes == NULL)
        return FALSE;

      g_autofree char *svg = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_autofree char *drawing = set_apart (svg, scheme);
      g_string_append_printf (html, "<figure class=\"%s\">\n%s</figure>\n", scheme, drawing);
    }

  return TRUE;
}

/* A part of its own begins with each heading of the first level. */
static void
append_heading (Writer *self, const HrReportBlock *block)
{
  if (block->level == 1)
    {
      g_string_append (self->html, self->in_article ? "</article>\n<article>\n" : "<article>\n");
      self->in_article = TRUE;
    }
  append_element (self->html, block->level == 1 ? "<h2>" : "<h3>", block->text,
                  block->level == 1 ? "</h2>\n" : "</h3>\n");
}

static void
append_end (Writer *self, const HrReportBlock *block)
{
  if (self->in_article)
    g_string_append (self->html, "</article>\n");
  self->in_article = FALSE;
  append_element (self->html, "<footer><p>", block->text, "</p></footer>\n");
}

static gboolean
append_block (Writer *self, const HrReportBlock *block, GError **error)
{
  switch (block->kind)
    {
    case HR_REPORT_TITLE:
      append_element (self->html, "<header><h1>", block->text, "</h1></header>\n");
      break;
    case HR_REPORT_HEADING:
      append_heading (self, block);
      break;
    case HR_REPORT_NOTES:
      {
        g_autofree char *notes = hr_markdown_to_html (block->text);

        g_string_append_printf (self->html, "<div class=\"notes\">\n%s</div>\n", notes);
        break;
      }
    case HR_REPORT_ITEM:
      append_element (self->html, "<li>", block->text, "");
      append_detail (self->html, block->detail);
      g_string_append (self->html, "</li>\n");
      break;
    case HR_REPORT_VERDICT:
      g_string_append_printf (self->html, "<p><strong class=\"%s\">", verdict_classes[block->verdict]);
      append_element (self->html, "", block->text, "</strong></p>\n");
      break;
    case HR_REPORT_TABLE:
      append_table (self->html, block);
      break;
    case HR_REPORT_CHART:
      return append_chart (self->html, block->chart, error);
    case HR_REPORT_IMPRINT:
      append_end (self, block);
      break;
    case HR_REPORT_PARAGRAPH:
    default:
      append_element (self->html, "<p>", block->text, "</p>\n");
    }

  return TRUE;
}

/* Items that follow each other are one list. */
static void
settle_list (Writer *self, HrReportBlockKind next)
{
  gboolean in_list = next == HR_REPORT_ITEM;

  if (in_list != self->in_list)
    g_string_append (self->html, in_list ? "<ul>\n" : "</ul>\n");
  self->in_list = in_list;
}

static void
append_head (GString *html, const HrReportDocument *report)
{
  const HrReportBlock *title = g_ptr_array_index (report->blocks, 0);

  g_string_append_printf (
      html,
      "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\" dir=\"%s\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n",
      report->language, report->right_to_left ? "rtl" : "ltr");
  append_element (html, "<title>", title->text, "</title>\n");
  hr_report_style_append (html);
  g_string_append (html, "</head>\n<body>\n<main>\n");
}

GBytes *
hr_report_to_html (const HrReportDocument *report, GError **error)
{
  g_return_val_if_fail (report != NULL && report->blocks->len > 0, NULL);

  Writer writer = { .html = g_string_new (NULL) };
  gboolean done = TRUE;

  append_head (writer.html, report);
  for (guint i = 0; i < report->blocks->len && done; i++)
    {
      const HrReportBlock *block = g_ptr_array_index (report->blocks, i);

      settle_list (&writer, block->kind);
      done = append_block (&writer, block, error);
    }
  g_string_append (writer.html, "</main>\n</body>\n</html>\n");

  if (!done)
    {
      g_string_free (writer.html, TRUE);
      return NULL;
    }

  return g_string_free_to_bytes (writer.html);
}
