/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-compare-cell.h"

#include "hr-figure.h"
#include "hr-verdict-chip.h"

#define MAX_LINES 3
#define NO_BREAK_SPACE "\u00a0"

static gboolean
query_tooltip (GtkWidget *cell, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (hr_figure_get_layout (HR_FIGURE (cell))))
    return FALSE;

  gtk_tooltip_set_text (tooltip, hr_figure_get_text (HR_FIGURE (cell)));
  return TRUE;
}

GtkWidget *
hr_compare_cell_new (HrRowKind kind)
{
  if (kind == HR_ROW_VERDICT)
    return g_object_new (HR_TYPE_VERDICT_CHIP, "accessible-role", GTK_ACCESSIBLE_ROLE_CELL, NULL);

  GtkWidget *cell
      = g_object_new (HR_TYPE_FIGURE, "accessible-role", GTK_ACCESSIBLE_ROLE_CELL, "css-name", "cell", "xalign", 1.0,
                      "ellipsize", PANGO_ELLIPSIZE_END, "lines", MAX_LINES, "has-tooltip", TRUE, NULL);

  gtk_widget_add_css_class (cell, "numeric");
  if (kind == HR_ROW_DIFFERENCE) /* settings may be long, figures are not */
    g_object_set (cell, "wrap", TRUE, NULL);
  gtk_widget_set_direction (cell, GTK_TEXT_DIR_LTR); /* lines end on the right */
  g_signal_connect (cell, "query-tooltip", G_CALLBACK (query_tooltip), NULL);
  return cell;
}

/* In a narrow column the percentage goes below the size; no figure leaves its unit. */
static char *
create_markup (const char *text, const char *change)
{
  g_auto (GStrv) figures = g_strsplit (change, ", ", -1);

  for (guint i = 0; figures[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (figures[i], " ", -1);

      g_free (figures[i]);
      figures[i] = g_strjoinv (NO_BREAK_SPACE, words);
    }
  g_autofree char *joined = g_strjoinv (", ", figures);

  return g_markup_printf_escaped ("%s\n<span size='small' weight='normal'>%s</span>", text, joined);
}

/* Figure and change, one below the other; a screen reader says what the change is compared to. */
static void
show_text (GtkWidget *cell, const HrTableRow *row, guint column)
{
  const HrTableChange *change = hr_table_row_get_change (row, column);
  const char *text = row->cells[column];

  if (row->kind != HR_ROW_DIFFERENCE)
    g_object_set (cell, "wrap", change != NULL, NULL);
  if (change == NULL)
    {
      hr_figure_set_text (HR_FIGURE (cell), text);
      return;
    }

  g_autofree char *markup = create_markup (text, change->text);
  g_autofree char *words = g_strdup_printf ("%s, %s", text, change->words);

  hr_figure_set_markup (HR_FIGURE (cell), markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
hr_compare_cell_show (GtkWidget *cell, const HrTableRow *row, guint column, const HrVerdict *verdicts)
{
  g_return_if_fail (column < row->n_cells);

  if (!HR_IS_VERDICT_CHIP (cell))
    show_text (cell, row, column);
  else if (verdicts != NULL)
    hr_verdict_chip_set (HR_VERDICT_CHIP (cell), verdicts[column], row->cells[column]);
}

const char *
hr_compare_cell_get_text (GtkWidget *cell)
{
  return HR_IS_VERDICT_CHIP (cell) ? hr_verdict_chip_get_text (HR_VERDICT_CHIP (cell))
                                   : hr_figure_get_text (HR_FIGURE (cell));
}
