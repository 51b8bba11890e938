"""A change of `tags.toml` reads no article again and gives the same site as a full build."""

from collections.abc import Iterator

import pytest

from conftest import Archive, same_as_from_nothing
from newsarchive.build.pool import Workers
from newsarchive.build.reading import ReadResult, ReadTask
from newsarchive.tagging.inference import Tagging
from stories import story, with_base_url

NORWAY = "The ship sailed to Norway. Norway was calm."


def lay_down(archive: Archive, text: str) -> None:
    """Write tags.toml."""
    (archive.directory / "tags.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources that builds read from now on."""
    names: list[str] = []
    read = Workers.read

    def noted(self: Workers, tasks: Iterator[ReadTask]) -> Iterator[ReadResult]:
        for result in read(self, tasks):
            names.append(result.file.name)
            yield result

    monkeypatch.setattr(Workers, "read", noted)
    return names


@pytest.fixture
def wire(archive: Archive) -> Archive:
    """An archive of articles with tags and without, built."""
    archive.configure(with_base_url())
    archive.write("norway.md", story("Norway", text=NORWAY))
    archive.write("mole.md", story("Harbour", text="The mole is shut. The mole leaks."))
    archive.write("mole-tagged.md", story("Stone", tags=["Works"], text="The mole. The mole."))
    archive.write("dprk.md", story("Launch", tags=["DPRK"]))
    archive.write("copy.md", story("Launch", tags=["DPRK"]))
    archive.write("ferry.md", story("Ferry", tags=["Ferry", "Works"]))
    archive.build()
    return archive


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # An alias of a stated tag: the article, its listings, and the old page.
        (
            '[[tag]]\nname = "North Korea"\naliases = ["DPRK"]\n',
            {
                *("2023/06/19/launch.html", "tags/north-korea/index.html", "tags/dprk/index.html"),
                *("tags/north-korea/feed.xml", "tags/dprk/feed.xml", "tags/index.html"),
                *("feed.xml", "feed.atom", "feed.json", "2023/06/feed.xml", "2023/06/feed.atom"),
                *("feeds.opml", "sitemap-pages-2.xml"),
                *("2023/06/articles.jsonl", "2023/articles.csv"),
                "index.html",  # which lists the largest tags
            },
        ),
        # A name in the text of an article without tags.
        (
            '[[tag]]\nname = "North Mole"\naliases = ["the mole"]\n',
            {
                *("2023/06/19/harbour.html", "tags/north-mole/index.html"),
                *("tags/north-mole/feed.xml", "tags/index.html", "index.html", "about.html"),
                *("feeds.opml", "sitemap-pages-2.xml"),
                *("2023/06/articles.jsonl", "archive.json"),
            },
        ),
        # A tag that no article states or mentions.
        ('[[tag]]\nname = "Volcanoes"\n', set()),
        # A place that is no longer inferred.
        (
            '[[tag]]\nname = "Norway"\ninferred = false\n',
            {
                *("2023/06/19/norway.html", "tags/norway/index.html", "tags/norway/feed.xml"),
                *("feeds.opml", "sitemap-pages-2.xml"),
                *("2023/06/articles.jsonl", "archive.json"),
                *("tags/index.html", "index.html", "about.html"),
            },
        ),
    ],
)
def test_a_changed_tags_toml_reads_nothing_and_rewrites_only_affected_files(
    wire: Archive, read: list[str], text: str, written: set[str]
) -> None:
    lay_down(wire, text)
    wire.build()
    assert read == []
    assert wire.rebuilt == written
    assert wire.build().written == 0
    assert same_as_from_nothing(wire)
    read.clear()
    (wire.directory / "tags.toml").unlink()
    wire.build()
    assert read == []
    assert same_as_from_nothing(wire)


@pytest.mark.parametrize(
    ("text", "looked_at"),
    [
        ('[[tag]]\nname = "North Mole"\naliases = ["the mole"]\n', {"Harbour"}),
        ('[[tag]]\nname = "Volcanoes"\n', set()),
        ('[[tag]]\nname = "Works"\ndescription = "Stone and mortar."\n', set()),
        ('[[tag]]\nname = "Ferries"\n', {"Ferry"}),
    ],
)
def test_only_articles_that_a_change_may_affect_are_searched(
    wire: Archive, monkeypatch: pytest.MonkeyPatch, text: str, looked_at: set[str]
) -> None:
    headlines: set[str] = set()
    inferred = Tagging.inferred

    def noted(
        self: Tagging, tags: tuple[str, ...], headline: str, body: str, language: str | None
    ) -> tuple[str, ...]:
        headlines.add(headline)
        return inferred(self, tags, headline, body, language)

    monkeypatch.setattr(Tagging, "inferred", noted)
    lay_down(wire, text)
    wire.build()
    assert headlines == looked_at


def test_a_merged_article_has_the_new_tags_when_it_is_published(
    wire: Archive, read: list[str]
) -> None:
    lay_down(wire, '[[tag]]\nname = "North Korea"\naliases = ["DPRK"]\n')
    wire.build()
    (wire.seeds / "copy.md").unlink()
    wire.build()
    assert read == [], "its copy was merged, and is published now"
    assert "1 article<" in wire.page("tags/north-korea/index.html")
    assert same_as_from_nothing(wire)


def test_articles_that_change_together_with_tags_toml_have_the_new_tags(wire: Archive) -> None:
    lay_down(wire, '[[tag]]\nname = "North Korea"\naliases = ["DPRK", "Launches"]\n')
    wire.write("dprk.md", story("Launch", tags=["Launches"]))
    wire.write("new.md", story("New", tags=["DPRK"]))
    wire.build()
    assert "3 articles<" in wire.page("tags/north-korea/index.html")
    assert same_as_from_nothing(wire)


@pytest.mark.parametrize("mode", ["untagged", "all"])
def test_a_renamed_place_is_found_by_all_the_words_for_it(archive: Archive, mode: str) -> None:
    archive.configure(with_base_url() + f'[tags]\ninfer = "{mode}"\n')
    archive.write("oslo.md", story("Talks", text="Oslo waited. Oslo agreed."))
    archive.write("stated.md", story("More talks", tags=["Norway"], text="Oslo. Oslo. Oslo."))
    archive.build()
    lay_down(archive, '[[tag]]\nname = "Kingdom of Norway"\naliases = ["Norway"]\n')
    archive.build()
    assert "2 articles<" in archive.page("tags/kingdom-of-norway/index.html")
    assert same_as_from_nothing(archive)
    lay_down(archive, '[[tag]]\nname = "Norway"\nhidden = true\n')
    archive.build()
    assert "Norway" not in archive.page("2023/06/19/talks.html")
    assert same_as_from_nothing(archive)


def test_the_next_build_repairs_a_build_interrupted_before_publishing(
    wire: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsarchive.build.publish import Publishing

    lay_down(wire, '[[tag]]\nname = "North Korea"\naliases = ["DPRK"]\n')
    with monkeypatch.context() as broken:
        broken.setattr(Publishing, "publish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            wire.build()
    wire.build()
    assert 'url=../../tags/north-korea/index.html"' in wire.page("tags/dprk/index.html")
    assert same_as_from_nothing(wire)


def test_an_article_that_two_changes_affect_follows_both(archive: Archive) -> None:
    tags = '[[tag]]\nname = "Ferries"\n'
    archive.write("a.md", story("A", "2020-01-01", ["Ferries", "Secret"]))
    archive.write("between.md", story("Between", "2021-01-01"))
    archive.write("b.md", story("B", "2022-01-01", ["Boat"]))
    lay_down(archive, f'{tags}aliases = ["Boat"]\n')
    archive.build()
    lay_down(archive, f'{tags}[[tag]]\nname = "Secret"\nhidden = true\n')
    archive.build()
    assert "Secret" not in archive.page("2020/01/01/a.html")
    assert same_as_from_nothing(archive)
