#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures a matrix of configurations on a GPU, one process each.

    measure.py prepare FOLDER --cli headroom-cli    the scripts of matrix.json, the most informative first
    measure.py run FOLDER --minutes 60              where the GPU is: needs Python, torch and transformers only
    measure.py collect FOLDER --cli headroom-cli -o tests/data/measured

A run appends each result to FOLDER/results.jsonl and leaves out what stands there already, so it can be stopped and
taken up again; what does not fit the GPU is left out or noted as failed. collect writes one project a model, with the
results as measured rows.
"""
import argparse
import itertools
import json
import pathlib
import subprocess
import sys
import time

MATRIX = pathlib.Path(__file__).resolve().parent / "matrix.json"
RESULTS = "results.jsonl"
PLAN = "plan.json"
# An estimate may be off: what exceeds the card by less is tried.
TOLERANCE = 1.25
SECONDS_A_RUN = 600
# A run whose peaks are known until memory ran out, see the script.
EXIT_NO_MEMORY = 3


def merged(base, change):
    """@base with the members of @change, section by section."""
    result = dict(base)
    for name, value in change.items():
        result[name] = {**result.get(name, {}), **value} if isinstance(value, dict) else value
    return result


def axis_of(matrix, value):
    """Values of one axis replace each other: they set the same members."""
    members = matrix["values"][value]
    return {(section, name) for section, content in members.items()
            for name in (content if isinstance(content, dict) else [""])}


def values_of(matrix, chosen):
    """The base's values, but those that a chosen one replaces, and the chosen ones."""
    replaced = set().union(*(axis_of(matrix, value) for value in chosen))
    kept = [value for value in matrix["base"] if not axis_of(matrix, value) & replaced]
    return kept + list(chosen)


def configurations(matrix):
    """Yields (model, id, configuration) of the whole matrix, each once, in the order of its groups."""
    seen = set()
    for group in matrix["groups"]:
        names = list(matrix["models"]) if group["models"] == "all" else group["models"]
        for chosen in itertools.product(*group["axes"]):
            for model in names:
                configuration = {"stack": {"name": "plain", "version": "current"}}
                values = values_of(matrix, chosen)
                for value in values:
                    configuration = merged(configuration, matrix["values"][value])
                content = json.dumps([model, configuration], sort_keys=True)
                tokens = configuration["batch"]["sequence_length"]
                if content not in seen and tokens <= matrix["models"][model].get("longest", tokens):
                    seen.add(content)
                    identifier = "-".join([model, *sorted(values, key=list(matrix["values"]).index)])
                    yield model, identifier, configuration


def projects(matrix):
    """One project a model, and the order of all configurations as (model, id)."""
    found, order = {}, []
    shapes = {name: {"id": model["id"], **({"config": model["config"]} if "config" in model else {})}
              for name, model in matrix["models"].items()}
    for model, identifier, configuration in configurations(matrix):
        project = found.setdefault(model, {"format": "headroom-project", "version": 1, "name": model,
                                           "configurations": []})
        short = f"{model}-{len(project['configurations']) + 1}"
        project["configurations"].append({"id": short, "name": identifier, "model": shapes[model],
                                          **configuration})
        order.append((model, short))
    return found, order


def ask(cli, *arguments):
    return subprocess.run([cli, *map(str, arguments)], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True).stdout


def prepare(arguments):
    matrix = json.loads(MATRIX.read_text(encoding="utf-8"))
    found, order = projects(matrix)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for model, project in found.items():
        path = arguments.folder / f"{model}.headroom"
        path.write_text(json.dumps(project, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        for answer in json.loads(ask(arguments.cli, "estimate", path, "--json"))["configurations"]:
            expected[answer["id"]] = answer["peak"]["device_bytes"]
    for model, identifier in order:
        ask(arguments.cli, "recipe", arguments.folder / f"{model}.headroom", "--for", "dry-run", "-c", identifier,
            "-o", arguments.folder / f"{identifier}.py")
    plan = [{"model": model, "id": identifier, "expected_bytes": expected[identifier]} for model, identifier in order]
    (arguments.folder / PLAN).write_text(json.dumps(plan, indent=1) + "\n", encoding="utf-8")
    print(f"{len(plan)} configurations in {arguments.folder}")


def results(folder):
    path = folder / RESULTS
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def capacity_bytes():
    """Of the first GPU, or None where the driver does not tell."""
    query = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    try:
        return int(subprocess.run(query, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[0]) << 20
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return None


def run_one(folder, run):
    """The result of one configuration; where there is none, why."""
    output = folder / f"{run['id']}.json"
    output.unlink(missing_ok=True)
    try:
        done = subprocess.run([sys.executable, str(folder / f"{run['id']}.py"), "-o", str(output)], check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=SECONDS_A_RUN)
    except subprocess.TimeoutExpired:
        return {"failed_during": f"the first {SECONDS_A_RUN} seconds"}
    if done.returncode in (0, EXIT_NO_MEMORY) and output.exists():
        return json.loads(output.read_text(encoding="utf-8"))
    return {"failed_during": "start", "said": done.stderr.strip()[-1000:]}


def run(arguments):
    plan = json.loads((arguments.folder / PLAN).read_text(encoding="utf-8"))
    done = {result["id"] for result in results(arguments.folder)}
    capacity = capacity_bytes()
    until = time.monotonic() + 60 * arguments.minutes
    for entry in plan:
        if time.monotonic() >= until:
            print("Time is over: run again to go on.")
            return
        if entry["id"] in done or (capacity and entry["expected_bytes"] > TOLERANCE * capacity):
            continue
        result = {"id": entry["id"], "model": entry["model"], **run_one(arguments.folder, entry)}
        with open(arguments.folder / RESULTS, "a", encoding="utf-8") as file:
            file.write(json.dumps(result, ensure_ascii=False) + "\n")
        print(entry["id"], result.get("failed_during") or result.get("max_allocated_bytes"), flush=True)


def collect(arguments):
    """Projects of the configurations that were measured to their end."""
    measured = [result for result in results(arguments.folder) if result.get("failed_during") is None]
    arguments.output.mkdir(parents=True, exist_ok=True)
    for model in sorted({result["model"] for result in measured}):
        project = json.loads((arguments.folder / f"{model}.headroom").read_text(encoding="utf-8"))
        known = {result["id"]: result for result in measured if result["model"] == model}
        project["configurations"] = [c for c in project["configurations"] if c["id"] in known]
        path = arguments.output / f"{model}.headroom"
        path.write_text(json.dumps(project, ensure_ascii=False), encoding="utf-8")
        for identifier, result in known.items():
            single = arguments.folder / f"{identifier}.json"
            single.write_text(json.dumps(result), encoding="utf-8")
            ask(arguments.cli, "measured", path, "-c", identifier, "--result", single)
    print(f"{len(measured)} results in {arguments.output}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for action in (prepare, run, collect):
        command = commands.add_parser(action.__name__)
        command.add_argument("folder", type=pathlib.Path)
        command.set_defaults(action=action)
        if action is run:
            command.add_argument("--minutes", type=float, default=60)
        else:
            command.add_argument("--cli", default="headroom-cli")
        if action is collect:
            command.add_argument("-o", "--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.action(arguments)


if __name__ == "__main__":
    main()
