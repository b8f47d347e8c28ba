# SPDX-License-Identifier: GPL-3.0-or-later
"""One person's afternoon: new project, edit, save, reopen, undo, add a measurement, import weights, export, close with unsaved changes, quit."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
import weights
from driver import Program, click, find, find_cell, has_text, wait_for, wait_for_toast

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
ENTRIES = ("text", "entry")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def choose_file(program, dialog, path, saving=False):
    """In the file chooser: an absolute path typed anywhere goes to where names are typed; one to save has a name already."""
    program.wait_for_window(dialog)
    program.activate(dialog)
    if saving:
        program.keys("ctrl+a")
    program.type(path)
    program.keys("Return")
    program.wait_for_no_window(dialog)


def set_number(program, window, name, value):
    entry = wait_for(f"the entry {name!r}", lambda: find(window, ENTRIES, name))
    entry.queryEditableText().setTextContents(str(value))
    entry.queryAction().doAction(0)


def get_number(window, name):
    entry = find(window, ENTRIES, name)
    return entry and entry.queryText().getText(0, entry.queryText().characterCount)


def open_an_empty_project(program):
    sample = program.wait_for_window("Task API fine-tune")
    wait_for("the sample's inspector", lambda: find(sample, ENTRIES, "Configuration 1 of 4"))
    program.activate("Task API fine-tune")
    program.keys("ctrl+n")
    return program.wait_for_window("Untitled")


def add_and_edit(program, window):
    click(window, "QLoRA")
    wait_for("the new configuration", lambda: find(window, ENTRIES, "Configuration 1 of 1"))
    set_number(program, window, "Micro-batch size", 4)
    wait_for("the figure in the entry", lambda: get_number(window, "Micro-batch size") == "4")


def save(program, path):
    program.activate("Untitled")
    program.keys("ctrl+s")
    choose_file(program, "Save Project", path.removesuffix(".headroom"), saving=True)
    wait_for("the saved file", lambda: b'"micro_batch_size": 4' in read(path))


def reopen(program, path):
    program.activate("Untitled")
    program.keys("ctrl+w")
    program.wait_for_no_window("Untitled")
    program.activate("Task API fine-tune")
    program.keys("ctrl+o")
    choose_file(program, "Open Project", path)
    window = program.wait_for_window("Untitled")
    program.wait_for_no_window("Task API fine-tune")  # It was untouched: its window is used.
    wait_for("the saved figure", lambda: get_number(window, "Micro-batch size") == "4")
    return window


def remove_and_undo(program, window):
    program.activate("Untitled")
    program.keys("Delete")
    wait_for_toast(window, "Removed QLoRA")
    program.keys("ctrl+z")
    wait_for("the configuration again", lambda: get_number(window, "Micro-batch size") == "4")
    wait_for("no edited mark", lambda: not has_text(window, "edited"))


def add_measurement(program, window, path):
    """From the configuration's menu to the figures beside the estimate, and back."""
    result = {"format": "headroom-measurement", "version": 1, "window": "train", "max_allocated_bytes": 9 * 10**9,
              "max_reserved_bytes": 10**10, "device_bytes": 11 * 10**9, "gpu": {"name": "Tesla T4"},
              "configuration": {"id": "c1", "name": "", "model": "meta-llama/Meta-Llama-3-8B"}, "versions": {"torch": "2.9.1"}}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file)

    program.activate("Untitled")
    head = wait_for("the head of the column", lambda: find_cell(window, "QLoRA"))
    program.click_on("Untitled", head, button=3)
    wait_for("the menu", lambda: find(head, ("menu item",), "Add Measurement")).queryAction().doAction(0)
    choose_file(program, "Add Measurement", path)
    wait_for_toast(window, "Added Measurement to QLoRA")
    wait_for("the figure in the inspector", lambda: has_text(window, "Device: 11.00 GB"))
    wait_for("the figure in the table", lambda: find_cell(window, "11.00 GB ("))
    wait_for("the figure on the bar", lambda: find(window, ("list item",), "measured 11.0 GB"))

    click(window, "Remove Measurement, Device")
    wait_for("the figure to go", lambda: not has_text(window, "Device: 11.00 GB"))
    program.activate("Untitled")
    program.keys("ctrl+z", "ctrl+z")
    wait_for("all figures to go", lambda: not has_text(window, "Allocated: 9.00 GB"))
    wait_for("no edited mark", lambda: not has_text(window, "edited"))


def write_gguf(path):
    """A model of one layer with matrices in Q4_0."""
    q4, f32 = (2, 18, 32), (0, 4, 1)
    matrices = {"attn_q": (64, 64), "attn_k": (64, 32), "attn_v": (64, 32), "attn_output": (64, 64), "ffn_gate": (64, 256),
                "ffn_up": (64, 256), "ffn_down": (256, 64)}
    tensors = {"token_embd.weight": (*q4, (64, 96)), "output.weight": (*q4, (64, 96)), "output_norm.weight": (*f32, (64,)),
               "blk.0.attn_norm.weight": (*f32, (64,)), "blk.0.ffn_norm.weight": (*f32, (64,))}
    tensors |= {f"blk.0.{name}.weight": (*q4, shape) for name, shape in matrices.items()}
    weights.gguf(path, {"general.architecture": "llama", "general.file_type": 2, "llama.embedding_length": 64,
                        "llama.block_count": 1, "llama.feed_forward_length": 256, "llama.attention.head_count": 4,
                        "llama.attention.head_count_kv": 2, "llama.vocab_size": 96}, tensors)


def import_weights(program, window, path):
    """A quantized file sets model, quantization and task as one step, tells what it assumed, and goes back by Undo."""
    write_gguf(path)
    program.activate("Untitled")
    program.keys("ctrl+i")
    choose_file(program, "Import", path)
    wait_for_toast(window, "Imported tiny")
    wait_for("the members of inference", lambda: find(window, ENTRIES, "Concurrent requests"))
    assert not find(window, ENTRIES, "Micro-batch size"), "still a training"
    click(window, "Undo")
    wait_for("the configuration again", lambda: get_number(window, "Micro-batch size") == "4")
    wait_for("no edited mark", lambda: not has_text(window, "edited"))


def export(program, window, path):
    program.activate("Untitled")
    program.keys("ctrl+e")
    choose_file(program, "Export", path, saving=True)
    wait_for("the exported chart", lambda: os.path.exists(path) and read(path).startswith(PNG_SIGNATURE))
    wait_for_toast(window, "Exported")


def close_with_unsaved(program, window, path):
    set_number(program, window, "Micro-batch size", 8)
    wait_for("the edited mark", lambda: has_text(window, "edited"))

    def ask():
        program.activate("Untitled")
        program.keys("ctrl+w")
        question = wait_for("the question", lambda: next(
            (child for child in program.application if has_text(child, "Save Changes?")), None))
        assert b'"micro_batch_size": 4' in read(path), "saved without being asked to"
        return question

    click(ask(), "Cancel")
    wait_for("the question to go", lambda: not any(has_text(child, "Save Changes?") for child in program.application))
    assert program.window("Untitled"), "Cancel closed the window"
    click(ask(), "Save")
    assert program.exit_status() == 0
    assert b'"micro_batch_size": 8' in read(path)


def main(executable):
    program = Program(executable)
    try:
        project = f"{program.home}/journey.headroom"
        window = open_an_empty_project(program)
        add_and_edit(program, window)
        save(program, project)
        window = reopen(program, project)
        remove_and_undo(program, window)
        add_measurement(program, window, f"{program.home}/run.json")
        import_weights(program, window, f"{program.home}/tiny.gguf")
        export(program, window, f"{program.home}/chart.png")
        close_with_unsaved(program, window, project)
        assert not program.warnings(), "".join(program.warnings())
    finally:
        program.close()


main(*sys.argv[1:])
