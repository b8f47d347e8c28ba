/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The one place for what differs between GTK 4.8 and later, behind the interface we wish we had. Version checks and
 * deprecated calls stand here only; a test looks for them elsewhere.
 */

/**
 * hr_compat_open_file_async:
 * @pattern: patterns of file names to offer, with spaces between them: "*.headroom"
 * @pattern_name: what people call such files
 *
 * Asks for a file to open. hr_compat_file_finish() gives the file, or NULL without an error if the user thought better.
 */
void hr_compat_open_file_async (GtkWindow *parent, const char *title, const char *pattern, const char *pattern_name,
                                GAsyncReadyCallback callback, gpointer user_data);

/** As hr_compat_open_file_async(), for a folder. */
void hr_compat_open_folder_async (GtkWindow *parent, const char *title, GAsyncReadyCallback callback,
                                  gpointer user_data);

/** Asks where to save; @name is the proposed file name, @folder may be NULL. */
void hr_compat_save_file_async (GtkWindow *parent, const char *title, const char *name, GFile *folder,
                                GAsyncReadyCallback callback, gpointer user_data);

GFile *hr_compat_file_finish (GAsyncResult *result, GError **error);

/**
 * hr_compat_ask_async:
 * @responses: id, label, appearance ("", "suggested", "destructive") thrice per button, NULL-terminated
 * @close_id: id that closing the dialog means
 *
 * Asks a question. hr_compat_ask_finish() gives the id of the button.
 */
void hr_compat_ask_async (GtkWindow *parent, const char *heading, const char *body, const char *const *responses,
                          const char *close_id, GAsyncReadyCallback callback, gpointer user_data);
char *hr_compat_ask_finish (GAsyncResult *result);

/**
 * hr_compat_ask_text_async:
 * @label: what the text is
 * @text: the text to begin with
 * @accept_label: button that takes the text; it needs one
 *
 * Asks for a line of text. hr_compat_ask_text_finish() gives it, or NULL if the user thought better.
 */
void hr_compat_ask_text_async (GtkWindow *parent, const char *heading, const char *label, const char *text,
                               const char *accept_label, GAsyncReadyCallback callback, gpointer user_data);
char *hr_compat_ask_text_finish (GAsyncResult *result);

/** Takes @toast away, which was added to @overlay; nothing where it is gone. */
void hr_compat_dismiss_toast (AdwToastOverlay *overlay, AdwToast *toast);

/** Shows what the program is; @debug_info is what a report should say of the machine. */
void hr_compat_show_about (GtkWindow *parent, const char *debug_info);

/** Shows the shortcuts window that the resource at @path describes; its object's id is "help_overlay". */
void hr_compat_show_shortcuts (GtkWindow *parent, const char *path);

/** Whether the style in force is dark, and whether it is high contrast. */
gboolean hr_compat_is_dark (void);
gboolean hr_compat_is_high_contrast (void);

/** Looks up a colour that the style in force names, such as "accent_color"; FALSE leaves @color as it is. */
gboolean hr_compat_lookup_color (GtkWidget *widget, const char *name, GdkRGBA *color);

/** Draws @layout in the colours that CSS gives to texts of @widget. */
void hr_compat_draw_text (GtkWidget *widget, GtkSnapshot *snapshot, double x, double y, PangoLayout *layout);

G_END_DECLS
