"""Pages: views through templates to HTML."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from jinja2 import TemplateError, pass_context
from markupsafe import Markup

from newsarchive import addresses
from newsarchive.periods import ALL_TIME
from newsarchive.problems import ArchiveError
from newsarchive.references import resolved
from newsarchive.rendering.theme import TEMPLATES, Theme, template_error
from newsarchive.rendering.views import (
    ArticleView,
    FormerView,
    IndexView,
    ListingView,
    NotFoundView,
    SiteView,
)
from newsarchive.rendering.words import Words

PageView = ArticleView | ListingView | IndexView | NotFoundView | FormerView


class Pages:
    """Renders pages with one theme for one site."""

    def __init__(self, theme: Theme, site: SiteView) -> None:
        self._to_top = ""  # of the page that is being rendered
        words = Words(site.language)
        self._environment = theme.environment()
        self._environment.filters.update(
            date=words.date,
            moment=words.moment,
            period=words.period,
            month=words.month,
            day=words.day,
            number=words.number,
            iso=iso,
            path=addresses.quoted,
            # Jinja works out once for all pages what a filter makes of a constant, but for filters
            # that take the context.
            link=pass_context(lambda _, address: self._link(address)),
        )
        self._environment.globals.update(site=site)
        self._base_path = "/" + site.base_url.split("/", 3)[3]

    def render(self, view: PageView) -> bytes:
        """The page as UTF-8. Raises ArchiveError where its template is at fault."""
        # The page that a server shows at any address cannot link relatively.
        everywhere = isinstance(view, NotFoundView)
        self._to_top = self._base_path if everywhere else addresses.to_top(view.address)
        try:
            template = self._environment.get_template(TEMPLATES[kind_of(view)])
            page = template.render(page=self._shown(view))
        except RecursionError as error:
            place = f"templates/{TEMPLATES[kind_of(view)]}"
            raise ArchiveError(
                f"{place}: the template cannot be used: it includes or extends itself"
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
        return replace(view, body=Markup(body))  # noqa: S704 - sanitised when it was read


def kind_of(view: PageView) -> str:
    """The kind of page, which has a template of its own."""
    match view:
        case ArticleView():
            return "article"
        case ListingView():
            return "home" if view.kind == "all" and view.period == ALL_TIME else "listing"
        case IndexView():
            return "index"
        case NotFoundView():
            return "not-found"
        case FormerView():
            return "former"


def iso(moment: datetime, precision: str | None = "second") -> str:
    """The moment as `<time>` takes it (HTML, section 4.5.14), in its own offset."""
    return moment.date().isoformat() if precision == "day" else moment.isoformat()
