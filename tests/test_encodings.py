"""Encodings: text is read right in any encoding, with a warning if the encoding was assumed."""

import codecs

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import article_in, found_in

TEXT = "Größe der Fähre – “eine Frage”\n\nДве лодки, 三艘船, 100 €.\n"
WESTERN = (
    "Größe der Fähre – “eine Frage”\n\n"
    "Zwei Boote für 100 €, sagte der Kapitän am Montag im Hafen von Saltmere.\n"
)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_unicode_is_read_with_and_without_a_byte_order_mark(content: bytes) -> None:
    article = article_in(content)
    assert article.headline == "Größe der Fähre – “eine Frage”"
    assert article.body == "<p>Две лодки, 三艘船, 100 €.</p>"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_without_a_byte_order_mark(encoding: str) -> None:
    article = article_in(WESTERN.encode(encoding))
    assert article.headline == "Größe der Fähre – “eine Frage”"


def test_windows_1252_is_read_with_a_warning() -> None:
    (article,), (problem,) = found_in(WESTERN.encode("cp1252"))
    assert article.headline == "Größe der Fähre – “eine Frage”"
    assert "100 €" in article.body
    assert "not UTF-8 and was read as Windows-1252" in problem.reason
    assert not problem.skipped


def test_other_encodings_are_guessed_with_a_warning() -> None:
    text = "Паром сел на мель у Скерроу\n\n" + "Шестьдесят человек были на борту парома. " * 8
    (article,), (problem,) = found_in(text.encode("cp1251"))
    assert article.headline == "Паром сел на мель у Скерроу"
    assert "its most likely encoding" in problem.reason


def test_mixed_encodings_lose_only_the_characters_that_cannot_be_read() -> None:
    content = b"Headline\n\nGood " + b"\x81\x8d caf\xe9 and more plain text around it.\n"
    (article,), (problem,) = found_in(content)
    assert "caf" in article.body and "plain text around it." in article.body
    assert "mixes encodings" in problem.reason


def test_broken_utf16_is_published_as_far_as_it_can_be_read() -> None:
    (article,), (problem,) = found_in(codecs.BOM_UTF16_LE + "Boats".encode("utf-16-le") + b"\x00")
    assert article.headline.startswith("Boats")
    assert "not all UTF-16-LE" in problem.reason


def test_control_characters_and_noncharacters_are_left_out() -> None:
    article = article_in("Head\x07line\x1b\ufffe\n\nOne\x0btwo \x9fthree\U0001fffe.\n")
    assert article.headline == "Headline"
    assert article.body == "<p>One</p>\n<p>two three.</p>"


def test_nul_characters_are_left_out_with_a_warning() -> None:
    (article,), (problem,) = found_in("Head\0line\n\nThe text of the article.\n")
    assert article.headline == "Headline"
    assert "NUL" in problem.reason


def test_an_article_cannot_forge_the_marks_of_file_references() -> None:
    article = article_in("Headline\n\n\x02etc/passwd\x03\x03 text.\n")
    assert "\x02" not in article.body and "\x03" not in article.body


PIECES = st.sampled_from(
    [b"---\n", b"title: x\n", b"\n\n", b"# ", b"> ", b"- ", b"<p>", b"<div", b"</", b"&#x", b"]]>",
     b"[a](", b"![", b"```\n", b"|", b"    ", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\0",
     b"<h1>", b"<table><p>", b"<a href=x><a>", b"[^1]", b"[^1]: x\n", b"\x02a\x03\x03", b"<script>"]
)  # fmt: skip


@given(
    content=st.lists(PIECES | st.binary(max_size=6), max_size=25).map(b"".join),
    name=st.sampled_from(["a.txt", "a.md"]),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_an_article_or_skipped(content: bytes, name: str) -> None:
    articles, problems = found_in(content, name)
    assert articles or problems
    assert len(articles) + sum(problem.skipped for problem in problems) == 1
    parser = html5lib.HTMLParser(strict=True)
    for article in articles:
        assert article.headline
        body = article.body.replace("\x02", "").replace("\x03", "")
        parser.parse(f"<!DOCTYPE html><title>x</title><body>{body}")
