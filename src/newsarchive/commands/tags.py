"""Tags: lists the tags of an archive, finds near duplicates, and drafts a `tags.toml`."""

from dataclasses import asdict, dataclass
from pathlib import Path

from newsarchive.catalogue.queries import Queries
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
    """The tags, most used first, and the near duplicates."""

    tags: tuple[UsedTag, ...]
    near_duplicates: tuple[NearDuplicates, ...]

    def report(self) -> dict[str, object]:
        """The tags as `--json` prints them."""
        return asdict(self)


def list_tags(config: Config) -> TagList:
    """The tags of the last build, and near duplicates that `tags.toml` does not decide on. Raises
    ArchiveError if there is no build or if one is running, and ConfigError if `tags.toml` has a
    mistake."""
    record = open_snapshot(catalogue_path(config.directory, config.output))
    try:
        if record.connection is None:
            raise ArchiveError(f"{config.output}: no build found: run newsarchive build first")
        queries = Queries(record.connection, Authority())
        tags = sorted(queries.used_tags(), key=lambda tag: (-tag.articles, tag.identity))
    finally:
        record.close()
    authority = tags_file.load(config.directory / TAGS)
    cases = near_duplicates(tags, config.site.language)
    # Left out are cases that tags.toml keeps apart, and cases that the next build will merge.
    undecided = (
        case
        for case in cases
        if _tags_in(case, authority) < len(case.tags)
        and len({authority.resolved(tag.identity) for tag in case.tags}) > 1
    )
    return TagList(tuple(tags), tuple(undecided))


def _tags_in(case: NearDuplicates, authority: Authority) -> int:
    """The number of tags in a case that `tags.toml` defines, by name or alias."""
    return sum(authority.tag_of(tag.identity) is not None for tag in case.tags)


def write_draft(config: Config, found: TagList) -> Path | None:
    """Draft a `tags.toml` that merges the near duplicates. If there is a `tags.toml`, it stays, and
    the draft is `tags.draft.toml`.

    Returns the path of the draft; None if there are no near duplicates. Raises ArchiveError if
    there is a draft already, or if the file cannot be written.
    """
    if not found.near_duplicates:
        return None
    path = config.directory / TAGS
    authority = tags_file.load(path)
    if path.exists():
        path = config.directory / DRAFT
    if path.exists():
        raise ArchiveError(
            f"{path}: there is a draft already: copy the tables you want to {TAGS}, then delete it"
        )
    try:
        path.write_text(drafted(found.near_duplicates, authority), encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be written: {error.strerror}") from error
    return path
