"""Scripts with data: each calls a function of the pages' own scripts with one argument.

They are scripts and not JSON because a page that is opened from a folder may load no JSON.
"""

import json
from abc import abstractmethod
from typing import ClassVar

from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Kind, Marker, Output

MARKERS = (Marker(".js", b"/* newsarchive */"),)


class ScriptKind(Kind):
    """A kind of script with data."""

    markers = MARKERS
    function: ClassVar[str]
    """The function that is called, a method of `newsarchive` in the browser."""

    @abstractmethod
    def argument(self, output: Output, context: Context) -> object:
        """The argument: lists, mappings, texts and numbers."""

    def render(self, output: Output, context: Context) -> bytes:
        argument = json.dumps(
            self.argument(output, context), ensure_ascii=False, separators=(",", ":")
        )
        # If somebody copies it into a script element, no text may end that element.
        argument = argument.replace("<", "\\u003c")
        return f"/* newsarchive */ newsarchive.{self.function}({argument});\n".encode()
