"""Sitemaps and robots.txt."""

import re
import shutil
from dataclasses import replace
from datetime import datetime

import pytest

from conftest import Archive, same_as_from_nothing
from crawling import reachable
from newsarchive import config
from newsarchive.catalogue.queries import Queries
from newsarchive.catalogue.statistics import Statistics
from newsarchive.catalogue.store import catalogue_path, open_read_only
from newsarchive.commands.check import check
from newsarchive.model.periods import Period
from newsarchive.tagging.authority import Authority
from sitemap_files import (
    BASE,
    DAYS,
    NAMES,
    listed,
    places,
    rebuilt_sitemaps,
    root_of,
    sitemaps,
)
from stories import story, with_base_url

CALENDAR_DAYS = DAYS

JUNE, AUGUST = "2023/06/sitemap.xml", "2023/08/sitemap.xml"


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


@pytest.fixture
def large_gazette(archive: Archive) -> Archive:
    """An archive with more than one page of a day, of a tag on that day and of undated articles,
    names in other scripts, an article that moved and one that was withdrawn."""
    archive.configure(with_base_url())
    for number in range(12):
        archive.write(f"wire/{number}.md", story(f"Wire {number}", "2023-06-19T09:00Z", ["Wire"]))
        archive.write(f"box/{number}.md", story(f"Box {number}", None, author="Ída & Per"))
    archive.write("zürich.md", story("Zürich & die Häfen <1>", "2021-02-03", ["Größe", "a&b"]))
    archive.write("moved.md", story("Moved", "2022-01-31", ["Old name"], section="Town"))
    archive.write("gone.md", story("Gone", "2020-01-31", ["Gone tag"]))
    archive.build()
    (archive.seeds / "gone.md").unlink()
    archive.write("moved.md", story("Moved on", "2022-02-01", ["New name"], section="Town"))
    archive.build()
    return archive


def test_the_sitemaps_list_every_page_reachable_from_the_home_page_once(
    large_gazette: Archive,
) -> None:
    site = large_gazette.site()
    found = {page for page in reachable(site) if page.endswith(".html")}
    assert {"2023/06/19/2.html", "undated/2.html", "tags/grösse/index.html"} <= found
    assert not [page for page in found if b"noindex" in site[page]]
    # The search page has nothing that the sitemaps do not list, and the periods of a tag are linked
    # from its main page.
    of_periods = {page for page in found if re.match("(tag|author|section)s/[^/]+/.+/", page)}
    assert of_periods, "there is a tag that is divided"
    pages = listed(site)
    assert set(pages) == found - of_periods - {"search.html"}
    assert set(pages.values()) == {1}


def test_redirects_and_withdrawn_articles_are_not_listed(large_gazette: Archive) -> None:
    site = large_gazette.site()
    former = {page for page, content in site.items() if b'content="noindex"' in content}
    assert {"2022/01/31/moved.html", "2020/01/31/gone.html", "tags/old-name/index.html"} <= former
    assert not former & set(listed(site))


def test_every_sitemap_is_in_the_index_and_valid(large_gazette: Archive) -> None:
    site = large_gazette.site()
    in_index = [address for address, _ in places(site, "sitemap.xml")]
    assert {*in_index, "sitemap.xml"} == sitemaps(large_gazette)
    assert len(in_index) == len(set(in_index))
    for address in in_index:
        assert root_of(site, address).tag == f"{{{NAMES['s']}}}urlset"


def one_place(archive: Archive, front_matter: str) -> tuple[str, str | None]:
    """The address and lastmod of the only article of an archive in the sitemaps."""
    archive.write("storm.md", f"---\ntitle: Storm\n{front_matter}---\nThe storm.\n")
    archive.build()
    site = archive.site()
    return next(
        place
        for address, _ in places(site, "sitemap.xml")
        for place in places(site, address)
        if place[0].endswith("/storm.html")
    )


@pytest.mark.parametrize(
    ("front_matter", "told"),
    [
        ("date: 2023-06-19\n", "2023-06-19"),
        ("date: 2023-06-19T18:30:05+02:00\n", "2023-06-19T17:30:05+01:00"),
        ("date: 2023-06-19\nmodified: 2023-06-21T08:00Z\n", "2023-06-21T09:00:00+01:00"),
        ("date: 2023-06-19T10:00Z\nmodified: 2024-01-02\n", "2024-01-02"),
        ("date: 2023-06-19T10:00Z\nmodified: 2023-06-01\n", "2023-06-19T11:00:00+01:00"),
        ("date: 1969-12-31T10:00Z\n", "1969-12-31T11:00:00+01:00"),
        ("modified: 2024-01-02\n", "2024-01-02"),
        ("", None),
    ],
)
def test_lastmod_is_the_last_change_that_the_article_states(
    archive: Archive, front_matter: str, told: str | None
) -> None:
    archive.configure(with_base_url().replace("[build]", 'timezone = "Europe/London"\n[build]'))
    address, lastmod = one_place(archive, front_matter)
    assert lastmod == told
    month = f"{address[:7]}/sitemap.xml" if address[0].isdigit() else "undated/sitemap.xml"
    assert dict(places(archive.site(), "sitemap.xml"))[month] == told


def test_a_time_from_before_time_zones_stays_exact(archive: Archive) -> None:
    archive.configure(with_base_url().replace("[build]", 'timezone = "America/New_York"\n[build]'))
    _, lastmod = one_place(archive, "date: 1850-06-01T10:00:00Z\n")
    assert lastmod
    assert datetime.fromisoformat(lastmod) == datetime.fromisoformat("1850-06-01T10:00:00Z")
    assert re.search(r"[+-]\d\d:\d\d$", lastmod), "in New York it was 4:56:02 behind"


def test_a_new_article_leaves_the_sitemaps_of_other_months_alone(gazette: Archive) -> None:
    gazette.write("buoy.md", story("Buoy", "2023-06-19T12:00Z", ["Harbour"]))
    gazette.build()
    assert rebuilt_sitemaps(gazette) == {JUNE}, "the latest change in June was later that day"
    gazette.write("lamp.md", story("Lamp", "2023-06-30T12:00Z", ["Harbour"]))
    gazette.build()
    assert rebuilt_sitemaps(gazette) == {JUNE, "sitemap.xml"}
    assert same_as_from_nothing(gazette)


def test_a_new_tag_and_a_new_year_are_listed_in_the_sitemaps_of_pages(gazette: Archive) -> None:
    gazette.write("buoy.md", story("Buoy", "2024-01-01T12:00Z", ["Buoys"]))
    gazette.build()
    assert rebuilt_sitemaps(gazette) == {
        *("2024/01/sitemap.xml", "sitemap.xml", "sitemap-pages.xml", "sitemap-pages-2.xml")
    }
    assert {"tags/buoys/index.html", "2024/index.html"} <= set(listed(gazette.site()))
    assert same_as_from_nothing(gazette)


def test_a_corrected_article_changes_its_sitemap_and_the_index(gazette: Archive) -> None:
    before = dict(places(gazette.site(), "sitemap.xml"))
    gazette.write(
        "mole.md",
        story("North mole", "2023-06-01T10:00Z", ["Harbour"], author="Ida", modified="2024-05-06"),
    )
    gazette.build()
    assert rebuilt_sitemaps(gazette) == {JUNE, "sitemap.xml"}
    after = dict(places(gazette.site(), "sitemap.xml"))
    assert (before.pop(JUNE), after.pop(JUNE)) == ("2023-06-19T18:00:00+00:00", "2024-05-06")
    assert before == after
    assert same_as_from_nothing(gazette)


def test_the_last_change_of_a_month_is_read_from_a_database_index(gazette: Archive) -> None:
    settings = config.load(gazette.directory)
    connection = open_read_only(catalogue_path(settings.directory, settings.output))
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    statistics = Statistics(connection, Queries(connection, Authority()))
    told = statistics.last_update(Period(2023, 6))
    assert told == datetime.fromisoformat("2023-06-19T18:00Z")
    connection.set_trace_callback(None)
    (step,) = connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    connection.close()
    assert step[3].endswith("USING INDEX articles_by_update (status=? AND <expr>=?)")


def test_a_month_without_articles_left_has_no_sitemap(gazette: Archive) -> None:
    (gazette.seeds / "light.md").unlink()
    gazette.build()
    assert AUGUST not in gazette.site()
    assert AUGUST not in dict(places(gazette.site(), "sitemap.xml"))
    assert same_as_from_nothing(gazette)


@pytest.fixture
def short_sitemaps(archive: Archive) -> None:
    """Three articles to a sitemap, and two tags, authors or sections."""
    archive.limits = replace(archive.limits, sitemap=3, page_sitemap=2)


def articles(archive: Archive, address: str) -> list[str]:
    """The names of the articles that a sitemap lists, in its order."""
    pages = [page for page, _ in places(archive.site(), address)]
    return [
        page.rpartition("/")[2].removesuffix(".html")
        for page in pages
        if re.search(r"/[^/]*[a-z][^/]*\.html$", page) and not page.endswith("/index.html")
    ]


@pytest.mark.usefixtures("short_sitemaps")
def test_the_sitemap_of_a_month_with_many_articles_is_divided_into_parts(archive: Archive) -> None:
    archive.configure(with_base_url())
    for day in range(1, 8):
        archive.write(f"{day}.md", story(f"Day {day}", f"2023-06-{day:02}"))
    archive.build()
    assert articles(archive, JUNE) == ["day-1", "day-2", "day-3"]
    assert articles(archive, "2023/06/sitemap-2.xml") == ["day-4", "day-5", "day-6"]
    assert articles(archive, "2023/06/sitemap-3.xml") == ["day-7"]

    archive.write("8.md", story("Day 8", "2023-06-08"))
    archive.build()
    assert rebuilt_sitemaps(archive) == {"2023/06/sitemap-3.xml", "sitemap.xml"}
    archive.write("5.md", story("Day five", "2023-06-05"))
    archive.build()
    assert rebuilt_sitemaps(archive) == {"2023/06/sitemap-2.xml"}
    assert same_as_from_nothing(archive)


def day_of(number: int, day: str, count: int) -> dict[str, str | None]:
    """Sources of so many articles of a day, and of none in place of others."""
    texts = {f"{day}-{n}.md": story(f"{day} no {n}", f"2023-{day}") for n in range(count)}
    return {**{f"{day}-{n}.md": None for n in range(number)}, **texts}


@pytest.mark.usefixtures("short_sitemaps")
def test_changing_parts_are_the_same_as_in_a_build_from_scratch(archive: Archive) -> None:
    archive.configure(with_base_url())
    steps: list[dict[str, str | None]] = [
        day_of(0, "06-19", 2),
        day_of(2, "06-19", 13),  # more than a page of that day
        day_of(0, "06-25", 4),
        day_of(0, "06-02", 5),  # before all others: the articles of later days move to later parts
        {"tag.md": story("Tagged", "2023-08-02", ["a", "b", "c"], author="Ida", section="Town")},
        day_of(0, "06-27", 1),
        day_of(1, "06-27", 0),
        day_of(13, "06-19", 1),
        {"box-1.md": story("Box 1", None), "box-2.md": story("Box 2", None)},
        {f"box-{n}.md": story(f"Box {n}", None) for n in range(3, 14)},
        {"tag.md": None, **day_of(4, "06-25", 0)},
        {f"box-{n}.md": None for n in range(3, 14)},
    ]
    most = 0
    for step in steps:
        for name, text in step.items():
            if text is None:
                (archive.seeds / name).unlink()
            else:
                archive.write(name, text)
        archive.build()
        assert same_as_from_nothing(archive)
        site = archive.site()
        assert {address for address, _ in places(site, "sitemap.xml")} | {"sitemap.xml"} == (
            sitemaps(archive)
        )
        found = {page for page in reachable(site) if page.endswith(".html")}
        of_periods = {page for page in found if re.match("(tag|author|section)s/[^/]+/.+/", page)}
        pages = listed(site)
        assert set(pages) == found - of_periods - {"search.html"}
        assert set(pages.values()) == {1}
        most = max(most, len(sitemaps(archive)))
    assert most > 10


@pytest.mark.usefixtures("short_sitemaps")
def test_the_sitemap_of_tags_authors_and_sections_is_divided_into_parts(gazette: Archive) -> None:
    gazette.build(full=True)
    pages = [page for page, _ in places(gazette.site(), "sitemap-pages-2.xml")]
    assert pages == ["authors/ida/index.html", "sections/town/index.html"]
    pages = [page for page, _ in places(gazette.site(), "sitemap-pages-3.xml")]
    assert pages == ["tags/ferries/index.html", "tags/harbour/index.html"]


def test_robots_txt_allows_everything_and_names_the_index(gazette: Archive) -> None:
    lines = gazette.page("robots.txt").splitlines()
    assert lines[1:] == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]
    assert lines[0].startswith("#")


NEWS = with_base_url() + "[sitemaps]\nnews = true\n"


def of_search_engines(archive: Archive) -> set[str]:
    return sitemaps(archive) | ({"robots.txt"} & set(archive.site()))


def test_a_setting_turns_sitemaps_off(gazette: Archive) -> None:
    assert of_search_engines(gazette) >= {"robots.txt", "sitemap.xml", JUNE}
    gazette.configure(NEWS.replace("news = true", "news = true\npublish = false"))
    gazette.build()
    assert of_search_engines(gazette) == set()
    assert same_as_from_nothing(gazette)
    gazette.configure(with_base_url())
    gazette.build()
    assert of_search_engines(gazette) >= {"robots.txt", "sitemap.xml", JUNE}
    assert "sitemap-news.xml" not in gazette.site()


def test_without_a_base_url_there_are_no_sitemaps(gazette: Archive) -> None:
    gazette.configure(re.sub("base_url.*", "", with_base_url()))
    gazette.build()
    assert of_search_engines(gazette) == set()


def test_without_a_catalogue_old_sitemaps_are_recognised_and_removed(gazette: Archive) -> None:
    gazette.configure(NEWS)
    gazette.build()
    foreign = {"notes.txt": b"# newsarchive\n", "verification.xml": b"<users/>"}
    for name, content in foreign.items():
        (gazette.output / name).write_bytes(content)
    assert of_search_engines(gazette) >= {"robots.txt", "sitemap-news.xml", JUNE}
    shutil.rmtree(gazette.directory / ".newsarchive")
    gazette.configure(re.sub("base_url.*", "", with_base_url()))
    gazette.build()
    assert of_search_engines(gazette) == set()
    assert foreign.items() <= gazette.site().items()


def test_sitemaps_write_an_address_in_any_script_in_ascii(archive: Archive) -> None:
    published_at = "https://zürcher-zeitung.example/zürich&x/"
    archive.configure(NEWS.replace("https://gazette.example/", published_at))
    archive.write("new.md", story("Größe", "2023-06-19"))
    archive.build()
    base = "https://xn--zrcher-zeitung-gsb.example/z%C3%BCrich&x/"
    for address, of_page in (
        (JUNE, "2023/06/19/gr%C3%B6sse.html"),
        ("sitemap.xml", JUNE),
        ("sitemap-news.xml", "2023/06/19/gr%C3%B6sse.html"),
    ):
        locs = [loc.text for loc in root_of(archive.site(), address).iterfind(".//s:loc", NAMES)]
        assert base + of_page in locs
    assert f"Sitemap: {base}sitemap.xml\n" in archive.page("robots.txt")
    page = archive.page("2023/06/19/grösse.html")
    assert f'<link rel="canonical" href="{base.replace("&", "&amp;")}2023/06/19/gr' in page
    said = "".join(content.decode() for content in archive.site().values())
    assert "zürcher" not in said
    assert check(config.load(archive.directory)).faults == []


def test_check_finds_the_faults_of_sitemaps(gazette: Archive) -> None:
    assert check(config.load(gazette.directory)).faults == []
    path = gazette.output / JUNE
    text = path.read_text("utf-8")
    again = "<url><loc>https://gazette.example/2023/06/</loc></url>"
    nowhere = "<url><loc>https://gazette.example/nowhere.html</loc></url>"
    path.write_text(text.replace("</urlset>", f"{again}{nowhere}</urlset>"), "utf-8")
    path = gazette.output / "robots.txt"
    path.write_text(path.read_text("utf-8") + f"Sitemap: {BASE}sitemap-9.xml\n", "utf-8")
    (gazette.output / AUGUST).write_text(text[:-3], "utf-8")
    faults = check(config.load(gazette.directory)).faults
    assert {(fault.kind, fault.address) for fault in faults if fault.kind != "changed"} == {
        ("duplicate id", JUNE),
        ("broken link", JUNE),
        ("broken link", "robots.txt"),
        ("not well-formed", AUGUST),
    }
