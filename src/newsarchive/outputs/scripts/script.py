"""Scripts with data: each calls a function of the pages' scripts with one argument.

The data is a script, not JSON, because browsers let a page opened from a folder load no JSON.
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
    """The function that the script calls: a method of `window.newsarchive` in the browser."""

    @abstractmethod
    def argument(self, output: Output, context: Context) -> object:
        """The argument of the call: lists, mappings, texts and numbers."""

    def render(self, output: Output, context: Context) -> bytes:
        argument = json.dumps(
            self.argument(output, context), ensure_ascii=False, separators=(",", ":")
        )
        # So that no text can end a <script> element into which somebody copies the data.
        argument = argument.replace("<", "\\u003c")
        return f"/* newsarchive */ newsarchive.{self.function}({argument});\n".encode()
