"""Brings the catalogues of the site's own words up to date: locale/*.po.

`python docs/make_catalogues.py` finds the messages of the templates and of the code that renders
them, adds to each catalogue those that it lacks, without a translation, and takes out those that
are no longer used. `python docs/make_catalogues.py pt` begins one for Portuguese.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from newsarchive.pages.translations import read_po_file

REPOSITORY = Path(__file__).parents[1]
LOCALE = REPOSITORY / "locale"
_LEFT_OUT = (b'"POT-', b'"PO-R', b'"Generated', b'"Last-T', b'"Language-T', b'"Report', b'"Project')
"""Lines that say when, by whom and with what a file was made: git knows that."""

_HEADER = "# The words of the site's own pages in {language}, part of newsarchive.\n#"


def messages() -> Catalog:
    """All messages of the theme and of the code, as they stand there."""
    found = Catalog(project="newsarchive", charset="utf-8")
    for name, line, message, comments, context in _extracted():
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def _extracted() -> Iterator[tuple[str, int, object, list[str], str | None]]:
    for folder, methods in (
        ("templates", [("**.html", "jinja2")]),
        ("src/newsarchive/pages", [("**.py", "python")]),
        ("src/newsarchive/outputs", [("**.py", "python")]),
    ):
        for name, *found in extract_from_dir(
            REPOSITORY / folder,
            method_map=methods,
            options_map={"**.html": {"trimmed": "true"}},
            keywords={"_": None, "gettext": None, "ngettext": (1, 2), "text": None},
        ):
            yield (f"{folder}/{name}", *found)  # type: ignore[misc]


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file has it: without the times at which it was made."""
    catalogue.fuzzy = False
    catalogue.header_comment = _HEADER.format(language=catalogue.locale.english_name)
    file = BytesIO()
    write_po(file, catalogue, omit_header=False, sort_output=True, no_location=True, width=98)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_LEFT_OUT))


def main(new: list[str]) -> None:
    template = messages()
    for language in new:
        path = LOCALE / f"{language.replace('_', '-')}.po"
        if not path.exists():
            locale = Locale.parse(language, sep="-" if "-" in language else "_")
            path.write_bytes(written(Catalog(locale=locale, charset="utf-8")))
    for path in sorted(LOCALE.glob("*.po")):
        catalogue = read_po_file(path)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.write_bytes(written(catalogue))
        print(path.name, sum(1 for message in catalogue if message.id and not message.string))


if __name__ == "__main__":
    main(sys.argv[1:])
