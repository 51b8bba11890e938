"""`tags.toml`: what the archive's owner lays down about tags, and what is wrong with it."""

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
    "name": "the tag as it is shown, a text",
    "aliases": 'other names that lead to it, a list of texts such as ["DPRK", "N. Korea"]',
    "see_also": "names of tags that its page leads to, a list of texts",
    "description": "what its page says of it, a text",
    "hidden": "true or false: whether it is shown nowhere",
    "inferred": "true or false: whether articles may get it from what they say",
}
"""What each key of a tag takes, in words."""
_HEADING = re.compile(r"[ \t]*\[\[[ \t]*[\"']?tag[\"']?[ \t]*\]\]")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def load(path: Path) -> Authority:
    """The tags that the file lays down; none where there is no file. Raises ConfigError, with the
    line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        written = tomllib.loads(text)
    except FileNotFoundError:
        return Authority()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: this is not UTF-8: save it as that") from error
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        place = f"{path}:{line[1]}" if line else f"{path}:{text.count(chr(10)) + 1}"
        reason = _AT_LINE.sub("", str(error)).strip()
        raise ConfigError(f"{place}: this is not TOML: {reason}") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting without end
        raise ConfigError(f"{path}: this cannot be read as TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    return _Reading(path, text).authority(written)


class _Reading:
    """One file's tables on their way to tags, with the places of what is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._headings = [n for n, line in enumerate(self._lines) if _HEADING.match(line)]
        if '"""' in text or "'''" in text:
            # A description of several lines may hold one that looks like a heading.
            self._headings = [n for n in self._headings if self._is_toml_before(n)]

    def _is_toml_before(self, number: int) -> bool:
        try:
            tomllib.loads("\n".join(self._lines[:number]))
        except tomllib.TOMLDecodeError:
            return False
        return True

    def authority(self, written: dict[str, Any]) -> Authority:
        for key in written:
            if key != "tag":
                line = self._line_of_key(key, 0, len(self._lines))
                raise self._error(line, f"there is no {key} here; every tag begins with [[tag]]")
        tables = written.get("tag", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            line = self._line_of_key("tag", 0, len(self._lines))
            raise self._error(line, "every tag is a table of its own and begins with [[tag]]")
        tags = [self._tag(number, table) for number, table in enumerate(tables)]
        self._refuse_claimed_twice(tags)
        # In an order of their own: that of the tables makes no difference.
        return Authority(tuple(sorted(tags, key=lambda tag: tag.identity)))

    def _tag(self, number: int, table: dict[str, Any]) -> Tag:
        values: dict[str, Any] = {}
        for key, value in table.items():
            values[key] = self._value(number, key, value)
        if "name" not in values:
            raise self._error(self._line(number), f"the tag has no name; it takes {TAKES['name']}")
        return Tag(**values, line=self._line(number))

    def _value(self, number: int, key: str, value: Any) -> Any:
        line = self._line(number, key)
        known = {part.name: part for part in fields(Tag) if part.name in TAKES}
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise self._error(line, f"{key} is nothing that a tag has; {hint}")
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
            raise self._error(line, f"{key} holds a control character; take it out")
        if key == "description":
            return one_line(value)
        if not all(map(is_visible, texts)):
            raise self._error(
                line, f"{key} is empty, or holds an empty text: it takes {TAKES[key]}"
            )
        shown = tuple(one_line(text).lstrip("#").strip() or one_line(text) for text in texts)
        return shown if isinstance(value, list) else shown[0]

    def _refuse_claimed_twice(self, tags: list[Tag]) -> None:
        taken: dict[str, Tag] = {}
        for number, tag in enumerate(tags):
            for name in tag.names:
                other = taken.setdefault(identity(name), tag)
                if other is not tag:
                    key = "name" if name == tag.name else "aliases"
                    raise self._error(
                        self._line(number, key, name),
                        f'"{name}" leads to {other.name} already, by the tag in line '
                        f"{other.line}; take it out of one of the two",
                    )

    def _line(self, number: int, key: str | None = None, text: str | None = None) -> int:
        """The line, from 1, of a tag, of its key, or of a text in that key's list."""
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
        written = re.compile(rf"[ \t]*\[*[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[\]=.]")
        for number in range(start, end):
            if written.match(self._lines[number]):
                return number + 1
        return start or 1

    def _error(self, line: int, reason: str) -> ConfigError:
        return ConfigError(f"{self._path}:{line}: {reason}")
