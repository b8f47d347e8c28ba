/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-compare-row.h"

#include "hr-compare-cell.h"
#include "hr-figure.h"
#include "hr-palette.h"
#include "hr-verdict-chip.h"
#include "model/hr-time-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Figures end this far beyond the middle of their column, if it is wide enough. */
#define FIGURE_OFFSET 80

/* What stands in a column. */
typedef struct
{
  guint column;
  GtkWidget *widget; /* child */
} Cell;

struct _HrCompareRow
{
  GtkWidget parent_instance;

  HrRowKind kind;
  gboolean is_head;
  HrCompareColumns columns;
  int tallest; /* of the cells seen so far: the row does not jump while columns go by */
  const HrTableRow *row;
  const HrVerdict *verdicts;
  const HrCompareMarks *marks;

  GtkWidget *mark;   /* (nullable): of a difference */
  GtkWidget *button; /* (nullable): of a heading: edits what the rows below rest on */
  GtkWidget *sample; /* (nullable): never seen: a verdict as wide as the widest */
  gsize longest;     /* part of it */
  GtkWidget *label;
  GArray *cells; /* (element-type Cell): by column */
};

G_DEFINE_FINAL_TYPE (HrCompareRow, hr_compare_row, GTK_TYPE_WIDGET)

static const char *const KIND_CLASSES[] = {
  [HR_ROW_VALUES] = "values",       [HR_ROW_SECTION] = "section", [HR_ROW_VERDICT] = "verdict",
  [HR_ROW_COMPONENT] = "component", [HR_ROW_TOTAL] = "total",     [HR_ROW_DIFFERENCE] = "difference",
};

static GtkWidget *
new_mark (HrCompareRow *self)
{
  GtkWidget *mark = g_object_new (GTK_TYPE_BOX, "css-name", "mark", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "can-target", FALSE, NULL);

  gtk_widget_set_parent (mark, GTK_WIDGET (self));
  return mark;
}

/* What is not seen does not ask for another place by itself. */
static void
show_sample (HrCompareRow *self, HrVerdict verdict, const char *text)
{
  g_clear_pointer (&self->sample, gtk_widget_unparent);
  self->sample = g_object_new (HR_TYPE_VERDICT_CHIP, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  hr_verdict_chip_set (HR_VERDICT_CHIP (self->sample), verdict, text);
  gtk_widget_set_parent (self->sample, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->sample, FALSE);
}

static GtkWidget *
new_button (HrCompareRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Data Set and Assumptions…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Data Set and Assumptions…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.assumptions");
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static Cell *
find_cell (HrCompareRow *self, guint column)
{
  for (guint i = 0; i < self->cells->len; i++)
    if (g_array_index (self->cells, Cell, i).column == column)
      return &g_array_index (self->cells, Cell, i);

  return NULL;
}

static void
clear_cell (gpointer data)
{
  g_clear_pointer (&((Cell *) data)->widget, gtk_widget_unparent);
}

static void
show_cell (HrCompareRow *self, const Cell *cell)
{
  if (cell->column < self->row->n_cells)
    hr_compare_cell_show (cell->widget, self->row, cell->column, self->verdicts);
}

/* Takes a cell that went out of sight, else a new one. */
static GtkWidget *
take_cell (HrCompareRow *self, guint first, guint end)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = &g_array_index (self->cells, Cell, i);

      if (cell->widget != NULL && (cell->column < first || cell->column >= end))
        return g_steal_pointer (&cell->widget);
    }

  return hr_compare_cell_new (self->kind);
}

static void
match_cells (HrCompareRow *self, guint first, guint end)
{
  GArray *cells = g_array_sized_new (FALSE, FALSE, sizeof (Cell), end - first);

  g_array_set_clear_func (cells, clear_cell);
  for (guint column = first; column < end; column++)
    {
      Cell *kept = find_cell (self, column);
      Cell cell = { column, kept != NULL ? g_steal_pointer (&kept->widget) : take_cell (self, first, end) };

      if (kept == NULL)
        {
          gtk_accessible_update_relation (GTK_ACCESSIBLE (cell.widget), GTK_ACCESSIBLE_RELATION_COL_INDEX,
                                          (int) column + 2, -1);
          show_cell (self, &cell);
        }
      gtk_widget_insert_before (cell.widget, GTK_WIDGET (self), NULL);
      g_array_append_val (cells, cell);
    }

  g_array_unref (self->cells);
  self->cells = cells;
}

static void
update_cells (HrCompareRow *self)
{
  guint first, end;

  if (self->is_head || self->kind == HR_ROW_SECTION || self->row == NULL)
    return;

  hr_compare_columns_in_sight (&self->columns, &first, &end);
  end = MIN (end, self->row->n_cells);
  if (self->cells->len != end - first || (self->cells->len > 0 && g_array_index (self->cells, Cell, 0).column != first))
    match_cells (self, first, end);
}

/* The box of a cell. Also right-to-left figures end on the right, so that their digits stand below each other. */
static void
place_cell (HrCompareRow *self, const Cell *cell, int *x, int *width)
{
  int start, column_width, natural;

  hr_compare_columns_get (&self->columns, cell->column, &start, &column_width);
  *x = hr_compare_columns_mirror (&self->columns, start, column_width);
  *width = column_width;
  if (self->is_head)
    return;

  int middle = *x + column_width / 2;
  int end = *x + column_width;

  gtk_widget_measure (cell->widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  *width = MIN (column_width, natural);
  if (self->kind == HR_ROW_VERDICT)
    *x = middle - *width / 2;
  else
    *x = MIN (end, middle + MAX (FIGURE_OFFSET, *width / 2)) - *width;
}

static int
label_width_at (HrCompareRow *self, int width)
{
  return self->kind == HR_ROW_SECTION ? width : MIN (width, self->columns.label_width);
}

static int
natural_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static void
measure_height (HrCompareRow *self, int for_width, int *height)
{
  *height = natural_height (self->label, for_width < 0 ? -1 : label_width_at (self, for_width));
  if (self->button != NULL)
    *height = MAX (*height, natural_height (self->button, -1));
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);
      int x, width;

      place_cell (self, cell, &x, &width);
      self->tallest = MAX (self->tallest, natural_height (cell->widget, width));
    }
  *height = MAX (*height, self->tallest);
}

static void
allocate_child (GtkWidget *child, int x, int width, int height)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

/* Beside the words. */
static void
allocate_button (HrCompareRow *self, const HrCompareColumns *columns, int height)
{
  int label, width;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &label, NULL, NULL);
  gtk_widget_measure (self->button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  label = MAX (0, MIN (label, columns->width - width));
  allocate_child (self->button, hr_compare_columns_mirror (columns, label, width), width, height);
}

static GtkSizeRequestMode
hr_compare_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hr_compare_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  HrCompareRow *self = HR_COMPARE_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = self->columns.label_width; /* the table sees to the width of the columns */
  else
    measure_height (self, for_size, minimum);
  *natural = *minimum;
}

static void
hr_compare_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrCompareRow *self = HR_COMPARE_ROW (widget);
  const HrCompareColumns *columns = &self->columns;
  int label_width = label_width_at (self, width);
  int x, cell_width;

  hr_compare_columns_plot (columns, &x, &cell_width);
  if (self->mark != NULL)
    allocate_child (self->mark, x, cell_width, height);
  allocate_child (self->label, hr_compare_columns_mirror (columns, 0, label_width), label_width, height);

  if (self->button != NULL)
    allocate_button (self, columns, height);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);

      place_cell (self, cell, &x, &cell_width);
      allocate_child (cell->widget, x, cell_width, height);
    }
}

static gboolean
is_marked (HrCompareRow *self, guint column)
{
  int baseline = self->marks != NULL ? self->marks->baseline : -1;

  return baseline < 0 || strcmp (self->row->cells[column], self->row->cells[baseline]) != 0;
}

/* What is behind the cells: which columns are selected, which cells differ. */
static void
snapshot_backgrounds (HrCompareRow *self, GtkSnapshot *snapshot)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  guint first, end;

  hr_compare_columns_in_sight (&self->columns, &first, &end);
  for (guint column = first; column < end; column++)
    {
      int start, width;

      hr_compare_columns_get (&self->columns, column, &start, &width);
      start = hr_compare_columns_mirror (&self->columns, start, width);
      if (self->mark != NULL && is_marked (self, column))
        {
          gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) start, 0, (float) width, (float) height));
          gtk_widget_snapshot_child (GTK_WIDGET (self), self->mark, snapshot);
          gtk_snapshot_pop (snapshot);
        }
      if (self->kind != HR_ROW_SECTION && self->marks != NULL && self->marks->selected != NULL
          && self->marks->selected[column])
        hr_palette_fill (snapshot, HR_CHART_ROLE_SELECTION, start, 0, width, height);
    }
}

/* Cells pass under the label. */
static void
hr_compare_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrCompareRow *self = HR_COMPARE_ROW (widget);
  int x, width;

  hr_compare_columns_plot (&self->columns, &x, &width);
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT ((float) x, 0, (float) width, (float) gtk_widget_get_height (widget)));
  snapshot_backgrounds (self, snapshot);
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_snapshot_child (widget, g_array_index (self->cells, Cell, i).widget, snapshot);
  gtk_snapshot_pop (snapshot);

  gtk_widget_snapshot_child (widget, self->label, snapshot);
  if (self->button != NULL)
    gtk_widget_snapshot_child (widget, self->button, snapshot);
}

static void
hr_compare_row_dispose (GObject *object)
{
  HrCompareRow *self = HR_COMPARE_ROW (object);

  g_array_set_size (self->cells, 0);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->sample, gtk_widget_unparent);

  G_OBJECT_CLASS (hr_compare_row_parent_class)->dispose (object);
}

static void
hr_compare_row_finalize (GObject *object)
{
  g_array_unref (HR_COMPARE_ROW (object)->cells);

  G_OBJECT_CLASS (hr_compare_row_parent_class)->finalize (object);
}

static void
hr_compare_row_class_init (HrCompareRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_compare_row_dispose;
  object_class->finalize = hr_compare_row_finalize;
  widget_class->get_request_mode = hr_compare_row_get_request_mode;
  widget_class->measure = hr_compare_row_measure;
  widget_class->size_allocate = hr_compare_row_size_allocate;
  widget_class->snapshot = hr_compare_row_snapshot;

  gtk_widget_class_set_css_name (widget_class, "comparerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
hr_compare_row_init (HrCompareRow *self)
{
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, clear_cell);
}

static HrCompareRow *
new_row (HrRowKind kind, const char *css_class, GtkWidget *label)
{
  HrCompareRow *self = g_object_new (HR_TYPE_COMPARE_ROW, NULL);

  self->kind = kind;
  gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  if (kind == HR_ROW_DIFFERENCE)
    self->mark = new_mark (self);
  self->label = label;
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return self;
}

GtkWidget *
hr_compare_row_new (HrRowKind kind)
{
  GtkWidget *label = g_object_new (HR_TYPE_FIGURE, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW_HEADER, "css-name",
                                   "rowlabel", "xalign", 0.0, "wrap", TRUE, "width-chars", 1, NULL);

  return GTK_WIDGET (new_row (kind, KIND_CLASSES[kind], label));
}

GtkWidget *
hr_compare_row_new_head (GtkWidget *corner)
{
  HrCompareRow *self = new_row (HR_ROW_VALUES, "head", corner);

  self->is_head = TRUE;
  return GTK_WIDGET (self);
}

HrRowKind
hr_compare_row_get_kind (HrCompareRow *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_ROW (self), HR_ROW_VALUES);

  return self->kind;
}

gboolean
hr_compare_row_is_about (HrCompareRow *self, const HrTableRow *row)
{
  g_return_val_if_fail (HR_IS_COMPARE_ROW (self), FALSE);

  return self->row != NULL && self->kind == row->kind && strcmp (self->row->label, row->label) == 0;
}

int
hr_compare_row_get_tag (HrCompareRow *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_ROW (self), -1);

  return self->row != NULL ? self->row->tag : -1;
}

static void
show_label (HrCompareRow *self)
{
  HrFigure *label = HR_FIGURE (self->label);
  const char *detail = self->row->detail;
  g_autofree char *text
      = detail != NULL ? g_strdup_printf ("%s (%s)", self->row->label, detail) : g_strdup (self->row->label);

  if (g_str_equal (text, hr_figure_get_text (label)))
    return;

  if (detail != NULL)
    {
      g_autofree char *markup
          = g_markup_printf_escaped ("%s <span size='small' weight='normal'>(%s)</span>", self->row->label, detail);
      hr_figure_set_markup (label, markup);
    }
  else
    {
      hr_figure_set_text (label, text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->row->label, -1);
}

void
hr_compare_row_set_row (HrCompareRow *self, const HrTableRow *row)
{
  g_return_if_fail (HR_IS_COMPARE_ROW (self));
  g_return_if_fail (row->kind == self->kind);

  gboolean has_button = self->kind == HR_ROW_SECTION && row->tag == HR_TIME_TABLE_TAG;

  self->row = row;
  self->verdicts = NULL;
  self->tallest = 0;
  show_label (self);
  if (has_button && self->button == NULL)
    self->button = new_button (self);
  if (!has_button)
    g_clear_pointer (&self->button, gtk_widget_unparent);

  for (guint i = 0; i < self->cells->len; i++)
    show_cell (self, &g_array_index (self->cells, Cell, i));
  update_cells (self);
}

/* Lines break between parts: the longest decides. */
static gsize
longest_part (const char *text)
{
  gsize longest = 0;

  for (gsize length; *text != '\0'; text += length + (text[length] != '\0'))
    {
      length = strcspn (text, ",:");
      longest = MAX (longest, length);
    }
  return longest;
}

void
hr_compare_row_set_verdicts (HrCompareRow *self, const HrVerdict *verdicts)
{
  g_return_if_fail (HR_IS_COMPARE_ROW (self));
  g_return_if_fail (self->kind == HR_ROW_VERDICT && self->row != NULL);

  guint widest = 0;
  gsize longest = 0;

  self->verdicts = verdicts;
  for (guint i = 0; i < self->row->n_cells; i++)
    {
      gsize length = longest_part (self->row->cells[i]);

      if (length > longest)
        widest = i;
      longest = MAX (longest, length);
    }
  if (longest > 0 && longest != self->longest)
    show_sample (self, verdicts[widest], self->row->cells[widest]);
  self->longest = longest;
  for (guint i = 0; i < self->cells->len; i++)
    show_cell (self, &g_array_index (self->cells, Cell, i));
}

static gboolean
has_cells (HrCompareRow *self, GPtrArray *cells, GArray *columns)
{
  if (self->cells->len != cells->len)
    return FALSE;
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);

      if (cell->widget != g_ptr_array_index (cells, i) || cell->column != g_array_index (columns, guint, i))
        return FALSE;
    }

  return TRUE;
}

void
hr_compare_row_set_cells (HrCompareRow *self, GPtrArray *cells, GArray *columns)
{
  g_return_if_fail (HR_IS_COMPARE_ROW (self));
  g_return_if_fail (self->is_head && cells->len == columns->len);

  if (has_cells (self, cells, columns))
    return;

  for (guint i = 0; i < self->cells->len; i++)
    if (g_ptr_array_find (cells, g_array_index (self->cells, Cell, i).widget, NULL))
      g_array_index (self->cells, Cell, i).widget = NULL;
  g_array_set_size (self->cells, 0);

  for (guint i = 0; i < cells->len; i++)
    {
      Cell cell = { g_array_index (columns, guint, i), g_ptr_array_index (cells, i) };

      gtk_widget_insert_before (cell.widget, GTK_WIDGET (self), NULL);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (cell.widget), GTK_ACCESSIBLE_RELATION_COL_INDEX,
                                      (int) cell.column + 2, -1);
      g_array_append_val (self->cells, cell);
    }
}

void
hr_compare_row_set_columns (HrCompareRow *self, const HrCompareColumns *columns)
{
  g_return_if_fail (HR_IS_COMPARE_ROW (self));

  if (hr_compare_columns_equal (&self->columns, columns))
    return;

  if (columns->content_width != self->columns.content_width || columns->label_width != self->columns.label_width)
    {
      self->tallest = 0;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  self->columns = *columns;
  update_cells (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hr_compare_row_set_marks (HrCompareRow *self, const HrCompareMarks *marks)
{
  g_return_if_fail (HR_IS_COMPARE_ROW (self));

  self->marks = marks;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
hr_compare_row_get_cell (HrCompareRow *self, guint column)
{
  g_return_val_if_fail (HR_IS_COMPARE_ROW (self), NULL);

  const Cell *cell = find_cell (self, column);

  return cell != NULL ? cell->widget : NULL;
}

const char *
hr_compare_row_get_label (HrCompareRow *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_ROW (self), NULL);

  return hr_figure_get_text (HR_FIGURE (self->label));
}

const char *
hr_compare_row_get_text (HrCompareRow *self, guint column)
{
  GtkWidget *cell = hr_compare_row_get_cell (self, column);

  return cell != NULL ? hr_compare_cell_get_text (cell) : NULL;
}

int
hr_compare_row_get_label_width (HrCompareRow *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_ROW (self), 0);

  int natural;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return self->kind == HR_ROW_SECTION ? 0 : natural;
}

int
hr_compare_row_get_verdict_width (HrCompareRow *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_ROW (self), 0);

  int minimum = 0;

  if (self->sample != NULL)
    gtk_widget_measure (self->sample, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}
