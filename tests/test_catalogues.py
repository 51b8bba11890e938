"""The translation catalogues are complete: every message, with placeholders, markup and plurals."""

import importlib.util
import re
from types import ModuleType

import pytest

from catalogues import LANGUAGES, catalogue, forms_of, ids_of, named, translated
from conftest import REPOSITORY


@pytest.fixture(scope="module")
def make_catalogues() -> ModuleType:
    """docs/make_catalogues.py, the script with which translators update the catalogues."""
    path = REPOSITORY / "docs" / "make_catalogues.py"
    spec = importlib.util.spec_from_file_location("make_catalogues", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_four_languages_have_a_catalogue() -> None:
    found = {path.stem for path in (REPOSITORY / "locale").glob("*.po")}
    assert found >= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_exactly_the_messages_of_the_site(
    make_catalogues: ModuleType, language: str
) -> None:
    wanted = {(message.id, message.context) for message in make_catalogues.messages()}
    assert len(wanted) > 50
    assert ("Skip to content", None) in wanted
    assert (("%(shown)s tag", "%(shown)s tags"), None) in wanted
    found = {(message.id, message.context) for message in catalogue(language)}
    assert found - wanted == set(), "no longer used: run docs/make_catalogues.py"
    assert wanted - found == set(), "missing: run docs/make_catalogues.py and translate"
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    for message in translated(language):
        assert all(form.strip() for form in forms_of(message)), named(message)
        assert not message.fuzzy, named(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_names_its_language(language: str) -> None:
    assert catalogue(language).locale_identifier == language
    assert catalogue(language).charset.lower() == "utf-8"


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders_of_their_message(language: str) -> None:
    for message in translated(language):
        for form in forms_of(message):
            assert placeholders(form) == placeholders(ids_of(message)[-1]), named(message)
            assert not re.search(r"%(?!\(\w+\)s|%)", form), f"a lone % in {form!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_markup_of_their_message(language: str) -> None:
    def tags(text: str) -> list[str]:
        return sorted(re.findall(r"<[^>]*>|&\w+;", text))

    for message in translated(language):
        for form in forms_of(message):
            assert tags(form) == tags(ids_of(message)[-1]), named(message)
            assert "<" not in re.sub(r"<[^>]*>", "", form), named(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_has_as_many_plural_forms_as_the_header_says(language: str) -> None:
    header = re.search(
        r"nplurals=(\d+)", (REPOSITORY / f"locale/{language}.po").read_text(encoding="utf-8")
    )
    assert header
    plurals = [message for message in translated(language) if isinstance(message.id, tuple)]
    assert len(plurals) >= 4
    for message in plurals:
        assert len(forms_of(message)) == int(header[1]), named(message)
