"""Awkward features of real collections of posts, each on files written for it.

The features were counted in an archive of 775 posts of a project's news site, 2009 to 2022.
"""

import pytest

from conftest import Archive


def post(archive: Archive, name: str, *front_matter: str, body: str = "Text.") -> None:
    """Write a post as a Jekyll site has it."""
    lines = "\n".join(front_matter)
    archive.write(name, f"---\nlayout: post\n{lines}\n---\n{body}\n")


def article_page(archive: Archive, folder: str = "2009/11/16") -> str:
    """The one article page of a day."""
    pages = [path for path in (archive.output / folder).glob("*.html") if path.stem != "index"]
    (page,) = pages
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("date", "shown", "doubt"),
    [
        ("2009-11-16 11:02:00 +0100", "2009-11-16T10:02:00+00:00", None),
        ("2009-11-16 10:02:00", "2009-11-16T10:02:00+00:00", None),
        ("'2009-11-16 10:02:00+15:30'", "2009-11-16T10:02:00+00:00", "impossible UTC offset"),
    ],
    ids=["numeric offset", "no offset", "as text, with an offset no place has"],
)
def test_dates_are_read_with_a_warning_where_they_are_doubtful(
    archive: Archive, date: str, shown: str, doubt: str | None
) -> None:
    post(archive, "a.md", "title: Boats", f"date: {date}")
    ledger = archive.build()
    assert ledger.published == 1
    assert f'<time datetime="{shown}">' in article_page(archive)
    warnings = [(problem.line, problem.reason) for problem in ledger.warnings]
    assert bool(warnings) is bool(doubt)
    for line, reason in warnings:
        assert line == 4
        assert reason.startswith("date: ")
        assert str(doubt) in reason


def test_a_missing_date_is_taken_from_the_file_name(archive: Archive) -> None:
    post(archive, "2009-11-16-boats.md", "title: Boats")
    archive.build()
    assert '<time datetime="2009-11-16">' in article_page(archive)


def test_posts_without_tags_are_published_and_make_no_tag_page(archive: Archive) -> None:
    post(archive, "2009-11-16-boats.md", "title: Boats")
    post(archive, "2009-11-17-tide.md", "title: Tide", "tags:")
    assert archive.build().published == 2
    assert "Tags</h2>" not in article_page(archive)
    assert not [path for path in (archive.output / "tags").iterdir() if path.is_dir()]


def test_a_tag_in_several_cases_is_one_tag_in_its_commonest_spelling(archive: Archive) -> None:
    for number, tag in enumerate(["KDE", "kde", "KDE"]):
        post(archive, f"2009-11-1{number}-a.md", f"title: A{number}", f"tags:\n- {tag}")
    archive.build()
    listing = archive.page("tags/kde/index.html")
    assert "<h1><bdi>KDE</bdi></h1>" in listing
    assert "3 articles" in listing


def test_unpublished_posts_are_counted_as_drafts_and_not_shown(archive: Archive) -> None:
    post(archive, "2009-11-16-boats.md", "title: Boats", "published: false")
    post(archive, "2009-11-16-tide.md", "title: Tide", "published: true")
    ledger = archive.build()
    assert (ledger.articles, ledger.published, ledger.drafts) == (2, 1, 1)
    assert "Boats" not in "".join(content.decode() for content in archive.site().values())


def test_two_posts_with_the_same_address_each_get_a_page(archive: Archive) -> None:
    for number in range(5):
        date = f"date: 2010-01-0{number + 1} 10:00:00 +0000"
        post(archive, f"2010-01-0{number + 1}-a.md", "title: Meeting today", date, body="In A.")
        post(archive, f"2010-01-0{number + 1}-b.md", "title: Meeting today", date, body="In B.")
    ledger = archive.build()
    assert (ledger.published, ledger.merged) == (10, 0)
    for number in range(5):
        folder = archive.output / f"2010/01/0{number + 1}"
        pages = list(folder.glob("meeting-today*.html"))
        assert sorted("In A." in page.read_text() for page in pages) == [False, True]
        listing = (folder / "index.html").read_text()
        assert all(page.name in listing for page in pages)


def test_a_slug_in_the_front_matter_overrides_the_file_name(archive: Archive) -> None:
    post(archive, "2009-11-16-some-file.md", "title: Boats at sea", "slug: boats")
    archive.build()
    assert (archive.output / "2009/11/16/boats.html").exists()


def test_a_post_with_a_space_in_its_file_name_is_published(archive: Archive) -> None:
    post(archive, "2009/2009-11-16-boats now at sea.md", "title: Boats")
    assert archive.build().published == 1
    assert "Boats" in article_page(archive)


def test_a_file_with_only_a_line_end_is_skipped(archive: Archive) -> None:
    archive.write("2011-07-14-conference.md", "\n")
    post(archive, "2009-11-16-boats.md", "title: Boats")
    ledger = archive.build()
    (problem,) = ledger.skipped
    assert problem.path.endswith("2011-07-14-conference.md")
    assert problem.reason == "the file is blank"
    assert ledger.published == 1


def test_a_missing_lead_image_is_reported_and_left_out(archive: Archive) -> None:
    post(archive, "2009-11-16-boats.md", "title: Boats", "image: /wp-content/2009/11/boats.png")
    ledger = archive.build()
    (problem,) = ledger.missing_files
    assert "wp-content/2009/11/boats.png" in problem.reason
    assert "<img" not in article_page(archive)


def test_a_lead_image_is_copied_into_the_site(archive: Archive) -> None:
    archive.write("wp-content/2009/11/boats.png", b"image")
    post(
        archive, "2009/2009-11-16-boats.md", "title: Boats", "image: /wp-content/2009/11/boats.png"
    )
    ledger = archive.build()
    assert not ledger.missing_files
    assert 'src="../../../media/wp-content/2009/11/boats.png"' in article_page(archive)
    assert (archive.output / "media/wp-content/2009/11/boats.png").read_bytes() == b"image"


def test_links_without_a_protocol_become_https(archive: Archive) -> None:
    body = "See [the wiki](//wiki.example/Boats) and <a href='//lists.example/'>the list</a>."
    post(archive, "2009-11-16-boats.md", "title: Boats", body=body)
    archive.build()
    page = article_page(archive)
    assert 'href="https://wiki.example/Boats"' in page
    assert 'href="https://lists.example/"' in page


def test_raw_html_in_the_body_is_kept_without_its_styles(archive: Archive) -> None:
    body = (
        "<p style='color: red'>One <b>two</b></p>\n\n<div align=right>\n**three**\n</div>\n\n"
        "<table><tr><td>![x](https://a.example/x.png)</td></tr></table>"
    )
    post(archive, "2009-11-16-boats.md", "title: Boats", body=body)
    archive.build()
    page = article_page(archive)
    assert "<p>One <b>two</b></p>" in page
    assert "<strong>three</strong>" in page
    assert '<img alt="x" src="https://a.example/x.png" loading="lazy">' in page


def test_a_body_of_over_a_hundred_kilobytes_is_published_whole(archive: Archive) -> None:
    body = "\n\n".join(f"Paragraph {number} of *a long* report." for number in range(4000))
    post(archive, "2009-11-16-boats.md", "title: Boats", body=body)
    assert archive.build().published == 1
    page = article_page(archive)
    assert len(page) > 114_000
    assert page.count("<em>a long</em>") == 4000


def test_a_wordpress_caption_becomes_a_figure_and_a_gallery_is_removed(archive: Archive) -> None:
    body = (
        '[caption id="attachment_7" align="alignright" width="300" caption="The boat"]'
        "[![](https://a.example/boat.png)](https://a.example/boat-large.png)[/caption]\n\n[gallery]"
    )
    post(archive, "2009-11-16-boats.md", "title: Boats", body=body)
    archive.build()
    page = article_page(archive)
    assert "<figcaption>The boat</figcaption></figure>" in page
    assert 'href="https://a.example/boat-large.png"' in page
    assert "[caption" not in page and "[gallery" not in page


def test_categories_give_the_section_and_tags_without_repeats(archive: Archive) -> None:
    lines = ("title: Boats", "categories:\n- Project\n- KDE", "tags:\n- kde\n- Events")
    post(archive, "2009-11-16-boats.md", *lines)
    archive.build()
    page = article_page(archive)
    assert "sections/project/index.html" in page
    assert page.count("tags/kde/index.html") == 1
    assert page.count("tags/events/index.html") == 1
