"""Front matter: the block of metadata above an article's text, read as texts, lists and mappings.

Values stay texts as they were written. YAML would turn the tag 11.10 into the number 11.1, the
headline "No" into false, and would refuse a whole block for one impossible date. `fields.py`
interprets the texts.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from newsarchive.model.text import cleaned, one_line
from newsarchive.reading.cleaning import DEEPEST, depth

try:
    from yaml import CBaseLoader as TextLoader
except ImportError:  # PyYAML without libyaml
    from yaml import BaseLoader as TextLoader  # type: ignore[assignment]

Value = str | list["Value"] | dict[str, "Value"]


class FrontMatterError(ValueError):
    """The block cannot be read. The text says why; `line` is the line of the file, from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


class _Yaml(YAMLHandler):
    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:
        if _could_be_bomb(fm):
            _refuse_bombs(fm)
        return yaml.load(fm, Loader=TextLoader)  # noqa: S506 - a BaseLoader: it makes only text


_TOML_DATE = re.compile(
    r"^([ \t]*[\w-]+[ \t]*=[ \t]*)(\d{4}-\d{1,2}-\d{1,2}[\dTtZz:+. -]*?)(?=[ \t]*(?:#.*)?$)",
    re.MULTILINE,
)


class _Toml(BaseHandler):
    FM_BOUNDARY = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)

    def load(self, fm: str) -> Any:
        try:
            values = tomllib.loads(fm)
        except tomllib.TOMLDecodeError:
            # An impossible date must not cost the article. As a text, it only gets a warning.
            quoted = _TOML_DATE.sub(r'\1"\2"', fm)
            if quoted == fm:
                raise
            values = tomllib.loads(quoted)
        if depth(values) > DEEPEST:
            raise FrontMatterError(0, f"it is nested more than {DEEPEST} levels deep")
        return values


def _could_be_bomb(block: str) -> bool:
    """True if the block may have an alias, or be nested too deeply. A fast check, which spares most
    blocks the slow one."""
    opening = max(map(block.count, ("[", "{", "- ", "? ")))
    return "*" in block or opening > DEEPEST or " " * DEEPEST in block


def _refuse_bombs(block: str) -> None:
    """Raise FrontMatterError for an alias or for nesting deeper than DEEPEST. A few bytes of either
    can stop a build: aliases multiply in memory, and deep nesting crashes the process."""
    depth = 0
    for event in yaml.parse(block, Loader=TextLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        reason = None
        if isinstance(event, yaml.AliasEvent):
            reason = f"the alias *{event.anchor} is not allowed; write the value itself"
        elif depth > DEEPEST:
            reason = f"it is nested more than {DEEPEST} levels deep"
        if reason:
            line = event.start_mark.line if event.start_mark else 0
            raise FrontMatterError(line, reason)


# Pelican writes lines such as "Title: ..." without a fence. One of these keys must come first;
# otherwise prose that begins with a word and a colon would count as front matter.
_PELICAN = re.compile(
    r"(?:(?:title|date|author|authors|category|tags|slug|summary|status)[ \t]*:.*\n)"
    r"(?:[A-Za-z_]+[ \t]*:.*\n|[ \t]+\S.*\n)*\s*\n",
    re.IGNORECASE,
)
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_PELICAN_LINE = re.compile(r"([A-Za-z_]+)[ \t]*:(.*(?:\n[ \t]+\S.*)*)")


def split_front_matter(text: str) -> tuple[dict[str, Value], str, int]:
    """(front matter with keys in lower case, text below it, line of the file that the text begins
    on, from 1).

    Blank lines above the block are ignored. The mapping is empty if there is no block. Raises
    FrontMatterError if the block cannot be read.
    """
    body = text.lstrip()
    blank_lines = text[: len(text) - len(body)].count("\n")
    for handler in (_Yaml(), _Toml()):
        if handler.detect(body):
            return _fenced(handler, body, blank_lines)
    unfenced = _PELICAN.match(body)
    if unfenced:
        lines = _PELICAN_LINE.findall(unfenced[0])
        metadata: dict[str, Value] = {key.lower(): value.strip() for key, value in lines}
        return metadata, body[unfenced.end() :], blank_lines + unfenced[0].count("\n") + 1
    return {}, body, blank_lines + 1


def line_of_key(text: str, key: str) -> int:
    """The line of a file, from 1, with a key of its front matter; 1 if the key is not found."""
    found = re.search(
        rf"""^[ \t]*["']?{re.escape(key)}["']?[ \t]*[:=]""", text, re.MULTILINE | re.IGNORECASE
    )
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _fenced(handler: BaseHandler, body: str, blank_lines: int) -> tuple[dict[str, Value], str, int]:
    try:
        block, content = handler.split(body)
    except ValueError:
        # A rule (---) above prose is no front matter. Above a key, it is a block without an end.
        if re.match(r"\S+[ \t]*\n+[A-Za-z_]+[ \t]*[:=]", body):
            reason = "the front matter has no end: add a line --- (or +++) below it"
            raise FrontMatterError(blank_lines + 1, reason) from None
        return {}, body, blank_lines + 1
    try:
        metadata = handler.load(block)
    except yaml.MarkedYAMLError as error:
        line, reason = _explained(error)
        raise FrontMatterError(blank_lines + 1 + line, reason) from None
    except FrontMatterError as error:  # its line is counted from the fence
        reason = f"the front matter cannot be read: {error}"
        raise FrontMatterError(blank_lines + 1 + error.line, reason) from None
    except tomllib.TOMLDecodeError as error:
        reason, place, _ = str(error).partition(" (at ")
        found = _TOML_LINE.search(str(error))
        line = blank_lines + (int(found[1]) if found else 1 + block.count("\n") if place else 1)
        raise FrontMatterError(line, f"the front matter is not TOML: {reason}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        kind = "TOML" if isinstance(handler, _Toml) else "YAML"
        reason = one_line(str(error))
        raise FrontMatterError(
            blank_lines + 1, f"the front matter is not {kind}: {reason}"
        ) from None
    if not isinstance(metadata, Mapping):
        if metadata:
            # "---", a sentence, "---": a text between two rules.
            return {}, body, blank_lines + 1
        metadata = {}
    first_line = blank_lines + body[: len(body) - len(content)].count("\n") + 1
    return (
        {str(key).strip().lower(): _plain(value) for key, value in metadata.items()},
        content,
        first_line,
    )


# Parts of libyaml's messages, and what the author of the line can do.
_HINTS = {
    "mapping values are not allowed": 'a value with a colon needs quotation marks: title: "A: b"',
    "cannot start any token": "a value that begins with @, % or ` needs quotation marks",
    "unhashable key": "a value that begins with { needs quotation marks",
    "tab character": "a line must not begin with a tab; use spaces",
    "did not find expected": "a bracket, a quotation mark or a comma is missing, or a line has the "
    "wrong indent",
}


def _explained(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """(line of the block with the mistake, from 0; message)."""
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem)
    if "quoted scalar" in str(error.context) and error.context_mark:
        mark, hint = error.context_mark, "this quotation mark is not closed"
    else:
        hint = next((hint for part, hint in _HINTS.items() if part in problem), "")
    line = mark.line if mark else 0
    return line, f"the front matter is not YAML: {problem}" + (f" ({hint})" if hint else "")


def _plain(value: Any) -> Value:
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    # An escape such as "\x07" can make a control character.
    return "" if value is None else cleaned(str(value))
