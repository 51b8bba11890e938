"""Listings of days, months, years, tags, authors and sections: one page each, or divided into
shorter periods if there are too many articles."""

import posixpath
import re

import pytest

from conftest import Archive
from crawling import links_of
from stories import story, with_base_url


def headlines(archive: Archive, address: str) -> list[str]:
    """The headlines that a listing shows, in its order."""
    shown = re.findall(
        r'<li class="entry"[^>]*>\n<h[34][^>]*><a [^>]*>([^<]+)</a>', archive.page(address)
    )
    return [str(headline) for headline in shown]


def leads_to(archive: Archive, address: str) -> set[str]:
    """The targets of the links of a page, relative to its folder."""
    folder = posixpath.join("/", posixpath.dirname(address))
    return {
        posixpath.relpath(posixpath.join(folder, href), folder) for href in _hrefs(archive, address)
    }


def _hrefs(archive: Archive, address: str) -> set[str]:
    """The links of a page, as written."""
    return set(links_of((archive.output / address).read_bytes()))


def pages(archive: Archive, folder: str = "") -> set[str]:
    """The listings below a folder."""
    return {
        address
        for address in archive.site()
        if address.startswith(folder) and re.search(r"(index|/\d+)\.html$", address)
    }


def write_days(archive: Archive, days: list[str], tag: str) -> None:
    """One article for each day, with a tag."""
    for number, day in enumerate(days):
        archive.write(f"{tag}-{day}-{number}.md", story(f"{tag} {number}", day, [tag]))


@pytest.fixture
def archive(archive: Archive) -> Archive:
    """An archive that lists ten articles on a page."""
    archive.configure(with_base_url(page_size=10))
    return archive


def test_an_archive_without_articles_has_a_home_page(archive: Archive) -> None:
    archive.build()
    assert "This archive has no articles yet." in archive.page("index.html")
    assert pages(archive) == {
        *("index.html", "tags/index.html", "authors/index.html", "sections/index.html"),
        "on-this-day/index.html",
    }


def test_every_day_month_and_year_with_articles_has_a_page(archive: Archive) -> None:
    write_days(archive, ["2021-12-31", "2023-06-19", "2023-06-19", "2023-06-02"], "Tide")
    archive.build()
    assert pages(archive, "20") == {
        *("2021/index.html", "2021/12/index.html", "2021/12/31/index.html"),
        *("2023/index.html", "2023/06/index.html"),
        *("2023/06/02/index.html", "2023/06/19/index.html"),
    }
    assert headlines(archive, "2023/06/index.html") == ["Tide 2", "Tide 1", "Tide 3"]
    assert {"19/index.html", "02/index.html"} <= leads_to(archive, "2023/06/index.html")
    assert headlines(archive, "2023/06/19/index.html") == ["Tide 1", "Tide 2"]


def test_a_tag_with_few_articles_is_one_page(archive: Archive) -> None:
    write_days(archive, [f"20{number:02}-01-01" for number in range(10, 20)], "Tide")
    archive.build()
    assert pages(archive, "tags/tide/") == {"tags/tide/index.html"}
    newest_first = [f"Tide {number}" for number in reversed(range(10))]
    assert headlines(archive, "tags/tide/index.html") == newest_first


def test_a_tag_with_more_articles_is_divided_by_year_and_full_years_by_month(
    archive: Archive,
) -> None:
    write_days(archive, ["2019-01-01", *["2021-03-04"] * 8, *["2021-04-01"] * 4], "Tide")
    archive.build()
    assert pages(archive, "tags/tide/") == {
        *("tags/tide/index.html", "tags/tide/2019/index.html", "tags/tide/2021/index.html"),
        *("tags/tide/2021/03/index.html", "tags/tide/2021/04/index.html"),
    }
    assert {"2019/index.html", "2021/index.html"} <= leads_to(archive, "tags/tide/index.html")
    assert headlines(archive, "tags/tide/2019/index.html") == ["Tide 0"]
    assert "../../2019/index.html" not in leads_to(archive, "tags/tide/2021/03/index.html")
    # 2019 is one page: it has no months to link to.
    assert "../04/index.html" in leads_to(archive, "tags/tide/2021/03/index.html")


def test_a_tag_is_divided_into_years_and_joined_again(archive: Archive) -> None:
    archive.configure(with_base_url(page_size=10))
    write_days(archive, ["2019-01-01", *["2021-03-04"] * 9], "Tide")
    archive.build()
    whole = archive.site()
    archive.write("more.md", story("More", "2021-03-04", ["Tide"]))
    archive.build()
    assert pages(archive, "tags/tide/") == {
        *("tags/tide/index.html", "tags/tide/2019/index.html", "tags/tide/2021/index.html")
    }
    (archive.seeds / "more.md").unlink()
    archive.build()
    (archive.directory / "redirects.csv").unlink()  # and forget the old addresses
    archive.build()
    assert archive.site() == whole


def test_a_full_page_of_a_long_day_changes_only_for_the_link_to_the_next(archive: Archive) -> None:
    for number in range(20):
        archive.write(f"{number}.md", story(f"Story {number:02}", f"2023-06-19T10:{number:02}Z"))
    archive.build()
    day = "2023/06/19/"
    assert pages(archive, day) == {day + "index.html", day + "2.html"}
    assert headlines(archive, day + "index.html") == [f"Story {n:02}" for n in range(10)]
    assert headlines(archive, day + "2.html") == [f"Story {n:02}" for n in range(10, 20)]
    assert "2.html" in leads_to(archive, day + "index.html")

    archive.write("20.md", story("Story 20", "2023-06-19T11:00Z"))
    archive.build()
    assert headlines(archive, day + "3.html") == ["Story 20"]
    listings = {address for address in archive.rebuilt if address in pages(archive, day)}
    assert listings == {day + "2.html", day + "3.html"}

    archive.write("21.md", story("Story 21", "2023-06-19T12:00Z"))
    archive.build()
    listings = {address for address in archive.rebuilt if address in pages(archive, day)}
    assert listings == {day + "3.html"}


def test_further_pages_of_a_day_that_shrinks_are_removed(archive: Archive) -> None:
    write_days(archive, ["2023-06-19"] * 11, "Tide")
    archive.build()
    assert (archive.output / "2023/06/19/2.html").exists()
    (archive.seeds / "Tide-2023-06-19-3.md").unlink()
    archive.build()
    assert pages(archive, "2023/06/19/") == {"2023/06/19/index.html"}


def test_a_tag_is_divided_down_to_several_pages_of_a_day(archive: Archive) -> None:
    write_days(archive, ["2023-06-19"] * 21, "Tide")
    archive.build()
    day = "tags/tide/2023/06/19/"
    assert pages(archive, day) == {day + "index.html", day + "2.html", day + "3.html"}


def test_dated_and_undated_articles_are_not_neighbours(archive: Archive) -> None:
    archive.write("undated.md", story("Undated", None))
    archive.write("dated.md", story("Dated", "2023-06-19"))
    archive.build()
    assert "Previous article" not in archive.page("2023/06/19/dated.html")
    assert "Next article" not in archive.page("undated/undated.html")


def test_authors_and_sections_have_listings_as_tags_have(archive: Archive) -> None:
    archive.write("a.md", story("Tide", authors="[Ida Berg, Jo Lind]", section="Town"))
    archive.build()
    assert headlines(archive, "authors/ida-berg/index.html") == ["Tide"]
    assert headlines(archive, "authors/jo-lind/index.html") == ["Tide"]
    assert headlines(archive, "sections/town/index.html") == ["Tide"]
    assert "ida-berg/index.html" in leads_to(archive, "authors/index.html")


def test_the_list_of_tags_shows_the_number_of_published_articles(archive: Archive) -> None:
    write_days(archive, ["2023-06-19"] * 3, "Tide")
    archive.write("draft.md", story("Draft", tags=["Secret"], draft="true"))
    archive.build()
    assert "3 articles" in archive.page("tags/index.html")
    assert "Secret" not in archive.page("tags/index.html")


def test_the_pages_of_periods_link_to_the_nearest_periods_with_articles(archive: Archive) -> None:
    write_days(archive, ["2019-05-05", "2021-12-31", "2023-06-19", "2023-06-02"], "Tide")
    archive.build()
    assert {"../2019/index.html", "../2023/index.html"} <= leads_to(archive, "2021/index.html")
    assert "../../2021/12/index.html" in leads_to(archive, "2023/06/index.html")
    assert "../../2019/05/index.html" not in leads_to(archive, "2023/06/index.html")
    day = leads_to(archive, "2023/06/02/index.html")
    assert {"../../../2021/12/31/index.html", "../19/index.html"} <= day


def test_articles_without_a_date_have_listings_of_their_own(archive: Archive) -> None:
    for number in range(11):
        archive.write(f"{number:02}.md", story(f"Story {number:02}", None, ["Tide"]))
    archive.write("dated.md", story("Dated", "2023-06-19", ["Tide"]))
    ledger = archive.build()
    assert ledger.published == 12
    assert (archive.output / "undated/story-03.html").exists()
    assert "undated/index.html" in leads_to(archive, "index.html")
    assert headlines(archive, "undated/2.html") == ["Story 10"]
    assert (archive.output / "tags/tide/undated/2.html").exists()
