#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the program and prints one JSON object: bench.py BUILD-FOLDER

Times of single calls come from headroom-bench. Then the program and an empty libadwaita window start in turns, from
nothing to the first painted frame; the medians of all turns but the first, which warms the caches, are told: of the
time that passes and of the processor's, which other programs disturb less. Then headroom-frames edits a project in each
view, frame by frame.
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
MEASURES = ("first_frame_ms", "first_frame_cpu_ms", "resident_kib")
CONFIGURATIONS = (12, 1000)
VIEWS = ("compare", "timeline", "fit-map", "gpus", "explain")
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


def measure_start(folder, environment):
    turns = [{name: start(folder / f"{name}-window", environment) for name in WINDOWS} for _ in range(TURNS)][1:]
    result = {}
    for name in WINDOWS:
        medians = {measure: statistics.median(turn[name][measure] for turn in turns) for measure in MEASURES}
        result[f"{name}_window"] = {measure: round(median, 1) for measure, median in medians.items()}
    for measure in MEASURES:
        ratio = statistics.median(turn["headroom"][measure] / turn["empty"][measure] for turn in turns)
        result[f"{measure.rsplit('_', 1)[0]}_ratio"] = round(ratio, 2)
    return result


def measure_frames(folder, environment):
    answers = {}
    for number in CONFIGURATIONS:
        command = [folder / "headroom-frames", str(number), *VIEWS]
        answer = subprocess.run(command, env=environment, check=True, timeout=600, stdout=subprocess.PIPE)
        answers[f"frames_with_{number}_configurations"] = json.loads(answer.stdout)
    return answers


def main(build):
    folder = pathlib.Path(build, "tests/bench")
    result = json.loads(subprocess.run([folder / "headroom-bench"], check=True, stdout=subprocess.PIPE).stdout)
    with tempfile.TemporaryDirectory() as home:
        homes = {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "CACHE", "STATE")}
        environment = dict(os.environ, **ENVIRONMENT, **homes, HOME=home, GSETTINGS_SCHEMA_DIR=f"{build}/data")
        result.update(measure_start(folder, environment))
        result.update(measure_frames(folder, environment))
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
