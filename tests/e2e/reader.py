# SPDX-License-Identifier: GPL-3.0-or-later
"""Someone who works with a screen reader and a keyboard: hears where the focus goes, by events of the accessibility bus,
and presses keys. No pointer, and no looking for things that the focus cannot reach."""

import time

import pyatspi
from driver import POLL_SECONDS, Program, wait_for
from gi.repository import GLib

MOST_STEPS = 120

# GTK 4.8 says nothing of the focus in the entry rows of libadwaita: who hears nothing for so long goes on.
SILENT_SECONDS = 2


def name_of(thing):
    """"" where it is gone: what had the focus was made anew."""
    try:
        return thing.name or ""
    except GLib.Error:
        return ""


class Reader(Program):
    """The program, and what is heard of it. Listens from the start."""

    def __init__(self, program, *arguments, **options):
        self.focused = None
        self.heard = 0  # how often the focus moved
        pyatspi.Registry.registerEventListener(self._focused_cb, "object:state-changed:focused")
        super().__init__(program, *arguments, **options)

    def _focused_cb(self, event):
        if event.detail1:
            self.focused = event.source
            self.heard += 1

    def focus(self):
        """What has the focus, as far as was told until now."""
        while GLib.MainContext.default().iteration(False):
            pass
        return self.focused

    def has_focus(self, name, roles=None):
        thing = self.focus()
        return thing is not None and name in name_of(thing) and (roles is None or thing.getRoleName() in roles)

    def wait_for_focus(self, name, roles=None):
        wait_for(f"the focus on {name!r}", lambda: self.has_focus(name, roles))
        return self.focused

    def step_to(self, name, roles=None, key="Tab"):
        """Presses a key until the focus is on something whose name contains this one, and hears after each press where
        it has moved. Returns what has the focus."""
        passed = []
        for _ in range(MOST_STEPS):
            if self.has_focus(name, roles):
                return self.focused
            before = self.heard
            self.keys(key)
            self._hear_more_than(before)
            passed.append(self.focused and name_of(self.focused))
        raise AssertionError(f"{key} does not lead to {name!r} but to {passed}")

    def _hear_more_than(self, before):
        end = time.monotonic() + SILENT_SECONDS
        while time.monotonic() < end:
            self.focus()
            if self.heard > before:
                return
            time.sleep(POLL_SECONDS)

    def choose_from_menu(self, button, item):
        """Opens the menu of a button that Tab leads to, and goes down to an item."""
        self.step_to(button)
        self.keys("space")
        self.step_to(item, key="Down")
        self.keys("Return")

    def choose_file(self, dialog, path):
        """In the file chooser, where the focus is in the name, or Ctrl+L brings a place to type one."""
        self.wait_for_window(dialog)
        self.activate(dialog)
        self.keys("ctrl+l", "ctrl+a")
        self.type(path)

        def is_gone():
            self.keys("Return")  # The first may go to what completes the name.
            end = time.monotonic() + SILENT_SECONDS
            while time.monotonic() < end and self.window(dialog) is not None:
                time.sleep(POLL_SECONDS)
            return self.window(dialog) is None

        wait_for(f"the window {dialog!r} to go", is_gone)
