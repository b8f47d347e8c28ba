/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-compare-table.h"

#include "hr-basis-button.h"
#include "hr-compare-columns.h"
#include "hr-compare-head.h"
#include "hr-compare-row.h"

#define MIN_COLUMN_WIDTH 140
#define MIN_LABEL_WIDTH 120
#define MAX_LABEL_WIDTH 210

/* Of the page's width, in percent. */
#define LABEL_SHARE 35

struct _HrCompareTable
{
  GtkWidget parent_instance;

  HrSelection *selection;
  HrTable *table; /* what is shown */
  HrVerdict *verdicts;
  gboolean *selected;
  HrCompareMarks marks;
  HrCompareColumns columns;

  HrCompareRow *head;
  GtkWidget *basis; /* in its corner */
  GPtrArray *heads; /* (element-type HrCompareHead): cells of the head, in sight */
  GPtrArray *rows;  /* (element-type HrCompareRow): children */
  guint n_full;     /* rows that have cells: the others get theirs once the first frame is drawn */
  guint fill_source;
};

G_DEFINE_FINAL_TYPE (HrCompareTable, hr_compare_table, GTK_TYPE_WIDGET)

static guint
n_columns (HrCompareTable *self)
{
  return self->table != NULL ? self->table->n_columns : 0;
}

static HrCompareHead *
find_head (HrCompareTable *self, HrConfiguration *configuration)
{
  for (guint i = 0; i < self->heads->len; i++)
    if (hr_compare_head_get_configuration (self->heads->pdata[i]) == configuration)
      return self->heads->pdata[i];

  return NULL;
}

/* The one with the focus stays, wherever it is. */
static gboolean
has_focus (HrCompareTable *self, HrCompareHead *head)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->head)) == GTK_WIDGET (head);
}

/* Heads follow their configuration, so that a moved one keeps the focus; those out of sight get another one. */
static void
take_heads (HrCompareTable *self, GArray *columns, GPtrArray *heads)
{
  HrProject *project = hr_selection_get_project (self->selection);

  for (guint i = 0; i < columns->len; i++)
    {
      HrCompareHead *head = find_head (self, hr_project_get_configuration (project, g_array_index (columns, guint, i)));

      if (head != NULL)
        g_ptr_array_remove_fast (self->heads, head);
      g_ptr_array_add (heads, head);
    }
  for (guint i = 0; i < columns->len; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, g_array_index (columns, guint, i));

      if (heads->pdata[i] != NULL)
        continue;
      if (self->heads->len == 0)
        {
          heads->pdata[i] = hr_compare_head_new (self->selection, configuration);
          continue;
        }
      heads->pdata[i] = g_ptr_array_steal_index_fast (self->heads, self->heads->len - 1);
      hr_compare_head_set_configuration (heads->pdata[i], configuration);
    }
}

/* Returns: the column of the head with the focus; G_MAXUINT: none. */
static guint
find_focus (HrCompareTable *self)
{
  HrProject *project = hr_selection_get_project (self->selection);

  for (guint i = 0; i < self->heads->len; i++)
    if (has_focus (self, self->heads->pdata[i]))
      return hr_project_find (project, hr_compare_head_get_configuration (self->heads->pdata[i]));

  return G_MAXUINT;
}

/* @focus: a column that has a head also where it is out of sight, or G_MAXUINT */
static void
update_heads (HrCompareTable *self, guint focus)
{
  HrProject *project = hr_selection_get_project (self->selection);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *heads = g_ptr_array_new ();
  guint first, end;

  hr_compare_columns_in_sight (&self->columns, &first, &end);
  end = MIN (end, g_list_model_get_n_items (G_LIST_MODEL (project)));
  first = MIN (first, end);
  if (focus < first)
    g_array_append_val (columns, focus);
  for (guint column = first; column < end; column++)
    g_array_append_val (columns, column);
  if (focus != G_MAXUINT && focus >= end)
    g_array_append_val (columns, focus);

  take_heads (self, columns, heads);
  hr_compare_row_set_cells (self->head, heads, columns);
  g_ptr_array_unref (self->heads);
  self->heads = heads;
}

/* Rows without cells have columns of no configuration. */
static void
place_row (HrCompareTable *self, guint position)
{
  HrCompareColumns columns = self->columns;

  if (position >= self->n_full)
    columns.n_columns = 0;
  hr_compare_row_set_columns (g_ptr_array_index (self->rows, position), &columns);
}

static void
fill_rows (HrCompareTable *self, guint n_full)
{
  guint before = self->n_full;

  self->n_full = n_full;
  for (guint i = before; i < MIN (n_full, self->rows->len); i++)
    place_row (self, i);
}

static gboolean
fill_cb (gpointer user_data)
{
  HrCompareTable *self = user_data;

  self->fill_source = 0;
  fill_rows (self, G_MAXUINT);
  gtk_widget_queue_resize (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

static HrCompareRow *
insert_row (HrCompareTable *self, guint position, HrRowKind kind)
{
  GtkWidget *row = hr_compare_row_new (kind);
  GtkWidget *previous = position > 0 ? g_ptr_array_index (self->rows, position - 1) : GTK_WIDGET (self->head);

  gtk_widget_insert_after (row, GTK_WIDGET (self), previous);
  hr_compare_row_set_marks (HR_COMPARE_ROW (row), &self->marks);
  g_ptr_array_insert (self->rows, (int) position, row);
  return HR_COMPARE_ROW (row);
}

/* Whether rows of @table from @position on have what @row is about. */
static gboolean
is_wanted (const HrTable *table, guint position, HrCompareRow *row)
{
  for (guint i = position; i < table->rows->len; i++)
    if (hr_compare_row_is_about (row, table->rows->pdata[i]))
      return TRUE;

  return FALSE;
}

/* Rows stay with what they are about where others come or go; what is about nothing any more can be about something
 * else. */
static HrCompareRow *
take_row (HrCompareTable *self, const HrTable *table, guint position)
{
  const HrTableRow *texts = g_ptr_array_index (table->rows, position);

  for (guint i = position; i < self->rows->len; i++)
    if (hr_compare_row_is_about (self->rows->pdata[i], texts))
      {
        if (i > position)
          g_ptr_array_remove_range (self->rows, position, i - position);
        return self->rows->pdata[position];
      }

  HrCompareRow *there = position < self->rows->len ? self->rows->pdata[position] : NULL;

  if (there != NULL && hr_compare_row_get_kind (there) == texts->kind && !is_wanted (table, position, there))
    return there;
  return insert_row (self, position, texts->kind);
}

static void
update_verdicts (HrCompareTable *self)
{
  HrProject *project = hr_selection_get_project (self->selection);

  g_free (self->verdicts);
  self->verdicts = g_new (HrVerdict, n_columns (self));
  for (guint i = 0; i < n_columns (self); i++)
    {
      HrEstimateResult *result = hr_configuration_get_estimate (hr_project_get_configuration (project, i));

      self->verdicts[i] = hr_estimate_result_get (result)->fit.verdict;
    }
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static int
label_width (HrCompareTable *self, int page_width)
{
  int maximum = CLAMP (page_width * LABEL_SHARE / 100, MIN_LABEL_WIDTH, MAX_LABEL_WIDTH);
  int width = MIN_LABEL_WIDTH;

  for (guint i = 0; i < self->rows->len; i++)
    width = MAX (width, hr_compare_row_get_label_width (g_ptr_array_index (self->rows, i)));

  return MIN (width, maximum);
}

/* Verdicts ask for room; other cells end in an ellipsis where there is too little. */
static int
column_width (HrCompareTable *self)
{
  int width = MIN_COLUMN_WIDTH;

  for (guint i = 0; i < self->rows->len; i++)
    width = MAX (width, hr_compare_row_get_verdict_width (g_ptr_array_index (self->rows, i)));

  return width;
}

/* Keys go on where the pointer was. */
static void
select_column (HrCompareTable *self, guint column, GdkModifierType state)
{
  HrConfiguration *configuration = hr_project_get_configuration (hr_selection_get_project (self->selection), column);

  if ((state & GDK_CONTROL_MASK) != 0)
    hr_selection_toggle (self->selection, configuration);
  else if ((state & GDK_SHIFT_MASK) != 0)
    hr_selection_extend_to (self->selection, configuration);
  else
    hr_selection_select_only (self->selection, configuration);

  HrCompareHead *head = find_head (self, configuration);

  if (head == NULL)
    return;
  gtk_widget_set_focusable (GTK_WIDGET (head), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (head));
}

static void
pressed_cb (HrCompareTable *self, int n_press, double x, double y, GtkEventController *controller)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, HR_TYPE_COMPARE_ROW) : NULL;
  int column = hr_compare_columns_find (&self->columns, x);

  if (row == NULL || row == GTK_WIDGET (self->head))
    return;

  if (column >= 0)
    select_column (self, (guint) column, gtk_event_controller_get_current_event_state (controller));
  if (hr_compare_row_get_kind (HR_COMPARE_ROW (row)) != HR_ROW_COMPONENT)
    return;
  hr_selection_set_component (self->selection, hr_compare_row_get_tag (HR_COMPARE_ROW (row)));
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "explain");
}

static GtkSizeRequestMode
hr_compare_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hr_compare_table_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = HR_COMPARE_TABLE (widget)->columns.label_width;
  else
    for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL; row = gtk_widget_get_next_sibling (row))
      {
        int height;

        gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, for_size, &height, NULL, NULL, NULL);
        *minimum += height;
      }
  *natural = *minimum;
}

/* The part of a head that has passed under the labels takes no clicks. */
static void
tell_seen (HrCompareTable *self)
{
  HrProject *project = hr_selection_get_project (self->selection);
  int plot_x, plot_width;

  hr_compare_columns_plot (&self->columns, &plot_x, &plot_width);
  for (guint i = 0; i < self->heads->len; i++)
    {
      HrConfiguration *configuration = hr_compare_head_get_configuration (self->heads->pdata[i]);
      int start, width;

      hr_compare_columns_get (&self->columns, hr_project_find (project, configuration), &start, &width);
      start = hr_compare_columns_mirror (&self->columns, start, width);

      int left = MAX (start, plot_x), right = MIN (start + width, plot_x + plot_width);
      hr_compare_head_set_seen (self->heads->pdata[i], left - start, right - left);
    }
}

static void
hr_compare_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int y = 0;

  if (HR_COMPARE_TABLE (widget)->heads->len > 0)
    tell_seen (HR_COMPARE_TABLE (widget));

  for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      int row_height;

      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &row_height, NULL, NULL, NULL);
      gtk_widget_size_allocate (row, &(GtkAllocation){ 0, y, width, row_height }, -1);
      y += row_height;
    }
}

static void
hr_compare_table_dispose (GObject *object)
{
  HrCompareTable *self = HR_COMPARE_TABLE (object);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_ptr_array_set_size (self->heads, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer ((GtkWidget **) &self->head, gtk_widget_unparent);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (hr_compare_table_parent_class)->dispose (object);
}

static void
hr_compare_table_finalize (GObject *object)
{
  HrCompareTable *self = HR_COMPARE_TABLE (object);

  g_ptr_array_unref (self->heads);
  g_ptr_array_unref (self->rows);
  hr_table_free (self->table);
  g_free (self->verdicts);
  g_free (self->selected);

  G_OBJECT_CLASS (hr_compare_table_parent_class)->finalize (object);
}

static void
hr_compare_table_class_init (HrCompareTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_compare_table_dispose;
  object_class->finalize = hr_compare_table_finalize;
  widget_class->get_request_mode = hr_compare_table_get_request_mode;
  widget_class->measure = hr_compare_table_measure;
  widget_class->size_allocate = hr_compare_table_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "comparetable");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TABLE);
}

static void
hr_compare_table_init (HrCompareTable *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->marks = (HrCompareMarks){ -1, -1, NULL };
  self->heads = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->basis = hr_basis_button_new ();
  self->head = HR_COMPARE_ROW (hr_compare_row_new_head (self->basis));
  gtk_widget_set_parent (GTK_WIDGET (self->head), GTK_WIDGET (self));
  hr_compare_row_set_marks (self->head, &self->marks);

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
hr_compare_table_new (void)
{
  return g_object_new (HR_TYPE_COMPARE_TABLE, NULL);
}

void
hr_compare_table_set_selection (HrCompareTable *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_COMPARE_TABLE (self));

  g_set_object (&self->selection, selection);
}

/* Whether there is a row of its kind for each row of @table, and no more. */
static gboolean
has_rows_of (HrCompareTable *self, const HrTable *table)
{
  if (self->rows->len != table->rows->len)
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    if (hr_compare_row_get_kind (self->rows->pdata[i]) != ((const HrTableRow *) table->rows->pdata[i])->kind)
      return FALSE;

  return TRUE;
}

/* The old table lives until all rows show the new one. */
void
hr_compare_table_update (HrCompareTable *self, HrTable *table)
{
  g_return_if_fail (HR_IS_COMPARE_TABLE (self));
  g_return_if_fail (self->selection != NULL && table != NULL);

  HrTable *old = g_steal_pointer (&self->table);
  gboolean as_before = old != NULL && has_rows_of (self, table) && old->n_columns == table->n_columns;

  self->table = table;
  g_clear_pointer (&self->selected, g_free);
  self->marks = (HrCompareMarks){ -1, table->baseline, NULL };
  self->columns.n_columns = table->n_columns;
  hr_compare_row_set_columns (self->head, &self->columns);
  update_heads (self, find_focus (self));
  update_verdicts (self);
  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *texts = g_ptr_array_index (table->rows, i);
      HrCompareRow *row = take_row (self, table, i);

      hr_compare_row_set_row (row, texts);
      if (texts->kind == HR_ROW_VERDICT)
        hr_compare_row_set_verdicts (row, self->verdicts);
      place_row (self, i);
    }
  g_ptr_array_set_size (self->rows, (int) table->rows->len);
  hr_table_free (old);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, table->title, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_COUNT, (int) table->rows->len + 1,
                                  GTK_ACCESSIBLE_RELATION_COL_COUNT, (int) table->n_columns + 1, -1);
  if (!as_before)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

HrTable *
hr_compare_table_get_table (HrCompareTable *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_TABLE (self), NULL);

  return self->table;
}

/* With one configuration there is nothing to tell apart. */
static void
find_selected (HrCompareTable *self)
{
  HrProject *project = hr_selection_get_project (self->selection);

  g_free (self->selected);
  self->selected = g_new0 (gboolean, n_columns (self) + 1);
  for (guint i = 0; n_columns (self) > 1 && i < n_columns (self); i++)
    self->selected[i] = hr_selection_is_selected (self->selection, hr_project_get_configuration (project, i));
  self->marks.selected = self->selected;
}

static void
mark_row (HrCompareTable *self, HrCompareRow *row)
{
  int tag = hr_compare_row_get_tag (row);
  gboolean is_component = hr_compare_row_get_kind (row) == HR_ROW_COMPONENT;
  guint hidden = hr_selection_get_hidden_components (self->selection);

  gtk_widget_queue_draw (GTK_WIDGET (row));
  set_class (GTK_WIDGET (row), "chosen", is_component && tag == hr_selection_get_component (self->selection));
  set_class (GTK_WIDGET (row), "hidden", is_component && (hidden & 1u << tag) != 0);
}

void
hr_compare_table_update_marks (HrCompareTable *self)
{
  g_return_if_fail (HR_IS_COMPARE_TABLE (self));

  HrConfiguration *leading = hr_selection_get_configuration (self->selection);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->head)) != NULL;

  /* The focus goes along also to where nobody looked yet. */
  if (had_focus && leading != NULL && find_head (self, leading) == NULL)
    update_heads (self, hr_project_find (hr_selection_get_project (self->selection), leading));

  HrCompareHead *head = leading != NULL ? find_head (self, leading) : NULL;

  find_selected (self);
  for (guint i = 0; i < self->heads->len; i++)
    hr_compare_head_refresh (self->heads->pdata[i]);
  if (had_focus && head != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (head));

  hr_basis_button_set_configuration (HR_BASIS_BUTTON (self->basis), leading);
  gtk_widget_queue_draw (GTK_WIDGET (self->head));
  for (guint i = 0; i < self->rows->len; i++)
    mark_row (self, g_ptr_array_index (self->rows, i));
}

void
hr_compare_table_measure_columns (HrCompareTable *self, int page_width, int least_column, HrCompareColumns *columns)
{
  g_return_if_fail (HR_IS_COMPARE_TABLE (self));

  int label = label_width (self, page_width);

  *columns = (HrCompareColumns){
    .label_width = label,
    .width = page_width,
    .content_width = MAX (page_width, label + (int) n_columns (self) * MAX (column_width (self), least_column)),
    .n_columns = n_columns (self),
    .right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL,
  };
}

void
hr_compare_table_set_columns (HrCompareTable *self, const HrCompareColumns *columns)
{
  g_return_if_fail (HR_IS_COMPARE_TABLE (self));

  guint first, end, new_first, new_end;

  if (hr_compare_columns_equal (&self->columns, columns))
    return;

  hr_compare_columns_in_sight (&self->columns, &first, &end);
  self->columns = *columns;
  hr_compare_columns_in_sight (&self->columns, &new_first, &new_end);
  if (self->table != NULL && (new_first != first || new_end != end))
    update_heads (self, find_focus (self));
  hr_compare_row_set_columns (self->head, columns);
  for (guint i = 0; i < self->rows->len; i++)
    place_row (self, i);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
hr_compare_table_fill (HrCompareTable *self, int width, int height)
{
  g_return_if_fail (HR_IS_COMPARE_TABLE (self));

  for (guint i = 0; self->n_full != G_MAXUINT && i < self->rows->len && height > 0; i++)
    {
      int row_height;

      fill_rows (self, MAX (self->n_full, i + 1));
      gtk_widget_measure (g_ptr_array_index (self->rows, i), GTK_ORIENTATION_VERTICAL, width, &row_height, NULL, NULL,
                          NULL);
      height -= row_height;
    }
  if (self->n_full < self->rows->len && self->fill_source == 0)
    self->fill_source = g_idle_add (fill_cb, self);
}

GtkWidget *
hr_compare_table_get_head (HrCompareTable *self, guint column)
{
  g_return_val_if_fail (HR_IS_COMPARE_TABLE (self), NULL);

  return hr_compare_row_get_cell (self->head, column);
}

GPtrArray *
hr_compare_table_get_rows (HrCompareTable *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_TABLE (self), NULL);

  return self->rows;
}
