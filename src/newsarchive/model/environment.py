"""The environment that newsarchive runs in: its own code, its libraries, Python and Unicode.

Any of them can change what is read from a source or how a page is rendered, so their digest is part
of the cache keys of reading and of every kind of output.
"""

import re
import sys
import unicodedata
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def environment_digest() -> str:
    """The digest of the code, of the versions of all libraries, of Python and of Unicode."""
    inputs = (code_digest(), sorted(libraries().items()), sys.version_info[:3])
    return blake2b(repr((inputs, unicodedata.unidata_version)).encode(), digest_size=16).hexdigest()


@cache
def code_digest() -> str:
    """The digest of newsarchive's own code, so that no file of another version counts as
    current."""
    digest = blake2b(digest_size=16)
    for path in sorted([*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("tagging/names/*.toml")]):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def libraries() -> dict[str, str]:
    """The installed version of each library, by name: all that newsarchive and its extras require,
    directly or through another library."""
    found: dict[str, str] = {}
    waiting = ["newsarchive"]
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        try:
            installed = distribution(name)
        except PackageNotFoundError:  # of an extra, or for another system
            continue
        if name != "newsarchive":
            found[name] = installed.version
        is_own = name == "newsarchive"
        for requirement in installed.requires or ():
            # The extras of libraries are not asked for.
            if "extra ==" in requirement and not is_own:
                continue
            required = _normalized(requirement)
            if required not in seen:
                seen.add(required)
                waiting.append(required)
    return found


def _normalized(requirement: str) -> str:
    """The name in a requirement, as PyPA's "Names and normalization" has it."""
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else requirement
