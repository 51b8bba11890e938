"""Drafting: a `tags.toml` of the tags that look like one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsarchive.model.text import number_of
from newsarchive.tagging.authority import Authority
from newsarchive.tagging.duplicates import CONTAINED, NearDuplicates, UsedTag, united

_OPENING = """\
# Tags of this archive: which names lead to which tag. docs/tags.md tells what a tag can have.
# Drafted by "newsarchive tags --write" from the tags that articles have; read it, change what is
# wrong, and build again.
"""
_UNCLEAR = """
# To decide: these look like one tag and may be two. Take the marks before the lines off where they
# are one; delete them where they are not.
"""
_CONTAINED = """
# The words of one are in the other. Most are two tags, which may name each other in see_also:

"""


def drafted(cases: Sequence[NearDuplicates], authority: Authority) -> str:
    """The text of a `tags.toml` beside the tags that are laid down already: the clear cases, and
    the others as comments."""
    clear = [case for case in cases if case.is_clear]
    parts = [_OPENING, *("\n" + "\n".join(_lines(case, authority)) + "\n" for case in clear)]
    in_clear = {tag: case.tags[0] for case in clear for tag in case.tags}
    tables = united(case for case in cases if not case.is_clear and case.reason != CONTAINED)
    if tables:
        parts.append(_UNCLEAR)
    for case in tables:
        heads = [in_clear[tag] for tag in case.tags if tag in in_clear]
        lines = _addition(case, heads[0], in_clear) if heads else _lines(case, authority)
        parts.append("\n" + _commented(lines))
    contained = [case for case in cases if case.reason == CONTAINED]
    if contained:
        parts.append(_CONTAINED)
        parts += [f"# {' | '.join(_text(tag.name) for tag in case.tags)}\n" for case in contained]
    return "".join(parts)


def _addition(
    case: NearDuplicates, head: UsedTag, in_clear: Mapping[UsedTag, UsedTag]
) -> Iterator[str]:
    """What may belong to a tag that has a table above."""
    names = ", ".join(_text(tag.name) for tag in case.tags if in_clear.get(tag) != head)
    yield f"# {case.reason[0].upper()}{case.reason[1:]}: {names} may be an alias of"
    yield f"# {_text(head.name)} above."


def _lines(case: NearDuplicates, authority: Authority) -> Iterator[str]:
    first, *others = case.tags
    laid_down = [tag for tag in case.tags if authority.tag_of(tag.identity)]
    if laid_down:
        # A name can be laid down once: what is new belongs to the tag that is there.
        first = laid_down[0]
        others = [tag for tag in case.tags if tag not in laid_down]
        names = ", ".join(_text(tag.name) for tag in others)
        yield f"# For {_text(first.name)}, which has a table already: {case.reason}."
        yield f"# Add to its aliases: {names or 'nothing; two tables may be one'}"
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
    """A text as TOML writes it: JSON's texts are such (TOML 1.0, basic strings)."""
    return json.dumps(name, ensure_ascii=False)
