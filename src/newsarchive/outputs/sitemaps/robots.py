"""robots.txt (RFC 9309), with the `Sitemap` lines of sitemaps.org."""

from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import FixedKind, Marker, Output, Settings
from newsarchive.outputs.sitemaps.index import SitemapIndex
from newsarchive.outputs.sitemaps.news import NewsSitemap


@dataclass(frozen=True)
class Robots(FixedKind):
    """robots.txt: allows crawlers to read everything, and names the sitemaps."""

    name = "robots"
    address = "robots.txt"
    markers = (Marker(".txt", b"# made by newsarchive\n"),)

    sitemaps: tuple[str, ...]
    """The addresses of the sitemaps to name."""

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        if not settings.has_sitemaps:
            return None
        news = NewsSitemap.of(settings)
        return cls((SitemapIndex.address, *((news.address,) if news else ())))

    def render(self, output: Output, context: Context) -> bytes:
        lines = ["# made by newsarchive", "User-agent: *", "Allow: /", ""]
        lines += [
            f"Sitemap: {addresses.url(context.site.base_url, address)}" for address in self.sitemaps
        ]
        return "".join(f"{line}\n" for line in lines).encode()
