"""The tags of an archive as articles use them, and a draft of `tags.toml`."""

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from newsarchive.catalogue.store import catalogue_path, recorded
from newsarchive.config import TAGS, Config
from newsarchive.problems import ArchiveError
from newsarchive.tagging import tags_file
from newsarchive.tagging.authority import Authority
from newsarchive.tagging.drafting import drafted
from newsarchive.tagging.near import NearDuplicates, UsedTag, near_duplicates

DRAFT = "tags.draft.toml"


@dataclass(frozen=True, slots=True)
class TagList:
    """The tags, the most used first, and those that look like one."""

    tags: tuple[UsedTag, ...]
    near_duplicates: tuple[NearDuplicates, ...]

    def report(self) -> dict[str, object]:
        """The same for programs."""
        return asdict(self)


def list_tags(config: Config) -> TagList:
    """The tags as of the last build. Raises ArchiveError where there was none."""
    record = recorded(catalogue_path(config.directory, config.output))
    try:
        if record.connection is None:
            raise ArchiveError(
                f"nothing is known of the articles for {config.output} yet: run newsarchive build, "
                f"and then this again"
            )
        tags = sorted(_used(record.connection), key=lambda tag: (-tag.articles, tag.identity))
    finally:
        record.close()
    authority = tags_file.load(config.directory / TAGS)
    cases = near_duplicates(tags, config.site.language)
    # What the owner laid down as two is two, and what leads to one now is one with the next build.
    undecided = (
        case
        for case in cases
        if _laid_down(case, authority) < len(case.tags)
        and len({authority.resolved(tag.identity) for tag in case.tags}) > 1
    )
    return TagList(tuple(tags), tuple(undecided))


def _laid_down(case: NearDuplicates, authority: Authority) -> int:
    """How many of the tags the authority has."""
    return sum(authority.tag_of(tag.identity) is not None for tag in case.tags)


def write_draft(config: Config, found: TagList) -> Path:
    """Write a draft of `tags.toml`, beside the present one where there is one; its path. Raises
    ArchiveError where there is a draft already, or the file cannot be written."""
    path = config.directory / TAGS
    authority = tags_file.load(path)
    if path.exists():
        path = config.directory / DRAFT
    if path.exists():
        raise ArchiveError(
            f"{path}: there is a draft already; move what you want of it to {TAGS} and delete it"
        )
    try:
        path.write_text(drafted(found.near_duplicates, authority), encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be written: {error.strerror}") from error
    return path


def _used(connection: sqlite3.Connection) -> Iterator[UsedTag]:
    for name, articles, mentioned, first, last, spelling in connection.execute(
        "SELECT c.name, p.articles, "
        "(SELECT coalesce(sum(articles), 0) FROM spellings WHERE collection = c.key "
        "AND NOT is_stated), "
        "(SELECT min(day) FROM memberships WHERE collection = c.key AND day > 0), "
        "(SELECT max(day) FROM memberships WHERE collection = c.key), "
        "(SELECT spelling FROM spellings WHERE collection = c.key "
        "ORDER BY is_stated DESC, articles DESC, spelling LIMIT 1) "
        "FROM collections c JOIN periods p ON p.collection = c.key AND p.period = 0 "
        "WHERE c.kind = 'tag'"
    ):
        yield UsedTag(name or spelling, articles, mentioned, first or 0, last, hidden=not name)
