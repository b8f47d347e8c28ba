# SPDX-License-Identifier: GPL-3.0-or-later
"""Presses random keys and buttons in the program's window until something breaks:
monkey.py PROGRAM SAMPLE [SECONDS] [SEED]

The same seed does the same things, as far as the program keeps up. Critical warnings end the program, other warnings are
counted. Homes and projects lie in a folder of their own, where file choosers open too; they are only ever cancelled."""

import copy
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

BUS_NAME = "io.github.headroom.Headroom"
ANSWER_SECONDS = 60  # Who does not answer for so long hangs.
BURST = 8
LAST_ACTIONS = 40  # so many are told where something broke
CHOOSERS = ("save", "open", "export", "import", "add offers", "print", "choose", "add a measurement")

KEYS = {
    20: "Tab Down Up Left Right Return space Escape",
    8: "shift+Tab ctrl+z ctrl+shift+z alt+1 alt+2 alt+3 alt+4 alt+5 shift+Right shift+Left ctrl+Right ctrl+Left plus minus",
    4: "ctrl+c ctrl+v ctrl+x ctrl+d ctrl+a ctrl+b ctrl+j ctrl+u Delete F2 Home End Next Prior p F6 shift+F6 BackSpace",
    2: "ctrl+shift+Left ctrl+shift+Right F9 F10 shift+F10 Menu ctrl+f ctrl+0 ctrl+plus ctrl+minus ctrl+shift+Home",
    1: "ctrl+t ctrl+l ctrl+comma F1 ctrl+question ctrl+i ctrl+e ctrl+o ctrl+n ctrl+shift+s",
}
TEXTS = ("8k", "1.5e9", "24 GB", "0", "-1", "1", "16", "4096", "9" * 20, "0,5", "%s%n", "<b>&", "مرحبا", "😀", "x" * 300)
SIZES = ((360, 294), (360, 720), (600, 500), (900, 700), (1200, 800), (1600, 1000))


def xdotool(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True, check=False).stdout


def write_projects(sample, folder):
    """The sample, and one with twelve configurations, every third of them served."""
    with open(sample, encoding="utf-8") as file:
        project = json.load(file)
    paths = []
    for name, n in (("sample", len(project["configurations"])), ("twelve", 12)):
        made = copy.deepcopy(project)
        configurations = []
        for i in range(n):
            configuration = copy.deepcopy(project["configurations"][i % len(project["configurations"])])
            if i >= len(project["configurations"]):
                configuration["task"] = "infer" if i % 3 == 0 else "train"
                configuration["gpu"] = {"id": "a100-80gb", "count": 1} if i % 4 == 0 else None
                configuration["name"] += f" {i}"
            configurations.append({**configuration, "id": f"c{i + 1}"})
        made["configurations"] = configurations
        paths.append(os.path.join(folder, f"{name}.headroom"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            json.dump(made, file, indent=2)
    return paths


class Monkey:
    def __init__(self, program, sample, seed):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="headroom-monkey-")
        self.projects = write_projects(sample, self.folder)
        self.dice = random.Random(seed)
        self.done = []
        self.runs = 0
        self.keys = [key for weight, keys in KEYS.items() for key in keys.split() for _ in range(weight)]
        self.start()

    def start(self):
        environment = {
            **os.environ,
            "G_DEBUG": "fatal-criticals",
            "GDK_BACKEND": "x11",
            "GDK_DEBUG": "gl-disable",
            "GSK_RENDERER": "cairo",
            "GSETTINGS_BACKEND": "keyfile",
            "GIO_USE_VFS": "local",
            "GTK_USE_PORTAL": "0",
            "HOME": self.folder,
            **{f"XDG_{name}_HOME": f"{self.folder}/{name.lower()}" for name in ("CACHE", "CONFIG", "DATA", "STATE")},
        }
        command = [self.program, *self.projects]
        if os.environ.get("MONKEY_GDB"):
            command = ["gdb", "-batch", "-q", "-ex", "run", "-ex", "bt 40", "--args", *command]
        self.runs += 1
        self.errors = f"{self.folder}/stderr-{self.runs}"
        with open(self.errors, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(command, env=environment, cwd=self.folder, stdout=errors, stderr=errors)
        end = time.monotonic() + ANSWER_SECONDS
        while not self.windows() and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.1)

    def windows(self):
        return xdotool("search", "--onlyvisible", "--class", "headroom").split()

    def active(self):
        """The window that has the keyboard, or gets it."""
        window = xdotool("getactivewindow").strip()
        if window not in self.windows():
            window = (self.windows() or [""])[-1]
            if window:
                xdotool("windowactivate", window)
        return window

    def look(self):
        """What the next few actions are about. Asking costs more than acting."""
        window = self.active()
        self.title = xdotool("getwindowname", window).strip() if window else ""
        shown = xdotool("getwindowgeometry", "--shell", window) if window else ""
        lines = dict(line.split("=") for line in shown.split())
        self.box = tuple(int(lines.get(name, 0)) for name in ("X", "Y", "WIDTH", "HEIGHT"))
        return window

    def place(self):
        x, y, width, height = self.box
        # Not where a window is closed.
        left, top = self.dice.randrange(max(width, 1)), self.dice.randrange(max(height, 1))
        if top < 46 and left > width - 46:
            left -= 46
        return max(x + left, 0), max(y + top, 0)

    def press(self):
        return "key", "--clearmodifiers", self.dice.choice(self.keys)

    def type(self):
        return "type", "--delay", "1", self.dice.choice(TEXTS)

    def click(self):
        place = self.place()
        button = self.dice.choice((1, 1, 1, 1, 1, 3))
        held = self.dice.choice(("", "", "", "ctrl", "shift"))
        clicks = ("click", "--repeat", self.dice.choice((1, 1, 1, 2)), "--delay", "5", button)
        if held:
            return "mousemove", *place, "keydown", held, *clicks, "keyup", held
        return "mousemove", *place, *clicks

    def scroll(self):
        place = self.place()
        held = self.dice.choice(("", "ctrl", "shift"))
        clicks = ("click", "--repeat", self.dice.randint(1, 8), "--delay", "2", self.dice.choice((4, 5, 5, 6, 7)))
        if held:
            return "mousemove", *place, "keydown", held, *clicks, "keyup", held
        return "mousemove", *place, *clicks

    def drag(self):
        places = [self.place() for _ in range(2)]
        (x, y), (to_x, to_y) = places
        if y < 46:  # That would move the window.
            y += 46
        steps = [("mousemove", x + (to_x - x) * i // 6, y + (to_y - y) * i // 6) for i in range(1, 7)]
        return "mousemove", x, y, "mousedown", "1", *(part for step in steps for part in step), "mouseup", "1"

    def resize(self, window):
        return "windowsize", window, *self.dice.choice(SIZES)

    def edit_outside(self):
        """As an editor or a version control system does it."""
        path = self.dice.choice(self.projects)
        with open(path, encoding="utf-8") as file:
            project = json.load(file)
        self.dice.shuffle(project["configurations"])
        kept = self.dice.randint(0, len(project["configurations"]))
        project["configurations"] = project["configurations"][: max(kept, 1)]
        project["configurations"][0]["batch"]["micro_batch_size"] = self.dice.randint(1, 64)
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(project, file, indent=2)
        os.replace(path + ".new", path)
        return "getactivewindow"

    def act(self, window):
        names = ("press", "click", "scroll", "drag", "type", "resize", "edit")
        name = self.dice.choices(names, (50, 30, 8, 8, 4, 1, 0.3))[0]
        if self.title.lower().startswith(CHOOSERS):
            action = ("key", "Escape")
        elif name == "resize":
            action = self.resize(window)
        elif name == "edit":
            action = self.edit_outside()
        else:
            action = getattr(self, name)()
        self.done.append((self.title, *action))
        xdotool(*action)

    def answers(self):
        """Whether the main loop turns."""
        done = subprocess.run(
            ["gdbus", "call", "--session", "--timeout", str(ANSWER_SECONDS), "--dest", BUS_NAME]
            + ["--object-path", "/io/github/headroom/Headroom", "--method", "org.gtk.Actions.List"],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode == 0 or "Timeout" not in done.stderr

    def fail(self, what):
        for action in self.done[-LAST_ACTIONS:]:
            print("  ", *action)
        print(f"{what} after {len(self.done)} actions; {self.errors}:")
        with open(self.errors, encoding="utf-8", errors="replace") as errors:
            print(errors.read()[-12000:])
        sys.exit(1)

    def run(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            window = self.look()
            for _ in range(BURST if window else 0):
                self.act(window)
            status = self.process.poll()
            if status is None and not self.answers():
                self.process.send_signal(signal.SIGABRT)
                self.fail("hung")
            if status is not None:
                with open(self.errors, encoding="utf-8", errors="replace") as errors:
                    crashed = status != 0 or "received signal" in errors.read()
                if crashed:
                    self.fail(f"ended with {status}")
                self.start()  # Its last window was closed.
        self.process.terminate()
        self.process.wait(timeout=ANSWER_SECONDS)

    def warnings(self):
        lines = []
        for run in range(1, self.runs + 1):
            with open(f"{self.folder}/stderr-{run}", encoding="utf-8", errors="replace") as errors:
                lines += [line.split("WARNING", 1)[1].strip() for line in errors if "WARNING" in line]
        return lines


def main():
    program, sample = (os.path.abspath(path) for path in sys.argv[1:3])
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1 << 32)
    print(f"seed {seed}, {seconds} s", flush=True)
    manager = subprocess.Popen(["openbox", "--replace", "--sm-disable"], stderr=subprocess.DEVNULL)
    monkey = Monkey(program, sample, seed)
    try:
        monkey.run(seconds)
    finally:
        for process in (monkey.process, manager):
            if process.poll() is None:
                process.kill()
    warnings = monkey.warnings()
    for line in sorted(set(warnings)):
        print(f"{warnings.count(line)} x {line}")
    print(f"{len(monkey.done)} actions in {monkey.runs} runs, {len(warnings)} warnings, nothing broke")


if __name__ == "__main__":
    main()
