/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-toolbar.h"

/* A line of buttons, with what shows that there is more. */
#define LEAST_HEIGHT 56

struct _HrToolbar
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (HrToolbar, hr_toolbar, ADW_TYPE_BIN)

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A scrolled window does not ask its child how high it is on a width. */
static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *scroller = adw_bin_get_child (ADW_BIN (widget));
  GtkWidget *viewport = scroller != NULL ? gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  GtkWidget *content = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;

  *minimum = *natural = 0;
  if (content == NULL)
    return;
  gtk_widget_measure (content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MIN (*natural, LEAST_HEIGHT);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *scroller = adw_bin_get_child (ADW_BIN (widget));

  if (scroller != NULL)
    gtk_widget_allocate (scroller, width, height, -1, NULL);
}

static void
hr_toolbar_class_init (HrToolbarClass *klass)
{
}

static void
hr_toolbar_init (HrToolbar *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), gtk_custom_layout_new (get_request_mode, measure, allocate));
}
