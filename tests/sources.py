"""Reads one source, for tests of its articles and problems."""

from newsarchive.model.article import Article
from newsarchive.model.problems import Problem
from newsarchive.reading import ReadingOptions, read_source


def found_in(
    content: str | bytes, name: str = "story.txt", timezone: str = "UTC"
) -> tuple[list[Article], list[Problem]]:
    """The articles of a source and the problems with it."""
    content = content if isinstance(content, bytes) else content.encode()
    found = list(read_source(content, name, f"seeds/{name}", ReadingOptions(timezone)))
    articles = [one for one in found if isinstance(one, Article)]
    return articles, [one for one in found if isinstance(one, Problem)]


def article_in(content: str | bytes, name: str = "story.txt", timezone: str = "UTC") -> Article:
    """The one article of a source. Fails if the source has a problem."""
    articles, problems = found_in(content, name, timezone)
    assert not problems, problems
    (article,) = articles
    return article


def markdown(front_matter: str, body: str = "Text.", name: str = "story.md") -> Article:
    """The article of a Markdown file with YAML front matter."""
    return article_in(f"---\n{front_matter}\n---\n{body}\n", name)
