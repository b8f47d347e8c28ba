/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"
#include "hr-json-merge.h"

G_BEGIN_DECLS

/* The order of members in a project file, made from the table of core/hr-field.h. */

#define HR_LAYOUT_NO_FIELD (-1)

/**
 * HrSection:
 * @names: (array length=n_members): its members in the order of the file
 * @fields: (array length=n_members): the #HrFieldId of each, or %HR_LAYOUT_NO_FIELD
 *
 * One object of the file.
 */
typedef struct
{
  const char *name;
  guint n_members;
  const char *names[HR_JSON_MAX_KNOWN];
  int fields[HR_JSON_MAX_KNOWN];
} HrSection;

/** A configuration; members that are no field are sections or lists. */
const HrSection *hr_layout_configuration (void);

/** Returns: (nullable): the section that @member of a configuration holds. */
const HrSection *hr_layout_section (guint member);

/** Members of the outermost object. */
typedef enum
{
  HR_PROJECT_FORMAT,
  HR_PROJECT_VERSION,
  HR_PROJECT_GENERATOR,
  HR_PROJECT_NAME,
  HR_PROJECT_NOTES,
  HR_PROJECT_GPU,
  HR_PROJECT_GPUS,
  HR_PROJECT_UNITS,
  HR_PROJECT_DATASET,
  HR_PROJECT_ASSUMPTIONS,
  HR_PROJECT_CONFIGURATIONS,
  HR_N_PROJECT_MEMBERS,
} HrProjectMember;

/** Members of the project's data set. */
typedef enum
{
  HR_DATASET_SAMPLES,
  HR_DATASET_MEAN_TOKENS,
  HR_DATASET_EPOCHS,
  HR_N_DATASET_MEMBERS,
} HrDatasetMember;

extern const char *const HR_PROJECT_MEMBERS[HR_N_PROJECT_MEMBERS];
extern const char *const HR_DATASET_MEMBERS[HR_N_DATASET_MEMBERS];

#define HR_PROJECT_FORMAT_NAME "headroom-project"

/** The ending of project files, with its dot. */
#define HR_PROJECT_SUFFIX ".headroom"

#define HR_PROJECT_FORMAT_VERSION 1

/* Sections that are not only fields. */
#define HR_SECTION_MODEL "model"
#define HR_SECTION_GPU "gpu"
#define HR_MEMBER_CONFIG "config"
#define HR_MEMBER_NOTES "notes"
#define HR_MEMBER_MEASURED "measured"
#define HR_MEMBER_MEASURED_COMPONENTS "measured_components"

G_END_DECLS
