"""Tags inferred from the names in an article's text."""

import tomllib
from dataclasses import replace

import pytest

from conftest import REPOSITORY, Archive, same_as_from_nothing
from newsarchive.tagging.authority import Authority, Tag
from newsarchive.tagging.inference import Tagging
from sources import found_in
from stories import story, with_base_url

UNTAGGED = Tagging(infer="untagged")


def inferred(
    text: str, headline: str = "Harbour", language: str | None = None, tagging: Tagging = UNTAGGED
) -> set[str]:
    """The tags that are inferred for an article."""
    (article,), _ = found_in(f"{headline}\nJun 19, 2023 09:39 UTC\n\n{text}\n")
    return set(tagging.inferred((), article.headline, article.body, language))


def test_the_seed_article_has_five_tags_and_no_others() -> None:
    (seed,) = (REPOSITORY / "seeds").iterdir()
    (article,), _ = found_in(seed.read_bytes())
    assert UNTAGGED.inferred((), article.headline, article.body, None) == (
        *("North Korea", "United States", "Russia", "China", "United Nations"),
    )


def scored(name: str) -> tuple[int, int, int]:
    """The counts for a gold set: tags inferred rightly, tags inferred, and right tags."""
    right = given = wanted = 0
    for entry in tomllib.loads((REPOSITORY / f"tests/gold/{name}.toml").read_text("utf-8"))[
        "article"
    ]:
        found = inferred(entry["text"], entry["headline"], entry.get("language"))
        right += len(found & set(entry["tags"]))
        given += len(found)
        wanted += len(entry["tags"])
    return right, given, wanted


@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("tags", 0.97, 0.9), ("held-out", 0.97, 0.9)]
)
def test_precision_and_recall_on_articles_tagged_without_sight_of_the_code(
    name: str, precision: float, recall: float
) -> None:
    right, given, wanted = scored(name)
    assert right / given >= precision
    assert right / wanted >= recall
    documented = (REPOSITORY / "docs/tags.md").read_text("utf-8")
    assert f"| `tests/gold/{name}.toml` | {right} of {given} | {right} of {wanted} |" in documented


def test_a_tag_needs_the_headline_or_two_mentions() -> None:
    assert inferred("The ship sailed to Norway.") == set()
    assert inferred("The ship sailed to Norway, and Norwegian fishermen cheered.") == {"Norway"}
    assert inferred("It was late.", "Ship from Norway is late") == {"Norway"}


@pytest.mark.parametrize(
    "text",
    [
        "Talks in North Korea. North Korea said no.",
        "The DPRK answered. Pyongyang did not.",
        "Talks in north korea. NORTH KOREA SAID NO.",
        "North Korean ships left. The North Koreans waved.",
    ],
)
def test_names_abbreviations_adjectives_and_capitals_are_mentions(text: str) -> None:
    assert inferred(text) == {"North Korea"}


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("The Republic of China voted. Its name, Republic of China, is old.", {"Taiwan"}),
        ("New Mexico has oil. New Mexico sells it.", set()),
        ("It crossed the Indian Ocean and the Indian Ocean again.", set()),
        ("Guinea-Bissau voted. Guinea-Bissau counted.", {"Guinea-Bissau"}),
        ("Nigeria paid. Nigeria waited.", {"Nigeria"}),
        ("Workers' Party of Korea. The Sea of Japan. The Sea of Japan.", set()),
        ("The World Health Organization (WHO) wrote.", set()),
        ("The World Health Organization (WHO) wrote. WHO wrote again.",
         {"World Health Organization"}),
    ],
)  # fmt: skip
def test_the_longest_name_counts(text: str, tags: set[str]) -> None:
    assert inferred(text) == tags


@pytest.mark.parametrize(
    "text",
    [
        "Let us go. It is us, said us all. Who is it? Who?",
        "We ate turkey. Roast turkey is good.",
        "Turkey is dry. Turkey is a bird.",
        'He said: "Turkey is dry." (Turkey is a bird.)',
        "Polish the silver. Polish it twice.",
        "It cost US$5 and US$7.",
        "See https://www.example.org/russia/index.html and http://russia.example/russia/.",
        "GIVE US BACK OUR BUS. LET US RIDE.",
        "Chinatown in Chinatown. Nigerien? Malian? Chadwick and Cubas.",
        "She lives in Lebanon Road, off Lebanon Road.",
    ],
)
def test_words_that_only_look_like_names_give_no_tag(text: str) -> None:
    assert inferred(text) == set()


@pytest.mark.parametrize(
    "headline",
    ["Roast Turkey Hash for a Crowd", "TURKEY FOR A CROWD", "Polish It and Serve It Cold"],
)
def test_a_common_word_in_a_capitalised_headline_gives_no_tag(headline: str) -> None:
    assert inferred("It is cold.", headline) == set()
    assert inferred("Ankara and Warsaw agree.", headline) == {
        "Poland" if "Polish" in headline else "Türkiye"
    }


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Chad scored. Chad scored again.", None),
        ("Chad voted. Chad waits, and N'Djamena is calm.", "Chad"),
        ("Jordan passed to Jordan.", None),
        ("Jordan said yes. The Jordanian king agreed.", "Jordan"),
        ("Washington said no. Washington said yes.", None),
        ("Washington said no. The US said yes.", "United States"),
        ("Georgia won. Georgia lost.", None),
        ("Georgia voted. Tbilisi is calm.", "Georgia"),
    ],
)
def test_an_ambiguous_name_needs_another_name_of_the_place_beside_it(
    text: str, tag: str | None
) -> None:
    assert inferred(text) == ({tag} if tag else set())


@pytest.mark.parametrize(
    "text",
    [
        "Translated into French, German and Japanese. The French edition sold out.",
        "She speaks Russian. The talk was in Russian.",
        "The Chinese version and the Chinese translation.",
        "Moderators for the German forum. The German wiki is open.",
    ],
)
def test_a_language_is_no_country(text: str) -> None:
    assert inferred(text) == set()


def test_datelines_and_code_are_not_searched() -> None:
    assert inferred("MOSCOW, June 3 (Wire) - The ship left Moscow.") == set()
    html = "<p>The ship left Norway.</p><pre><code>Norway\nNorway</code></pre>"
    assert UNTAGGED.inferred((), "Ship", html, None) == ()


def test_words_end_at_html_elements_and_note_links_are_not_searched() -> None:
    tagging = replace(UNTAGGED, authority=Authority((Tag("skerrow"), Tag("p"))))
    assert (
        tagging.matches("Rock", "<p>The sker<code>x</code>row and sker<b>row</b>.</p>", None) == []
    )
    assert tagging.matches("Rock", "<p>One.</p>\n<p>Two.</p>", None) == []
    noted = '<p>Norway<sup id="fnref:1"><a href="#fn:1">Norway</a></sup> is far.</p>'
    (found,) = UNTAGGED.matches("Ship", noted, None)
    assert found.in_text == 1


def test_memory_does_not_grow_with_the_number_of_languages() -> None:
    tagging = Tagging(infer="untagged")
    assert tagging.vocabulary("en-US") is tagging.vocabulary("en-GB") is tagging.vocabulary("en-AB")
    for code in ("de", "fr", "es", "it", "nl", "sv", "da", "nb", "fi", "pl"):
        tagging.vocabulary(code)
    assert len(tagging._vocabularies) == 8


def test_names_are_found_across_line_breaks_and_emphasis() -> None:
    html = "<p>North\nKorea and <em>North</em> Korea and North\xa0Korea</p>"
    (found,) = UNTAGGED.matches("Talks", html, None)
    assert (found.tag, found.in_text) == ("North Korea", 3)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Frankreich und Norwegen. Frankreich gewann, Norwegen auch."),
        ("fr", "La France et la Norvège. La France a gagné, la Norvège aussi."),
        ("es-MX", "Francia y Noruega. Francia ganó, Noruega también."),
        ("fa", "فرانسه و نروژ. فرانسه برد، نروژ هم."),
    ],
)
def test_names_are_searched_in_the_articles_language(language: str, text: str) -> None:
    assert inferred(text, language=language) == {"France", "Norway"}
    german = Tagging(infer="untagged", language="de")
    assert inferred(text, language=language, tagging=german) == {"Frankreich", "Norwegen"}


@pytest.mark.parametrize(
    ("language", "text", "tags"),
    [
        ("fr", "La réunion fut longue. La réunion finit. Maurice et Dominique, Maurice.", set()),
        ("fr", "L’île Maurice vote. Maurice attend.", {"Mauritius"}),
        ("es", "Granada es bonita. Granada espera. El perú y el perú.", set()),
        ("it", "Il perù e il perù.", set()),
    ],
)
def test_in_other_languages_words_and_names_of_people_are_no_countries(
    language: str, text: str, tags: set[str]
) -> None:
    assert inferred(text, language=language) == tags


@pytest.mark.parametrize(
    ("language", "text", "tags"),
    [
        ("ru", "США заявили. США ждут.", set()),  # the CLDR calls them Соединенные Штаты
        ("hi", "चीनी के दाम बढ़ गए। चीनी मिलें बंद हैं।", set()),  # sugar
        ("hi", "चीन और चीन।", {"China"}),
        ("tr", "mali tablolar, mali durumu", set()),  # financial
        ("en", "Pa\u0301nama? Tu\u0308rkiye and Tu\u0308rkiye.", {"Türkiye"}),
        ("fr", "Saint-Martin. Saint-Martin.", set()),  # two places
    ],
)
def test_words_end_by_the_rules_of_their_script(language: str, text: str, tags: set[str]) -> None:
    assert inferred(text, language=language) == tags


@pytest.mark.parametrize("language", ["tlh", "xx-nonsense", "zz"])
def test_an_unknown_language_gives_no_tags(language: str) -> None:
    assert inferred("Norway and Norway.", language=language) == set()


def test_names_in_tags_toml_are_found_and_places_get_the_tags_named_there() -> None:
    authority = Authority(
        (Tag("North Mole", ("the mole",)), Tag("Korea, North", ("North Korea",)), Tag("Regatta"))
    )
    tagging = replace(UNTAGGED, authority=authority)
    assert inferred("The mole is shut. Boats wait at the North Mole.", tagging=tagging) == {
        "North Mole"
    }
    assert inferred("Pyongyang spoke. The DPRK spoke.", tagging=tagging) == {"Korea, North"}
    assert inferred("The Regatta, and the Regatta.", tagging=tagging) == {"Regatta"}
    assert inferred("A regatta, and a regatta.", tagging=tagging) == set()


def test_a_hidden_tag_and_a_tag_with_inferred_false_are_not_inferred() -> None:
    for tag in (Tag("Norway", inferred=False), Tag("Norway", hidden=True)):
        tagging = replace(UNTAGGED, authority=Authority((tag,)))
        assert inferred("Norway and Norwegian and Oslo.", tagging=tagging) == set()
        (found,) = tagging.matches("Ship", "<p>Norway and Norwegian and Oslo.</p>", None)
        assert found.reason in ("Norway is never inferred", "Norway is hidden")


NORWAY = "The ship sailed to Norway. Norway was calm."


@pytest.fixture
def wire(archive: Archive) -> Archive:
    """An archive of one article without tags and one with, both on Norway."""
    archive.configure(with_base_url())
    archive.write("plain.md", story("Plain", text=NORWAY))
    archive.write("tagged.md", story("Tagged", tags=["Ships"], text=NORWAY))
    return archive


def test_inferred_tags_are_shown_apart_and_listed(wire: Archive) -> None:
    assert wire.build().mentioned == 1
    page = wire.page("2023/06/19/plain.html")
    assert '<h2 id="mentioned">Also mentions</h2>' in page
    assert '<a href="../../../tags/norway/index.html"><bdi>Norway</bdi></a>' in page
    assert '<h2 id="tags">' not in page
    listing = wire.page("tags/norway/index.html")
    assert "1 article<" in listing
    assert '<span class="mention">Passing mention</span>' in listing
    assert '<span class="count">1 article</span>' in wire.page("tags/index.html")
    assert "Plain" in wire.page("tags/norway/feed.xml")
    assert "<category>Norway" not in wire.page("feed.xml"), "an article does not say so"
    assert "Also mentions" not in wire.page("2023/06/19/tagged.html")
    assert "Passing mention" not in wire.page("tags/ships/index.html")


def test_a_setting_decides_which_articles_are_searched(wire: Archive) -> None:
    wire.build()
    wire.configure(with_base_url() + '[tags]\ninfer = "all"\n')
    assert wire.build().mentioned == 2
    assert "Also mentions" in wire.page("2023/06/19/tagged.html")
    assert "2 articles" in wire.page("tags/norway/index.html")
    assert same_as_from_nothing(wire)
    wire.configure(with_base_url() + '[tags]\ninfer = "none"\n')
    assert wire.build().mentioned == 0
    assert "Also mentions" not in wire.page("2023/06/19/plain.html")
    assert same_as_from_nothing(wire)


def test_a_stated_tag_is_not_inferred_as_well(wire: Archive) -> None:
    wire.configure(with_base_url() + '[tags]\ninfer = "all"\n')
    wire.write("tagged.md", story("Tagged", tags=["norway"], text=NORWAY))
    wire.build()
    assert "Also mentions" not in wire.page("2023/06/19/tagged.html")
    assert wire.page("tags/norway/index.html").count('class="mention"') == 1
    assert "<bdi>norway</bdi>" in wire.page("tags/index.html"), "as articles spell it"


def test_an_article_whose_tags_are_all_hidden_is_searched(wire: Archive) -> None:
    (wire.directory / "tags.toml").write_text('[[tag]]\nname = "Ships"\nhidden = true\n')
    wire.build()
    assert "Also mentions" in wire.page("2023/06/19/tagged.html")


def test_drafts_are_not_listed(wire: Archive) -> None:
    wire.write("draft.md", story("Draft", text=NORWAY, draft="true"))
    assert wire.build().mentioned == 1
    assert "1 article<" in wire.page("tags/norway/index.html")
