#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every .ui file follows the grammar that GTK itself ships: templates.sh SOURCE-FOLDER
set -eu
grammar=$(pkg-config --variable=prefix gtk4)/share/gtk-4.0/gtk4builder.rng
find "$1/src" -name '*.ui' -print0 | xargs -0 xmllint --noout --nonet --relaxng "$grammar"
