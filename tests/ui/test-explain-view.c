/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "model/hr-explanation.h"
#include "model/hr-labels.h"
#include "ui/hr-advice-panel.h"
#include "ui/hr-explain-tree.h"
#include "ui/hr-explain-view.h"

#define FULL 0
#define QLORA 2

typedef struct
{
  HrSelection *selection; /* of the sample project: its first configuration, full fine-tuning, is selected */
  HrProject *project;
  GtkWidget *view;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  self->selection = view_selection ();
  self->project = g_object_ref (hr_selection_get_project (self->selection));
  hr_selection_set_configuration (self->selection, hr_project_get_configuration (self->project, FULL));
  self->view = hr_explain_view_new ();
  hr_view_set_selection (HR_VIEW (self->view), self->selection);
  self->window = view_show (self->view, GPOINTER_TO_INT (user_data), 700);
  ui_wait_for (ui_find_button (self->view, "Apply") != NULL);
  view_settle (self->window);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (self->view), (gpointer *) &self->view);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_null (self->view);
  g_object_unref (self->project);
  g_assert_finalize_object (self->selection);
}

static GtkColumnView *
columns (Fixture *self)
{
  return GTK_COLUMN_VIEW (ui_find (self->view, GTK_TYPE_COLUMN_VIEW));
}

static HrExplainNode *
node_at (Fixture *self, guint position)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (columns (self)));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, position);

  return row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
}

static guint
position_of (Fixture *self, HrComponent component)
{
  for (guint i = 1;; i++)
    {
      g_autoptr (HrExplainNode) node = node_at (self, i);

      g_assert_nonnull (node);
      if (hr_explain_node_get_text (node)->component == component)
        return i;
    }
}

static guint
selected (Fixture *self)
{
  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (gtk_column_view_get_model (columns (self))));
}

static const HrEstimate *
estimate_of (Fixture *self)
{
  return hr_estimate_result_get (hr_configuration_get_estimate (hr_selection_get_configuration (self->selection)));
}

static void
test_peak (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HrExplainNode) root = node_at (self, 0);

  g_assert_cmpuint (hr_explain_node_get_text (root)->bytes, ==, estimate_of (self)->peak.device_bytes);
  g_assert_nonnull (ui_find_text (self->view, "Explain — Full fine-tune at its peak"));
  g_assert_nonnull (ui_find_text (self->view, hr_component_label (HR_COMPONENT_OPTIMIZER)));

  hr_selection_set_configuration (self->selection, hr_project_get_configuration (self->project, QLORA));
  ui_settle ();
  g_assert_nonnull (ui_find_text (self->view, "Explain — QLoRA r16 at its peak"));
  g_autoptr (HrExplainNode) other = node_at (self, 0);
  g_assert_cmpuint (hr_explain_node_get_text (other)->bytes, ==, estimate_of (self)->peak.device_bytes);
}

static void
test_phases (Fixture *self, gconstpointer user_data)
{
  GtkDropDown *phase = GTK_DROP_DOWN (gtk_widget_get_template_child (self->view, HR_TYPE_EXPLAIN_VIEW, "phase"));
  const HrEstimate *estimate = estimate_of (self);

  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (phase)), ==, estimate->n_phases + 1);
  for (guint i = 0; i < estimate->n_phases; i++)
    {
      gtk_drop_down_set_selected (phase, i + 1);
      ui_settle ();
      g_autoptr (HrExplainNode) root = node_at (self, 0);
      g_assert_cmpuint (hr_explain_node_get_text (root)->bytes, ==, estimate_of (self)->phases[i].total_bytes);
    }
  g_object_set (hr_selection_get_configuration (self->selection), "batch-micro-batch-size", G_GUINT64_CONSTANT (2),
                NULL);
  hr_project_flush (self->project);
  ui_settle ();
  g_assert_cmpuint (gtk_drop_down_get_selected (phase), ==, estimate_of (self)->n_phases);
}

/* What is selected in another view is selected here, and the other way round. */
static void
test_selection (Fixture *self, gconstpointer user_data)
{
  hr_selection_set_component (self->selection, HR_COMPONENT_GRADIENTS);
  g_assert_cmpuint (selected (self), ==, position_of (self, HR_COMPONENT_GRADIENTS));

  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_column_view_get_model (columns (self))),
                                     position_of (self, HR_COMPONENT_OPTIMIZER));
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_OPTIMIZER);
  g_object_set (hr_selection_get_configuration (self->selection), "batch-accumulation-steps", G_GUINT64_CONSTANT (2),
                NULL);
  hr_project_flush (self->project);
  ui_settle ();
  g_assert_cmpuint (selected (self), ==, position_of (self, HR_COMPONENT_OPTIMIZER));

  hr_selection_set_component (self->selection, -1);
  g_assert_cmpuint (selected (self), ==, GTK_INVALID_LIST_POSITION);
}

/* Enter closes a line, and an edit does not open it again. */
static void
test_closing (Fixture *self, gconstpointer user_data)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (columns (self)));

  g_assert_cmpuint (g_list_model_get_n_items (rows), >, 4);
  g_signal_emit_by_name (columns (self), "activate", 0);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  g_object_set (hr_selection_get_configuration (self->selection), "batch-sequence-length", G_GUINT64_CONSTANT (512),
                NULL);
  hr_project_flush (self->project);
  ui_settle ();
  rows = G_LIST_MODEL (gtk_column_view_get_model (columns (self)));
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
}

static void
test_advice (Fixture *self, gconstpointer user_data)
{
  GtkWidget *panel = ui_find (self->view, HR_TYPE_ADVICE_PANEL);
  GtkWidget *apply = ui_find_button (panel, "Apply");

  g_assert_nonnull (ui_find_text (panel, "1 change makes it fit."));
  gtk_test_accessible_assert_property (apply, GTK_ACCESSIBLE_PROPERTY_LABEL, "Apply: Adapters on a 4-bit base (QLoRA)");
  g_signal_emit_by_name (apply, "clicked");
  hr_project_flush (self->project);
  g_assert_cmpint (estimate_of (self)->fit.verdict, ==, HR_VERDICT_FITS);
  ui_wait_for (ui_find_text (panel, "It fits with") != NULL);
  g_assert_nonnull (ui_find_text (panel, "What would make it fit better"));

  /* Edits are advised on as well, once they pause. */
  g_object_set (hr_selection_get_configuration (self->selection), "batch-sequence-length", G_GUINT64_CONSTANT (8192),
                NULL);
  hr_project_flush (self->project);
  ui_wait_for (ui_find_text (panel, " together make it fit.") != NULL);
  g_assert_nonnull (ui_find_button (panel, "Apply All"));
}

static void
test_empty (Fixture *self, gconstpointer user_data)
{
  GtkStack *stack = GTK_STACK (gtk_widget_get_template_child (self->view, HR_TYPE_EXPLAIN_VIEW, "stack"));

  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "explanation");
  while (g_list_model_get_n_items (G_LIST_MODEL (self->project)) > 0)
    {
      hr_project_remove (self->project, hr_project_get_configuration (self->project, 0));
      hr_project_flush (self->project);
      ui_settle ();
    }
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");
}

/* The row of a line: the list has one for each. */
static GtkWidget *
row_at (Fixture *self, guint position)
{
  GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_last_child (GTK_WIDGET (columns (self))));

  for (guint i = 0; row != NULL && i < position; i++)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* Whether each row says what there is to say of its line, which is there at all; without room it says the share to
 * screen readers alone. */
static gboolean
rows_say (Fixture *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (columns (self))));

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (HrExplainNode) node = node_at (self, i);
      const HrExplainText *text = hr_explain_node_get_text (node);
      GtkWidget *row = row_at (self, i);
      g_autofree char *name = g_strdup_printf ("%s: %s, %s", text->label, text->size_text, text->share_text);
      g_autofree char *other
          = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

      if (ui_find_text (row, text->label) == NULL || ui_find_text (row, text->formula) == NULL
          || ui_find_text (row, text->size_text) == NULL || other != NULL || text->bytes == 0)
        return FALSE;
    }
  return n_rows > 0;
}

/* Whether the list of the template says all of what @list_notes says now. */
static gboolean
notes_say (Fixture *self, const char *id, GListModel *(*list_notes) (HrConfiguration *, HrUnits))
{
  g_autoptr (GListModel) notes = list_notes (hr_selection_get_configuration (self->selection), HR_UNITS_GB);
  GtkWidget *list = GTK_WIDGET (gtk_widget_get_template_child (self->view, HR_TYPE_EXPLAIN_VIEW, id));
  GtkListBox *rows = GTK_LIST_BOX (ui_find (list, GTK_TYPE_LIST_BOX));
  guint n_notes = g_list_model_get_n_items (notes);

  for (guint i = 0; i < n_notes; i++)
    {
      g_autoptr (HrExplainNote) note = g_list_model_get_item (notes, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (rows, (int) i);

      if (row == NULL || ui_find_text (GTK_WIDGET (row), hr_explain_note_get_title (note)) == NULL
          || ui_find_text (GTK_WIDGET (row), hr_explain_note_get_detail (note)) == NULL)
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (rows, (int) n_notes) == NULL && gtk_widget_get_visible (list) == (n_notes > 0);
}

static gboolean
all_notes_say (Fixture *self)
{
  return notes_say (self, "rules", hr_explanation_rules) && notes_say (self, "similar", hr_explanation_similar)
         && notes_say (self, "freezing", hr_explanation_freezing)
         && notes_say (self, "checklist", hr_explanation_checklist)
         && notes_say (self, "mistakes", hr_explanation_mistakes);
}

/* Rows stay through edits, with the focus and where it is scrolled to, and say what is new: those in sight with the
 * next frame, the others soon. */
static void
test_edits (Fixture *self, gconstpointer user_data)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (columns (self)), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  GtkWidget *row = row_at (self, 1);

  gtk_widget_grab_focus (row);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));
  g_assert_true (gtk_widget_is_ancestor (focus, row));
  view_settle (self->window);
  gtk_adjustment_set_value (adjustment, 40);
  for (guint64 batch = 2; batch <= 64; batch *= 2)
    {
      g_object_set (hr_selection_get_configuration (self->selection), "batch-micro-batch-size", batch, NULL);
      hr_project_flush (self->project);
      view_settle (self->window);
      g_autoptr (HrExplainNode) root = node_at (self, 0);
      g_assert_cmpuint (hr_explain_node_get_text (root)->bytes, ==, estimate_of (self)->peak.device_bytes);
      g_assert_nonnull (ui_find_text (row_at (self, 0), hr_explain_node_get_text (root)->size_text));
      ui_wait_for (rows_say (self) && all_notes_say (self));
      g_assert_true (row_at (self, 1) == row && gtk_widget_is_focus (focus));
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 40);
    }

  hr_selection_set_configuration (self->selection, hr_project_get_configuration (self->project, QLORA));
  view_settle (self->window);
  ui_wait_for (rows_say (self) && all_notes_say (self));
}

/* A component that goes and comes again is open or closed as it was. */
static void
test_open_again (Fixture *self, gconstpointer user_data)
{
  guint gradients = position_of (self, HR_COMPONENT_GRADIENTS);
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (columns (self)));
  guint n_rows = g_list_model_get_n_items (rows);

  g_signal_emit_by_name (columns (self), "activate", gradients);
  guint n_closed = g_list_model_get_n_items (rows);
  g_assert_cmpuint (n_closed, <, n_rows);
  hr_selection_set_phase (self->selection, HR_PHASE_LOAD, 0);
  ui_settle ();
  hr_selection_set_phase (self->selection, -1, 0);
  ui_settle ();
  g_assert_cmpuint (position_of (self, HR_COMPONENT_GRADIENTS), ==, gradients);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n_closed);
}

/* A tensor deep in the tree is reached by opening, and tells where it comes from. */
static void
test_source (Fixture *self, gconstpointer user_data)
{
  GtkWidget *tree = ui_find (self->view, HR_TYPE_EXPLAIN_TREE);
  HrExplainNode *root = hr_explain_node_new (&(HrExplainText){ .label = "All", .component = HR_N_PARTS });
  HrExplainNode *weights
      = hr_explain_node_new (&(HrExplainText){ .label = "Cache", .component = HR_COMPONENT_KV_CACHE });
  HrExplainNode *tensor = hr_explain_node_new (&(HrExplainText){ .label = "Norms",
                                                                 .formula = "65 × 4,096 × 2 B",
                                                                 .note = "never split",
                                                                 .source = "norm.py",
                                                                 .component = HR_COMPONENT_KV_CACHE });
  GtkSingleSelection *selection;

  hr_explain_node_add (weights, tensor);
  hr_explain_node_add (root, weights);
  hr_explain_tree_show (HR_EXPLAIN_TREE (tree), root, FALSE);
  g_signal_emit_by_name (columns (self), "activate", 1);
  g_assert_null (ui_find_text (tree, "Norms"));
  g_signal_emit_by_name (columns (self), "activate", 1);
  selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (columns (self)));
  gtk_single_selection_set_selected (selection, 2);
  view_settle (self->window);
  g_assert_nonnull (ui_find_text (tree, "Norms"));
  g_assert_nonnull (ui_find_text (tree, "65 × 4,096 × 2 B"));
  g_assert_nonnull (ui_find_text (tree, "never split\nSource: norm.py"));
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_KV_CACHE);
}

/* Without room for a column the formulas go, and nothing is wider than the window. */
static void
test_narrow (Fixture *self, gconstpointer user_data)
{
  GListModel *list = gtk_column_view_get_columns (columns (self));
  gboolean narrow = GPOINTER_TO_INT (user_data) < 400;
  guint n_visible = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);

      n_visible += gtk_column_view_column_get_visible (column) ? 1 : 0;
    }
  g_assert_cmpuint (n_visible, ==, narrow ? 2 : 4);
  g_assert_cmpint (gtk_widget_get_width (self->view), <=, GPOINTER_TO_INT (user_data));
}

int
main (int argc, char *argv[])
{
  view_init (&argc, &argv);

#define ADD(path, function, width)                                                                                     \
  g_test_add ("/explain-view/" path, Fixture, GINT_TO_POINTER (width), set_up, function, tear_down)
  ADD ("peak", test_peak, 1000);
  ADD ("phases", test_phases, 1000);
  ADD ("selection", test_selection, 1000);
  ADD ("closing", test_closing, 1000);
  ADD ("edits", test_edits, 1000);
  ADD ("edits-narrow", test_edits, 360);
  ADD ("open-again", test_open_again, 1000);
  ADD ("advice", test_advice, 1000);
  ADD ("empty", test_empty, 1000);
  ADD ("source", test_source, 1000);
  ADD ("wide", test_narrow, 1000);
  ADD ("narrow", test_narrow, 360);

  return g_test_run ();
}
