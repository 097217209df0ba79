"""Gradient Flow in notebooks: a live experiment whose gradients Python can read.

    from gradient_flow import Lab

    lab = Lab(depth=20, activation="sigmoid", charts=["signals", "loss"])
    lab                    # displays it
    lab.depth = 30         # any setting can change at any time
    lab.step(10)
    lab.gradients          # the RMS of every layer's dW, as a NumPy array

What the page computes arrives between two cells: a cell that is running does not see it.
"""

from importlib import metadata as _metadata

from ._charts import CHARTS
from ._lab import Lab
from ._settings import DEFAULTS
from ._traits import ConfigError

__version__ = _metadata.version("gradient-flow")
__all__ = ["CHARTS", "DEFAULTS", "ConfigError", "Lab", "__version__"]
