"""`newsarchive explain`: how one article was read, and where it is shown."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import REPOSITORY, Archive
from newsarchive.cli import main
from stories import story, with_base_url


def explained(directory: Path, path: str) -> str:
    """The output of the command, or its error."""
    return CliRunner().invoke(main, ["-C", str(directory), "explain", path]).output


@pytest.fixture
def wire(archive: Archive) -> Archive:
    """An archive of the seed article and two others, built."""
    archive.configure(with_base_url())
    (seed,) = (REPOSITORY / "seeds").iterdir()
    archive.write("seed.txt", seed.read_bytes())
    archive.write(
        "2023/06/20/mole.md",
        story("Mole", None, ["DPRK", "Wire", "Works"], author="Ida Berg", section="Town"),
    )
    archive.write("draft.md", story("Draft", draft="true"))
    (archive.directory / "tags.toml").write_text(
        '[[tag]]\nname = "North Korea"\naliases = ["DPRK"]\n[[tag]]\nname = "Wire"\nhidden = true\n'
    )
    archive.build()
    return archive


def test_each_field_is_shown_with_its_line(wire: Archive) -> None:
    said = explained(wire.directory, "seed.txt")
    for line in (
        "headline    line 1     North Korea vows to launch",
        "modified    line 2     (last modified Mon, 19 Jun 2023 09:39:40 GMT )",
        "published   line 3     Jun 19, 2023 09:39 UTC",
        "authors     line 28    ME",
        "tags        line 30    nothing below this line",
        "id          -          seed.txt (the name of its source)",
    ):
        assert f"\n  {line}" in said


def test_each_tag_is_shown_with_the_words_it_came_from(wire: Archive) -> None:
    said = explained(wire.directory, "seed.txt")
    assert "inferred: Russia: 0 in the headline, 4 in the text (Russia x2, Moscow x2)\n" in said
    assert (
        "not inferred: Ukraine: 0 in the headline, 1 in the text (Ukraine); the "
        "headline must name it, or the article 2 times\n" in said
    )


def test_front_matter_is_shown_with_its_keys(wire: Archive) -> None:
    said = explained(wire.directory, str(wire.seeds / "2023/06/20/mole.md"))
    for line in (
        "headline    line 2     title: Mole",
        "tags        line 3     tags: DPRK, Wire, Works",
        "authors     line 4     author: Ida Berg",
        "section     line 5     section: Town",
        "published   -          the path, 2023/06/20/mole.md",
        "2023-06-20T00:00:00+00:00 (day only, no time)",
        "stated: DPRK, merged into North Korea by tags.toml",
        "stated: Wire (hidden)",
        "stated: Works",
        "no tags were inferred: see [tags] infer in newsarchive.toml",
    ):
        assert f"\n  {line}" in said


def test_the_address_and_every_output_of_an_article_are_shown(wire: Archive) -> None:
    said = explained(wire.directory, "2023/06/20/mole.html")
    outputs = said.partition("\nShown in\n")[2]
    told = {line.split(":")[0].strip() for line in outputs.splitlines()}
    before = wire.site()
    wire.write("2023/06/20/mole.md", story("Mole", None, text="Other words."))
    wire.build()
    changed = {address for address, page in wire.site().items() if before.get(address) != page}
    assert changed <= told
    assert {"2023/06/20/mole.html", "tags/works/index.html", "feed.xml"} <= told
    assert not any(address.startswith(("tags/russia/", "authors/me/")) for address in told)


def test_redirects_to_an_article_are_shown(wire: Archive) -> None:
    wire.write("2023/06/20/mole.md", story("North mole", None))
    wire.build()
    said = explained(wire.directory, "2023/06/20/mole.md")
    assert "  2023/06/20/north-mole.html (id 2023/06/20/mole.md)\n" in said
    assert "  2023/06/20/mole.html redirects to this page\n" in said


def test_an_unpublished_article_is_shown_with_the_reason(wire: Archive) -> None:
    assert "\nPublished\n  no: a draft\n" in explained(wire.directory, "draft.md")
    wire.write("new.md", story("New"))
    assert "\n  not yet: run newsarchive build\n" in explained(wire.directory, "new.md")
    wire.write("copy.txt", (wire.seeds / "seed.txt").read_bytes())
    wire.build()
    said = explained(wire.directory, "seed.txt")
    assert "no: merged with another article of the same content" in said


def test_a_skipped_article_is_shown_with_the_reason(wire: Archive) -> None:
    wire.write("bad.md", "---\ntitle: [\n---\nText.\n")
    said = explained(wire.directory, "bad.md")
    assert "bad.md: 0 articles\n" in said
    assert "skipped: " in said
    assert "bad.md:3: the front matter is not YAML" in said


def test_a_file_that_changed_after_the_last_build_is_marked(wire: Archive) -> None:
    wire.write("draft.md", story("Draft of old"))
    assert "this file changed after the last build" in explained(wire.directory, "draft.md")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.md", "nowhere.md: no such source in "),
        ("picture.png", "picture.png: not an article: newsarchive reads files that end in .md"),
        ("../tags.toml", "no such source in "),
    ],
)
def test_a_path_that_is_no_article_gives_a_message(wire: Archive, path: str, message: str) -> None:
    wire.write("picture.png", b"a picture")
    assert message in explained(wire.directory, path)
