"""The kinds of traits: each refuses at once what is not allowed, with a sentence that says what is."""

from __future__ import annotations

import numbers
import re
from typing import Any, Iterable

import numpy as np
import traitlets


class ConfigError(traitlets.TraitError, ValueError):
    """A value is refused. It has the `field`, the `value` and what is `allowed`, as errors in the page have."""

    def __init__(self, field: str, value: Any, allowed: str):
        super().__init__(f"{field} cannot be {value!r}. Allowed: {allowed}.")
        self.field = field
        self.value = value
        self.allowed = allowed


class _Checked(traitlets.TraitType):
    """A trait whose values are read by `read`, which returns `None` for what is not allowed."""

    def __init__(self, default: Any, allowed: str, **options: Any):
        super().__init__(default, **options)
        self.allowed = allowed

    def read(self, value: Any) -> Any:
        """The value in the form in which it is kept."""
        raise NotImplementedError

    def validate(self, obj: Any, value: Any) -> Any:
        kept = self.read(value)
        if kept is None:
            raise ConfigError(self.name or "value", value, self.allowed)
        return kept


def _is_number(value: Any) -> bool:
    # A truth value is a number to Python, and a mistake here.
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


class WholeNumber(_Checked):
    """A whole number in a range, or one of some words."""

    def __init__(self, default: Any, least: int, most: int, *, words: Iterable[str] = (), **options: Any):
        super().__init__(default, **options)
        self.least, self.most, self.words = least, most, tuple(words)

    def read(self, value: Any) -> Any:
        if isinstance(value, str):
            return value if value in self.words else None
        if not _is_number(value) or not self.least <= value <= self.most or value != int(value):
            return None
        return int(value)


class Language(_Checked):
    """The tag of a language, such as de or pt-BR. Whether the page has it, the page knows."""

    def read(self, value: Any) -> Any:
        is_tag = isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value)
        return value if is_tag else None


class Address(_Checked):
    """The name of a lesson, or where its file is. Whether there is one, the page knows."""

    def read(self, value: Any) -> Any:
        return value if isinstance(value, str) and value.strip() else None


class Number(_Checked):
    """A number in a range."""

    def __init__(self, default: float, least: float, most: float, **options: Any):
        super().__init__(default, **options)
        self.least, self.most = least, most

    def read(self, value: Any) -> Any:
        return float(value) if _is_number(value) and self.least <= value <= self.most else None


class Choice(_Checked):
    """One of some names."""

    def __init__(self, default: str, names: Iterable[str], **options: Any):
        super().__init__(default, **options)
        self.names = tuple(names)

    def read(self, value: Any) -> Any:
        return str(value) if isinstance(value, str) and value in self.names else None


class Flag(_Checked):
    """`True` or `False`."""

    def read(self, value: Any) -> Any:
        return bool(value) if isinstance(value, (bool, np.bool_)) else None


class Names(_Checked):
    """Some of the names that are known, as a list or in a text; kept as a text with spaces."""

    def __init__(self, names: Iterable[str], *, words: Iterable[str] = (), empty: str = "", **options: Any):
        super().__init__(None, allow_none=True, **options)
        self.names, self.words, self.empty = tuple(names), tuple(words), empty

    def read(self, value: Any) -> Any:
        if isinstance(value, str):
            listed = value.replace(",", " ").split()
        elif isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
            listed = list(value) or [self.empty]
        else:
            return None
        known = {*self.names, *self.words, self.empty}
        # Settings are written with a hyphen in attributes, and with an underscore in Python.
        if any(name not in known and name.replace("-", "_") not in known for name in listed):
            return None
        return " ".join(listed)


class Speed(_Checked):
    """Steps a second, or `max`."""

    def __init__(self, **options: Any):
        super().__init__(None, "a number above 0, up to 1000, or 'max'", allow_none=True, **options)

    def read(self, value: Any) -> Any:
        if isinstance(value, str):
            if value == "max":
                return value
            try:
                value = float(value)
            except ValueError:
                return None
        if not _is_number(value) or not 0 < value <= 1000:
            return None
        return int(value) if value == int(value) else float(value)


class Snapshot(dict):
    """A snapshot. Two are equal if all their numbers are."""

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, dict) and _are_equal(dict(self), dict(other))

    def __ne__(self, other: Any) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]


def _are_equal(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_are_equal(item, other[name]) for name, item in one.items())
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return type(one) is type(other) and np.array_equal(one, other, equal_nan=True)
    return bool(one == other)


def to_arrays(value: Any, _widget: Any = None) -> Any:
    """Turns bytes, in a dictionary of any depth, back into the float32 arrays that they were in the page."""
    if isinstance(value, dict):
        items = {name: to_arrays(item) for name, item in value.items()}
        # The outermost one is called by the widget.
        return items if _widget is None else Snapshot(items)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return np.frombuffer(value, dtype=np.float32)
    return value


def to_bytes(value: Any, _widget: Any = None) -> Any:
    """Turns the arrays in a dictionary of any depth into bytes, as widgets send them."""
    if isinstance(value, dict):
        return {name: to_bytes(item) for name, item in value.items()}
    return value.tobytes() if isinstance(value, np.ndarray) else value
