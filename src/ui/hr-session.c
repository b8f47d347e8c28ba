/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-session.h"

#include "hr-settings.h"
#include "hr-window-private.h"

#include <glib/gi18n-lib.h>

#define QUITTING "hr-session-quitting"

/* A document: its address, the width and height of its window, whether that is maximized. */
#define SESSION_TYPE "a(siib)"
#define SESSION_ITEM "(siib)"

/* No more windows than anyone has. */
#define MAX_DOCUMENTS 64

static HrWindow *
first_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (HR_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static HrWindow *
find_window (GtkApplication *application, GFile *file)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      GFile *shown = HR_IS_WINDOW (l->data) ? hr_document_get_file (hr_window_get_document (l->data)) : NULL;

      if (shown != NULL && g_file_equal (shown, file))
        return l->data;
    }

  return NULL;
}

static void
show_draft (GtkApplication *application, HrLostDraft *lost)
{
  g_autoptr (HrDocument) document = hr_document_new_from_draft (&lost->text);

  /* The program ended after it had saved. */
  if (!hr_document_is_modified (document))
    {
      hr_draft_remove (lost->draft);
      return;
    }

  HrWindow *window = HR_WINDOW (hr_window_new (application, document));
  hr_document_banner_adopt (window->document_banner, g_steal_pointer (&lost->draft));
  hr_window_restore_state (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
tell_problems (GtkApplication *application, GPtrArray *problems)
{
  HrWindow *window = first_window (application);

  if (problems->len == 0)
    return;

  if (window == NULL)
    {
      window = HR_WINDOW (hr_window_new_empty (application));
      gtk_window_present (GTK_WINDOW (window));
    }
  g_ptr_array_add (problems, NULL);
  g_autofree char *text = g_strjoinv ("\n", (char **) problems->pdata);
  hr_window_tell_failure (window, _ ("Unsaved Changes Could Not Be Restored"), text);
}

void
hr_session_restore_drafts (GtkApplication *application)
{
  g_autoptr (GFile) folder = hr_draft_default_folder ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lost = hr_draft_take_lost (folder, problems);

  for (guint i = 0; i < lost->len; i++)
    show_draft (application, lost->pdata[i]);
  tell_problems (application, problems);
}

static void
open_again (GtkApplication *application, GFile *file, int width, int height, gboolean maximized)
{
  g_autoptr (HrDocument) document = hr_document_new ();

  if (find_window (application, file) != NULL || !hr_document_load (document, file, NULL))
    return;

  GtkWindow *window = GTK_WINDOW (hr_window_new (application, document));

  if (width > 0 && height > 0)
    gtk_window_set_default_size (window, width, height);
  if (maximized)
    gtk_window_maximize (window);
  else
    gtk_window_unmaximize (window);
  gtk_window_present (window);
}

void
hr_session_restore (GtkApplication *application)
{
  GSettings *settings = hr_settings_get_default ();

  if (settings == NULL || !g_settings_get_boolean (settings, "restore-session"))
    return;

  g_autoptr (GVariant) session = g_settings_get_value (settings, "session");
  gsize n_documents = MIN (g_variant_n_children (session), MAX_DOCUMENTS);

  /* Every window that opens is remembered, but they all belong to it. */
  for (gsize i = 0; i < n_documents; i++)
    {
      const char *uri;
      int width, height;
      gboolean maximized;

      g_variant_get_child (session, i, "(&siib)", &uri, &width, &height, &maximized);
      g_autoptr (GFile) file = g_file_new_for_uri (uri);
      open_again (application, file, width, height, maximized);
    }
  hr_session_remember (application);
}

void
hr_session_remember (GtkApplication *application)
{
  GSettings *settings = hr_settings_get_default ();
  GVariantBuilder session;

  if (settings == NULL || g_object_get_data (G_OBJECT (application), QUITTING) != NULL)
    return;

  g_variant_builder_init (&session, G_VARIANT_TYPE (SESSION_TYPE));
  for (GList *l = g_list_last (gtk_application_get_windows (application)); l != NULL; l = l->prev)
    {
      HrDocument *document = HR_IS_WINDOW (l->data) ? hr_window_get_document (l->data) : NULL;
      GFile *file = document != NULL ? hr_document_get_file (document) : NULL;
      int width, height;

      if (file == NULL)
        continue;

      g_autofree char *uri = g_file_get_uri (file);
      gtk_window_get_default_size (l->data, &width, &height);
      g_variant_builder_add (&session, SESSION_ITEM, uri, width, height, gtk_window_is_maximized (l->data));
    }
  g_settings_set_value (settings, "session", g_variant_builder_end (&session));
}

void
hr_session_set_quitting (GtkApplication *application, gboolean quitting)
{
  g_object_set_data (G_OBJECT (application), QUITTING, GINT_TO_POINTER (quitting));
}

void
hr_session_flush (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (HR_IS_WINDOW (l->data))
      {
        hr_window_commit (l->data);
        hr_document_banner_flush (HR_WINDOW (l->data)->document_banner);
      }
}
