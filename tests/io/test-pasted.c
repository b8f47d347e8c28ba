/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include "io/hr-pasted.h"

#include <string.h>

#define CONFIGURATION "{\"model\": {\"id\": \"openai-community/gpt2\"}, \"method\": {\"kind\": \"lora\", \"rank\": 4}}"

static HrPasted *
paste (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = fixture_text (text);

  return hr_pasted_read (bytes, "Clipboard", error);
}

/* A whole project, one configuration and a list of them come to the same. */
static void
test_projects (void)
{
  static const struct
  {
    const char *text;
    guint n;
  } texts[] = {
    { "{\"format\": \"headroom-project\", \"version\": 1, \"configurations\": [" CONFIGURATION "]}", 1 },
    { CONFIGURATION, 1 },
    { " \n[" CONFIGURATION ", " CONFIGURATION "]\n", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HrPasted) pasted = paste (texts[i].text, &error);

      g_assert_no_error (error);
      g_assert_null (pasted->model);
      g_assert_cmpuint (pasted->project->entries->len, ==, texts[i].n);
      for (guint n = 0; n < texts[i].n; n++)
        g_assert_cmpuint (hr_entry_get_job (pasted->project->entries->pdata[n])->method.rank, ==, 4);
    }
}

static void
test_model (void)
{
  g_autoptr (GBytes) bytes = fixture_bytes ("data/configs/falcon.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (HrPasted) pasted = hr_pasted_read (bytes, "Clipboard", &error);

  g_assert_no_error (error);
  g_assert_null (pasted->project);
  g_assert_true (pasted->model->has_architecture);
  g_assert_cmpuint (pasted->model->architecture.num_hidden_layers, >, 0);
  g_assert_cmpstr (pasted->model->name, !=, "");

  g_autoptr (HrPasted) adapter
      = paste ("{\"peft_type\": \"LORA\", \"r\": 8, \"base_model_name_or_path\": \"openai-community/gpt2\"}", &error);
  g_assert_no_error (error);
  g_assert_true (adapter->model->has_adapter);
  g_assert_true (adapter->model->has_architecture);
}

/* Each fault is told with its place, and none is more than a message. */
static void
test_faults (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } faults[] = {
    { "", "Clipboard: line 1, column 1" },
    { "[1, 2", "Clipboard: line 1, column 6" },
    { "{\"a\": 1}\x01", "Clipboard: line 1, column 9" },
    { "12", "Clipboard: is no configuration" },
    { "[]", "Clipboard: holds no configuration" },
    { "[1]", "Clipboard:configurations[0]: " },
    { "{}", "Clipboard:" },
    { "{\"format\": \"headroom-project\", \"version\": 1, \"configurations\": []}",
      "Clipboard: holds no configuration" },
    { "{\"format\": \"headroom-project\", \"version\": 2, \"configurations\": [" CONFIGURATION "]}",
      "Clipboard: was made by a newer version" },
    { "{\"configurations\": [" CONFIGURATION "]}", "Clipboard:format: " },
    { "[" CONFIGURATION ", {\"model\": {\"id\": \"openai-community/gpt2\"}, \"method\": {\"rank\": 0}}]",
      "Clipboard:configurations[1].method.rank: 0 is too small" },
    { "{\"model\": {\"id\": \"nobody/nothing\"}}", "Clipboard:configurations[0].model.id: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (paste (faults[i].text, &error));
      g_test_message ("%s", error->message);
      g_assert_true (error->domain == HR_ERROR);
      g_assert_true (g_str_has_prefix (error->message, faults[i].message));
    }
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new ("[");
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char *spaces = g_strnfill (HR_PASTED_MAX_BYTES + 1, ' ');
  g_autoptr (GBytes) long_text = g_bytes_new_take (spaces, HR_PASTED_MAX_BYTES + 1);

  for (guint i = 0; i <= HR_PASTED_MAX_CONFIGURATIONS; i++)
    g_string_append_printf (many, "%s" CONFIGURATION, i > 0 ? "," : "");
  g_string_append_c (many, ']');
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');

  g_assert_null (paste (many->str, &error));
  fixture_assert_error (&error, HR_ERROR_VALUE,
                        "Clipboard: holds more than 100 configurations; open it as a project instead");
  g_assert_null (paste (deep->str, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (hr_pasted_read (long_text, "Clipboard", &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_SYNTAX);
}

/* Words that somebody copied are none of our business. */
static void
test_is_json (void)
{
  static const struct
  {
    const char *text;
    gboolean is;
  } texts[] = { { " \n{", TRUE }, { "[", TRUE }, { "Hello", FALSE }, { "", FALSE }, { "  ", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = fixture_text (texts[i].text);

      g_assert_cmpint (hr_pasted_is_json (bytes), ==, texts[i].is);
    }
}

/* A card of the user's own comes along with the configuration that names it, and no other. */
static void
test_cards (void)
{
  g_autoptr (HrProjectData) project = fixture_project (
      "{\"format\": \"headroom-project\", \"version\": 1, \"gpus\": ["
      "{\"id\": \"mine\", \"name\": \"Mine\", \"vendor\": \"NVIDIA\", \"memory_gb\": 20},"
      "{\"id\": \"other\", \"name\": \"Other\", \"vendor\": \"NVIDIA\", \"memory_gb\": 30}],"
      "\"configurations\": [{\"model\": {\"id\": \"openai-community/gpt2\"}, \"gpu\": {\"id\": \"mine\"}}]}");
  g_autofree char *text = hr_entries_serialize (project->entries, project->gpus);
  g_autoptr (GError) error = NULL;
  g_autoptr (HrPasted) pasted = paste (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pasted->project->gpus->len, ==, 1);
  g_assert_cmpstr (hr_entry_get_job (pasted->project->entries->pdata[0])->gpu.id, ==, "mine");
  g_assert_null (strstr (text, "Other"));

  /* The model comes along too, although the file named it only. */
  g_assert_nonnull (strstr (text, "\"config\": {"));
  g_assert_cmpmem (hr_entry_get_architecture (pasted->project->entries->pdata[0]), sizeof (HrArchitecture),
                   hr_entry_get_architecture (project->entries->pdata[0]), sizeof (HrArchitecture));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pasted/projects", test_projects);
  g_test_add_func ("/pasted/model", test_model);
  g_test_add_func ("/pasted/faults", test_faults);
  g_test_add_func ("/pasted/bounds", test_bounds);
  g_test_add_func ("/pasted/is-json", test_is_json);
  g_test_add_func ("/pasted/cards", test_cards);

  return g_test_run ();
}
