"""Rebuilding: only changed files are written, and the site equals that of a full build."""

import os

import pytest

from conftest import USUAL_DAYS, Archive, same_as_from_nothing
from newsarchive.build.worker import Job, JobResult, Worker
from newsarchive.model.problems import ArchiveError, ConfigError
from stories import story, with_base_url

CALENDAR_DAYS = USUAL_DAYS | {"06-07", "08-03"}

DATA_OF_JUNE = ("2023/06/articles.jsonl", "2023/articles.csv")
OF_ALL = ("feed.xml", "feed.atom", "feed.json")
"""The feeds of all articles."""


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


def test_a_second_build_writes_nothing(gazette: Archive) -> None:
    before = {path: path.stat().st_mtime_ns for path in gazette.output.rglob("*")}
    ledger = gazette.build()
    assert (ledger.written, ledger.removed) == (0, 0)
    assert ledger.unchanged == len(gazette.site()) - 1  # the folder's marker is no output
    assert {path: path.stat().st_mtime_ns for path in gazette.output.rglob("*")} == before


def test_a_touched_file_writes_nothing(gazette: Archive) -> None:
    for path in gazette.seeds.iterdir():
        os.utime(path, ns=(1, 1))
    ledger = gazette.build()
    assert (ledger.written, ledger.removed) == (0, 0)


def test_a_new_article_writes_its_page_its_neighbours_and_what_it_is_listed_in(
    gazette: Archive,
) -> None:
    gazette.write("buoy.md", story("Buoy", "2023-06-19T12:00Z", ["Harbour"]))
    gazette.build()
    assert gazette.rebuilt == {
        "2023/06/19/buoy.html",
        *("2023/06/19/regatta.html", "2023/06/19/tide.html"),
        *("2023/06/19/index.html", "2023/06/index.html", "2023/index.html", "index.html"),
        *("2023/06/feed.xml", "2023/06/feed.atom", *OF_ALL),
        *("tags/harbour/index.html", "tags/harbour/feed.xml", "tags/index.html"),
        *("on-this-day/06-19.html", "2023/06/headlines.js", "about.html"),
        *("2023/06/sitemap.xml", *DATA_OF_JUNE, "archive.json"),
        "2023/08/02/light.html",  # which shows it as earlier coverage of the harbour
    }
    assert same_as_from_nothing(gazette)


def test_a_new_day_is_linked_from_the_days_beside_it(gazette: Archive) -> None:
    gazette.write("buoy.md", story("Buoy", "2023-06-07T12:00Z"))
    gazette.build()
    assert gazette.rebuilt == {
        "2023/06/07/buoy.html",
        *("2023/06/01/north-mole.html", "2023/06/19/regatta.html"),
        *("2023/06/01/index.html", "2023/06/07/index.html", "2023/06/19/index.html"),
        *("2023/06/index.html", "2023/index.html", "index.html"),
        *("2023/06/feed.xml", "2023/06/feed.atom", *OF_ALL),
        *("on-this-day/06-07.html", "on-this-day/06-07.js", "2023/06/headlines.js"),
        *("about.html", "days.js"),
        *("2023/06/sitemap.xml", *DATA_OF_JUNE, "archive.json"),
    }
    assert same_as_from_nothing(gazette)


def test_a_changed_text_rewrites_its_page_and_its_feeds(gazette: Archive) -> None:
    gazette.write(
        "regatta.md",
        story(
            "Regatta", "2023-06-19T10:00Z", ["Sport"], "The story.\n\nMore of it.", section="Town"
        ),
    )
    gazette.build()
    assert gazette.rebuilt == {
        "2023/06/19/regatta.html",
        *("2023/06/feed.xml", "2023/06/feed.atom", *OF_ALL, *DATA_OF_JUNE),
    }, "the feeds of its tag and section hold summaries, and that is as it was"
    assert same_as_from_nothing(gazette)


def test_a_changed_headline_moves_the_page_and_rewrites_the_pages_that_name_it(
    gazette: Archive,
) -> None:
    gazette.write("regatta.md", story("Race", "2023-06-19T10:00Z", ["Sport"], section="Town"))
    gazette.build()
    assert gazette.rebuilt == {
        *("2023/06/19/regatta.html", "2023/06/19/race.html"),
        *("2023/06/01/north-mole.html", "2023/06/19/tide.html"),
        *("2023/06/19/index.html", "2023/06/index.html", "2023/index.html", "index.html"),
        *("2023/06/feed.xml", "2023/06/feed.atom", *OF_ALL),
        *("tags/sport/index.html", "tags/sport/feed.xml"),
        *("sections/town/index.html", "sections/town/feed.xml"),
        *("on-this-day/06-19.html", "on-this-day/06-19.js", "2023/06/headlines.js"),
        *DATA_OF_JUNE,
        "2023/06/sitemap.xml",
    }
    assert same_as_from_nothing(gazette)


def test_a_removed_article_removes_its_empty_listings(gazette: Archive) -> None:
    (gazette.seeds / "ferry.md").unlink()
    gazette.build()
    assert gazette.rebuilt == {
        *("2022/12/31/ferry.html", "2022/12/31/index.html", "2022/12/index.html"),
        *("2022/12/feed.xml", "2022/12/feed.atom", "2022/index.html"),
        *("tags/ferries/index.html", "tags/ferries/feed.xml", "tags/index.html"),
        # Its neighbours:
        *("2023/06/01/north-mole.html", "2023/06/01/index.html", "2023/06/index.html"),
        *("2023/index.html", "index.html", *OF_ALL, "feeds.opml"),
        # The first document of the feed history now has no earlier one.
        *("2023/06/feed.xml", "2023/06/feed.atom"),
        # Pages that show the archive as a whole, and the day of the calendar:
        *("about.html", "days.js", "2022/12/headlines.js", "archive.json"),
        *("2022/12/articles.jsonl", "2022/articles.csv"),
        *("on-this-day/12-31.html", "on-this-day/12-31.js"),
        # The sitemaps that listed it, its year and its tag:
        *("2022/12/sitemap.xml", "sitemap.xml", "sitemap-pages.xml", "sitemap-pages-2.xml"),
    }
    assert {name for name in gazette.site() if name.startswith(("2022", "tags/ferries"))} == {
        *("2022/12/31/ferry.html", "tags/ferries/index.html")
    }, "one says that it was withdrawn, the other leads to all tags"
    assert same_as_from_nothing(gazette)


def test_a_changed_date_moves_the_article_to_the_new_day(gazette: Archive) -> None:
    gazette.write("tide.md", story("Tide", "2023-08-02T08:00Z", ["Harbour"]))
    gazette.build()
    assert gazette.rebuilt == {
        *("2023/06/19/tide.html", "2023/08/02/tide.html"),
        *("2023/06/19/regatta.html", "2023/08/02/light.html"),
        *("2023/06/19/index.html", "2023/06/index.html", "2023/06/feed.xml", "2023/06/feed.atom"),
        *("2023/08/02/index.html", "2023/08/index.html", "2023/08/feed.xml", "2023/08/feed.atom"),
        *("2023/index.html", "index.html", *OF_ALL),
        *("tags/harbour/index.html", "tags/harbour/feed.xml"),
        *("2023/06/headlines.js", "2023/08/headlines.js", "about.html", "archive.json"),
        *(*DATA_OF_JUNE, "2023/08/articles.jsonl"),
        *("on-this-day/06-19.html", "on-this-day/08-02.html", "on-this-day/08-02.js"),
        *("2023/06/sitemap.xml", "2023/08/sitemap.xml", "sitemap.xml"),
    }
    assert same_as_from_nothing(gazette)


def test_an_article_that_becomes_a_draft_is_no_longer_published(gazette: Archive) -> None:
    gazette.write("ferry.md", story("Ferry", "2022-12-31T10:00Z", ["Ferries"], draft="true"))
    ledger = gazette.build()
    assert (ledger.published, ledger.drafts) == (4, 1)
    assert "Ferry" not in gazette.page("2022/12/31/ferry.html")
    assert not (gazette.output / "2022/index.html").exists()
    assert same_as_from_nothing(gazette)


def test_a_tag_changes_to_its_commonest_spelling_on_every_page_at_once(gazette: Archive) -> None:
    assert "<h1><bdi>Harbour</bdi></h1>" in gazette.page("tags/harbour/index.html")
    for number in range(2):
        gazette.write(f"{number}.md", story(f"No {number}", "2023-08-03", ["harbour"]))
    gazette.build()
    assert "<h1><bdi>harbour</bdi></h1>" in gazette.page("tags/harbour/index.html")
    assert {"2023/06/01/north-mole.html", "2023/06/19/tide.html"} <= gazette.rebuilt
    assert ">harbour</bdi></a>" in gazette.page("2023/06/01/north-mole.html")
    assert same_as_from_nothing(gazette)


def test_a_changed_title_of_the_archive_is_on_every_page(gazette: Archive) -> None:
    gazette.configure(with_base_url().replace("Gazette", "Herald"))
    gazette.build()
    outputs = {name for name in gazette.site() if not name.endswith((".js", ".css", ".svg"))}
    assert gazette.rebuilt == {
        name
        for name in outputs
        if "sitemap" not in name and not name.endswith((".jsonl", ".csv", ".txt", ".newsarchive"))
    }
    assert same_as_from_nothing(gazette)


def test_a_changed_number_of_entries_rewrites_only_feeds(gazette: Archive) -> None:
    gazette.configure(with_base_url() + "[feeds]\nentries = 2\n")
    gazette.build()
    assert gazette.rebuilt == {*OF_ALL, "tags/harbour/feed.xml"}
    assert same_as_from_nothing(gazette)


def test_another_time_zone_moves_articles_to_their_day_in_it(gazette: Archive) -> None:
    gazette.configure(with_base_url().replace("[build]", 'timezone = "Asia/Tokyo"\n[build]'))
    gazette.build()
    assert (gazette.output / "2023/06/20/tide.html").exists()
    assert "2023/06/20/tide.html" in gazette.page("2023/06/19/tide.html")
    assert same_as_from_nothing(gazette)


def test_a_changed_template_rewrites_only_its_pages(gazette: Archive) -> None:
    template = gazette.directory / "templates" / "index.html"
    template.parent.mkdir()
    template.write_text('{% extends "base.html" %}{% block content %}<p>Mine</p>{% endblock %}')
    gazette.build()
    assert gazette.rebuilt == {"tags/index.html", "authors/index.html", "sections/index.html"}
    assert "<p>Mine</p>" in gazette.page("tags/index.html")
    assert same_as_from_nothing(gazette)


def test_only_pages_that_can_differ_are_rendered(
    gazette: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    publish = Worker.publish

    def noting(self: Worker, job: Job) -> JobResult:
        rendered.append(job.planned.address)
        return publish(self, job)

    monkeypatch.setattr(Worker, "publish", noting)
    gazette.build()
    assert rendered == []

    template = gazette.directory / "templates" / "article.html"
    template.parent.mkdir()
    template.write_text("{{ page.headline }}\n")
    gazette.build()
    assert sorted(rendered) == [
        "2022/12/31/ferry.html",
        "2023/06/01/north-mole.html",
        "2023/06/19/regatta.html",
        "2023/06/19/tide.html",
        "2023/08/02/light.html",
    ]

    rendered.clear()
    gazette.write("tide.md", story("Tide", "2023-06-19T18:00Z", ["Harbour"], "Another text."))
    gazette.build()
    # Pages that show the article or its neighbours: another text may give another summary.
    assert gazette.rebuilt <= set(rendered)
    assert "2022/12/31/ferry.html" not in rendered
    assert len(rendered) == len(set(rendered)) < 30


def test_a_mistake_in_a_template_stops_the_build_and_leaves_the_site_unchanged(
    gazette: Archive,
) -> None:
    before = gazette.site()
    template = gazette.directory / "templates" / "article.html"
    template.parent.mkdir()
    template.write_text("{{ page.headlin }}")
    with pytest.raises(ArchiveError, match="headlin"):
        gazette.build()
    assert gazette.site() == before


def test_an_image_added_later_is_shown_in_its_article(gazette: Archive) -> None:
    text = "![A boat](boat.png)"
    gazette.write("regatta.md", story("Regatta", "2023-06-19T10:00Z", ["Sport"], text))
    gazette.build()
    assert "A boat" in gazette.page("2023/06/19/regatta.html")
    assert "<img" not in gazette.page("2023/06/19/regatta.html")

    gazette.write("boat.png", "a picture")
    gazette.build()
    feeds = {*OF_ALL, "2023/06/feed.xml", "2023/06/feed.atom", "2023/06/articles.jsonl"}
    assert gazette.rebuilt == {"media/boat.png", "2023/06/19/regatta.html", *feeds}
    assert 'src="../../../media/boat.png"' in gazette.page("2023/06/19/regatta.html")
    assert same_as_from_nothing(gazette)

    gazette.write("boat.png", "another picture")
    gazette.build()
    assert gazette.rebuilt == {"media/boat.png"}
    assert gazette.page("media/boat.png") == "another picture"

    (gazette.seeds / "boat.png").unlink()
    gazette.build()
    assert gazette.rebuilt == {"media/boat.png", "2023/06/19/regatta.html", *feeds}
    assert not (gazette.output / "media").exists()
    assert same_as_from_nothing(gazette)


def test_an_output_folder_with_other_files_is_refused(archive: Archive) -> None:
    archive.write("tide.md", story("Tide"))
    archive.output.mkdir()
    (archive.output / "thesis.txt").write_text("years of work")
    with pytest.raises(ConfigError, match="this folder holds files that newsarchive did not make"):
        archive.build()
    assert os.listdir(archive.output) == ["thesis.txt"]


def test_an_empty_output_folder_is_accepted(archive: Archive) -> None:
    archive.output.mkdir()
    archive.write("tide.md", story("Tide"))
    assert archive.build().published == 1


def test_one_job_and_four_give_the_same_bytes(archive: Archive) -> None:
    archive.configure(with_base_url())
    tags = ["Harbour", "harbour", "Sport", "Ferries", "Light"]
    for number in range(330):
        day, tag = f"2023-{number % 12 + 1:02}-{number % 7 + 1:02}", tags[number % len(tags)]
        archive.write(f"{number}.md", story(f"Story {number // 2}", day, [tag], f"No {number}."))
    ledger = archive.build(jobs=4)
    assert ledger.published == 330
    archive.build(output="alone", jobs=1)
    assert archive.site() == archive.site("alone")
    assert archive.build(jobs=4).written == 0
