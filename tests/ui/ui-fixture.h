/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* What tests of widgets share. */

/** Starts GTest and GTK. Where there is no display it says that everything is skipped and ends the program. */
void ui_init (int *argc, char ***argv);

/** Runs the main loop until nothing is left to do at once. */
void ui_settle (void);

/** Runs the main loop until @condition holds; fails the test after some seconds. */
void ui_await (gboolean (*condition) (gpointer data), gpointer data);

/** Returns: (transfer none) (nullable): the first widget of @type within @root, itself included. */
GtkWidget *ui_find (GtkWidget *root, GType type);

/** Returns: (transfer none) (nullable): the first button within @root with that accessible name or label. */
GtkWidget *ui_find_button (GtkWidget *root, const char *icon_name_or_label);

/** Presses a key on @widget: its first controller that takes it. Returns: whether one did. */
gboolean ui_press (GtkWidget *widget, guint keyval);
gboolean ui_press_with (GtkWidget *widget, guint keyval, GdkModifierType modifiers);

/** Returns: (transfer none) (nullable): the first event controller of @type on @widget. */
GtkEventController *ui_find_controller (GtkWidget *widget, GType type);

/** Returns: (nullable): what @widget says, if it is a label or a figure. */
const char *ui_text_of (GtkWidget *widget);

/** Returns: (transfer none): of a widget that has a text, as it is drawn. */
PangoLayout *ui_layout_of (GtkWidget *widget);

/** Returns: (transfer none) (nullable): the first label or figure within @root whose text contains @text. */
GtkWidget *ui_find_text (GtkWidget *root, const char *text);

/** Calls @visit for @root and everything within it. */
void ui_walk (GtkWidget *root, void (*visit) (GtkWidget *widget, gpointer user_data), gpointer user_data);

/** Like ui_await(), for an expression. */
#define ui_wait_for(condition)                                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 ui_deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;                                                \
    while (!(condition))                                                                                               \
      {                                                                                                                \
        if (g_get_monotonic_time () > ui_deadline)                                                                     \
          g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition);                                    \
        g_main_context_iteration (NULL, FALSE);                                                                        \
        g_usleep (500);                                                                                                \
      }                                                                                                                \
  }                                                                                                                    \
  G_STMT_END
