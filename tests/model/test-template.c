/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"

#include "catalog/hr-catalog.h"
#include "io/hr-error.h"
#include "model/hr-template.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  char *path;
  GFile *folder;
  HrProject *project;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autofree char *parent = g_dir_make_tmp ("headroom-XXXXXX", NULL);

  self->path = g_build_filename (parent, "templates", NULL);
  self->folder = g_file_new_for_path (self->path);
  self->project = hr_fixture_project ();
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (self->path, 0, NULL);
  g_autofree char *parent = g_path_get_dirname (self->path);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (self->path, name, NULL);

      g_remove (file);
    }
  g_rmdir (self->path);
  g_rmdir (parent);
  g_free (self->path);
  g_object_unref (self->folder);
  g_object_unref (self->project);
}

static HrConfiguration *
at (Fixture *self, guint position)
{
  return hr_project_get_configuration (self->project, position);
}

static void
save (Fixture *self, guint position, const char *name)
{
  g_autoptr (GError) error = NULL;

  hr_template_save (self->folder, at (self, position), name, &error);
  g_assert_no_error (error);
}

/* Everything but the model and the card is as it was saved; the model is that of what is selected. */
static void
test_apply (Fixture *self, gconstpointer unused)
{
  save (self, 3, "Mine / <b>");

  g_autoptr (GListModel) templates = hr_templates_read (self->folder);
  g_autoptr (HrTemplate) template = g_list_model_get_item (templates, 0);
  g_assert_cmpuint (g_list_model_get_n_items (templates), ==, 1);
  g_assert_cmpstr (hr_template_get_name (template), ==, "Mine / <b>");
  g_assert_false (hr_template_is_broken (template));

  HrJob other = *hr_configuration_get_job (at (self, 0));
  const HrCatalogModel *model = hr_catalog_find_model ("openai-community/gpt2");
  hr_configuration_set_model (at (self, 0), model->id, &model->architecture);
  HrConfiguration *added = hr_template_apply (template, self->project, 0, at (self, 0));
  g_assert_true (added == at (self, 1));
  const HrJob *job = hr_configuration_get_job (added), *saved = hr_configuration_get_job (at (self, 4));
  g_assert_cmpstr (job->model_id, ==, "openai-community/gpt2");
  g_assert_cmpstr (job->name, ==, "Mine / <b>");
  g_assert_cmpmem (hr_configuration_get_architecture (added), sizeof (HrArchitecture), &model->architecture,
                   sizeof (HrArchitecture));
  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    if (field != HR_JOB_ID && field != HR_JOB_NAME && field != HR_JOB_MODEL_ID
        && !g_str_equal (hr_field (field)->section, "gpu"))
      g_assert_true (hr_field_equal (hr_field (field), job, saved));

  /* Where nothing is selected it brings its own. */
  HrConfiguration *own = hr_template_apply (template, self->project, G_MAXUINT, NULL);
  g_assert_cmpstr (hr_configuration_get_job (own)->model_id, ==, other.model_id);
  g_assert_cmpstr (hr_configuration_get_job (own)->name, ==, "Mine / <b> (2)");
}

static void
test_same_name (Fixture *self, gconstpointer unused)
{
  save (self, 0, "Mine");
  save (self, 1, "Mine");

  g_autoptr (GListModel) templates = hr_templates_read (self->folder);
  g_assert_cmpuint (g_list_model_get_n_items (templates), ==, 2);
}

static void
test_rename_and_remove (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  save (self, 0, "B");
  save (self, 1, "A");
  g_autoptr (GListModel) templates = hr_templates_read (self->folder);
  g_autoptr (HrTemplate) first = g_list_model_get_item (templates, 0);
  g_assert_cmpstr (hr_template_get_name (first), ==, "A");
  g_assert_true (hr_template_rename (first, "C", &error));
  g_assert_no_error (error);
  g_autoptr (GListModel) renamed = hr_templates_read (self->folder);
  g_autoptr (HrTemplate) last = g_list_model_get_item (renamed, 1);
  g_assert_cmpstr (hr_template_get_name (last), ==, "C");
  g_assert_true (hr_template_remove (last, &error));
  g_autoptr (GListModel) left = hr_templates_read (self->folder);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, 1);
}

/* A file that somebody spoiled is told of, and the others are there all the same. */
static void
test_broken (Fixture *self, gconstpointer unused)
{
  static const char *const texts[] = { "{", "{\"model_type\": \"llama\"}", "[]", "" };

  save (self, 0, "whole");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = g_strdup_printf ("a%u.json", i);
      g_autofree char *path = g_build_filename (self->path, name, NULL);

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    }

  g_autoptr (GListModel) templates = hr_templates_read (self->folder);
  g_assert_cmpuint (g_list_model_get_n_items (templates), ==, 1 + G_N_ELEMENTS (texts));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HrTemplate) template = g_list_model_get_item (templates, i);
      g_autofree char *name = g_strdup_printf ("a%u.json", i);

      g_assert_true (hr_template_is_broken (template));
      g_assert_cmpstr (hr_template_get_name (template), ==, name);
      g_assert_nonnull (strstr (hr_template_get_detail (template), name));
    }
}

static void
test_nowhere (Fixture *self, gconstpointer unused)
{
  g_autoptr (GFile) folder = g_file_new_for_path ("/proc/nowhere/templates");
  g_autoptr (GListModel) templates = hr_templates_read (folder);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (templates), ==, 0);
  g_assert_false (hr_template_save (folder, at (self, 0), "Mine", &error));
  g_assert_nonnull (strstr (error->message, "/proc/nowhere/templates"));
}

/* The disk is full, or the folder has gone: says so, and what was there stays. */
static void
test_no_room (Fixture *self, gconstpointer unused)
{
  struct rlimit limit, none;
  g_autoptr (GError) error = NULL;

  save (self, 0, "Mine");
  g_autoptr (GListModel) templates = hr_templates_read (self->folder);
  g_autoptr (HrTemplate) template = g_list_model_get_item (templates, 0);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  none = (struct rlimit){ .rlim_cur = 16, .rlim_max = limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  g_assert_false (hr_template_rename (template, "Yours", &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_error (error, HR_ERROR, HR_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "the disk is full"));
  g_clear_error (&error);

  g_autoptr (GListModel) again = hr_templates_read (self->folder);
  g_autoptr (HrTemplate) kept = g_list_model_get_item (again, 0);
  g_assert_cmpuint (g_list_model_get_n_items (again), ==, 1);
  g_assert_cmpstr (hr_template_get_name (kept), ==, "Mine");

  hr_template_remove (kept, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rmdir (self->path), ==, 0);
  g_assert_false (hr_template_rename (template, "Yours", &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "there is no such folder"));
  g_assert_cmpstr (hr_template_get_name (template), ==, "Mine");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/template/apply", test_apply);
  ADD ("/template/same-name", test_same_name);
  ADD ("/template/rename-and-remove", test_rename_and_remove);
  ADD ("/template/broken", test_broken);
  ADD ("/template/nowhere", test_nowhere);
  ADD ("/template/no-room", test_no_room);

  return g_test_run ();
}
