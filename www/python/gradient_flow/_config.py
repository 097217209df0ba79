"""A config as a dictionary: how a change completes it, and what is refused."""

from __future__ import annotations

from typing import Any, Mapping

import traitlets

from ._settings import CONFLICTS, DEFAULTS, SLOPES, Settings
from ._traits import ConfigError


def merged(values: Mapping[str, Any], patch: Any) -> dict[str, Any]:
    """The settings `values`, changed by those in `patch`."""
    if not isinstance(patch, Mapping):
        raise ConfigError("config", patch, 'a dictionary of settings such as {"depth": 20}')
    kinds = Settings.class_traits()
    for name, value in patch.items():
        if name not in kinds:
            raise ConfigError(str(name), value, f"a setting named one of {', '.join(DEFAULTS)}")
    checked = {name: kinds[name].validate(None, value) for name, value in patch.items()}
    config = {**values, **checked}
    # As in the page: a slope that is the activation's own follows the activation.
    if "slope" not in patch and values["slope"] == SLOPES[values["activation"]]:
        config["slope"] = SLOPES[config["activation"]]
    refuse_conflicts(config)
    return config


def refuse_conflicts(config: Mapping[str, Any]) -> None:
    """Raises an error if two settings do not go together."""
    for other, value, field, refused, allowed in CONFLICTS:
        if config[other] == value and config[field] == refused:
            raise ConfigError(field, refused, allowed)


class Config(traitlets.TraitType):
    """Every setting by name. Assigning some of them changes these."""

    def validate(self, obj: Any, value: Any) -> dict[str, Any]:
        return merged({name: getattr(obj, name) for name in DEFAULTS}, value)
