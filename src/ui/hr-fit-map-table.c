/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fit-map-table.h"

#include "hr-focus.h"

#define SPACING 3

/* Of a header, before it goes on in the next line. */
#define HEADER_CHARACTERS 10

struct _HrFitMapTable
{
  GtkWidget parent_instance;

  HrFitMap *map; /* (nullable) */
  HrFitMapPlace cursor;
  GPtrArray *headers; /* of columns */
  GPtrArray *cells;   /* row by row */
  GtkWidget *corner;
  GPtrArray *row_headers;
  GtkSizeGroup *first; /* column, and the others */
  GtkSizeGroup *others;
};

G_DEFINE_FINAL_TYPE (HrFitMapTable, hr_fit_map_table, GTK_TYPE_WIDGET)

static guint adopted_signal;

static HrFitMapPlace
get_place (HrFitMapTable *self, guint i)
{
  int n_columns = (int) self->map->columns.n_values;

  return (HrFitMapPlace){ (int) i % n_columns, (int) i / n_columns };
}

GtkWidget *
hr_fit_map_table_get_cell (HrFitMapTable *self, HrFitMapPlace place)
{
  g_return_val_if_fail (HR_IS_FIT_MAP_TABLE (self), NULL);

  if (self->map == NULL || !hr_fit_map_has (self->map, place))
    return NULL;

  return self->cells->pdata[place.row * (int) self->map->columns.n_values + place.column];
}

static void
clicked_cb (HrFitMapTable *self, GtkWidget *cell)
{
  guint i;

  if (!g_ptr_array_find (self->cells, cell, &i))
    return;
  self->cursor = get_place (self, i);
  g_signal_emit (self, adopted_signal, 0, self->cursor.column, self->cursor.row);
}

static GtkWidget *
create_row (HrFitMapTable *self)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW, "spacing", SPACING, NULL);

  gtk_widget_set_parent (row, GTK_WIDGET (self));

  return row;
}

static GtkWidget *
create_header (GtkWidget *row, GtkSizeGroup *group, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "wrap", TRUE, "max-width-chars",
                                   HEADER_CHARACTERS, "justify", GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (label, "caption-heading");
  gtk_size_group_add_widget (group, label);
  gtk_box_append (GTK_BOX (row), label);

  return label;
}

static GtkWidget *
create_cell (HrFitMapTable *self, GtkWidget *row, GtkSizeGroup *group)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *cell = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_GRID_CELL, "child", label,
                                  "has-frame", FALSE, NULL);

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (cell, "cell");
  gtk_size_group_add_widget (group, cell);
  gtk_box_append (GTK_BOX (row), cell);
  g_signal_connect_object (cell, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);

  return cell;
}

static void
remove_rows (HrFitMapTable *self)
{
  GtkWidget *row;

  g_ptr_array_set_size (self->headers, 0);
  g_ptr_array_set_size (self->row_headers, 0);
  g_ptr_array_set_size (self->cells, 0);
  self->corner = NULL;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (row);
  g_clear_object (&self->first);
  g_clear_object (&self->others);
}

static void
build (HrFitMapTable *self)
{
  guint n_columns = self->map->columns.n_values, n_rows = self->map->rows.n_values;
  GtkWidget *head;

  remove_rows (self);
  self->first = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->others = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  head = create_row (self);
  self->corner = create_header (head, self->first, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
  for (guint column = 0; column < n_columns; column++)
    g_ptr_array_add (self->headers, create_header (head, self->others, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER));
  for (guint i = 0; i < n_rows; i++)
    {
      GtkWidget *row = create_row (self);

      g_ptr_array_add (self->row_headers, create_header (row, self->first, GTK_ACCESSIBLE_ROLE_ROW_HEADER));
      for (guint column = 0; column < n_columns; column++)
        g_ptr_array_add (self->cells, create_cell (self, row, self->others));
    }
}

static void
show_cell (HrFitMapTable *self, guint i)
{
  HrFitMapPlace place = get_place (self, i);
  GtkWidget *cell = self->cells->pdata[i];
  HrVerdict verdict = hr_fit_map_cell (self->map, place)->verdict;
  gboolean in_force = hr_fit_map_place_equal (place, self->map->current);
  g_autofree char *figure = hr_fit_map_figure (self->map, place);
  g_autofree char *sentence = hr_fit_map_describe (self->map, place, HR_SPOKEN);
  g_autofree char *text
      = g_strdup_printf ("%s %s\n%s", figure, hr_fit_map_sign (verdict), hr_fit_map_verdict_label (verdict));

  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (cell))), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_SELECTED, in_force, -1);
  if (in_force)
    gtk_widget_add_css_class (cell, "current");
  else
    gtk_widget_remove_css_class (cell, "current");
}

static void
show_texts (HrFitMapTable *self)
{
  g_autofree char *unit = hr_fit_map_unit_text (self->map);

  gtk_label_set_text (GTK_LABEL (self->corner), unit);
  for (guint i = 0; i < self->headers->len; i++)
    {
      g_autofree char *text = hr_fit_map_column_text (self->map, i);

      gtk_label_set_text (self->headers->pdata[i], text);
    }
  for (guint i = 0; i < self->row_headers->len; i++)
    {
      g_autofree char *text = hr_fit_map_row_text (self->map, i);

      gtk_label_set_text (self->row_headers->pdata[i], text);
    }
  for (guint i = 0; i < self->cells->len; i++)
    show_cell (self, i);
}

void
hr_fit_map_table_set_map (HrFitMapTable *self, const HrFitMap *map)
{
  g_return_if_fail (HR_IS_FIT_MAP_TABLE (self));

  const HrFitMap *old = self->map;
  gboolean has_cells = map != NULL && map->cells != NULL;
  gboolean same = has_cells && old != NULL && old->columns.n_values == map->columns.n_values
                  && old->rows.n_values == map->rows.n_values;

  g_clear_pointer (&self->map, hr_fit_map_unref);
  if (!has_cells)
    {
      remove_rows (self);
      return;
    }
  self->map = hr_fit_map_ref ((HrFitMap *) map);
  if (!same)
    build (self);
  if (!same || !hr_fit_map_has (map, self->cursor))
    self->cursor = hr_fit_map_move (map, HR_FIT_MAP_NOWHERE, HR_FIT_MAP_MOVE_CURRENT);
  show_texts (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  map->description != NULL ? map->description : "", -1);
}

/* The cell that has the focus, else the one that had it. */
static HrFitMapPlace
get_cursor (HrFitMapTable *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint i;

  return focus != NULL && g_ptr_array_find (self->cells, focus, &i) ? get_place (self, i) : self->cursor;
}

static gboolean
grab_cell (HrFitMapTable *self, HrFitMapPlace place)
{
  GtkWidget *cell = hr_fit_map_table_get_cell (self, place);

  self->cursor = place;
  return cell != NULL && gtk_widget_grab_focus (cell);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  HrFitMapTable *self = HR_FIT_MAP_TABLE (widget);

  return self->map != NULL
         && grab_cell (self, hr_fit_map_move (self->map, get_cursor (self), (HrFitMapMove) g_variant_get_int32 (args)));
}

/* Left and Right are what people see; where that is mirrored, columns run the other way. */
static HrFitMapMove
get_move (HrFitMapTable *self, GtkDirectionType direction)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  switch (direction)
    {
    case GTK_DIR_UP:
      return HR_FIT_MAP_MOVE_UP;
    case GTK_DIR_DOWN:
      return HR_FIT_MAP_MOVE_DOWN;
    case GTK_DIR_LEFT:
      return mirrored ? HR_FIT_MAP_MOVE_RIGHT : HR_FIT_MAP_MOVE_LEFT;
    case GTK_DIR_RIGHT:
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return mirrored ? HR_FIT_MAP_MOVE_LEFT : HR_FIT_MAP_MOVE_RIGHT;
    }
}

static gboolean
hr_fit_map_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HrFitMapTable *self = HR_FIT_MAP_TABLE (widget);
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (self->map == NULL || (tab && hr_focus_is_within (widget)))
    return FALSE;
  if (tab || !hr_focus_is_within (widget))
    return grab_cell (self, self->cursor);

  HrFitMapPlace from = get_cursor (self), to = hr_fit_map_move (self->map, from, get_move (self, direction));

  if (hr_fit_map_place_equal (from, to))
    gtk_widget_error_bell (widget);
  return grab_cell (self, to);
}

static gboolean
hr_fit_map_table_grab_focus (GtkWidget *widget)
{
  return grab_cell (HR_FIT_MAP_TABLE (widget), HR_FIT_MAP_TABLE (widget)->cursor);
}

static void
hr_fit_map_table_dispose (GObject *object)
{
  HrFitMapTable *self = HR_FIT_MAP_TABLE (object);

  remove_rows (self);
  g_clear_pointer (&self->map, hr_fit_map_unref);

  G_OBJECT_CLASS (hr_fit_map_table_parent_class)->dispose (object);
}

static void
hr_fit_map_table_finalize (GObject *object)
{
  HrFitMapTable *self = HR_FIT_MAP_TABLE (object);

  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->row_headers);
  g_ptr_array_unref (self->cells);

  G_OBJECT_CLASS (hr_fit_map_table_parent_class)->finalize (object);
}

static void
hr_fit_map_table_class_init (HrFitMapTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    HrFitMapMove move;
  } moves[] = {
    { GDK_KEY_Home, 0, HR_FIT_MAP_MOVE_ROW_START },
    { GDK_KEY_End, 0, HR_FIT_MAP_MOVE_ROW_END },
    { GDK_KEY_Home, GDK_CONTROL_MASK, HR_FIT_MAP_MOVE_COLUMN_START },
    { GDK_KEY_End, GDK_CONTROL_MASK, HR_FIT_MAP_MOVE_COLUMN_END },
    { GDK_KEY_Escape, 0, HR_FIT_MAP_MOVE_CURRENT },
  };

  G_OBJECT_CLASS (klass)->dispose = hr_fit_map_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_fit_map_table_finalize;
  widget_class->focus = hr_fit_map_table_focus;
  widget_class->grab_focus = hr_fit_map_table_grab_focus;

  adopted_signal = g_signal_new ("adopted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, moves[i].modifiers, move_cb, "i", (int) moves[i].move);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fitmaptable");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
hr_fit_map_table_init (HrFitMapTable *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->cursor = HR_FIT_MAP_NOWHERE;
  self->headers = g_ptr_array_new ();
  self->row_headers = g_ptr_array_new ();
  self->cells = g_ptr_array_new ();
}

GtkWidget *
hr_fit_map_table_new (void)
{
  return g_object_new (HR_TYPE_FIT_MAP_TABLE, NULL);
}
