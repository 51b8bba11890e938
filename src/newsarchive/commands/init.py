"""Init: creates the files of a new archive."""

from collections.abc import Iterator
from pathlib import Path

from newsarchive.config import FILE_NAME
from newsarchive.model.problems import ConfigError

_CONFIG = """\
# The settings of this archive. Every setting has a default: see docs/configuration.md.

[site]
title = "News archive"
description = ""
# The address of the published site. Feeds and sitemaps need it.
# base_url = "https://news.example/"
language = "en"
timezone = "UTC"

[build]
sources = ["seeds"]
output = "build"
"""

_SAMPLE_NAME = "sample.txt"
_SAMPLE = """\
An archive begins with one article
Jan 1, 2024 09:00 UTC

This sample shows the layout of a plain news text: a headline, a line with the date and time, a blank line, and then the paragraphs.

Where things go

A short line between two paragraphs, like the one above, becomes a crosshead.

Add your own articles to this folder, as .txt files like this one or as .md files with front matter. Then delete the sample and build again.

ED

Tags
  • Sample
"""


def start_archive(directory: Path) -> Iterator[Path]:
    """Create an archive in a folder, and yield the new files. Overwrites nothing: raises
    ConfigError if the folder has a newsarchive.toml, or if a file cannot be created."""
    config = directory / FILE_NAME
    if config.exists():
        raise ConfigError(f"{config}: this folder already has an archive: nothing was changed")
    seeds = directory / "seeds"
    try:
        seeds.mkdir(parents=True, exist_ok=True)
        config.write_text(_CONFIG, encoding="utf-8")
        yield config
        if not any(seeds.iterdir()):
            sample = seeds / _SAMPLE_NAME
            sample.write_text(_SAMPLE, encoding="utf-8")
            yield sample
    except OSError as error:
        raise ConfigError(f"{error.filename}: cannot be created: {error.strerror}") from error
