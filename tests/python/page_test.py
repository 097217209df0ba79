"""What a Lab and a page tell each other: snapshots, commands in their order, and what waits for a page."""

import json
import logging
import unittest

import page  # noqa: F401  Takes the place of a kernel's line.
import numpy as np

from gradient_flow import Lab


def snapshot(step, *dw_rms):
    values = memoryview(np.array(dw_rms, dtype=np.float32).tobytes())
    return {"step": step, "train_loss": 2.5, "test_loss": None, "layers": {"dw_rms": values}, "classes": ["0", "1"]}


class Snapshots(unittest.TestCase):
    def test_observers_are_called_for_each(self):
        lab, seen = Lab(), []
        lab.observe(lambda change: seen.append(change["new"]), "snapshot")
        for step in range(3):
            lab.comm.tell(snapshot=snapshot(step, 0.5, step, np.nan))
            # The same again is nothing new.
            lab.comm.tell(snapshot=snapshot(step, 0.5, step, np.nan))
        self.assertEqual([each["step"] for each in seen], [0, 1, 2])
        self.assertEqual([each["layers"]["dw_rms"][1] for each in seen], [0, 1, 2])
        # A single layer's array is compared as well as longer ones.
        lab.comm.tell(snapshot=snapshot(9, 1))
        lab.comm.tell(snapshot=snapshot(9, 2))
        self.assertEqual(len(seen), 5)

    def test_its_arrays_are_numbers_and_cross_back_as_bytes(self):
        lab = Lab()
        lab.comm.tell(snapshot=snapshot(4, 0.5, 0.25))
        self.assertEqual(lab.gradients.dtype, np.float32)
        self.assertEqual(lab.gradients.tolist(), [0.5, 0.25])
        self.assertIsNone(lab.snapshot["test_loss"])
        self.assertEqual(lab.get_state("snapshot")["snapshot"]["layers"]["dw_rms"], np.array([0.5, 0.25], np.float32).tobytes())

    def test_a_snapshot_is_not_sent_back(self):
        lab = Lab()
        messages = []
        lab.comm.publish_msg = lambda *args, data=None, **keys: messages.append(data)
        lab.comm.tell(snapshot=snapshot(4, 0.5), running=True)
        self.assertEqual([message["method"] for message in messages], ["echo_update"])
        self.assertEqual(messages[0]["state"], {"running": True})
        self.assertTrue(lab.running)

    def test_without_a_page_it_says_so(self):
        lab = Lab(depth=4)
        self.assertEqual(lab.snapshot, {})
        with self.assertRaisesRegex(RuntimeError, "show the lab in a cell"):
            lab.gradients


class Commands(unittest.TestCase):
    def test_they_wait_and_are_begun_once(self):
        lab = Lab()
        lab.step(5)
        lab.pin()
        lab.run(100)
        self.assertEqual(lab.comm.commands(), [(1, "step", [5], 0), (2, "pin", [], 0), (3, "run", [100], 0)])
        json.dumps(lab.comm.state["_commands"])
        lab.comm.tell(_begun=2)
        self.assertEqual(lab.comm.commands(), [(3, "run", [100], 0)])
        lab.comm.tell(_begun=3)
        self.assertEqual(lab.comm.commands(), [])
        lab.reset()
        # It is of a later cell than all before, and may end them.
        self.assertEqual(lab.comm.commands(), [(4, "reset", [], 3)])

    def test_an_observer_may_end_what_it_observes(self):
        lab = Lab()
        lab.step(10**9)
        lab.observe(lambda change: lab.pause(), "snapshot")
        lab.comm.tell(snapshot=snapshot(7, 0.5))
        self.assertEqual(lab.comm.commands(), [(1, "step", [10**9], 0), (2, "pause", [], 1)])

    def test_settings_behind_commands_wait_for_their_turn(self):
        lab = Lab()
        lab.depth = 12
        lab.step(5)
        lab.comm.updates.clear()
        lab.activation = "prelu"
        change = (2, "set", [{"activation": "prelu", "slope": 0.25}, {"activation": "sigmoid", "slope": 0.01}], 0)
        self.assertEqual(lab.comm.commands()[1:], [change])
        # The page sees the setting and its turn together.
        self.assertEqual([sorted(state) for state in lab.comm.updates], [["_commands", "activation", "slope"]])
        lab.config = {"depth": 3, "seed": 4}
        self.assertEqual(lab.comm.commands()[2], (3, "set", [{"depth": 3, "seed": 4}, {"depth": 12, "seed": 1}], 0))
        # What the page itself changes does not wait.
        lab.comm.tell(width=5)
        self.assertEqual(len(lab.comm.commands()), 3)
        self.assertEqual(lab.width, 5)

    def test_too_many_are_refused(self):
        lab = Lab()
        for _ in range(1000):
            lab.step()
        with self.assertRaisesRegex(RuntimeError, "1000 commands wait for a page already: show the lab in a cell"):
            lab.step()
        self.assertEqual(len(lab.comm.commands()), 1000)

    def test_numbers_of_steps_are_checked(self):
        lab = Lab()
        for count in (-1, 1.5, "x", None, True, float("nan"), 2e9, [1]):
            with self.assertRaisesRegex(ValueError, r"step: count cannot be .*\. Allowed: a whole number from 0 to 1000000000"):
                lab.step(count)
        for step in (-1, 0.5, None, 1e8):
            with self.assertRaisesRegex(ValueError, r"go_to: step cannot be .*\. Allowed: a whole number from 0 to 10000000\.$"):
                lab.go_to(step)
        for limit in (0, -1, 1.5, "x", float("nan")):
            with self.assertRaisesRegex(ValueError, r"run: limit cannot be .*\. Allowed: a whole number from 1 to 1000000000"):
                lab.run(limit)
        lab.step(np.int64(3))
        lab.go_to(1)
        self.assertEqual(lab.comm.commands(), [(1, "step", [3], 0), (2, "goTo", [1], 0)])


if __name__ == "__main__":
    logging.raiseExceptions = True
    unittest.main()
