"""The repository is itself an archive: `newsarchive build` in its root publishes seeds/."""

import re
import shutil

from conftest import REPOSITORY, Archive

PAGE = (
    "2023/06/19/north-korea-vows-to-launch-another-surveillance-satellite-after-failed-attempt.html"
)


def test_the_seed_becomes_a_page_as_a_reader_expects(archive: Archive) -> None:
    shutil.copytree(REPOSITORY / "seeds", archive.seeds, dirs_exist_ok=True)
    ledger = archive.build()
    assert (ledger.sources, ledger.articles, ledger.published) == (1, 1, 1)
    assert not ledger.skipped and not ledger.warnings
    page = archive.page(PAGE)
    headline = "North Korea vows to launch another surveillance satellite after failed attempt"
    assert page.count(f"<h1>{headline}</h1>") == 1
    assert f"• {headline}" not in page
    assert '<time datetime="2023-06-19T09:39:00+00:00">' in page
    assert '<a href="../../../authors/me/index.html"><bdi>ME</bdi></a>' in page
    text = re.search(r'<div class="text">\n(.*?)\n</div>', page, re.DOTALL)
    assert text
    blocks = text[1].split("\n")
    assert [block for block in blocks if block.startswith("<h2>")] == [
        "<h2>Fighting US bid for global supremacy</h2>"
    ]
    assert len([block for block in blocks if block.startswith("<p>")]) == 10
    assert "the Workers’ Party of Korea" in page and "“the most serious”" in page
    assert "Tags</h2>" not in page


def test_the_seed_is_on_every_listing_that_it_belongs_to(archive: Archive) -> None:
    shutil.copytree(REPOSITORY / "seeds", archive.seeds, dirs_exist_ok=True)
    archive.build()
    for listing in ("index.html", "2023/index.html", "2023/06/index.html", "2023/06/19/index.html",
                    "authors/me/index.html", "feed.xml", "feed.atom", "feed.json",
                    "2023/06/feed.xml", "2023/06/feed.atom", "authors/me/feed.xml"):  # fmt: skip
        assert PAGE.rpartition("/")[2] in archive.page(listing), listing
    assert not (archive.output / "2023/06/19/feed.xml").exists()
