"""Settings are traits: they complete, are observed and linked, and refuse at once what is not allowed."""

import importlib.metadata
import importlib.resources
import inspect
import math
import tempfile
import unittest
import warnings

import page  # noqa: F401  Takes the place of a kernel's line.
import anywidget
import ipywidgets
import numpy as np
import traitlets
import traitlets.config

import gradient_flow
from gradient_flow import CHARTS, DEFAULTS, ConfigError, Lab
from gradient_flow._settings import CONFLICTS, SLOPES, Settings


def another(name):
    """A value that is allowed and is not the default."""
    kind = Settings.class_traits()[name]
    if hasattr(kind, "names"):
        return kind.names[1]
    return True if isinstance(DEFAULTS[name], bool) else 0.25 if isinstance(DEFAULTS[name], float) else 3


class Traits(unittest.TestCase):
    def test_every_setting_is_a_trait_that_is_observed_linked_and_set(self):
        for name, default in DEFAULTS.items():
            with self.subTest(name):
                seen = []
                lab, other = Lab(), Lab()
                self.assertEqual(getattr(lab, name), default)
                lab.observe(lambda change: seen.append((change["old"], change["new"])), name)
                traitlets.link((lab, name), (other, name))
                value = another(name)
                setattr(lab, name, value)
                self.assertEqual(seen, [(default, value)])
                self.assertEqual(getattr(other, name), value)
                self.assertEqual(lab.config[name], value)
                self.assertEqual(Lab(**{name: value}).config[name], value)
                self.assertEqual(lab.comm.state[name], value)

    def test_no_setting_hides_what_a_widget_has(self):
        for name in [*vars(Settings), *vars(Lab)]:
            # What every class with traits has of its own.
            is_of_each = name.startswith("__") or name in vars(anywidget.AnyWidget) or name == "set_state"
            self.assertTrue(is_of_each or not hasattr(anywidget.AnyWidget, name), name)

    def test_names_and_keywords_complete(self):
        from IPython.core.completer import provisionalcompleter
        from IPython.core.interactiveshell import InteractiveShell

        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        options = traitlets.config.Config({"HistoryManager": {"enabled": False}})
        shell = InteractiveShell(ipython_dir=folder.name, config=options, user_ns={"Lab": Lab, "lab": Lab()})
        completer = shell.Completer
        completer.use_jedi = False

        def completions(text):
            with provisionalcompleter():
                return {completion.text.lstrip(".") for completion in completer.completions(text, len(text))}

        self.assertIn("depth", completions("lab.dep"))
        self.assertIn("learning_rate=", completions("Lab(learn"))
        self.assertIn("charts=", completions("Lab(cha"))
        self.assertEqual(inspect.signature(Lab).parameters["depth"].default, 10)
        self.assertIn("hidden layers", Lab.class_traits()["depth"].help)

    def test_the_config_is_a_trait_of_all_of_them(self):
        lab, seen = Lab(), []
        lab.observe(lambda change: seen.append(change["new"]), "config")
        lab.config = {"depth": 3, "width": 5}
        self.assertEqual((lab.depth, lab.width, lab.seed), (3, 5, 1))
        lab.seed = 2
        self.assertEqual(seen, [{**DEFAULTS, "depth": 3, "width": 5}, {**DEFAULTS, "depth": 3, "width": 5, "seed": 2}])
        self.assertEqual(Lab(config={"depth": 3}, width=5, seed=2).config, lab.config)

    def test_the_slope_follows_the_activation_as_in_the_page(self):
        lab = Lab(activation="prelu")
        self.assertEqual(lab.slope, 0.25)
        lab.activation = "leaky_relu"
        self.assertEqual(lab.slope, 0.01)
        lab.slope = 0.3
        lab.activation = "prelu"
        self.assertEqual(lab.slope, 0.3)
        # A value that equals the default of all is a value.
        for lab in (Lab(activation="prelu", slope=0.01), Lab(config={"activation": "prelu", "slope": 0.01}), Lab()):
            lab.config = {"activation": "prelu", "slope": 0.01}
            self.assertEqual((lab.slope, lab.comm.state["slope"]), (0.01, 0.01))
        self.assertEqual(set(SLOPES), set(Settings.class_traits()["activation"].names))

    def test_what_the_page_tells_is_kept_as_it_is(self):
        lab = Lab()
        lab.comm.updates.clear()
        lab.comm.tell(activation="prelu", slope=0.01, learning_rate=1)
        self.assertEqual((lab.activation, lab.slope, lab.learning_rate), ("prelu", 0.01, 1.0))
        self.assertEqual(lab.config["activation"], "prelu")
        self.assertEqual(lab.comm.updates, [])


class Refusals(unittest.TestCase):
    def refuse(self, act, field, value, allowed):
        with self.assertRaises(ConfigError) as caught:
            act()
        error = caught.exception
        self.assertIsInstance(error, (traitlets.TraitError, ValueError))
        self.assertEqual(str(error), f"{field} cannot be {value!r}. Allowed: {allowed}.")
        self.assertEqual((error.field, error.allowed), (field, allowed))

    def test_each_setting_refuses_at_once_wherever_it_is_set(self):
        refused = {
            "depth": (1000, 0, -1, 2.5, "10", True, None, math.nan, math.inf, [3], "full"),
            "learning_rate": (0, 101, "0.1", False, None, math.nan, np.nan, {}),
            "activation": ("sigmoids", "", 3, None),
            "batch_size": (0, 513, "all"),
            "residual": (1, "true", None),
            "seed": (2**53, -1),
        }
        for name, values in refused.items():
            allowed = Settings.class_traits()[name].allowed
            for value in values:
                with self.subTest(name, value=value):
                    lab = Lab()
                    lab.comm.updates.clear()
                    self.refuse(lambda: setattr(lab, name, value), name, value, allowed)
                    self.refuse(lambda: setattr(lab, "config", {"width": 5, name: value}), name, value, allowed)
                    self.refuse(lambda: Lab(**{name: value}), name, value, allowed)
                    self.assertEqual(lab.config, DEFAULTS)
                    self.assertEqual(lab.comm.updates, [])
        self.refuse(lambda: Lab(depth=1000), "depth", 1000, "a whole number from 1 to 100")

    def test_numbers_of_numpy_are_numbers(self):
        lab = Lab(depth=np.int64(7), learning_rate=np.float32(0.5), residual=np.bool_(True), width=8.0, batch_size="full")
        self.assertEqual([lab.depth, lab.learning_rate, lab.residual, lab.width, lab.batch_size], [7, 0.5, True, 8, "full"])
        self.assertEqual([type(lab.depth), type(lab.learning_rate), type(lab.residual), type(lab.width)], [int, float, bool, int])

    def test_what_does_not_go_together_is_refused(self):
        self.assertIn(("data", "plane", "loss", "bce"), [conflict[:4] for conflict in CONFLICTS])
        for other, value, field, refused, allowed in CONFLICTS:
            lab = Lab(**{other: value})
            self.refuse(lambda: setattr(lab, field, refused), field, refused, allowed)
            self.refuse(lambda: Lab(**{other: value, field: refused}), field, refused, allowed)
            self.assertEqual(lab.config, {**DEFAULTS, other: value})
            lab = Lab(**{field: refused})
            self.refuse(lambda: setattr(lab, other, value), field, refused, allowed)
            self.assertEqual(getattr(lab, other), DEFAULTS[other])
            # Both at once are allowed, in whatever order.
            lab.config = {other: value, field: DEFAULTS[field]}
            self.assertEqual(lab.config, {**DEFAULTS, other: value})

    def test_names_that_do_not_exist_are_refused(self):
        with self.assertRaisesRegex(TypeError, "no dpeth"):
            Lab(dpeth=3)
        with self.assertRaisesRegex(AttributeError, "no dpeth"):
            Lab().dpeth = 3
        with self.assertRaises(AttributeError):
            Lab().dpeth
        with self.assertRaisesRegex(ConfigError, "dpeth cannot be 3. Allowed: a setting named one of depth"):
            Lab().config = {"dpeth": 3}
        for config in (None, 5, "depth=3", [("depth", 3)]):
            with self.assertRaisesRegex(ConfigError, "config cannot be .* Allowed: a dictionary"):
                Lab().config = config

    def test_the_view_takes_lists_and_numbers(self):
        lab = Lab(charts=["signals", "step-line"], controls=["depth", "learning_rate"], speed=20, height=300, theme="dark", autoplay=True)
        self.assertEqual([lab.charts, lab.controls, lab.speed], ["signals step-line", "depth learning_rate", 20])
        self.assertEqual(lab.comm.state["speed"], 20)
        for speed, kept in ((0.5, 0.5), ("max", "max"), ("20", 20), (np.int32(3), 3), (None, None)):
            lab.speed = speed
            self.assertEqual(lab.speed, kept)
        lab.charts, lab.controls = [], ()
        self.assertEqual([lab.charts, lab.controls], ["", "none"])
        lab.charts, lab.controls = "loss, norms", "learning-rate depth"
        self.assertEqual([lab.charts, lab.controls], ["loss norms", "learning-rate depth"])
        lab.trials = "off"
        self.assertEqual(lab.comm.state["trials"], "off")
        lab.fixes, lab.lesson, lab.predict = "off", "vanishing/2", "off"
        self.assertEqual(lab.comm.state["lesson"], "vanishing/2")
        lab.charts = lab.controls = lab.theme = lab.trials = lab.lesson = None
        self.assertIsNone(lab.charts)
        self.assertIn("signals", CHARTS)

    def test_the_view_refuses_what_does_not_exist(self):
        refused = {
            "charts": ("signal", ["signals", "los"], 3, ["signals", 3]),
            "controls": ("dpeth", ["depth", "full"]),
            "speed": (0, -1, 1001, "fast", True, math.nan, [20]),
            "theme": ("darker", 1),
            "trials": ("yes", True),
            "fixes": ("no", False),
            "lesson": ("", 2, True),
            "predict": ("no",),
            "height": (0, 99, 1e9, "300", None),
            "autoplay": (1, "yes"),
        }
        for name, values in refused.items():
            for value in values:
                with self.subTest(name, value=value):
                    self.refuse(lambda: Lab(**{name: value}), name, value, Lab.class_traits()[name].allowed)


class Package(unittest.TestCase):
    def test_it_is_typed_described_and_has_a_version(self):
        metadata = importlib.metadata.metadata("gradient-flow")
        self.assertEqual(gradient_flow.__version__, metadata["Version"])
        self.assertTrue(importlib.resources.files("gradient_flow").joinpath("py.typed").is_file())
        self.assertEqual(metadata["Description-Content-Type"], "text/markdown")
        self.assertIn("Without a browser", metadata.get_payload())
        self.assertEqual(metadata["License"], "MIT")

    def test_a_lab_works_with_other_widgets(self):
        lab, slider = Lab(), ipywidgets.IntSlider(min=1, max=100)
        ipywidgets.link((lab, "depth"), (slider, "value"))
        slider.value = 33
        self.assertEqual(lab.depth, 33)
        # The link within the page needs a trait that both sides have.
        ipywidgets.jslink((slider, "value"), (lab, "depth"))

    def test_a_lab_warns_of_nothing(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            Lab(depth=3, charts=["signals"]).close()


if __name__ == "__main__":
    unittest.main()
