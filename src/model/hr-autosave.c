/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-autosave-private.h"

#define US_PER_MS 1000
#define NEVER (-1)

struct _HrAutosave
{
  GObject parent_instance;

  HrDocument *document; /* (nullable): until discarded */
  HrDraft *draft;
  HrClock clock;
  gint64 first_us; /* of the first change that the draft lacks, or NEVER */
  gint64 due_us;
  guint timer;
  char *problem; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (HrAutosave, hr_autosave, G_TYPE_OBJECT)

typedef enum
{
  PROP_PROBLEM = 1,
} HrAutosaveProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

static void
set_problem (HrAutosave *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static gboolean
timer_cb (gpointer user_data)
{
  HrAutosave *self = user_data;

  self->timer = 0;
  hr_autosave_tick (self);

  return G_SOURCE_REMOVE;
}

static void
wait_until (HrAutosave *self, gint64 due_us)
{
  gint64 left_us = MAX (due_us - self->clock (), 0);

  self->due_us = due_us;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) (left_us / US_PER_MS) + 1, timer_cb, self);
}

static void
stop (HrAutosave *self)
{
  self->first_us = NEVER;
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
write_draft (HrAutosave *self)
{
  const HrProjectData *data = hr_project_get_data (hr_document_get_project (self->document));
  GFile *file = hr_document_get_file (self->document);
  g_autoptr (GError) error = NULL;

  if (hr_draft_write (self->draft, data, file, hr_document_get_etag (self->document), &error))
    stop (self);
  else
    wait_until (self, self->clock () + HR_AUTOSAVE_LONGEST_US);
  set_problem (self, error != NULL ? error->message : NULL);
}

static void
changed_cb (HrAutosave *self)
{
  if (!hr_document_is_modified (self->document))
    {
      stop (self);
      hr_draft_remove (self->draft);
      set_problem (self, NULL);
      return;
    }

  gint64 now_us = self->clock ();
  if (self->first_us == NEVER)
    self->first_us = now_us;
  wait_until (self, MIN (now_us + HR_AUTOSAVE_QUIET_US, self->first_us + HR_AUTOSAVE_LONGEST_US));
}

/* Who dies between saving and removing the draft leaves one that is no different from the file. */
static void
will_save_cb (HrAutosave *self)
{
  if (hr_draft_is_written (self->draft))
    hr_autosave_flush (self);
}

static void
hr_autosave_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrAutosave *self = HR_AUTOSAVE (object);

  switch ((HrAutosaveProperty) property_id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
let_go (HrAutosave *self)
{
  stop (self);
  if (self->document == NULL)
    return;

  g_signal_handlers_disconnect_by_data (hr_document_get_project (self->document), self);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
}

static void
hr_autosave_dispose (GObject *object)
{
  let_go (HR_AUTOSAVE (object));

  G_OBJECT_CLASS (hr_autosave_parent_class)->dispose (object);
}

static void
hr_autosave_finalize (GObject *object)
{
  HrAutosave *self = HR_AUTOSAVE (object);

  hr_draft_free (self->draft);
  g_free (self->problem);

  G_OBJECT_CLASS (hr_autosave_parent_class)->finalize (object);
}

static void
hr_autosave_class_init (HrAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hr_autosave_get_property;
  object_class->dispose = hr_autosave_dispose;
  object_class->finalize = hr_autosave_finalize;

  properties[PROP_PROBLEM]
      = g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hr_autosave_init (HrAutosave *self)
{
  self->clock = g_get_monotonic_time;
  self->first_us = NEVER;
}

HrAutosave *
hr_autosave_new (HrDocument *document, HrDraft *draft)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  HrAutosave *self = g_object_new (HR_TYPE_AUTOSAVE, NULL);

  self->document = g_object_ref (document);
  self->draft = draft;
  /* The document has looked at the change first: it was there before. */
  g_signal_connect_swapped (hr_document_get_project (document), "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (document, "notify::modified", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (document, "will-save", G_CALLBACK (will_save_cb), self);
  g_signal_connect_swapped (document, "notify::file", G_CALLBACK (changed_cb), self);

  return self;
}

void
hr_autosave_set_clock (HrAutosave *self, HrClock clock)
{
  self->clock = clock;
}

void
hr_autosave_tick (HrAutosave *self)
{
  if (self->first_us == NEVER)
    return;

  if (self->clock () >= self->due_us)
    write_draft (self);
  else
    wait_until (self, self->due_us);
}

void
hr_autosave_flush (HrAutosave *self)
{
  g_return_if_fail (HR_IS_AUTOSAVE (self));

  if (self->first_us != NEVER)
    write_draft (self);
}

void
hr_autosave_discard (HrAutosave *self)
{
  g_return_if_fail (HR_IS_AUTOSAVE (self));

  let_go (self);
  hr_draft_remove (self->draft);
}

GFile *
hr_autosave_get_draft_file (HrAutosave *self)
{
  g_return_val_if_fail (HR_IS_AUTOSAVE (self), NULL);

  return hr_draft_get_file (self->draft);
}

const char *
hr_autosave_get_problem (HrAutosave *self)
{
  g_return_val_if_fail (HR_IS_AUTOSAVE (self), NULL);

  return self->problem;
}
