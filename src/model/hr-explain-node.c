/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-explain-node.h"

/* The size of a line that is gone. */
#define NOTHING "0 B"

struct _HrExplainNode
{
  GObject parent_instance;

  HrExplainText text; /* its strings are the node's */
  GListStore *children;
  gboolean changed; /* since that was told */
  gboolean gone;    /* there is nothing of it after the last update */
};

G_DEFINE_FINAL_TYPE (HrExplainNode, hr_explain_node, G_TYPE_OBJECT)

typedef enum
{
  PROP_LABEL = 1,
  PROP_FORMULA,
  PROP_SIZE_TEXT,
  PROP_SHARE_TEXT,
  PROP_SOURCE,
  PROP_NOTE,
  PROP_BYTES,
  PROP_SHARE,
  PROP_COMPONENT,
} HrExplainNodeProperty;

static GParamSpec *properties[PROP_COMPONENT + 1];

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
hr_explain_node_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  const HrExplainText *text = &HR_EXPLAIN_NODE (object)->text;

  switch ((HrExplainNodeProperty) property_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, text->label);
      break;
    case PROP_FORMULA:
      g_value_set_string (value, text->formula);
      break;
    case PROP_SIZE_TEXT:
      g_value_set_string (value, text->size_text);
      break;
    case PROP_SHARE_TEXT:
      g_value_set_string (value, text->share_text);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, text->source);
      break;
    case PROP_NOTE:
      g_value_set_string (value, text->note);
      break;
    case PROP_BYTES:
      g_value_set_uint64 (value, text->bytes);
      break;
    case PROP_SHARE:
      g_value_set_double (value, text->share);
      break;
    case PROP_COMPONENT:
      g_value_set_uint (value, text->component);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
hr_explain_node_finalize (GObject *object)
{
  HrExplainNode *self = HR_EXPLAIN_NODE (object);

  g_free ((char *) self->text.label);
  g_free ((char *) self->text.formula);
  g_free ((char *) self->text.size_text);
  g_free ((char *) self->text.share_text);
  g_free ((char *) self->text.source);
  g_free ((char *) self->text.note);
  g_clear_object (&self->children);

  G_OBJECT_CLASS (hr_explain_node_parent_class)->finalize (object);
}

static void
hr_explain_node_class_init (HrExplainNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hr_explain_node_get_property;
  object_class->finalize = hr_explain_node_finalize;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_FORMULA] = g_param_spec_string ("formula", NULL, NULL, NULL, flags);
  properties[PROP_SIZE_TEXT] = g_param_spec_string ("size-text", NULL, NULL, NULL, flags);
  properties[PROP_SHARE_TEXT] = g_param_spec_string ("share-text", NULL, NULL, NULL, flags);
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_BYTES] = g_param_spec_uint64 ("bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_COMPONENT] = g_param_spec_uint ("component", NULL, NULL, 0, HR_N_PARTS, HR_N_PARTS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hr_explain_node_init (HrExplainNode *self)
{
}

static const char *
copy (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

HrExplainNode *
hr_explain_node_new (const HrExplainText *text)
{
  HrExplainNode *self = g_object_new (HR_TYPE_EXPLAIN_NODE, NULL);

  self->text = *text;
  self->text.label = copy (text->label);
  self->text.formula = copy (text->formula);
  self->text.size_text = copy (text->size_text);
  self->text.share_text = copy (text->share_text);
  self->text.source = copy (text->source);
  self->text.note = copy (text->note);
  return self;
}

void
hr_explain_node_add (HrExplainNode *self, HrExplainNode *child)
{
  g_return_if_fail (HR_IS_EXPLAIN_NODE (self) && HR_IS_EXPLAIN_NODE (child));

  if (self->children == NULL)
    self->children = g_list_store_new (HR_TYPE_EXPLAIN_NODE);
  g_list_store_append (self->children, child);
  g_object_unref (child);
}

static gboolean
says_the_same (const HrExplainText *a, const HrExplainText *b)
{
  return g_str_equal (a->label, b->label) && g_str_equal (a->formula, b->formula)
         && g_str_equal (a->size_text, b->size_text) && g_str_equal (a->share_text, b->share_text)
         && g_str_equal (a->source, b->source) && g_str_equal (a->note, b->note);
}

/* Children of @parent: components are told apart as such, what they are made of by its label. */
static gboolean
is_same_line (HrExplainNode *parent, HrExplainNode *a, HrExplainNode *b)
{
  return a->text.component == b->text.component && (a->children == NULL) == (b->children == NULL)
         && (parent->text.component == HR_N_PARTS || g_str_equal (a->text.label, b->text.label));
}

/* Takes the strings of @text, which gets those of before. */
static void
swap_text (HrExplainNode *self, HrExplainText *text)
{
  HrExplainText before = self->text;

  self->changed |= !says_the_same (&before, text);
  self->text = *text;
  *text = before;
}

static void
empty (HrExplainNode *self)
{
  HrExplainNode *nothing = hr_explain_node_new (
      &(HrExplainText){ .label = self->text.label, .size_text = NOTHING, .component = self->text.component });

  swap_text (self, &nothing->text);
  g_object_unref (nothing);
  self->gone = TRUE;
  for (guint i = 0; self->children != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->children)); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      empty (child);
    }
}

/* The first child of @self, from @position on, that is the same line as @line; NULL: there is none. */
static HrExplainNode *
find_line (HrExplainNode *self, guint *position, HrExplainNode *line)
{
  for (; *position < g_list_model_get_n_items (G_LIST_MODEL (self->children)); ++*position)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (G_LIST_MODEL (self->children), *position);

      if (is_same_line (self, child, line))
        return child;
    }
  return NULL;
}

/* Puts a line of another tree at @position, by the child that it is the same as, if there is one from there on. */
static gboolean
place_line (HrExplainNode *self, guint position, HrExplainNode *line, gboolean keep)
{
  guint at = position;
  HrExplainNode *mine = find_line (self, &at, line);

  if (mine != NULL && at == position)
    return hr_explain_node_update (mine, g_object_ref (line), keep);
  if (mine != NULL)
    {
      g_object_ref (mine);
      g_list_store_remove (self->children, at);
      hr_explain_node_update (mine, g_object_ref (line), keep);
    }
  g_list_store_insert (self->children, position, mine != NULL ? mine : line);
  g_clear_object (&mine);
  return TRUE;
}

/* Lets children from @position on go as far as @other has none of them from @from on. */
static gboolean
retire_lines (HrExplainNode *self, guint *position, HrExplainNode *other, guint from, gboolean keep)
{
  gboolean moved = FALSE;

  while (*position < g_list_model_get_n_items (G_LIST_MODEL (self->children)))
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (G_LIST_MODEL (self->children), *position);

      if (find_line (other, &(guint){ from }, child) != NULL)
        return moved;
      if (keep)
        {
          empty (child);
          ++*position;
          continue;
        }
      g_list_store_remove (self->children, *position);
      moved = TRUE;
    }
  return moved;
}

static gboolean
update_children (HrExplainNode *self, HrExplainNode *other, gboolean keep)
{
  guint position = 0;
  gboolean moved = retire_lines (self, &position, other, 0, keep);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (other->children)); i++)
    {
      g_autoptr (HrExplainNode) line = g_list_model_get_item (G_LIST_MODEL (other->children), i);

      moved |= place_line (self, position++, line, keep);
      moved |= retire_lines (self, &position, other, i + 1, keep);
    }
  return moved;
}

gboolean
hr_explain_node_update (HrExplainNode *self, HrExplainNode *other, gboolean keep)
{
  g_return_val_if_fail (HR_IS_EXPLAIN_NODE (self) && HR_IS_EXPLAIN_NODE (other), FALSE);

  gboolean moved = self->children != NULL && other->children != NULL && update_children (self, other, keep);

  swap_text (self, &other->text);
  self->gone = FALSE;
  g_object_unref (other);
  return moved;
}

gboolean
hr_explain_node_drop_gone (HrExplainNode *self)
{
  gboolean dropped = FALSE;

  g_return_val_if_fail (HR_IS_EXPLAIN_NODE (self), FALSE);

  for (guint i = 0; self->children != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->children));)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      if (child->gone)
        g_list_store_remove (self->children, i);
      else
        i++;
      dropped |= child->gone || hr_explain_node_drop_gone (child);
    }
  return dropped;
}

void
hr_explain_node_tell_changed (HrExplainNode *self)
{
  g_return_if_fail (HR_IS_EXPLAIN_NODE (self));

  if (!self->changed)
    return;
  self->changed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

const HrExplainText *
hr_explain_node_get_text (HrExplainNode *self)
{
  g_return_val_if_fail (HR_IS_EXPLAIN_NODE (self), NULL);

  return &self->text;
}

GListModel *
hr_explain_node_get_children (HrExplainNode *self)
{
  g_return_val_if_fail (HR_IS_EXPLAIN_NODE (self), NULL);

  return self->children != NULL ? G_LIST_MODEL (self->children) : NULL;
}

HrExplainNode *
hr_explain_node_find (HrExplainNode *self, HrComponent component)
{
  g_return_val_if_fail (HR_IS_EXPLAIN_NODE (self), NULL);

  for (guint i = 0; self->children != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->children)); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      if (child->text.component == component)
        return child;
    }
  return NULL;
}
