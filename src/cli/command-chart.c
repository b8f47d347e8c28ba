/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-fit-map-choice.h"
#include "hr-output.h"
#include "hr-reports.h"
#include "hr-timeline-choice.h"

#include "chart/hr-chart-export.h"
#include "chart/hr-fit-map-export.h"
#include "chart/hr-scatter-export.h"
#include "chart/hr-timeline-export.h"
#include "model/hr-comparison.h"
#include "model/hr-offer-chart.h"
#include "model/hr-offer-list.h"

#include <glib/gi18n.h>

/* PNG pixels for one CSS pixel: sharp on a dense screen and in a document. */
#define PNG_SCALE 2

typedef enum
{
  VIEW_COMPARE,
  VIEW_TIMELINE,
  VIEW_FIT_MAP,
  VIEW_GPUS,
} View;

HR_DEFINE_ENUM (VIEWS, "compare", "timeline", "fit-map", "gpus");

typedef struct
{
  View view;
  HrConfiguration *only; /* (nullable): NULL: all */
  gboolean cut;          /* bars far above the GPU's limit */
  const HrFitMapChoice *fit_map;
  const HrTimelineChoice *timeline;
  HrChartFormat format;
} Picture;

static GBytes *
draw_comparison (HrProject *project, const Picture *picture, GError **error)
{
  g_autoptr (HrChartModel) chart = hr_comparison_chart (project, 0, picture->cut);

  return hr_chart_export (chart, picture->format, 0, 0, PNG_SCALE, error);
}

/* Returns: (transfer container): what is drawn: one configuration, or all in their order. */
static GPtrArray *
chosen (HrProject *project, const Picture *picture)
{
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));
  GPtrArray *configurations = g_ptr_array_new ();

  if (picture->only != NULL)
    g_ptr_array_add (configurations, picture->only);
  for (guint i = 0; picture->only == NULL && i < n_configurations; i++)
    g_ptr_array_add (configurations, hr_project_get_configuration (project, i));

  return configurations;
}

static GBytes *
draw_timelines (HrProject *project, const Picture *picture, GError **error)
{
  g_autoptr (GPtrArray) configurations = chosen (project, picture);
  g_autoptr (GPtrArray) charts = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_timeline_chart_unref);

  for (guint i = 0; i < configurations->len; i++)
    g_ptr_array_add (charts, hr_timeline_choice_make (picture->timeline, project, configurations->pdata[i]));
  if (charts->len == 0)
    g_ptr_array_add (charts, hr_timeline_choice_make (picture->timeline, project, NULL));

  return hr_timeline_export (hr_project_get_data (project)->name, (HrTimelineChart *const *) charts->pdata, charts->len,
                             picture->format, 0, 0, PNG_SCALE, error);
}

static GBytes *
draw_fit_maps (HrProject *project, const Picture *picture, GError **error)
{
  g_autoptr (GPtrArray) configurations = chosen (project, picture);
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_fit_map_unref);

  for (guint i = 0; i < configurations->len; i++)
    g_ptr_array_add (maps, hr_fit_map_choice_make (picture->fit_map, project, configurations->pdata[i]));
  if (maps->len == 0)
    g_ptr_array_add (maps, hr_fit_map_choice_make (picture->fit_map, project, NULL));

  return hr_fit_map_export (hr_project_get_data (project)->name, (HrFitMap *const *) maps->pdata, maps->len,
                            picture->format, 0, 0, PNG_SCALE, error);
}

static GBytes *
draw_gpus (HrProject *project, const Picture *picture, GError **error)
{
  g_autoptr (GPtrArray) configurations = chosen (project, picture);
  g_autoptr (GPtrArray) charts = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_scatter_chart_unref);
  g_autoptr (HrOfferList) offers = hr_offer_list_new (project);

  for (guint i = 0; i < configurations->len; i++)
    {
      g_object_set (offers, "configuration", configurations->pdata[i], NULL);
      g_ptr_array_add (charts, hr_offer_chart (configurations->pdata[i], G_LIST_MODEL (offers), NULL));
    }
  if (charts->len == 0)
    g_ptr_array_add (charts, hr_offer_chart (NULL, NULL, NULL));

  return hr_scatter_export (hr_project_get_data (project)->name, (HrScatterChart *const *) charts->pdata, charts->len,
                            picture->format, 0, 0, PNG_SCALE, error);
}

static GBytes *
draw (HrProject *project, const Picture *picture, GError **error)
{
  switch (picture->view)
    {
    case VIEW_TIMELINE:
      return draw_timelines (project, picture, error);
    case VIEW_FIT_MAP:
      return draw_fit_maps (project, picture, error);
    case VIEW_GPUS:
      return draw_gpus (project, picture, error);
    case VIEW_COMPARE:
    default:
      return draw_comparison (project, picture, error);
    }
}

/* Whether what is asked for can be drawn of the configurations in the picture. */
static gboolean
choices_apply (const HrCommand *self, HrProject *project, const Picture *picture, HrExit *code)
{
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));

  for (guint i = 0; i < n_configurations; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);

      if (picture->only != NULL && picture->only != configuration)
        continue;
      if (picture->view == VIEW_FIT_MAP && !hr_fit_map_choice_applies (picture->fit_map, self, configuration, code))
        return FALSE;
      if (picture->view == VIEW_TIMELINE
          && !hr_timeline_choice_applies (picture->timeline, self, project, configuration, code))
        return FALSE;
    }

  return TRUE;
}

static HrExit
save (const HrCommand *self, const char *path, const char *name, Picture *picture, const char *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrProject) project = hr_reports_load_project (path, &error);
  g_autoptr (GBytes) bytes = NULL;
  guint position = 0;
  HrExit code;

  if (project == NULL)
    return hr_output_fail (error);
  if (name != NULL && !hr_choice_find (self, hr_project_get_data (project), name, &position, &code))
    return code;
  picture->only = name != NULL ? hr_project_get_configuration (project, position) : NULL;
  if (!choices_apply (self, project, picture, &code))
    return code;

  bytes = draw (project, picture, &error);
  if (bytes == NULL)
    return hr_output_fail (error);

  return hr_output_save (output, bytes);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *view = NULL, *name = NULL, *axes = NULL, *output = NULL, *path = NULL;
  g_autofree char *phase = NULL, *layers = NULL;
  HrFitMapChoice fit_map = { 0 };
  HrTimelineChoice timeline = { 0 };
  gboolean cut = FALSE;
  const GOptionEntry entries[] = {
    { "view", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &view,
      N_ ("What to draw: compare (default), timeline, fit-map or gpus"), N_ ("VIEW") },
    { "configuration", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &name,
      N_ ("Id or name of the configuration whose timeline, fit map or GPUs are drawn; all if left out"), N_ ("NAME") },
    { "cut", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &cut,
      N_ ("Cut the bars of a comparison that are far above the GPU's limit"), NULL },
    { "axes", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &axes,
      N_ ("What a fit map varies: two of micro-batch, sequence, rank, gpus, context, concurrent"),
      N_ ("COLUMNS,ROWS") },
    { "linear", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &fit_map.linear,
      N_ ("Equal distances on its axes, not ratios"), NULL },
    { "detail", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &fit_map.fine,
      N_ ("A map of small cells, not a table of figures"), NULL },
    { "zoom", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &fit_map.zoom, N_ ("Axes that end a little beyond what fits"),
      NULL },
    { "phase", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &phase,
      N_ ("Of a timeline, one phase: forward, or forward:2 for that of step 2"), N_ ("PHASE") },
    { "layers", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &layers,
      N_ ("Of that phase some layers, from 1, with their operators"), N_ ("FIRST-LAST") },
    { "output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write; its ending chooses PNG, SVG or PDF"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;

  int chosen = view != NULL ? hr_enum_value (&VIEWS, view) : VIEW_COMPARE;
  Picture picture = { .cut = cut, .view = (View) chosen, .fit_map = &fit_map, .timeline = &timeline };

  if (chosen < 0)
    return hr_command_misused (self, _ ("no view is called “%s”, allowed are compare, timeline, fit-map and gpus"),
                               view);
  if (name != NULL && chosen == VIEW_COMPARE)
    return hr_command_misused (self, _ ("-c NAME is for --view timeline, fit-map and gpus"));
  if (cut && chosen != VIEW_COMPARE)
    return hr_command_misused (self, _ ("--cut is for --view compare"));
  if ((axes != NULL || fit_map.linear || fit_map.fine || fit_map.zoom) && chosen != VIEW_FIT_MAP)
    return hr_command_misused (self, _ ("--axes, --linear, --detail and --zoom are for --view fit-map"));
  if (axes != NULL && !hr_fit_map_choice_parse (&fit_map, self, axes, &code))
    return code;
  if ((phase != NULL || layers != NULL) && chosen != VIEW_TIMELINE)
    return hr_command_misused (self, _ ("--phase and --layers are for --view timeline"));
  timeline.phase = phase;
  if (layers != NULL && !hr_timeline_choice_parse (&timeline, self, layers, &code))
    return code;
  if (output == NULL)
    return hr_command_misused (self, _ ("-o FILE is missing"));
  if (!hr_chart_format_from_name (output, &picture.format))
    return hr_command_misused (self, _ ("a chart's file name ends in .png, .svg or .pdf"));

  return save (self, path, name, &picture, output);
}

const HrCommand hr_command_chart = {
  .name = "chart",
  .operand = "PROJECT",
  .summary = N_ ("Draw a project as PNG, SVG or PDF"),
  .description = N_ ("Draws one of the window's views: compare, one bar for each configuration with the GPU's limit "
                     "across; timeline, the memory over two training steps or over an answer; fit-map, which "
                     "batches and lengths fit; or gpus, price over time of the offers that fit; the last three one "
                     "chart for each configuration."),
  .run = run,
};
