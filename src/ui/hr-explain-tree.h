/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-explain-node.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_EXPLAIN_TREE (hr_explain_tree_get_type ())
G_DECLARE_FINAL_TYPE (HrExplainTree, hr_explain_tree, HR, EXPLAIN_TREE, GtkWidget)

/**
 * HrExplainTree:
 *
 * What a figure is made of, as a tree in columns: what it is, how it is reckoned, how much, which share. Below stands
 * what there is to say of the selected line, and where it comes from. Lines are opened and closed by Enter.
 *
 * Signal: picked (gint: the HrComponent of the line that the user has selected; -1: of none).
 */
GtkWidget *hr_explain_tree_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_explain_tree_show:
 * @root: (transfer full) (nullable)
 * @edited: more edits may follow at once
 *
 * Shows the lines of @root. Lines that were there before stay as they are: open or closed, selected, focused. Those in
 * sight say what is new. New components are open. Where it is @edited, the rest is left to hr_explain_tree_settle():
 * lines that are gone stay meanwhile, new ones are closed.
 */
void hr_explain_tree_show (HrExplainTree *self, HrExplainNode *root, gboolean edited);

/** Does a part of what is left to do. Returns: whether there is more. */
gboolean hr_explain_tree_settle (HrExplainTree *self);

/** Selects the line of @component, or none, and scrolls there. */
void hr_explain_tree_set_selected (HrExplainTree *self, int component);

/** Between the labels of a path. */
#define HR_EXPLAIN_PATH_SEPARATOR "\n"

/**
 * hr_explain_tree_reveal:
 * @path: labels from the component's down
 *
 * Opens what the line at @path lies in, as far as there is one, selects it and scrolls there.
 */
void hr_explain_tree_reveal (HrExplainTree *self, const char *path);

/** Whether there is no room for a column of formulas: they stand below what they are of. */
void hr_explain_tree_set_narrow (HrExplainTree *self, gboolean narrow);

G_END_DECLS
