"""Reads `tags.toml` and reports its mistakes."""

import re
import tomllib
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from newsarchive.model.problems import ConfigError
from newsarchive.model.text import cleaned, identity, is_visible, one_line
from newsarchive.tagging.authority import Authority, Tag

TAKES = {
    "name": "a text: the tag as pages show it",
    "aliases": 'a list of texts: its other names, such as ["DPRK", "N. Korea"]',
    "see_also": "a list of texts: the tags that its page links to",
    "description": "a text that its page shows",
    "hidden": "true or false: true if no page shows it",
    "inferred": "true or false: false if only articles that state it get it",
}
"""The value of each key of a tag, in words."""
_HEADING = re.compile(r"[ \t]*\[\[[ \t]*[\"']?tag[\"']?[ \t]*\]\]")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def load(path: Path) -> Authority:
    """The tags that the file defines; none if there is no file. Raises ConfigError with the file,
    the line and the mistake."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(text)
    except FileNotFoundError:
        return Authority()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: the file is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        place = f"{path}:{line[1]}" if line else f"{path}:{text.count(chr(10)) + 1}"
        reason = _AT_LINE.sub("", str(error)).strip()
        raise ConfigError(f"{place}: the file is not TOML: {reason}") from error
    except (ValueError, RecursionError) as error:  # a number too long, or nesting too deep
        raise ConfigError(f"{path}: the file cannot be read as TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    return _TagsFile(path, text).authority(document)


class _TagsFile:
    """Turns the tables of a file into tags, and finds the line of each mistake."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._headings = [n for n, line in enumerate(self._lines) if _HEADING.match(line)]
        if '"""' in text or "'''" in text:
            # A line inside a multi-line text may look like a heading.
            self._headings = [n for n in self._headings if self._is_toml_before(n)]

    def _is_toml_before(self, number: int) -> bool:
        try:
            tomllib.loads("\n".join(self._lines[:number]))
        except tomllib.TOMLDecodeError:
            return False
        return True

    def authority(self, document: dict[str, Any]) -> Authority:
        for key in document:
            if key != "tag":
                line = self._line_of_key(key, 0, len(self._lines))
                raise self._error(line, f"{key} is outside of a tag; begin every tag with [[tag]]")
        tables = document.get("tag", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            line = self._line_of_key("tag", 0, len(self._lines))
            raise self._error(line, "every tag is a table of its own; begin it with [[tag]]")
        tags = [self._tag(number, table) for number, table in enumerate(tables)]
        self._refuse_names_of_two(tags)
        # Sorted, so that moving a table in the file changes nothing.
        return Authority(tuple(sorted(tags, key=lambda tag: tag.identity)))

    def _tag(self, number: int, table: dict[str, Any]) -> Tag:
        values: dict[str, Any] = {}
        for key, value in table.items():
            values[key] = self._value(number, key, value)
        if "name" not in values:
            raise self._error(
                self._line(number), f"the tag has no name; name takes {TAKES['name']}"
            )
        return Tag(**values, line=self._line(number))

    def _value(self, number: int, key: str, value: Any) -> Any:
        line = self._line(number, key)
        known = {part.name: part for part in fields(Tag) if part.name in TAKES}
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"a tag has {', '.join(known)}"
            raise self._error(line, f"a tag has no {key}; {hint}")
        texts = value if isinstance(value, list) else [value]
        is_right = {
            "hidden": type(value) is bool,
            "inferred": type(value) is bool,
            "aliases": isinstance(value, list),
            "see_also": isinstance(value, list),
        }.get(key, isinstance(value, str))
        if is_right and type(value) is bool:
            return value
        if not is_right or not all(isinstance(text, str) for text in texts):
            raise self._error(line, f"{key} takes {TAKES[key]}")
        if any(cleaned(text) != text for text in texts):
            raise self._error(line, f"{key} has a control character; remove it")
        if key == "description":
            return one_line(value)
        if not all(map(is_visible, texts)):
            raise self._error(line, f"{key} is empty or has an empty text; it takes {TAKES[key]}")
        shown = tuple(one_line(text).lstrip("#").strip() or one_line(text) for text in texts)
        return shown if isinstance(value, list) else shown[0]

    def _refuse_names_of_two(self, tags: list[Tag]) -> None:
        taken: dict[str, Tag] = {}
        for number, tag in enumerate(tags):
            for name in tag.names:
                other = taken.setdefault(identity(name), tag)
                if other is not tag:
                    key = "name" if name == tag.name else "aliases"
                    raise self._error(
                        self._line(number, key, name),
                        f'"{name}" is a name of {other.name} already, the tag in line '
                        f"{other.line}; remove it from one of the two",
                    )

    def _line(self, number: int, key: str | None = None, text: str | None = None) -> int:
        """The line, from 1, of the tag with a number from 0, of a key in it, or of a text in the
        list of that key."""
        if number >= len(self._headings):  # written as tag = [{...}]
            return self._line_of_key("tag", 0, len(self._lines))
        start = self._headings[number]
        end = [*self._headings, len(self._lines)][number + 1]
        if key is None:
            return start + 1
        line = self._line_of_key(key, start + 1, end) if start + 1 < end else start + 1
        if text is not None:
            for place in range(line - 1, end):
                if f'"{text}"' in self._lines[place] or f"'{text}'" in self._lines[place]:
                    return place + 1
        return line

    def _line_of_key(self, key: str, start: int, end: int) -> int:
        assignment = re.compile(rf"[ \t]*\[*[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[\]=.]")
        for number in range(start, end):
            if assignment.match(self._lines[number]):
                return number + 1
        return start or 1

    def _error(self, line: int, reason: str) -> ConfigError:
        return ConfigError(f"{self._path}:{line}: {reason}")
