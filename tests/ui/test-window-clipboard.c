/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include <string.h>

#define CONFIGURATION "{\"name\": \"From an editor\", \"model\": {\"id\": \"openai-community/gpt2\"}}"

static GdkClipboard *
clipboard (WindowFixture *self)
{
  return gtk_widget_get_clipboard (GTK_WIDGET (self->window));
}

typedef struct
{
  gboolean done;
  char *text;
} Read;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Read *read = user_data;

  read->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  read->done = TRUE;
}

/* Returns: (transfer full) (nullable): what another program would get as text. */
static char *
read_text (WindowFixture *self)
{
  Read read = { FALSE, NULL };

  gdk_clipboard_read_text_async (clipboard (self), NULL, read_cb, &read);
  ui_wait_for (read.done);

  return read.text;
}

static void
paste (WindowFixture *self, const char *text)
{
  if (text != NULL)
    gdk_clipboard_set_text (clipboard (self), text);
  window_fixture_activate (self, "win.paste", NULL);
}

static const HrJob *
job_at (WindowFixture *self, guint position)
{
  return hr_configuration_get_job (hr_project_get_configuration (self->project, position));
}

/* What is selected comes behind it again, and is what is selected then; one step takes it back. */
static void
test_copy_and_paste (WindowFixture *self, gconstpointer user_data)
{
  guint n = window_fixture_size (self);

  hr_selection_select_only (self->selection, hr_project_get_configuration (self->project, 1));
  hr_selection_extend_to (self->selection, hr_project_get_configuration (self->project, 2));
  window_fixture_activate (self, "win.copy", NULL);
  g_assert_cmpuint (window_fixture_size (self), ==, n);
  g_autofree char *text = read_text (self);
  g_assert_nonnull (strstr (text, "\"headroom-project\""));
  g_assert_nonnull (strstr (text, "\"LoRA r16\""));
  g_assert_null (strstr (text, "\"Full fine-tune\""));

  paste (self, NULL);
  ui_wait_for (window_fixture_size (self) == n + 2);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "Pasted 2 configurations"));
  GListModel *selected = hr_selection_get_selected (self->selection);
  g_assert_cmpuint (g_list_model_get_n_items (selected), ==, 2);
  g_autoptr (HrConfiguration) first = g_list_model_get_item (selected, 0);
  g_assert_cmpstr (hr_configuration_get_job (first)->name, ==, "LoRA r16 (2)");

  hr_document_undo (self->document);
  g_assert_cmpuint (window_fixture_size (self), ==, n);
}

static void
test_cut (WindowFixture *self, gconstpointer user_data)
{
  guint n = window_fixture_size (self);
  g_autofree char *name = g_strdup (job_at (self, 0)->name);

  hr_selection_select_only (self->selection, hr_project_get_configuration (self->project, 0));
  window_fixture_activate (self, "win.cut", NULL);
  g_assert_cmpuint (window_fixture_size (self), ==, n - 1);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "Cut 1 configuration"));
  paste (self, NULL);
  ui_wait_for (window_fixture_size (self) == n);
  g_assert_cmpstr (job_at (self, 1)->name, ==, name);
}

static void
test_text_of_an_editor (WindowFixture *self, gconstpointer user_data)
{
  guint n = window_fixture_size (self);

  paste (self, CONFIGURATION);
  ui_wait_for (window_fixture_size (self) == n + 1);
  paste (self, "[" CONFIGURATION ", " CONFIGURATION "]");
  ui_wait_for (window_fixture_size (self) == n + 3);
}

/* The shape of a model goes into the selected configuration. */
static void
test_model (WindowFixture *self, gconstpointer user_data)
{
  guint n = window_fixture_size (self);

  hr_selection_select_only (self->selection, hr_project_get_configuration (self->project, 1));
  paste (self,
         "{\"_name_or_path\": \"me/tiny\", \"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": 2, "
         "\"num_attention_heads\": 4, \"intermediate_size\": 128, \"vocab_size\": 1000}");
  ui_wait_for (strcmp (job_at (self, 1)->model_id, "me/tiny") == 0);
  g_assert_cmpuint (window_fixture_size (self), ==, n);
}

/* A fault is told with its place and changes nothing; words are not even a fault. */
static void
test_faults (WindowFixture *self, gconstpointer user_data)
{
  static const char *const texts[] = {
    "{\"model\": {\"id\": \"openai-community/gpt2\"}, \"method\": {\"rank\": -1}}",
    "{\"format\": \"headroom-project\", \"version\": 1, \"configurations\": [",
    "[[[[[[",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      paste (self, texts[i]);
      g_autofree char *message = window_fixture_answer (self, "close");
      g_test_message ("%s", message);
      g_assert_nonnull (strstr (message, "Clipboard:"));
    }
  paste (self, "Hello <b>world</b>");
  ui_wait_for (ui_find_text (GTK_WIDGET (self->window), "The clipboard holds no configuration") != NULL);
  g_assert_null (window_fixture_dialog (self));
  g_assert_false (hr_document_is_modified (self->document));
}

/* Where there is nothing yet, there is something to paste all the same. */
static void
test_empty (WindowFixture *self, gconstpointer user_data)
{
  while (window_fixture_size (self) > 0)
    hr_project_remove (self->project, hr_project_get_configuration (self->project, 0));
  ui_settle ();
  g_assert_false (window_fixture_is_enabled (self, "win.copy"));
  g_assert_false (window_fixture_is_enabled (self, "win.cut"));
  paste (self, CONFIGURATION);
  ui_wait_for (window_fixture_size (self) == 1);
}

static void
add (const char *path, void (*test) (WindowFixture *, gconstpointer))
{
  g_test_add (path, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  add ("/window-clipboard/copy-and-paste", test_copy_and_paste);
  add ("/window-clipboard/cut", test_cut);
  add ("/window-clipboard/text-of-an-editor", test_text_of_an_editor);
  add ("/window-clipboard/model", test_model);
  add ("/window-clipboard/faults", test_faults);
  add ("/window-clipboard/empty", test_empty);

  return g_test_run ();
}
