"""Cleaning: makes the texts of any draft fit for pages, feeds and the catalogue.

The bytes of a source may be clean and its texts not: escapes in JSON and entities in XML can spell
every character.
"""

from collections.abc import Iterable, Mapping
from math import isfinite

from newsarchive.model.text import cleaned, is_visible, one_line
from newsarchive.reading.draft import Draft

DEEPEST = 50
"""The deepest nesting of lists and mappings in a draft's `extra`."""

_TEXTS = ("id", "summary", "section", "source_url", "language", "image", "image_caption",
          "image_alt", "dateline", "slug")  # fmt: skip


def clean(draft: Draft) -> str | None:
    """Clean all texts of a draft, except its HTML, which sanitising cleans. Returns the reason why
    the draft can be no article, or None if it can."""
    draft.headline = one_line(cleaned(draft.headline))
    if not is_visible(draft.headline):
        return "no headline found: add a title"
    for name in _TEXTS:
        text = getattr(draft, name)
        if text is not None:
            setattr(draft, name, cleaned(text) or None)
    draft.authors = [cleaned(author) for author in draft.authors]
    draft.tags = [cleaned(tag) for tag in draft.tags]
    if draft.extra:
        if depth(draft.extra) > DEEPEST + 1:
            return f"a field is nested more than {DEEPEST} levels deep"
        draft.extra = {cleaned(key): _as_json(value) for key, value in draft.extra.items()}
    return None


def depth(value: object) -> int:
    """The depth of nested lists and mappings: 0 for a text, 1 for a list of texts."""
    level, deepest = [value], 0
    while level := [part for one in level for part in _parts(one)]:
        deepest += 1
    return deepest


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def _as_json(value: object) -> object:
    """The value as JSON can hold it: texts, numbers, true, false, null, lists and mappings."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {cleaned(str(key)): _as_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(part) for part in value]
    if value is None or isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return value
    return cleaned(str(value))
