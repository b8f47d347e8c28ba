/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-compare-view.h"
#include "hr-document-banner.h"
#include "hr-export.h"
#include "hr-inspector.h"
#include "hr-split.h"
#include "hr-window.h"
#include "io/hr-model-import.h"

G_BEGIN_DECLS

struct _HrWindow
{
  AdwApplicationWindow parent_instance;

  HrDocument *document;
  HrSelection *selection;
  GSignalGroup *document_signals;
  GSignalGroup *project_signals;
  AdwToast *undo_toast; /* (nullable): offers to undo the latest change, while it is the latest */
  guint sidebar_source;
  guint switcher_source;
  guint focus_source;
  guint begin_source; /* until the keyboard is in the view of a new document */
  guint state_source;
  GCancellable *importing; /* (nullable): the files that are being read */
  guint n_importing;
  guint reading_source;
  const char *reading;     /* what is being done, in words */
  AdwToast *reading_toast; /* (nullable) */
  gboolean asking;         /* a dialog decides whether the window may close */

  /* of the template */
  HrDocumentBanner *document_banner;
  AdwToastOverlay *toasts;
  GtkWidget *header;
  GtkStack *pages;
  AdwBin *empty_page; /* empty while there are configurations */
  HrSplit *split;
  AdwViewStack *views;
  HrCompareView *compare_view;
  AdwSqueezer *title_squeezer;
  GtkWidget *wide_title; /* with the switcher */
  GtkWidget *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *undo_squeezer;
  GtkWidget *export_squeezer;
  GtkMenuButton *add_button;
  GtkMenuButton *small_add_button;
  GtkMenuButton *export_button;
  GtkMenuButton *primary_button;
  GMenuModel *add_menu;
  GMenuModel *primary_menu;
  GMenu *recent_menu;
  GMenu *templates_menu;
  GMenu *squeezed_menu;
  GMenuModel *undo_menu;
  GMenuModel *export_menu;
};

/** Shows @message for a moment; plain text. Returns: (transfer none): the toast, to add a button. */
AdwToast *hr_window_toast (HrWindow *self, const char *message);

/** As hr_window_toast(), of a change that was just made, with a button to undo it. */
AdwToast *hr_window_toast_undo (HrWindow *self, const char *message);

/** Says over the window what went wrong. */
void hr_window_tell_failure (HrWindow *self, const char *heading, const char *message);

/** The configuration that actions are about. */
HrConfiguration *hr_window_get_configuration (HrWindow *self);

/** Ends what is being typed, so that the document has it. */
void hr_window_commit (HrWindow *self);

/* hr-window-views.c */

/** Makes the visible view where it is first looked at, not for the first frame. Returns: (transfer none): the view. */
GtkWidget *hr_window_fill_view (HrWindow *self);

/** What the visible view exports. */
HrExportView hr_window_get_export_view (HrWindow *self);

/* hr-window-state.c */

/** Remembers what is shown of each project, whenever it changes. */
void hr_window_keep_state (HrWindow *self);

/** Shows what was remembered of the document. */
void hr_window_restore_state (HrWindow *self);

/** Writes at once what is to be remembered: the window or its document goes. */
void hr_window_flush_state (HrWindow *self);

/** @view has come into sight. @takes_focus: and gets the focus, where it was in it last */
void hr_window_enter_view (HrWindow *self, GtkWidget *view, gboolean takes_focus);

/* hr-window-focus.c */

/* Once the window is on the screen: the keyboard is in the view, where nothing else was chosen. */
void hr_window_begin_in_view (HrWindow *self);
void hr_window_install_focus_actions (GtkWidgetClass *widget_class);

/* hr-window-summary.c */
void hr_window_install_summary_actions (GtkWidgetClass *widget_class);

/* hr-window-edit.c */
void hr_window_install_edit_actions (GtkWidgetClass *widget_class);

/* hr-window-file.c */
void hr_window_install_file_actions (GtkWidgetClass *widget_class);
gboolean hr_window_close_request (GtkWindow *window);

/** Looks at the document's file whenever the window is turned to, and remembers what is open. */
void hr_window_guard_file (HrWindow *self);

/* hr-window-import.c */
void hr_window_install_import_actions (GtkWidgetClass *widget_class);

/** Takes a project, a measurement, a model or an adapter from @file, or says why not; a model reads in a thread. */
void hr_window_import_file (HrWindow *self, GFile *file);

/**
 * Begins to tell of @message (static) with a spinner and a way to cancel, if it takes long.
 *
 * Returns: (transfer none): what is cancelled.
 */
GCancellable *hr_window_begin_reading (HrWindow *self, const char *message);

/** What was begun has ended; not to be called in a window that is closed. */
void hr_window_end_reading (HrWindow *self);

/** Puts @model (transfer full), of @file (nullable: of a text), into the project; asks where its type is a guess. */
void hr_window_take_model (HrWindow *self, GFile *file, HrModelImport *model);

/** Ends what is being imported, when the window goes. */
void hr_window_drop_imports (HrWindow *self);

/* hr-window-imported.c */

/** Puts what was read from @file (nullable: from a text) into the selected configuration, or into a new one, and tells
 * of it. */
void hr_window_apply_model (HrWindow *self, GFile *file, HrModelImport *model); /* (transfer full): model */

/** As hr_window_apply_model(), of a training program's file, which is read now. */
void hr_window_apply_training (HrWindow *self, GFile *file);

/** Says over the window why a file was not imported. */
void hr_window_tell_not_imported (HrWindow *self, const GError *error);

/* hr-window-measured.c */
void hr_window_install_measured_actions (GtkWidgetClass *widget_class);

/** What the results of dry runs end in. */
#define HR_MEASUREMENT_SUFFIX ".json"

/** Adds what @file has of a dry run to @configuration (nullable: the one that was run), or says why not. */
void hr_window_add_measurement (HrWindow *self, GFile *file, HrConfiguration *configuration);

/* hr-window-offers.c */
void hr_window_install_offer_actions (GtkWidgetClass *widget_class);

/** What tables of offers end in. */
#define HR_OFFERS_SUFFIX ".csv"

/** Adds the offers of a file or folder to the user's catalogue and tells what became of it, or why not; reads in a
 * thread. */
void hr_window_import_offers (HrWindow *self, GFile *file);

/** Offers SkyPilot's own catalogues where it has some on this computer. */
void hr_window_find_sky (HrWindow *self);

/* hr-window-catalog.c */
void hr_window_install_catalog_actions (GtkWidgetClass *widget_class);

/** Lets the project follow the user's catalogue. */
void hr_window_follow_catalog (HrWindow *self);

/* hr-window-clipboard.c */
void hr_window_install_clipboard_actions (GtkWidgetClass *widget_class);

/* hr-window-templates.c */
void hr_window_install_template_actions (GtkWidgetClass *widget_class);

/** Puts the user's templates into the menu that adds configurations. */
void hr_window_fill_templates (HrWindow *self);

/* hr-window-print.c */
void hr_window_install_print_actions (GtkWidgetClass *widget_class);

/* hr-window-drop.c */
void hr_window_accept_drops (HrWindow *self);

G_END_DECLS
