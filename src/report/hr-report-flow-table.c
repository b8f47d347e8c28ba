/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-flow.h"

/* Columns of figures that stand beside each other; more go below. */
#define MOST_COLUMNS 5

/* Of a cell, and its lines; nothing of a plan is longer. */
#define PADDING 4.0
#define COLUMN_GAP 10.0
#define MOST_LINES 8

/* Where a swatch stands, and what is part of a component. */
#define INDENT 14.0

#define TABLE_SPACE 6.0

/* What labels take at least. */
#define LABEL_SHARE 0.22

/* Of a table the columns that fit beside each other: from @first, @n of them, behind the labels. */
typedef struct
{
  HrReportFlow *flow;
  const HrReportBlock *block;
  guint first, n;
  double widths[MOST_COLUMNS + 1]; /* of the labels, then the columns */
} Part;

static gboolean
has_words (const Part *self, guint column)
{
  return self->block->last_cells == HR_REPORT_WORDS && self->block->table->columns[self->first + column + 1] == NULL;
}

static HrReportStyle
style_of (const HrTableRow *row)
{
  return row == NULL || row->kind == HR_ROW_TOTAL || row->kind == HR_ROW_VERDICT ? HR_REPORT_STYLE_STRONG
                                                                                 : HR_REPORT_STYLE_BODY;
}

static const char *
cell_text (const Part *self, const HrTableRow *row, guint column)
{
  return row != NULL ? row->cells[self->first + column] : self->block->table->columns[self->first + column];
}

/* Returns: (transfer full): the label of a row, with what is told beside it; NULL: that of the head. */
static char *
label_text (const Part *self, const HrTableRow *row)
{
  if (row == NULL)
    return g_strdup (self->block->table->title);

  return row->detail != NULL && *row->detail != '\0' ? g_strdup_printf ("%s · %s", row->label, row->detail)
                                                     : g_strdup (row->label);
}

/* Before the label of a component or its part. */
static double
indent_of (const Part *self, const HrTableRow *row)
{
  gboolean is_part = row != NULL && self->block->nested && row->kind == HR_ROW_VALUES;

  return is_part || (row != NULL && row->kind == HR_ROW_COMPONENT) ? INDENT * (is_part ? 2 : 1) : 0;
}

static double
natural_width (const Part *self, HrReportStyle style, const char *text)
{
  PangoLayout *layout = hr_report_flow_lay_out (self->flow, style, text, 0);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  g_object_unref (layout);

  return (double) width / PANGO_SCALE + COLUMN_GAP;
}

static void
widen (Part *self, const HrTableRow *row)
{
  g_autofree char *label = label_text (self, row);
  HrReportStyle style = style_of (row);

  self->widths[0] = MAX (self->widths[0], natural_width (self, style, label) + indent_of (self, row));
  for (guint i = 0; i < self->n; i++)
    self->widths[i + 1] = MAX (self->widths[i + 1], natural_width (self, style, cell_text (self, row, i)));
}

static double
width_of_all (const Part *self, double most)
{
  double width = 0;

  for (guint i = 0; i <= self->n; i++)
    width += MIN (self->widths[i], most);

  return width;
}

/* Columns of figures are alike where each has room so. */
static void
even_out (Part *self, double room)
{
  double widest = 0, used = 0;

  for (guint i = 1; i <= self->n; i++)
    {
      widest = MAX (widest, self->widths[i]);
      used += self->widths[i];
    }
  for (guint i = 1; i <= self->n; i++)
    self->widths[i] = widest <= room / self->n ? room / self->n : self->widths[i] + (room - used) / self->n;
}

/* Columns that are too wide share what the others leave; what is left over goes to the words, or to all figures. */
static void
share_width (Part *self)
{
  double room = self->flow->width, low = 0, high = room;

  for (int i = 0; i < 32; i++) /* halves to less than a pixel */
    {
      double middle = (low + high) / 2;

      *(width_of_all (self, middle) <= room ? &low : &high) = middle;
    }
  for (guint i = 0; i <= self->n; i++)
    self->widths[i] = MIN (self->widths[i], low);

  if (has_words (self, self->n - 1))
    self->widths[self->n] += room - width_of_all (self, room);
  else
    even_out (self, room - self->widths[0]);
}

/* Returns: the height of the cell. */
static double
add_cell (Part *self, HrReportStrip *strip, HrReportStyle style, const char *text, double x, double width,
          gboolean at_end, HrChartRole role)
{
  PangoLayout *layout = hr_report_flow_lay_out (self->flow, style, text, MAX (width, 1));
  int height;

  hr_report_flow_align (self->flow, layout, at_end);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, -MOST_LINES);
  pango_layout_get_size (layout, NULL, &height);
  hr_report_strip_add_text (strip, layout, -1, self->flow->right_to_left ? self->flow->width - x - width : x, PADDING,
                            role);
  g_object_unref (layout);

  return (double) height / PANGO_SCALE;
}

/* @row: (nullable): NULL: the head. */
static HrReportStrip *
add_row (Part *self, const HrTableRow *row)
{
  HrReportStrip *strip = hr_report_strip_new (0);
  HrReportStyle style = style_of (row);
  double indent = indent_of (self, row), x = self->widths[0];
  g_autofree char *label = label_text (self, row);
  gboolean is_part = indent > INDENT;
  double height = add_cell (self, strip, style, label, indent, self->widths[0] - indent - COLUMN_GAP, FALSE,
                            is_part ? HR_CHART_ROLE_DIM_TEXT : HR_CHART_ROLE_TEXT);

  for (guint i = 0; i < self->n; i++)
    {
      gboolean words = has_words (self, i);
      double start = words ? x + COLUMN_GAP : x;

      double cell_height = add_cell (self, strip, style, cell_text (self, row, i), start,
                                     self->widths[i + 1] - (words ? COLUMN_GAP : 0), !words, HR_CHART_ROLE_TEXT);

      height = MAX (height, cell_height);
      x += self->widths[i + 1];
    }
  strip->height = height + 2 * PADDING;
  strip->ruled = TRUE;
  if (row != NULL && row->kind == HR_ROW_COMPONENT)
    {
      strip->component = row->tag;
      strip->component_x = self->flow->right_to_left ? self->flow->width - HR_REPORT_SWATCH_SIZE : 0;
    }
  g_ptr_array_add (self->flow->strips, strip);

  return strip;
}

static void
add_part (Part *self)
{
  const HrTable *table = self->block->table;
  int head = (int) self->flow->strips->len;

  /* Tables of figures below each other have the same columns. */
  if (!has_words (self, self->n - 1))
    self->widths[0] = self->flow->width * LABEL_SHARE;
  widen (self, NULL);
  for (guint i = 0; i < table->rows->len; i++)
    widen (self, g_ptr_array_index (table->rows, i));
  share_width (self);

  HrReportStrip *first = add_row (self, NULL);
  first->space_before = TABLE_SPACE;
  first->keep_with_next = TRUE;
  for (guint i = 0; i < table->rows->len; i++)
    add_row (self, g_ptr_array_index (table->rows, i))->head = head;
}

void
hr_report_flow_add_table (HrReportFlow *self, const HrReportBlock *block)
{
  guint n_columns = g_strv_length (block->table->columns);

  for (guint first = 0; first < n_columns; first += MOST_COLUMNS)
    {
      Part part = { .flow = self, .block = block, .first = first, .n = MIN (n_columns - first, MOST_COLUMNS) };

      add_part (&part);
    }
}
