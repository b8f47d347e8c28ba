/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-own-form.h"

#include "catalog/hr-catalog-merge.h"
#include "hr-accessible-name.h"
#include "hr-choice-row.h"
#include "hr-number-row.h"
#include "hr-switch-row.h"
#include "model/hr-own-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The oldest compute capability with bf16 and FlashAttention 2, and with fp8: NVIDIA's Ampere and Ada. */
#define CAPABILITY_BF16 80
#define CAPABILITY_FP8 89

#define MAX_MEMBERS 24

/* A row of a form; one without a member begins a group of this title. */
typedef struct
{
  const char *member;
  const char *label;
  const char *hint; /* (nullable) */
} FormRow;

static const FormRow gpu_rows[] = {
  { NULL, "", NULL },
  { "name", N_ ("Name"), NULL },
  { "memory_total_mib", N_ ("Memory (MiB)"), N_ ("As the driver reports it: nvidia-smi shows it as total") },
  { "memory_bandwidth_gbps", N_ ("Bandwidth (GB/s)"), N_ ("0: unknown") },
  { "link_bandwidth_gbps", N_ ("Link to other GPUs (GB/s)"), N_ ("NVLink, both directions; 0: PCI Express only") },
  { NULL, N_ ("Matrix Units, Without Sparsity"), NULL },
  { "bf16_tflops", N_ ("BF16 (TFLOP/s)"), N_ ("0: unknown") },
  { "fp16_tflops", N_ ("FP16 (TFLOP/s)"), N_ ("0: unknown") },
  { "fp8_tflops", N_ ("FP8 (TFLOP/s)"), N_ ("0: unknown") },
  { NULL, N_ ("Abilities"), NULL },
  { "compute_capability", N_ ("Compute capability, such as 8.9 (NVIDIA)"), NULL },
  { "supports_bf16", N_ ("Computes in BF16"), NULL },
  { "supports_fp8", N_ ("Computes in FP8"), NULL },
  { "supports_flash_attention_2", N_ ("Runs FlashAttention 2"), NULL },
  { "unified_memory", N_ ("Shares memory with the processor"), NULL },
  { NULL, N_ ("About"), NULL },
  { "id", N_ ("Identifier in project files"), NULL },
  { "vendor", N_ ("Vendor"), NULL },
  { "architecture", N_ ("Architecture"), NULL },
  { "source", N_ ("Source of the figures"), NULL },
  { "note", N_ ("Note"), NULL },
};

static const FormRow offer_rows[] = {
  { NULL, "", NULL },
  { "provider", N_ ("Provider"), NULL },
  { "gpu_id", N_ ("GPU"), NULL },
  { "gpu_count", N_ ("Number of GPUs"), NULL },
  { NULL, N_ ("Price of the Whole Machine"), NULL },
  { "price_usd_per_hour", N_ ("On demand (US$ an hour)"), N_ ("0: not offered") },
  { "spot_usd_per_hour", N_ ("Spot (US$ an hour)"), N_ ("0: not offered") },
  { "date", N_ ("Day of the price, such as 2026-11-21"), NULL },
  { "source", N_ ("Source of the price"), NULL },
  { NULL, N_ ("Machine"), NULL },
  { "instance_type", N_ ("Instance type"), NULL },
  { "region", N_ ("Region"), NULL },
  { "vcpus", N_ ("vCPUs"), N_ ("0: unknown") },
  { "ram_gib", N_ ("Memory (GiB)"), N_ ("0: unknown") },
};

struct _HrOwnForm
{
  AdwWindow parent_instance;

  HrOwnCatalog *catalog;
  HrOwnKind kind;
  HrOwnEntry *entry; /* (nullable): what is edited */
  HrOwnEntry *valid; /* (nullable): what the rows say */
  gboolean filling;
  gboolean touched;         /* the user has changed something */
  const HrCatalogGpu *gpus; /* that can be chosen; tables of the catalogue stay where they are */
  size_t n_gpus;
  gboolean own_id; /* the user has written the id */
  GtkWidget *rows[MAX_MEMBERS];

  GtkWidget *save_button;
  GtkLabel *problem;
  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (HrOwnForm, hr_own_form, ADW_TYPE_WINDOW)

static guint saved_signal;

static const HrRecordMember *
get_members (HrOwnForm *self, guint *n_members)
{
  return hr_own_entry_members (self->kind, n_members);
}

static const FormRow *
get_form (HrOwnForm *self, guint *n_rows)
{
  *n_rows = self->kind == HR_OWN_GPU ? G_N_ELEMENTS (gpu_rows) : G_N_ELEMENTS (offer_rows);

  return self->kind == HR_OWN_GPU ? gpu_rows : offer_rows;
}

static GtkWidget *
find_row (HrOwnForm *self, const char *member)
{
  guint n_members;
  const HrRecordMember *members = get_members (self, &n_members);

  for (guint i = 0; i < n_members; i++)
    if (strcmp (members[i].name, member) == 0)
      return self->rows[i];

  return NULL;
}

static const char *
label_of (HrOwnForm *self, const char *member)
{
  guint n_rows;
  const FormRow *form = get_form (self, &n_rows);

  for (guint i = 0; i < n_rows; i++)
    if (g_strcmp0 (form[i].member, member) == 0)
      return _ (form[i].label);

  return member;
}

/* The record's strings are those of the rows. */
static gboolean
take_row (HrOwnForm *self, const HrRecordMember *member, GtkWidget *row, gpointer record)
{
  gpointer place = (char *) record + member->offset;

  if (HR_IS_CHOICE_ROW (row))
    {
      guint choice = hr_choice_row_get_value (HR_CHOICE_ROW (row));

      *(const char **) place = choice < self->n_gpus ? self->gpus[choice].gpu.id : "";
      return TRUE;
    }
  if (HR_IS_SWITCH_ROW (row))
    {
      *(bool *) place = hr_switch_row_get_active (HR_SWITCH_ROW (row));
      return TRUE;
    }
  if (HR_IS_NUMBER_ROW (row))
    {
      double value = hr_number_row_get_value (HR_NUMBER_ROW (row));

      if (member->kind == HR_RECORD_NUMBER)
        *(double *) place = value;
      else if (member->kind == HR_RECORD_SIZE)
        *(uint64_t *) place = (uint64_t) value;
      else
        *(uint32_t *) place = (uint32_t) value;
      return hr_number_row_is_valid (HR_NUMBER_ROW (row));
    }

  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  if (member->kind == HR_RECORD_STRING)
    *(const char **) place = text;
  else if (member->kind == HR_RECORD_TEXT)
    return g_strlcpy (place, text, member->size) < member->size;
  else
    return hr_record_parse (member->kind, text, place);
  return TRUE;
}

static void
mark (GtkWidget *row, gboolean wrong)
{
  if (row == NULL || !ADW_IS_ENTRY_ROW (row))
    return;

  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
tell (HrOwnForm *self, const char *member, const char *message)
{
  g_autofree char *text
      = member != NULL ? g_strdup_printf (_ ("%s: %s"), label_of (self, member), message) : g_strdup (message);

  gtk_label_set_text (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL && self->touched);
}

/* Returns: (transfer full) (nullable): what the rows say, or NULL and the member that is wrong. */
static HrOwnEntry *
read_rows (HrOwnForm *self, const char **wrong, GError **error)
{
  HrCatalogGpu gpu = { 0 };
  HrOffer offer = { 0 };
  gpointer record = self->kind == HR_OWN_GPU ? (gpointer) &gpu : (gpointer) &offer;
  guint n_members;
  const HrRecordMember *members = get_members (self, &n_members);

  if (self->entry != NULL && self->kind == HR_OWN_GPU)
    gpu = *hr_own_entry_get_gpu (self->entry);
  else if (self->entry != NULL)
    offer = *hr_own_entry_get_offer (self->entry);
  for (guint i = 0; i < n_members; i++)
    if (self->rows[i] != NULL && !take_row (self, &members[i], self->rows[i], record))
      {
        *wrong = members[i].name;
        return NULL;
      }
  if (self->entry == NULL)
    offer.precision = HR_PRICE_DATE_EXACT;

  return self->kind == HR_OWN_GPU ? hr_own_entry_new_gpu (&gpu, self->entry, error)
                                  : hr_own_entry_new_offer (&offer, self->entry, error);
}

/* Messages read "gpu:member: what is wrong". */
static void
tell_error (HrOwnForm *self, const char *message)
{
  const char *start = strchr (message, ':');
  const char *end = start != NULL ? strstr (start, ": ") : NULL;
  g_autofree char *member = end != NULL ? g_strndup (start + 1, (gsize) (end - start) - 1) : NULL;

  if (member == NULL)
    {
      tell (self, NULL, message);
      return;
    }
  mark (find_row (self, member), self->touched);
  tell (self, member, end + strlen (": "));
}

static void
check (HrOwnForm *self)
{
  const char *wrong = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MAX_MEMBERS; i++)
    mark (self->rows[i], FALSE);
  g_clear_pointer (&self->valid, hr_own_entry_unref);
  self->valid = read_rows (self, &wrong, &error);
  gtk_widget_set_sensitive (self->save_button, self->valid != NULL);

  if (wrong != NULL)
    {
      mark (find_row (self, wrong), TRUE);
      tell (self, wrong, _ ("this is not allowed here"));
    }
  else if (error != NULL)
    tell_error (self, error->message);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
set_active (HrOwnForm *self, const char *member, gboolean active)
{
  hr_switch_row_set_active (HR_SWITCH_ROW (find_row (self, member)), active);
}

/* What follows from what is typed, unless the user says otherwise. */
static void
follow (HrOwnForm *self, GtkWidget *row)
{
  uint32_t capability = 0;

  if (self->kind != HR_OWN_GPU)
    return;
  if (row == find_row (self, "id"))
    self->own_id = TRUE;
  if (row == find_row (self, "name") && self->entry == NULL && !self->own_id)
    {
      g_autofree char *id = hr_own_gpu_id (gtk_editable_get_text (GTK_EDITABLE (row)));
      gtk_editable_set_text (GTK_EDITABLE (find_row (self, "id")), id);
    }
  if (row == find_row (self, "compute_capability")
      && hr_record_parse (HR_RECORD_CAPABILITY, gtk_editable_get_text (GTK_EDITABLE (row)), &capability)
      && capability > 0)
    {
      set_active (self, "supports_bf16", capability >= CAPABILITY_BF16);
      set_active (self, "supports_flash_attention_2", capability >= CAPABILITY_BF16);
      set_active (self, "supports_fp8", capability >= CAPABILITY_FP8);
    }
}

static void
changed (HrOwnForm *self, GtkWidget *row)
{
  if (self->filling)
    return;

  self->filling = TRUE;
  self->touched = TRUE;
  follow (self, row);
  self->filling = FALSE;
  check (self);
}

static void
text_changed_cb (GtkWidget *row, HrOwnForm *self)
{
  changed (self, row);
}

static void
value_changed_cb (GtkWidget *row, GParamSpec *pspec, HrOwnForm *self)
{
  changed (self, row);
}

static void
save_cb (HrOwnForm *self)
{
  g_autoptr (GError) error = NULL;

  check (self);
  if (self->valid == NULL)
    return;

  gboolean done = self->entry != NULL ? hr_own_catalog_replace (self->catalog, self->entry, self->valid, &error)
                                      : hr_own_catalog_add (self->catalog, self->valid, &error);
  if (!done)
    {
      tell (self, NULL, error->message);
      return;
    }

  g_autofree char *title = hr_own_entry_title (self->valid);
  g_signal_emit (self, saved_signal, 0, title);
  gtk_window_close (GTK_WINDOW (self));
}

static void
entry_activated_cb (GtkWidget *row, HrOwnForm *self)
{
  if (gtk_widget_get_sensitive (self->save_button))
    save_cb (self);
}

static GtkWidget *
new_gpu_choice (HrOwnForm *self)
{
  GtkWidget *row = hr_choice_row_new ();

  self->gpus = hr_catalog_gpus (&self->n_gpus);
  g_autofree guint *values = g_new (guint, self->n_gpus);
  g_autofree const char **labels = g_new (const char *, self->n_gpus);

  for (guint i = 0; i < self->n_gpus; i++)
    {
      values[i] = i;
      labels[i] = self->gpus[i].gpu.name;
    }
  hr_choice_row_set_choices (HR_CHOICE_ROW (row), values, labels, (guint) self->n_gpus);

  return row;
}

static GtkWidget *
new_number_row (const HrRecordMember *member, const char *hint)
{
  GtkWidget *row = hr_number_row_new ();
  gboolean whole = member->kind != HR_RECORD_NUMBER;

  hr_number_row_set_range (HR_NUMBER_ROW (row), member->minimum, member->maximum, whole);
  hr_number_row_set_unit (HR_NUMBER_ROW (row), whole ? HR_FIELD_UNIT_NONE : HR_FIELD_UNIT_AMOUNT);
  hr_number_row_set_step (HR_NUMBER_ROW (row), member->kind == HR_RECORD_SIZE ? 1024 : 1);
  hr_number_row_set_hint (HR_NUMBER_ROW (row), hint);

  return row;
}

static GtkWidget *
new_row (HrOwnForm *self, const HrRecordMember *member, const FormRow *form)
{
  const char *hint = form->hint != NULL ? _ (form->hint) : NULL;
  GtkWidget *row;

  if (strcmp (member->name, "gpu_id") == 0)
    row = new_gpu_choice (self);
  else if (member->kind == HR_RECORD_FLAG)
    row = hr_switch_row_new ();
  else if (member->kind == HR_RECORD_COUNT || member->kind == HR_RECORD_SIZE || member->kind == HR_RECORD_NUMBER)
    row = new_number_row (member, hint);
  else
    row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (form->label));
  if (ADW_IS_ENTRY_ROW (row))
    {
      g_signal_connect_object (row, "changed", G_CALLBACK (text_changed_cb), self, 0);
      g_signal_connect_object (row, "entry-activated", G_CALLBACK (entry_activated_cb), self, 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (form->label), -1);
    }
  else
    g_signal_connect_object (row, HR_IS_SWITCH_ROW (row) ? "notify::active" : "notify::value",
                             G_CALLBACK (value_changed_cb), self, 0);
  if (HR_IS_NUMBER_ROW (row))
    g_signal_connect_object (row, "notify::valid", G_CALLBACK (value_changed_cb), self, 0);

  return row;
}

static void
show_member (HrOwnForm *self, const HrRecordMember *member, GtkWidget *row, gconstpointer record)
{
  gconstpointer place = (const char *) record + member->offset;
  char text[HR_RECORD_TEXT_SIZE];

  if (HR_IS_CHOICE_ROW (row))
    {
      const HrCatalogGpu *found = hr_catalog_find_gpu (*(const char *const *) place);

      hr_choice_row_set_value (HR_CHOICE_ROW (row), found != NULL ? (guint) (found - self->gpus) : G_MAXUINT);
    }
  else if (HR_IS_SWITCH_ROW (row))
    hr_switch_row_set_active (HR_SWITCH_ROW (row), *(const bool *) place);
  else if (HR_IS_NUMBER_ROW (row) && member->kind == HR_RECORD_NUMBER)
    hr_number_row_set_value (HR_NUMBER_ROW (row), *(const double *) place);
  else if (HR_IS_NUMBER_ROW (row) && member->kind == HR_RECORD_SIZE)
    hr_number_row_set_value (HR_NUMBER_ROW (row), (double) *(const uint64_t *) place);
  else if (HR_IS_NUMBER_ROW (row))
    hr_number_row_set_value (HR_NUMBER_ROW (row), *(const uint32_t *) place);
  else if (member->kind == HR_RECORD_STRING)
    gtk_editable_set_text (GTK_EDITABLE (row),
                           *(const char *const *) place != NULL ? *(const char *const *) place : "");
  else if (member->kind == HR_RECORD_TEXT)
    gtk_editable_set_text (GTK_EDITABLE (row), place);
  else
    {
      hr_record_format (member->kind, *(const uint32_t *) place, text);
      gtk_editable_set_text (GTK_EDITABLE (row), text);
    }
}

/* The price of today, of one card of the kind that comes first. */
static void
init_offer (HrOffer *offer)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  size_t n_gpus;
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  *offer = (HrOffer){ .gpu_id = hr_catalog_gpus (&n_gpus)->gpu.id,
                      .gpu_count = 1,
                      .date = (uint32_t) (year * 10000 + month * 100 + day) };
}

static void
build (HrOwnForm *self)
{
  HrCatalogGpu gpu = { 0 };
  HrOffer offer;
  guint n_members, n_rows;
  const HrRecordMember *members = get_members (self, &n_members);
  const FormRow *form = get_form (self, &n_rows);
  AdwPreferencesGroup *group = NULL;

  init_offer (&offer);
  if (self->entry != NULL && self->kind == HR_OWN_GPU)
    gpu = *hr_own_entry_get_gpu (self->entry);
  else if (self->entry != NULL)
    offer = *hr_own_entry_get_offer (self->entry);

  self->filling = TRUE;
  for (guint i = 0; i < n_rows; i++)
    {
      if (form[i].member == NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, *form[i].label != '\0' ? _ (form[i].label) : "");
          adw_preferences_page_add (self->page, group);
          continue;
        }
      for (guint j = 0; j < n_members && j < MAX_MEMBERS; j++)
        if (strcmp (members[j].name, form[i].member) == 0)
          {
            self->rows[j] = new_row (self, &members[j], &form[i]);
            adw_preferences_group_add (group, self->rows[j]);
            show_member (self, &members[j], self->rows[j],
                         self->kind == HR_OWN_GPU ? (gpointer) &gpu : (gpointer) &offer);
          }
    }
  self->filling = FALSE;
  check (self);
}

static void
hr_own_form_dispose (GObject *object)
{
  HrOwnForm *self = HR_OWN_FORM (object);

  self->filling = TRUE;
  memset (self->rows, 0, sizeof self->rows);
  g_clear_object (&self->catalog);
  g_clear_pointer (&self->entry, hr_own_entry_unref);
  g_clear_pointer (&self->valid, hr_own_entry_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_OWN_FORM);

  G_OBJECT_CLASS (hr_own_form_parent_class)->dispose (object);
}

static void
hr_own_form_class_init (HrOwnFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_own_form_dispose;

  saved_signal
      = g_signal_new ("saved", HR_TYPE_OWN_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-own-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HrOwnForm, save_button);
  gtk_widget_class_bind_template_child (widget_class, HrOwnForm, problem);
  gtk_widget_class_bind_template_child (widget_class, HrOwnForm, page);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_own_form_init (HrOwnForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
}

GtkWidget *
hr_own_form_new (HrOwnCatalog *catalog, HrOwnKind kind, HrOwnEntry *entry)
{
  g_return_val_if_fail (HR_IS_OWN_CATALOG (catalog), NULL);
  g_return_val_if_fail (kind == HR_OWN_GPU || kind == HR_OWN_OFFER, NULL);

  HrOwnForm *self = g_object_new (HR_TYPE_OWN_FORM, NULL);

  self->catalog = g_object_ref (catalog);
  self->kind = kind;
  self->entry = entry != NULL ? hr_own_entry_ref (entry) : NULL;
  if (kind == HR_OWN_GPU)
    gtk_window_set_title (GTK_WINDOW (self), entry != NULL ? _ ("Edit GPU") : _ ("Add GPU"));
  else
    gtk_window_set_title (GTK_WINDOW (self), entry != NULL ? _ ("Edit Offer") : _ ("Add Offer"));
  build (self);
  gtk_widget_grab_focus (find_row (self, kind == HR_OWN_GPU ? "name" : "provider"));

  return GTK_WIDGET (self);
}
