#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in names, in order, exactly the files that have something to translate."""
import re

import house

IN_CODE = re.compile(r"\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*\"")
IN_TEMPLATE = re.compile(r'translatable="(?:yes|true)"')
ALWAYS = sorted((house.ROOT / "data").glob("*.desktop.in")) + sorted((house.ROOT / "data").glob("*.gschema.xml"))
ALWAYS += sorted((house.ROOT / "data").glob("*.metainfo.xml.in"))


def listed():
    lines = (house.ROOT / "po/POTFILES.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def translatable():
    found = {house.name(path) for path in ALWAYS}
    for path in house.files(".c", ".h", ".ui", under=["src"]):
        pattern = IN_TEMPLATE if path.suffix == ".ui" else IN_CODE
        if pattern.search(path.read_text(encoding="utf-8")):
            found.add(house.name(path))
    return found


names, wanted = listed(), translatable()
house.report(
    [
        ("every file with text to translate is listed", sorted(wanted - set(names))),
        ("every listed file is there and has text", sorted(set(names) - wanted)),
        ("the list is in order, each file once", [] if names == sorted(set(names)) else ["not sorted"]),
    ]
)
