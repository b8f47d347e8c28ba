/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-offer-view.h"

#include "chart/hr-fit-map.h"
#include "hr-accessible-name.h"
#include "hr-verdict-chip.h"

#include <glib/gi18n-lib.h>

#define MIN_HEIGHT 190

/* What a cell shows: a column of a row, which is set while it is in use. */
#define CELL_COLUMN "hr-offer-view-column"
#define CELL_ROW "hr-offer-view-row"

typedef struct
{
  const char *title;
  const char *text;    /* property of #HrOfferRow that is shown */
  const char *detail;  /* (nullable): of its tooltip */
  const char *sort_by; /* property, of a number or a text */
  int min_width;       /* of a table that has room for it */
} Column;

static const Column columns[] = {
  { N_ ("GPU and offer"), "title", "source", "gpu-name", 0 },
  { N_ ("Capacity"), "capacity-text", "support-text", "capacity-bytes", 860 },
  { N_ ("Needs"), "needed-text", NULL, "needed-bytes", 620 },
  { N_ ("Verdict"), NULL, "verdict-text", "verdict", 420 },
  { N_ ("Room left"), "headroom-text", NULL, "headroom-bytes", 720 },
  { N_ ("Price/h"), "price-text", "date-text", "price-rank", 520 },
  { N_ ("Time"), "time-text", "time-range", "time-rank", 0 },
  { N_ ("Total"), "cost-text", "cost-range", "cost-rank", 0 },
};

#define N_COLUMNS G_N_ELEMENTS (columns)
#define OFFER_COLUMN 0
#define VERDICT_COLUMN 3

struct _HrOfferView
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  GtkSortListModel *sorted;
  GtkColumnViewColumn *columns[N_COLUMNS];
  char *selected_id; /* (nullable): of the row that the user selected */
  int columns_width; /* that the columns suit */
  guint columns_source;
  guint restore_source;
  guint sorted_source;
  gboolean restoring;
};

G_DEFINE_FINAL_TYPE (HrOfferView, hr_offer_view, GTK_TYPE_WIDGET)

enum
{
  SELECTED,
  ACTIVATED,
  SORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static int
compare_numbers (const GValue *a, const GValue *b)
{
  GValue first = G_VALUE_INIT, second = G_VALUE_INIT;
  double x, y;

  g_value_init (&first, G_TYPE_DOUBLE);
  g_value_init (&second, G_TYPE_DOUBLE);
  g_value_transform (a, &first);
  g_value_transform (b, &second);
  x = g_value_get_double (&first);
  y = g_value_get_double (&second);

  return (x > y) - (x < y);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;
  g_auto (GValue) first = G_VALUE_INIT;
  g_auto (GValue) second = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (a), column->sort_by, &first);
  g_object_get_property (G_OBJECT (b), column->sort_by, &second);
  if (G_VALUE_HOLDS_STRING (&first))
    return g_utf8_collate (g_value_get_string (&first), g_value_get_string (&second));

  return compare_numbers (&first, &second);
}

static char *
dup_property (gpointer row, const char *property)
{
  char *text = NULL;

  if (property != NULL)
    g_object_get (row, property, &text, NULL);

  return text;
}

static GtkWidget *
create_label (float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  return label;
}

/* Figures end on the right, whichever way the text around them runs. */
static GtkWidget *
create_figure (void)
{
  GtkWidget *label = create_label (1);

  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  return label;
}

/* GPUs over the place where they are offered. */
static GtkWidget *
create_offer (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *label = create_label (0);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, i == 0 ? "heading" : "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");

  return box;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *child;

  if (column == &columns[OFFER_COLUMN])
    child = create_offer ();
  else if (column == &columns[VERDICT_COLUMN])
    child = hr_verdict_chip_new ();
  else
    child = create_figure ();
  gtk_widget_add_css_class (child, "figure");
  g_object_set_data (G_OBJECT (child), CELL_COLUMN, (gpointer) column);
  gtk_list_item_set_child (item, child);
}

static void
bind_verdict (HrVerdictChip *chip, HrOfferRow *row)
{
  guint verdict;

  g_object_get (row, "verdict", &verdict, NULL);
  hr_verdict_chip_set (chip, (HrVerdict) verdict, hr_fit_map_verdict_label ((HrVerdict) verdict));
}

/* All that the columns say, those that are hidden for want of room too. */
static void
name_row (GtkWidget *cell, HrOfferRow *row)
{
  static const char *const properties[]
      = { "title", "place", "verdict-text", "time-text", "price-text", "cost-text", "needed-text" };
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      g_autofree char *text = dup_property (row, properties[i]);

      if (text != NULL && *text != '\0')
        g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", text);
    }
  hr_accessible_name_row (cell, name->str);
  g_string_free (name, TRUE);
}

static void
fill_cell (GtkWidget *child, HrOfferRow *row)
{
  const Column *column = g_object_get_data (G_OBJECT (child), CELL_COLUMN);
  g_autofree char *text = dup_property (row, column->text);

  if (column == &columns[VERDICT_COLUMN])
    {
      bind_verdict (HR_VERDICT_CHIP (child), row);
    }
  else if (column == &columns[OFFER_COLUMN])
    {
      g_autofree char *place = dup_property (row, "place");

      gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (child)), text);
      gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (child)), place);
      name_row (child, row);
    }
  else
    {
      gtk_label_set_text (GTK_LABEL (child), text);
    }
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  HrOfferRow *row = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (child), CELL_ROW, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (fill_cell), child, G_CONNECT_SWAPPED);
  fill_cell (child, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  g_object_set_data (G_OBJECT (child), CELL_ROW, NULL);
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), child);
}

/* Cells without tooltips of their own, each of which would ask the display where the pointer is. */
static gboolean
query_tooltip_cb (HrOfferView *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  GtkWidget *child = by_keyboard ? NULL : gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  while (child != NULL && g_object_get_data (G_OBJECT (child), CELL_ROW) == NULL)
    child = gtk_widget_get_parent (child);
  if (child == NULL)
    return FALSE;

  const Column *column = g_object_get_data (G_OBJECT (child), CELL_COLUMN);
  g_autofree char *detail = dup_property (g_object_get_data (G_OBJECT (child), CELL_ROW), column->detail);

  gtk_tooltip_set_text (tooltip, detail);
  return detail != NULL && *detail != '\0';
}

static void
add_column (HrOfferView *self, guint index)
{
  const Column *column = &columns[index];
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, (gpointer) column, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->columns[index] = gtk_column_view_column_new (_ (column->title), factory);
  gtk_column_view_column_set_sorter (self->columns[index], sorter);
  gtk_column_view_column_set_expand (self->columns[index], index == OFFER_COLUMN);
  gtk_column_view_append_column (self->view, self->columns[index]);
}

/* The title of a column of figures stands over their ends. */
static void
align_titles (HrOfferView *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkAlign right = gtk_widget_get_direction (header) == GTK_TEXT_DIR_RTL ? GTK_ALIGN_START : GTK_ALIGN_END;
  guint index = 0;

  for (GtkWidget *title = gtk_widget_get_first_child (header); title != NULL && index < N_COLUMNS;
       title = gtk_widget_get_next_sibling (title), index++)
    if (index == VERDICT_COLUMN)
      gtk_widget_set_halign (gtk_widget_get_first_child (title), GTK_ALIGN_CENTER);
    else if (index != OFFER_COLUMN)
      gtk_widget_set_halign (gtk_widget_get_first_child (title), right);
}

static gboolean
update_columns_cb (gpointer user_data)
{
  HrOfferView *self = user_data;

  self->columns_source = 0;
  for (guint i = 0; i < N_COLUMNS; i++)
    gtk_column_view_column_set_visible (self->columns[i], self->columns_width >= columns[i].min_width);

  return G_SOURCE_REMOVE;
}

static HrOfferRow *
find_row (HrOfferView *self, const char *id, guint *position)
{
  GListModel *rows = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (HrOfferRow) row = g_list_model_get_item (rows, i);
      g_autofree char *row_id = dup_property (row, "id");

      if (g_strcmp0 (row_id, id) != 0)
        continue;
      *position = i;
      return row;
    }

  return NULL;
}

static gboolean
restore_cb (gpointer user_data)
{
  HrOfferView *self = user_data;
  guint position = GTK_INVALID_LIST_POSITION;

  self->restore_source = 0;
  if (self->selected_id != NULL)
    find_row (self, self->selected_id, &position);
  self->restoring = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->restoring = FALSE;
  g_signal_emit (self, signals[SELECTED], 0);

  return G_SOURCE_REMOVE;
}

/* Rows are replaced one by one: only when all are there the selected one is looked for. */
static void
queue_restore (HrOfferView *self)
{
  if (self->restore_source == 0)
    self->restore_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, restore_cb, self, NULL);
}

static void
selected_cb (HrOfferView *self)
{
  HrOfferRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (self->restoring || row == NULL)
    return;

  g_free (self->selected_id);
  self->selected_id = dup_property (row, "id");
  g_signal_emit (self, signals[SELECTED], 0);
}

static gboolean
sorted_idle_cb (gpointer user_data)
{
  HrOfferView *self = user_data;

  self->sorted_source = 0;
  g_signal_emit (self, signals[SORTED], 0);

  return G_SOURCE_REMOVE;
}

/* The title is marked later. */
static void
sorted_cb (HrOfferView *self)
{
  if (self->sorted_source == 0)
    self->sorted_source = g_idle_add (sorted_idle_cb, self);
}

static void
activated_cb (HrOfferView *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
hr_offer_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrOfferView *self = HR_OFFER_VIEW (widget);

  gtk_widget_allocate (self->scrolled, width, height, baseline, NULL);
  if (width == self->columns_width)
    return;

  self->columns_width = width;
  if (self->columns_source == 0)
    self->columns_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_columns_cb, self, NULL);
}

static void
hr_offer_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (HR_OFFER_VIEW (widget)->scrolled, orientation, for_size, minimum, natural, NULL, NULL);
}

/* Rows are the business of a list within the table. */
static GtkWidget *
find_list (HrOfferView *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

/* Tab leaves the rows, which Up and Down go through; the list would stop at each. */
static gboolean
hr_offer_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HrOfferView *self = HR_OFFER_VIEW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget)), *list = find_list (self);
  gboolean in_rows = focus != NULL && list != NULL && (focus == list || gtk_widget_is_ancestor (focus, list));

  if (in_rows && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return FALSE;

  return gtk_widget_child_focus (self->scrolled, direction);
}

static gboolean
hr_offer_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (HR_OFFER_VIEW (widget)->view), GTK_DIR_TAB_FORWARD);
}

static void
hr_offer_view_dispose (GObject *object)
{
  HrOfferView *self = HR_OFFER_VIEW (object);

  g_clear_handle_id (&self->columns_source, g_source_remove);
  g_clear_handle_id (&self->restore_source, g_source_remove);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);

  G_OBJECT_CLASS (hr_offer_view_parent_class)->dispose (object);
}

static void
hr_offer_view_finalize (GObject *object)
{
  /* The columns sort once more while they go. */
  g_clear_handle_id (&HR_OFFER_VIEW (object)->sorted_source, g_source_remove);
  g_free (HR_OFFER_VIEW (object)->selected_id);

  G_OBJECT_CLASS (hr_offer_view_parent_class)->finalize (object);
}

static void
hr_offer_view_class_init (HrOfferViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_offer_view_dispose;
  object_class->finalize = hr_offer_view_finalize;
  widget_class->size_allocate = hr_offer_view_size_allocate;
  widget_class->measure = hr_offer_view_measure;
  widget_class->focus = hr_offer_view_focus;
  widget_class->grab_focus = hr_offer_view_grab_focus;

  signals[SELECTED]
      = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED]
      = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SORTED]
      = g_signal_new ("sorted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "offerview");
}

static void
hr_offer_view_init (HrOfferView *self)
{
  self->sorted = gtk_sort_list_model_new (NULL, NULL);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->sorted)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->sorted, "items-changed", G_CALLBACK (queue_restore), self);

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection))));
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activated_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("GPUs and offers"),
                                  -1);
  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (self, i);
  align_titles (self);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->view));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_sort_by_column (self->view, self->columns[N_COLUMNS - 1], GTK_SORT_ASCENDING);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled), MIN_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkWidget *
hr_offer_view_new (void)
{
  return g_object_new (HR_TYPE_OFFER_VIEW, NULL);
}

void
hr_offer_view_set_rows (HrOfferView *self, GListModel *rows)
{
  g_return_if_fail (HR_IS_OFFER_VIEW (self));

  gtk_sort_list_model_set_model (self->sorted, rows);
}

HrOfferRow *
hr_offer_view_get_selected (HrOfferView *self)
{
  g_return_val_if_fail (HR_IS_OFFER_VIEW (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

void
hr_offer_view_select (HrOfferView *self, HrOfferRow *row)
{
  g_return_if_fail (HR_IS_OFFER_VIEW (self));

  g_autofree char *id = dup_property (row, "id");
  guint position;

  if (find_row (self, id, &position) == NULL)
    return;

  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (find_list (self), "list.scroll-to-item", "u", position);
}

void
hr_offer_view_sort (HrOfferView *self)
{
  g_return_if_fail (HR_IS_OFFER_VIEW (self));

  gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
}

void
hr_offer_view_set_stale (HrOfferView *self, gboolean stale)
{
  g_return_if_fail (HR_IS_OFFER_VIEW (self));

  gtk_widget_set_opacity (find_list (self), stale ? HR_OFFER_STALE_OPACITY : 1);
}

/* GTK 4.8 does not tell by which column it sorts, but marks its title. */
guint
hr_offer_view_get_sort_column (HrOfferView *self)
{
  g_return_val_if_fail (HR_IS_OFFER_VIEW (self), 0);

  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  guint index = 0;

  for (GtkWidget *title = gtk_widget_get_first_child (header); title != NULL && index < N_COLUMNS;
       title = gtk_widget_get_next_sibling (title), index++)
    {
      GtkWidget *mark = gtk_widget_get_last_child (gtk_widget_get_first_child (title));

      if (mark != NULL
          && (gtk_widget_has_css_class (mark, "ascending") || gtk_widget_has_css_class (mark, "descending")))
        return index;
    }

  return N_COLUMNS - 1;
}

char **
hr_offer_view_dup_titles (void)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < N_COLUMNS; i++)
    g_strv_builder_add (titles, _ (columns[i].title));

  return g_strv_builder_end (titles);
}

void
hr_offer_view_sort_by (HrOfferView *self, guint column)
{
  g_return_if_fail (HR_IS_OFFER_VIEW (self));
  g_return_if_fail (column < N_COLUMNS);

  gtk_column_view_sort_by_column (self->view, self->columns[column], GTK_SORT_ASCENDING);
}
