/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-accessible-name.h"
#include "hr-explain-view.h"
#include "hr-fit-map-view.h"
#include "hr-gpus-view.h"
#include "hr-timeline-view.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name; /* of the page in hr-window.ui, and target of win.view */
  HrExportView export_view;
  GtkWidget *(*create) (void);
} views[] = {
  { "timeline", HR_EXPORT_TIMELINE, hr_timeline_view_new },
  { "fit-map", HR_EXPORT_FIT_MAP, hr_fit_map_view_new },
  { "gpus", HR_EXPORT_GPUS, hr_gpus_view_new },
  { "explain", HR_EXPORT_COMPARE, hr_explain_view_new },
};

static void
adopted_cb (HrWindow *self, const char *values)
{
  /* Translators: %s is what a configuration has now: "Micro-batch 4 · Sequence length 2,048" */
  g_autofree char *message = g_strdup_printf (_ ("Changed to %s"), values);

  hr_window_toast_undo (self, message);
}

static GtkWidget *
create_view (HrWindow *self, guint index)
{
  GtkWidget *view = views[index].create ();

  hr_view_set_selection (HR_VIEW (view), self->selection);
  g_signal_connect_object (view, "adopted", G_CALLBACK (adopted_cb), self, G_CONNECT_SWAPPED);

  return view;
}

GtkWidget *
hr_window_fill_view (HrWindow *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->views);
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (views[i].name, name))
      {
        if (adw_bin_get_child (ADW_BIN (page)) == NULL)
          {
            adw_bin_set_child (ADW_BIN (page), create_view (self, i));
            hr_accessible_mend (page);
          }
        return adw_bin_get_child (ADW_BIN (page));
      }

  return page;
}

HrExportView
hr_window_get_export_view (HrWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (views[i].name, name) == 0)
      return views[i].export_view;

  return HR_EXPORT_COMPARE;
}
