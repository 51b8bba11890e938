"""The tags of an archive as articles use them, and a draft of `tags.toml`."""

from dataclasses import asdict, dataclass
from pathlib import Path

from newsarchive.catalogue.report_queries import used_tags
from newsarchive.catalogue.store import catalogue_path, open_snapshot
from newsarchive.config import TAGS, Config
from newsarchive.model.problems import ArchiveError
from newsarchive.tagging import tags_file
from newsarchive.tagging.authority import Authority
from newsarchive.tagging.draft import drafted
from newsarchive.tagging.duplicates import NearDuplicates, UsedTag, near_duplicates

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
    record = open_snapshot(catalogue_path(config.directory, config.output))
    try:
        if record.connection is None:
            raise ArchiveError(
                f"nothing is known of the articles for {config.output} yet: run newsarchive build, "
                f"and then this again"
            )
        tags = sorted(used_tags(record.connection), key=lambda tag: (-tag.articles, tag.identity))
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


def write_draft(config: Config, found: TagList) -> Path | None:
    """Write a draft of `tags.toml`, beside the present one where there is one; its path, None where
    no tags look like one and there is nothing to write. Raises ArchiveError where there is a draft
    already, or the file cannot be written."""
    if not found.near_duplicates:
        return None
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
