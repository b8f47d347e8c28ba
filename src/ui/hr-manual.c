/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-manual.h"

#include "io/hr-markdown.h"

#include <gio/gio.h>
#include <string.h>

const char *const *
hr_manual_pages (void)
{
  static const char *const pages[]
      = { "first-plan", "compare", "timeline",  "fit-map",       "gpus",  "explain",  "knobs", "numbers",
          "dry-run",    "costs",   "catalogue", "out-of-memory", "files", "keyboard", NULL };

  return pages;
}

char *
hr_manual_read (const char *name)
{
  g_autofree char *path = g_strconcat (HR_MANUAL_BASE, name, ".md", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;

  if (bytes == NULL)
    return NULL;

  const char *text = g_bytes_get_data (bytes, &size);

  return g_strndup (text, size);
}

char *
hr_manual_title (const char *page)
{
  const char *begin = g_str_has_prefix (page, "# ") ? page + strlen ("# ") : page;

  return g_strndup (begin, strcspn (begin, "\n"));
}

gboolean
hr_manual_matches (const char *page, const char *words)
{
  g_autofree char *plain = hr_markdown_to_plain (page);
  g_autofree char *text = g_utf8_casefold (plain, -1);
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);

  for (char **part = parts; *part != NULL; part++)
    if (strstr (text, *part) == NULL)
      return FALSE;

  return TRUE;
}
