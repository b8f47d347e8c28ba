/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "surfaces.h"

#include "io/hr-locale.h"

#include <libintl.h>
#include <locale.h>

/* Every text stands in brackets and is 40 % longer: pseudo.py. */
#define LANGUAGE "qps"
#define BRACKET "["

#define WIDE 1280
#define NARROW 360
#define HEIGHT 700

static GHashTable *data_words;
static char *folder;

/* Texts of GTK itself, and what is written alike everywhere. */
static const char *const same_everywhere[]
    = { "and",    "bf16",   "b",     "ctrl",  "alt",    "shift",   "del",       "delete", "esc",
        "escape", "return", "enter", "space", "tab",    "home",    "end",       "page",   "up",
        "down",   "left",   "right", "f1",    "f2",     "f9",      "f10",       "gb",     "gib",
        "mb",     "mib",    "kb",    "h",     "s",      "ms",      "min",       "k",      "m",
        "t",      "cpu",    "gpu",   "a",     "search", "results", "shortcuts", "no",     "found" };

static void
run_generator (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "ui", "pseudo.py", NULL);
  const char *command[] = { "python3", script, folder, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static void
read_words (void)
{
  g_autofree char *path = g_build_filename (folder, "words.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  data_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    g_hash_table_add (data_words, g_strdup (*line));
  for (guint i = 0; i < G_N_ELEMENTS (same_everywhere); i++)
    g_hash_table_add (data_words, g_strdup (same_everywhere[i]));
}

/* Before GTK is there, as the program does. */
static void
speak_pseudo (void)
{
  folder = g_dir_make_tmp ("headroom-pseudo-XXXXXX", NULL);
  g_assert_nonnull (folder);
  run_generator ();
  read_words ();
  g_setenv ("LANGUAGE", LANGUAGE, TRUE);
  g_setenv (HR_LOCALE_DIR_VARIABLE, folder, TRUE);
  hr_locale_init ();
}

/* Numbers and keys, such as 16x and F6. */
static gboolean
is_number (const char *word)
{
  return g_utf8_strlen (word, -1) == 1 || word[strspn (word, "0123456789xf")] == '\0';
}

/* Whether every word of @text is a name of data, so that nothing was to be translated. */
static gboolean
is_data (const char *text)
{
  g_autoptr (GRegex) words = g_regex_new ("[\\p{L}\\p{N}_]+", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (words, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *found = g_match_info_fetch (match, 0);
      g_autofree char *word = g_utf8_strdown (found, -1);

      if (!is_number (word) && strchr (word, '_') == NULL && !g_hash_table_contains (data_words, word))
        return FALSE;
    }
  return TRUE;
}

/* As the pointer over the middle of @label would ask. */
static gboolean
tells_in_tooltip (GtkWidget *label)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean tells = FALSE;

  for (GtkWidget *widget = label; widget != NULL && !tells; widget = gtk_widget_get_parent (widget))
    {
      double x, y;

      if (gtk_widget_get_has_tooltip (widget)
          && gtk_widget_translate_coordinates (label, widget, gtk_widget_get_width (label) / 2.0,
                                               gtk_widget_get_height (label) / 2.0, &x, &y))
        g_signal_emit_by_name (widget, "query-tooltip", (int) x, (int) y, FALSE, tooltip, &tells);
    }

  return tells;
}

/* Whether the pointer can come to its middle, which may be scrolled away. */
static gboolean
is_in_sight (GtkWidget *label)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (label));
  double x, y;

  return gtk_widget_translate_coordinates (label, root, gtk_widget_get_width (label) / 2.0,
                                           gtk_widget_get_height (label) / 2.0, &x, &y)
         && gtk_widget_pick (root, x, y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE) == label;
}

typedef struct
{
  const char *surface;
  int width;
  guint n_wrong;
} Check;

static void
complain (Check *self, const char *what, const char *text)
{
  g_printerr ("# %s, %d pixels: %s: %s\n", self->surface, self->width, what, text);
  self->n_wrong++;
}

static void
check_label_cb (GtkWidget *widget, gpointer user_data)
{
  Check *self = user_data;
  const char *text = ui_text_of (widget);
  int width;

  if (text == NULL || !gtk_widget_get_mapped (widget) || gtk_widget_get_width (widget) == 0)
    return;

  PangoLayout *layout = ui_layout_of (widget);

  if (strstr (text, BRACKET) == NULL && !is_data (text))
    complain (self, "not translated", text);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > gtk_widget_get_width (widget) + 1)
    complain (self, "clipped", text);
  if (pango_layout_is_ellipsized (layout) && is_in_sight (widget) && !tells_in_tooltip (widget))
    complain (self, "cut short without a tooltip", text);
}

static void
check_cb (GtkWidget *root, const char *name, gpointer user_data)
{
  Check *self = user_data;
  int minimum;

  self->surface = name;
  ui_walk (root, check_label_cb, self);
  if (!HR_IS_WINDOW (root))
    return;
  gtk_widget_measure (gtk_widget_get_first_child (root), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > self->width)
    complain (self, "too wide", gtk_window_get_title (GTK_WINDOW (root)));
}

static void
resize (WindowFixture *self, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, HEIGHT);
  ui_settle ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
  ui_settle ();
}

static void
test_views (WindowFixture *self, gconstpointer width)
{
  Check check = { .width = GPOINTER_TO_INT (width) };

  resize (self, check.width);
  surfaces_visit_views (self, check_cb, &check);
  if (check.n_wrong > 0)
    g_test_fail_printf ("%u texts are wrong", check.n_wrong);
}

static void
test_dialogs (WindowFixture *self, gconstpointer width)
{
  Check check = { .width = GPOINTER_TO_INT (width) };

  resize (self, check.width);
  surfaces_visit_dialogs (self, check_cb, &check);
  if (check.n_wrong > 0)
    g_test_fail_printf ("%u texts are wrong", check.n_wrong);
}

static void
add (const char *path, int width, void (*test) (WindowFixture *self, gconstpointer width))
{
  g_test_add (path, WindowFixture, GINT_TO_POINTER (width), window_fixture_set_up, test, window_fixture_tear_down);
}

static void
remove_folder (void)
{
  const char *command[] = { "rm", "-r", folder, NULL };

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_set_nonfatal_assertions ();
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* GTK 4.8 warns of its own window of shortcuts */
  speak_pseudo ();
  if (g_str_equal (dgettext ("headroom", "Weights"), "Weights"))
    {
      g_print ("1..0 # SKIP the C library has no languages beside this locale\n");
      remove_folder ();
      return 0;
    }

  add ("/pseudo-locale/views/wide", WIDE, test_views);
  add ("/pseudo-locale/views/narrow", NARROW, test_views);
  add ("/pseudo-locale/dialogs/wide", WIDE, test_dialogs);
  add ("/pseudo-locale/dialogs/narrow", NARROW, test_dialogs);

  int result = g_test_run ();
  remove_folder ();

  return result;
}
