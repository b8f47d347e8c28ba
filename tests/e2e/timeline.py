# SPDX-License-Identifier: GPL-3.0-or-later
"""The Timeline view by keys and by pointer: steps through the run, chooses a component, exports what is seen."""

import os
import sys

import pyatspi

from driver import Program, find, has_text, wait_for, wait_for_toast, xdotool

PROJECT = "Task API fine-tune"
BORDER = 5  # Of the window in its X window; GTK 4.8 does not tell.


def plot(window):
    return find(window, ("image", "icon"), " gigabytes")


def wait_for_moment(window, *parts):
    wait_for(f"the moment {parts}", lambda: all(part in plot(window).name for part in parts))


def screen_place(thing, x_share, y_share):
    """Where a point of something is on the screen, by shares of its size."""
    box = thing.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    shown = xdotool("search", "--onlyvisible", "--name", f"^{PROJECT}$").split()[-1]
    corner = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", shown).split())
    return (str(int(corner["X"]) + BORDER + box.x + int(box.width * x_share)),
            str(int(corner["Y"]) + BORDER + box.y + int(box.height * y_share)))


def step_by_keys(program, window):
    program.keys("alt+2")
    wait_for_moment(window, "over the limit")
    peak = plot(window).name
    for key, part in (
        ("Home", "load:"),
        ("ctrl+Right", "forward, step 1:"),
        ("Right", "layer 1 of 32"),
        ("ctrl+Right", "loss, step 1"),
        ("ctrl+Left", "forward, step 1:"),
        ("Left", "load:"),
        ("End", "between steps, step 2"),
    ):
        program.keys(key)
        wait_for_moment(window, part)
    program.keys("p")
    wait_for("the peak", lambda: plot(window).name == peak)


def choose_by_keys(program, window):
    program.keys("Up")
    wait_for_moment(window, "Weights: 16.06 gigabytes")
    program.keys("Up")
    wait_for_moment(window, "Gradients: 16.06 gigabytes")
    program.keys("Escape")
    wait_for("no component", lambda: "Gradients" not in plot(window).name)


def point_and_click(window):
    xdotool("mousemove", *screen_place(plot(window), 0.7, 0.8))
    wait_for("the step under the pointer", lambda: has_text(window, ", step 2"))
    xdotool("click", "1")
    wait_for_moment(window, ", step 2", "Weights: 16.06 gigabytes")  # Weights are below everything.

    row = wait_for("the row of the optimizer", lambda: find(window, ("list item",), "Optimizer,"))
    xdotool("mousemove", *screen_place(row, 0.5, 0.5), "click", "1")
    wait_for_moment(window, "Optimizer: ")


def export(program, window, path):
    program.keys("ctrl+e")
    program.wait_for_window("Export")
    program.activate("Export")
    program.keys("ctrl+a")
    program.type(path)
    program.keys("Return")
    program.wait_for_no_window("Export")
    wait_for("the exported chart", lambda: os.path.exists(path) and os.path.getsize(path) > 0)
    wait_for_toast(window, "Exported")
    with open(path, "rb") as file:
        assert file.read(4) == b"\x89PNG"


def main(executable):
    program = Program(executable)
    try:
        window = program.wait_for_window(PROJECT)
        program.activate(PROJECT)
        step_by_keys(program, window)
        choose_by_keys(program, window)
        point_and_click(window)
        export(program, window, f"{program.home}/timeline.png")
        program.keys("alt+1")
        wait_for("the comparison", lambda: find(window, ("list item",), "QLoRA r16"))
        assert not program.warnings(), "".join(program.warnings())
    finally:
        program.close()


main(*sys.argv[1:])
