/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-model-dialog.h"

#include "catalog/hr-match-score.h"
#include "hr-accessible-name.h"
#include "hr-compat.h"
#include "hr-import-patterns.h"
#include "hr-list-search.h"
#include "hr-model-details.h"
#include "hr-model-row.h"
#include "hr-own-catalog-dialog.h"
#include "hr-recent-models.h"
#include "hr-whole-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rank of the first model of the n-th group that is shown. */
#define RANKS_PER_GROUP 10000

struct _HrModelDialog
{
  AdwWindow parent_instance;

  GtkWidget *choose_button;
  GtkWidget *search_entry;
  GtkWidget *error_revealer;
  GtkWidget *error_label;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *details_window;
  HrModelDetails *details;

  HrConfiguration *configuration;
  GPtrArray *recent;  /* (element-type HrModelRow): what was chosen lately, the latest first */
  GPtrArray *rows;    /* (element-type HrModelRow): in the order of the catalogue */
  HrMembers *members; /* (nullable): what is edited besides */
};

G_DEFINE_FINAL_TYPE (HrModelDialog, hr_model_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  PROP_CONFIGURATION = 1,
  N_PROPS
} HrModelDialogProperty;

static GParamSpec *properties[N_PROPS];

static void
show_error (HrModelDialog *self, const char *message)
{
  if (message != NULL)
    gtk_label_set_label (GTK_LABEL (self->error_label), message);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->error_revealer), message != NULL);
}

static void
show_details (HrModelDialog *self, HrModelRow *row)
{
  gtk_widget_set_visible (self->details_window, row != NULL);
  gtk_widget_set_sensitive (self->choose_button, row != NULL);
  if (row == NULL)
    return;
  if (hr_model_row_get_model (row) != NULL)
    hr_model_details_show_model (self->details, hr_model_row_get_model (row));
  else
    hr_model_details_show_file (self->details, hr_model_row_get_file (row));
}

static void
row_selected_cb (HrModelDialog *self, GtkListBoxRow *row)
{
  show_details (self, row != NULL ? HR_MODEL_ROW (row) : NULL);

  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row,
                                    -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  guint rank_a = hr_model_row_get_rank (HR_MODEL_ROW (a));
  guint rank_b = hr_model_row_get_rank (HR_MODEL_ROW (b));

  return rank_a < rank_b ? -1 : rank_a > rank_b;
}

static gboolean
shows_row (GtkListBoxRow *row, gpointer user_data)
{
  return hr_model_row_get_rank (HR_MODEL_ROW (row)) != HR_MODEL_ROW_HIDDEN;
}

/* The name of a group stands over its first model. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *group = hr_model_row_get_group (HR_MODEL_ROW (row));

  if (before != NULL && strcmp (group, hr_model_row_get_group (HR_MODEL_ROW (before))) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  GtkWidget *header = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_widget_add_css_class (header, "heading");
  gtk_widget_add_css_class (header, "family");
  gtk_list_box_row_set_header (row, header);
}

/* Ranks what is found: best group first, and in each the best model first. */
static void
rank_models (HrModelDialog *self, const HrCatalogModel **found, gsize n_found)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      HrModelRow *row = self->rows->pdata[i];

      hr_model_row_set_rank (row, HR_MODEL_ROW_HIDDEN);
      g_hash_table_insert (rows, (gpointer) hr_model_row_get_model (row), row);
    }

  for (gsize i = 0; i < n_found; i++)
    {
      HrModelRow *row = g_hash_table_lookup (rows, found[i]);
      gpointer group = (gpointer) hr_model_row_get_group (row);

      if (!g_hash_table_contains (groups, group))
        g_hash_table_insert (groups, group, GUINT_TO_POINTER (g_hash_table_size (groups) + 1));
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (groups, group));
      hr_model_row_set_rank (row, place * RANKS_PER_GROUP + (guint) i);
    }
}

/* Models that were chosen lately stand a second time in their families, where a search finds them. */
static gboolean
is_found (HrModelRow *recent, const char *query)
{
  if (*query == '\0')
    return TRUE;
  if (hr_model_row_get_file (recent) == NULL)
    return FALSE;

  g_autofree char *path = g_file_get_parse_name (hr_model_row_get_file (recent));
  const char *const texts[] = { path };

  return hr_match_score (query, texts, G_N_ELEMENTS (texts)) > 0;
}

/* Returns: how many are found. */
static guint
rank_recent (HrModelDialog *self, const char *query)
{
  guint n_found = 0;

  for (guint i = 0; i < self->recent->len; i++)
    {
      gboolean found = is_found (self->recent->pdata[i], query);

      hr_model_row_set_rank (self->recent->pdata[i], found ? i : HR_MODEL_ROW_HIDDEN);
      n_found += found;
    }

  return n_found;
}

static void
search_changed_cb (HrModelDialog *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree const HrCatalogModel **found = g_new (const HrCatalogModel *, self->rows->len);
  gsize n_found = hr_catalog_search_models (query, found, self->rows->len);

  show_error (self, NULL);
  rank_models (self, found, n_found);
  n_found += rank_recent (self, query);
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (self->list));
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n_found > 0 ? "models" : "nothing");
  hr_list_search_select (GTK_LIST_BOX (self->list),
                         n_found > 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0) : NULL);
}

/* The window reads the file, and tells what became of it. */
static void
import_file (HrModelDialog *self, GFile *file)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *uri = g_file_get_uri (file);

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.import-uri", "s", uri);
  gtk_window_close (GTK_WINDOW (self));
}

static void
choose_selected (HrModelDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  const HrCatalogModel *model = row != NULL ? hr_model_row_get_model (HR_MODEL_ROW (row)) : NULL;

  if (model != NULL)
    {
      if (self->members != NULL)
        hr_members_set_model (self->members, model->id, &model->architecture);
      else
        hr_configuration_set_model (self->configuration, model->id, &model->architecture);
      hr_recent_models_add (model->id);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (row != NULL)
    {
      import_file (self, hr_model_row_get_file (HR_MODEL_ROW (row)));
    }
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, HrModelDialog *self)
{
  import_file (self, g_value_get_object (value));

  return TRUE;
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrModelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = hr_compat_file_finish (result, &error);

  if (error != NULL)
    show_error (self, error->message);
  else if (file != NULL && self->configuration != NULL)
    import_file (self, file);
}

static void
open_clicked_cb (HrModelDialog *self)
{
  hr_compat_open_file_async (GTK_WINDOW (self), _ ("Import a Model"), HR_IMPORT_PATTERNS,
                             _ ("Models, adapters and training files"), file_chosen_cb, g_object_ref (self));
}

static void
add_row (HrModelDialog *self, GPtrArray *rows, GtkWidget *row)
{
  g_ptr_array_add (rows, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* What is there no more is left out. */
static void
add_recent (HrModelDialog *self, const char *name)
{
  const HrCatalogModel *model = hr_catalog_find_model (name);

  if (model != NULL)
    {
      add_row (self, self->recent, hr_model_row_new (model, _ ("Recent")));
      return;
    }

  g_autoptr (GFile) file = g_uri_is_valid (name, G_URI_FLAGS_NONE, NULL) ? g_file_new_for_uri (name) : NULL;

  if (file != NULL && (!g_file_is_native (file) || g_file_query_exists (file, NULL)))
    add_row (self, self->recent, hr_model_row_new_file (file, _ ("Recent")));
}

static void
fill_list (HrModelDialog *self)
{
  g_auto (GStrv) recent = hr_recent_models_get ();
  GtkListBoxRow *row;
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  g_ptr_array_set_size (self->recent, 0);
  g_ptr_array_set_size (self->rows, 0);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), NULL);
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));

  for (guint i = 0; recent[i] != NULL; i++)
    add_recent (self, recent[i]);
  for (gsize i = 0; i < n_models; i++)
    {
      const char *group = hr_catalog_model_is_own (&models[i]) ? _ ("My Catalogue") : models[i].family;
      add_row (self, self->rows, hr_model_row_new (&models[i], group));
    }
}

static gboolean
select_model (HrModelDialog *self, GPtrArray *rows, const HrCatalogModel *model)
{
  for (guint i = 0; i < rows->len; i++)
    if (hr_model_row_get_model (rows->pdata[i]) == model)
      {
        hr_list_search_select (GTK_LIST_BOX (self->list), rows->pdata[i]);
        return TRUE;
      }

  return FALSE;
}

/* The model that the configuration has now, for a start. */
static void
select_current (HrModelDialog *self)
{
  const HrCatalogModel *current = hr_catalog_find_model (hr_configuration_get_job (self->configuration)->model_id);

  if (current != NULL && !select_model (self, self->recent, current))
    select_model (self, self->rows, current);
}

static void
catalog_changed_cb (HrModelDialog *self)
{
  if (self->configuration == NULL) /* closed */
    return;

  fill_list (self);
  search_changed_cb (self);
}

/* Over this dialog, which then has what is added there. */
static void
own_clicked_cb (HrModelDialog *self)
{
  HrOwnCatalog *catalog = hr_own_catalog_get_default ();

  hr_own_catalog_reload (catalog);
  g_signal_handlers_disconnect_by_func (catalog, catalog_changed_cb, self);
  g_signal_connect_object (catalog, "changed", G_CALLBACK (catalog_changed_cb), self, G_CONNECT_SWAPPED);

  GtkWidget *dialog = hr_own_catalog_dialog_new (catalog, self->configuration);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hr_model_dialog_map (GtkWidget *widget)
{
  HrModelDialog *self = HR_MODEL_DIALOG (widget);

  GTK_WIDGET_CLASS (hr_model_dialog_parent_class)->map (widget);

  gtk_widget_grab_focus (self->search_entry);
}

static void
hr_model_dialog_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrModelDialogProperty) property_id)
    {
    case PROP_CONFIGURATION:
      g_value_set_object (value, HR_MODEL_DIALOG (object)->configuration);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_model_dialog_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrModelDialogProperty) property_id)
    {
    case PROP_CONFIGURATION:
      HR_MODEL_DIALOG (object)->configuration = g_value_dup_object (value);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_model_dialog_constructed (GObject *object)
{
  HrModelDialog *self = HR_MODEL_DIALOG (object);

  G_OBJECT_CLASS (hr_model_dialog_parent_class)->constructed (object);

  GtkListBox *list = GTK_LIST_BOX (self->list);

  gtk_list_box_set_sort_func (list, compare_rows, NULL, NULL);
  gtk_list_box_set_filter_func (list, shows_row, NULL, NULL);
  gtk_list_box_set_header_func (list, update_header, NULL, NULL);
  fill_list (self);
  search_changed_cb (self);
  select_current (self);
}

static void
hr_model_dialog_dispose (GObject *object)
{
  HrModelDialog *self = HR_MODEL_DIALOG (object);

  if (self->list != NULL) /* which loses its selection while the rest of the dialog is gone */
    g_signal_handlers_disconnect_by_func (self->list, row_selected_cb, self);
  g_clear_object (&self->configuration);
  g_clear_object (&self->members);
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_MODEL_DIALOG);

  G_OBJECT_CLASS (hr_model_dialog_parent_class)->dispose (object);
}

static void
hr_model_dialog_finalize (GObject *object)
{
  HrModelDialog *self = HR_MODEL_DIALOG (object);

  g_ptr_array_unref (self->recent);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hr_model_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HR_TYPE_MODEL_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-model-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, list);
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, details);
  gtk_widget_class_bind_template_child (widget_class, HrModelDialog, details_window);
  gtk_widget_class_bind_template_callback (widget_class, choose_selected);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
hr_model_dialog_class_init (HrModelDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_model_dialog_get_property;
  object_class->set_property = hr_model_dialog_set_property;
  object_class->constructed = hr_model_dialog_constructed;
  object_class->dispose = hr_model_dialog_dispose;
  object_class->finalize = hr_model_dialog_finalize;
  widget_class->map = hr_model_dialog_map;

  properties[PROP_CONFIGURATION]
      = g_param_spec_object ("configuration", NULL, NULL, HR_TYPE_CONFIGURATION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_model_dialog_init (HrModelDialog *self)
{
  self->recent = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry), GTK_WIDGET (self));
  hr_list_search_attach (self->search_entry, GTK_LIST_BOX (self->list));

  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
hr_model_dialog_new (HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (configuration), NULL);

  return g_object_new (HR_TYPE_MODEL_DIALOG, "configuration", configuration, NULL);
}

void
hr_model_dialog_set_members (HrModelDialog *self, HrMembers *members)
{
  g_return_if_fail (HR_IS_MODEL_DIALOG (self));

  g_set_object (&self->members, members);
}
