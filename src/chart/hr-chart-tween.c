/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-tween.h"

#include "hr-chart-layout-private.h"

struct _HrChartTween
{
  GArray *segments; /* (element-type HrChartItem): without texts */
};

static gboolean
is_segment (const HrChartItem *item)
{
  return item->shape == HR_CHART_RECT && item->role == HR_CHART_ROLE_COMPONENT && item->id.bar >= 0;
}

/* Returns: (nullable): where the segment was */
static const HrChartItem *
find (const HrChartTween *self, HrChartId id)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const HrChartItem *item = &g_array_index (self->segments, HrChartItem, i);

      if (hr_chart_id_equal (item->id, id))
        return item;
    }

  return NULL;
}

static void
move (const HrChartTween *self, double part, HrChartItem *item)
{
  const HrChartItem *before = is_segment (item) ? find (self, item->id) : NULL;

  if (before == NULL)
    return;

  item->y = before->y + (item->y - before->y) * part;
  item->height = before->height + (item->height - before->height) * part;
}

HrChartTween *
hr_chart_tween_new (const HrChartLayout *layout, const HrChartTween *before, double part)
{
  HrChartTween *self = g_new0 (HrChartTween, 1);

  self->segments = g_array_new (FALSE, FALSE, sizeof (HrChartItem));
  for (guint i = 0; i < layout->items->len; i++)
    {
      HrChartItem item = g_array_index (layout->items, HrChartItem, i);

      if (!is_segment (&item))
        continue;
      item.text = NULL;
      if (before != NULL)
        move (before, part, &item);
      g_array_append_val (self->segments, item);
    }

  return self;
}

void
hr_chart_tween_free (HrChartTween *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->segments);
  g_free (self);
}

void
hr_chart_tween_paint (const HrChartTween *self, double part, HrChartLayout *layout, cairo_t *cr, PangoContext *context,
                      HrChartPalette palette, const HrChartMarks *marks)
{
  GArray *now = layout->items;
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (HrChartItem));

  g_array_append_vals (moved, now->data, now->len);
  for (guint i = 0; i < moved->len; i++)
    move (self, part, &g_array_index (moved, HrChartItem, i));
  layout->items = moved;
  hr_chart_paint (layout, cr, context, palette, marks);
  layout->items = now;
}
