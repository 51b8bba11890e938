"""Pages: views through templates to HTML."""

from dataclasses import replace
from typing import Any

from jinja2 import TemplateError, pass_context
from markupsafe import Markup

from newsarchive.model import addresses
from newsarchive.model.problems import ArchiveError
from newsarchive.model.references import resolved
from newsarchive.pages.breadcrumbs import breadcrumbs, name_beneath
from newsarchive.pages.citations import citation
from newsarchive.pages.metadata import hashes, metadata
from newsarchive.pages.theme import TEMPLATES, Theme, template_error
from newsarchive.pages.translations import translations
from newsarchive.pages.words import Words, iso
from newsarchive.rendering.views import (
    AboutView,
    ArticleView,
    CalendarDayView,
    CalendarPageView,
    HomeView,
    IndexView,
    ListingView,
    NotFoundView,
    PageView,
    RedirectView,
    SearchView,
    SiteView,
)

_KINDS: dict[type, str] = {
    ArticleView: "article",
    ListingView: "listing",
    HomeView: "home",
    IndexView: "index",
    CalendarPageView: "calendar",
    CalendarDayView: "calendar-day",
    AboutView: "about",
    SearchView: "search",
    NotFoundView: "not-found",
    RedirectView: "former",
}
"""The kind of page that shows a view, which has a template of its own."""


class Pages:
    """Renders pages with one theme for one site."""

    def __init__(self, theme: Theme, site: SiteView) -> None:
        self._to_top = ""  # of the page that is being rendered
        found = translations(theme, site.language)
        self.words = words = Words(site.language, found)
        self._environment = theme.environment(found, theme.words_digest(site.language))
        self._environment.filters.update(
            date=words.date,
            moment=words.moment,
            period=words.period,
            month=words.month,
            day=words.day,
            calendar_day=words.calendar_day,
            beneath=lambda period: name_beneath(period, words),
            number=words.number,
            weeks=words.weeks,
            iso=iso,
            # Jinja works out once for all pages what a filter makes of a constant, but for filters
            # that take the context.
            link=pass_context(lambda _, address: self._link(address)),
            url=lambda address: addresses.url(site.base_url, address),
        )
        self._environment.globals.update(
            site=site,
            weekdays=words.weekdays(),
            counted=words.counted,
            hashes=hashes,
            told=words.told,
            breadcrumbs=lambda page: breadcrumbs(page, words),
            citation=lambda page: citation(page, site),
            metadata=lambda page, above, title, description: metadata(
                page, site, title, description, above
            ),
        )
        self._base_path = "/" + site.base_url.split("/", 3)[3]

    def render(self, view: PageView) -> bytes:
        """The page as UTF-8. Raises ArchiveError where its template is at fault."""
        # The page that a server shows at any address cannot link relatively.
        everywhere = isinstance(view, NotFoundView)
        self._to_top = self._base_path if everywhere else addresses.to_top(view.address)
        name = TEMPLATES[_KINDS[type(view)]]
        try:
            page = self._environment.get_template(name).render(page=self._shown(view))
        except RecursionError as error:
            raise ArchiveError(
                f"templates/{name}: the template cannot be used: it includes or extends itself"
            ) from error
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise template_error(error) from error
        return page.encode()

    def _link(self, address: str) -> str:
        """The link from the page that is being rendered to an address of the site or a URL."""
        if address.startswith(("https:", "http:")):
            return address
        return self._to_top + addresses.quoted(address)

    def _shown(self, view: PageView) -> Any:
        if not isinstance(view, ArticleView):
            return view
        body = resolved(view.body, view.missing, lambda name: self._link(addresses.media(name)))
        # What may scroll in itself must be reached by those who have a keyboard alone
        # (WCAG 2.2, success criterion 2.1.1).
        for element in ("<pre", "<table"):
            body = body.replace(element, f'{element} tabindex="0"')
        return replace(view, body=Markup(body))  # noqa: S704 - sanitised when it was read
