/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-model.h"

G_BEGIN_DECLS

/** What an item of the display list stands for; the same for painting, pointing, the keyboard and screen readers. */
typedef struct
{
  int bar;       /* index, or -1: not part of a bar */
  int component; /* HrComponent, or -1: the bar as a whole */
  int limit;     /* index of a limit line, or -1 */
} HrChartId;

#define HR_CHART_ID_NONE ((HrChartId){ -1, -1, -1 })

gboolean hr_chart_id_equal (HrChartId a, HrChartId b);

typedef enum
{
  HR_CHART_TEXT_AXIS,   /* tick labels */
  HR_CHART_TEXT_FIGURE, /* total on a bar: bold */
  HR_CHART_TEXT_NAME,   /* bar name: bold */
  HR_CHART_TEXT_DETAIL, /* under the name: small */
  HR_CHART_TEXT_LIMIT,  /* limit line label: small */
  HR_CHART_TEXT_EMPTY,
  HR_CHART_TEXT_TITLE,  /* exports only */
  HR_CHART_TEXT_LEGEND, /* exports only */
  HR_CHART_N_TEXT_STYLES,
} HrChartTextStyle;

/**
 * HrChartMeasurer:
 * @measure: width and height in pixels of @text in @style, on one line
 *
 * How layout learns text sizes: from Pango for the screen and exports, from fixed figures in tests.
 */
typedef struct
{
  void (*measure) (gpointer user_data, HrChartTextStyle style, const char *text, double *width, double *height);
  gpointer user_data;
} HrChartMeasurer;

/**
 * HrChartGeometry:
 * @width: @height: size of the whole in pixels
 * @plot_start: where the plot begins, from the start edge; 0: as much as the tick labels need. Lets bars stand over
 *   the columns of a table
 * @right_to_left: mirrors everything
 * @with_names: draws names and details under the bars (off where a table below has them)
 * @with_legend: draws title and legend inside (exports)
 * @bars_width: what all columns together take; 0: as much as the plot has. Wider ones are seen in part
 * @offset: how much of that is scrolled away at the start edge
 */
typedef struct
{
  double width;
  double height;
  double plot_start;
  gboolean right_to_left;
  gboolean with_names;
  gboolean with_legend;
  double bars_width;
  double offset;
} HrChartGeometry;

typedef enum
{
  HR_CHART_RECT,
  HR_CHART_LINE,
  HR_CHART_TEXT,
  HR_CHART_TORN_EDGE,
} HrChartShape;

typedef enum
{
  HR_CHART_ROLE_GRID,
  HR_CHART_ROLE_AXIS_TEXT,
  HR_CHART_ROLE_TEXT,
  HR_CHART_ROLE_DIM_TEXT,
  HR_CHART_ROLE_LIMIT,
  HR_CHART_ROLE_REFERENCE,
  HR_CHART_ROLE_RANGE,     /* beside a bar: from the lowest to the highest size expected */
  HR_CHART_ROLE_MEASURED,  /* across a bar: the peak of a run */
  HR_CHART_ROLE_COMPONENT, /* colour and pattern by id.component */
  HR_CHART_ROLE_BACKGROUND,
  HR_CHART_ROLE_SELECTION, /* behind the selected bar */
  HR_CHART_ROLE_CURSOR,    /* ring round what has the keyboard cursor */
  HR_CHART_ROLE_FITS,      /* behind what is said of a run that fits */
  HR_CHART_ROLE_TIGHT,
  HR_CHART_ROLE_OVER,
  HR_CHART_ROLE_FITS_TEXT, /* and what is said */
  HR_CHART_ROLE_TIGHT_TEXT,
  HR_CHART_ROLE_OVER_TEXT,
  HR_CHART_ROLE_POINT, /* one way of several to get a job done */
  HR_CHART_ROLE_FRONT, /* one that no other beats */
  HR_CHART_N_ROLES,
} HrChartRole;

/** One thing to draw: a rectangle x, y, width, height; a line to x + width, y + height; a text in that box. */
typedef struct
{
  HrChartShape shape;
  HrChartRole role;
  HrChartTextStyle style;
  HrChartId id;
  double x, y, width, height;
  char *text; /* (nullable) */
} HrChartItem;

/** A rectangle: left, top, width and height in pixels. */
typedef struct
{
  double x, y, width, height;
} HrChartBox;

typedef struct _HrChartLayout HrChartLayout;

/** Returns: (transfer full): where everything of @model goes. Pure geometry. */
HrChartLayout *hr_chart_layout_new (const HrChartModel *model, const HrChartGeometry *geometry,
                                    const HrChartMeasurer *measurer) G_GNUC_WARN_UNUSED_RESULT;
void hr_chart_layout_free (HrChartLayout *self);

/** Scrolls the columns to @offset; the axis stays. Anything that was asked of the layout is to be asked anew. */
void hr_chart_layout_scroll (HrChartLayout *self, double offset, const HrChartMeasurer *measurer);

/** The bars that are in sight, some of them in part: from @first, up to @end. */
void hr_chart_layout_in_sight (const HrChartLayout *self, guint *first, guint *end);

/** The display list, back to front. */
const HrChartItem *hr_chart_layout_items (const HrChartLayout *self, size_t *n_items);

/** Smallest size at which nothing overlaps, for @n_bars bars. */
void hr_chart_layout_minimum (const HrChartModel *model, const HrChartMeasurer *measurer, double *width,
                              double *height);

/** Width of a column in which its figure fits. */
double hr_chart_layout_minimum_column (const HrChartModel *model, const HrChartMeasurer *measurer);

/** What lies at a point: a segment, a bar, a limit line's label, or %HR_CHART_ID_NONE. */
HrChartId hr_chart_layout_hit (const HrChartLayout *self, double x, double y);

/** The box of a bar or segment; FALSE if it is not drawn. */
gboolean hr_chart_layout_bounds (const HrChartLayout *self, HrChartId id, double *x, double *y, double *width,
                                 double *height);

/** The column of a bar, from the top of the plot to the bottom of the chart: what is marked where a bar is selected.
 * FALSE if there is no such bar. */
gboolean hr_chart_layout_column (const HrChartLayout *self, int bar, HrChartBox *column);

/** Where bars are seen, over the whole height: right or left of the axis. */
HrChartBox hr_chart_layout_plot (const HrChartLayout *self);

typedef enum
{
  HR_CHART_MOVE_LEFT, /* visual directions: mirrored layouts turn them round themselves */
  HR_CHART_MOVE_RIGHT,
  HR_CHART_MOVE_UP,
  HR_CHART_MOVE_DOWN,
  HR_CHART_MOVE_FIRST,
  HR_CHART_MOVE_LAST,
} HrChartMove;

/** Where the keyboard cursor goes from @from; @from itself where it cannot move. From nowhere it goes to the first bar.
 */
HrChartId hr_chart_layout_move (const HrChartLayout *self, HrChartId from, HrChartMove move);

/** Returns: (transfer full) (nullable): the sentence for tooltips and screen readers: "QLoRA r16, Weights: 5.76 GB, 42
 * % of 13.6 GB". */
char *hr_chart_layout_describe (const HrChartLayout *self, HrChartId id);

/** Returns: (transfer full): a part of a whole in percent: "42 %", "< 1 %". */
char *hr_chart_share_text (uint64_t part, uint64_t whole) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrChartLayout, hr_chart_layout_free)

G_END_DECLS
