"""A page as the package sees it: takes what a Lab sends, and tells it things."""

import comm
from comm.base_comm import BaseComm


class Page(BaseComm):
    """The other end of a widget's line."""

    def __init__(self, *args, **options):
        self.updates = []
        self.state = {}
        super().__init__(*args, **options)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        if data and data.get("method", "update") == "update" and "state" in data:
            self.updates.append(data["state"])
            self.state.update(data["state"])

    def tell(self, **traits):
        """Sends traits, as a page does between two cells."""
        self.handle_msg({"content": {"data": {"method": "update", "state": traits, "buffer_paths": []}}, "buffers": []})

    def commands(self):
        """What it was asked for, and has not begun."""
        return [tuple(command) for command in self.state["_commands"]]


comm.create_comm = Page
