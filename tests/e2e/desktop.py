# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as it is installed: desktop.py BUILD-FOLDER SAMPLE

Types of files, start by the session's bus, files handed over by a second process, actions of the launcher, search.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from driver import skip, wait_for, xdotool

APP_ID = "io.github.headroom.Headroom"
PATH = "/io/github/headroom/Headroom"
INSIDE = "HEADROOM_DESKTOP_TEST"

for tool in ("dbus-run-session", "gio", "glib-compile-schemas", "meson", "update-mime-database"):
    if shutil.which(tool) is None:
        skip(f"{tool} is not installed")
try:
    import gi
except ImportError:
    skip("python3-gi is not installed")

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402


def install(build, folder):
    """Installs below the folder, and lets the service start the program there. Returns the prefix."""
    command = ["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    service = next(folder.rglob(f"{APP_ID}.service"))
    prefix = service.parents[3]
    service.write_text(service.read_text().replace("Exec=", f"Exec={folder}"))
    subprocess.run(["glib-compile-schemas", prefix / "share/glib-2.0/schemas"], check=True)
    subprocess.run(["update-mime-database", prefix / "share/mime"], check=True, capture_output=True)
    return prefix


def run_inside(build, sample):
    """Starts this program again on a bus of its own that knows what is installed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = pathlib.Path(folder)
        prefix = install(build, home / "root")
        for name in ("runtime", "config", "data", "cache", "state"):
            (home / name).mkdir(mode=0o700)
        environment = dict(
            os.environ,
            PATH=f"{prefix}/bin:{os.environ['PATH']}",
            XDG_DATA_DIRS=f"{prefix}/share:/usr/share",
            XDG_RUNTIME_DIR=str(home / "runtime"),
            XDG_CONFIG_HOME=str(home / "config"),
            XDG_DATA_HOME=str(home / "data"),
            XDG_CACHE_HOME=str(home / "cache"),
            XDG_STATE_HOME=str(home / "state"),
            GSETTINGS_BACKEND="memory",
            GDK_BACKEND="x11",
            GSK_RENDERER="cairo",
            GTK_A11Y="none",
            LC_ALL="C.UTF-8",
        )
        environment.pop("GSETTINGS_SCHEMA_DIR", None)
        environment[INSIDE] = str(prefix)
        command = ["dbus-run-session", "--", sys.executable, __file__, build, sample]
        return subprocess.run(command, env=environment, check=False).returncode


class Bus:
    def __init__(self):
        self.connection = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(self, name, path, interface, method, parameters=None):
        answer = self.connection.call_sync(name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 20000)
        return answer.unpack()

    def application(self, method, parameters):
        return self.call(APP_ID, PATH, "org.freedesktop.Application", method, parameters)

    def search(self, method, parameters):
        return self.call(APP_ID, f"{PATH}/SearchProvider", "org.gnome.Shell.SearchProvider2", method, parameters)

    def daemon(self, method):
        name = GLib.Variant("(s)", (APP_ID,))
        path = "/org/freedesktop/DBus"
        return self.call("org.freedesktop.DBus", path, "org.freedesktop.DBus", method, name)[0]


def windows(title):
    try:
        return xdotool("search", "--onlyvisible", "--name", f"^{title}$").split()
    except subprocess.CalledProcessError:
        return []


def check_types(prefix, project, folder):
    nameless = folder / "without-an-ending"
    nameless.write_text(project.read_text())
    for file in (project, nameless):
        info = Gio.File.new_for_path(str(file)).query_info("standard::content-type", 0)
        assert info.get_content_type() == "application/x-headroom+json", (file, info.get_content_type())
    assert Gio.content_type_is_a("application/x-headroom+json", "application/json")
    handler = Gio.DesktopAppInfo.new(f"{APP_ID}.desktop")
    assert handler.get_boolean("DBusActivatable") and handler.list_actions() == ["new-project", "open-sample"]
    for name in ("scalable/apps/" + APP_ID, "symbolic/apps/" + APP_ID + "-symbolic", "scalable/mimetypes/application-x-headroom+json"):
        assert (prefix / f"share/icons/hicolor/{name}.svg").exists(), name
    for page in ("headroom", "headroom-cli"):
        assert list(prefix.glob(f"share/man/man1/{page}.1*")), page


def check_search(bus, uri):
    def found(*words):
        return bus.search("GetInitialResultSet", GLib.Variant("(as)", (words,)))[0]

    wait_for("the project to be found", lambda: uri in found("FIRST"))  # by the name of its file
    assert found("qlora", "task") == [uri], found("qlora", "task")  # of a configuration and the project
    assert found("qlora", "elsewhere") == []
    assert bus.search("GetSubsearchResultSet", GLib.Variant("(asas)", ([uri], ["llama"])))[0] == [uri]
    assert bus.search("GetSubsearchResultSet", GLib.Variant("(asas)", ([], ["llama"])))[0] == []
    (meta,) = bus.search("GetResultMetas", GLib.Variant("(as)", ([uri, "file:///etc/passwd"],)))[0]
    assert meta["id"] == uri and meta["name"] == "Task API fine-tune" and "QLoRA" in meta["description"], meta


def quit_program(bus):
    bus.application("ActivateAction", GLib.Variant("(sava{sv})", ("quit", [], {})))
    wait_for("the program to end", lambda: not bus.daemon("NameHasOwner"))


def inside(sample):
    prefix = pathlib.Path(os.environ[INSIDE])
    folder = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "projects"
    folder.mkdir()
    first, second = folder / "first.headroom", folder / "second.headroom"
    first.write_text(pathlib.Path(sample).read_text())
    second.write_text(pathlib.Path(sample).read_text().replace("Task API fine-tune", "Second project"))
    bus = Bus()

    check_types(prefix, first, folder)

    assert not bus.daemon("NameHasOwner")
    bus.application("Open", GLib.Variant("(asa{sv})", ([first.as_uri()], {})))
    wait_for("the first project", lambda: windows("Task API fine-tune"))
    process = bus.daemon("GetConnectionUnixProcessID")

    handed = subprocess.run([prefix / "bin/headroom", second], check=False, timeout=60)
    assert handed.returncode == 0, handed
    wait_for("the second project", lambda: windows("Second project"))
    assert bus.daemon("GetConnectionUnixProcessID") == process

    check_search(bus, first.as_uri())
    recent = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "recently-used.xbel"
    wait_for("the list of recent files", lambda: second.as_uri() in recent.read_text())
    quit_program(bus)

    bus.search("ActivateResult", GLib.Variant("(sasu)", (second.as_uri(), ["second"], 0)))
    wait_for("the second project again", lambda: windows("Second project"))
    subprocess.run(["gapplication", "action", APP_ID, "new-project"], check=True)
    wait_for("a new project", lambda: windows("Untitled"))
    quit_program(bus)

    subprocess.run(["gapplication", "action", APP_ID, "open-sample"], check=True)
    wait_for("the sample", lambda: windows("Task API fine-tune"))
    quit_program(bus)

    bus.application("Activate", GLib.Variant("(a{sv})", ({},)))
    wait_for("a window", lambda: windows(".+"))
    quit_program(bus)


if INSIDE in os.environ:
    inside(sys.argv[2])
else:
    sys.exit(run_inside(*sys.argv[1:3]))
