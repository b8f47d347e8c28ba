# SPDX-License-Identifier: GPL-3.0-or-later
"""Tab, pressed until it comes round: in each of the five views it leads to every control that the window shows, and
nothing keeps the focus."""

import sys

import pyatspi
from driver import BUTTONS, find, wait_for
from reader import Reader

PROJECT = "Task API fine-tune"
VIEWS = ("Compare", "Timeline", "Fit Map", "GPUs", "Explain")
AT_ONCE = 20
MOST_PRESSES = 200

ENDS = (*BUTTONS, "page tab", "combo box", "text", "entry", "check box", "switch")  # hold no control
HOLDERS = ("scroll pane", "list", "table", "tree table")  # hand the focus on to what they hold
SILENT = ("label", "image", "icon", "scroll bar")

# The window manager has keys for these.
OF_THE_WINDOW = ("Minimize", "Maximize", "Close")


class Listener(Reader):
    """Keeps all that had the focus. GTK 4.8 tells of entry rows only that their text is selected, as Tab does it."""

    def __init__(self, program):
        self.stops = []
        pyatspi.Registry.registerEventListener(self._selected_cb, "object:text-selection-changed")
        super().__init__(program)

    def _focused_cb(self, event):
        super()._focused_cb(event)
        if event.detail1:
            self.stops.append(event.source)

    def _selected_cb(self, event):
        self.stops.append(event.source)

    def go_round(self):
        """Presses Tab until something has the focus for the second time; returns all that had it."""
        self.stops = []
        for _ in range(MOST_PRESSES // AT_ONCE):
            before = len(self.stops)
            self.keys(*["Tab"] * AT_ONCE)
            wait_for("the focus to move", lambda: self.focus() and len(self.stops) > before)
            if self.stops[0] in self.stops[1:]:
                return self.stops
        raise AssertionError(f"Tab does not come round but goes to {[stop.name for stop in self.stops]}")


def has_size(thing):
    try:
        box = thing.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    except NotImplementedError:  # the page of a stack
        return True
    return box.width > 0 and box.height > 0


def is_one_stop(holder, path):
    """In charts and in tables with columns the arrow keys lead on."""
    return any(thing.getRoleName() == "tree table" for thing in (*path, holder)) or (
        holder.getRoleName() == "list" and not holder.getState().contains(pyatspi.STATE_FOCUSABLE))


def is_named(thing):
    """GTK 4.8 takes the name of the type where there is nothing else."""
    return thing.name != "" and not thing.name.startswith(("Adw", "Gtk", "Hr"))


def find_unreached(thing, stops, path=()):
    """The controls below that Tab did not lead to; whether it led to any."""
    role = thing.getRoleName()
    if role in SILENT:
        return [], False
    if thing in stops:
        return [], True
    state = thing.getState()
    if not has_size(thing) or not state.contains(pyatspi.STATE_SENSITIVE):
        return [], False
    unreached, is_reached = [], False
    if role not in ENDS:
        for child in thing:
            below, reached = find_unreached(child, stops, (*path, thing)) if child is not None else ([], False)
            unreached += below
            is_reached = is_reached or reached
            if reached and is_one_stop(thing, path):
                return [], True
    if not is_reached and role not in HOLDERS and thing.name not in OF_THE_WINDOW:
        unreached += [thing] if state.contains(pyatspi.STATE_FOCUSABLE) else []
    return unreached, is_reached


def check_view(person, window, number, view):
    person.keys(f"alt+{number}")
    tab = find(window, ("page tab", "toggle button"), view)
    wait_for(f"the view {view}", lambda: tab.getState().contains(pyatspi.STATE_SELECTED))
    stops, missed = [], []

    def reaches_all():
        """Again where the view was still being filled."""
        stops[:] = person.go_round()
        missed[:] = [f"{thing.getRoleName()} {thing.name}" for thing in find_unreached(window, stops)[0]]
        return not missed

    try:
        wait_for(f"{view}: Tab to reach all", reaches_all)
    except AssertionError:
        raise AssertionError(f"{view}: Tab does not reach {missed}") from None
    nameless = [f"{stop.getRoleName()} in {stop.parent.name}" for stop in stops if not is_named(stop)]
    assert not nameless, f"{view}: {nameless}"


def main(executable):
    person = Listener(executable)
    try:
        window = person.wait_for_window(PROJECT)
        person.activate(PROJECT)
        for number, view in enumerate(VIEWS, 1):
            check_view(person, window, number, view)
        assert not person.warnings(), "".join(person.warnings())
    finally:
        person.close()


main(*sys.argv[1:])
