/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-recent.h"

#include <glib/gi18n-lib.h>

#define MIME_TYPE "application/x-headroom+json"
#define MAX_ITEMS 8

/* Latest first. */
static int
compare_visited (gconstpointer a, gconstpointer b)
{
  GDateTime *left = gtk_recent_info_get_visited ((GtkRecentInfo *) a);
  GDateTime *right = gtk_recent_info_get_visited ((GtkRecentInfo *) b);

  return g_date_time_compare (right, left);
}

void
hr_recent_add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData data = {
    .mime_type = (char *) MIME_TYPE,
    .app_name = (char *) g_get_prgname (),
    .app_exec = (char *) "headroom %u",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

void
hr_recent_fill (GMenu *menu)
{
  GList *items = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), compare_visited);
  int n_items = 0;

  g_menu_remove_all (menu);
  for (GList *l = items; l != NULL && n_items < MAX_ITEMS; l = l->next)
    {
      GtkRecentInfo *info = l->data;

      if (!g_str_equal (gtk_recent_info_get_mime_type (info), MIME_TYPE)
          || !gtk_recent_info_has_application (info, g_get_prgname ()))
        continue;

      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_auto (GStrv) halves = g_strsplit (gtk_recent_info_get_display_name (info), "_", -1);
      g_autofree char *label = g_strjoinv ("__", halves);

      g_menu_item_set_label (item, label);
      g_menu_item_set_action_and_target (item, "win.open-uri", "s", gtk_recent_info_get_uri (info));
      g_menu_append_item (menu, item);
      n_items++;
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);

  if (n_items == 0)
    g_menu_append (menu, _ ("No Recent Projects"), "win.none");
}
