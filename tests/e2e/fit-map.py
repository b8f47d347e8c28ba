# SPDX-License-Identifier: GPL-3.0-or-later
"""The Fit map view by keys and by pointer: what a cell says, adopting it, taking it back, another map, exporting it."""

import os
import sys

import pyatspi

from driver import Program, find, wait_for, wait_for_toast, xdotool

PROJECT = "Task API fine-tune"
BORDER = 5  # Of the window in its X window; GTK 4.8 does not tell.


def plot(window):
    return find(window, ("image", "icon"), "Micro-batch")


def wait_for_cell(window, batch, length):
    wait_for(f"the cell {batch} × {length}",
             lambda: plot(window).name.startswith(f"Micro-batch {batch}, Sequence length {length}: "))


def screen_place(thing, x_share, y_share):
    """Where a point of something is on the screen, by shares of its size."""
    box = thing.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    shown = xdotool("search", "--onlyvisible", "--name", f"^{PROJECT}$").split()[-1]
    corner = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", shown).split())
    return (str(int(corner["X"]) + BORDER + box.x + int(box.width * x_share)),
            str(int(corner["Y"]) + BORDER + box.y + int(box.height * y_share)))


def adopt_by_keys(program, window):
    program.keys("alt+3")
    wait_for_cell(window, "1", "2,048")
    program.keys("Up")
    wait_for_cell(window, "1", "1,024")
    program.keys("Right", "Right")
    wait_for_cell(window, "4", "1,024")
    wait_for("the verdict in words", lambda: "does not fit" in plot(window).name)
    program.keys("Return")
    wait_for_toast(window, "Changed to Micro-batch 4 · Sequence length 1,024")
    program.keys("ctrl+z")
    program.keys("Escape")
    wait_for_cell(window, "1", "2,048")


def change_map(program, window):
    program.keys("shift+Tab", "shift+Tab", "space", "Tab", "Tab", "Right")
    wait_for_cell(window, "2", "2,048")
    program.keys("Left", "Up")
    wait_for_cell(window, "1", "1,984")  # The next of the small cells.


def point(window):
    before = plot(window).name
    for x_share in (0.6, 0.7):  # A pointer that comes in and rests has not pointed at anything.
        xdotool("mousemove", *screen_place(plot(window), x_share, 0.8))
    wait_for("the cell under the pointer", lambda: plot(window).name != before)


def export(program, window, path):
    program.keys("ctrl+e")
    program.wait_for_window("Export")
    program.activate("Export")
    program.keys("ctrl+a")
    program.type(path)
    program.keys("Return")
    program.wait_for_no_window("Export")
    wait_for("the exported map", lambda: os.path.exists(path) and os.path.getsize(path) > 0)
    with open(path, "rb") as file:
        assert file.read(4) == b"\x89PNG"


def main(executable):
    program = Program(executable)
    try:
        window = program.wait_for_window(PROJECT)
        program.activate(PROJECT)
        adopt_by_keys(program, window)
        change_map(program, window)
        point(window)
        export(program, window, f"{program.home}/fit-map.png")
        assert not program.warnings(), "".join(program.warnings())
    finally:
        program.close()


main(*sys.argv[1:])
