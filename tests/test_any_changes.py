"""After any changes, a build that continues from the last one gives the same site, byte for byte,
as a build from nothing."""

import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from conftest import Archive
from crawling import broken_links
from newsarchive.model.limits import Limits
from newsarchive.model.text import identity
from soaking import IS_SOAKING

SEQUENCES = int(os.environ.get("NEWSARCHIVE_SEQUENCES", "60"))
"""The number of sequences tried: the same in every test run, new ones each time in `make soak`."""
BLOCKS = 6
"""The number of tests that share the sequences, to run side by side."""

ARTICLES = re.compile(r"(?:[0-9]{4}/[0-9]{2}/[0-9]{2}|undated)/(?!index|[0-9]+\.html).+\.html")
"""The addresses of articles."""

pytestmark = pytest.mark.soak

FILES = [
    f"{folder}{number:02}.md" for number in range(28) for folder in ("", "old/")[number % 2 :][:1]
]

HEADLINES = ["Harbour opens", "Harbour opens!", "Harbour opens 4f2a91", "Tide", "2", "Ebbe & Flut"]

CALENDAR_DAYS = frozenset(
    [
        *("01-01", "01-02", "03-03", "03-04", "03-05", "03-06", "03-31", "04-01", "04-02"),
        *("12-30", "12-31"),
    ]
)
"""The days below and their neighbours, to which another time zone moves an article."""


LIMITS = Limits(feed_document=2, sitemap=2, page_sitemap=2, csv=2)
"""At most two articles in each file of a series, so that series have parts."""

# Adjacent days, days a month or a year or decades apart, and no date.
DAYS = ["2021-03-04", "2021-03-04", "2021-03-05", "2021-04-01", "2022-01-01", "1969-12-31", None]
TAGS = [
    "KDE",
    "kde",
    "Kde",
    "C",
    "C++",
    "C#",
    "c-3a5d3c",
    "2021",
    "Undated",
    "Straße",
    "STRASSE",
    "Resumes",
]


@dataclass(frozen=True)
class Sketch:
    """The fields of an article."""

    headline: str
    day: str | None
    time: str
    tags: frozenset[str]
    author: str | None
    section: str | None
    id: str | None
    text: str
    is_draft: bool

    def markdown(self) -> str:
        lines = [f"title: {self.headline!r}", f"tags: {sorted(self.tags)}"]
        lines += [f"date: {self.day}{self.time}"] if self.day else []
        lines += [f"author: {self.author}"] if self.author else []
        lines += [f"section: {self.section}"] if self.section else []
        lines += [f"id: {self.id}"] if self.id else []
        lines += ["draft: true"] if self.is_draft else []
        return "\n".join(["---", *lines, "---", self.text, ""])


sketches = st.builds(
    Sketch,
    headline=st.sampled_from(HEADLINES),
    day=st.sampled_from(DAYS),
    time=st.sampled_from(["", "T08:00:00Z", "T08:00:00Z", "T23:59:59Z"]),
    tags=st.frozensets(st.sampled_from(TAGS), max_size=7) | st.just(frozenset(["kde"])),
    author=st.sampled_from([None, "Ida Berg", "IDA BERG"]),
    section=st.sampled_from([None, None, "Town", "TOWN"]),
    id=st.sampled_from([None, None, None, None, "one", "two"]),
    text=st.sampled_from(
        [
            *("Boats.", "More boats. ![A boat](boat.png)"),
            *("Oslo and Norway. The C and the C.", "KDE? KDE! Resume. Resume."),
        ]
    ),
    is_draft=st.sampled_from([False, False, False, False, False, True]),
)
# The new content of a file: an article, a copy of another file, or none (the file is deleted).
fates = sketches | sketches | st.sampled_from(FILES) | st.none()
changes = st.dictionaries(st.sampled_from(FILES), fates, max_size=10)

TAG_NAMES = [
    *("KDE", "C", "The C", "C++", "Kde", "Norway", "Oslo", "Undated", "strasse", "Boats"),
    *("Résumé", "Resume"),
]
tables = st.lists(
    st.builds(
        lambda names, more, flags: "\n".join(
            [
                "[[tag]]",
                f"name = {names[0]!r}",
                f"aliases = {names[1:]}",
                f"see_also = {more}",
                *flags,
            ]
        ),
        st.lists(st.sampled_from(TAG_NAMES), min_size=1, max_size=3),
        st.lists(st.sampled_from(TAG_NAMES), max_size=2),
        st.sampled_from([[], [], ["hidden = true"], ["inferred = false"], ["description = 'So.'"]]),
    ),
    max_size=3,
)
# The change of tags.toml: none, or new tables.
authorities = st.none() | st.none() | tables


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_build_after_any_changes_equals_a_build_from_nothing(block: int) -> None:
    trial = any_changes_equal_a_build_from_nothing
    (trial if IS_SOAKING else seed(block)(trial))()


@given(
    beginning=st.dictionaries(st.sampled_from(FILES), sketches, min_size=8),
    steps=st.lists(st.tuples(changes, authorities), min_size=1, max_size=4),
    infer=st.sampled_from(["untagged", "all"]),
)
@settings(
    max_examples=SEQUENCES // BLOCKS,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def any_changes_equal_a_build_from_nothing(
    beginning: Mapping[str, Sketch],
    steps: list[tuple[Mapping[str, Sketch | str | None], list[str] | None]],
    infer: str,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), CALENDAR_DAYS)
        archive.limits = replace(LIMITS, calendar=archive.limits.calendar)
        archive.configure(
            '[site]\nbase_url = "https://news.example/"\n[build]\npage_size = 10\n'
            '[feeds]\nentries = 3\ncollection_formats = ["atom"]\n'
            f'[tags]\ninfer = "{infer}"\n'
        )
        archive.write("boat.png", "a boat")
        redirects = archive.directory / "redirects.csv"
        ever: set[str] = set()
        for number, (step, authority) in enumerate([(beginning, None), *steps]):
            for name, fate in step.items():
                change(archive, name, fate)
            if authority is not None and is_sound(authority):
                archive.write("../tags.toml", "\n".join(authority))
            ledger = archive.build()
            assert ledger.articles == ledger.published + ledger.drafts + ledger.merged
            assert ledger.articles == len(list(archive.seeds.rglob("*.md")))
            site = archive.site()
            assert archive.build().written == 0
            kept = redirects.read_bytes() if redirects.exists() else b""
            archive.build(output=f"fresh-{number}")
            assert site == archive.site(f"fresh-{number}")
            assert kept == (redirects.read_bytes() if redirects.exists() else b"")
            ever |= {address for address in site if ARTICLES.fullmatch(address)}
            assert ever <= set(site), "an address that was published keeps answering"
            if IS_SOAKING or number == len(steps):
                assert broken_links(site) == []


def is_sound(tables: list[str]) -> bool:
    """True if no name belongs to two tags."""
    tags = [tomllib.loads(table)["tag"][0] for table in tables]
    names = [{identity(name) for name in (tag["name"], *tag["aliases"])} for tag in tags]
    return sum(map(len, names)) == len(set().union(*names))


def change(archive: Archive, name: str, fate: Sketch | str | None) -> None:
    """Write an article, copy another file, or delete the file."""
    match fate:
        case Sketch():
            archive.write(name, fate.markdown())
        case str() if (archive.seeds / fate).exists():
            archive.write(name, (archive.seeds / fate).read_bytes())
        case _:
            (archive.seeds / name).unlink(missing_ok=True)
