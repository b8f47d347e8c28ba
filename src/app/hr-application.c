/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-application.h"

#include "ui/hr-window.h"

struct _HrApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (HrApplication, hr_application, ADW_TYPE_APPLICATION)

static void
hr_application_activate (GApplication *application)
{
  g_autoptr (HrDocument) document = hr_document_new_sample (NULL);

  gtk_window_present (GTK_WINDOW (hr_window_new (GTK_APPLICATION (application), document)));
}

static void
hr_application_class_init (HrApplicationClass *klass)
{
  G_APPLICATION_CLASS (klass)->activate = hr_application_activate;
}

static void
hr_application_init (HrApplication *self)
{
}

GApplication *
hr_application_new (void)
{
  return g_object_new (HR_TYPE_APPLICATION, "application-id", HR_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/headroom/Headroom", NULL);
}
