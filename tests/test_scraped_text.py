"""Scraped news text: headline, timestamps, bylines, paragraphs and tags, in all their variants."""

import pytest

from sources import article_in, found_in

HEADLINE = "Ferry runs aground off Skerrow Bar"
FIRST = "The ferry Kittiwake ran aground on Monday morning with sixty people on board."
SECOND = "Nobody was hurt, the harbour master said, and she floated free with the tide."


def scraped(*header: str, end: str = "") -> str:
    """A scraped file with these lines below the headline, and this after the text."""
    return "\n".join([HEADLINE, *header, "", FIRST, "", SECOND, end])


def test_the_headline_appears_once_and_the_rest_is_paragraphs() -> None:
    article = article_in(scraped("Jun 19, 2023 09:39 UTC", f"  • {HEADLINE}"))
    assert article.headline == HEADLINE
    assert article.body == f"<p>{FIRST}</p>\n<p>{SECOND}</p>"
    assert article.summary == FIRST


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Jun 19, 2023 09:39 UTC", "2023-06-19T09:39:00+00:00"),
        ("2023-06-19T09:39:40Z", "2023-06-19T09:39:40+00:00"),
        ("2023-06-19 09:39:40 +0200", "2023-06-19T09:39:40+02:00"),
        ("Mon, 19 Jun 2023 09:39:40 GMT", "2023-06-19T09:39:40+00:00"),
        ("June 19, 2023 9:39 AM EST", "2023-06-19T09:39:00-05:00"),
        ("Published: 19 June 2023 21:39 CEST", "2023-06-19T21:39:00+02:00"),
        ("19 June 2023", "2023-06-19T00:00:00+00:00"),
    ],
)
def test_a_timestamp_is_read_in_the_ways_newsrooms_write_it(line: str, expected: str) -> None:
    article = article_in(scraped(line))
    assert article.published
    assert article.published.isoformat() == expected
    assert article.precision == ("second" if ":" in line.removeprefix("Published:") else "day")


def test_either_timestamp_may_be_missing() -> None:
    modified = "(last modified Mon, 19 Jun 2023 09:39:40 GMT )"
    both = article_in(scraped(modified, "Jun 19, 2023 09:39 UTC"))
    assert both.published and both.modified
    assert (both.modified - both.published).total_seconds() == 40
    alone = article_in(scraped("Jun 19, 2023 09:39 UTC"))
    assert alone.published == both.published and alone.modified is None
    # An article modified then was published by then, and no better date is known.
    only_modified = article_in(scraped(modified))
    assert only_modified.published == only_modified.modified == both.modified


def test_an_article_without_any_date_is_undated() -> None:
    article = article_in(scraped())
    assert (article.published, article.precision) == (None, None)


def test_a_date_in_the_path_is_used_if_the_text_has_none() -> None:
    article = article_in(scraped(), "2023/06/19/ferry.txt")
    assert article.published and article.published.isoformat() == "2023-06-19T00:00:00+00:00"
    assert article.precision == "day"
    stated = article_in(scraped("Jun 18, 2023 09:39 UTC"), "2023/06/19/ferry.txt")
    assert stated.published and stated.published.day == 18


def test_an_impossible_date_is_reported_with_its_line_and_not_used() -> None:
    (article,), (problem,) = found_in(scraped("Feb 30, 2023 09:39 UTC"))
    assert article.published is None
    assert "Feb 30" not in article.body
    assert (problem.line, problem.skipped) == (2, False)
    assert "February 2023" in problem.reason


@pytest.mark.parametrize("line", ["Published: yesterday", "Date: 19 juin 2023", "Updated: soon"])
def test_an_unreadable_date_line_is_reported_and_hides_no_other_date(line: str) -> None:
    (article,), (problem,) = found_in(scraped(line, "Jun 19, 2023 09:39 UTC"))
    assert article.published and article.published.hour == 9
    assert article.body.startswith(f"<p>{FIRST}")
    assert (problem.line, problem.skipped) == (2, False)
    assert "cannot be read as a date" in problem.reason


def test_a_byline_and_a_date_may_share_a_line() -> None:
    article = article_in(scraped("By Ida Holm | Jun 19, 2023 09:39 UTC"))
    assert article.authors == ("Ida Holm",)
    assert article.published and article.published.hour == 9


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ida Holm", ("Ida Holm",)),
        ("By Ida Holm and Per Sund", ("Ida Holm", "Per Sund")),
        ("BY IDA HOLM", ("IDA HOLM",)),
        ("by Ida Holm, Per Sund and Ruth Tallis", ("Ida Holm", "Per Sund", "Ruth Tallis")),
        ("Author: Ida Holm & Per Sund", ("Ida Holm", "Per Sund")),
        ("By Martin King, Jr. and Ida Holm", ("Martin King, Jr.", "Ida Holm")),
        ("By Ida Holm\nBy Per Sund", ("Ida Holm", "Per Sund")),
    ],
)
def test_bylines_name_the_authors(byline: str, authors: tuple[str, ...]) -> None:
    article = article_in(scraped("Jun 19, 2023 09:39 UTC", byline))
    assert article.authors == authors
    assert article.body.startswith(f"<p>{FIRST}")


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    sentence = "By noon the last of them had left."
    article = article_in(f"{HEADLINE}\n\n{sentence}\n\n{FIRST}\n")
    assert article.authors == ()
    assert article.body.startswith(f"<p>{sentence}</p>")


def test_the_initials_of_the_desk_are_the_author_if_there_is_no_byline() -> None:
    assert article_in(scraped(end="\nME\n")).authors == ("ME",)
    assert article_in(scraped(end="\nMNA/PR\n")).authors == ("MNA", "PR")
    signed = article_in(scraped("By Ida Holm", end="\nME\n"))
    assert signed.authors == ("Ida Holm",)
    assert signed.extra == {"signature": "ME"}
    assert "ME" not in signed.body


@pytest.mark.parametrize(
    "tags",
    [
        "Tags\n  • Ferries\n  • Skerrow Bar",
        "Tags\nFerries\nSkerrow Bar",
        "Tags\nFerries, Skerrow Bar",
        "Tags: Ferries, Skerrow Bar",
        "Keywords: Ferries; Skerrow Bar",
        "TAGS\n\n- Ferries\n\n- Skerrow Bar\n",
    ],
)
def test_tags_may_be_bullets_lines_or_separated_by_commas(tags: str) -> None:
    article = article_in(scraped(end=f"\nME\n\n{tags}\n"))
    assert article.tags == ("Ferries", "Skerrow Bar")
    assert article.authors == ("ME",)
    assert article.body.endswith(f"<p>{SECOND}</p>")


def test_an_empty_list_of_tags_gives_no_tags() -> None:
    assert article_in(scraped(end="\nTags\n")).tags == ()


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("SEOUL, June 19 (Agency) - ", None),
        ("SEOUL (Agency) — ", None),
        ("LONDON, June 19, 2023 (Reuters) - ", "2023-06-19"),
        ("Saltmere, 19 June 2023 – ", "2023-06-19"),
    ],
)
def test_a_dateline_opens_the_text_and_gives_the_date_if_it_has_one(
    dateline: str, day: str | None
) -> None:
    article = article_in(f"{HEADLINE}\n\n{dateline}{FIRST}\n")
    assert article.dateline == dateline.strip()
    assert f'<span class="dateline">{dateline.strip()}</span> {FIRST}' in article.body
    assert article.summary == FIRST
    assert (str(article.published.date()) if article.published else None) == day


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_may_end_in_any_way(end: str) -> None:
    text = scraped("Jun 19, 2023 09:39 UTC", end="\nME\n").replace("\n", end)
    article = article_in(text.encode())
    assert article.body == f"<p>{FIRST}</p>\n<p>{SECOND}</p>"
    assert article.authors == ("ME",)


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    long = f"{FIRST} {SECOND}"
    article = article_in(f"{HEADLINE}\nJun 19, 2023 09:39 UTC\n{long}\n{long}\n")
    assert article.body == f"<p>{long}</p>\n<p>{long}</p>"


def test_lines_broken_at_a_margin_are_joined() -> None:
    wrapped = (
        "The ferry Kittiwake ran aground on Monday morning with\n"
        "sixty people on board, the harbour office said, and was\n"
        "still there at noon.\n"
    )
    article = article_in(f"{HEADLINE}\n\n{wrapped}\n{SECOND}\n")
    assert article.body == f"<p>{' '.join(wrapped.split())}</p>\n<p>{SECOND}</p>"


def test_plain_text_has_a_headline_on_its_first_line_and_paragraphs_after_it() -> None:
    article = article_in(f"\n\n{HEADLINE}\n\n{FIRST}\n")
    assert (article.headline, article.line) == (HEADLINE, 3)
    assert article.body == f"<p>{FIRST}</p>"
    assert article_in(HEADLINE).body == ""


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Fighting for the harbour", "h2"),
        ("Fighting for the harbour.", "p"),
        ("Fighting for the harbour: what comes next, and who is going to pay for it all?", "p"),
        ("Fighting for the harbour and the sea and the bar and the boats", "p"),
        (f"Fighting for the {'harbour' * 10}", "p"),
        ("fighting for the harbour", "p"),
        ("***", "p"),
    ],
)
def test_a_short_line_without_closing_punctuation_is_a_crosshead(line: str, kind: str) -> None:
    article = article_in(f"{HEADLINE}\n\n{FIRST}\n\n{line}\n\n{SECOND}\n")
    assert f"<{kind}>{line}</{kind}>" in article.body


def test_lines_in_a_row_or_after_a_colon_are_no_crossheads() -> None:
    names = article_in(f"{HEADLINE}\n\n{FIRST}\n\nIda Holm\n\nPer Sund\n\n{SECOND}\n")
    assert "<h2>" not in names.body
    announced = article_in(f"{HEADLINE}\n\nOn board were:\n\nIda Holm\n\n{SECOND}\n")
    assert "<h2>" not in announced.body


def test_bullets_numbers_and_quotations_keep_their_form() -> None:
    body = article_in(
        f"{HEADLINE}\n\n{FIRST}\n\n• One boat\n\n• Two boats\n\n1. First\n2. Second\n\n"
        f"> He said so.\n\n{SECOND}\n"
    ).body
    assert "<ul>\n<li>One boat</li>\n<li>Two boats</li>\n</ul>" in body
    assert "<ol>\n<li>First</li>\n<li>Second</li>\n</ol>" in body
    assert "<blockquote>\n<p>He said so.</p>\n</blockquote>" in body


def test_the_web_address_of_the_original_is_the_articles_id() -> None:
    article = article_in(scraped("Source: https://gazette.example/ferry"))
    assert article.source_url == article.id == "https://gazette.example/ferry"
    assert article.id_is_given
    assert article_in(scraped()).id == "story.txt"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\n", "the file is blank"),
        (b" \r\n\t\xc2\xa0\n", "the file is blank"),
        (b"\xef\xbb\xbf\x07\n", "the file is blank"),
    ],
)
def test_a_file_without_text_is_skipped_with_path_and_reason(content: bytes, reason: str) -> None:
    articles, (problem,) = found_in(content, "2023/ferry.txt")
    assert not articles
    assert problem.skipped
    assert (problem.path, problem.reason) == ("seeds/2023/ferry.txt", reason)


def test_an_invalid_web_address_is_text() -> None:
    article = article_in(scraped("http://["))
    assert article.source_url is None
    assert article.body.startswith("<p>http://[</p>")


def test_markup_in_scraped_text_is_shown_as_text() -> None:
    article = article_in(f"{HEADLINE} <b>\n\nA <script>alert(1)</script> & *stars* {{{{ x }}}}.\n")
    assert article.headline == f"{HEADLINE} <b>"
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *stars* {{ x }}" in article.body


def test_an_empty_quotation_is_left_out() -> None:
    article = article_in("Harbour opens\nJun 19, 2023 09:39 UTC\n\n>\n\nThe text.\n\n> \n")
    assert article.body == "<p>The text.</p>"
