#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of the window: take.py BUILD-FOLDER PICTURE-FOLDER [PATTERN...]

Without a pattern, every view in every look: what docs/screenshots keeps. With patterns, as of shells, the pictures that
are called so, also of states, dialogs and windows, which are for looking at: "timeline*", "dialog-*-dark", "*".
Wants an X display of its own with room for the largest window.
"""
import contextlib
import copy
import fnmatch
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data/examples/task-api.headroom"
MODEL_FILE = ROOT / "tests/data/configs/qwen2_vl.json"
SETTLE_S, DEADLINE_S = 0.2, 30
LOOKS_AT_REST = 4
KEY_DELAY_MS = "300"
WIDE, MEDIUM, NARROW = (1400, 860), (900, 700), (360, 640)
# So many colours are enough for a picture that looks the same, in a third of the bytes.
SMALLER = ("-strip", "+dither", "-treedepth", "8", "-colors", "255", "-define", "png:compression-level=9")

DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
HIGH_CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
# name: (size, environment)
LOOKS = {
    "": (WIDE, {}),
    "-dark": (WIDE, DARK),
    "-high-contrast": (WIDE, HIGH_CONTRAST),
    "-narrow": (NARROW, {}),
    "-right-to-left": (WIDE, {"LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"}),
    "-german": (WIDE, {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}),
}
MORE_LOOKS = {
    "-high-contrast-dark": (WIDE, DARK | HIGH_CONTRAST),
    "-medium": (MEDIUM, {}),
    "-german-narrow": (NARROW, LOOKS["-german"][1]),
    "-right-to-left-narrow": (NARROW, LOOKS["-right-to-left"][1]),
    "-narrow-dark": (NARROW, DARK),
    "-scale-2": ((780, 580), {"GDK_SCALE": "2"}),
}
FEW_LOOKS = {look: LOOKS[look] for look in ("", "-dark", "-narrow")}

# Steps are keys to press; one that starts with = is a text to type, @ alone waits for a new window.
VIEWS = {
    "compare": (),
    "timeline": (),
    "fit-map": (),
    "gpus": ("Down", "Down"),
    "explain": ("Down", "Down"),
}
MAP = {"view": "fit-map", "map-columns": "micro-batch", "map-rows": "sequence"}
# name: (steps, what the window remembers of the project besides its configuration)
STATES = {
    "compare-selected": ((), {"selected": "c2;c3;"}),
    "compare-baseline": ((), {"baseline": "c1"}),
    "compare-differences": ((), {"only-differences": "true", "baseline": "c2"}),
    "compare-cut": ((), {"cut-at-limit": "true"}),
    "compare-hidden": ((), {"hidden": "weights;unused;", "component": "optimizer"}),
    "timeline-layers": (("plus",) * 4, {"view": "timeline"}),
    "fit-map-detail": ((), MAP | {"map-fine": "true"}),
    "fit-map-zoom": ((), MAP | {"map-zoom": "true"}),
    "fit-map-rank": ((), MAP | {"map-columns": "rank"}),
}
MODEL = ("alt+h", "@")
# name: steps; the picture is of the window that was waited for last
DIALOGS = {
    "dialog-model": MODEL,
    "dialog-model-none": (*MODEL, "=no such model"),
    "dialog-find": ("ctrl+f", "@", "=qlo"),
    "dialog-preferences": ("ctrl+comma", "@"),
    "dialog-assumptions": ("ctrl+t", "@"),
    "dialog-own-catalogue": ("ctrl+l", "@"),
    "dialog-rename": ("F2", "@"),
    "dialog-import-report": ("ctrl+i", "@", f"={MODEL_FILE}", "Return", "@"),
    "window-help": ("F1", "@"),
    "window-shortcuts": ("ctrl+question", "@"),
}
# What waits behind a button in narrow windows: keys from the chart to the button.
FOLDS = {"fold-legend": ("shift+Tab",) * 4, "fold-shown": ("shift+Tab",)}
REMEMBERED = {"configuration": "c3"}
ENVIRONMENT = {
    "GDK_BACKEND": "x11",
    "GSK_RENDERER": "cairo",
    "GDK_DEBUG": "gl-disable",
    "GSETTINGS_BACKEND": "keyfile",
    "GTK_A11Y": "none",
    "LC_ALL": "C.UTF-8",
}


def many_configurations(folder):
    """The sample with each of its four configurations at three batches."""
    project = json.loads(SAMPLE.read_text(encoding="utf-8"))
    plans = []
    for micro_batch in (1, 2, 4):
        for plan in copy.deepcopy(project["configurations"]):
            plan["id"] = f"c{len(plans) + 1}"
            plan["name"] += f", batch {micro_batch}" if micro_batch > 1 else ""
            plan["batch"]["micro_batch_size"] = micro_batch
            plans.append(plan)
    project["configurations"] = plans
    return write_project(folder / "many.headroom", project)


def no_configuration(folder):
    return write_project(folder / "empty.headroom", {"format": "headroom-project", "version": 1, "configurations": []})


def write_project(path, project):
    path.write_text(json.dumps(project, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def the_sample(folder):
    return SAMPLE


def all_pictures():
    """name: (size, environment, steps, what is remembered, the function that gives the project)"""
    pictures = {}
    for view, steps in VIEWS.items():
        for look, (size, environment) in (LOOKS | MORE_LOOKS).items():
            pictures[view + look] = (size, environment, steps, {"view": view}, the_sample)
        for look, (size, environment) in FEW_LOOKS.items():
            remembered = {"view": view, "baseline": "c2"}
            pictures[f"{view}-many{look}"] = (size, environment, steps, remembered, many_configurations)
    for state, (steps, remembered) in STATES.items():
        for look, (size, environment) in (LOOKS | MORE_LOOKS).items():
            pictures[state + look] = (size, environment, steps, remembered, the_sample)
    for fold, keys in FOLDS.items():
        pictures[fold] = (NARROW, {}, (*keys, "space", "@"), {"view": "compare"}, the_sample)
    for look, (size, environment) in LOOKS.items():
        pictures["empty" + look] = (size, environment, (), {}, no_configuration)
        for dialog, steps in DIALOGS.items():
            pictures[dialog + look] = (size, environment, steps, {}, the_sample)
    return pictures


def output(*command):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return result.stdout if result.returncode == 0 else b""


def until(question):
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(SETTLE_S)
    raise SystemExit("the window did not appear, or did not come to rest")


def windows_of(process):
    return output("xdotool", "search", "--all", "--onlyvisible", "--pid", str(process.pid), "--name", ".").decode().split()


def take_steps(process, window, steps):
    """Returns the newest window."""
    known = {window}
    for step in steps:
        if step == "@":
            window = until(lambda: [other for other in windows_of(process) if other not in known])[0]
            known.add(window)
        elif step.startswith("="):
            subprocess.run(["xdotool", "type", "--clearmodifiers", step[1:]], check=True)
        else:
            subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", KEY_DELAY_MS, step], check=True)
    return window


def picture_at_rest(window, unlike=None):
    """The first picture that is the same as those before, and another than the one given."""
    pictures = []

    def picture():
        pictures.append(output("import", "-silent", "-window", window, "png:-"))
        latest = pictures[-LOOKS_AT_REST:]
        at_rest = len(latest) == LOOKS_AT_REST and len(set(latest)) == 1
        return latest[0] if at_rest and latest[0] != unlike else None

    return until(picture)


def write_settings(home, size):
    folder = home / "glib-2.0/settings"
    folder.mkdir(parents=True)
    settings = f"[io/github/headroom/Headroom]\nwindow-width={size[0]}\nwindow-height={size[1]}\nfirst-start=false\n"
    (folder / "keyfile").write_text(settings, encoding="utf-8")
    toolkit = home / "gtk-4.0"
    toolkit.mkdir()
    (toolkit / "settings.ini").write_text("[Settings]\ngtk-font-name=Cantarell 11\n", encoding="utf-8")


def write_memory(home, project, remembered):
    """What the program itself writes down when a project is left; see src/model/hr-view-state.c."""
    group = hashlib.sha256(project.as_uri().encode()).hexdigest()
    lines = [f"{key}={value}" for key, value in (REMEMBERED | remembered | {"seen": "1"}).items()]
    folder = home / "headroom"
    folder.mkdir()
    (folder / "views.ini").write_text("\n".join([f"[{group}]", *lines, ""]), encoding="utf-8")


@contextlib.contextmanager
def running(build, home, project, look):
    homes = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    folders = {"GSETTINGS_SCHEMA_DIR": f"{build}/data", "HEADROOM_LOCALE_DIR": f"{build}/po"}
    environment = os.environ | ENVIRONMENT | look | {"HOME": str(home)} | homes | folders
    program = subprocess.Popen([f"{build}/src/app/headroom", str(project)], env=environment)
    try:
        yield program
    finally:
        program.terminate()
        program.wait()


def take(build, picture, target):
    size, look, steps, remembered, make_project = picture
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        project = make_project(home)
        write_settings(home, size)
        write_memory(home, project, remembered)
        with running(build, home, project, look) as program:
            window = until(lambda: windows_of(program))[0]
            image = picture_at_rest(window)
            shown = take_steps(program, window, steps)
            if shown != window and size == NARROW:
                subprocess.run(["xdotool", "windowsize", "--sync", shown, *map(str, size)], check=True)
            if steps:
                image = picture_at_rest(shown, unlike=image)
            target.write_bytes(image)
    subprocess.run(["mogrify", *SMALLER, str(target)], check=True)
    print(target, flush=True)


def main(build, folder, *patterns):
    pictures = all_pictures()
    kept = [view + look for view in VIEWS for look in LOOKS]
    wanted = [name for name in pictures if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)]
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    manager = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    width, height = output("xdotool", "getdisplaygeometry").decode().split()
    subprocess.run(["xdotool", "mousemove", width, height], check=True)  # The pointer marks what it is over.
    try:
        for name in wanted if patterns else kept:
            take(os.path.abspath(build), pictures[name], pathlib.Path(folder, f"{name}.png"))
    finally:
        manager.terminate()
        manager.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
