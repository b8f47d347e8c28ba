/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HR_TYPE_EXPLAIN_NODE (hr_explain_node_get_type ())
G_DECLARE_FINAL_TYPE (HrExplainNode, hr_explain_node, HR, EXPLAIN_NODE, GObject)

/**
 * HrExplainNode:
 *
 * A line of an explanation: a figure, what it is made of, and where that comes from; the bytes of its children add up
 * to its own. It changes by hr_explain_node_update() alone.
 *
 * Properties, read-only: label ("Embedding, bf16"), formula ("128,256 × 4,096 × 2 B"; ""), size-text ("1.05 GB"),
 * share-text ("8 %"), source ("torch/nn/…"; ""), note ("stored by every layer"; ""), bytes (guint64), share (gdouble,
 * of the root), component (guint, an HrComponent; HR_N_PARTS: the root). Signal: "changed", some time after it was
 * updated, instead of notifications of properties.
 */

/** What a node is made of; texts are in the user's language, NULL counts as "". */
typedef struct
{
  const char *label;
  const char *formula;
  const char *size_text;
  const char *share_text;
  const char *source;
  const char *note;
  guint64 bytes;
  double share;
  HrComponent component;
} HrExplainText;

HrExplainNode *hr_explain_node_new (const HrExplainText *text) G_GNUC_WARN_UNUSED_RESULT;

/** Adds @child (transfer full) below @self; only while the tree is built. */
void hr_explain_node_add (HrExplainNode *self, HrExplainNode *child);

/**
 * hr_explain_node_update:
 * @other: (transfer full): the same line after an edit
 * @keep: lines that are gone stay, and say that they are nothing, until hr_explain_node_drop_gone()
 *
 * Takes what @other says. Lines below that both have stay the same objects, others come and go in the lists of
 * children.
 *
 * Returns: whether any have come, gone or moved.
 */
gboolean hr_explain_node_update (HrExplainNode *self, HrExplainNode *other, gboolean keep);

/** Removes lines below that are gone. Returns: whether there were any. */
gboolean hr_explain_node_drop_gone (HrExplainNode *self);

/** Emits "changed" where it says something else than when it last did. */
void hr_explain_node_tell_changed (HrExplainNode *self);

/** Returns: (transfer none): the texts and figures; valid until @self is updated. */
const HrExplainText *hr_explain_node_get_text (HrExplainNode *self);

/** Returns: (transfer none) (nullable): a list of HrExplainNode; NULL for a leaf, as GtkTreeListModel wants it. */
GListModel *hr_explain_node_get_children (HrExplainNode *self);

/** Returns: (transfer none) (nullable): the child of @self that stands for @component. */
HrExplainNode *hr_explain_node_find (HrExplainNode *self, HrComponent component);

G_END_DECLS
