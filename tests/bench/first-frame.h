/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* Runs @application until its first window has painted once, prints the time since @started_us (on the monotonic
 * clock, taken by the parent process just before this one began), the processor's time and the resident memory as
 * JSON, and quits. */
int first_frame_run (GApplication *application, gint64 started_us);
