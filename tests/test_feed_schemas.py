"""The grammars of Atom, OPML and JSON Feed: good documents are valid, and faulty ones are not."""

import pytest

from feed_schemas import invalid_atom, invalid_json_feed, invalid_opml
from sample_feeds import ATOM, JSON_FEED, OPML

_HTTPS = "https://gazette.example"


def edited(document: str, old: str, new: str) -> bytes:
    assert old in document, f"the good document has no {old}"
    return document.replace(old, new, 1).encode()


def test_good_documents_are_valid() -> None:
    assert invalid_atom(ATOM.encode()) == []
    assert invalid_opml(OPML.encode()) == []
    assert invalid_json_feed(JSON_FEED.encode()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<id>urn:uuid:7d0c5e6c-0000-4000-8000-000000000000</id>", ""),
        ("<title>Gazette &amp; Herald</title>", ""),
        ("<title>Lost and found</title>", "<title>Lost</title><title>Found</title>"),
        ("<updated>2023-06-18T10:00:00Z</updated>", ""),
        ("<subtitle>", "<subtitle>Also</subtitle><subtitle>"),
        ("<published>", "<published>2023-06-19T18:30:00Z</published><published>"),
        ("<published>", "<issued>2023</issued><published>"),
        ("<published>", "<pubDate xmlns=''>2023</pubDate><published>"),
        ("2023-06-18T10:00:00Z", "2023-06-18"),
        ("2023-06-18T10:00:00Z", "2023-06-18T10:00:00"),
        ("2023-06-18T10:00:00Z", "2023-06-31T10:00:00Z"),
        ("2023-06-18T10:00:00Z", "2023-06-18T10:00:00+00:19:32"),
        ("<name>Per Sund</name>", ""),
        ("<name>Per Sund</name>", "<name/>"),
        ("ida@gazette.example", "Ida"),
        ('term="harbour"', ""),
        ('scheme="https://gazette.example/', 'scheme="'),
        (f' href="{_HTTPS}/lost.html"', ""),
        ("/lost.html", "/lost and found.html"),
        ('rel="enclosure"', 'rel=""'),
        ('type="text/html"', 'type="html"'),
        ('type="text/html"', 'hreflang="en_GB"'),
        ('length="2048"', 'length="2 KB"'),
        ('length="2048"', 'size="2048"'),
        ('<content type="html">', '<content type="escaped">'),
        (f'src="{_HTTPS}/ferry.pdf"/>', f'src="{_HTTPS}/ferry.pdf">Ferry</content>'),
        ('<summary type="text">', '<summary type="text/plain">'),
        ("<summary>The first", "<summary>The <b/> first"),
        ('<div xmlns="http://www.w3.org/1999/xhtml">The', "<div>The"),
        ('<title type="xhtml">', '<title type="xhtml">See: '),
        ("The <i>ferry</i>", "The <i xmlns='urn:a:b'>ferry</i>"),
        ('xml:lang="en"', 'xml:lang="English language"'),
        ('xml:lang="en"', 'lang="en"'),
        ("<fh:archive/>", "<fh:archive/><fh:archive/>"),
        ("<fh:archive/>", "<fh:archive>yes</fh:archive>"),
        ("<fh:archive/>", "<fh:archive/><fh:complete/>"),
        (' ref="urn:uuid:7d0c5e6c-0000-4000-8000-000000000009"', ""),
        (' when="2023-06-20T08:00:00Z"', ""),
        ('when="2023-06-20T08:00:00Z"', 'when="2023-06-20"'),
        ("<at:comment>", "<at:comment>Wrong.</at:comment><at:comment>"),
        ("<entry>", "<entry><at:deleted-entry ref='urn:a:b' when='2023-06-20T08:00:00Z'/>"),
        ("Gazette &amp; Herald</title>", "Gazette</title>, a newspaper"),
        ("</feed>", ""),
    ],
)
def test_a_faulty_atom_feed_is_not_valid(old: str, new: str) -> None:
    assert invalid_atom(edited(ATOM, old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<fh:archive/>", "<fh:complete/>"),
        ("<fh:archive/>", "<x:note xmlns:x='urn:a:b' at='2023'>Old <x:b/></x:note>"),
        ("<entry>", "<entry xml:lang='de' x:at='2023' xmlns:x='urn:a:b'>"),
        ("<entry>", "<entry><source><id>urn:a:b</id></source>"),
        ("<published>", "<x:note xmlns:x='urn:a:b'><name>Any</name></x:note><published>"),
        (f' src="{_HTTPS}/ferry.pdf"/>', ">JVBERi0=</content>"),
        ('xml:lang="en"', 'xml:base="https://gazette.example/"'),
    ],
)
def test_options_and_extensions_that_atom_allows_are_valid(old: str, new: str) -> None:
    assert invalid_atom(edited(ATOM, old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<opml version="2.0">', "<opml>"),
        ('<opml version="2.0">', '<opml version="3.0">'),
        ("<title>Feeds of the Gazette</title>", ""),
        ("<title>", "<title>Also</title><title>"),
        ("<ownerName>", "<owner>Us</owner><ownerName>"),
        ("Mon, 19 Jun 2023 18:30:00 GMT", "2023-06-19T18:30:00Z"),
        ("Mon, 19 Jun 2023 18:30:00 GMT", "Mon, 19 Jun 23 18:30:00 GMT"),
        ('text="All articles"', ""),
        ('text="All articles"', 'text=""'),
        (f'xmlUrl="{_HTTPS}/feed.xml"', ""),
        (f'xmlUrl="{_HTTPS}/feed.xml"', 'xmlUrl="feed.xml"'),
        (f'xmlUrl="{_HTTPS}/feed.xml"', f'url="{_HTTPS}/feed.xml"'),
        (f'htmlUrl="{_HTTPS}/"', 'htmlUrl="/"'),
        ('type="rss" ', ""),
        ('type="rss"', 'type="atom"'),
        ('version="RSS2"', 'version="2.0"'),
        ('language="en"', 'language="English, mostly"'),
        (f' url="{_HTTPS}/lists.opml"', ""),
        ('<outline text="Tags">', '<outline text="Tags"/><outline>'),
        ("</body>", "</body><body/>"),
        ("</opml>", ""),
    ],
)
def test_a_faulty_list_of_feeds_is_not_valid(old: str, new: str) -> None:
    assert invalid_opml(edited(OPML, old, new))


def test_a_list_without_feeds_is_not_valid() -> None:
    body = OPML[OPML.index("<body>") : OPML.index("</body>")]
    assert invalid_opml(edited(OPML, body, "<body>"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version/1.1", "version/1"),
        ('"title": "Gazette & Herald",', ""),
        ('"title": "Gazette & Herald"', '"title": null'),
        ('"items": [', '"entries": ['),
        ('"authors": [{"name": "Gazette"}]', '"author": {"name": "Gazette"}'),
        ('[{"name": "Gazette"}]', "[]"),
        ('[{"name": "Gazette"}]', "[{}]"),
        ('[{"name": "Gazette"}]', '["Gazette"]'),
        ('"home_page_url": "https://gazette.example/"', '"home_page_url": "/"'),
        ('"url": "https://gazette.example/2023', '"url": "2023'),
        ('"language": "en"', '"language": "en_GB"'),
        ('"type": "WebSub", ', ""),
        ('"_gazette"', '"gazette"'),
        ('"_gazette"', '"_1"'),
        ('{"about": "https://gazette.example/about.html"}', '"about"'),
        ('"urn:uuid:7d0c5e6c-0000-4000-8000-000000000002"', "2"),
        ('"id": "urn:uuid:7d0c5e6c-0000-4000-8000-000000000002", ', ""),
        (', "content_text": "Sails again."', ""),
        ("2023-06-19T18:30:00+02:00", "2023-06-19"),
        ("2023-06-19T18:30:00+02:00", "Mon, 19 Jun 2023 18:30:00 +0200"),
        ('"2023-06-20T08:00:00+02:00"', "1687240800"),
        ('["Harbour", "C++"]', '"Harbour"'),
        ('["Harbour", "C++"]', '["Harbour", 11.10]'),
        (', "mime_type": "audio/mpeg"', ""),
        ('"url": "https://gazette.example/mole.mp3", ', ""),
        ("2048", "-1"),
        ("2048", '"2048"'),
    ],
)
def test_a_faulty_json_feed_is_not_valid(old: str, new: str) -> None:
    assert invalid_json_feed(edited(JSON_FEED, old, new))
