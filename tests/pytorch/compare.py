"""Runs every PyTorch script in a folder, as a student would, and compares what it prints with what the core measured
(`NAME.txt`): loss, norm of the gradient and RMS of dW of every layer at every step, then the test set.

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
# Below this a float32 has lost digits, so that a relative deviation means nothing.
SMALLEST = 1e-36


def run(script):
    """The lines that a script prints, and its names."""
    sys.argv = [str(script)]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        names = runpy.run_path(str(script), run_name="__main__")
    return out.getvalue().splitlines(), names


def scheduler_rates(warmup, schedule, length, steps):
    """The learning rates of PyTorch's own schedulers, for a rate of 1: a warm-up, then a schedule."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    kinds = torch.optim.lr_scheduler
    after = {
        "constant": lambda: kinds.ConstantLR(optimizer, factor=1.0),
        "cosine": lambda: kinds.CosineAnnealingLR(optimizer, T_max=length),
        "step": lambda: kinds.StepLR(optimizer, step_size=length, gamma=0.1),
        "exponential": lambda: kinds.ExponentialLR(optimizer, gamma=0.1 ** (1 / length)),
    }
    rates = []
    scheduler = kinds.LambdaLR(optimizer, lambda s: min(1, (s + 1) / max(warmup, 1)))
    for step in range(steps):
        if step == warmup:
            # A schedule begins at the rate of its optimizer.
            optimizer.param_groups[0].update(lr=1.0, initial_lr=1.0)
            scheduler = after[schedule]()
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def rate_deviation(text, names):
    """How far the learning rates of a script are from those of PyTorch's schedulers."""
    factor = names.get("rate_factor")
    if factor is None:
        return 0.0, ""
    schedule = re.search(r"[:&]schedule=(\w+)", text)
    warmup, length = names["WARMUP"], names["SCHEDULE_STEPS"]
    steps = warmup + 3 * min(length, 100)
    rates = scheduler_rates(warmup, schedule.group(1) if schedule else "constant", length, steps)
    worst = max((abs(factor(step) - rate), f"the learning rate of step {step}") for step, rate in enumerate(rates))
    return worst


def parse(lines):
    """The numbers of each step, and those of the test set."""
    numbers = [line for line in lines if line[0].isdigit()]
    test = [line for line in lines if line.startswith("# test part:")]
    return (
        [[float(cell) for cell in line.split(",")] for line in numbers],
        [float(line.split()[-1]) for line in test],
    )


def deviation(a, b):
    return abs(a - b) / max(abs(a), abs(b), SMALLEST)


def compare(script):
    """The worst deviation of a script, and where it is."""
    lines, names = run(script)
    (actual, actual_test), (expected, expected_test) = (
        parse(lines),
        parse(script.with_suffix(".txt").read_text().splitlines()),
    )
    if [len(row) for row in actual] != [len(row) for row in expected] or len(actual_test) != len(expected_test):
        return float("inf"), "other steps or layers"
    text = script.read_text()
    worst = rate_deviation(text, names)
    for ours, theirs in zip(expected, actual):
        for column, (a, b) in enumerate(zip(ours, theirs)):
            worst = max(worst, (deviation(a, b), f"step {ours[0]:.0f}, column {column + 1}: {a} and {b}"))
    # The gradient of a bias before batch norm is nothing but rounding errors. Adam and RMSprop turn it into steps of full
    # size. In training, batch norm subtracts them again, but the running mean, which the test set is normalised with,
    # follows late.
    if not ("BatchNorm" in text and re.search(r"optim\.(Adam|RMSprop)", text)):
        for a, b in zip(expected_test, actual_test):
            worst = max(worst, (deviation(a, b), f"test part: {a} and {b}"))
    return worst


def main():
    torch.set_num_threads(1)
    folder = Path(sys.argv[1])
    scripts = sorted(expected.with_suffix(".py") for expected in folder.glob("*.txt") if expected.stem != "runs")
    failed = 0
    for script in scripts:
        worst, where = compare(script)
        passed = worst <= TOLERANCE
        failed += not passed
        print(f"{script.stem:<32} {'ok' if passed else 'FAILED'} {worst:.1e}{'' if passed else ' at ' + where}")
    print(f"PyTorch {torch.__version__}, tolerance {TOLERANCE}")
    print(f"{len(scripts) - failed} passed, {failed} failed")
    sys.exit(1 if failed or not scripts else 0)


main()
