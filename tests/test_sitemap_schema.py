"""The schema of sitemaps accepts what the protocol allows, and nothing else."""

import pytest
from lxml import etree

from sitemap_files import (
    NAMES,
    schema,
)


def document(root: str, inner: str) -> str:
    names = f'xmlns="{NAMES["s"]}" xmlns:news="{NAMES["n"]}"'
    return f"<{root} {names}>{inner}</{root}>"


def of_url(inner: str) -> str:
    return document("urlset", f"<url><loc>https://x.example/a</loc>{inner}</url>")


def of_news(language: str = "en", title: str = "<news:title>A</news:title>") -> str:
    return of_url(
        "<news:news><news:publication><news:name>Gazette</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>2023-06-19</news:publication_date>{title}</news:news>"
    )


@pytest.mark.parametrize(
    "sound",
    [
        of_url(""),
        of_url("<lastmod>2023-06-19</lastmod><changefreq>daily</changefreq>"),
        of_url("<priority>0.5</priority><lastmod>2023-06-19T10:00:00.5Z</lastmod>"),
        of_news(),
        of_news("zh-cn"),
        document("sitemapindex", "<sitemap><loc>http://[::1]:80/%C3%BC?a=b</loc></sitemap>"),
    ],
)
def test_the_schema_accepts_what_the_protocol_allows(sound: str) -> None:
    assert schema().validate(etree.fromstring(sound)), schema().error_log


@pytest.mark.parametrize(
    "faulty",
    [
        document("urlset", ""),
        document("sitemapindex", ""),
        document("urlset", "<url/>"),
        document("urlset", "<sitemap><loc>https://x.example/</loc></sitemap>"),
        document("sitemapindex", "<url><loc>https://x.example/</loc></url>"),
        document("urls", "<url><loc>https://x.example/</loc></url>"),
        document("urlset", "<url><loc>/a</loc></url>"),
        document("urlset", "<url><loc>ftp://x.example/a</loc></url>"),
        document("urlset", "<url><loc>https://x.example/ü</loc></url>"),
        document("urlset", "<url><loc>https://zürich.example/</loc></url>"),
        document("urlset", "<url><loc>https://x.example/a b</loc></url>"),
        document("urlset", "<url><loc>https://x.example/%zz</loc></url>"),
        document("urlset", f"<url><loc>https://x.example/{'a' * 2048}</loc></url>"),
        of_url("<loc>https://x.example/b</loc>"),
        of_url("<lastmod>19 June 2023</lastmod>"),
        of_url("<lastmod></lastmod>"),
        of_url("<lastmod>2023-06-31</lastmod>"),
        of_url("<lastmod>2023-06-19Z</lastmod>"),
        of_url("<lastmod>2023-06-19T10:00:00</lastmod>"),
        of_url("<lastmod>1850-06-01T05:03:58-04:56:02</lastmod>"),
        of_url("<lastmod>2023-06-19</lastmod><lastmod>2023-06-19</lastmod>"),
        of_url("<changefreq>often</changefreq>"),
        of_url("<priority>1.1</priority>"),
        of_url("<title>A</title>"),
        of_url("text"),
        of_news("en-GB"),
        of_news(title=""),
        of_news(title="<news:title></news:title>"),
        of_url("").replace("sitemap/0.9", "sitemap/0.84"),
    ],
)
def test_the_schema_refuses_a_faulty_sitemap(faulty: str) -> None:
    assert not schema().validate(etree.fromstring(faulty))
