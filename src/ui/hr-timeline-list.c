/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-timeline-list.h"

#include "chart/hr-chart-layout.h"
#include "hr-figure.h"
#include "hr-swatch.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>

#define COMPONENT_DECIMALS 2
#define SPACING 9
#define SHARE_CHARACTERS 5

/* Keeps "42 %" in its order where text runs from right to left. */
#define LEFT_TO_RIGHT_MARK "\u200e"

/* A line of the list: a component, or what they come to. */
typedef struct
{
  GtkWidget *row;
  HrFigure *name;
  HrFigure *size;
  HrFigure *share;
} Line;

struct _HrTimelineList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  HrFigure *phase;
  HrFigure *layer;
  Line lines[HR_N_COMPONENTS];
  Line total;
  Line room;
  int selected;
  uint64_t bytes[HR_N_COMPONENTS]; /* at the moment that is shown */
};

G_DEFINE_FINAL_TYPE (HrTimelineList, hr_timeline_list, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static HrFigure *
add_figure (GtkWidget *box, double xalign, PangoEllipsizeMode ellipsize, int width_chars)
{
  GtkWidget *figure = g_object_new (HR_TYPE_FIGURE, "xalign", xalign, "ellipsize", ellipsize, "width-chars",
                                    width_chars, "hexpand", ellipsize != PANGO_ELLIPSIZE_NONE, NULL);

  gtk_box_append (GTK_BOX (box), figure);

  return HR_FIGURE (figure);
}

static gboolean
query_bytes_cb (HrTimelineList *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip, GtkWidget *row)
{
  char count[HR_TEXT_SIZE];
  int component = 0;

  while (self->lines[component].row != row)
    component++;
  hr_format_count (self->bytes[component], count);

  g_autofree char *exact = g_strdup_printf (ngettext ("%s byte", "%s bytes", self->bytes[component]), count);
  gtk_tooltip_set_text (tooltip, exact);
  return TRUE;
}

/* @component: -1: none, the line cannot be chosen. @sizes, @shares: keep columns where bold text is wider. */
static Line
add_line (GtkWidget *list, int component, GtkSizeGroup *sizes, GtkSizeGroup *shares)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  Line line = { .row = gtk_list_box_row_new () };

  if (component >= 0)
    gtk_box_append (GTK_BOX (content), hr_swatch_new ((HrComponent) component));
  line.name = add_figure (content, 0, PANGO_ELLIPSIZE_END, -1);
  line.size = add_figure (content, 1, PANGO_ELLIPSIZE_NONE, -1);
  line.share = add_figure (content, 1, PANGO_ELLIPSIZE_NONE, SHARE_CHARACTERS);
  gtk_size_group_add_widget (sizes, GTK_WIDGET (line.size));
  gtk_size_group_add_widget (shares, GTK_WIDGET (line.share));
  /* Figures stand in columns, unit under unit, in right-to-left layouts too. */
  gtk_widget_set_direction (GTK_WIDGET (line.size), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (line.share), GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (GTK_WIDGET (line.size), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (line.share), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (line.share), "dim-label");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line.row), content);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line.row), component >= 0);
  gtk_list_box_append (GTK_LIST_BOX (list), line.row);

  return line;
}

static void
set_line (const Line *line, const char *name, const char *size, const char *spoken_size, const char *share)
{
  g_autofree char *spoken
      = share[0] != '\0' ? g_strjoin (", ", name, spoken_size, share, NULL) : g_strjoin (", ", name, spoken_size, NULL);

  g_autofree char *marked = g_strconcat (LEFT_TO_RIGHT_MARK, share, NULL);

  hr_figure_set_text (line->name, name);
  hr_figure_set_text (line->size, size);
  hr_figure_set_text (line->share, marked);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
set_size (const Line *line, const char *name, uint64_t bytes, HrUnits units, const char *share)
{
  g_autofree char *size = hr_size_text (bytes, units, COMPONENT_DECIMALS, HR_WRITTEN);
  g_autofree char *spoken = hr_size_text (bytes, units, COMPONENT_DECIMALS, HR_SPOKEN);

  set_line (line, name, size, spoken, share);
}

/* Phases are called in small letters, as parts of sentences; here one is a heading. */
static char *
capitalized (const char *text)
{
  char first[7] = { 0 };

  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), first);

  return g_strconcat (first, *text != '\0' ? g_utf8_next_char (text) : "", NULL);
}

static void
activated_cb (HrTimelineList *self, GtkListBoxRow *row)
{
  int component = 0;

  while (self->lines[component].row != GTK_WIDGET (row))
    component++;
  g_signal_emit (self, signals[PICKED], 0, component == self->selected ? -1 : component);
}

static void
show_component (HrTimelineList *self, const HrTimelineChart *chart, guint moment, guint component)
{
  const Line *line = &self->lines[component];
  const char *name = hr_component_label ((HrComponent) component);
  uint64_t bytes = hr_timeline_chart_moment (chart, moment)->components_bytes[component];

  self->bytes[component] = bytes;
  if (chart->hidden & 1u << component)
    {
      set_line (line, name, _ ("hidden"), _ ("hidden"), "");
      return;
    }

  g_autofree char *share = hr_chart_share_text (bytes, hr_timeline_chart_total (chart, moment));
  set_size (line, name, bytes, chart->units, share);
}

static void
show_room (HrTimelineList *self, const HrTimelineChart *chart, guint moment)
{
  uint64_t total = hr_timeline_chart_total (chart, moment), limit = chart->limit_bytes;
  gboolean is_over = total > limit;

  gtk_widget_set_visible (self->room.row, limit > 0);
  if (limit == 0)
    return;

  /* Translators: %s is a GPU and what it holds: T4 · 16.1 GB */
  g_autofree char *name = g_strdup_printf (is_over ? _ ("Over %s") : _ ("Free on %s"), chart->limit_label);
  set_size (&self->room, name, is_over ? total - limit : limit - total, chart->units, "");
  if (is_over)
    gtk_widget_add_css_class (GTK_WIDGET (self->room.size), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->room.size), "error");
}

static void
hr_timeline_list_dispose (GObject *object)
{
  g_clear_pointer (&HR_TIMELINE_LIST (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (hr_timeline_list_parent_class)->dispose (object);
}

static void
hr_timeline_list_class_init (HrTimelineListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_timeline_list_dispose;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timelinelist");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_note (GtkWidget *box)
{
  GtkWidget *note = gtk_label_new (_ ("Tensors in use and the context. What the allocator holds unused comes on top."));

  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (box), note);
}

static void
hr_timeline_list_init (HrTimelineList *self)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GtkSizeGroup) sizes = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) shares = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  self->selected = -1;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->phase = add_figure (self->box, 0, PANGO_ELLIPSIZE_NONE, -1);
  g_object_set (self->phase, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->phase), "heading");
  self->layer = add_figure (self->box, 0, PANGO_ELLIPSIZE_END, -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->layer), "dim-label");

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Memory at this moment"),
                                  -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    {
      self->lines[i] = add_line (list, i, sizes, shares);
      gtk_widget_set_has_tooltip (self->lines[i].row, TRUE);
      g_signal_connect_object (self->lines[i].row, "query-tooltip", G_CALLBACK (query_bytes_cb), self,
                               G_CONNECT_SWAPPED);
    }
  self->total = add_line (list, -1, sizes, shares);
  gtk_widget_add_css_class (self->total.row, "total");
  self->room = add_line (list, -1, sizes, shares);
  gtk_box_append (GTK_BOX (self->box), list);
  add_note (self->box);
}

GtkWidget *
hr_timeline_list_new (void)
{
  return g_object_new (HR_TYPE_TIMELINE_LIST, NULL);
}

void
hr_timeline_list_show_moment (HrTimelineList *self, const HrTimelineChart *chart, int moment)
{
  g_return_if_fail (HR_IS_TIMELINE_LIST (self));

  gtk_widget_set_visible (self->box, moment >= 0);
  if (moment < 0)
    return;

  guint32 components = hr_timeline_chart_components (chart);
  g_autofree char *text = hr_timeline_chart_phase_text (chart, (guint) moment);
  g_autofree char *phase = capitalized (text);
  g_autofree char *layer = hr_timeline_chart_layer_text (chart, (guint) moment);
  const char *operator_text = hr_timeline_chart_operator_text (chart, (guint) moment);
  g_autofree char *place = layer != NULL && operator_text != NULL ? g_strjoin (" · ", layer, operator_text, NULL)
                                                                  : g_strdup (layer != NULL ? layer : operator_text);

  hr_figure_set_text (self->phase, phase);
  hr_figure_set_text (self->layer, place);
  for (guint i = 0; i < HR_N_COMPONENTS; i++)
    {
      gtk_widget_set_visible (self->lines[i].row, (components & 1u << i) != 0);
      if (components & 1u << i)
        show_component (self, chart, (guint) moment, i);
    }
  set_size (&self->total, _ ("Total"), hr_timeline_chart_total (chart, (guint) moment), chart->units, "");
  show_room (self, chart, (guint) moment);
}

void
hr_timeline_list_set_selected (HrTimelineList *self, int component)
{
  g_return_if_fail (HR_IS_TIMELINE_LIST (self));

  self->selected = component;
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    {
      GtkWidget *row = self->lines[i].row;

      if (i == component)
        gtk_widget_set_state_flags (row, GTK_STATE_FLAG_SELECTED, FALSE);
      else
        gtk_widget_unset_state_flags (row, GTK_STATE_FLAG_SELECTED);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, i == component, -1);
    }
}
