"""Runs every PyTorch script in a folder, as a student would, and compares what it prints with what the
core has seen (`NAME.txt`): loss, norm of the gradient and the RMS of every layer's dW at every step,
then the test part.

    python compare.py FOLDER

Prints for each run its name, `ok` or `FAILED`, and the worst relative deviation; then a summary.
"""
import contextlib
import io
import re
import runpy
import sys
from pathlib import Path

import torch

TOLERANCE = 1e-4
# Below this a float32 has lost digits, and no relative deviation means anything.
LEAST = 1e-36


def printed(script):
    """The lines that a script prints."""
    sys.argv = [str(script)]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        runpy.run_path(str(script), run_name="__main__")
    return out.getvalue().splitlines()


def parted(lines):
    """Rows of numbers by step, and the numbers of the test part."""
    numbers = [line for line in lines if line[0].isdigit()]
    test = [line for line in lines if line.startswith("# test part:")]
    return (
        [[float(cell) for cell in line.split(",")] for line in numbers],
        [float(line.split()[-1]) for line in test],
    )


def deviation(a, b):
    return abs(a - b) / max(abs(a), abs(b), LEAST)


def compare(script):
    """The worst deviation of a script, and where it is."""
    (seen, seen_test), (expected, expected_test) = (
        parted(printed(script)),
        parted(script.with_suffix(".txt").read_text().splitlines()),
    )
    if [len(row) for row in seen] != [len(row) for row in expected] or len(seen_test) != len(expected_test):
        return float("inf"), "other steps or layers"
    worst = (0.0, "")
    for ours, theirs in zip(expected, seen):
        for column, (a, b) in enumerate(zip(ours, theirs)):
            worst = max(worst, (deviation(a, b), f"step {ours[0]:.0f}, column {column + 1}: {a} and {b}"))
    # Before a batch norm a bias has a gradient of rounding errors alone. Adam and RMSprop make steps
    # of full size out of it, which the training part never sees and the running mean follows late.
    text = script.read_text()
    if not ("BatchNorm" in text and re.search(r"optim\.(Adam|RMSprop)", text)):
        for a, b in zip(expected_test, seen_test):
            worst = max(worst, (deviation(a, b), f"test part: {a} and {b}"))
    return worst


def main():
    torch.set_num_threads(1)
    folder = Path(sys.argv[1])
    scripts = sorted(expected.with_suffix(".py") for expected in folder.glob("*.txt") if expected.stem != "runs")
    failed = 0
    for script in scripts:
        worst, where = compare(script)
        good = worst <= TOLERANCE
        failed += not good
        print(f"{script.stem:<32} {'ok' if good else 'FAILED'} {worst:.1e}{'' if good else ' at ' + where}")
    print(f"PyTorch {torch.__version__}, tolerance {TOLERANCE}")
    print(f"{len(scripts) - failed} passed, {failed} failed")
    sys.exit(1 if failed or not scripts else 0)


main()
