"""Earlier coverage: the older articles that share most tags. By its rule, a new article never
changes an older page."""

import re
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Archive, same_as_from_nothing
from newsarchive.catalogue.related import order_in_moment
from stories import story

CALENDAR_DAYS = [f"01-{day:02}" for day in range(1, 32)]


def write(archive: Archive, name: str, day: str, *tags: str) -> None:
    archive.write(f"{name}.md", story(name.capitalize(), day, list(tags)))


def earlier(archive: Archive, address: str) -> list[str]:
    """The headlines under "Earlier coverage" of a page."""
    shown = re.search(r'<h2 id="earlier">.*?</ol>', archive.page(address), re.S)
    return re.findall(r"<a [^>]*>([^<]+)</a>", shown[0]) if shown else []


def test_articles_that_share_more_tags_are_chosen_before_newer_ones(archive: Archive) -> None:
    write(archive, "both", "2020-01-01", "Ferry", "Council")
    for number in range(1, 8):
        write(archive, f"ferry {number}", f"2021-01-0{number}", "Ferry")
    write(archive, "now", "2022-01-01", "Ferry", "Council", "Storm")
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == [
        *("Ferry 7", "Ferry 6", "Ferry 5", "Ferry 4"),
        "Both",
    ], "the newest first, of those that were chosen"


def test_articles_of_the_same_day_and_undated_articles_are_no_earlier_coverage(
    archive: Archive,
) -> None:
    archive.write("day.md", story("Day", "2022-01-01T06:00Z", ["Ferry"]))
    archive.write("undated.md", "---\ntitle: Undated\ntags: [Ferry]\n---\nText.\n")
    archive.write("now.md", story("Now", "2022-01-01T09:00Z", ["Ferry"]))
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == []
    assert earlier(archive, "undated/undated.html") == []


def test_a_new_article_changes_no_older_page_except_its_neighbour(archive: Archive) -> None:
    for number in range(1, 10):
        write(archive, f"ferry {number}", f"2021-01-0{number}", "Ferry", "Storm")
    archive.build()
    write(archive, "now", "2021-02-01", "Ferry", "Storm")
    archive.build()
    older = {name for name in archive.rebuilt if re.match(r"2021/01/.*ferry", name)}
    assert older == {"2021/01/09/ferry-9.html"}, "the one before it, which leads on to it"


def test_an_article_added_late_changes_only_the_pages_that_show_it(archive: Archive) -> None:
    for number in range(1, 29):
        write(archive, f"ferry {number}", f"2021-01-{number:02}", "Ferry", f"Route {number % 3}")
    archive.build()
    write(archive, "late", "2021-01-10", "Ferry", "Route 1")
    archive.build()
    pages = {name for name in archive.rebuilt if re.search(r"/(ferry-|late)", name)}
    neighbours = {"2021/01/10/ferry-10.html", "2021/01/11/ferry-11.html", "2021/01/10/late.html"}
    assert len(pages - neighbours) > 4
    assert all("Late" in earlier(archive, name) for name in pages - neighbours), pages
    assert same_as_from_nothing(archive)


def test_a_changed_headline_or_a_removal_changes_the_pages_that_show_the_article(
    archive: Archive,
) -> None:
    write(archive, "old", "2020-01-01", "Ferry")
    write(archive, "between", "2020-06-01")
    write(archive, "now", "2022-01-01", "Ferry")
    archive.build()
    archive.write("old.md", story("Older", "2020-01-01", ["Ferry"]))
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == ["Older"]
    (archive.seeds / "old.md").unlink()
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == []
    assert same_as_from_nothing(archive)


def test_a_hidden_tag_gives_no_earlier_coverage(archive: Archive) -> None:
    write(archive, "old", "2020-01-01", "Internal")
    write(archive, "now", "2022-01-01", "Internal")
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == ["Old"]
    tags = archive.directory / "tags.toml"
    tags.write_text('[[tag]]\nname = "Internal"\nhidden = true\n')
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == []
    assert same_as_from_nothing(archive)
    tags.unlink()
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == ["Old"]


def test_merged_tags_count_as_a_shared_tag(archive: Archive) -> None:
    write(archive, "old", "2020-01-01", "Ferries", "Storm")
    write(archive, "newer", "2020-02-01", "Storm")
    write(archive, "now", "2022-01-01", "Ferry boat", "Storm")
    (archive.directory / "tags.toml").write_text(
        '[[tag]]\nname = "Ferry"\naliases = ["Ferry boat"]\n'
    )
    archive.build()
    assert earlier(archive, "2022/01/01/now.html") == ["Newer", "Old"]
    assert same_as_from_nothing(archive)


TAGS = ("Ferry", "Storm", "Council", "Harbour", "Light", "School", "Market")
ARTICLES = st.lists(
    st.tuples(st.integers(0, 12), st.lists(st.sampled_from(TAGS), max_size=7, unique=True)),
    min_size=3,
    max_size=16,
)


def expected(articles: dict[str, tuple[int, list[str]]], name: str) -> list[str]:
    """The rule, without its optimisations: of the articles of earlier days, the five that share
    most of the first five tags, then the newest, within a day by a number of each; newest first."""
    day, tags = articles[name]
    ranked = []
    for other, (its_day, its_tags) in articles.items():
        shared = len(set(tags[:5]) & set(its_tags[:5]))
        if its_day < day and shared:
            ranked.append((shared, its_day, order_in_moment(f"{other}.md", 0), other))
    best = sorted(ranked, reverse=True)[:5]
    return [other for *_, other in sorted(best, key=lambda one: one[1:], reverse=True)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES, st.data())
def test_every_page_follows_the_rule_after_any_changes(
    tmp_path_factory: object, drawn: list[tuple[int, list[str]]], data: st.DataObject
) -> None:
    archive = Archive(tmp_path_factory.mktemp("rule") / "archive")  # type: ignore[attr-defined]
    articles = {f"No {number:02}": one for number, one in enumerate(drawn)}

    def save(name: str) -> None:
        day = date(2020, 1, 1) + timedelta(articles[name][0])
        archive.write(f"{name}.md", story(name, day.isoformat(), articles[name][1]))

    for name in articles:
        save(name)
    archive.build()
    for _ in range(2):
        name = data.draw(st.sampled_from(sorted(articles)))
        articles[name] = data.draw(ARTICLES.map(lambda some: some[0]))
        save(name)
        archive.build()
    for name, (day, _) in articles.items():
        folder = (date(2020, 1, 1) + timedelta(day)).strftime("%Y/%m/%d")
        address = f"{folder}/{name.lower().replace(' ', '-')}.html"
        assert earlier(archive, address) == expected(articles, name), name
