/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-configuration-fit-map.h"
#include "hr-configuration-set.h"
#include "hr-configuration-timeline.h"
#include "hr-looks.h"

G_BEGIN_DECLS

#define HR_TYPE_SELECTION (hr_selection_get_type ())
G_DECLARE_FINAL_TYPE (HrSelection, hr_selection, HR, SELECTION, GObject)

/**
 * HrSelection:
 *
 * What is selected and shown in a window: one for all its views, so that choosing something in one chooses it in all.
 *
 * Properties (read-write), the selection: project (HrProject), configuration (HrConfiguration, nullable: the leading
 * one of those that are selected; setting it selects no other; when it is removed, the nearest follows), component
 * (gint, -1: none), phase (gint, #HrPhaseKind, -1: none) with step (guint, of the run, as in #HrPhase), gpu (string,
 * nullable: id of the card that is looked at besides the project's).
 *
 * What is shown: view (string: the page), hidden-components (guint, bit n: component n), cut-at-limit (gboolean),
 * only-differences (gboolean), baseline (HrConfiguration, nullable: what the others are compared with; none when it is
 * removed).
 *
 * Signals: "selected-changed": which configurations are selected, in number or order; "fit-map-changed": which fit map
 * is looked at; "look-changed" (name, as detail too): what a view keeps for itself, as in HrLooks.
 */
HrSelection *hr_selection_new (void) G_GNUC_WARN_UNUSED_RESULT;

HrProject *hr_selection_get_project (HrSelection *self);
void hr_selection_set_project (HrSelection *self, HrProject *project);
HrConfiguration *hr_selection_get_configuration (HrSelection *self);
void hr_selection_set_configuration (HrSelection *self, HrConfiguration *configuration);

/** Returns: (transfer none) (element-type HrConfiguration): what is selected, in the project's order. */
GListModel *hr_selection_get_selected (HrSelection *self);
gboolean hr_selection_is_selected (HrSelection *self, HrConfiguration *configuration);

/** Selects @configuration and nothing else, as setting the property does. */
void hr_selection_select_only (HrSelection *self, HrConfiguration *configuration);

/** Selects @configuration too, which then leads, or takes it out; the only one stays. */
void hr_selection_toggle (HrSelection *self, HrConfiguration *configuration);

/** Selects all from the one that was selected or toggled last to @configuration, which then leads. */
void hr_selection_extend_to (HrSelection *self, HrConfiguration *configuration);

/** Selects every configuration of the project; the leading one stays. */
void hr_selection_select_all (HrSelection *self);

int hr_selection_get_component (HrSelection *self);
void hr_selection_set_component (HrSelection *self, int component);
guint hr_selection_get_hidden_components (HrSelection *self);
void hr_selection_set_hidden_components (HrSelection *self, guint hidden);

/** Returns: the kind of phase that is selected, -1: none. */
int hr_selection_get_phase (HrSelection *self);

/** The optimizer step that the selected phase belongs to, from 1; 0: before the first, or no phase. */
guint hr_selection_get_step (HrSelection *self);

/** @kind: #HrPhaseKind, -1: none */
void hr_selection_set_phase (HrSelection *self, int kind, guint step);
const char *hr_selection_get_gpu (HrSelection *self);
void hr_selection_set_gpu (HrSelection *self, const char *id);
const char *hr_selection_get_view (HrSelection *self);
void hr_selection_set_view (HrSelection *self, const char *view);

/** Shows or hides one component. */
void hr_selection_toggle_component (HrSelection *self, HrComponent component);
gboolean hr_selection_get_cut_at_limit (HrSelection *self);
void hr_selection_set_cut_at_limit (HrSelection *self, gboolean cut);

gboolean hr_selection_get_only_differences (HrSelection *self);
void hr_selection_set_only_differences (HrSelection *self, gboolean only);
HrConfiguration *hr_selection_get_baseline (HrSelection *self);
void hr_selection_set_baseline (HrSelection *self, HrConfiguration *configuration);

/** Returns: which fit map is looked at, of the selected configuration: axes that it does not have are replaced. */
HrFitMapOptions hr_selection_get_fit_map (HrSelection *self);
void hr_selection_set_fit_map (HrSelection *self, const HrFitMapOptions *options);

/** Returns: (transfer none): what views keep for themselves. */
HrLooks *hr_selection_get_looks (HrSelection *self);

/** Returns: (nullable) (transfer none) (element-type HrOfferRow): the offers that are looked at, if any were. */
GListModel *hr_selection_get_offers (HrSelection *self);
void hr_selection_set_offers (HrSelection *self, GListModel *offers);

G_END_DECLS
