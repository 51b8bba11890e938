"""Starting an archive: what `newsarchive init` puts into a new folder."""

from collections.abc import Iterator
from pathlib import Path

from newsarchive.config import FILE_NAME
from newsarchive.model.problems import ConfigError

_CONFIG = """\
# The settings of this archive. All of them have defaults; docs/configuration.md lists them.

[site]
title = "News archive"
description = ""
# Where the site will be published. Feeds need it; pages work without.
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

This is a sample. It shows the layout of plain news text: a headline, a line with the time of publication, a blank line, and then the paragraphs.

Where things go

A short line of its own between two paragraphs, such as the one above, becomes a crosshead.

Put your own articles into this folder, as .txt files like this one or as .md files with front matter, delete the sample, and build again.

ED

Tags
  • Sample
"""


def start_archive(directory: Path) -> Iterator[Path]:
    """Make an archive in a folder and yield the files made. Nothing is overwritten: raises
    ConfigError where the folder has a newsarchive.toml, or is a file."""
    config = directory / FILE_NAME
    if config.exists():
        raise ConfigError(f"{config}: there is an archive already")
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
        raise ConfigError(f"{error.filename}: cannot be made: {error.strerror}") from error
