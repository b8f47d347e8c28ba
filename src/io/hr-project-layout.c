/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-project-layout.h"

#include <string.h>

const char *const HR_PROJECT_MEMBERS[HR_N_PROJECT_MEMBERS]
    = { "format", "version", "generator", "name",        "notes",         "gpu",
        "gpus",   "units",   "dataset",   "assumptions", "configurations" };
const char *const HR_DATASET_MEMBERS[HR_N_DATASET_MEMBERS] = { "samples", "mean_tokens", "epochs" };

typedef struct
{
  HrSection configuration;
  HrSection sections[HR_JSON_MAX_KNOWN]; /* by member of the configuration; without a name for other members */
} Layout;

static void
append (HrSection *section, const char *name, int field)
{
  g_assert (section->n_members < HR_JSON_MAX_KNOWN);

  section->names[section->n_members] = name;
  section->fields[section->n_members] = field;
  section->n_members++;
}

static HrSection *
get_section (Layout *layout, const char *name)
{
  guint n_members = layout->configuration.n_members;

  for (guint i = 0; i < n_members; i++)
    if (g_strcmp0 (layout->sections[i].name, name) == 0)
      return &layout->sections[i];

  append (&layout->configuration, name, HR_LAYOUT_NO_FIELD);
  layout->sections[n_members].name = name;
  return &layout->sections[n_members];
}

static Layout *
make_layout (void)
{
  Layout *layout = g_new0 (Layout, 1);

  layout->configuration.name = "";
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);
      HrSection *section = *field->section == '\0' ? &layout->configuration : get_section (layout, field->section);
      append (section, field->member, i);
      if (i == HR_JOB_NAME)
        append (section, HR_MEMBER_NOTES, HR_LAYOUT_NO_FIELD);
    }

  append (get_section (layout, HR_SECTION_MODEL), HR_MEMBER_CONFIG, HR_LAYOUT_NO_FIELD);
  append (&layout->configuration, HR_MEMBER_MEASURED, HR_LAYOUT_NO_FIELD);
  append (&layout->configuration, HR_MEMBER_MEASURED_COMPONENTS, HR_LAYOUT_NO_FIELD);
  return layout;
}

static const Layout *
get_layout (void)
{
  static gsize layout;

  if (g_once_init_enter (&layout))
    g_once_init_leave (&layout, (gsize) make_layout ());

  return (const Layout *) layout;
}

const HrSection *
hr_layout_configuration (void)
{
  return &get_layout ()->configuration;
}

const HrSection *
hr_layout_section (guint member)
{
  const HrSection *section = &get_layout ()->sections[member];

  return section->name != NULL ? section : NULL;
}
