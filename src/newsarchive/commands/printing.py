"""Printing: prints the results of check, tags, stats and explain, as text or JSON."""

import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from newsarchive.commands.explain import Explained, ExplainedArticle
from newsarchive.commands.stats import ArchiveStats
from newsarchive.commands.tags import TagList
from newsarchive.model.events import Checked
from newsarchive.model.periods import Period
from newsarchive.model.problems import printable
from newsarchive.model.text import cut_at_word, number_of
from newsarchive.pages.charts import by_year
from newsarchive.tagging.inference import TagMatch

SHOWN = 50
"""The most near duplicates that are printed."""

_MONTHS = 48
"""The most months in a histogram by month. A longer one has a bar for each year."""

_WIDEST = 100
"""The most characters of a line with a bar."""

_EMPTY = 3
"""The most rows without articles in sequence. Longer gaps are printed as one row."""


def print_checked(checked: Checked, output: Path, as_json: bool) -> None:
    """Print the result of a check: one line for each fault, or JSON."""
    if as_json:
        click.echo(json.dumps(checked.report(), ensure_ascii=False, indent=2))
        return
    for notice in checked.notices:
        click.echo(notice, err=True)
    width = max((len(fault.kind) for fault in checked.faults), default=0)
    for fault in checked.faults:
        place = f"{fault.address}: " if fault.address else ""
        click.echo(f"{fault.kind:{width}}  {place}{fault.reason}")
    if not checked.faults:
        click.echo(
            f"No faults in {output}: {number_of(checked.files, 'file')}, "
            f"{number_of(checked.pages, 'page')}, {number_of(checked.feeds, 'feed')}, "
            f"{number_of(checked.links, 'link')} followed"
        )


def print_tags(found: TagList, as_json: bool) -> None:
    """Print the tags in columns, then the near duplicates; or JSON."""
    if as_json:
        click.echo(json.dumps(found.report(), ensure_ascii=False, indent=2))
        return
    if not found.tags:
        click.echo("No tags found.")
        return
    click.echo("Articles   Inferred  First       Last        Tag")
    for tag in found.tags:
        hidden = "  (hidden)" if tag.hidden else ""
        click.echo(
            f"{tag.articles:8,}  {tag.mentioned:9,}  {_day(tag.first):10}  {_day(tag.last):10}  "
            f"{printable(tag.name)}{hidden}"
        )
    for is_clear, heading in (
        (True, "Duplicates (newsarchive tags --write drafts a tags.toml that merges them):"),
        (False, "Possible duplicates (check before you merge them):"),
    ):
        cases = [case for case in found.near_duplicates if case.is_clear == is_clear]
        if cases:
            click.echo(f"\n{heading}")
        for case in cases[:SHOWN]:
            names = ", ".join(f"{printable(tag.name)} ({tag.articles:,})" for tag in case.tags)
            click.echo(f"  {names}: {case.reason}")
        if len(cases) > SHOWN:
            click.echo(f"  and {len(cases) - SHOWN:,} more: use --json or --write to see them")


def _day(number: int) -> str:
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}" if number else "-"


def print_stats(found: ArchiveStats, as_json: bool) -> None:
    """Print the counts of an archive with a histogram, or as JSON."""
    if as_json:
        click.echo(json.dumps(found.report(), ensure_ascii=False, indent=2))
        return
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    for line in _statistics_lines(found, width):
        click.echo(printable(line))


def _statistics_lines(found: ArchiveStats, width: int) -> Iterator[str]:
    numbers = found.numbers
    if not numbers.articles:
        yield "No published articles."
        return
    yield number_of(numbers.articles, "article")
    if numbers.first and numbers.last:
        days, months = number_of(numbers.days, "day"), number_of(len(numbers.months), "month")
        yield f"from {numbers.first.iso} to {numbers.last.iso}, on {days} in {months}"
    tags, authors, sections = (number_of(count, kind) for kind, count in numbers.terms.items())
    yield f"{tags}, {authors}, {sections}"
    yield f"{numbers.undated:,} without a date, {found.untagged:,} without a tag"
    if numbers.months:
        yield from _histogram(numbers.months, width)
        yield from _table("Busiest days", [(day.iso, count) for day, count in found.busiest])
    yield from _table("Most covered tags", found.largest)
    if numbers.gaps:
        yield ""
        yield "Months without articles"
        for first, last in numbers.gaps:
            yield f"  {first.iso}" if first == last else f"  {first.iso} to {last.iso}"


def _table(heading: str, rows: Sequence[tuple[str, int]]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"{heading}"
    wide = max((len(f"{count:,}") for _, count in rows), default=0)
    for name, count in rows:
        yield f"  {count:{wide},}  {name}"


def _histogram(months: Sequence[tuple[Period, int]], width: int) -> Iterator[str]:
    first, last = months[0][0], months[-1][0]
    by_month = 12 * (last.year - first.year) + last.month - first.month < _MONTHS
    counts = dict(months if by_month else by_year(months))
    every = [
        Period(year, month)
        for year in range(first.year, last.year + 1)
        for month in (range(1, 13) if by_month else [0])
        if not by_month or first <= Period(year, month) <= last
    ]
    highest = max(counts.values())
    wide = len(f"{highest:,}")
    room = max(1, width - len(f"  {every[0].iso}    ") - wide)
    yield ""
    yield f"Articles by {'month' if by_month else 'year'}"
    for has_some, together in groupby(every, lambda period: period in counts):
        stretch = list(together)
        if not has_some and len(stretch) > _EMPTY:
            yield f"  {stretch[0].iso} to {stretch[-1].iso}: none"
            continue
        for period in stretch:
            count = counts.get(period, 0)
            # A bar for one article must be visible beside a bar for a thousand.
            bar = "#" * max(1 if count else 0, room * count // highest)
            yield f"  {period.iso}  {count:{wide},}  {bar}".rstrip()


def print_explained(explained: Explained) -> None:
    """Print how one source was read and published."""
    count = len(explained.articles)
    click.echo(printable(f"{explained.path}: {number_of(count, 'article')}"))
    if explained.is_older:
        click.echo("  this file changed after the last build: the published page is older")
    for problem in explained.problems:
        kind = "skipped" if problem.skipped else "warning"
        click.echo(f"  {kind}: {problem}")
    for one in explained.articles:
        for line in _explained_lines(one):
            click.echo(printable(line))


def _explained_lines(one: ExplainedArticle) -> Iterator[str]:
    yield ""
    yield one.article.headline
    yield ""
    yield "Read from"
    for origin in one.origins:
        place = f"line {origin.line}" if origin.line else "-"
        yield f"  {origin.field:10}  {place:9}  {cut_at_word(origin.words, 100)}"
    if not any(origin.field == "id" for origin in one.origins):
        source = "its web address" if one.article.id_is_given else "the name of its source"
        yield f"  {'id':10}  {'-':9}  {one.article.id} ({source})"
    published = one.article.published
    yield "Date"
    if published is None:
        yield "  none: the article is listed as undated"
    else:
        exact = "" if one.article.precision == "second" else " (day only, no time)"
        yield f"  {published.isoformat()}{exact}"
    yield "Tags"
    yield from _tag_lines(one)
    yield "Published"
    if one.published is None:
        yield "  not yet: run newsarchive build"
    elif one.published.outcome.status != "published":
        yield f"  no: {_STATUS[one.published.outcome.status]}"
    else:
        yield f"  {one.published.outcome.address} (id {one.published.outcome.id})"
        yield from (
            f"  {address} redirects to this page" for address in one.published.old_addresses
        )
        yield "Shown in"
        yield from (f"  {address}: {reason}" for address, reason in one.published.outputs)


_STATUS = {"draft": "a draft", "merged": "merged with another article of the same content"}


def _tag_lines(one: ExplainedArticle) -> Iterator[str]:
    for tag in one.stated:
        merged = "" if tag.stated == tag.tag else f", merged into {tag.tag} by tags.toml"
        yield f"  stated: {tag.stated}{merged}{' (hidden)' if tag.is_hidden else ''}"
    if not one.is_searched:
        yield "  no tags were inferred: see [tags] infer in newsarchive.toml"
    given = [found for found in one.found if not found.reason and one.is_searched]
    others = [found for found in one.found if found not in given]
    for found in given:
        yield f"  inferred: {found.tag}: {_evidence(found)}"
    for found in others:
        reason = f"; {found.reason}" if found.reason else ""
        yield f"  not inferred: {found.tag}: {_evidence(found)}{reason}"
    if not one.stated and not one.found:
        yield "  none: the article states no tag and mentions no known name"


def _evidence(found: TagMatch) -> str:
    words = ", ".join(f"{word} x{count}" if count > 1 else word for word, count in found.words)
    return f"{found.in_headline} in the headline, {found.in_text} in the text ({words})"
