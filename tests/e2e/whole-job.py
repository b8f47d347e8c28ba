# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job with a screen reader and a keyboard: from an empty window to a plan that is exported, saved and opened
again as it was left."""

import json
import os
import sys

from driver import BUTTONS, find, has_text, wait_for
from reader import Reader

ENTRIES = ("text", "entry")
ROWS = ("table row", "table cell")
PICTURES = ("image", "icon")
MODEL = "Qwen2.5-0.5B"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def value(thing):
    text = thing.queryText()
    return text.getText(0, text.characterCount)


def begin(person):
    """An empty window, the first of three methods, and the model, which is searched by typing."""
    person.wait_for_window("Task API fine-tune")
    person.activate("Task API fine-tune")
    person.keys("ctrl+n")
    window = person.wait_for_window("Untitled")
    person.activate("Untitled")
    person.step_to("Full Fine-Tuning")
    person.keys("Return")
    wait_for("the configuration", lambda: find(window, ENTRIES, "Configuration 1 of 1"))
    return window


def pick_model(person, window):
    person.step_to("Change…")
    person.keys("Return")
    person.wait_for_window("Choose a Model")
    person.wait_for_focus("Search Models")
    person.type(MODEL)
    dialog = person.window("Choose a Model")
    wait_for("the details of the model", lambda: has_text(dialog, "494,032,768 parameters"))
    person.keys("Return")
    person.wait_for_no_window("Choose a Model")
    wait_for("the model in the inspector", lambda: find(window, ("list item",), MODEL))


def add_methods(person, window):
    """Full fine-tuning is there; two more from the menu. The verdict of each is heard in the chart."""
    for number, item in enumerate(("LoRA", "QLoRA"), 2):
        person.choose_from_menu("Configuration", item)
        wait_for(f"{item}", lambda: find(window, ENTRIES, f"Configuration {number} of {number}"))
    person.step_to("expected from", roles=("list item",))
    person.step_to("QLoRA", roles=("list item",), key="Right")
    chart = person.focused.parent
    assert "fits" in person.focused.name.lower(), person.focused.name
    wait_for("the spoken summary", lambda: all(
        f"{name}: " in chart.description for name in ("Full fine-tune", "LoRA r16", "QLoRA r16")))
    assert "of 16.1 gigabytes, fits; " in chart.description, chart.description
    return chart


def change_batch(person, chart):
    """Typed, then doubled; what is heard of the chart follows."""
    before = chart.description
    entry = person.step_to("Micro-batch size", roles=ENTRIES)
    person.keys("ctrl+a")
    person.type("8")
    person.keys("Return")
    wait_for("the figure", lambda: value(entry) == "8")
    wait_for("another summary", lambda: chart.description != before)
    person.keys("shift+Up")
    wait_for("the double", lambda: value(entry) == "16")


def adopt_from_map(person, window):
    person.keys("alt+3")
    person.wait_for_focus("Micro-batch 16, Sequence length 2,048: ", roles=PICTURES)
    for key, cell in (("Left", "8, Sequence length 2,048"), ("Left", "4, Sequence length 2,048"),
                      ("Down", "4, Sequence length 4,096")):
        person.keys(key)
        wait_for(f"the cell {cell}", lambda: person.focus().name.startswith(f"Micro-batch {cell}: "))
    person.keys("Return")
    wait_for("the figures in the inspector", lambda: (
        value(find(window, ENTRIES, "Micro-batch size")) == "4" and value(find(window, ENTRIES, "Sequence length")) == "4096"))


def use_offer(person, window):
    """Ranked for the configuration: the first that has two of these cards is planned for."""
    person.keys("alt+4")
    person.step_to("Search GPUs and offers")
    person.type("L40S")
    wait_for("the offers", lambda: find(window, ROWS, "L40S"))
    person.step_to("L40S", roles=ROWS)
    person.keys("space")
    person.step_to("Use This GPU", roles=BUTTONS)
    person.keys("Return")
    wait_for("the card in the inspector", lambda: find(window, ("list item",), "× L40S"))


def apply_advice(person, window):
    person.keys("alt+5")
    advice = person.step_to("Apply: ").name.removeprefix("Apply: ")
    person.keys("Return")
    wait_for(f"{advice} to be taken", lambda: not find(window, BUTTONS, f"Apply: {advice}"))


def export(person, path, button, begins):
    person.choose_from_menu("Export", button)
    person.choose_file("Export", path)
    wait_for(f"{path}", lambda: read(path).startswith(begins))


def save_and_close(person, path):
    person.keys("ctrl+s")
    person.choose_file("Save Project", path.removesuffix(".headroom"))
    project = wait_for("the project", lambda: json.loads(read(path)))
    person.keys("ctrl+w")
    person.wait_for_no_window("Untitled")
    return project


def open_again(person, path, project):
    """The view that was looked at comes back, with its configuration, and everything that was planned."""
    person.activate("Task API fine-tune")
    person.keys("ctrl+o")
    person.choose_file("Open Project", path)
    window = person.wait_for_window("Untitled")
    wait_for("the last configuration", lambda: find(window, ENTRIES, "Configuration 3 of 3"))
    wait_for("the view that was left", lambda: find(window, BUTTONS, "Apply: "))
    assert value(find(window, ENTRIES, "Micro-batch size")) == str(project["configurations"][2]["batch"]["micro_batch_size"])
    assert has_text(window, os.path.basename(path)), "not saved as it is"


def main(executable):
    person = Reader(executable)
    try:
        path = f"{person.home}/plan.headroom"
        window = begin(person)
        pick_model(person, window)
        chart = add_methods(person, window)
        change_batch(person, chart)
        adopt_from_map(person, window)
        use_offer(person, window)
        apply_advice(person, window)
        export(person, f"{person.home}/chart.png", "PNG…", b"\x89PNG")
        export(person, f"{person.home}/report.pdf", "PDF Report…", b"%PDF")
        export(person, f"{person.home}/report.html", "HTML Report…", b"<!DOCTYPE html>")
        project = save_and_close(person, path)
        assert [one["name"] for one in project["configurations"]] == ["Full fine-tune", "LoRA r16", "QLoRA r16"], project
        open_again(person, path, project)
        assert not person.warnings(), "".join(person.warnings())
    finally:
        person.close()


main(*sys.argv[1:])
