"""Random articles for the benchmark, the same in every run and on every machine."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

FIRST_DAY = datetime(2014, 1, 1, tzinfo=UTC)
SECONDS = 3652 * 24 * 3600
"""The seconds of ten years, over which the articles are spread evenly."""

PARAGRAPHS = 12
TAGS = 4
_WORDS = 6000
_TAG_NAMES = 400
_ONSETS = [*"bcdfghlmnprstvw", "br", "cl", "sh", "st", "th"]
_VOWELS = [*"aeiou", "ai", "ea", "ou"]
_CODAS = ["", "", "", "d", "l", "n", "r", "s", "t"]


@dataclass(frozen=True, slots=True)
class BenchArticle:
    """An article of about 6.5 KB in twelve paragraphs with four tags."""

    number: int
    headline: str
    published: datetime
    tags: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def stem(self) -> str:
        """Its folder and file name without suffix: `2014/01/0000001`."""
        return f"{self.published:%Y/%m}/{self.number:07d}"


def articles(count: int) -> Iterator[BenchArticle]:
    """Yield `count` articles, oldest first."""
    words, tags = _vocabulary()
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - not for secrets
        yield BenchArticle(
            number,
            " ".join(chance.choices(words, k=9)).capitalize(),
            FIRST_DAY + timedelta(seconds=number * SECONDS // count),
            tuple(dict.fromkeys(chance.choices(tags, k=TAGS))),
            tuple(_paragraph(chance, words) for _ in range(PARAGRAPHS)),
        )


def scraped(article: BenchArticle) -> str:
    """The article as text scraped from a news page."""
    when = article.published
    header = (
        f"{article.headline}\n"
        f"(last modified {when:%a, %d %b %Y %H:%M:%S} GMT )\n"
        f"{when:%b %d, %Y %H:%M} UTC\n"
        f"  • {article.headline}\n"
    )
    tags = "".join(f"  • {tag}\n" for tag in article.tags)
    return "\n\n".join([header, *article.paragraphs, "ME", f"Tags\n{tags}"])


def markdown(article: BenchArticle, extra: str = "") -> str:
    """The article as Markdown, with the lines of `extra` at the end of its front matter."""
    tags = ", ".join(article.tags)
    return (
        f'---\ntitle: "{article.headline}"\ndate: {article.published.isoformat()}\n'
        f"tags: [{tags}]\n{extra}---\n\n" + "\n\n".join(article.paragraphs) + "\n"
    )


def write(path: Path, text: str) -> None:
    """Write a file, and create its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _paragraph(chance: random.Random, words: list[str]) -> str:
    sentences = []
    for _ in range(chance.randint(3, 6)):
        sentence = " ".join(chance.choices(words, k=chance.randint(9, 26)))
        sentences.append(f"{sentence.capitalize()}.")
    return " ".join(sentences)


@cache
def _vocabulary() -> tuple[list[str], list[str]]:
    chance = random.Random(1)  # noqa: S311
    words = ["".join(_syllables(chance)) for _ in range(_WORDS)]
    tags = [" ".join(chance.choices(words, k=2)).title() for _ in range(_TAG_NAMES)]
    return words, tags


def _syllables(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.choice([1, 1, 2, 2, 3])):
        yield chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
