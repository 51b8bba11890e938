"""The site's own words in its language: gettext catalogues, as their translators write them."""

import re
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from newsarchive.model.problems import ArchiveError
from newsarchive.pages.theme import Theme

_LINE = re.compile(rb'|#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?".*"')
_VARIABLE = re.compile(r"%\(\w+\)s")


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
    """A .po file. Raises ArchiveError where it is none, or where a message could not be said."""
    try:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if not _LINE.fullmatch(line.strip()):
                raise ArchiveError(
                    f"{path}:{number}: this line is none of a catalogue of words: a text has a "
                    f"quotation mark at both ends"
                )
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, LookupError, ValueError) as error:
        raise ArchiveError(f"{path}: this catalogue of words cannot be read: {error}") from error
    for message in catalogue:
        _check(path, message)
    return catalogue


def _check(path: Path, message: Message) -> None:
    """Raises ArchiveError where a translation has a variable that its message has not."""
    originals = " ".join(_forms(message.id))
    if "%(" not in originals:
        return
    known = set(_VARIABLE.findall(originals))
    for said in _forms(message.string):
        unknown = set(_VARIABLE.findall(said)) - known
        if unknown or "%" in _VARIABLE.sub("", said).replace("%%", ""):
            what = f"there is no {min(unknown)}" if unknown else "a percent sign is written %%"
            raise ArchiveError(f'{path}:{message.lineno}: "{said}": {what} in "{originals}"')


def _forms(texts: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _compiled(catalogue: Catalog) -> GNUTranslations:
    # Compiled here, for some milliseconds, there is no second file to keep true to the first.
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
