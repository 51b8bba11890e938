"""Fuzzing: every reader turns any bytes into articles or problems, and into nothing that runs.

`make fuzz` runs it for ten minutes; it takes libFuzzer's options. An input that takes longer than
`-timeout` seconds, or that raises an exception, is written to a file in `.fuzz/`.
"""

import re
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["newsarchive"]):
    from newsarchive.model.article import Article
    from newsarchive.model.problems import Problem
    from newsarchive.reading import ReadingOptions, read_source
    from newsarchive.reading.markdown import read_markdown  # noqa: F401 - instrumented
    from newsarchive.reading.scraped import read_scraped  # noqa: F401 - instrumented

NAMES = ("story.txt", "2023/06/19/story.md", "2023-06-19-story.md", "story.text")
OPTIONS = ReadingOptions("Europe/London")
_RUNS = re.compile(r"<(?:script|iframe|object|embed|form|style)\b|<[^>]* on[a-z]+=", re.I)


def read(data: bytes) -> None:
    """Read the bytes as a file; the first byte chooses its name."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    for found in read_source(data[1:], name, f"seeds/{name}", OPTIONS):
        assert isinstance(found, Article | Problem), found
        if isinstance(found, Article):
            assert found.headline.strip(), "an article has a headline"
            assert not _RUNS.search(found.body), found.body
            found.body.encode()
            found.content_digest()
        else:
            assert found.reason


if __name__ == "__main__":
    seeds = Path(__file__).with_name("seeds")
    atheris.Setup([*sys.argv, str(seeds)], read)
    atheris.Fuzz()
