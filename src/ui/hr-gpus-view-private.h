/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-configuration-chooser.h"
#include "hr-gpus-view.h"
#include "hr-offer-view.h"
#include "hr-scatter-plot.h"
#include "model/hr-offer-list.h"

G_BEGIN_DECLS

/* What the files of the GPUs view share. */

struct _HrGpusView
{
  HrView parent_instance;

  HrSelection *selection; /* (nullable): that of the parent */
  HrOfferList *offers;    /* (nullable): before there is a project */
  GtkFilterListModel *found;
  GtkFilter *search_filter;
  char *query;           /* casefolded */
  GPtrArray *point_rows; /* (element-type HrOfferRow): the row of each point */
  gboolean ranked;       /* anew, since it was refreshed */
  gboolean filling;      /* lists of filters */
  gboolean wants_focus;  /* once there are rows */

  GtkWidget *content;
  HrConfigurationChooser *configuration;
  GtkDropDown *lines;
  GtkDropDown *provider;
  GtkDropDown *prices;
  GtkToggleButton *only_fitting;
  GtkEditable *region;
  GtkDropDown *memory;
  GtkDropDown *age;
  GtkDropDown *order;
  GtkEditable *search;
  GtkStack *stack;
  HrOfferView *table;
  GtkLabel *nothing;
  GtkWidget *workload;
  GtkLabel *workload_label;
  GtkLabel *dates;
  GtkWidget *import;
  GtkLabel *import_label;
  GtkWidget *heading;
  HrScatterPlot *plot;
  GtkWidget *use_button;
};

/* hr-gpus-view-filters.c */

/** Before there is a project. */
void hr_gpus_view_init_filters (HrGpusView *self);

/** Ranks by what the filters say now. */
void hr_gpus_view_apply_filters (HrGpusView *self);

/** The look that keeps the filters, for "look-changed". */
#define HR_LOOK_GPUS_FILTERS "gpus-filters"

/** Chooses what was chosen when the project was looked at last. */
void hr_gpus_view_recall_filters (HrGpusView *self);

void hr_gpus_view_filters_class_init (GtkWidgetClass *widget_class);

G_END_DECLS
