/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A search entry above a list: the keyboard stays in the entry, and its arrow keys move the selection of the list. */

/** Lets Up, Down, Page Up and Page Down in @search move the selection of @list over the rows that it shows. */
void hr_list_search_attach (GtkWidget *search, GtkListBox *list);

/** Selects @row, or nothing for NULL, and scrolls to it as soon as it is laid out, which it is not while rows come. */
void hr_list_search_select (GtkListBox *list, GtkListBoxRow *row);

G_END_DECLS
