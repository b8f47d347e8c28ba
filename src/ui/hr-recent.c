/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-recent.h"

#include <glib/gi18n-lib.h>

#define MIME_TYPE "application/x-headroom+json"
#define MAX_ITEMS 8
#define MAX_URIS 32

/* Latest first. */
static int
compare_visited (gconstpointer a, gconstpointer b)
{
  GDateTime *left = gtk_recent_info_get_visited (*(GtkRecentInfo **) a);
  GDateTime *right = gtk_recent_info_get_visited (*(GtkRecentInfo **) b);

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

/* Projects that this program opened, the latest first. */
static GPtrArray *
list_infos (void)
{
  GList *all = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);

  for (GList *l = all; l != NULL; l = l->next)
    if (g_str_equal (gtk_recent_info_get_mime_type (l->data), MIME_TYPE)
        && gtk_recent_info_has_application (l->data, g_get_prgname ()))
      g_ptr_array_add (infos, gtk_recent_info_ref (l->data));
  g_list_free_full (all, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_sort (infos, compare_visited);

  return infos;
}

char **
hr_recent_list (void)
{
  g_autoptr (GPtrArray) infos = list_infos ();
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();

  for (guint i = 0; i < MIN (infos->len, MAX_URIS); i++)
    g_strv_builder_add (uris, gtk_recent_info_get_uri (infos->pdata[i]));

  return g_strv_builder_end (uris);
}

void
hr_recent_fill (GMenu *menu)
{
  g_autoptr (GPtrArray) infos = list_infos ();

  g_menu_remove_all (menu);
  for (guint i = 0; i < MIN (infos->len, MAX_ITEMS); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_auto (GStrv) halves = g_strsplit (gtk_recent_info_get_display_name (infos->pdata[i]), "_", -1);
      g_autofree char *label = g_strjoinv ("__", halves);

      g_menu_item_set_label (item, label);
      g_menu_item_set_action_and_target (item, "win.open-uri", "s", gtk_recent_info_get_uri (infos->pdata[i]));
      g_menu_append_item (menu, item);
    }

  if (infos->len == 0)
    g_menu_append (menu, _ ("No Recent Projects"), "win.none");
}
