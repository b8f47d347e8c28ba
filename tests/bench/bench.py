#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the program and prints one JSON object: bench.py BUILD-FOLDER

Times of single calls come from headroom-bench. Then the program and an empty libadwaita window start in turns, from
nothing to the first painted frame; the medians of all turns but the first, which warms the caches, are told.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TURNS = 11
WINDOWS = ("headroom", "empty")
ENVIRONMENT = {
    "GDK_BACKEND": "x11",
    "GSK_RENDERER": "cairo",
    "GDK_DEBUG": "gl-disable",
    "GSETTINGS_BACKEND": "memory",
    "GTK_A11Y": "none",
    "LC_ALL": "C.UTF-8",
}


def start(program, environment):
    command = [program, str(time.monotonic_ns() // 1000)]
    answer = subprocess.run(command, env=environment, check=True, timeout=60, stdout=subprocess.PIPE)
    return json.loads(answer.stdout)


def main(build):
    folder = pathlib.Path(build, "tests/bench")
    result = json.loads(subprocess.run([folder / "headroom-bench"], check=True, stdout=subprocess.PIPE).stdout)
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, **ENVIRONMENT, HOME=home, GSETTINGS_SCHEMA_DIR=f"{build}/data")
        turns = [{name: start(folder / f"{name}-window", environment) for name in WINDOWS} for _ in range(TURNS)][1:]
    for name in WINDOWS:
        result[f"{name}_window"] = {
            "first_frame_ms": round(statistics.median(turn[name]["first_frame_ms"] for turn in turns), 1),
            "resident_kib": round(statistics.median(turn[name]["resident_kib"] for turn in turns)),
        }
    ratio = result["headroom_window"]["first_frame_ms"] / result["empty_window"]["first_frame_ms"]
    result["first_frame_ratio"] = round(ratio, 2)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
