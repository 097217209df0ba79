"""Gradient Flow in notebooks: a live experiment whose gradients Python can read.

    from gradient_flow import Lab

    lab = Lab(depth=20, activation="sigmoid", charts="signals loss")
    lab                    # displays it
    lab.depth = 30         # any setting can change at any time
    lab.step(10)
    lab.gradients          # the RMS of every layer's dW, as a NumPy array

What the page computes arrives between two cells: a cell that is running does not see it.
"""

import pathlib

import anywidget
import numpy as np
import traitlets

from ._fields import DEFAULTS

__all__ = ["DEFAULTS", "Lab"]


def _to_arrays(value):
    """Turns bytes, in a dictionary of any depth, back into the float32 arrays that they were in the page."""
    if isinstance(value, dict):
        return {key: _to_arrays(item) for key, item in value.items()}
    if isinstance(value, (bytes, memoryview)):
        return np.frombuffer(value, dtype=np.float32)
    return value


class Lab(anywidget.AnyWidget):
    """A laboratory. Settings are keyword arguments and attributes, as are charts, controls, speed, theme, autoplay."""

    _esm = pathlib.Path(__file__).parent / "widget.js"

    #: Every setting by name. Assigning some of them changes these.
    config = traitlets.Dict(DEFAULTS).tag(sync=True)
    #: The latest snapshot: step, losses, accuracies; `layers` and other groups by name, arrays of float32 numbers.
    snapshot = traitlets.Dict().tag(sync=True, from_json=lambda value, _: _to_arrays(value))
    #: The sentence over the charts, and the fixes that it offers.
    diagnosis = traitlets.Dict().tag(sync=True)
    #: The last error message.
    error = traitlets.Unicode().tag(sync=True)
    running = traitlets.Bool().tag(sync=True)
    charts = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    controls = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    speed = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    theme = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    autoplay = traitlets.Bool().tag(sync=True)
    #: CSS pixels.
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
    def _complete(self, proposal):
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
        """The RMS of every layer's dW, from layer 1 to the output layer."""
        if not self.snapshot:
            raise RuntimeError("there are no gradients yet: show the lab in a cell, and read them in a later one")
        return self.snapshot["layers"]["dw_rms"]

    def step(self, count=1):
        """Makes `count` steps."""
        self._call("step", count)

    def run(self, limit=None):
        """Runs, for at most `limit` steps."""
        self._call("run", *([] if limit is None else [limit]))

    def pause(self):
        """Pauses the run."""
        self._call("pause")

    def reset(self):
        """Goes back to the start of the same run."""
        self._call("reset")

    def pin(self):
        """Keeps the run in the charts, beneath the runs to come."""
        self._call("pin")

    def unpin(self):
        """Removes the pinned run."""
        self._call("unpin")

    def _call(self, method, *arguments):
        self.send({"method": method, "arguments": arguments})
