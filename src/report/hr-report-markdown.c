/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-markdown.h"

#include "io/hr-markdown.h"

#include <string.h>

/* Below the title, which is of level 1. */
#define HEADINGS_BELOW 1

#define STRONG "**"

/* What would begin a list, a quote, a heading or a rule stands for itself. */
static void
append_line (GString *text, const char *line)
{
  const char *number_end = line + strspn (line, "0123456789");
  gboolean numbered = number_end > line && (*number_end == '.' || *number_end == ')');

  if (*line != '\0' && strchr ("#+-=>~", *line) != NULL)
    g_string_append_c (text, '\\');
  if (numbered)
    {
      g_string_append_len (text, line, number_end - line);
      g_string_append_c (text, '\\');
      line = number_end;
    }
  hr_markdown_append_text (text, line);
}

static void
append_paragraph (GString *text, const char *mark, const char *line)
{
  g_string_append (text, mark);
  append_line (text, line);
  g_string_append_printf (text, "%s\n", mark);
}

static void
append_heading (GString *text, guint level, const char *line)
{
  for (guint i = 0; i < level; i++)
    g_string_append_c (text, '#');
  g_string_append_c (text, ' ');
  append_line (text, line);
  g_string_append_c (text, '\n');
}

static void
append_cell (GString *text, const char *mark, const char *cell, const char *detail)
{
  const char *used = *cell != '\0' ? mark : "";

  g_string_append_printf (text, " %s", used);
  hr_markdown_append_text (text, cell);
  g_string_append (text, used);
  if (detail != NULL && *detail != '\0')
    {
      g_string_append_c (text, ' ');
      hr_markdown_append_text (text, detail);
    }
  g_string_append (text, " |");
}

static void
append_row (GString *text, const char *mark, const char *label, const char *detail, char **cells)
{
  g_string_append_c (text, '|');
  append_cell (text, mark, label, detail);
  for (guint i = 0; cells[i] != NULL; i++)
    append_cell (text, mark, cells[i], NULL);
  g_string_append_c (text, '\n');
}

/* Totals are set off, and components from their parts. */
static void
append_table (GString *text, const HrReportBlock *block)
{
  const HrTable *table = block->table;

  append_row (text, "", table->title, NULL, table->columns);
  g_string_append (text, "| --- |");
  for (guint i = 0; table->columns[i] != NULL; i++)
    {
      gboolean words = block->last_cells == HR_REPORT_WORDS && table->columns[i + 1] == NULL;

      g_string_append (text, words ? " --- |" : " ---: |");
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (table->rows, i);
      gboolean strong = row->kind == HR_ROW_TOTAL || (block->nested && row->kind != HR_ROW_VALUES);

      append_row (text, strong ? STRONG : "", row->label, row->detail, row->cells);
    }
}

static void
append_item (GString *text, const HrReportBlock *block)
{
  g_string_append (text, "- ");
  append_line (text, block->text);
  g_string_append_c (text, '\n');
  if (block->detail != NULL && *block->detail != '\0')
    {
      g_string_append (text, "  ");
      append_line (text, block->detail);
      g_string_append_c (text, '\n');
    }
}

static void
append_block (GString *text, const HrReportBlock *block)
{
  switch (block->kind)
    {
    case HR_REPORT_TITLE:
      append_heading (text, 1, block->text);
      break;
    case HR_REPORT_HEADING:
      append_heading (text, block->level + HEADINGS_BELOW, block->text);
      break;
    case HR_REPORT_NOTES:
      {
        g_autofree char *notes = hr_markdown_to_section (block->text, HEADINGS_BELOW);

        g_string_append (text, notes);
        break;
      }
    case HR_REPORT_ITEM:
      append_item (text, block);
      break;
    case HR_REPORT_VERDICT:
      append_paragraph (text, STRONG, block->text);
      break;
    case HR_REPORT_TABLE:
      append_table (text, block);
      break;
    case HR_REPORT_IMPRINT:
      g_string_append (text, "---\n\n");
      append_paragraph (text, "", block->text);
      break;
    case HR_REPORT_CHART:
    case HR_REPORT_PARAGRAPH:
    default:
      append_paragraph (text, "", block->text);
    }
}

GBytes *
hr_report_to_markdown (const HrReportDocument *report)
{
  g_return_val_if_fail (report != NULL, NULL);

  GString *text = g_string_new (NULL);
  gboolean in_list = FALSE;

  for (guint i = 0; i < report->blocks->len; i++)
    {
      const HrReportBlock *block = g_ptr_array_index (report->blocks, i);
      gboolean goes_on = in_list && block->kind == HR_REPORT_ITEM;

      if (text->len > 0 && !goes_on)
        g_string_append_c (text, '\n');
      append_block (text, block);
      in_list = block->kind == HR_REPORT_ITEM;
    }

  return g_string_free_to_bytes (text);
}
