#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shortcuts window and the manual tell every key that the application and the menus set, and no key means two things."""
import collections
import re
import xml.etree.ElementTree

import house

KEY = re.compile(r'"((?:<(?:Control|Shift|Alt)>)+\w+|F\d+|Delete)"')
ACTION = re.compile(r'"((?:win|app|page)\.[\w:-]+)"')


def in_code():
    """Yields (key, action) for each row of the tables in src/app that hold an action and its keys."""
    for path in house.files(".c", under=["src/app"]):
        for line in path.read_text(encoding="utf-8").splitlines():
            action = ACTION.search(line)
            if action:
                for key in KEY.findall(line):
                    yield key, action.group(1)


def in_menus():
    for path in house.files(".ui", under=["src/ui"]):
        for item in xml.etree.ElementTree.parse(path).getroot().iter("item"):
            attributes = {node.get("name"): node.text for node in item.iter("attribute")}
            if "accel" in attributes:
                yield attributes["accel"], attributes["action"] + "::" + attributes.get("target", "")


overlay = xml.etree.ElementTree.parse(house.ROOT / "src/ui/gtk/help-overlay.ui").getroot()
told = [node.text for node in overlay.iter("property") if node.get("name") == "accelerator"]
set_keys = list(in_code()) + list(in_menus())
actions = collections.defaultdict(set)
for key, action in set_keys:
    actions[key].add(action.removesuffix("::"))

def in_words(key):
    """<Control><Shift>s as people read it: Ctrl+Shift+S."""
    *modifiers, name = re.findall(r"<(\w+)>|(\w+)$", key)
    name = {"question": "?"}.get(name[1], name[1])
    words = ["Ctrl" if modifier == "Control" else modifier for modifier, _ in modifiers]
    return "+".join([*words, name.upper() if len(name) == 1 else name])


manual = (house.ROOT / "docs/manual/keyboard.md").read_text(encoding="utf-8")
written = set(re.findall(r"[\w+]+\??", manual))

house.report(
    [
        ("keys are found", [] if set_keys else ["no key in src/app or in a menu"]),
        ("the shortcuts window tells each key", sorted({key for key, _ in set_keys} - set(told))),
        ("the shortcuts window tells each key once", sorted({key for key in told if told.count(key) > 1})),
        ("the manual tells each key", sorted({in_words(key) for key, _ in set_keys} - written)),
        ("no key means two things", sorted(f"{key}: {names}" for key, names in actions.items() if len(names) > 1)),
    ]
)
