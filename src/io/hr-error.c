/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-error.h"

G_DEFINE_QUARK (hr_error, hr_error)
