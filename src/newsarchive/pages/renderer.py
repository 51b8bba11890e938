"""Renders views with templates to HTML."""

from gettext import NullTranslations

from jinja2 import TemplateError, pass_context

from newsarchive.model import addresses
from newsarchive.model.problems import ArchiveError
from newsarchive.pages.breadcrumbs import breadcrumbs, short_name_of
from newsarchive.pages.citations import citation
from newsarchive.pages.metadata import hashes, metadata
from newsarchive.pages.templates import environment_of, template_error
from newsarchive.pages.theme import Theme
from newsarchive.pages.views import PageView, SiteView
from newsarchive.pages.words import Words, iso


class Pages:
    """Renders pages with one theme for one site."""

    def __init__(
        self, theme: Theme, site: SiteView, words: Words, translations: NullTranslations
    ) -> None:
        self._to_top = ""  # the relative path from the current page to the top of the site
        self._environment = environment_of(theme, translations, theme.words_digest(site.language))
        self._environment.filters.update(
            date=words.date,
            moment=words.moment,
            period=words.period,
            month=words.month,
            day=words.day,
            calendar_day=words.calendar_day,
            short_name=lambda period: short_name_of(period, words),
            number=words.number,
            weeks=words.weeks,
            iso=iso,
            # Jinja evaluates a filter with a constant only once, when it compiles the template. A
            # filter that takes the context is evaluated on every page.
            link=pass_context(lambda _, address: addresses.link(address, self._to_top)),
            url=lambda address: addresses.url(site.base_url, address),
        )
        self._environment.globals.update(
            site=site,
            weekdays=words.weekdays(),
            counted=words.counted,
            hashes=hashes,
            period_and_count=words.period_and_count,
            breadcrumbs=lambda page: breadcrumbs(page, words),
            citation=lambda page: citation(page, site),
            metadata=lambda page, above, title, description: metadata(
                page, site, title, description, above
            ),
        )

    def check(self, template: str) -> None:
        """Compile a template. Raises ArchiveError if it cannot be used."""
        try:
            self._environment.get_template(template)
        except TemplateError as error:
            raise template_error(error) from error

    def render(self, template: str, view: PageView, to_top: str | None = None) -> bytes:
        """The page as UTF-8. `to_top` is put before the addresses of links; by default it is the
        relative path to the top of the site. Raises ArchiveError if the template is at fault."""
        self._to_top = addresses.to_top(view.address) if to_top is None else to_top
        try:
            page = self._environment.get_template(template).render(page=view)
        except RecursionError as error:
            raise ArchiveError(
                f"templates/{template}: the template cannot be used: it includes or extends itself"
            ) from error
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise template_error(error) from error
        return page.encode()
