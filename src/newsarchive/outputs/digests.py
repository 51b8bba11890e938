"""Digests: if the digest of a kind changes, the build plans all its outputs again.

The digest covers everything but the catalogue that can shape the outputs: the kind's own fields,
its template, and what every kind shares (the code, the site and the translations).
"""

from collections.abc import Iterable
from hashlib import blake2b

from newsarchive.model.environment import environment_digest
from newsarchive.outputs.kind import Kind, Settings


def digests_of(kinds: Iterable[Kind], settings: Settings) -> dict[str, str]:
    """The digest of each kind, by name. Raises ArchiveError if a template cannot be read."""
    theme, site = settings.theme, settings.site
    common = (environment_digest(), site, theme.words_digest(site.language))
    return {kind.name: _digest(common, kind.inputs(settings)) for kind in kinds}


def _digest(*inputs: object) -> str:
    return blake2b(repr(inputs).encode(), digest_size=16).hexdigest()
