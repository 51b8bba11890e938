"""Limits: sizes that no archive needs to set, and that tests make small."""

from dataclasses import dataclass

from newsarchive.model.periods import CALENDAR, Period


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of files of each kind, and of the tasks that a build hands out."""

    single_process_tasks: int = 200
    """Fewer tasks of reading or publishing than this end before more processes have started: the
    build uses one process."""
    reading_seconds: float = 60
    """Processor time for reading one article, in seconds."""
    listed_changes: int = 5_000
    """Old and new places of changed articles, of which an article that changed has both. If there
    are more, every output is planned."""
    feed_document: int = 100
    """Articles in a document of a feed's history: whole articles, about 1 MB."""
    sitemap: int = 20_000
    """Articles in a sitemap. sitemaps.org allows 50,000 addresses and 50 MB; an address takes at
    most about 900 bytes, percent-encoded."""
    page_sitemap: int = 20_000
    """Tags, authors and sections in a sitemap."""
    news_sitemap: int = 1_000
    """Articles in the sitemap for Google News: Google's limit."""
    csv: int = 20_000
    """Articles in a CSV file."""
    undated_headlines: int = 1_000
    """Headlines in a file of the undated shelf. A month is always one file."""
    calendar: tuple[Period, ...] = CALENDAR
    """The days of the year that have a page, as days of LEAP_YEAR."""
