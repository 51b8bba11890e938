"""Files for the scripts of the pages: each calls a function of theirs with what it holds.

They are scripts and not JSON since pages that are opened from a folder may load no other.
"""

import json

from newsarchive.rendering.views import ScriptView


def render_script(view: ScriptView) -> bytes:
    """The script as UTF-8: no text of an article is anything but a string in it."""
    argument = json.dumps(view.argument, ensure_ascii=False, separators=(",", ":"))
    # A script element that somebody puts it into must not end within.
    argument = argument.replace("<", "\\u003c")
    return f"/* newsarchive */ newsarchive.{view.function}({argument});\n".encode()
