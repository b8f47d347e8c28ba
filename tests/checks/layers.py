#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Includes point downwards only, each library is used where it belongs, and every source is built."""
import re

import house

BELOW = {
    "core": (),
    "catalog": ("core",),
    "io": ("core", "catalog"),
    "chart": ("core",),
    "report": ("core", "io", "chart"),
    "model": ("core", "catalog", "io", "chart", "report"),
    "ui": ("core", "catalog", "io", "chart", "report", "model"),
    "app": ("core", "catalog", "io", "chart", "report", "model", "ui"),
    "cli": ("core", "catalog", "io", "chart", "report", "model"),
}
LIBRARIES = {
    "core": (),
    "catalog": (),
    "io": ("cmark", "glib", "yaml"),
    "chart": ("glib", "cairo", "pango"),
    "report": ("glib", "cairo", "pango"),
    "model": ("glib",),
    "ui": ("glib", "cairo", "pango", "gtk"),
    "app": ("glib", "gtk"),
    "cli": ("glib",),
}
FAMILIES = (
    ("json-glib", re.compile(r"json-glib/")),
    ("glib", re.compile(r"(glib|gio|gmodule|gobject)\b")),
    ("cmark", re.compile(r"cmark\.h$")),
    ("yaml", re.compile(r"yaml\.h$")),
    ("cairo", re.compile(r"cairo")),
    ("pango", re.compile(r"pango")),
    ("gtk", re.compile(r"(gtk|gdk|gsk|graphene|adwaita|atk)\b")),
)
C11_HEADERS = set(
    "assert ctype errno float inttypes limits math signal stdalign stdarg stdbool stddef stdint stdio stdlib string".split()
)
POSIX_HEADERS = {"fcntl.h", "locale.h", "unistd.h", "sys/file.h", "sys/stat.h", "sys/types.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def local_complaint(layer, path, included):
    if included == "config.h":
        return None if layer not in ("core", "catalog") else "must not depend on the build's configuration"
    folder, slash, _ = included.rpartition("/")
    if not slash:
        generated = (path.parent / included).with_suffix(".gresource.xml")
        found = (path.parent / included).exists() or generated.exists()
        return None if found else f"has no {included} in its own folder"
    if folder == layer:
        return "includes its own folder by name; write only the file's name"
    if folder not in BELOW[layer]:
        return f"must not include {folder}"
    return None if (house.ROOT / "src" / included).exists() else f"includes {included}, which is not there"


def system_complaint(layer, included):
    for family, pattern in FAMILIES:
        if pattern.match(included):
            return None if family in LIBRARIES[layer] else f"must not use {family}"
    if included.removesuffix(".h") in C11_HEADERS:
        return None
    if included in POSIX_HEADERS and layer not in ("core", "catalog"):
        return None
    return f"<{included}> is not known to this check"


def include_complaints(layer):
    for path in house.files(".c", ".h", under=[f"src/{layer}"]):
        for kind, included in INCLUDE.findall(path.read_text(encoding="utf-8")):
            check = system_complaint(layer, included) if kind == "<" else local_complaint(layer, path, included)
            if check:
                yield f"{house.name(path)}: {included}: {check}"


def build_complaints(layer):
    """Sources, templates and their mention in the folder's meson.build or .gresource.xml."""
    folder = house.ROOT / "src" / layer
    meson = (folder / "meson.build").read_text(encoding="utf-8")
    bundles = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.gresource.xml"))
    for path in house.files(".c", ".ui", ".css", under=[f"src/{layer}"]):
        where = meson if path.suffix == ".c" else bundles
        if path.name not in where:
            yield f"{house.name(path)}: is not built"


house.report(
    [(f"{layer}: includes", list(include_complaints(layer))) for layer in house.LAYERS]
    + [(f"{layer}: everything is built", list(build_complaints(layer))) for layer in house.LAYERS]
)
