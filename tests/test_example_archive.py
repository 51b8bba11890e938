"""examples/harbour-gazette: an archive in both layouts, with the awkward cases of real ones."""

import re
import shutil
from pathlib import Path

import pytest

from conftest import REPOSITORY, Archive

EXAMPLE = REPOSITORY / "examples" / "harbour-gazette"


@pytest.fixture(scope="module")
def gazette(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive, built."""
    folder: Path = tmp_path_factory.mktemp("example") / "harbour-gazette"
    ignore = shutil.ignore_patterns("build", ".newsarchive")
    shutil.copytree(EXAMPLE, folder, ignore=ignore)
    archive = Archive(folder)
    ledger = archive.build()
    assert ledger.articles == 65
    assert (ledger.published, ledger.drafts, len(ledger.skipped)) == (64, 1, 0)
    assert not ledger.missing_files
    return archive


def test_two_articles_with_the_same_headline_and_day_each_get_a_page(gazette: Archive) -> None:
    pages = sorted(path.name for path in (gazette.output / "2022/02/08").glob("ferry-*.html"))
    assert len(pages) == 2
    assert pages[1] == "ferry-cancelled.html"
    assert re.fullmatch(r"ferry-cancelled-[0-9a-f]{6}\.html", pages[0])
    day = gazette.page("2022/02/08/index.html")
    assert all(page in day for page in pages)


def test_the_undated_article_is_listed_as_undated(gazette: Archive) -> None:
    (page,) = (path for path in (gazette.output / "undated").glob("*.html") if path.stem != "index")
    assert "<span>Undated</span>" in page.read_text()
    assert page.name in gazette.page("undated/index.html")
    assert 'href="undated/index.html"' in gazette.page("index.html")


def test_the_article_in_persian_runs_from_right_to_left(gazette: Archive) -> None:
    (path,) = gazette.seeds.glob("2022/2022-07-21*.md")
    assert "language: fa" in path.read_text(encoding="utf-8")
    (page,) = (
        path for path in (gazette.output / "2022/07/21").glob("*.html") if path.stem != "index"
    )
    text = page.read_text(encoding="utf-8")
    assert '<article dir="rtl">' in text
    assert '<h1 lang="fa">' in text
    assert not page.stem.isascii()  # the address keeps the letters of its language


def test_a_correction_shows_when_the_article_was_modified(gazette: Archive) -> None:
    pages = [
        path for path in (gazette.output / "2021/11/02").glob("*.html") if path.stem != "index"
    ]
    (corrected,) = (path.read_text() for path in pages if "Correction" in path.read_text())
    assert "Updated <time" in corrected


def test_images_are_copied_into_the_site(gazette: Archive) -> None:
    for name in ("images/lighthouse.png", "2021/harbour-map.png", "2023/tide-chart.svg"):
        assert (gazette.output / "media" / name).read_bytes() == (gazette.seeds / name).read_bytes()


def test_all_spellings_of_a_tag_are_one_tag(gazette: Archive) -> None:
    tags = gazette.page("tags/index.html")
    assert len(re.findall(r">ferry</bdi></a>", tags, re.IGNORECASE)) == 1
    assert re.search(r"ferry</bdi></a> <span class=\"count\">12 articles", tags, re.IGNORECASE)
