#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema, the manual and the program agree on the project file: check-format.py DUMP-FORMAT"""
import json
import pathlib
import re
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/checks"))
import house

SCHEMA = json.loads((ROOT / "data/project.schema.json").read_text(encoding="utf-8"))
MANUAL = (ROOT / "docs/file-format.md").read_text(encoding="utf-8")
FORMAT = json.loads(subprocess.run([sys.argv[1]], check=True, capture_output=True).stdout)
CONFIGURATION = SCHEMA["$defs"]["configuration"]["properties"]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

# What the program refuses for reasons that a schema cannot say: ids of the catalogue, shapes that are impossible, ids
# that are there twice, and other words for members.
BEYOND_A_SCHEMA = {
    "gpu-unknown", "own-gpu-unknown", "model-unknown", "id-repeated", "gpus-without-memory", "gpus-twice", "repeated-member", "model-config-unknown-type",
    "model-config-impossible", "model-config-without-layers", "model-config-gigantic", "model-config-alias-is-text",
}


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def invalid_samples():
    for path in house.files(".headroom", under=["data/examples", "tests/data/measured/published"]):
        for error in VALIDATOR.iter_errors(load(path)):
            yield f"{house.name(path)}: {error.json_path}: {error.message[:120]}"


def accepted_hostile():
    accepted = set()
    for path in house.files(".headroom", under=["tests/data/hostile"]):
        try:
            project = load(path)
        except ValueError:
            continue
        if VALIDATOR.is_valid(project):
            accepted.add(path.stem)
    yield from (f"{name}: the program refuses it, the schema does not" for name in sorted(accepted - BEYOND_A_SCHEMA))
    yield from (f"{name}: is not beyond a schema" for name in sorted(BEYOND_A_SCHEMA - accepted))


def expected(field):
    """What the schema must say of one member of the field table."""
    kind, low, high = field["kind"], field["minimum"], field["maximum"]
    said = {"default": field["default"]} if "default" in field else {}
    if kind == "text":
        return said | {"type": "string", "maxLength": high} | ({"minLength": low} if low else {})
    if kind == "enum":
        return said | {"enum": field["values"]}
    if kind in ("boolean", "choice"):
        return said | {"type": "boolean"}
    if kind == "targets":
        name = {"type": "string", "minLength": 1, "maxLength": FORMAT["target"]}
        return said | {"oneOf": [{"const": "all-linear"}, {"type": "array", "maxItems": high, "items": name}]}
    return said | {"type": kind, "minimum": low, "maximum": high}


def without_description(schema):
    return {key: value for key, value in schema.items() if key != "description"}


def field_differences():
    known = {}
    for field in FORMAT["fields"]:
        holder = CONFIGURATION[field["section"]]["properties"] if field["section"] else CONFIGURATION
        known.setdefault(field["section"], []).append(field["member"])
        said = without_description(holder.get(field["member"], {}))
        if said != expected(field):
            yield f"{field['section']}.{field['member']}: {said}, should be {expected(field)}"
    for section, members in known.items():
        holder = CONFIGURATION[section]["properties"] if section else CONFIGURATION
        more = [name for name in holder if name not in members and name not in known
                and name not in ("notes", "measured", "measured_components", "config")]
        if more or [name for name in holder if name in members] != members:
            yield f"{section or 'configuration'}: other members or another order than the program's"


def shape_differences():
    properties = SCHEMA["$defs"]["config"]["properties"]
    if list(properties) != [member["member"] for member in FORMAT["shape"]]:
        yield "config: other members or another order than the program's"
    for member in FORMAT["shape"]:
        said = properties.get(member["member"], {})
        if member["kind"] == "enum" and said.get("enum") != member["values"] + [None]:
            yield f"config.{member['member']}: values differ"
        kind = "string" if member["kind"] == "text" else member["kind"]
        if member["kind"] != "enum" and kind not in said.get("type", []):
            yield f"config.{member['member']}: not of the kind {kind}"


def enumeration_differences():
    project, definitions = SCHEMA["properties"], SCHEMA["$defs"]
    measured = definitions["measured"]["properties"]
    component = definitions["measured_component"]["properties"]
    dataset = project["dataset"]["properties"]
    said = {
        "units": project["units"]["enum"], "metric": measured["metric"]["enum"],
        "component": component["component"]["enum"], "confidence": measured["confidence"]["enum"],
        "window": measured["window"]["enum"], "configurations": project["configurations"]["maxItems"],
        "name": project["name"]["maxLength"], "notes": project["notes"]["maxLength"],
        "configuration_notes": CONFIGURATION["notes"]["maxLength"],
        "samples": dataset["samples"]["maximum"], "mean_tokens": dataset["mean_tokens"]["maximum"],
        "epochs": dataset["epochs"]["maximum"],
        "assumptions": {name: said["maximum"] for name, said in project["assumptions"]["properties"].items()},
    }
    for name, value in said.items():
        if value != FORMAT[name]:
            yield f"{name}: {value}, should be {FORMAT[name]}"


def members(schema, path=""):
    for name, value in schema.get("properties", {}).items():
        yield name, value
        yield from members(value, path + name + ".")


def described_members():
    for holder in (SCHEMA, *SCHEMA["$defs"].values()):
        yield from members(holder)


def manual_gaps():
    words = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", MANUAL, flags=re.DOTALL)))
    for name, schema in described_members():
        if name not in words:
            yield f"docs/file-format.md does not name {name}"
        for value in schema.get("enum", []):
            if value is not None and value not in words:
                yield f"docs/file-format.md does not name the value {value} of {name}"


def manual_rows():
    """The rows of the tables of a configuration: (section, member) to the text after the member."""
    section = ""
    for line in MANUAL.split("## A configuration")[1].splitlines():
        heading = re.match(r"### `(\w+)`", line)
        row = re.match(r"\| `(\w+)` \|(.*)", line)
        section = heading[1] if heading else section
        if row:
            yield (section, row[1]), row[2]


def figure(value):
    return f"{int(value):,}" if value == int(value) and value >= 10000 else f"{value:g}"


def manual_differences():
    rows = dict(manual_rows())
    for field in FORMAT["fields"]:
        if field["section"] == "model":
            continue
        row = rows.get((field["section"], field["member"]), "")
        facts = [f"`{value}`" for value in field.get("values", [])]
        if field["kind"] in ("integer", "number"):
            facts.append(f"{figure(field['minimum'])} to {figure(field['maximum'])}")
        if field["kind"] == "text":
            facts.append(f"to {field['maximum']} bytes")
        if field.get("default", "") != "":
            default = field["default"]
            facts.append(f"`{default if isinstance(default, str) else json.dumps(default)}`")
        for fact in facts:
            if fact not in row:
                yield f"docs/file-format.md, {field['section']}.{field['member']}: {fact} is not there"


def broken_schema():
    try:
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
    except jsonschema.SchemaError as error:
        yield str(error)


house.report([
    ("the schema is one", list(broken_schema())),
    ("samples and measured projects are valid", list(invalid_samples())),
    ("what the program refuses is not valid", list(accepted_hostile())),
    ("members, types, ranges and defaults of a configuration", list(field_differences())),
    ("members of a model's config", list(shape_differences())),
    ("enumerations and limits", list(enumeration_differences())),
    ("the manual names every member and value", sorted(set(manual_gaps()))),
    ("the manual has the ranges and defaults of a configuration", list(manual_differences())),
])
