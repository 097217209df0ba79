"""Gradient Flow in notebooks: a live experiment, whose gradients Python reads.

    from gradient_flow import Lab

    lab = Lab(depth=20, activation="sigmoid", charts="signals loss")
    lab                    # shows it
    lab.depth = 30         # any setting, at any time
    lab.step(10)
    lab.gradients          # the RMS of dW of every layer, as a NumPy array

What the page computes arrives between two cells: a running cell does not see it.
"""

import pathlib

import anywidget
import numpy as np
import traitlets

from ._fields import DEFAULTS

__all__ = ["DEFAULTS", "Lab"]


def _arrays(value):
    """What came as bytes is the float32 numbers that it was in the page."""
    if isinstance(value, dict):
        return {key: _arrays(item) for key, item in value.items()}
    if isinstance(value, (bytes, memoryview)):
        return np.frombuffer(value, dtype=np.float32)
    return value


class Lab(anywidget.AnyWidget):
    """A laboratory. Every setting is a keyword and an attribute; so are charts, controls, speed, theme, autoplay."""

    _esm = pathlib.Path(__file__).parent / "widget.js"

    #: Every setting by name. Assign a part of it to change that part.
    config = traitlets.Dict(DEFAULTS).tag(sync=True)
    #: What the run shows: step, losses, accuracies; `layers` and more by name, one float32 number a layer.
    snapshot = traitlets.Dict().tag(sync=True, from_json=lambda value, _: _arrays(value))
    #: The sentence over the charts, and what would help.
    diagnosis = traitlets.Dict().tag(sync=True)
    #: The last thing that was refused, in words.
    error = traitlets.Unicode().tag(sync=True)
    running = traitlets.Bool().tag(sync=True)
    charts = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    controls = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    speed = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    theme = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    autoplay = traitlets.Bool().tag(sync=True)
    #: In CSS pixels.
    height = traitlets.Int(560).tag(sync=True)

    def __init__(self, **settings):
        chosen = {name: settings.pop(name) for name in DEFAULTS if name in settings}
        unknown = [name for name in settings if not self.has_trait(name)]
        if unknown:
            raise TypeError(f"a Lab has no {', '.join(unknown)}; settings are {', '.join(DEFAULTS)}")
        super().__init__(**settings)
        if chosen:
            self.config = chosen

    @traitlets.validate("config")
    def _whole(self, proposal):
        unknown = set(proposal["value"]) - set(DEFAULTS)
        if unknown:
            raise traitlets.TraitError(f"no setting is named {', '.join(sorted(unknown))}; there are {', '.join(DEFAULTS)}")
        return {**DEFAULTS, **self.config, **proposal["value"]}

    def __getattr__(self, name):
        if name in DEFAULTS:
            return self.config[name]
        raise AttributeError(f"a Lab has no {name}")

    def __setattr__(self, name, value):
        if name in DEFAULTS:
            self.config = {name: value}
        elif name.startswith("_") or hasattr(type(self), name):
            super().__setattr__(name, value)
        else:
            raise AttributeError(f"a Lab has no {name}; settings are {', '.join(DEFAULTS)}")

    @property
    def gradients(self):
        """The RMS of dW of every layer, from layer 1 to the output layer."""
        if not self.snapshot:
            raise RuntimeError("there are no gradients yet: show the lab in a cell, and read them in a later one")
        return self.snapshot["layers"]["dw_rms"]

    def step(self, count=1):
        """Makes steps."""
        self._ask("step", count)

    def run(self, limit=None):
        """Runs, for at most `limit` steps."""
        self._ask("run", *([] if limit is None else [limit]))

    def pause(self):
        """Stands still."""
        self._ask("pause")

    def reset(self):
        """Goes back to the start of the same run."""
        self._ask("reset")

    def pin(self):
        """Keeps the run beneath the runs to come."""
        self._ask("pin")

    def unpin(self):
        """Forgets the pinned run."""
        self._ask("unpin")

    def _ask(self, method, *arguments):
        self.send({"method": method, "arguments": arguments})
