"""Breadcrumbs: the path from the home page to a page, for readers and search engines."""

from newsarchive.model import addresses
from newsarchive.model.periods import Period
from newsarchive.pages.views import Crumb, Link, PageView, PeriodLink
from newsarchive.pages.words import Words


def breadcrumbs(page: PageView, words: Words) -> list[Link]:
    """The pages above a page, the home page first; empty if the page has no breadcrumbs."""
    if not page.has_breadcrumbs:
        return []
    home = Link(words.text("Home"), addresses.HOME)
    return [home, *(_link(parent, words) for parent in page.crumbs())]


def _link(crumb: Crumb, words: Words) -> Link:
    match crumb:
        case Link():
            return crumb
        case PeriodLink():
            return Link(short_name_of(crumb.period, words), crumb.address)
    message, address = crumb
    return Link(words.text(message), address)


def short_name_of(period: Period, words: Words) -> str:
    """The name of a period in the list of a longer one: a month or a day without its year."""
    match period.kind:
        case "month":
            return words.month(period)
        case "day":
            return words.day(period)
    return words.period(period)
