"""newsarchive.toml: its defaults, and the messages about wrong settings."""

from pathlib import Path

import pytest

from newsarchive.config import TABLES, Config, load
from newsarchive.model.problems import ConfigError


def loaded(tmp_path: Path, text: str) -> Config:
    (tmp_path / "newsarchive.toml").write_text(text, encoding="utf-8")
    return load(tmp_path)


def test_an_archive_without_newsarchive_toml_has_defaults(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert config.build.sources == ("seeds",)
    assert config.output == tmp_path / "build"
    assert config.base_url == "http://localhost:8000/"
    assert config.site.timezone == "UTC"


def test_a_base_url_without_a_slash_at_its_end_gets_one(tmp_path: Path) -> None:
    config = loaded(tmp_path, '[site]\nbase_url = "https://news.example/archive"\n')
    assert config.base_url == "https://news.example/archive/"


def test_a_base_url_may_be_written_in_any_script(tmp_path: Path) -> None:
    config = loaded(tmp_path, '[site]\nbase_url = "https://zürich.example/größe"\n')
    assert config.base_url == "https://xn--zrich-kva.example/gr%C3%B6%C3%9Fe/"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[site]\ntitel = "x"', "[site] titel: no such setting; did you mean title?"),
        ('[sight]\ntitle = "x"', "[sight]: no such table; did you mean site?"),
        (
            "[build]\nzzz = 1",
            "[build] zzz: no such setting; choose from sources, output, page_size",
        ),
        ('title = "x"', "[title]: no such table"),
        ("site = 3", "site must be a table: write [site]"),
        ("[site]\ntitle = 3", "[site] title = 3: expected a text: the name of the archive"),
        ('[site]\ntitle = " "', "[site] title"),
        ('[site]\ntimezone = "Mars/Base"', '[site] timezone = "Mars/Base": expected a time zone'),
        ('[site]\ntimezone = "Europe"', "[site] timezone"),
        ('[site]\nlanguage = "xx-nope"', '[site] language = "xx-nope": expected a language code'),
        ('[site]\nbase_url = "ftp://x/"', '[site] base_url = "ftp://x/": expected a URL such as'),
        ('[site]\nbase_url = "https://x/?a=1"', "[site] base_url"),
        ('[build]\nsources = "seeds"', '[build] sources = "seeds": expected a list of folders'),
        ("[build]\nsources = []", "[build] sources = []: expected a list of folders"),
        ("[build]\nsources = [1]", "[build] sources"),
        ("[build]\npage_size = 9", "[build] page_size = 9: expected a whole number from 10"),
        ("[build]\npage_size = true", "[build] page_size = true"),
        (
            '[addresses]\nwithdrawn = "none"',
            "[addresses] withdrawn was removed: old addresses now always answer. Delete the table "
            '[addresses]; to forget an article, see "Remove every trace of an article" in '
            "docs/articles.md",
        ),
        ("[addresses]\nzzz = 1", "[addresses]: no such table"),
        ("[feeds]\nentries = 0", "[feeds] entries = 0: expected a whole number from 1 to 1000"),
    ],
)
def test_a_wrong_setting_is_reported_with_file_key_and_allowed_values(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'newsarchive.toml'}: ")
    assert message in str(error.value)


def test_invalid_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"newsarchive\.toml: not valid TOML: .*line 2"):
        loaded(tmp_path, "[site]\ntitle = News\n")


def test_every_setting_describes_its_allowed_values() -> None:
    for table in TABLES.values():
        for name, setting in table.__dataclass_fields__.items():
            assert setting.metadata["takes"], name
