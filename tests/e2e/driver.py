# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the program in a real window: keys by xdotool, everything else by AT-SPI. Never sleeps for a fixed time: waits
until a condition holds, or fails."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time

TIMEOUT_SECONDS = 90
POLL_SECONDS = 0.05
SKIP = 77


def skip(reason):
    print("SKIP:", reason)
    sys.exit(SKIP)


for tool in ("xdotool", "xprop", "openbox", "dbus-daemon"):
    if shutil.which(tool) is None:
        skip(f"{tool} is not installed")
if not os.environ.get("DISPLAY"):
    skip("there is no display")
try:
    import pyatspi
except ImportError:
    skip("pyatspi is not installed")


def tell_what_is_shown():
    """For whoever reads why a journey failed: everything of every program on the bus that has a name of its own."""
    for application in pyatspi.Registry.getDesktop(0):
        for thing in walk(application) if application is not None else ():
            if thing.name and not thing.name.startswith(("Adw", "Gtk", "Hr")):
                print(f"{thing.getRoleName()}: {thing.name}", file=sys.stderr)
    if "HEADROOM_E2E_PICTURE" in os.environ:
        subprocess.run(["import", "-window", "root", os.environ["HEADROOM_E2E_PICTURE"]], check=False)


def wait_for(what, condition):
    """The first value of condition() that is true; fails the journey after the timeout."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        try:
            value = condition()
        except AssertionError:
            raise
        except Exception:  # What was looked at is gone: look again.
            value = None
        if value:
            return value
        time.sleep(POLL_SECONDS)
    tell_what_is_shown()
    raise AssertionError(f"waited in vain for {what}")


def has_window_manager():
    """One that went may have left its mark on the root window: it is there if the window that it names is."""
    shown = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True, check=True)
    if "window id" not in shown.stdout:
        return False
    window = shown.stdout.split()[-1]
    return subprocess.run(["xprop", "-id", window, "_NET_WM_NAME"], capture_output=True, check=False).returncode == 0


def start_window_manager():
    """One for the whole journey: the marks of one that went could be taken for those of the next."""
    if has_window_manager():
        return
    started = []

    def is_up():
        if not started or started[-1].poll() is not None:  # It ends where another one is just going.
            started.append(subprocess.Popen(["openbox", "--replace", "--sm-disable"], stderr=subprocess.DEVNULL))
        return has_window_manager()

    wait_for("the window manager", is_up)
    atexit.register(started[-1].wait, TIMEOUT_SECONDS)
    atexit.register(started[-1].terminate)


def check_preferences():
    """Without its preferences the program forgets the session."""
    schemas = os.path.join(os.environ.get("GSETTINGS_SCHEMA_DIR", ""), "gschemas.compiled")
    assert os.path.exists(schemas), f"{schemas} is not built; it is the target data/gschemas.compiled"


def xdotool(*arguments):
    return subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=True).stdout


class Program:
    """One run of the program with homes of its own, or with those of the run before, which keep the preferences."""

    def __init__(self, program, *arguments, home=None):
        self.keeps_home = home is not None
        self.home = home or tempfile.mkdtemp(prefix="headroom-e2e-")
        check_preferences()
        start_window_manager()
        environment = {
            **os.environ,
            "GDK_BACKEND": "x11",
            "GDK_DEBUG": "gl-disable",
            "GSK_RENDERER": "cairo",
            "GSETTINGS_BACKEND": "keyfile" if self.keeps_home else "memory",
            "GIO_USE_VFS": "local",
            "LC_ALL": "C.UTF-8",
            "HOME": self.home,
            **{f"XDG_{name}_HOME": f"{self.home}/{name.lower()}" for name in ("CACHE", "CONFIG", "DATA", "STATE")},
        }
        self.errors = open(f"{self.home}/stderr", "w+", encoding="utf-8")
        self.process = subprocess.Popen([program, *arguments], env=environment, stderr=self.errors)
        self.application = wait_for("the program on the accessibility bus", self._find_application)

    def _find_application(self):
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid and application.childCount:
                return application
        return None

    def windows(self):
        return [window.name for window in self.application if window is not None]

    def wait_for_window(self, name):
        return wait_for(f"the window {name!r}, not {self.windows()}", lambda: self.window(name))

    def window(self, name):
        """Asks the bus for the application anew where it has no such window: what was asked before may be out of date."""
        for application in (self.application, self._find_application()):
            for window in application or ():
                if window is not None and window.name == name:
                    self.application = application
                    return window
        return None

    def wait_for_no_window(self, name):
        wait_for(f"the window {name!r} to go", lambda: self.window(name) is None)

    def keys(self, *keys):
        xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        xdotool("type", "--clearmodifiers", "--delay", "5", text)

    def activate(self, name):
        """Brings a window to the front and waits until it has the keyboard."""

        def is_active():
            shown = xdotool("search", "--onlyvisible", "--name", f"^{name}$").split()[-1]
            if xdotool("getactivewindow").strip() == shown:
                return True
            xdotool("windowactivate", shown)
            return False

        wait_for(f"the window {name!r} to be active", is_active)

    def click_on(self, name, thing, button=1):
        """Clicks in the middle of a thing that the window of that name shows, with the pointer."""

        def find_box():
            box = thing.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
            return box if box.width > 0 and box.height > 0 else None

        box = wait_for("a place to click", find_box)
        shown = xdotool("search", "--onlyvisible", "--name", f"^{name}$").split()[-1]
        place = (str(box.x + box.width // 2), str(box.y + box.height // 2))
        xdotool("mousemove", "--sync", "--window", shown, *place, "click", str(button))

    def exit_status(self):
        return self.process.wait(timeout=TIMEOUT_SECONDS)

    def warnings(self):
        self.errors.seek(0)
        return [line for line in self.errors if "WARNING" in line or "CRITICAL" in line]

    def kill(self):
        """Ends the program at once, as a crash does."""
        self.process.kill()
        self.process.wait(timeout=TIMEOUT_SECONDS)
        self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=TIMEOUT_SECONDS)
        self.errors.close()
        if not self.keeps_home:
            shutil.rmtree(self.home)


# Nothing in these is looked for; each thing seen costs several messages to the program.
LEAVES = ("label", "image", "scroll bar", "combo box", "table row", "push button", "button", "check box")


def walk(root, levels=sys.maxsize):
    """Root and everything below it, so many levels down."""
    yield root
    if levels > 0 and root.getRoleName() not in LEAVES:
        for child in root:
            if child is not None:
                yield from walk(child, levels - 1)


def find(root, roles, name):
    """The first thing of one of these roles below root whose name contains this one."""
    return next((thing for thing in walk(root) if thing.getRoleName() in roles and name in (thing.name or "")), None)


def find_cell(root, text):
    """The first cell of a table below root whose name contains this one."""
    rows = (row for row in walk(root) if row.getRoleName() == "table row")
    return next((cell for row in rows for cell in row if text in (cell.name or "")), None)


BUTTONS = ("push button", "button", "toggle button")


def click(root, name):
    wait_for(f"the button {name!r}", lambda: find(root, BUTTONS, name)).queryAction().doAction(0)


def has_text(root, text):
    return find(root, ("label",), text) is not None


# A toast is gone after five seconds, and a busy machine may need more than that to tell the whole tree: toasts lie near
# the window itself, between its header and its views.
TOAST_LEVELS = 8


def wait_for_toast(window, text):
    def is_shown():
        return any(thing.getRoleName() == "label" and text in (thing.name or "") for thing in walk(window, TOAST_LEVELS))

    wait_for(f"the toast {text!r}", is_shown)
