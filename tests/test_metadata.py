"""The metadata of pages, for search engines, previews of links and reference managers."""

import json
from xml.etree.ElementTree import Element

import html5lib
import pytest

from conftest import EVERY_DAY, Archive
from heads import BASE, CONFIGURATION, Page, file_of, page
from stories import story

HOSTILE = '</script><!--<script>alert("1")</script> --> ]]> "quoted" & \\u003c'
LONG = "The mole " + "and the mole " * 20

FERRY = "2022/07/03/ferry.html"
OF_FERRY = [
    *("tags/ferries/feed.xml", "tags/north-mole/feed.xml"),
    *("authors/nell-ashdown/feed.xml", "authors/owen-pike/feed.xml", "sections/harbour/feed.xml"),
]
MAIL = "2022/07/04/mail.html"
OLD, NEW = "2022/07/05/rumour.html", "2022/07/05/fact.html"
WITHDRAWN, SKIPPED = "2022/07/05/hoax.html", "2022/07/05/proof.html"

KINDS = {"about.html": "AboutPage", "search.html": "WebPage"}
"""The pages for which schema.org has a type of their own."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of all kinds of pages, in which an article has moved, one was withdrawn and one
    can no longer be read."""
    archive = Archive(tmp_path_factory.mktemp("metadata"), EVERY_DAY)
    archive.configure(CONFIGURATION)
    archive.write("pictures/mole.png", b"\x89PNG")
    archive.write(
        "ferry.md",
        story(
            "Ferry",
            "2022-07-03T06:30:00Z",
            ["Ferries", "North mole"],
            modified="2022-07-04T18:00:00Z",
            section="Harbour",
            authors="[Nell Ashdown, Owen Pike]",
            summary="A ferry <b>sails</b> again & again.",
            image="pictures/mole.png",
            source_url="https://old.example/ferry",
            id="ferry-1",
        ),
    )
    archive.write("mail.md", story("Mail", "2022-07-04", language="de", text="Ein Boot."))
    archive.write("bell.md", story("Bell", None))
    archive.write("persian.md", story("کشتی رسید", "2022-08-01", ["کشتی‌ها"], language="fa"))
    archive.write("hostile.txt", f"{HOSTILE}\nBy Ida\nAug 2, 2022\n\nText.\n")
    archive.write("long.md", story(LONG, "2022-08-03"))
    for hour in range(12):
        archive.write(
            f"regatta-{hour}.md",
            story(f"Race {hour}", f"2021-06-19T{hour + 6:02}:00Z", ["Sail & oar"], author="Ida"),
        )
    for headline in ("Rumour", "Hoax", "Proof"):
        archive.write(f"{headline.lower()}.md", story(headline, "2022-07-05"))
    archive.build()
    archive.write("rumour.md", story("Fact", "2022-07-05"))
    (archive.seeds / "hoax.md").unlink()
    archive.write("proof.md", "")
    archive.build()
    return archive


@pytest.fixture(scope="module")
def without_address(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive without a base_url."""
    archive = Archive(tmp_path_factory.mktemp("no-address"))
    archive.write("pictures/mole.png", b"\x89PNG")
    archive.write("ferry.md", story("Ferry", "2022-07-03", ["Ferries"], image="pictures/mole.png"))
    archive.build()
    return archive


FORMER = (OLD, WITHDRAWN, SKIPPED)
LISTINGS = {
    "index.html": "Gazette & Herald",
    "2022/index.html": "2022",
    "2022/07/index.html": "July 2022",
    "2022/07/03/index.html": "3 July 2022",
    "2021/06/19/2.html": "19 June 2021",
    "undated/index.html": "Undated",
    "tags/index.html": "Tags",
    "tags/sail-oar/index.html": "Sail & oar",
    "tags/sail-oar/2021/index.html": "Sail & oar: 2021",
    "sections/index.html": "Sections",
    "sections/harbour/index.html": "Harbour",
    "authors/index.html": "Authors",
    "authors/ida/index.html": "Ida",
    "about.html": "About this archive",
    "search.html": "Search",
    "on-this-day/index.html": "On this day",
    "on-this-day/07-03.html": "On this day: 3 July",
}
"""Pages of all kinds except articles, and the name of each."""


@pytest.fixture(scope="module")
def pages(town: Archive) -> list[Page]:
    """All pages of the town, without old addresses."""
    found = [address for address in town.site() if address.endswith(".html")]
    return [page(town, address) for address in found if address not in ("404.html", *FORMER)]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (FERRY, "A ferry sails again & again."),
        ("index.html", "What the harbour said."),
        ("2022/index.html", "Articles from 2022 in Gazette & Herald"),
        ("2022/07/index.html", "Articles from July 2022 in Gazette & Herald"),
        ("2022/07/03/index.html", "Articles from 3 July 2022 in Gazette & Herald"),
        ("undated/index.html", "Undated articles in Gazette & Herald"),
        ("tags/sail-oar/index.html", "Articles on Sail & oar in Gazette & Herald"),
        ("authors/ida/index.html", "Articles by Ida in Gazette & Herald"),
        ("sections/harbour/index.html", "Articles from the section Harbour in Gazette & Herald"),
        ("tags/index.html", "All tags of Gazette & Herald, from A to Z"),
        (
            "on-this-day/07-03.html",
            "Articles published in Gazette & Herald on 3 July through the years",
        ),
    ],
)
def test_a_description_says_what_the_page_is_about(town: Archive, address: str, words: str) -> None:
    assert page(town, address).meta("description") == [words]
    assert page(town, address).meta("og:description") == [words]


def test_every_page_has_one_description_and_one_title(pages: list[Page]) -> None:
    for shown in pages:
        assert all(shown.meta("description")), shown.address
        assert len(shown.meta("description")) == len(shown.meta("og:title")) == 1, shown.address
        assert len(shown.head.xpath("title")) == 1, shown.address


def test_every_page_names_its_own_address(pages: list[Page]) -> None:
    for shown in pages:
        assert [file_of(url) for url in shown.canonical] == [shown.address]
        assert shown.meta("og:url") == shown.canonical


@pytest.mark.parametrize(("address", "name"), LISTINGS.items())
def test_listings_have_open_graph_metadata(town: Archive, address: str, name: str) -> None:
    shown = page(town, address)
    assert shown.meta("og:title") == [name]
    assert shown.meta("og:type") == ["website"]
    assert shown.meta("og:site_name") == ["Gazette & Herald"]
    assert shown.meta("og:locale") == ["en_GB"]


def test_articles_have_open_graph_metadata(town: Archive) -> None:
    shown = page(town, FERRY)
    assert shown.meta("og:title") == ["Ferry"]
    assert shown.meta("og:type") == ["article"]
    assert shown.meta("article:published_time") == ["2022-07-03T07:30:00+01:00"]
    assert shown.meta("article:modified_time") == ["2022-07-04T19:00:00+01:00"]
    assert shown.meta("article:section") == ["Harbour"]
    assert shown.meta("article:tag") == ["Ferries", "North mole"]
    assert [file_of(url) for url in shown.meta("og:image")] == ["media/pictures/mole.png"]
    assert (town.output / "media/pictures/mole.png").is_file()


def test_the_json_ld_of_an_article_has_all_its_fields(town: Archive) -> None:
    told = page(town, FERRY).described("NewsArticle")
    output_folder = {"@type": "Organization", "name": "Gazette & Herald", "url": BASE}
    assert told["headline"] == "Ferry"
    assert told["description"] == "A ferry sails again & again."
    assert told["datePublished"] == "2022-07-03T07:30:00+01:00"
    assert told["dateModified"] == "2022-07-04T19:00:00+01:00"
    assert told["author"] == [
        {"@type": "Person", "name": "Nell Ashdown", "url": f"{BASE}authors/nell-ashdown/"},
        {"@type": "Person", "name": "Owen Pike", "url": f"{BASE}authors/owen-pike/"},
    ]
    assert told["publisher"] == output_folder
    assert told["articleSection"] == "Harbour"
    assert told["keywords"] == ["Ferries", "North mole"]
    assert told["image"] == f"{BASE}media/pictures/mole.png"
    assert told["sameAs"] == "https://old.example/ferry"
    assert told["@id"] == told["url"] == f"{BASE}{FERRY}"
    assert told["inLanguage"] == "en-GB"


def test_an_article_in_another_language_names_its_language(town: Archive) -> None:
    assert page(town, MAIL).described("NewsArticle")["inLanguage"] == "de"
    assert page(town, MAIL).meta("citation_language") == ["de"]


def test_the_metadata_has_no_time_if_only_the_day_is_known(town: Archive) -> None:
    shown = page(town, MAIL)
    assert shown.meta("article:published_time") == ["2022-07-04"]
    assert shown.described("NewsArticle")["datePublished"] == "2022-07-04"


def test_an_undated_article_has_no_date_in_its_metadata(town: Archive) -> None:
    shown = page(town, "undated/bell.html")
    assert not {"datePublished", "dateModified"} & shown.described("NewsArticle").keys()
    assert not shown.meta("article:published_time")
    assert not shown.meta("citation_publication_date")


def test_unknown_values_are_left_out_of_the_json_ld(pages: list[Page]) -> None:
    for shown in pages:
        for thing in shown.json_ld:
            assert all(value not in (None, "", []) for value in thing.values()), shown.address


@pytest.mark.parametrize(("address", "name"), LISTINGS.items())
def test_the_json_ld_of_a_listing_names_it(town: Archive, address: str, name: str) -> None:
    told = page(town, address).described(KINDS.get(address, "CollectionPage"))
    assert told["name"] == name
    assert file_of(told["url"]) == address
    assert told["isPartOf"] == {"@type": "WebSite", "name": "Gazette & Herald", "url": BASE}


def test_a_long_headline_is_shortened_for_search_engines(town: Archive) -> None:
    # Google's guidelines for NewsArticle: no more than 110 characters.
    (address,) = (name for name in town.site() if name.startswith("2022/08/03/the-mole"))
    told = page(town, address).described("NewsArticle")["headline"]
    assert 80 < len(told) <= 110
    assert LONG.startswith(told.rstrip("…"))
    assert page(town, address).meta("og:title") == [LONG.strip()]


def test_the_json_ld_has_the_breadcrumbs_that_readers_see(town: Archive, pages: list[Page]) -> None:
    site = town.site()
    for shown in pages:
        if shown.address == "index.html":
            assert [thing["@type"] for thing in shown.json_ld] == ["CollectionPage"]
            continue
        steps = shown.described("BreadcrumbList")["itemListElement"]
        assert {step["@type"] for step in steps} == {"ListItem"}
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        told = [(step["name"], file_of(step["item"])) for step in steps]
        assert told[:-1] == shown.crumbs, shown.address
        assert told[0] == ("Home", "index.html")
        assert told[-1] == (shown.meta("og:title")[0], shown.address)
        assert all(address in site for _, address in told), shown.address


@pytest.mark.parametrize(
    ("address", "names"),
    [
        (FERRY, ["Home", "2022", "July", "Sunday, 3 July"]),
        ("undated/bell.html", ["Home", "Undated"]),
        ("2022/07/03/index.html", ["Home", "2022", "July"]),
        ("tags/sail-oar/2021/06/index.html", ["Home", "Tags", "Sail & oar", "2021"]),
        ("sections/harbour/index.html", ["Home", "Sections"]),
    ],
)
def test_breadcrumbs_lead_from_the_home_page_down(
    town: Archive, address: str, names: list[str]
) -> None:
    assert [name for name, _ in page(town, address).crumbs] == names


def test_the_breadcrumbs_of_a_day_of_the_calendar_name_the_calendar(town: Archive) -> None:
    assert page(town, "on-this-day/07-03.html").crumbs == [
        ("Home", "index.html"),
        ("On this day", "on-this-day/index.html"),
    ]


def test_an_article_has_the_metadata_that_zotero_reads(town: Archive) -> None:
    shown = page(town, FERRY)
    assert shown.meta("z:itemType") == ["newspaperArticle"]
    assert shown.meta("citation_title") == ["Ferry"]
    assert shown.meta("citation_author") == ["Nell Ashdown", "Owen Pike"]
    assert shown.meta("citation_publication_date") == ["2022/07/03"]
    assert shown.meta("citation_journal_title") == ["Gazette & Herald"]
    assert shown.meta("citation_language") == ["en-GB"]
    assert shown.meta("citation_public_url") == [f"{BASE}{FERRY}"]


def test_only_articles_have_metadata_for_zotero(pages: list[Page]) -> None:
    for shown in pages:
        is_article = shown.meta("og:type") == ["article"]
        assert bool(shown.meta("z:itemType")) == is_article, shown.address
        assert bool(shown.meta("citation_title")) == is_article, shown.address


def test_articles_and_periods_link_to_the_previous_and_the_next(town: Archive) -> None:
    ferry = page(town, FERRY)
    assert ferry.links("next") == [MAIL]
    assert page(town, MAIL).links("prev") == [FERRY]
    assert page(town, "2022/07/index.html").links("prev") == ["2021/06/index.html"]
    assert page(town, "2022/07/index.html").links("next") == ["2022/08/index.html"]
    assert page(town, "2022/index.html").links("prev") == ["2021/index.html"]
    assert page(town, "2022/07/03/index.html").links("next") == ["2022/07/04/index.html"]
    assert page(town, "2021/06/19/index.html").links("next") == ["2021/06/19/2.html"]
    assert page(town, "2021/06/19/2.html").links("prev") == ["2021/06/19/index.html"]
    assert page(town, "on-this-day/01-01.html").links("prev") == ["on-this-day/12-31.html"]


def test_link_elements_lead_to_existing_files(town: Archive, pages: list[Page]) -> None:
    site = town.site()
    for shown in pages:
        for rel in ("prev", "next", "alternate", "icon", "stylesheet"):
            links = shown.links(rel)
            assert all(link in site for link in links), (shown.address, rel, links)
            assert rel == "alternate" or len(links) <= 1, (shown.address, rel, links)


@pytest.mark.parametrize(
    ("address", "feeds"),
    [
        ("tags/sail-oar/index.html", ["tags/sail-oar/feed.xml"]),
        ("tags/sail-oar/2021/index.html", ["tags/sail-oar/feed.xml"]),
        ("authors/ida/index.html", ["authors/ida/feed.xml"]),
        ("sections/harbour/index.html", ["sections/harbour/feed.xml"]),
        (FERRY, OF_FERRY),
        # A page of no tag, author or section links only to the feeds of all articles.
        *((address, []) for address in ("index.html", "2022/index.html", "2022/07/index.html")),
        *((address, []) for address in ("undated/index.html", "about.html", "tags/index.html")),
        *((address, []) for address in ("2022/07/03/index.html", "on-this-day/07-03.html")),
    ],
)
def test_feed_readers_find_the_feeds_of_a_page(
    town: Archive, address: str, feeds: list[str]
) -> None:
    shown = page(town, address)
    assert shown.links("alternate") == [*feeds, "feed.xml", "feed.atom", "feed.json"]
    types = ["application/rss+xml"] * len(feeds)
    types += ["application/rss+xml", "application/atom+xml", "application/feed+json"]
    assert shown.head.xpath("link[@rel='alternate']/@type") == types
    titles = shown.head.xpath("link[@rel='alternate']/@title")
    assert len(set(titles)) == len(titles), "a reader can tell them apart"


def hostile_address(archive: Archive) -> str:
    (address,) = (
        name
        for name in archive.site()
        if name.startswith("2022/08/02/") and not name.endswith("index.html")
    )
    return address


def test_a_hostile_headline_cannot_break_out_of_its_element(town: Archive) -> None:
    text = town.page(hostile_address(town))
    tree: Element = html5lib.parse(text, namespaceHTMLElements=False)
    inline = [script for script in tree.iter("script") if script.get("src") is None]
    assert [script.get("type") for script in inline] == ["application/ld+json"]
    graph = json.loads(inline[0].text or "")["@graph"]
    assert graph[0]["headline"] == HOSTILE
    assert graph[1]["itemListElement"][-1]["name"] == HOSTILE
    # The elements after it are still part of the head.
    head = tree.find("head")
    assert head is not None
    metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in head}
    assert metas["og:title"] == metas["citation_title"] == HOSTILE
    assert metas["z:itemType"] == "newspaperArticle"
    assert not any(attribute.startswith("on") for part in tree.iter() for attribute in part.attrib)


def test_a_hostile_headline_harms_no_listing(town: Archive) -> None:
    for address in ("index.html", "2022/08/index.html", "authors/ida/index.html"):
        tree: Element = html5lib.parse(town.page(address), namespaceHTMLElements=False)
        inline = [script for script in tree.iter("script") if script.get("src") is None]
        assert [script.get("type") for script in inline] == ["application/ld+json"]
        assert HOSTILE in ["".join(link.itertext()) for link in tree.iter("a")]


@pytest.mark.parametrize("address", ["404.html", *FORMER])
def test_old_addresses_and_the_404_page_are_not_for_search_engines(
    town: Archive, address: str
) -> None:
    shown = page(town, address)
    assert shown.meta("robots") == ["noindex"]
    assert not shown.head.xpath("script[@type='application/ld+json']")
    assert not shown.meta("og:url")
    assert not shown.meta("citation_title")
    # A moved page names the one that took its place, never itself.
    assert shown.canonical == ([f"{BASE}{NEW}"] if address == OLD else [])


def test_all_pages_in_use_are_for_search_engines(pages: list[Page]) -> None:
    assert not [shown.address for shown in pages if shown.meta("robots")]


def test_without_a_base_url_pages_name_no_web_address(without_address: Archive) -> None:
    for address, content in without_address.site().items():
        if not address.endswith(".html"):
            continue
        assert b"localhost" not in content, address
        if address == "404.html":
            continue
        shown = page(without_address, address)
        assert not shown.canonical, address
        assert not shown.meta("og:url"), address
        assert not shown.meta("citation_public_url"), address
        assert not shown.meta("og:image"), address
        (thing,) = shown.json_ld
        assert thing["@type"] in ("CollectionPage", "NewsArticle", *KINDS.values())
        assert not {"@id", "url", "image"} & thing.keys(), address
