#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of the window on the sample project: take.py BUILD-FOLDER PICTURE-FOLDER [NAME...]

Wants an X display of its own with room for the largest window. docs/screenshots keeps compare.png and timeline.png; the
others are for looking at.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data/examples/task-api.headroom"
SETTLE_S, DEADLINE_S = 0.2, 20
LOOKS_AT_REST = 4
KEY_DELAY_MS = "300"
NARROW = 500  # as wide as dialogs are
MODEL_FILE = ROOT / "tests/data/configs/qwen2_vl.json"

DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
HIGH_CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
RIGHT_TO_LEFT = {"GTK_DEBUG": "invert-text-dir"}
GERMAN = {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}
ARABIC = {"LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"}
# Steps are keys to press; one that starts with = is a text to type, with @ the name of a window to wait for.
# The view, its list of configurations, the third of them, the chart again.
TIMELINE = ("alt+2", *("shift+Tab",) * 4, "space", "Down", "Down", "Return", *("Tab",) * 4)
# The view, its list of configurations, the third of them, the map again.
FIT_MAP = ("alt+3", *("shift+Tab",) * 6, "space", "Down", "Down", "Return", *("Tab",) * 6)
FIT_MAP_DETAIL = (*FIT_MAP, *("shift+Tab",) * 2, "space", "Tab", "Tab", "Down", "Right")
GPUS = ("alt+4", "Down", "Down")
MODEL = ("alt+h", "@Choose a Model")
NO_MODEL = (*MODEL, "=no such model")
IMPORT = ("ctrl+i", "@Import", f"={MODEL_FILE}", "Return", "@Imported .*")
# The view, with the third line of its tree chosen.
EXPLAIN = ("alt+5", "Down", "Down")

# name: (width, height, environment, steps); of the window that was waited for last
LOOKS = {
    "compare": (1400, 860, {}, ()),
    "dark": (1400, 860, DARK, ()),
    "high-contrast": (1400, 860, HIGH_CONTRAST, ()),
    "high-contrast-dark": (1400, 860, HIGH_CONTRAST | DARK, ()),
    "medium": (900, 700, {}, ()),
    "narrow": (360, 640, {}, ()),
    "import-report": (1400, 860, {}, IMPORT),
    "import-report-dark": (1400, 860, DARK, IMPORT),
    "import-report-high-contrast": (1400, 860, HIGH_CONTRAST, IMPORT),
    "import-report-narrow": (360, 640, {}, IMPORT),
    "model-dialog": (1400, 860, {}, MODEL),
    "model-dialog-dark": (1400, 860, DARK, MODEL),
    "model-dialog-empty": (1400, 860, {}, NO_MODEL),
    "model-dialog-high-contrast": (1400, 860, HIGH_CONTRAST, MODEL),
    "model-dialog-narrow": (360, 640, {}, ("F9", *MODEL)),
    "right-to-left": (1400, 860, RIGHT_TO_LEFT, ()),
    "scale-2": (780, 580, {"GDK_SCALE": "2"}, ()),
    "gpus": (1400, 860, {}, GPUS),
    "gpus-dark": (1400, 860, DARK, GPUS),
    "gpus-high-contrast": (1400, 860, HIGH_CONTRAST, GPUS),
    "gpus-medium": (900, 700, {}, GPUS),
    "gpus-narrow": (360, 640, {}, GPUS),
    "gpus-right-to-left": (1400, 860, RIGHT_TO_LEFT, GPUS),
    "timeline": (1400, 860, {}, TIMELINE),
    "timeline-dark": (1400, 860, DARK, TIMELINE),
    "timeline-high-contrast": (1400, 860, HIGH_CONTRAST, TIMELINE),
    "timeline-high-contrast-dark": (1400, 860, HIGH_CONTRAST | DARK, TIMELINE),
    "timeline-medium": (900, 700, {}, TIMELINE),
    "timeline-narrow": (360, 640, {}, TIMELINE),
    "timeline-right-to-left": (1400, 860, RIGHT_TO_LEFT, TIMELINE),
    "explain": (1400, 860, {}, EXPLAIN),
    "explain-dark": (1400, 860, DARK, EXPLAIN),
    "explain-high-contrast": (1400, 860, HIGH_CONTRAST, EXPLAIN),
    "explain-narrow": (360, 640, {}, EXPLAIN),
    "explain-right-to-left": (1400, 860, RIGHT_TO_LEFT, EXPLAIN),
    "fit-map": (1400, 860, {}, FIT_MAP),
    "fit-map-dark": (1400, 860, DARK, FIT_MAP),
    "fit-map-detail": (1400, 860, {}, FIT_MAP_DETAIL),
    "fit-map-detail-dark": (1400, 860, DARK, FIT_MAP_DETAIL),
    "fit-map-detail-high-contrast": (1400, 860, HIGH_CONTRAST, FIT_MAP_DETAIL),
    "fit-map-detail-high-contrast-dark": (1400, 860, HIGH_CONTRAST | DARK, FIT_MAP_DETAIL),
    "fit-map-detail-narrow": (360, 640, {}, FIT_MAP_DETAIL),
    "fit-map-high-contrast": (1400, 860, HIGH_CONTRAST, FIT_MAP),
    "fit-map-narrow": (360, 640, {}, FIT_MAP),
    "fit-map-right-to-left": (1400, 860, RIGHT_TO_LEFT, FIT_MAP),
    "fit-map-detail-right-to-left": (1400, 860, RIGHT_TO_LEFT, FIT_MAP_DETAIL),
}
for view, view_steps in {"compare": (), "timeline": TIMELINE, "fit-map": FIT_MAP, "gpus": GPUS, "explain": EXPLAIN}.items():
    for language, speaks in {"german": GERMAN, "arabic": ARABIC}.items():
        LOOKS[f"{view}-{language}"] = (1400, 860, speaks, view_steps)
        LOOKS[f"{view}-{language}-narrow"] = (360, 640, speaks, view_steps)
ENVIRONMENT = {
    "GDK_BACKEND": "x11",
    "GSK_RENDERER": "cairo",
    "GDK_DEBUG": "gl-disable",
    "GSETTINGS_BACKEND": "keyfile",
    "GTK_A11Y": "none",
    "LC_ALL": "C.UTF-8",
}


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


def window_of(process, name="."):
    return output("xdotool", "search", "--all", "--onlyvisible", "--pid", str(process.pid), "--name", name).decode().split()


def take_steps(process, steps):
    """Returns the window that was waited for last, if any was."""
    window = None
    for step in steps:
        if step.startswith("@"):
            window = until(lambda: window_of(process, f"^{step[1:]}$"))[0]
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


def write_settings(home, width, height):
    folder = pathlib.Path(home, "glib-2.0/settings")
    folder.mkdir(parents=True)
    settings = f"[io/github/headroom/Headroom]\nwindow-width={width}\nwindow-height={height}\n"
    (folder / "keyfile").write_text(settings, encoding="utf-8")
    toolkit = pathlib.Path(home, "gtk-4.0")
    toolkit.mkdir()
    (toolkit / "settings.ini").write_text("[Settings]\ngtk-font-name=Cantarell 11\n", encoding="utf-8")


def take(build, name, target):
    width, height, look, steps = LOOKS[name]
    with tempfile.TemporaryDirectory() as home:
        write_settings(home, width, height)
        environment = os.environ | ENVIRONMENT | look | {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        environment["GSETTINGS_SCHEMA_DIR"] = f"{build}/data"
        environment["HEADROOM_LOCALE_DIR"] = f"{build}/po"
        program = subprocess.Popen([f"{build}/src/app/headroom", str(SAMPLE)], env=environment)
        try:
            window = until(lambda: window_of(program))[0]
            picture = picture_at_rest(window)
            dialog = take_steps(program, steps)
            if dialog and width < NARROW:
                subprocess.run(["xdotool", "windowsize", "--sync", dialog, str(width), str(height)], check=True)
            if steps:
                picture = picture_at_rest(dialog or window, unlike=picture)
            target.write_bytes(picture)
        finally:
            program.terminate()
            program.wait()
    subprocess.run(["mogrify", "-strip", "-define", "png:compression-level=9", str(target)], check=True)
    print(target)


def main(build, folder, *names):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    manager = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)  # The pointer marks what it is over.
    try:
        for name in names or LOOKS:
            take(os.path.abspath(build), name, pathlib.Path(folder, f"{name}.png"))
    finally:
        manager.terminate()
        manager.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
