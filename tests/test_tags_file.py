"""`tags.toml`: the names of tags, and its mistakes."""

import pytest

from conftest import Archive, same_as_from_nothing
from newsarchive.model.problems import ConfigError
from stories import story, with_base_url

KOREA = """\
[[tag]]
name = "North Korea"
aliases = ["DPRK", "N. Korea"]
"""


@pytest.fixture
def wire(archive: Archive) -> Archive:
    """An archive with settings, and no articles."""
    archive.configure(with_base_url())
    return archive


def lay_down(archive: Archive, text: str) -> None:
    """Write tags.toml."""
    (archive.directory / "tags.toml").write_text(text, encoding="utf-8")


def tags_of(archive: Archive, address: str) -> str:
    """The part of an article's page with its tags."""
    return archive.page(address).partition('<footer class="about">')[2].partition("</footer>")[0]


@pytest.mark.parametrize(
    "spelling",
    [
        *("North Korea", "NORTH KOREA", "north korea", "DPRK", "dprk", "N. Korea", "north-korea"),
        *("#NorthKorea", "NorthKorea", "north_korea", "North  Korea", "Nórth Koréa", "NorthKoreas"),
    ],
)
def test_every_spelling_leads_to_one_tag(wire: Archive, spelling: str) -> None:
    lay_down(wire, KOREA)
    wire.write("launch.md", story("Launch", tags=[f'"{spelling}"']))
    wire.build()
    assert 'tags/north-korea/index.html"><bdi>North Korea</bdi>' in tags_of(
        wire, "2023/06/19/launch.html"
    )
    assert [path.name for path in (wire.output / "tags").iterdir() if path.is_dir()] == [
        "north-korea"
    ]


@pytest.mark.parametrize(
    ("laid_down", "stated"),
    [
        ("Ferries", "Ferry"),
        ("Ferry", "ferries"),
        ("Box", "Boxes"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
    ],
)
def test_singular_plural_and_accents_are_one_tag(
    wire: Archive, laid_down: str, stated: str
) -> None:
    lay_down(wire, f'[[tag]]\nname = "{laid_down}"\n')
    wire.write("sail.md", story("Sail", tags=[f'"{stated}"']))
    wire.build()
    assert f"<bdi>{laid_down}</bdi>" in tags_of(wire, "2023/06/19/sail.html")


@pytest.mark.parametrize(
    ("laid_down", "stated"),
    [
        ("C++", "C#"),
        ("Gas", "GA"),
        ("Ship", "Shipes"),
        ("News", "New"),
        ("Customs", "Custom"),
        ("हिन्दी", "हिनदी"),
    ],
)
def test_other_words_are_other_tags(wire: Archive, laid_down: str, stated: str) -> None:
    lay_down(wire, f'[[tag]]\nname = "{laid_down}"\n')
    wire.write("other.md", story("Other", tags=[f'"{stated}"']))
    wire.build()
    assert f"<bdi>{stated.lstrip('#')}</bdi>" in tags_of(wire, "2023/06/19/other.html")


def test_an_article_with_two_names_of_a_tag_has_the_tag_once(wire: Archive) -> None:
    lay_down(wire, KOREA)
    wire.write("launch.md", story("Launch", tags=["DPRK", "North Korea"]))
    wire.build()
    assert tags_of(wire, "2023/06/19/launch.html").count("<bdi>North Korea</bdi>") == 1
    assert "1 article" in wire.page("tags/north-korea/index.html")
    assert same_as_from_nothing(wire)


def test_a_tag_is_shown_as_in_tags_toml_however_articles_spell_it(wire: Archive) -> None:
    for number in range(3):
        wire.write(f"{number}.md", story(f"Story {number}", tags=["kde"]))
    lay_down(wire, '[[tag]]\nname = "KDE"\n')
    wire.build()
    assert "<bdi>KDE</bdi>" in wire.page("tags/index.html")
    lay_down(wire, '[[tag]]\nname = "Kde"\n')
    wire.build()
    assert "<bdi>Kde</bdi>" in wire.page("tags/index.html")
    assert "<bdi>Kde</bdi>" in wire.page("2023/06/19/story-1.html")
    assert same_as_from_nothing(wire)


def test_renaming_a_tag_moves_its_page_and_leaves_a_redirect(wire: Archive) -> None:
    wire.write("launch.md", story("Launch", tags=["North Korea"]))
    wire.write("talks.md", story("Talks", tags=["DPRK"]))
    lay_down(wire, KOREA)
    wire.build()
    lay_down(wire, '[[tag]]\nname = "Korea, North"\naliases = ["DPRK", "North Korea"]\n')
    wire.build()
    assert "2 articles" in wire.page("tags/korea-north/index.html")
    assert 'url=../../tags/korea-north/index.html"' in wire.page("tags/north-korea/index.html")
    assert "tags/north-korea/index.html,tag,north korea" in (
        wire.directory / "redirects.csv"
    ).read_text("utf-8")
    assert same_as_from_nothing(wire)
    lay_down(wire, KOREA)
    wire.build()
    assert "2 articles" in wire.page("tags/north-korea/index.html")
    assert 'url=../../tags/north-korea/index.html"' in wire.page("tags/korea-north/index.html")
    assert same_as_from_nothing(wire)


def test_a_name_that_no_article_states_need_not_become_an_alias(wire: Archive) -> None:
    wire.write("talks.md", story("Talks", tags=["DPRK"]))
    lay_down(wire, '[[tag]]\nname = "Korea, North"\naliases = ["DPRK"]\n')
    wire.build()
    lay_down(wire, KOREA)
    wire.build()
    assert 'url=../../tags/north-korea/index.html"' in wire.page("tags/korea-north/index.html")
    assert same_as_from_nothing(wire)
    lay_down(wire, '[[tag]]\nname = "The North"\naliases = ["DPRK"]\n')
    wire.build()
    for old in ("korea-north", "north-korea"):
        assert 'url=../../tags/the-north/index.html"' in wire.page(f"tags/{old}/index.html")
    assert same_as_from_nothing(wire)


def test_a_tag_that_becomes_an_alias_redirects_to_its_tag(wire: Archive) -> None:
    wire.write("launch.md", story("Launch", tags=["North Korea"]))
    wire.write("talks.md", story("Talks", tags=["DPRK"]))
    wire.build()
    assert "1 article" in wire.page("tags/dprk/index.html")
    lay_down(wire, KOREA)
    wire.build()
    assert 'url=../../tags/north-korea/index.html"' in wire.page("tags/dprk/index.html")
    (wire.directory / "tags.toml").unlink()
    wire.build()
    assert "1 article" in wire.page("tags/dprk/index.html")
    assert same_as_from_nothing(wire)


def test_a_new_name_without_the_old_one_as_an_alias_gives_a_notice(wire: Archive) -> None:
    wire.write("launch.md", story("Launch", tags=["North Korea"]))
    lay_down(wire, KOREA)
    wire.build()
    lay_down(wire, '[[tag]]\nname = "Korea, North"\naliases = ["DPRK"]\n')
    wire.build()
    (notice,) = wire.notices
    assert "tags.toml:1: articles still use the tag North Korea" in notice
    assert "if Korea, North is its new name, add North Korea to the aliases" in notice


def test_a_hidden_tag_is_shown_nowhere(wire: Archive) -> None:
    wire.write("launch.md", story("Launch", tags=["Launches", "wire copy"]))
    wire.build()
    lay_down(wire, '[[tag]]\nname = "Wire copy"\nhidden = true\n')
    wire.build()
    assert "wire copy" not in tags_of(wire, "2023/06/19/launch.html").lower()
    assert "wire copy" not in wire.page("tags/index.html").lower()
    assert "wire copy" not in wire.page("feed.xml").lower()
    assert "url=../../tags/index.html" in wire.page("tags/wire-copy/index.html")
    assert same_as_from_nothing(wire)
    lay_down(wire, '[[tag]]\nname = "Wire copy"\n')
    wire.build()
    assert "1 article" in wire.page("tags/wire-copy/index.html")
    assert same_as_from_nothing(wire)


def test_a_tag_page_has_its_description_and_see_also_links(wire: Archive) -> None:
    wire.write("launch.md", story("Launch", tags=["North Korea"]))
    wire.write("visit.md", story("Visit", tags=["Kim Jong-un"]))
    lay_down(
        wire,
        KOREA + 'see_also = ["Kim Jong-un", "Rockets"]\n'
        'description = "The northern half of the <peninsula>."\n',
    )
    wire.build()
    page = wire.page("tags/north-korea/index.html")
    assert (
        '<p class="standfirst" dir="auto">The northern half of the &lt;peninsula&gt;.</p>' in page
    )
    assert '<a href="../../tags/kim-jong-un/index.html"><bdi>Kim Jong-un</bdi></a>' in page
    assert "Rockets" not in page
    assert any(
        "see_also of North Korea names Rockets, which has no page" in it for it in wire.notices
    )
    wire.write("rocket.md", story("Rocket", tags=["Rockets"]))
    wire.build()
    assert "<bdi>Rockets</bdi>" in wire.page("tags/north-korea/index.html")
    assert same_as_from_nothing(wire)
    (wire.seeds / "visit.md").unlink()
    wire.build()
    assert "Kim" not in wire.page("tags/north-korea/index.html")
    assert same_as_from_nothing(wire)


def test_a_changed_description_rewrites_one_page(wire: Archive) -> None:
    for number in range(5):
        wire.write(f"{number}.md", story(f"Story {number}", tags=["North Korea", "Launches"]))
    lay_down(wire, KOREA)
    wire.build()
    lay_down(wire, KOREA + 'description = "North of the 38th parallel."\n')
    wire.build()
    assert wire.rebuilt == {"tags/north-korea/index.html"}


def test_lines_that_move_in_the_file_rewrite_nothing(wire: Archive) -> None:
    wire.write("launch.md", story("Launch", tags=["North Korea"]))
    lay_down(wire, KOREA)
    wire.build()
    lay_down(wire, "# Places\n\n" + KOREA)
    assert wire.build().written == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[tag]]\nname = "A"\nalias = ["B"]\n',
            "3: a tag has no alias; did you mean",
        ),
        ('[[tag]]\nname = "A"\nzzz = 1\n', "3: a tag has no zzz; a tag has name,"),
        ('[[tag]]\naliases = ["B"]\n', "1: the tag has no name; name takes a text"),
        ('[[tag]]\nname = ""\n', "2: name is empty"),
        ("[[tag]]\nname = 3\n", "2: name takes a text: the tag as pages show it"),
        (
            '[[tag]]\nname = "A"\naliases = "B"\n',
            "3: aliases takes a list of texts: its other names",
        ),
        ('[[tag]]\nname = "A"\naliases = [1]\n', "3: aliases takes a list of texts"),
        ('[[tag]]\nname = "A"\naliases = [""]\n', "3: aliases is empty or has an empty text"),
        ('[[tag]]\nname = "A"\nhidden = "no"\n', "3: hidden takes true or false"),
        ('[[tag]]\nname = "A"\ninferred = 1\n', "3: inferred takes true or false"),
        ('[[tag]]\nname = "A\\u0000"\n', "2: name has a control character"),
        ('# x\n[tag]\nname = "A"\n', "2: every tag is a table of its own; begin it with [[tag]]"),
        ('\n[tag.x]\nname = "A"\n', "2: every tag is a table of its own"),
        ("x = " + "[" * 3000, "the file cannot be read as TOML"),
        ('\n[[tags]]\nname = "A"\n', "2: tags is outside of a tag; begin every tag with [[tag]]"),
        ('name = "A"\n', "1: name is outside of a tag; begin every tag with [[tag]]"),
        ('[[tag]]\nname = "A"\nname = "B"\n', "3: the file is not TOML: Cannot overwrite a value"),
        ('[[tag]]\nname = "A\n', "2: the file is not TOML: Illegal character"),
        (
            '[[tag]]\nname = "A"\n\n[[tag]]\nname = "B"\naliases = [\n  "C",\n  "a",\n]\n',
            '8: "a" is a name of A already, the tag in line 1; remove it from one of the two',
        ),
        ('[[tag]]\nname = "A"\n[[tag]]\nname = "a"\n', '4: "a" is a name of A already'),
        (
            '[[tag]]\nname = "A"\ndescription = """\n[[tag]]\n"""\n[[tag]]\nnam = "B"\n',
            "7: a tag has no nam; did you mean name?",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_line(wire: Archive, text: str, message: str) -> None:
    wire.write("launch.md", story("Launch"))
    lay_down(wire, text)
    with pytest.raises(ConfigError) as error:
        wire.build()
    told = str(error.value).removeprefix(f"{wire.directory / 'tags.toml'}:").strip()
    assert told.startswith(message)
    assert not wire.output.exists()


def test_a_file_that_cannot_be_read_stops_the_build(wire: Archive) -> None:
    wire.write("launch.md", story("Launch"))
    (wire.directory / "tags.toml").mkdir()
    with pytest.raises(ConfigError, match=r"tags\.toml: cannot be read: Is a directory"):
        wire.build()
    (wire.directory / "tags.toml").rmdir()
    (wire.directory / "tags.toml").write_bytes(b'[[tag]]\nname = "Caf\xe9"\n')
    with pytest.raises(ConfigError, match=r"tags\.toml: the file is not UTF-8; save it as UTF-8"):
        wire.build()


def test_the_report_cannot_overwrite_tags_toml(wire: Archive) -> None:
    from newsarchive import config
    from newsarchive.commands.reporter import check_report

    with pytest.raises(ConfigError, match="cannot be written into"):
        check_report(wire.directory / "tags.toml", config.load(wire.directory))


def test_a_redirect_through_an_alias_follows_its_tag(wire: Archive) -> None:
    wire.write("talks.md", story("Talks", tags=["DPRK"]))
    wire.write("other.md", story("Other"))
    wire.build()
    lay_down(wire, KOREA)
    wire.build()
    (wire.seeds / "talks.md").unlink()
    wire.build()
    assert 'url=../../tags/index.html"' in wire.page("tags/dprk/index.html")
    assert same_as_from_nothing(wire)


def test_a_see_also_link_to_an_alias_follows_its_tag(wire: Archive) -> None:
    wire.write("rocket.md", story("Rocket", tags=["Rockets"]))
    wire.write("talks.md", story("Talks", tags=["DPRK"]))
    rockets = '[[tag]]\nname = "Rockets"\nsee_also = ["DPRK"]\n'
    lay_down(wire, rockets)
    wire.build()
    assert "<bdi>DPRK</bdi>" in wire.page("tags/rockets/index.html")
    lay_down(wire, rockets + KOREA)
    wire.build()
    assert "<bdi>North Korea</bdi>" in wire.page("tags/rockets/index.html")
    assert same_as_from_nothing(wire)


def test_two_tags_that_differ_by_an_accent_are_told_apart_by_their_own_names(
    wire: Archive,
) -> None:
    lay_down(wire, '[[tag]]\nname = "Résumé"\n[[tag]]\nname = "Resume"\n')
    wire.write("one.md", story("One", tags=["résumé"]))
    wire.write("two.md", story("Two", tags=["resume"]))
    wire.write("three.md", story("Three", tags=["re-sume"]))
    wire.build()
    for address, tag in (("one", "Résumé"), ("two", "Resume"), ("three", "re-sume")):
        assert f"<bdi>{tag}</bdi>" in tags_of(wire, f"2023/06/19/{address}.html")


def test_the_order_of_the_tables_makes_no_difference(wire: Archive) -> None:
    wire.write("job.md", story("Job", text="The Resume. The Resume."))
    tables = ['[[tag]]\nname = "Résumé"\n', '[[tag]]\nname = "Resume"\n']
    lay_down(wire, "".join(tables))
    wire.build()
    lay_down(wire, "".join(reversed(tables)))
    assert wire.build().written == 0
    assert same_as_from_nothing(wire)


def test_a_removed_tag_and_a_new_tag_are_not_a_rename(wire: Archive) -> None:
    wire.write("eruption.md", story("Eruption", tags=["Eruption"]))
    wire.write("race.md", story("Race", tags=["Regatta"]))
    lay_down(wire, '[[tag]]\nname = "Volcanoes"\naliases = ["Eruption"]\n')
    wire.build()
    lay_down(wire, '[[tag]]\nname = "Regatta"\n')
    wire.build()
    assert 'url=../../tags/index.html"' in wire.page("tags/volcanoes/index.html")
    assert same_as_from_nothing(wire)
