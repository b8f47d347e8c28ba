/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "surfaces.h"

#include "view-fixture.h"

/* Of GNOME on a small screen: 360 by 294 pixels at the usual size of texts. */
#define SMALL_WIDTH 360
#define SMALL_HEIGHT 294

#define WIDE_WIDTH 1280
#define WIDE_HEIGHT 720

#define USUAL_DPI 96
#define PANGO_DPI (USUAL_DPI * PANGO_SCALE)

/* Header bars lie over the frame of their window, which is so wide. */
#define FRAME 1

/* What a text that is cut short still shows, in letters. */
#define LEAST_LETTERS 3

/* What of a title says something. */
#define LEAST_TITLE 60

typedef struct
{
  double text_scale;
  int width;
  int height;
} Size;

typedef struct
{
  const Size *size;
  const char *surface;
  GtkWidget *root;
  guint n_wrong;
} Check;

static void
complain (Check *check, GtkWidget *widget, const char *what, int is, int may)
{
  g_autoptr (GString) place = g_string_new (NULL);

  for (GtkWidget *w = widget; w != NULL; w = gtk_widget_get_parent (w))
    g_string_append_printf (place, " %s", G_OBJECT_TYPE_NAME (w));
  g_test_message ("%s: %s: %d, may be %d:%s%s%s", check->surface, what, is, may, place->str,
                  ui_text_of (widget) != NULL ? ": " : "", ui_text_of (widget) != NULL ? ui_text_of (widget) : "");
  check->n_wrong++;
}

/* What a person may read or use: not what only separates or casts a shadow. */
static gboolean
is_content (GtkWidget *widget)
{
  return gtk_widget_get_first_child (widget) != NULL || gtk_widget_get_focusable (widget) || ui_text_of (widget) != NULL
         || GTK_IS_IMAGE (widget);
}

static gboolean
scrolls (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLABLE) != NULL
         || gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) != NULL;
}

static void
check_place (Check *check, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (scrolls (widget) || !gtk_widget_compute_bounds (widget, check->root, &bounds))
    return;

  int left = (int) bounds.origin.x, right = (int) (bounds.origin.x + bounds.size.width);
  int top = (int) bounds.origin.y, bottom = (int) (bounds.origin.y + bounds.size.height);
  int width = gtk_widget_get_width (check->root), height = gtk_widget_get_height (check->root);

  if (left < -FRAME || right > width + FRAME)
    complain (check, widget, "beyond the side", left < -FRAME ? left : right, width);
  if (top < -FRAME || bottom > height + FRAME)
    complain (check, widget, "beyond top or bottom", top < -FRAME ? top : bottom, height);
}

/* What a button says has room, or at least its first letters. */
static void
check_label (Check *check, GtkWidget *label)
{
  PangoLayout *layout = ui_layout_of (label);
  const char *text = ui_text_of (label);
  int letter = pango_font_metrics_get_approximate_char_width (
      pango_context_get_metrics (gtk_widget_get_pango_context (label), NULL, NULL));
  int least = LEAST_LETTERS * letter / PANGO_SCALE;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > gtk_widget_get_width (label) + 1)
    complain (check, label, "clipped", width, gtk_widget_get_width (label));
  if (pango_layout_is_ellipsized (layout) && g_utf8_strlen (text, -1) > LEAST_LETTERS && width < least)
    complain (check, label, "nothing left of it", width, least);
}

static void
check_widget_cb (GtkWidget *widget, gpointer user_data)
{
  Check *check = user_data;

  if (!gtk_widget_get_mapped (widget) || GTK_IS_NATIVE (widget))
    return;
  if (is_content (widget))
    check_place (check, widget);
  if (ui_text_of (widget) != NULL && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL)
    check_label (check, widget);
}

static int
get_least (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int least;

  gtk_widget_measure (widget, orientation, for_size, &least, NULL, NULL, NULL);
  return least;
}

/* Returns: what in @widget asks for so much width. */
static GtkWidget *
find_widest (GtkWidget *widget, int width)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && get_least (child, GTK_ORIENTATION_HORIZONTAL, -1) > width)
      return find_widest (child, width);

  return widget;
}

static void
check_minimum (Check *check)
{
  int width = get_least (check->root, GTK_ORIENTATION_HORIZONTAL, -1);
  int height = get_least (check->root, GTK_ORIENTATION_VERTICAL, MAX (width, check->size->width));

  if (width > check->size->width)
    complain (check, find_widest (check->root, check->size->width), "too wide", width, check->size->width);
  if (height > check->size->height)
    complain (check, check->root, "too high", height, check->size->height);
}

static void
resize (GtkWidget *window, const Size *size)
{
  gtk_widget_remove_css_class (window, "solid-csd"); /* the border where no compositor draws shadows */
  if (!gtk_window_get_resizable (GTK_WINDOW (window)) || ADW_IS_MESSAGE_DIALOG (window))
    return;
  gtk_window_set_default_size (GTK_WINDOW (window), size->width, size->height);
  ui_wait_for (gtk_widget_get_width (window) == MAX (get_least (window, GTK_ORIENTATION_HORIZONTAL, -1), size->width));
  view_settle (window);
}

static void
check_surface (GtkWidget *root, const char *name, gpointer user_data)
{
  Check *check = user_data;

  if (GTK_IS_SHORTCUTS_WINDOW (root)) /* of the toolkit */
    return;
  check->surface = name;
  check->root = root;
  resize (root, check->size);
  check_minimum (check);
  ui_walk (root, check_widget_cb, check);
}

static void
scale_texts (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (scale * PANGO_DPI), NULL);
}

static void
test_size (WindowFixture *self, gconstpointer user_data)
{
  Check check = { .size = user_data };

  scale_texts (check.size->text_scale);
  resize (GTK_WIDGET (self->window), check.size);
  for (int shown = TRUE; shown >= FALSE; shown--)
    {
      g_object_set (self->window, "show-inspector", shown, NULL);
      surfaces_visit_views (self, check_surface, &check);
    }
  surfaces_visit_dialogs (self, check_surface, &check);
  surfaces_visit_windows (self, check_surface, &check);
  scale_texts (1);
  if (check.n_wrong > 0)
    g_test_fail_printf ("%u do not fit", check.n_wrong);
}

static void
find_export_cb (GtkWidget *widget, gpointer user_data)
{
  if (GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)), "E_xport") == 0)
    *(GtkWidget **) user_data = widget;
}

/* The title and the switcher of views give way before what people do, however long the project's name is. */
static void
test_header (WindowFixture *self, gconstpointer user_data)
{
  static const int widths[] = { 1280, 1000, 900, 600, 360 };
  GtkWidget *window = GTK_WIDGET (self->window);
  GtkWidget *undo = ui_find_button (window, "edit-undo-symbolic"), *export_button = NULL;
  g_autofree char *name = g_strnfill (200, 'm');
  Check check = { .surface = "header", .root = window };

  ui_walk (window, find_export_cb, &export_button);
  g_object_set (self->project, "name", name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Size size = { 1, widths[i], WIDE_HEIGHT };

      check.size = &size;
      resize (window, &size);
      check_minimum (&check);
      ui_walk (ui_find (window, ADW_TYPE_HEADER_BAR), check_widget_cb, &check);
      g_assert_true (gtk_widget_get_mapped (undo) || widths[i] < 600);
      g_assert_true (gtk_widget_get_mapped (export_button) || widths[i] < 900);
      g_assert_cmpint (gtk_widget_get_width (ui_find (window, ADW_TYPE_WINDOW_TITLE)), >=, LEAST_TITLE);
    }
  g_assert_cmpuint (check.n_wrong, ==, 0);
}

static void
add (const char *path, const Size *size)
{
  g_test_add (path, WindowFixture, size, window_fixture_set_up, test_size, window_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  static const Size small = { 1, SMALL_WIDTH, SMALL_HEIGHT };
  static const Size largest = { 2, WIDE_WIDTH, WIDE_HEIGHT };
  static const Size small_larger = { 1.5, SMALL_WIDTH * 3 / 2, SMALL_HEIGHT * 3 / 2 };
  static const Size small_largest = { 2, SMALL_WIDTH * 2, SMALL_HEIGHT * 2 };

  view_init (&argc, &argv);
  g_test_set_nonfatal_assertions ();
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* GTK 4.8 warns of its own window of shortcuts */
  g_test_add ("/sizes/header", WindowFixture, NULL, window_fixture_set_up, test_header, window_fixture_tear_down);
  add ("/sizes/small", &small);
  add ("/sizes/text-2", &largest);
  add ("/sizes/small/text-1.5", &small_larger);
  add ("/sizes/small/text-2", &small_largest);

  return g_test_run ();
}
