/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explain-tree.h"

#include "hr-accessible-name.h"
#include "hr-column.h"
#include "hr-figure.h"
#include "hr-focus.h"
#include "hr-in-sight.h"

#include <glib/gi18n-lib.h>

#define LEAST_CHARACTERS 8
#define NAME_CHARACTERS 30
#define FORMULA_CHARACTERS 60

/* Of a list item: the tree, and the node that it shows, which its row may have lost. */
#define TREE "hr-explain-tree"
#define NODE "hr-explain-tree-node"

struct _HrExplainTree
{
  GtkWidget parent_instance;

  GtkColumnView *view;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *formula_column;
  GtkColumnViewColumn *share_column;
  HrFigure *detail;
  GtkTreeListModel *tree;       /* (nullable) */
  GtkSingleSelection *selected; /* (nullable) */
  HrExplainNode *root;          /* (nullable) */
  GHashTable *open;             /* by key of a line, also of those that are gone: whether it is open */
  GHashTable *waiting;          /* nodes that are to be opened */
  GHashTable *cells;            /* of nodes that have a row: what names it */
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

/* The same line when it comes again after it was gone. */
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
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);
      HrExplainNode *node = node_at (self, i);

      if (gtk_tree_list_row_is_expandable (row) && !g_hash_table_contains (self->waiting, node))
        g_hash_table_insert (self->open, key_of (row, node), GINT_TO_POINTER (gtk_tree_list_row_get_expanded (row)));
    }
}

static gboolean
was_open (HrExplainTree *self, GtkTreeListRow *row, HrExplainNode *node)
{
  g_autofree char *key = key_of (row, node);
  gpointer open;

  if (g_hash_table_lookup_extended (self->open, key, NULL, &open))
    return GPOINTER_TO_INT (open);
  return gtk_tree_list_row_get_depth (row) < 2;
}

/* Opens lines that have come as they were, or has them wait. */
static void
open_again (HrExplainTree *self, gboolean later)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);
      HrExplainNode *node = node_at (self, i);

      if (!gtk_tree_list_row_is_expandable (row) || gtk_tree_list_row_get_expanded (row) || !was_open (self, row, node))
        continue;
      if (later)
        g_hash_table_add (self->waiting, g_object_ref (node));
      else
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
  hr_figure_set_text (self->detail, detail->str);
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

/* A text that breaks into lines of so many characters. */
static GtkWidget *
create_text (int characters)
{
  return g_object_new (HR_TYPE_FIGURE, "xalign", 0.0, "wrap", TRUE, "width-chars", LEAST_CHARACTERS, "max-width-chars",
                       characters, NULL);
}

static const HrExplainText *
text_of (GtkListItem *item)
{
  return hr_explain_node_get_text (g_object_get_data (G_OBJECT (item), NODE));
}

static void
setup_name_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = hr_column_new (2);
  GtkWidget *formula = create_text (NAME_CHARACTERS);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_add_css_class (formula, "dim-label");
  gtk_widget_add_css_class (formula, "caption");
  gtk_widget_set_parent (create_text (NAME_CHARACTERS), box);
  gtk_widget_set_parent (formula, box);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
  g_object_set_data (G_OBJECT (item), TREE, self);
}

/* GTK 4.8 gives the focus to the expander, not to the row. */
static void
name_row (GtkWidget *cell, const HrExplainText *text)
{
  /* Translators: a part of what takes memory, its size and its share: "Weights: 5.8 GB, 42 %" */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s, %s"), text->label, text->size_text, text->share_text);

  const char *spoken = *text->share_text != '\0' ? name : text->label;

  hr_accessible_name_row (cell, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
fill_name (GtkListItem *item)
{
  HrExplainTree *self = g_object_get_data (G_OBJECT (item), TREE);
  GtkWidget *expander = gtk_list_item_get_child (item);
  GtkWidget *box = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander));
  GtkWidget *formula = gtk_widget_get_last_child (box);
  const HrExplainText *text = text_of (item);

  hr_figure_set_text (HR_FIGURE (gtk_widget_get_first_child (box)), text->label);
  hr_figure_set_text (HR_FIGURE (formula), self->narrow ? text->formula : "");
  gtk_widget_set_visible (formula, self->narrow && *text->formula != '\0');
  name_row (expander, text);
}

static void
fill_formula (GtkListItem *item)
{
  hr_figure_set_text (HR_FIGURE (gtk_list_item_get_child (item)), text_of (item)->formula);
}

static void
fill_size (GtkListItem *item)
{
  hr_figure_set_text (HR_FIGURE (gtk_list_item_get_child (item)), text_of (item)->size_text);
}

static void
fill_share (GtkListItem *item)
{
  hr_figure_set_text (HR_FIGURE (gtk_list_item_get_child (item)), text_of (item)->share_text);
}

/* Has @fill put into the cell what its line says, now and whenever it changes. */
static void
bind_to_node (GtkListItem *item, void (*fill) (GtkListItem *item))
{
  HrExplainNode *node = gtk_tree_list_row_get_item (gtk_list_item_get_item (item));

  g_object_set_data_full (G_OBJECT (item), NODE, node, g_object_unref);
  g_signal_connect_object (node, "changed", G_CALLBACK (fill), item, G_CONNECT_SWAPPED);
  fill (item);
}

static void
unbind_cb (HrExplainTree *self, GtkListItem *item)
{
  HrExplainNode *node = g_object_get_data (G_OBJECT (item), NODE);

  g_signal_handlers_disconnect_by_data (node, item);
  if (g_hash_table_lookup (self->cells, node) == gtk_list_item_get_child (item))
    g_hash_table_remove (self->cells, node);
  g_object_set_data (G_OBJECT (item), NODE, NULL);
}

static void
bind_name_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkWidget *expander = gtk_list_item_get_child (item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander)));

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander), row);
  if (gtk_tree_list_row_get_depth (row) < 2)
    gtk_widget_add_css_class (name, "heading");
  else
    gtk_widget_remove_css_class (name, "heading");
  bind_to_node (item, fill_name);
  g_hash_table_insert (self->cells, g_object_get_data (G_OBJECT (item), NODE), expander);
}

static void
setup_formula_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkWidget *formula = create_text (FORMULA_CHARACTERS);

  gtk_widget_add_css_class (formula, "dim-label");
  gtk_list_item_set_child (item, formula);
}

static void
bind_formula_cb (HrExplainTree *self, GtkListItem *item)
{
  bind_to_node (item, fill_formula);
}

static void
setup_share_cb (HrExplainTree *self, GtkListItem *item)
{
  GtkWidget *figure = g_object_new (HR_TYPE_FIGURE, "xalign", 1.0, NULL);

  gtk_widget_set_direction (figure, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (figure, "numeric");
  gtk_list_item_set_child (item, figure);
}

static void
bind_share_cb (HrExplainTree *self, GtkListItem *item)
{
  bind_to_node (item, fill_share);
}

static void
setup_size_cb (HrExplainTree *self, GtkListItem *item)
{
  setup_share_cb (self, item);
  gtk_widget_add_css_class (gtk_list_item_get_child (item), "heading");
}

static void
bind_size_cb (HrExplainTree *self, GtkListItem *item)
{
  bind_to_node (item, fill_size);
}

static GtkColumnViewColumn *
add_column (HrExplainTree *self, const char *title, GCallback setup, GCallback bind, gboolean expands)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_signal_connect_object (factory, "setup", setup, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", bind, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
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

  G_OBJECT_CLASS (hr_explain_tree_parent_class)->dispose (object);
}

static void
hr_explain_tree_finalize (GObject *object)
{
  HrExplainTree *self = HR_EXPLAIN_TREE (object);

  g_hash_table_unref (self->open);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->cells);

  G_OBJECT_CLASS (hr_explain_tree_parent_class)->finalize (object);
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
  G_OBJECT_CLASS (klass)->finalize = hr_explain_tree_finalize;
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
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->cells = g_hash_table_new (NULL, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  self->name_column = add_column (self, _ ("What"), G_CALLBACK (setup_name_cb), G_CALLBACK (bind_name_cb), FALSE);
  self->formula_column
      = add_column (self, _ ("Formula"), G_CALLBACK (setup_formula_cb), G_CALLBACK (bind_formula_cb), TRUE);
  add_column (self, _ ("Size"), G_CALLBACK (setup_size_cb), G_CALLBACK (bind_size_cb), FALSE);
  self->share_column = add_column (self, _ ("Share"), G_CALLBACK (setup_share_cb), G_CALLBACK (bind_share_cb), FALSE);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the memory is made of"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));

  self->detail = HR_FIGURE (create_text (FORMULA_CHARACTERS));
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

static void
update (HrExplainTree *self, HrExplainNode *root, gboolean edited)
{
  remember_open (self);
  self->selecting = TRUE;
  if (hr_explain_node_update (self->root, root, edited))
    open_again (self, edited);
  self->selecting = FALSE;
}

static void
begin (HrExplainTree *self, HrExplainNode *root)
{
  GListStore *roots = g_list_store_new (HR_TYPE_EXPLAIN_NODE);

  self->root = root;
  g_list_store_append (roots, root);
  self->tree = gtk_tree_list_model_new (G_LIST_MODEL (roots), FALSE, FALSE, create_children, NULL, NULL);
  open_again (self, FALSE);
  self->selected = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->tree)));
  gtk_single_selection_set_autoselect (self->selected, FALSE);
  gtk_single_selection_set_can_unselect (self->selected, TRUE);
  gtk_single_selection_set_selected (self->selected, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selected, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selected));
}

static void
end (HrExplainTree *self)
{
  remember_open (self);
  g_hash_table_remove_all (self->waiting);
  g_signal_handlers_disconnect_by_data (self->selected, self);
  gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selected);
  g_clear_object (&self->tree);
  g_clear_object (&self->root);
}

/* Has lines say what is new: those in sight, or @all. */
static void
fill_lines (HrExplainTree *self, gboolean all)
{
  for (guint i = 0; self->tree != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      HrExplainNode *node = node_at (self, i);
      GtkWidget *cell = g_hash_table_lookup (self->cells, node);

      if (all || (cell != NULL && hr_in_sight (cell)))
        hr_explain_node_tell_changed (node);
    }
}

void
hr_explain_tree_show (HrExplainTree *self, HrExplainNode *root, gboolean edited)
{
  g_return_if_fail (HR_IS_EXPLAIN_TREE (self));

  if (self->root != NULL && root != NULL)
    update (self, root, edited);
  else if (root != NULL)
    begin (self, root);
  else if (self->root != NULL)
    end (self);
  fill_lines (self, !edited);
  show_detail (self);
}

/* Opens the first line that waits for it, and has those below wait that are to be open too. */
static gboolean
open_next (HrExplainTree *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);

      if (!g_hash_table_remove (self->waiting, node_at (self, i)))
        continue;
      gtk_tree_list_row_set_expanded (row, TRUE);
      open_again (self, TRUE);
      return TRUE;
    }

  g_hash_table_remove_all (self->waiting);
  return FALSE;
}

gboolean
hr_explain_tree_settle (HrExplainTree *self)
{
  g_return_val_if_fail (HR_IS_EXPLAIN_TREE (self), FALSE);

  if (self->root == NULL)
    return FALSE;

  self->selecting = TRUE;
  gboolean more = hr_explain_node_drop_gone (self->root);
  self->selecting = FALSE;
  fill_lines (self, TRUE);
  return open_next (self) || more;
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
