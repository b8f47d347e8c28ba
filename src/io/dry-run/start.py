#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the GPU memory of one configuration planned with Headroom.

Builds the model from its architecture with random weights, without any download, runs three optimizer steps of the
configuration (or a prompt and new tokens), prints the peaks and writes them as JSON. To keep them with the project:

    headroom-cli measured PROJECT --configuration NAME --result RESULT.json

Needs torch and transformers, and what the configuration uses: peft, bitsandbytes, liger_kernel.
"""
# @LIMITS@
import argparse
import contextlib
import importlib
import inspect
import json
import os
import sys

JOB = json.loads(r'''@JOB@''')

STEPS = 3
# Gradients of earlier micro-batches are there from the second one on; more take no more memory.
MOST_MICRO_BATCHES = 2
LEARNING_RATE = 1e-6
WEIGHT_DEVIATION = 0.02
# Tokens of one checkpointed chunk in TRL's chunked loss.
LOSS_CHUNK_TOKENS = 256
# What the examples of GaLore and APOLLO use.
PROJECTION = {"rank": 128, "update_proj_gap": 200, "scale": 0.25, "proj_type": "std"}
# Threshold for outliers of LLM.int8, the default of transformers.
INT8_THRESHOLD = 6.0
# Samples joined to one row of a packed batch whose mean length is not known.
PACKED_SAMPLES = 4
EXIT_FAILED, EXIT_NO_MEMORY = 1, 3


class Failure(Exception):
    """What stops the run, as a sentence for people."""


def library(name):
    """Imports a library that the configuration needs."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise Failure(f"{package} cannot be imported ({error}): install it, for example with “pip install "
                      f"{package.replace('_', '-')}”.") from error


def version_of(name):
    """(major, minor) of a library."""
    return tuple(int(part) for part in library(name).__version__.split(".")[:2])
