"""The site's own words in its language: gettext catalogues, as their translators write them."""

from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from newsarchive.problems import ArchiveError
from newsarchive.rendering.theme import Theme


def translations(theme: Theme, language: str) -> NullTranslations:
    """The words of a theme in a language; where a catalogue has none, those of the next, and at
    last the English ones of the templates. Raises ArchiveError for what is no catalogue."""
    found = NullTranslations()
    for path in reversed(theme.translations(language)):
        more = _compiled(read_catalogue(path))
        more.add_fallback(found)
        found = more
    return found


def read_catalogue(path: Path) -> Catalog:
    """A .po file. Raises ArchiveError where it is none."""
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise ArchiveError(f"{path}: this catalogue of words cannot be read: {error}") from error


def _compiled(catalogue: Catalog) -> GNUTranslations:
    # Compiled here, for some milliseconds, there is no second file to keep true to the first.
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
