/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "focus-walk.h"
#include "surfaces.h"

/* No widget is called so; asking whether it is tells what it is called. */
#define NO_NAME "\001"

static char *
get_text (GtkWidget *widget, GtkAccessibleProperty property)
{
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), property))
    return NULL;

  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, NO_NAME);
}

/* Returns: (nullable): what is to be read first within @widget. */
static const char *
find_text (GtkWidget *widget)
{
  const char *said = ui_text_of (widget);

  if (said != NULL && *said != '\0' && gtk_widget_get_mapped (widget))
    return said;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *text = find_text (child);

      if (text != NULL)
        return text;
    }

  return NULL;
}

/* What a screen reader says of it. GTK 4.8 takes the name of the type where there is nothing else. */
static char *
get_name (GtkWidget *widget)
{
  g_autofree char *label = get_text (widget, GTK_ACCESSIBLE_PROPERTY_LABEL);

  if (label != NULL && *label != '\0')
    return g_steal_pointer (&label);
  if (!gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return NULL;

  const char *text = find_text (widget);

  return g_strdup (text != NULL ? text : "(labelled by another)");
}

/* Where the keyboard goes into a part of a control, it is the control that has the name. */
static GtkWidget *
get_control (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_TEXT (widget))
    return gtk_widget_get_ancestor (parent, GTK_TYPE_EDITABLE);

  return widget;
}

static char *
describe_place (GtkWidget *widget)
{
  GString *place = g_string_new (G_OBJECT_TYPE_NAME (widget));

  for (GtkWidget *w = gtk_widget_get_parent (widget); w != NULL; w = gtk_widget_get_parent (w))
    {
      g_autofree char *name = get_name (w);

      g_string_append_printf (place, " < %s%s%s", G_OBJECT_TYPE_NAME (w), name != NULL ? " " : "",
                              name != NULL ? name : "");
    }

  return g_string_free (place, FALSE);
}

typedef struct
{
  const char *surface;
  GHashTable *seen; /* names that siblings have */
  GHashTable *controls;
  guint n_wrong;
} Walk;

static void
complain (Walk *walk, GtkWidget *widget, const char *what)
{
  g_autofree char *place = describe_place (widget);

  g_test_message ("%s: %s: %s", walk->surface, what, place);
  walk->n_wrong++;
}

static gboolean
is_type_name (const char *name)
{
  return g_type_from_name (name) != G_TYPE_INVALID;
}

/* A name and a label that names it are read one after the other. */
static gboolean
is_named_twice (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && GTK_IS_LABEL (gtk_button_get_child (GTK_BUTTON (widget)))
         && gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         && gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
check_focusable (Walk *walk, GtkWidget *widget)
{
  GtkWidget *control = get_control (widget);
  g_autofree char *name = get_name (control);
  g_autofree char *description = get_text (control, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);

  if (!g_hash_table_add (walk->controls, control))
    return;
  if (name == NULL || is_type_name (name))
    {
      complain (walk, widget, "no name");
      return;
    }

  if (is_named_twice (control))
    complain (walk, widget, "two names");

  char *key = g_strdup_printf ("%p %d %s: %s", (gpointer) gtk_widget_get_parent (control),
                               (int) gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (control)), name,
                               description != NULL ? description : "");

  if (!g_hash_table_add (walk->seen, key))
    complain (walk, widget, "the name of a sibling");
}

/* Pictures that say something have a name, others are left out by screen readers. Rows and buttons speak for theirs. */
static void
check_image (Walk *walk, GtkWidget *widget)
{
  g_autofree char *name = get_name (widget);

  if (name == NULL && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_IMG
      && gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW) == NULL
      && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) == NULL)
    complain (walk, widget, "an image without a name");
}

static void
check_cb (GtkWidget *widget, gpointer walk)
{
  if (focus_is_control (widget))
    check_focusable (walk, widget);
  if (gtk_widget_get_mapped (widget))
    check_image (walk, widget);
}

static void
check_surface (GtkWidget *root, const char *name, gpointer user_data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) controls = g_hash_table_new (NULL, NULL);
  Walk walk = { name, seen, controls, 0 };

  ui_walk (root, check_cb, &walk);
  *(guint *) user_data += walk.n_wrong;
}

static void
test_names (WindowFixture *self, gconstpointer visit)
{
  guint n_wrong = 0;

  ((void (*) (WindowFixture *, SurfaceVisit, gpointer)) visit) (self, check_surface, &n_wrong);
  if (n_wrong > 0)
    g_test_fail_printf ("%u without a name of their own", n_wrong);
}

#define ADD(name, visit)                                                                                               \
  g_test_add (name, WindowFixture, (gconstpointer) visit, window_fixture_set_up, test_names, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* GTK 4.8 warns of its own window of shortcuts */
  ADD ("/accessible-names/views", surfaces_visit_views);
  ADD ("/accessible-names/dialogs", surfaces_visit_dialogs);
  ADD ("/accessible-names/windows", surfaces_visit_windows);
  ADD ("/accessible-names/popovers", surfaces_visit_popovers);

  return g_test_run ();
}
