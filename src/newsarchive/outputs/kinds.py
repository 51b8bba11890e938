"""The list of all kinds of output."""

from newsarchive.outputs.about import About
from newsarchive.outputs.articles import Articles
from newsarchive.outputs.calendar import Calendar
from newsarchive.outputs.calendar_days import CalendarDays
from newsarchive.outputs.copies import MediaFiles, StaticFiles
from newsarchive.outputs.data.archive_json import ArchiveJson
from newsarchive.outputs.data.csv_tables import CsvTables
from newsarchive.outputs.data.json_lines import JsonLines
from newsarchive.outputs.feeds.documents import FeedDocuments
from newsarchive.outputs.feeds.feed_list import FeedList
from newsarchive.outputs.feeds.feeds import Feeds
from newsarchive.outputs.home import Home
from newsarchive.outputs.kind import Kind, Settings
from newsarchive.outputs.listings import Listings
from newsarchive.outputs.not_found import NotFound
from newsarchive.outputs.redirects import RedirectPages
from newsarchive.outputs.scripts.calendar_days import CalendarDayScripts
from newsarchive.outputs.scripts.days import Days
from newsarchive.outputs.scripts.headlines import Headlines
from newsarchive.outputs.search import Search
from newsarchive.outputs.sitemaps.index import SitemapIndex
from newsarchive.outputs.sitemaps.months import MonthSitemaps
from newsarchive.outputs.sitemaps.news import NewsSitemap
from newsarchive.outputs.sitemaps.pages import PageSitemaps
from newsarchive.outputs.sitemaps.robots import Robots
from newsarchive.outputs.term_index import TermIndex

KINDS: tuple[type[Kind], ...] = (
    StaticFiles,
    MediaFiles,
    Articles,
    Listings,
    TermIndex,
    CalendarDays,
    Headlines,
    CalendarDayScripts,
    JsonLines,
    CsvTables,
    FeedDocuments,
    Feeds,
    PageSitemaps,
    MonthSitemaps,
    Calendar,
    Days,
    Search,
    About,
    NotFound,
    FeedList,
    ArchiveJson,
    SitemapIndex,
    NewsSitemap,
    Robots,
    RedirectPages,
    Home,
)
"""All kinds, in the order of publishing. The home page comes last: until then no reader finds a
link to a page that does not exist yet."""

SUFFIXES = tuple(sorted({marker.suffix for kind in KINDS for marker in kind.markers}))
"""The suffixes of the files that newsarchive makes."""


def kinds_of(settings: Settings) -> dict[str, Kind]:
    """The kinds that the settings ask for, by name, in the order of KINDS."""
    made = (kind.of(settings) for kind in KINDS)
    return {kind.name: kind for kind in made if kind}
