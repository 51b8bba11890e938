"""The theme's translation files, for tests."""

from functools import cache

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from conftest import REPOSITORY

LANGUAGES = ("de", "es", "fa", "fr")


@cache
def catalogue(language: str) -> Catalog:
    with (REPOSITORY / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def translated(language: str) -> list[Message]:
    """The messages of a catalogue, without its header."""
    return [message for message in catalogue(language) if message.id]


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    forms = message.string or ""
    return (forms,) if isinstance(forms, str) else tuple(forms)


def named(message: Message) -> str:
    return ids_of(message)[0]


def said(language: str, message: str) -> str:
    """A message as the theme translates it into a language."""
    found = catalogue(language).get(message)
    assert found is not None
    assert found.string != message
    return forms_of(found)[0]
