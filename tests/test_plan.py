"""The plan: the outputs that changes make stale, and why, from literal changes and counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsarchive.config import Build, Config, Data, Feeds
from newsarchive.model.changes import Changes, MovedCollection, Place
from newsarchive.model.collection import Collection
from newsarchive.model.periods import ALL_TIME, LEAP_YEAR, NO_DAY, Period, numbered, periods_of
from newsarchive.outputs.feeds.documents import FeedDocuments
from newsarchive.outputs.kind import Gone, Kind, Stale
from newsarchive.outputs.kinds import kinds_of
from newsarchive.outputs.plan import plan_changes, plan_everything
from newsarchive.outputs.settings import settings_of

ALL, HARBOUR = 1, 2


def place(key: int, day: int, *collections: int) -> Place:
    """An article on a day, at noon, in the collection of all articles and these."""
    address = f"{day // 10000:04}/{day // 100 % 100:02}/{day % 100:02}/a{key}.html"
    return Place(key, address, day, day * 100, f"a{key}", (ALL, *collections))


@dataclass
class Queries:
    """The queries of the catalogue, answered from a list of articles."""

    articles: list[Place] = field(default_factory=list)

    def collection(self, key: int) -> Collection:
        if key == ALL:
            return Collection(ALL, "all", "", "")
        return Collection(HARBOUR, "tag", "Harbour", "harbour")

    def collections(self, kind: str | None = None) -> Iterator[tuple[Collection, int]]:
        for key in (ALL, HARBOUR):
            count = self.count(key, ALL_TIME)
            if count and kind in (None, self.collection(key).kind):
                yield self.collection(key), count

    def days(self, collection: int) -> list[int]:
        return [one.day for one in self.articles if collection in one.collections]

    def count(self, collection: int, period: Period) -> int:
        return sum(period in periods_of(day) for day in self.days(collection))

    def count_before(self, day: int, period: Period) -> int:
        return sum(period in periods_of(at) and at < day for at in self.days(ALL))

    def number_of_collections(self) -> int:
        return 1

    def sub_periods(self, collection: int, period: Period) -> list[tuple[Period, int]]:
        shorter = {
            p for day in self.days(collection) for p in periods_of(day) if p.parent == period
        }
        return [(p, self.count(collection, p)) for p in sorted(shorter, reverse=True)]

    def nearest(self, collection: int, period: Period) -> tuple[Period | None, Period | None]:
        periods = {p for day in self.days(collection) for p in periods_of(day)}
        alike = [p for p in periods if p.kind == period.kind and p.kind != "undated"]
        before = max((p for p in alike if p < period), default=None)
        return before, min((p for p in alike if p > period), default=None)

    def neighbours(self, day: int, moment: int, id: str) -> tuple[int | None, int | None]:
        alike = [one for one in self.articles if (one.day == NO_DAY) == (day == NO_DAY)]
        here = (day, moment, id)
        rank = {(one.day, one.moment, one.id): one.key for one in alike}
        before = max((at for at in rank if at < here), default=None)
        after = min((at for at in rank if at > here), default=None)
        return rank.get(before) if before else None, rank.get(after) if after else None

    def place(self, key: int) -> Place | None:
        return next((one for one in self.articles if one.key == key), None)

    def places(self) -> Iterator[Place]:
        return iter(self.articles)

    def calendar_days(self) -> list[Period]:
        days = {day % 10000 for day in self.days(ALL)} - {NO_DAY}
        return [Period(LEAP_YEAR, day // 100, day % 100) for day in sorted(days)]

    def same_day_in_all_years(self, month: int, day: int) -> list[tuple[Period, int]]:
        found = [at for at in self.days(ALL) if at and at % 10000 == month * 100 + day]
        return [(numbered(at), found.count(at)) for at in sorted(set(found), reverse=True)]

    def articles_that_may_show(self, place: Place) -> Iterator[int]:
        shared = set(place.collections) - {ALL}
        for one in self.articles:
            if one.day > place.day and shared & set(one.collections):
                yield one.key

    def redirect_addresses(self) -> Iterator[str]:
        return iter(["2020/01/01/moved.html"])


OF_ARCHIVE = ("about.html", "days.js", "feeds.opml")
"""The pages that show the archive as a whole."""


def kinds(page_size: int) -> list[Kind]:
    """The kinds of a site with feeds in two formats, RSS with a history, and without data."""
    settings = settings_of(
        Config(
            Path(),
            build=Build(page_size=page_size),
            feeds=Feeds(formats=("rss", "atom")),
            data=Data(publish=False),
        )
    )
    made = kinds_of(settings)
    documents = made["feed-document"]
    assert isinstance(documents, FeedDocuments)
    made["feed-document"] = replace(documents, series={"rss": documents.series["rss"]})
    del made["static"], made["media"]  # they copy files
    return list(made.values())


def planned(changes: Changes, after: list[Place], page_size: int = 3) -> tuple[set[str], set[str]]:
    """(stale addresses, gone addresses)."""
    steps = list(plan_changes(changes, kinds(page_size), Queries(after)))
    stale = {step.output.address for step in steps if isinstance(step, Stale)}
    return stale, {step.address for step in steps if isinstance(step, Gone)} - stale


ARCHIVE = [
    place(1, 20220501),
    place(2, 20230601, HARBOUR),
    place(3, 20230619),
    place(4, 20230702, HARBOUR),
]


def test_without_changes_no_output_is_stale() -> None:
    assert planned(Changes(), ARCHIVE) == (set(), set())


def test_a_new_article_makes_its_neighbours_and_listings_stale() -> None:
    new = place(5, 20230619, HARBOUR)
    stale, gone = planned(Changes(taken=(new,)), [*ARCHIVE, new])
    assert stale == {
        "2023/06/19/a5.html",
        *("2023/06/19/a3.html", "2023/07/02/a4.html"),  # its neighbours
        *("2023/06/19/index.html", "2023/06/index.html", "2023/index.html", "index.html"),
        *("2023/06/feed.xml", "feed.xml", "feed.atom", *OF_ARCHIVE),
        *("tags/harbour/index.html", "tags/harbour/feed.xml", "tags/index.html"),
        *("on-this-day/06-19.html", "on-this-day/06-19.js", "2023/06/headlines.js"),
    }
    # The tag is not divided into periods: naming pages that never existed as gone does no harm.
    assert all(address.startswith("tags/harbour/2023/") for address in gone)


def test_a_changed_article_makes_its_listings_stale_and_removes_nothing() -> None:
    changed = ARCHIVE[2]
    stale, gone = planned(Changes((changed,), (changed,)), ARCHIVE)
    assert stale == {
        *("2023/06/19/a3.html", "2023/06/01/a2.html", "2023/07/02/a4.html"),
        *("2023/06/19/index.html", "2023/06/index.html", "2023/index.html", "index.html"),
        *("2023/06/feed.xml", "feed.xml", "feed.atom", *OF_ARCHIVE),
        *("on-this-day/06-19.html", "on-this-day/06-19.js", "2023/06/headlines.js"),
    }
    assert gone == set()


def test_removing_the_last_article_of_a_year_removes_the_year() -> None:
    left = ARCHIVE[0]
    stale, gone = planned(Changes(left=(left,)), ARCHIVE[1:])
    assert gone == {
        *("2022/05/01/a1.html", "2022/05/01/index.html", "2022/05/index.html", "2022/index.html"),
        "2022/05/feed.xml",
        *("2022/05/headlines.js", "on-this-day/05-01.js"),
    }
    assert "on-this-day/05-01.html" in stale, "there is a page for each day of the calendar"
    # The year, month and day that now come first lose their link to the one before.
    assert {"2023/index.html", "2023/06/index.html", "2023/06/01/index.html"} <= stale
    assert "2023/06/01/a2.html" in stale


def test_a_tag_that_outgrows_a_page_gets_pages_of_years() -> None:
    new = (place(5, 20230703, HARBOUR), place(6, 20220502, HARBOUR))
    stale, _ = planned(Changes(taken=new), [*ARCHIVE, *new])
    assert {"tags/harbour/2022/index.html", "tags/harbour/2023/index.html"} <= stale
    assert "tags/harbour/feed.xml" in stale
    assert "tags/harbour/2023/06/index.html" not in stale


def test_a_tag_that_fits_on_a_page_again_loses_its_pages_of_years() -> None:
    left = (place(5, 20230703, HARBOUR), place(6, 20220502, HARBOUR))
    stale, gone = planned(Changes(left=left), ARCHIVE)
    assert {"tags/harbour/2022/index.html", "tags/harbour/2023/index.html"} <= gone
    assert "tags/harbour/index.html" in stale


def test_a_tag_that_moves_is_rebuilt_in_its_new_folder() -> None:
    moved = MovedCollection(HARBOUR, "tag", "harbour-1a2b3c", "harbour")
    stale, gone = planned(Changes(moved=(moved,)), ARCHIVE)
    assert {
        *("tags/harbour/index.html", "tags/harbour/feed.xml", "tags/index.html"),
        *("index.html", *OF_ARCHIVE),
    } == stale
    assert "tags/harbour-1a2b3c/" in gone


def test_a_long_day_is_divided_into_pages_and_loses_them_again() -> None:
    day = [place(key, 20230619) for key in range(1, 8)]
    stale, _ = planned(Changes(taken=(day[-1],)), day)
    assert {"2023/06/19/index.html", "2023/06/19/2.html", "2023/06/19/3.html"} <= stale
    _, gone = planned(Changes(left=(day[-1],)), day[:-1])
    assert "2023/06/19/3.html" in gone


def test_redirects_are_rebuilt_or_removed_as_the_changes_say() -> None:
    changes = Changes(
        redirects=("2020/01/01/moved.html",), redirects_gone=("2020/01/02/back.html",)
    )
    stale, gone = planned(changes, ARCHIVE)
    # The Atom feed may have a tombstone.
    assert stale == {"2020/01/01/moved.html", "feed.atom"}
    assert gone == {"2020/01/02/back.html"}


def test_every_step_has_a_reason() -> None:
    changes = Changes((ARCHIVE[0],), (ARCHIVE[2],))
    assert all(step.reason for step in plan_changes(changes, kinds(3), Queries(ARCHIVE[1:])))


def test_a_full_plan_has_every_output_that_changes_can_make_stale() -> None:
    everything = {
        step.output.address for step in plan_everything(kinds(1), Queries(ARCHIVE), "all")
    }
    stale, _ = planned(Changes(taken=tuple(ARCHIVE)), ARCHIVE, page_size=1)
    assert stale <= everything
    calendar = {address for address in everything if address.startswith("on-this-day/")}
    assert sum(address.endswith(".html") for address in calendar) == 1 + 366
    assert everything - stale - calendar == {
        *("404.html", "authors/index.html", "sections/index.html", "2020/01/01/moved.html"),
        "search.html",
    }


def test_no_two_outputs_of_a_plan_have_one_address() -> None:
    outputs = [step.output for step in plan_everything(kinds(1), Queries(ARCHIVE), "all")]
    assert len({output.address for output in outputs}) == len(outputs)
