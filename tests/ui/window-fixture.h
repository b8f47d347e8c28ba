/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-fixture.h"

#include "model/hr-selection.h"
#include "ui/hr-window.h"

/* What tests of the window share. */

typedef struct
{
  GtkApplication *application;
  HrWindow *window; /* shows the sample project, not saved */
  HrDocument *document;
  HrProject *project;
  HrSelection *selection;
  char *folder; /* of its own, for files */
} WindowFixture;

void window_fixture_set_up (WindowFixture *self, gconstpointer user_data);
void window_fixture_tear_down (WindowFixture *self, gconstpointer user_data);

/** How many project windows there are. */
guint window_fixture_count (WindowFixture *self);

/** How many configurations the project has. */
guint window_fixture_size (WindowFixture *self);

/** Removes the folder and what is in it, now. */
void window_fixture_remove_folder (WindowFixture *self);

/** Writes a file into the folder. */
GFile *window_fixture_write (WindowFixture *self, const char *name, const char *contents) G_GNUC_WARN_UNUSED_RESULT;

/** Saves the document in the folder. */
GFile *window_fixture_save (WindowFixture *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** Activates an action of the window; fails if it is disabled. */
void window_fixture_activate (WindowFixture *self, const char *name, const char *target);
gboolean window_fixture_is_enabled (WindowFixture *self, const char *name);

/** Returns: (transfer none) (nullable): what asks something over the window. */
GtkWidget *window_fixture_dialog (WindowFixture *self);

/** Waits for a question over the window and gives @response. Returns: (transfer full): what was asked. */
char *window_fixture_answer (WindowFixture *self, const char *response);
