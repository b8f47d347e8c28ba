#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON and XML parse, icons are what desktops expect, and what the documents link and name exists."""
import json
import re
import xml.etree.ElementTree

import house

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
MODULE = re.compile(r"`(hr-[a-z0-9-]+)`")
BROKEN_ON_PURPOSE = {house.ROOT / "tests/data/hostile", house.ROOT / "tests/fuzz/corpus"}
SVG = "{http://www.w3.org/2000/svg}svg"


def unique_members(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member appears twice")
    return members


def parse_complaints(paths, parse):
    for path in paths:
        if BROKEN_ON_PURPOSE.intersection(path.parents):
            continue
        try:
            parse(path)
        except (ValueError, xml.etree.ElementTree.ParseError) as error:
            yield f"{house.name(path)}: {error}"


def parse_json(path):
    json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique_members)


def icon_complaints():
    for path in house.files(".svg", under=["data/icons"]):
        root = xml.etree.ElementTree.parse(path).getroot()
        size = "16" if path.stem.endswith("-symbolic") else "128"
        if root.tag != SVG or (root.get("width"), root.get("height")) != (size, size):
            yield f"{house.name(path)}: not an SVG image of {size} by {size}"
        if path.stem.endswith("-symbolic") and {node.get("fill") for node in root.iter()} - {None, "#2e3436"}:
            yield f"{house.name(path)}: a symbolic icon has one colour"


def link_complaints():
    for path in sorted(house.ROOT.glob("*.md")) + house.files(".md", under=["docs"]):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                yield f"{house.name(path)}: {target} is not there"


def module_complaints():
    path = house.ROOT / "docs/architecture.md"
    for module in sorted(set(MODULE.findall(path.read_text(encoding="utf-8")))):
        if not any((house.ROOT / "src").rglob(f"{module}.*")):
            yield f"{house.name(path)}: there is no {module}"


house.report(
    [
        ("JSON files parse", list(parse_complaints(house.files(".json", ".headroom"), parse_json))),
        ("XML files parse", list(parse_complaints(house.files(".xml", ".ui", ".svg"), xml.etree.ElementTree.parse))),
        ("icons have the right size and colours", list(icon_complaints())),
        ("modules that the documents name are there", list(module_complaints())),
        ("links in the documents lead somewhere", list(link_complaints())),
    ]
)
