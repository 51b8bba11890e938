"""The way from the home page to a page, for its breadcrumbs and for search engines."""

from newsarchive.model import addresses
from newsarchive.model.periods import Period
from newsarchive.pages.words import Words
from newsarchive.rendering.views import (
    ArticleView,
    CalendarDayView,
    HomeView,
    Link,
    ListingView,
    NotFoundView,
    PageView,
    PeriodLink,
    RedirectView,
)

_INDEX_NAMES = {"tag": "Tags", "author": "Authors", "section": "Sections"}
"""The messages that name the pages of all tags, authors and sections, as the header does."""


def breadcrumbs(page: PageView, words: Words) -> list[Link]:
    """The pages above this one, the home page first; none for pages that have no place."""
    if isinstance(page, HomeView | NotFoundView | RedirectView):
        return []
    links = [Link(words.text("Home"), addresses.HOME)]
    match page:
        case ArticleView():
            links += [_link(longer, words) for longer in page.periods]
        case CalendarDayView():
            links.append(Link(words.text("On this day"), addresses.CALENDAR))
        case ListingView():
            if page.index:
                links.append(Link(words.text(_INDEX_NAMES[page.kind]), page.index))
            links += [
                _link(longer, words, page.name)
                for longer in page.parents
                if page.index or longer.period.year
            ]
    return links


def _link(longer: PeriodLink, words: Words, collection: str = "") -> Link:
    return Link(name_beneath(longer.period, words) or collection, longer.address)


def name_beneath(period: Period, words: Words) -> str:
    """The name of a period beneath a longer one: a month or a day without its year."""
    match period.kind:
        case "month":
            return words.month(period)
        case "day":
            return words.day(period)
    return words.period(period)
