/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_TITLE_BIN (hr_title_bin_get_type ())
G_DECLARE_FINAL_TYPE (HrTitleBin, hr_title_bin, HR, TITLE_BIN, AdwBin)

/**
 * HrTitleBin:
 *
 * The middle of a header bar. It asks for the width of a short title only, whatever its child would like, so that the
 * buttons at both sides get theirs first; it takes what they leave.
 */

G_END_DECLS
