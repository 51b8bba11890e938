"""Drafts a `tags.toml` that merges near duplicates."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsarchive.model.text import number_of
from newsarchive.tagging.authority import Authority
from newsarchive.tagging.duplicates import CONTAINED, NearDuplicates, UsedTag, joined

_OPENING = """\
# Tags of this archive and their other names. docs/tags.md describes every setting of a tag.
# "newsarchive tags --write" drafted this file from the tags of the articles. Check it, correct it
# and build again.
"""
_UNCLEAR = """
# Please decide: these tags may be one or two. If they are one, remove the "#" from their lines; if
# they are two, delete the lines.
"""
_CONTAINED = """
# One contains the other. Most of these are two tags, which can name each other in see_also:

"""


def drafted(cases: Sequence[NearDuplicates], authority: Authority) -> str:
    """The text of a `tags.toml`, with a table for each clear case. Unclear cases, and tags that the
    authority has already, become comments."""
    clear = [case for case in cases if case.is_clear]
    parts = [_OPENING, *("\n" + "\n".join(_lines(case, authority)) + "\n" for case in clear)]
    in_clear = {tag: case.tags[0] for case in clear for tag in case.tags}
    tables = joined(case for case in cases if not case.is_clear and case.reason != CONTAINED)
    if tables:
        parts.append(_UNCLEAR)
    for case in tables:
        heads = [in_clear[tag] for tag in case.tags if tag in in_clear]
        lines = _alias_hint(case, heads[0], in_clear) if heads else _lines(case, authority)
        parts.append("\n" + _commented(lines))
    contained = [case for case in cases if case.reason == CONTAINED]
    if contained:
        parts.append(_CONTAINED)
        parts += [f"# {' | '.join(_text(tag.name) for tag in case.tags)}\n" for case in contained]
    return "".join(parts)


def _alias_hint(
    case: NearDuplicates, head: UsedTag, in_clear: Mapping[UsedTag, UsedTag]
) -> Iterator[str]:
    """Comments for an unclear case with a tag that has a table above."""
    names = ", ".join(_text(tag.name) for tag in case.tags if in_clear.get(tag) != head)
    yield f"# {case.reason[0].upper()}{case.reason[1:]}: {names} may be an alias of"
    yield f"# {_text(head.name)} above."


def _lines(case: NearDuplicates, authority: Authority) -> Iterator[str]:
    first, *others = case.tags
    defined = [tag for tag in case.tags if authority.tag_of(tag.identity)]
    if defined:
        # No two tables may share a name, so new names must go into the table that exists.
        first = defined[0]
        others = [tag for tag in case.tags if tag not in defined]
        names = ", ".join(_text(tag.name) for tag in others)
        yield f"# For {_text(first.name)}, which has a table already: {case.reason}."
        yield f"# Add to its aliases: {names or 'nothing, but two tables may be one tag'}"
        return
    yield f"# {case.reason[0].upper()}{case.reason[1:]}."
    yield "[[tag]]"
    yield f"name = {_text(first.name)}  # {number_of(first.articles, 'article')}"
    if len(others) == 1:
        yield f"aliases = [{_text(others[0].name)}]  # {number_of(others[0].articles, 'article')}"
        return
    yield "aliases = ["
    for tag in others:
        yield f"  {_text(tag.name)},  # {number_of(tag.articles, 'article')}"
    yield "]"


def _commented(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" if line.startswith("#") else f"# {line}\n" for line in lines)


def _text(name: str) -> str:
    """The name as a TOML string: every JSON string is one (TOML 1.0, basic strings)."""
    return json.dumps(name, ensure_ascii=False)
