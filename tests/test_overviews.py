"""Overviews of the archive: histograms, calendars, this day through the years, gaps, and the
headlines for the search."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html

from conftest import EVERY_DAY, Archive, same_as_from_nothing
from newsarchive.model.periods import Period
from newsarchive.pages.charts import histogram
from stories import story, with_base_url

CALENDAR_DAYS = EVERY_DAY


def bars(archive: Archive, address: str) -> list[tuple[str, str]]:
    """The bars of a page's histogram: the link and the label of each."""
    page = html.fromstring(archive.page(address))
    return [
        (bar.get("href"), bar.findtext("title"))
        for bar in page.xpath('//*[@class="bars"]//*[local-name()="a"]')
    ]


def argument(archive: Archive, address: str, function: str) -> object:
    """The argument that a data file for the scripts passes to its function."""
    called = re.fullmatch(
        rf"/\* newsarchive \*/ newsarchive\.{function}\((.*)\);\n", archive.page(address), re.S
    )
    assert called, address
    return json.loads(called[1])


@pytest.fixture
def town(archive: Archive) -> Archive:
    """Two and a half years of a town, with a gap."""
    archive.configure(with_base_url())
    archive.write(
        "old.md", story("Old", "2021-06-19T08:00Z", ["Ferry", "Storm"], section="Harbour")
    )
    archive.write("older.md", story("Older", "2021-02-01", ["Ferry"]))
    for number in range(3):
        archive.write(f"{number}.md", story(f"No {number}", f"2023-06-19T1{number}:00Z", ["Ferry"]))
    archive.write("late.md", story("Late", "2023-08-30", ["Storm", "Ferry"], author="Ida"))
    archive.write("undated.md", "---\ntitle: Some day\n---\nText.\n")
    archive.build()
    return archive


def test_the_home_page_has_a_bar_for_each_month_that_links_to_it(town: Archive) -> None:
    assert bars(town, "index.html") == [
        ("2021/02/index.html", "February 2021: 1 article"),
        ("2021/06/index.html", "June 2021: 1 article"),
        ("2023/06/index.html", "June 2023: 3 articles"),
        ("2023/08/index.html", "August 2023: 1 article"),
    ]
    # From February 2021 to August 2023 there are 31 months.
    assert 'viewBox="0 0 310 100"' in town.page("index.html")


def test_an_archive_of_a_century_has_a_bar_for_each_year(archive: Archive) -> None:
    for year in (1905, 1950, 2010):
        archive.write(f"{year}.md", story(str(year), f"{year}-03-01"))
    archive.build()
    assert [said for _, said in bars(archive, "index.html")] == [
        *("1905: 1 article", "1950: 1 article", "2010: 1 article")
    ]


def test_the_home_page_lists_the_largest_tags_first(town: Archive) -> None:
    page = html.fromstring(town.page("index.html"))
    tags = page.xpath('//ul[@class="tags"]//a')
    assert [" ".join(tag.text_content().split()) for tag in tags] == [
        "Harbour 1",
        "Ferry 6",
        "Storm 2",
    ]


def test_a_year_has_twelve_calendars_with_the_number_of_articles_of_each_day(town: Archive) -> None:
    page = html.fromstring(town.page("2023/index.html"))
    months = page.xpath('//table[@class="calendar"]')
    assert len(months) == 12
    days = page.xpath('//table[@class="calendar"]//td/a')
    assert [(day.text, day.get("aria-label"), day.get("href")) for day in days] == [
        ("19", "June 19, 2023: 3 articles", "../2023/06/19/index.html"),
        ("30", "August 30, 2023: 1 article", "../2023/08/30/index.html"),
    ]
    assert [day.getparent().get("class") for day in days] == ["shade-3", "shade-1"]
    # A month has its days under the right day of the week: 1 June 2023 was a Thursday.
    first_week = months[5].xpath("./tbody/tr")[0]
    assert [cell.text_content() for cell in first_week] == ["", "", "", "", "1", "2", "3"]
    assert sum(len(month.xpath(".//td[text()] | .//td[a]")) for month in months) == 365


def test_a_month_lists_its_articles_by_day(town: Archive) -> None:
    page = html.fromstring(town.page("2023/06/index.html"))
    groups = page.xpath('//section[@class="group"]')
    assert [group.xpath("./h3/a")[0].text for group in groups] == ["Monday, June 19"]
    shown = [link.text for link in groups[0].xpath(".//h4/a")]
    assert shown == ["No 2", "No 1", "No 0"]


def test_each_day_of_the_calendar_has_a_page_of_all_years(town: Archive) -> None:
    pages = [name for name in town.site() if re.fullmatch(r"on-this-day/\d\d-\d\d\.html", name)]
    assert len(pages) == 366
    page = html.fromstring(town.page("on-this-day/06-19.html"))
    assert [year.text for year in page.xpath("//h2/a")] == ["2023", "2021"]
    assert [link.text for link in page.xpath("//h3/a")] == ["No 0", "No 1", "No 2", "Old"]
    assert "Nothing was published on this day" in town.page("on-this-day/02-29.html")
    assert 'href="../on-this-day/03-01.html"' in town.page("on-this-day/02-29.html")
    assert 'href="../on-this-day/01-01.html"' in town.page("on-this-day/12-31.html")
    assert "on-this-day/06-19.html" in town.page("2021/06/19/index.html")


def test_the_home_page_knows_which_days_of_the_calendar_have_a_file(town: Archive) -> None:
    home = html.fromstring(town.page("index.html"))
    (bits,) = home.xpath("//@data-today")
    told = {
        f"{month:02}-{day:02}"
        for month, number in enumerate(bits.split(), 1)
        for day in range(1, 32)
        if int(number, 16) >> (day - 1) & 1
    }
    files = {name[12:17] for name in town.site() if re.fullmatch(r"on-this-day/.*\.js", name)}
    assert told == files == {"02-01", "06-19", "08-30"}
    assert argument(town, "on-this-day/06-19.js", "onThisDay") == [
        [2023, "2023/06/19/no-0.html", "No 0"],
        [2021, "2021/06/19/old.html", "Old"],
    ]


def test_the_search_has_every_headline_once(town: Archive) -> None:
    years, has_undated = argument(town, "days.js", "days")  # type: ignore[misc]
    assert years == {"2021": "02010619", "2023": "06190830"}
    assert has_undated
    found = []
    for name in town.site():
        if name.endswith("/headlines.js"):
            folder, articles = argument(town, name, "headlines")  # type: ignore[misc]
            found += [(folder + address, headline) for address, headline in articles]
    assert len(found) == 7
    assert dict(found)["2023/08/30/late.html"] == "Late"
    assert dict(found)["undated/some-day.html"] == "Some day"
    assert all(address in town.site() for address, _ in found)


def test_a_hostile_headline_cannot_break_out_of_a_script(archive: Archive) -> None:
    archive.write("a.md", story('</script><script>alert(1)//\\", \\u2028', "2023-06-19"))
    archive.build()
    for name in ("2023/06/headlines.js", "on-this-day/06-19.js"):
        assert "<" not in archive.page(name)
        assert archive.page(name).count("\n") == 1


def test_the_about_page_has_the_numbers_and_the_gaps_of_the_archive(town: Archive) -> None:
    page = html.fromstring(town.page("about.html"))
    numbers = {
        line.findtext("dt"): line.find("dd").text_content() for line in page.xpath("//dl/div")
    }
    assert numbers == {
        "Articles": "7",
        "First article": "February 1, 2021",
        "Latest article": "August 30, 2023",
        "Days with articles": "4",
        "Months with articles": "4",
        "Undated": "1",
        "Tags": "2",
        "Sections": "1",
        "Authors": "1",
    }
    (gaps,) = page.xpath('//h2[text()="Gaps"]/following-sibling::ul[1]')
    assert [gap.text for gap in gaps] == [
        *("March 2021 to May 2021", "July 2021 to May 2023", "July 2023")
    ]


@pytest.mark.parametrize(
    ("formats", "sentences"),
    [
        (
            '["rss"]',
            "Follow new articles in a feed reader: RSS. "
            "The RSS feed goes back to the first article.",
        ),
        (
            '["rss", "atom", "json"]',
            "Follow new articles in a feed reader: RSS, Atom or JSON Feed. "
            "The RSS and Atom feeds go back to the first article.",
        ),
        ('["json"]', "Follow new articles in a feed reader: JSON Feed."),
    ],
)
def test_the_about_page_names_the_feeds_in_a_sentence(
    archive: Archive, formats: str, sentences: str
) -> None:
    archive.configure(f"{with_base_url()}[feeds]\nformats = {formats}\n")
    archive.write("a.md", story("A", "2023-06-19"))
    archive.build()
    page = html.fromstring(archive.page("about.html"))
    (heading,) = page.xpath('//h2[text()="Feeds, citations and data"]')
    assert " ".join(heading.getnext().text_content().split()) == sentences


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ((2018, 11), (2023, 12), [2019, 2020, 2021, 2022, 2023]),
        ((2018, 1), (2023, 1), [2018, 2019, 2020, 2021, 2022]),
        ((2018, 12), (2019, 1), [2018, 2019]),
        ((2018, 3), (2018, 4), [2018]),
    ],
)
def test_year_labels_of_a_histogram_do_not_touch(
    first: tuple[int, int], last: tuple[int, int], labels: list[int]
) -> None:
    chart = histogram([(Period(*first), 1), (Period(*last), 1)], lambda _: ("", ""), 240)
    assert chart
    assert [year.year for _, year in chart.years] == labels


def test_a_tag_page_has_its_first_and_last_day_and_related_topics(town: Archive) -> None:
    page = html.fromstring(town.page("tags/ferry/index.html"))
    facts = " ".join(page.xpath('//p[@class="facts"]')[0].text_content().split())
    assert facts.startswith("6 articles From February 1, 2021 to August 30, 2023")
    together = page.xpath('//h2[text()="Related topics"]/following-sibling::ul[1]/li')
    assert [" ".join(tag.text_content().split()) for tag in together] == ["Storm 2"]
    assert not bars(town, "tags/ferry/index.html"), "six articles need no histogram"


@pytest.mark.parametrize(
    ("years", "page_size", "leads_to"),
    [
        (1, 200, "#2011-01"),  # all on one page, which has them by month
        (3, 200, "#2011"),  # by year
        (3, 10, "tags/tide/2011/index.html#2011-01"),  # a page for each year
        (1, 10, "tags/tide/2011/01/index.html"),  # a page for each month
    ],
)
def test_the_bars_of_a_tag_link_to_its_articles(
    archive: Archive, years: int, page_size: int, leads_to: str
) -> None:
    archive.configure(with_base_url(page_size))
    for number in range(20 if years == 1 else 24):
        day = date(2011 + number % years, 1 + number % 2, 1 + number)
        archive.write(f"{number}.md", story(f"Tide {number}", day.isoformat(), ["Tide"]))
    archive.build()
    led = [href for href, _ in bars(archive, "tags/tide/index.html")]
    assert len(led) == 2 * years if years != 3 else len(led) == 6
    assert led[0].removeprefix("../../tags/tide/index.html").removeprefix("../../") == leads_to
    page, _, place = led[0].removeprefix("../../").partition("#")
    assert not place or f'id="{place}"' in archive.page(page)


def test_all_tags_are_listed_under_their_letters(archive: Archive) -> None:
    tags = ["zebra", "Élan", "elbow", "Äpfel", "2024", "#1", "Жук", "نان", "apple"]
    archive.write("a.md", story("A", "2023-06-19", [f"'{tag}'" for tag in tags]))
    archive.build()
    page = html.fromstring(archive.page("tags/index.html"))
    shown = {
        section.findtext("h2"): [link.text_content() for link in section.xpath(".//li/a")]
        for section in page.xpath('//section[@class="letter"]')
    }
    assert shown == {
        "0–9": ["1", "2024"],
        "A": ["Äpfel", "apple"],
        "E": ["Élan", "elbow"],
        "Z": ["zebra"],
        "Ж": ["Жук"],
        "ن": ["نان"],
    }


def test_overviews_follow_changes_of_articles_and_tags(town: Archive) -> None:
    day = date(2022, 6, 19)
    for number in range(12):
        when = (day + timedelta(60 * number)).isoformat()
        town.write(f"new {number}.md", story(f"New {number}", when, ["Ferry", "Storm", "Light"]))
    town.build()
    assert same_as_from_nothing(town)
    for number in range(12):
        (town.seeds / f"new {number}.md").unlink()
    town.write("tags.toml", "")
    (town.directory / "tags.toml").write_text('[[tag]]\nname = "Storm"\nhidden = true\n')
    town.build()
    assert same_as_from_nothing(town)
    assert "Related topics" not in town.page("tags/ferry/index.html")


def test_the_headlines_of_many_undated_articles_are_divided_into_parts(archive: Archive) -> None:
    archive.limits = replace(archive.limits, undated_headlines=3)
    for number in range(8):
        archive.write(f"{number}.md", f"---\ntitle: No {number}\n---\nText.\n")
    archive.build()
    assert argument(archive, "days.js", "days") == [{}, 3]
    last = argument(archive, "undated/headlines-3.js", "headlines")
    assert last == ["undated/", [["no-6.html", "No 6"], ["no-7.html", "No 7"]]]
    for number in range(5, 8):
        (archive.seeds / f"{number}.md").unlink()
    archive.build()
    assert not (archive.output / "undated/headlines-3.js").exists()
    assert same_as_from_nothing(archive)
