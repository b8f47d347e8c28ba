/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explain-tree.h"

#include "hr-accessible-name.h"
#include "hr-focus.h"

#include <glib/gi18n-lib.h>

/* Setting it spares GTK from finding out how narrow a text can become. */
#define LEAST_CHARACTERS 8
#define NAME_CHARACTERS 30
#define FORMULA_CHARACTERS 60

struct _HrExplainTree
{
  GtkWidget parent_instance;

  GtkColumnView *view;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *formula_column;
  GtkColumnViewColumn *share_column;
  GtkLabel *detail;
  GtkTreeListModel *tree;       /* (nullable) */
  GtkSingleSelection *selected; /* (nullable) */
  HrExplainNode *root;          /* (nullable) */
  GHashTable *open;             /* keys of lines that are open; NULL: nothing was shown yet */
  gboolean narrow;
  guint scroll_source;
  gboolean selecting; /* the program selects, not the user */
};

G_DEFINE_FINAL_TYPE (HrExplainTree, hr_explain_tree, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static HrExplainNode *
node_at (HrExplainTree *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = self->tree != NULL ? gtk_tree_list_model_get_row (self->tree, position) : NULL;
  g_autoptr (HrExplainNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return node; /* which the tree holds */
}

static HrExplainNode *
selected_node (HrExplainTree *self)
{
  return self->selected != NULL ? node_at (self, gtk_single_selection_get_selected (self->selected)) : NULL;
}

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  GListModel *children = hr_explain_node_get_children (HR_EXPLAIN_NODE (item));

  return children != NULL ? g_object_ref (children) : NULL;
}

/* The same line of a tree that was made anew after an edit. */
static char *
key_of (GtkTreeListRow *row, HrExplainNode *node)
{
  const HrExplainText *text = hr_explain_node_get_text (node);
  guint depth = gtk_tree_list_row_get_depth (row);

  return g_strdup_printf ("%u:%d:%s", depth, (int) text->component, depth > 1 ? text->label : "");
}

static void
remember_open (HrExplainTree *self)
{
  guint n_rows = self->tree != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->tree)) : 0;

  if (n_rows == 0)
    return;
  g_clear_pointer (&self->open, g_hash_table_unref);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);

      if (gtk_tree_list_row_get_expanded (row))
        g_hash_table_add (self->open, key_of (row, node_at (self, i)));
    }
}

static void
open_again (HrExplainTree *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);
      g_autofree char *key = key_of (row, node_at (self, i));

      if (self->open != NULL ? g_hash_table_contains (self->open, key) : gtk_tree_list_row_get_depth (row) < 2)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

static void
show_detail (HrExplainTree *self)
{
  HrExplainNode *node = selected_node (self);
  const HrExplainText *text = node != NULL ? hr_explain_node_get_text (node) : NULL;
  g_autoptr (GString) detail = g_string_new (text != NULL ? text->note : NULL);

  if (text != NULL && *text->source != '\0')
    {
      if (detail->len > 0)
        g_string_append_c (detail, '\n');
      /* Translators: %s is a publication or a file of a program */
      g_string_append_printf (detail, _ ("Source: %s"), text->source);
    }
  gtk_label_set_label (self->detail, detail->str);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail->len > 0);
}

static void
selected_cb (HrExplainTree *self)
{
  HrExplainNode *node = selected_node (self);

  show_detail (self);
  if (self->selecting || node == NULL)
    return;
  int component = (int) hr_explain_node_get_text (node)->component;
  g_signal_emit (self, signals[PICKED], 0, component < HR_N_PARTS ? component : -1);
}

static void
activate_cb (HrExplainTree *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);

  gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static GtkWidget *
new_label (float xalign, int characters)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (characters > 0)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (label), LEAST_CHARACTERS);
      gtk_label_set_max_width_chars (GTK_LABEL (label), characters);
    }
  return label;
}

static const HrExplainText *
text_of (GtkListItem *item)
{
  g_autoptr (HrExplainNode) node = gtk_tree_list_row_get_item (gtk_list_item_get_item (item));

  return hr_explain_node_get_text (node);
}

static void
setup_name_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *formula = new_label (0, NAME_CHARACTERS);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_add_css_class (formula, "dim-label");
  gtk_widget_add_css_class (formula, "caption");
  gtk_box_append (GTK_BOX (box), new_label (0, NAME_CHARACTERS));
  gtk_box_append (GTK_BOX (box), formula);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
name_row (GtkWidget *cell, const HrExplainText *text)
{
  /* Translators: a part of what takes memory, its size and its share: "Weights: 5.8 GB, 42 %" */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s, %s"), text->label, text->size_text, text->share_text);

  hr_accessible_name_row (cell, *text->share_text != '\0' ? name : text->label);
}

static void
bind_name_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkWidget *expander = gtk_list_item_get_child (item);
  GtkWidget *box = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander));
  GtkWidget *name = gtk_widget_get_first_child (box), *formula = gtk_widget_get_last_child (box);
  const HrExplainText *text = text_of (item);

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander), row);
  gtk_label_set_label (GTK_LABEL (name), text->label);
  gtk_label_set_label (GTK_LABEL (formula), text->formula);
  gtk_widget_set_visible (formula, self->narrow && *text->formula != '\0');
  name_row (expander, text);
  if (gtk_tree_list_row_get_depth (row) < 2)
    gtk_widget_add_css_class (name, "heading");
  else
    gtk_widget_remove_css_class (name, "heading");
}

static void
setup_formula_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkWidget *label = new_label (0, FORMULA_CHARACTERS);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_item_set_child (item, label);
}

static void
bind_formula_cb (HrExplainTree *self, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text_of (item)->formula);
}

static void
setup_figure_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkWidget *label = new_label (1, 0);

  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_size_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_label (GTK_LABEL (label), text_of (item)->size_text);
  gtk_widget_add_css_class (label, "heading");
}

static void
bind_share_cb (HrExplainTree *self, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text_of (item)->share_text);
}

static GtkColumnViewColumn *
add_column (HrExplainTree *self, const char *title, GCallback setup, GCallback bind, gboolean expands)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_signal_connect_object (factory, "setup", setup, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", bind, self, G_CONNECT_SWAPPED);
  gtk_column_view_column_set_expand (column, expands);
  gtk_column_view_append_column (self->view, column);
  return column; /* which the view holds */
}

static void
hr_explain_tree_dispose (GObject *object)
{
  HrExplainTree *self = HR_EXPLAIN_TREE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_data (self->selected, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selected);
  g_clear_object (&self->tree);
  g_clear_object (&self->root);
  g_clear_pointer (&self->open, g_hash_table_unref);

  G_OBJECT_CLASS (hr_explain_tree_parent_class)->dispose (object);
}

static gboolean
hr_explain_tree_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (HR_EXPLAIN_TREE (widget)->view), GTK_DIR_TAB_FORWARD);
}

/* Tab goes past the tree, not through each of its lines. */
static gboolean
hr_explain_tree_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean leaves = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (leaves && hr_focus_is_within (widget))
    return FALSE;
  return hr_focus_children (widget, direction);
}

static void
hr_explain_tree_class_init (HrExplainTreeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_explain_tree_dispose;
  widget_class->focus = hr_explain_tree_focus;
  widget_class->grab_focus = hr_explain_tree_grab_focus;
  signals[PICKED] = g_signal_new ("picked", HR_TYPE_EXPLAIN_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "explaintree");
}

static void
hr_explain_tree_init (HrExplainTree *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  self->name_column = add_column (self, _ ("What"), G_CALLBACK (setup_name_cb), G_CALLBACK (bind_name_cb), FALSE);
  self->formula_column
      = add_column (self, _ ("Formula"), G_CALLBACK (setup_formula_cb), G_CALLBACK (bind_formula_cb), TRUE);
  add_column (self, _ ("Size"), G_CALLBACK (setup_figure_cb), G_CALLBACK (bind_size_cb), FALSE);
  self->share_column = add_column (self, _ ("Share"), G_CALLBACK (setup_figure_cb), G_CALLBACK (bind_share_cb), FALSE);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the memory is made of"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));

  self->detail = GTK_LABEL (new_label (0, FORMULA_CHARACTERS));
  gtk_widget_set_visible (GTK_WIDGET (self->detail), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "detail");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  gtk_widget_set_parent (GTK_WIDGET (self->detail), GTK_WIDGET (self));
}

GtkWidget *
hr_explain_tree_new (void)
{
  return g_object_new (HR_TYPE_EXPLAIN_TREE, NULL);
}

void
hr_explain_tree_show (HrExplainTree *self, HrExplainNode *root)
{
  g_return_if_fail (HR_IS_EXPLAIN_TREE (self));

  remember_open (self);
  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_data (self->selected, self);
  g_clear_object (&self->selected);
  g_clear_object (&self->tree);
  g_set_object (&self->root, root);
  if (root != NULL)
    {
      GListStore *roots = g_list_store_new (HR_TYPE_EXPLAIN_NODE);

      g_list_store_append (roots, root);
      self->tree = gtk_tree_list_model_new (G_LIST_MODEL (roots), FALSE, FALSE, create_children, NULL, NULL);
      open_again (self);
      self->selected = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->tree)));
      gtk_single_selection_set_autoselect (self->selected, FALSE);
      gtk_single_selection_set_can_unselect (self->selected, TRUE);
      gtk_single_selection_set_selected (self->selected, GTK_INVALID_LIST_POSITION);
      g_signal_connect_object (self->selected, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selected));
  show_detail (self);
}

/* Once the lines have their places. The list stands in what scrolls as a whole, and has a child for each line. */
static gboolean
scroll_cb (gpointer user_data)
{
  HrExplainTree *self = HR_EXPLAIN_TREE (user_data);
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *line = gtk_widget_get_first_child (gtk_widget_get_last_child (GTK_WIDGET (self->view)));
  guint position = self->selected != NULL ? gtk_single_selection_get_selected (self->selected) : 0;
  graphene_rect_t bounds;

  self->scroll_source = 0;
  for (guint i = 0; line != NULL && i < position; i++)
    line = gtk_widget_get_next_sibling (line);
  if (scroller == NULL || line == NULL || !gtk_widget_compute_bounds (line, scroller, &bounds))
    return G_SOURCE_REMOVE;

  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double top = gtk_adjustment_get_value (adjustment) + (double) bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + (double) bounds.size.height);
  return G_SOURCE_REMOVE;
}

static void
queue_scroll (HrExplainTree *self)
{
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (G_PRIORITY_LOW, scroll_cb, self, NULL);
}

void
hr_explain_tree_set_selected (HrExplainTree *self, int component)
{
  HrExplainNode *now = selected_node (self);
  guint position = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (HR_IS_EXPLAIN_TREE (self));

  if (self->selected == NULL || (now != NULL && (int) hr_explain_node_get_text (now)->component == component))
    return;
  for (guint i = 1; component >= 0 && i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    if ((int) hr_explain_node_get_text (node_at (self, i))->component == component)
      {
        position = i;
        break;
      }

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selected, position);
  self->selecting = FALSE;
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);
  gtk_tree_list_row_set_expanded (row, TRUE);
  queue_scroll (self);
}

/* The line below @parent that has @label; GTK_INVALID_LIST_POSITION: there is none. */
static guint
find_line (HrExplainTree *self, guint parent, const char *label)
{
  g_autoptr (GtkTreeListRow) parent_row = gtk_tree_list_model_get_row (self->tree, parent);
  guint depth = gtk_tree_list_row_get_depth (parent_row) + 1;

  gtk_tree_list_row_set_expanded (parent_row, TRUE);
  for (guint i = parent + 1; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);

      if (gtk_tree_list_row_get_depth (row) < depth)
        break;
      if (gtk_tree_list_row_get_depth (row) == depth
          && g_str_equal (hr_explain_node_get_text (node_at (self, i))->label, label))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

void
hr_explain_tree_reveal (HrExplainTree *self, const char *path)
{
  g_return_if_fail (HR_IS_EXPLAIN_TREE (self));

  g_auto (GStrv) labels = g_strsplit (path, HR_EXPLAIN_PATH_SEPARATOR, -1);
  guint position = 0;

  if (self->tree == NULL)
    return;
  for (guint i = 0; labels[i] != NULL; i++)
    {
      guint line = find_line (self, position, labels[i]);

      if (line == GTK_INVALID_LIST_POSITION)
        break;
      position = line;
    }

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selected, position);
  self->selecting = FALSE;
  queue_scroll (self);
}

void
hr_explain_tree_set_narrow (HrExplainTree *self, gboolean narrow)
{
  g_return_if_fail (HR_IS_EXPLAIN_TREE (self));

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_column_view_column_set_visible (self->formula_column, !narrow);
  gtk_column_view_column_set_visible (self->share_column, !narrow);
  gtk_column_view_column_set_expand (self->name_column, narrow);
  /* Lines are bound anew. */
  gtk_column_view_set_model (self->view, NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selected));
}
