"""The laboratory as a widget: its traits, and what it asks of the page."""

from __future__ import annotations

import contextlib
import inspect
import pathlib
import uuid
from typing import Any, Iterator, Mapping

import anywidget
import numpy as np
import traitlets

from ._charts import CHARTS
from ._config import Config, merged, refuse_conflicts
from ._settings import CONFLICTS, DEFAULTS, SLOPES, Settings
from ._traits import Address, Choice, ConfigError, Flag, Language, Names, Speed, WholeNumber, to_arrays, to_bytes

#: The most steps that one call may ask for.
MOST_STEPS = 10**9
#: The last step to which a run can be taken.
LAST_STEP = 10**7
#: The most commands that wait for a page.
MOST_WAITING = 1000


class Lab(Settings, anywidget.AnyWidget):
    """A laboratory. Settings are keyword arguments and traits; so are charts, controls, speed, theme, lang, trials, fixes, lesson, predict, autoplay, height."""

    _esm = pathlib.Path(__file__).parent / "widget.js"

    config = Config(DEFAULTS, help="Every setting by name. Assigning some of them changes these.")
    #: Empty until the page has sent one. It is not echoed: that would send every array back.
    snapshot = traitlets.Dict(
        help="The latest snapshot: step, losses, accuracies; `layers` and other groups by name, arrays of float32 "
        "numbers. A loss that is not finite is None.",
    ).tag(sync=True, from_json=to_arrays, to_json=to_bytes, echo_update=False)
    diagnosis = traitlets.Dict(help="The sentence over the charts, and the fixes that it offers.").tag(sync=True)
    error = traitlets.Unicode(help="The last error message of the page.").tag(sync=True)
    running = Flag(False, allowed="True or False", help="Whether it runs.").tag(sync=True)
    charts = Names(
        CHARTS,
        allowed=f"some of {', '.join(CHARTS)}, as a list or in a text",
        help="Ids of charts, in order. None shows the usual ones.",
    ).tag(sync=True)
    controls = Names(
        DEFAULTS,
        words=("all", "none"),
        empty="none",
        allowed=f"all, none, or some of {', '.join(DEFAULTS)}, as a list or in a text",
        help="Names of settings. None shows all.",
    ).tag(sync=True)
    speed = Speed(help="Steps a second, or 'max'.").tag(sync=True)
    theme = Choice(
        None,
        ("auto", "light", "dark"),
        allowed="one of auto, light, dark",
        allow_none=True,
        help="None and 'auto' follow the notebook.",
    ).tag(sync=True)
    lang = Language(
        None,
        allowed="a BCP 47 tag, such as 'de'",
        allow_none=True,
        help="The language, as a BCP 47 tag such as 'de'. None is that of the notebook.",
    ).tag(sync=True)
    trials = Choice(
        None,
        ("on", "off"),
        allowed="one of on, off",
        allow_none=True,
        help="Whether fixes are tried before they are offered. None is 'on'.",
    ).tag(sync=True)
    fixes = Choice(
        None,
        ("on", "off"),
        allowed="one of on, off",
        allow_none=True,
        help="Whether the verdict and its fixes are shown. None is 'on'.",
    ).tag(sync=True)
    lesson = Address(
        None,
        allowed="a lesson such as vanishing or vanishing/2, or the address of a lesson file",
        allow_none=True,
        help="The lesson that is on. None is none.",
    ).tag(sync=True)
    predict = Choice(
        None,
        ("on", "off"),
        allowed="one of on, off",
        allow_none=True,
        help="Whether lessons ask before they show. None is 'on'.",
    ).tag(sync=True)
    autoplay = Flag(False, allowed="True or False", help="Runs as soon as it is seen.").tag(sync=True)
    height = WholeNumber(560, 100, 10_000, allowed="a whole number from 100 to 10000", help="CSS pixels.").tag(sync=True)

    # Commands are state, not messages: they wait for a page that is not there yet, and are done once. Each has its
    # number, its method, its arguments, and the number of the last one that was sent before Python heard of the page.
    _commands = traitlets.List().tag(sync=True)
    # The number of the last command that the page has begun.
    _begun = traitlets.Int(0).tag(sync=True)
    # By this a page recognises the views of one laboratory.
    _key = traitlets.Unicode().tag(sync=True)
    # The page that trains, if several show the notebook.
    _owner = traitlets.Unicode().tag(sync=True)

    #: The numbers of the last command, and of the last one that was sent before Python heard of the page.
    _last = 0
    _heard = 0
    #: Several settings are being set: what follows from one of them is among them.
    _is_complete = False
    #: What the page tells at this moment: nobody has to tell it to the page.
    _told: Mapping[str, Any] = {}

    def __init__(self, **settings: Any):
        for name, value in settings.items():
            if name not in _PUBLIC:
                raise TypeError(f"a Lab has no {name} ({name} = {value!r}); it has {', '.join(_PUBLIC)}")
        config = settings.pop("config", {})
        chosen = {name: settings.pop(name) for name in DEFAULTS if name in settings}
        values = merged(merged(DEFAULTS, config), chosen)
        with self._complete():
            super().__init__(_key=uuid.uuid4().hex, **values, **settings)

    # ---- settings ----

    def __setattr__(self, name: str, value: Any) -> None:
        if name in DEFAULTS or name == "config":
            # The page is to see a change together with what follows from it.
            with self.hold_sync():
                super().__setattr__(name, value)
        elif name.startswith("_") or hasattr(type(self), name):
            super().__setattr__(name, value)
        else:
            raise AttributeError(f"a Lab has no {name}; settings are {', '.join(DEFAULTS)}")

    @contextlib.contextmanager
    def _complete(self) -> Iterator[None]:
        before, self._is_complete = self._is_complete, True
        try:
            yield
        finally:
            self._is_complete = before

    @traitlets.validate(*{name for other, _, field, *_ in CONFLICTS for name in (other, field)})
    def _refuse_conflicts(self, proposal: Any) -> Any:
        refuse_conflicts({**self._values(), proposal["trait"].name: proposal["value"]})
        return proposal["value"]

    def _values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in DEFAULTS}

    @traitlets.observe(*DEFAULTS)
    def _collect(self, change: Any) -> None:
        if change["name"] == "activation" and not self._is_complete and self._told.get("activation") != change["new"]:
            # As in the page: a slope that is the activation's own follows the activation.
            if self.slope == SLOPES[change["old"]]:
                self.slope = SLOPES[change["new"]]
        self.config = self._values()

    @traitlets.observe("config")
    def _spread(self, change: Any) -> None:
        config = change["new"]
        with self.hold_sync(), self._complete(), self.hold_trait_notifications():
            for name, value in config.items():
                setattr(self, name, value)
        previous = {
            name: value
            for name, value in change["old"].items()
            if value != config[name] and self._told.get(name) != config[name]
        }
        # Behind commands that wait, a change has to wait for its turn.
        if previous and self._commands:
            self._ask("set", {name: config[name] for name in previous}, previous)

    # ---- what the page tells ----

    def set_state(self, sync_data: dict[str, Any]) -> None:
        # No message of the page is taken while a cell runs: what was sent before it is of an earlier cell.
        self._heard = self._last
        self._told = sync_data
        try:
            super().set_state(sync_data)
        finally:
            self._told = {}

    @traitlets.observe("_begun")
    def _forget_begun(self, change: Any) -> None:
        self._commands = [command for command in self._commands if command[0] > change["new"]]

    @property
    def gradients(self) -> np.ndarray:
        """The RMS of every layer's dW, from layer 1 to the output layer."""
        if not self.snapshot:
            raise RuntimeError("there are no gradients yet: show the lab in a cell, and read them in a later one")
        return self.snapshot["layers"]["dw_rms"]

    # ---- what is asked of the page ----

    def step(self, count: int = 1) -> None:
        """Makes `count` steps."""
        self._ask("step", _steps("step: count", count, 0))

    def run(self, limit: int | None = None) -> None:
        """Runs, for at most `limit` steps."""
        self._ask("run", *([] if limit is None else [_steps("run: limit", limit, 1)]))

    def go_to(self, step: int) -> None:
        """Takes the run to a step, back from a later one too: the same run, with the changes that were made on the way."""
        self._ask("goTo", _steps("go_to: step", step, 0, LAST_STEP))

    def pause(self) -> None:
        """Pauses the run. Steps that an earlier cell asked for, and that are not yet made, are not made."""
        self._ask("pause")

    def reset(self) -> None:
        """Goes back to the start of the same run. Of steps that an earlier cell asked for, no more are made."""
        self._ask("reset")

    def pin(self) -> None:
        """Keeps the run in the charts, beneath the runs to come."""
        self._ask("pin")

    def unpin(self) -> None:
        """Removes the pinned run."""
        self._ask("unpin")

    def _ask(self, method: str, *arguments: Any) -> None:
        if len(self._commands) >= MOST_WAITING:
            raise RuntimeError(
                f"{MOST_WAITING} commands wait for a page already: show the lab in a cell. What a page has done, Python "
                "learns between two cells."
            )
        self._last += 1
        self._commands = [*self._commands, [self._last, method, list(arguments), self._heard]]


def _steps(field: str, value: Any, least: int, most: int = MOST_STEPS) -> int:
    count = WholeNumber(least, least, most, allowed="").read(value)
    if count is None:
        raise ConfigError(field, value, f"a whole number from {least} to {most}")
    return int(count)


#: What a Lab is made with.
_VIEW = ["charts", "controls", "speed", "theme", "lang", "trials", "fixes", "lesson", "predict", "autoplay", "height"]
_PUBLIC = [*DEFAULTS, "config", *_VIEW, "layout", "tooltip", "tabbable"]

#: For the completion of keyword arguments.
Lab.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=Lab.class_traits()[name].default_value)
        for name in _PUBLIC
        if name not in ("layout", "tooltip", "tabbable")
    ]
)
