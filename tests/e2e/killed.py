# SPDX-License-Identifier: GPL-3.0-or-later
"""The window is killed while a person edits: the changes are there again, to be saved or discarded. What was open when
the program was quit opens again."""

import glob
import itertools
import json
import os
import random
import shutil
import sys
import tempfile

from driver import Program, click, find, has_text, wait_for

ENTRIES = ("text", "entry")
SAMPLE = "Task API fine-tune"
RESTORED = "Changes that had not been saved are restored."

# None comes twice: an edit that brings back what the file holds has nothing to restore.
further_values = itertools.count(100)


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def read(path):
    return json.loads(read_text(path))["configurations"][0]["batch"]["micro_batch_size"]


def set_number(window, value):
    entry = wait_for("the entry", lambda: find(window, ENTRIES, "Micro-batch size"))
    entry.queryEditableText().setTextContents(str(value))
    entry.queryAction().doAction(0)


def drafts(home):
    return glob.glob(f"{home}/state/headroom/drafts/*.draft")


def drafted(home, value):
    for path in drafts(home):
        if f'"micro_batch_size": {value}' in read_text(path):
            return True
    return False


def edit_and_kill(executable, home, path, value):
    """Returns: the value in the file, which is the one before; the draft has this one."""
    program = Program(executable, path, home=home)
    window = program.wait_for_window("Killed")
    before = read(path)
    set_number(window, value)
    wait_for("the draft", lambda: drafted(home, value))
    for _ in range(random.randint(0, 5)):
        set_number(window, next(further_values))
    program.kill()
    assert read(path) == before, "the file was written without being asked to"
    return before


def restore(executable, home):
    program = Program(executable, home=home)
    window = program.wait_for_window("Killed")
    wait_for("the banner", lambda: has_text(window, RESTORED))
    return program, window


def save_restored(executable, home, path):
    edit_and_kill(executable, home, path, 6)
    program, window = restore(executable, home)
    click(window, "Save")
    wait_for("the saved file", lambda: read(path) >= 6)
    wait_for("the banner to go", lambda: not drafts(home))
    program.close()


def discard_restored(executable, home, path):
    before = edit_and_kill(executable, home, path, 7)
    program, window = restore(executable, home)
    click(window, "Discard")
    wait_for("the draft to go", lambda: not drafts(home))
    assert read(path) == before
    program.close()


def restore_untitled(executable, home):
    """What has no file yet comes back with what was looked at."""
    program = Program(executable, home=home)
    window = program.wait_for_window(SAMPLE)
    set_number(window, 11)
    program.activate(SAMPLE)
    program.keys("alt+4")
    wait_for("the draft", lambda: drafted(home, 11))
    wait_for("the view to be remembered", lambda: "view=gpus" in read_text(f"{home}/state/headroom/views.ini"))
    program.kill()
    program = Program(executable, home=home)
    window = program.wait_for_window(SAMPLE)
    wait_for("the banner", lambda: has_text(window, RESTORED))
    wait_for("the view that was left", lambda: find(window, ("entry",), "Search GPUs and offers"))
    click(window, "Discard")
    wait_for("the draft to go", lambda: not drafts(home))
    program.close()


def terminate(executable, home, path):
    """Ended by the desktop: what was typed last is in the draft at once."""
    program = Program(executable, path, home=home)
    window = program.wait_for_window("Killed")
    set_number(window, 9)
    wait_for("the edited mark", lambda: has_text(window, "edited"))
    program.close()
    assert drafted(home, 9), "the last change was lost"
    program, window = restore(executable, home)
    click(window, "Discard")
    wait_for("the draft to go", lambda: not drafts(home))
    program.close()


def reopen_session(executable, home, path):
    program = Program(executable, path, home=home)
    program.wait_for_window("Killed")
    program.activate("Killed")
    program.keys("ctrl+q")
    assert program.exit_status() == 0
    program.close()
    program = Program(executable, home=home)
    window = program.wait_for_window("Killed")
    assert not has_text(window, RESTORED)
    program.close()


def main(executable, example):
    home = tempfile.mkdtemp(prefix="headroom-e2e-")
    path = f"{home}/killed.headroom"
    try:
        restore_untitled(executable, home)
        text = read_text(example)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(SAMPLE, "Killed", 1))
        save_restored(executable, home, path)
        discard_restored(executable, home, path)
        terminate(executable, home, path)
        reopen_session(executable, home, path)
    finally:
        shutil.rmtree(home)


main(*sys.argv[1:])
