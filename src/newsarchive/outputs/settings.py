"""The settings of a site, made from `newsarchive.toml`."""

from pathlib import Path

from newsarchive.config import Config
from newsarchive.model.collection import ARCHIVE
from newsarchive.model.limits import Limits
from newsarchive.model.text import direction
from newsarchive.outputs.feeds.formats import feed_link
from newsarchive.outputs.kind import Settings
from newsarchive.pages.theme import Theme
from newsarchive.pages.views import SiteView


def settings_of(
    config: Config, cache_folder: Path | None = None, limits: Limits | None = None
) -> Settings:
    """The settings of an archive's site. Compiled templates are cached in `cache_folder`; None
    for no cache."""
    site = SiteView(
        config.site.title,
        config.site.description,
        config.site.language,
        config.base_url,
        bool(config.site.base_url),
        direction(config.site.language, ""),
        config.site.timezone,
        tuple(feed_link(ARCHIVE, format) for format in config.feeds.formats),
    )
    theme = Theme.of(config.directory.resolve(), cache_folder)
    return Settings(config, site, theme, limits or Limits())
