"""Translations of the messages of the site, from gettext's .po files."""

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
    """The translations of a theme into a language. A message that a file does not translate comes
    from the next file, and in the end from the English template. Raises ArchiveError for an invalid
    file."""
    combined = NullTranslations()
    for path in reversed(theme.translation_files(language)):
        compiled = _compiled(read_po_file(path))
        compiled.add_fallback(combined)
        combined = compiled
    return combined


def read_po_file(path: Path) -> Catalog:
    """The messages of a .po file. Raises ArchiveError if the file is invalid, or if a translation
    has a wrong variable or percent sign."""
    try:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if not _LINE.fullmatch(line.strip()):
                raise ArchiveError(
                    f"{path}:{number}: not a valid line of a .po file; put quotation marks around "
                    f"a text, and a # before a comment"
                )
        with path.open("rb") as file:
            messages = read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, LookupError, ValueError) as error:
        raise ArchiveError(f"{path}: the .po file cannot be read: {error}") from error
    for message in messages:
        _check(path, message)
    return messages


def _check(path: Path, message: Message) -> None:
    """Raise ArchiveError if a translation has a variable that its message does not have, or a lone
    percent sign."""
    originals = " ".join(_forms(message.id))
    if "%(" not in originals:
        return
    known = set(_VARIABLE.findall(originals))
    for translation in _forms(message.string):
        unknown = set(_VARIABLE.findall(translation)) - known
        if unknown or "%" in _VARIABLE.sub("", translation).replace("%%", ""):
            wrong = (
                f'there is no {min(unknown)} in "{originals}"'
                if unknown
                else "write %% for a percent sign"
            )
            raise ArchiveError(f'{path}:{message.lineno}: "{translation}": {wrong}')


def _forms(texts: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _compiled(messages: Catalog) -> GNUTranslations:
    # Compiling takes milliseconds. A compiled file on disk could be out of date.
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)
