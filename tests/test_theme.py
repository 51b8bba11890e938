"""The theme: an archive's own templates and static files win over the default ones, one by one."""

from conftest import Archive

ARTICLE = "A headline\nJun 19, 2023 09:39 UTC\n\nThe first paragraph.\n\nThe second one.\n"
PAGE = "2023/06/19/a-headline.html"


def own(archive: Archive, name: str, text: str) -> None:
    path = archive.directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_an_archive_can_replace_one_template_and_keep_the_others(archive: Archive) -> None:
    archive.write("a.txt", ARTICLE)
    own(archive, "templates/article.html", "<!doctype html><title>x</title><p>{{ page.headline }}")
    archive.build()
    assert archive.page(PAGE) == "<!doctype html><title>x</title><p>A headline"
    assert '<header class="masthead">' in archive.page("index.html")


def test_a_template_can_extend_one_of_the_theme(archive: Archive) -> None:
    archive.write("a.txt", ARTICLE)
    own(
        archive,
        "templates/404.html",
        '{% extends "base.html" %}{% block content %}Lost{% endblock %}',
    )
    archive.build()
    page = archive.page("404.html")
    assert "Lost" in page
    assert '<header class="masthead">' in page


def test_an_archive_can_replace_and_add_static_files(archive: Archive) -> None:
    archive.write("a.txt", ARTICLE)
    own(archive, "static/style.css", "body { color: green }")
    own(archive, "static/fonts/own.txt", "a font")
    own(archive, "static/.DS_Store", "rubbish")
    archive.build()
    assert archive.page("static/style.css") == "body { color: green }"
    assert archive.page("static/fonts/own.txt") == "a font"
    assert not (archive.output / "static/.DS_Store").exists()
    (archive.directory / "static/fonts/own.txt").unlink()
    assert archive.build().removed == 1
    assert not (archive.output / "static/fonts").exists()


def test_the_text_of_an_article_is_never_read_as_template_or_markup(archive: Archive) -> None:
    archive.write("a.txt", ARTICLE.replace("A headline", "<b>{{ site }}</b> & {% raw %}"))
    archive.build()
    (page,) = archive.output.glob("2023/06/19/*b-site-b*.html")
    assert "<h1>&lt;b&gt;{{ site }}&lt;/b&gt; &amp; {% raw %}</h1>" in page.read_text()


def test_pages_have_a_canonical_link_only_with_a_base_url(archive: Archive) -> None:
    archive.write("a.txt", ARTICLE)
    archive.build()
    assert "canonical" not in archive.page(PAGE)
    archive.configure('[site]\nbase_url = "https://news.example/past/"\n')
    archive.build()
    canonical = '<link rel="canonical" href="https://news.example/past/{}">'
    assert canonical.format(PAGE) in archive.page(PAGE)
    assert canonical.format("2023/06/") in archive.page("2023/06/index.html")
    assert canonical.format("") in archive.page("index.html")


def test_the_404_page_links_from_the_top_of_the_site(archive: Archive) -> None:
    # A server shows it at any address, so relative links would lead astray.
    archive.configure('[site]\nbase_url = "https://news.example/past/"\n')
    archive.build()
    assert 'href="/past/static/style.css"' in archive.page("404.html")
    assert 'href="/past/tags/index.html"' in archive.page("404.html")


def test_dates_are_in_the_language_and_the_time_zone_of_the_archive(archive: Archive) -> None:
    archive.write("a.txt", ARTICLE.replace("Jun 19, 2023 09:39 UTC", "Jun 19, 2023 23:39 UTC"))
    archive.configure('[site]\nlanguage = "de"\ntimezone = "Europe/Berlin"\n')
    archive.build()
    page = archive.page("2023/06/20/a-headline.html")
    assert '<time datetime="2023-06-20T01:39:00+02:00">20. Juni 2023, 01:39 CEST</time>' in page
    assert '<html lang="de">' in page
    assert "Dienstag, 20. Juni" in archive.page("2023/06/index.html")


def test_only_the_day_is_shown_where_only_the_day_is_known(archive: Archive) -> None:
    archive.write("a.md", "---\ntitle: A headline\ndate: 2023-06-19\n---\nText.\n")
    archive.build()
    assert '<time datetime="2023-06-19">June 19, 2023</time>' in archive.page(PAGE)


def test_an_archive_without_articles_has_a_home_page(archive: Archive) -> None:
    archive.build()
    assert "This archive has no articles yet." in archive.page("index.html")
    assert "No article in this archive has a byline." in archive.page("authors/index.html")
