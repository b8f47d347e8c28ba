# SPDX-License-Identifier: GPL-3.0-or-later
"""By keyboard: a configuration goes from one window to another, is saved, and goes again by Undo; preferences, manual."""

import json
import sys

from driver import find, has_text, wait_for
from reader import Reader

SAMPLE = "Task API fine-tune"
BARS = ("list item",)


def configurations(path):
    with open(path, encoding="utf-8") as file:
        return [one["name"] for one in json.load(file)["configurations"]]


def copy_to_new_window(person):
    """What is selected in the chart, which both windows call by the same words."""
    person.step_to("Full fine-tune: ", roles=BARS)
    person.step_to("QLoRA r16: ", roles=BARS, key="Right")
    spoken = person.focused.name
    person.keys("Return")
    person.keys("ctrl+c", "ctrl+n")
    window = person.wait_for_window("Untitled")
    person.activate("Untitled")
    person.keys("ctrl+v")
    wait_for("the configuration", lambda: find(window, BARS, spoken.split(",")[0]))
    return window


def undo_across_save(person, window, path):
    person.keys("ctrl+s")
    person.choose_file("Save Project", path.removesuffix(".headroom"))
    wait_for("the project", lambda: configurations(path) == ["QLoRA r16"])
    person.activate("Untitled")
    person.keys("ctrl+z")
    wait_for("the edited mark", lambda: has_text(window, "second.headroom · edited"))
    assert configurations(path) == ["QLoRA r16"], "undo wrote the file"
    person.keys("ctrl+shift+z")
    wait_for("no edited mark", lambda: not has_text(window, "edited"))


def look_into(person, window, key, title, *within):
    """A window of its own that takes the focus, and gives it back; before that, others that it opens itself."""
    person.activate(window)
    person.keys(key)
    person.wait_for_window(title)
    for another in within:
        look_into(person, title, *another)
    person.activate(title)
    person.keys("Escape")
    person.wait_for_no_window(title)


def main(executable):
    person = Reader(executable)
    try:
        person.wait_for_window(SAMPLE)
        person.activate(SAMPLE)
        window = copy_to_new_window(person)
        undo_across_save(person, window, f"{person.home}/second.headroom")
        look_into(person, "Untitled", "ctrl+comma", "Preferences", ("F1", "Help"))
        look_into(person, "Untitled", "F1", "Help")
        assert not person.warnings(), "".join(person.warnings())
    finally:
        person.close()


main(*sys.argv[1:])
