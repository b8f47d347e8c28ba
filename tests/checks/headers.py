#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header compiles by itself, with nothing but the libraries of its layer: headers.py BUILD-FOLDER COMPILER...

One that a source file of its layer includes before all others did so when the program was built.
"""
import concurrent.futures
import os
import re
import subprocess
import sys

import house

MODULES = {
    "core": [],
    "catalog": [],
    "io": ["gio-2.0"],
    "chart": ["gio-2.0", "pangocairo"],
    "report": ["gio-2.0", "pangocairo"],
    "model": ["gio-2.0", "pangocairo"],
    "ui": ["gtk4", "libadwaita-1"],
    "app": ["gtk4", "libadwaita-1"],
    "cli": ["gio-2.0"],
}
build, compiler = sys.argv[1], sys.argv[2:]


def flags(layer):
    if not MODULES[layer]:
        return []
    command = ["pkg-config", "--cflags", *MODULES[layer]]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def complaints(header, arguments):
    command = [*compiler, "-std=c11", "-Wall", "-Werror", "-fsyntax-only", "-D_GNU_SOURCE", f"-I{build}"]
    command += [f"-I{house.ROOT}/src", *arguments, "-include", str(header), "-x", "c", os.devnull]
    result = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, LC_ALL="C"))
    return [] if result.returncode == 0 else result.stderr.splitlines()[:5]


def first_included(source):
    names = re.findall(r'^#include (["<].*)[">]$', source.read_text(encoding="utf-8"), re.MULTILINE)
    name = next((name for name in names if name != '"config.h'), "<")
    return source.parent / name[1:] if name.startswith('"') else None


cases = []
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for layer in house.LAYERS:
        built = {first_included(source) for source in house.files(".c", under=[f"src/{layer}"])}
        headers = [header for header in house.files(".h", under=[f"src/{layer}"]) if header not in built]
        if headers:
            arguments = flags(layer)
            answers = pool.map(lambda header: complaints(header, arguments), headers)
            cases += [(house.name(header), answer) for header, answer in zip(headers, answers)]
house.report(cases)
