"""Front matter: the block of settings above an article's text, taken as text, lists and mappings.

Values stay as they were written. YAML would make the tag 11.10 the number 11.1, the headline "No"
a false, and an impossible date an error of the whole block; what a date or a yes is, the
record's fields decide.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from newsarchive.model.text import cleaned, one_line

try:
    from yaml import CBaseLoader as TextLoader
except ImportError:  # PyYAML without libyaml
    from yaml import BaseLoader as TextLoader  # type: ignore[assignment]

Value = str | list["Value"] | dict[str, "Value"]

DEEPEST = 50
"""How many lists and mappings may lie in one another."""


class FrontMatterError(ValueError):
    """The block cannot be read: `line` of the file, from 1, and in the text why."""

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
            # An impossible date must not cost the article: as text it gets a warning.
            quoted = _TOML_DATE.sub(r'\1"\2"', fm)
            if quoted == fm:
                raise
            values = tomllib.loads(quoted)
        if _depth(values) > DEEPEST:
            raise FrontMatterError(0, f"it is nested more than {DEEPEST} levels deep")
        return values


def _depth(value: Any) -> int:
    """How many lists and mappings lie in one another."""
    level, depth = [value], 0
    while level := [
        part
        for one in level
        if isinstance(one, dict | list)
        for part in (one.values() if isinstance(one, dict) else one)
    ]:
        depth += 1
    return depth


def _could_be_bomb(block: str) -> bool:
    """True if the block has an alias, or enough brackets to be nested too deeply."""
    opening = max(map(block.count, ("[", "{", "- ", "? ")))
    return "*" in block or opening > DEEPEST or " " * DEEPEST in block


def _refuse_bombs(block: str) -> None:
    """Raise FrontMatterError for what a few bytes of YAML could bring a build down with:
    aliases, which multiply, and levels of nesting, which end a process."""
    depth = 0
    for event in yaml.parse(block, Loader=TextLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        reason = None
        if isinstance(event, yaml.AliasEvent):
            reason = f"*{event.anchor} stands for a value that is written elsewhere: write it here"
        elif depth > DEEPEST:
            reason = f"it is nested more than {DEEPEST} levels deep"
        if reason:
            line = event.start_mark.line if event.start_mark else 0
            raise FrontMatterError(line, reason)


# Pelican writes "Title: ..." lines without any fence. One of these keys must come first, or prose
# that begins with a word and a colon would be taken for front matter.
_PELICAN = re.compile(
    r"(?:(?:title|date|author|authors|category|tags|slug|summary|status)[ \t]*:.*\n)"
    r"(?:[A-Za-z_]+[ \t]*:.*\n|[ \t]+\S.*\n)*\s*\n",
    re.IGNORECASE,
)
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_PELICAN_LINE = re.compile(r"([A-Za-z_]+)[ \t]*:(.*(?:\n[ \t]+\S.*)*)")


def split_front_matter(text: str) -> tuple[dict[str, Value], str, int]:
    """The front matter, with keys in lower case, the text below it, and the line that begins on.

    Blank lines before the block do not count. Without a block the mapping is empty. Raises
    FrontMatterError.
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
    """The line of a file, from 1, that gives a key of its front matter its value."""
    found = re.search(
        rf"""^[ \t]*["']?{re.escape(key)}["']?[ \t]*[:=]""", text, re.MULTILINE | re.IGNORECASE
    )
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _fenced(handler: BaseHandler, body: str, blank_lines: int) -> tuple[dict[str, Value], str, int]:
    try:
        block, content = handler.split(body)
    except ValueError:
        # A rule above the text is no front matter, a block that never ends is a mistake.
        if re.match(r"\S+[ \t]*\n+[A-Za-z_]+[ \t]*[:=]", body):
            reason = "the front matter has no end: add a line --- (or +++) below it"
            raise FrontMatterError(blank_lines + 1, reason) from None
        return {}, body, blank_lines + 1
    try:
        metadata = handler.load(block)
    except yaml.MarkedYAMLError as error:
        line, reason = _told(error)
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


# What libyaml says, and what the person who wrote the line should know.
_HINTS = {
    "mapping values are not allowed": 'a value with a colon needs quotation marks: title: "A: b"',
    "cannot start any token": "a value that begins with @, % or ` needs quotation marks",
    "unhashable key": "a value that begins with { needs quotation marks",
    "tab character": "a line may not begin with a tab: write blanks",
    "did not find expected": "a bracket, a quotation mark or a comma is missing, or a line is "
    "indented otherwise than the others",
}


def _told(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line of the block, from 0, that is to blame, and the reason."""
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
    # A backslash and a number can stand for a control character.
    return "" if value is None else cleaned(str(value))
