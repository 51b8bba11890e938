"""The documentation says what the program does: README.md and docs/ are compared with the code."""

import json
import re
import shlex
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE

from conftest import REPOSITORY, Archive
from newsarchive import config
from newsarchive.cli import main
from newsarchive.model.dates import DateError, read_date
from newsarchive.model.events import Ledger
from newsarchive.model.problems import ConfigError, Problem
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import PageKind
from newsarchive.outputs.kinds import KINDS
from newsarchive.outputs.settings import settings_of
from newsarchive.pages.citations import Citation
from newsarchive.pages.views import SiteView
from newsarchive.reading.fields import KNOWN
from newsarchive.tagging import duplicates, tags_file
from newsarchive.tagging.authority import Authority, Tag

FILES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
PAGES = {file.stem: file.read_text("utf-8") for file in FILES}
DESIGN, TEMPLATE_PAGE, CONFIGURATION = PAGES["design"], PAGES["templates"], PAGES["configuration"]
every_page = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def section(page: str, heading: str) -> str:
    """The text under the heading that begins so, with the headings below it."""
    end = rf"^#{{1,{heading.count('#')}}} |\Z"
    found = re.search(rf"^{re.escape(heading)}.*?$(.*?)(?={end})", page, re.M | re.S)
    assert found, f"no heading begins with {heading!r}"
    return found[1]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of all tables in a text, row by row, without header rows."""
    for table in re.findall(r"^\|.*\n\|[-|]+\n((?:\|.*\n?)+)", text, re.M):
        for line in table.splitlines():
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def names(text: str) -> list[str]:
    """The code in backticks in the first column of the tables in a text."""
    return [name for row in rows(text) for name in code(row[0])]


def examples(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.M | re.S)


def test_the_command_reference_is_up_to_date() -> None:
    script = [sys.executable, str(REPOSITORY / "docs/make_reference.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_key_of_the_report_is_documented() -> None:
    report = Ledger(skipped=[Problem("a", 1, "b")]).report()
    documented = section(PAGES["commands"], "## The report")
    assert names(documented) == list(report), "see REPORT in docs/make_reference.py"
    assert f"list of `{{{', '.join(report['skipped'][0])}}}`" in documented  # type: ignore[index]


@pytest.mark.parametrize("table", config.TABLES)
def test_every_setting_is_documented_with_its_default(table: str) -> None:
    documented = {row[0]: row[2] for row in rows(section(CONFIGURATION, f"## `[{table}]`"))}
    defaults = asdict(config.TABLES[table]()).items()
    assert documented == {f"`{name}`": f"`{json.dumps(value)}`" for name, value in defaults}


def test_every_setting_named_exists_and_every_example_configuration_is_valid(
    archive: Archive,
) -> None:
    text = "".join(PAGES.values())
    for table, setting in re.findall(r"`\[(\w+)\] (\w+)`", text):
        assert hasattr(config.TABLES[table](), setting), f"[{table}] {setting}"
    for example in examples(text, "toml"):
        archive.configure(example)
        config.load(archive.directory)


def test_wrong_settings_give_the_documented_messages(archive: Archive) -> None:
    for cells in rows(section(CONFIGURATION, "## Error messages")):
        written, message = code("".join(cells))
        archive.configure("" if written[0] == "-" else re.sub(r"^(\[\w+\]) ", r"\1\n", written))
        with pytest.raises(ConfigError) as error:
            config.overridden(config.load(archive.directory), [], None, written.split()[-1])
        assert str(error.value).replace(f"{archive.directory}/", "") == message


def test_tags_toml_has_the_documented_keys_and_defaults(tmp_path: Path) -> None:
    page = section(PAGES["tags"], "## `tags.toml`")
    path = tmp_path / "tags.toml"
    path.write_text(examples(page, "tags")[0], encoding="utf-8")
    first, *_ = tags_file.load(path).tags
    assert first.name == "North Korea"
    documented = {row[0]: row[2] for row in rows(page.partition("**Mistakes**")[0])}
    defaults = asdict(Tag("x"))
    expected = {
        f"`{key}`": f"`{json.dumps(defaults[key])}`" for key in tags_file.TAKES if key != "name"
    }
    assert documented == {"`name`": "", **expected}


def test_mistakes_in_tags_toml_give_the_documented_messages(tmp_path: Path) -> None:
    page = section(PAGES["tags"], "## `tags.toml`").partition("**Mistakes**")[2]
    path = tmp_path / "tags.toml"
    for cells in rows(page):
        written, message = code("".join(cells))
        tables = written if written == "[tag]" else f'[[tag]]\nname = "A"\n{written}'
        path.write_text(f"{tables}\n", encoding="utf-8")
        with pytest.raises(ConfigError) as error:
            tags_file.load(path)
        assert str(error.value).replace(f"{tmp_path}/", "") == message


def test_the_reasons_for_near_duplicate_tags_are_documented() -> None:
    documented = [row[0] for row in rows(section(PAGES["tags"], "## Which tags there are"))]
    reasons = (
        duplicates.SAME_LETTERS,
        duplicates.SAME_PLACE,
        duplicates.PLURAL,
        duplicates.TYPO,
        duplicates.CONTAINED,
    )
    assert [cell.partition(" (")[0] for cell in documented] == list(reasons)


def test_every_key_of_front_matter_is_documented() -> None:
    fields = rows(section(PAGES["articles"], "## The fields"))
    assert {key for row in fields for key in code(row[1])} == KNOWN


def test_dates_are_read_as_documented() -> None:
    taken, _, refused = section(PAGES["articles"], "## Dates").partition(
        "### Dates that newsarchive cannot read"
    )
    for written, _, *expected_warning in rows(taken):
        for date in code(written):
            warning = read_date(date, ZoneInfo("UTC")).warning or "no warning"
            expected = expected_warning[0].partition(". ")[0] if expected_warning else "no warning"
            assert expected in warning, date
    for written, why in rows(refused):
        for date in code(written):
            with pytest.raises(DateError, match=why):
                read_date(date, ZoneInfo("UTC"))


def test_every_template_name_filter_and_macro_is_documented() -> None:
    settings = settings_of(config.Config(REPOSITORY))
    empty = sqlite3.connect(":memory:")
    context = Context.of(empty, Authority(()), settings.site, settings.theme)
    environment = context.pages._environment
    assert set(names(TEMPLATE_PAGE.partition("## A")[0])) == set(environment.list_templates())
    given, filters, macros = section(TEMPLATE_PAGE, "## What every template has").split("\n### ")
    own = environment.globals.keys() - DEFAULT_NAMESPACE.keys() | {"page", "show"}
    assert {name.partition("(")[0] for name in names(given)} == own
    assert set(names(filters)) == dict(environment.filters.items() - DEFAULT_FILTERS.items()).keys()
    module = vars(environment.get_template("macros.html").make_module())
    defined = {name: macro.arguments for name, macro in module.items() if hasattr(macro, "caller")}
    documented = {re.sub(r"=[^,)]+", "", macro) for macro in names(macros)}
    assert documented == {f"show.{name}({', '.join(given)})" for name, given in defined.items()}


def views(*kinds: object) -> Iterator[type]:
    """The dataclasses among these types and among the types of their fields, at any depth."""
    for kind in kinds:
        if isinstance(kind, type) and is_dataclass(kind):
            yield kind
            yield from views(*get_type_hints(kind).values())
        yield from views(*get_args(kind))


def test_every_field_of_every_view_is_documented() -> None:
    parts = section(TEMPLATE_PAGE, "## Views").split("\n### ")[1:]
    documented = {code(part[part.index("(`") :])[0]: set(names(part)) for part in parts}
    pages = [kind.view_type for kind in KINDS if issubclass(kind, PageKind)]
    given = views(SiteView, *pages, Citation)
    shown = {kind.__name__: {field.name for field in fields(kind)} for kind in given}
    shown["Period"] |= {"kind", "iso"}
    assert documented == shown


def test_the_example_template_shows_what_the_documentation_promises(archive: Archive) -> None:
    text = section(TEMPLATE_PAGE, "## A template of your own")
    archive.write("../templates/article.html", examples(text, "jinja")[0])
    archive.write("storm.md", examples(text, "markdown")[0])
    archive.build()
    (promised,) = re.findall(r"the page shows `(.+)`", text)
    assert promised in archive.page("2021/10/21/storm-breaks-the-north-mole.html")


def test_every_dependency_is_documented() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    required = sum(project["dependency-groups"].values(), project["project"]["dependencies"])
    packages = {requirement.partition(">=")[0] for requirement in required}
    packages |= set(json.loads((REPOSITORY / "tests/package.json").read_text())["devDependencies"])
    assert set(names(section(DESIGN, "## Dependencies"))) == packages


def test_the_modules_and_tests_that_the_design_names_exist() -> None:
    pages = DESIGN + (REPOSITORY / "docs/benchmarks.md").read_text("utf-8")
    for path, test in re.findall(r"`(tests/\w+\.py)(?:::(\w+))?`", pages):
        assert (REPOSITORY / path).is_file(), path
        assert not test or f"def {test}(" in (REPOSITORY / path).read_text("utf-8"), (
            f"{path}: {test}"
        )
    for module in re.findall(r"`([\w/]+(?:\.py|/))`", section(DESIGN, "## The pipeline")):
        assert (REPOSITORY / "src/newsarchive" / module).exists(), module


@every_page
def test_every_link_leads_to_an_existing_file_and_heading(file: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]+`", "", PAGES[file.stem], flags=re.S)
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", prose):
        target = file.parent / path if path else file
        assert target.exists(), path
        headings = re.findall(r"^#+ (.+)", target.read_text("utf-8"), re.M) if anchor else [""]
        # The anchors that GitHub makes: lower case, hyphens for spaces, no punctuation.
        made = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
        assert anchor in made, f"{path}#{anchor}"


@every_page
def test_every_command_and_option_shown_exists(file: Path) -> None:
    text, commands = PAGES[file.stem], main.commands
    params = [*main.params, *(param for command in commands.values() for param in command.params)]
    known = {"-h", "--help", *(name for param in params for name in param.opts)}
    assert set(re.findall(r"`(--?[a-z][a-z-]*)", text)) <= known
    for target in re.findall(r"(?:^ {4}|`)make (\w+)", text, re.M):
        assert f"\n{target}: " in (REPOSITORY / "Makefile").read_text("utf-8"), f"make {target}"
    for line in re.findall(r"(?:^ {4}|`)newsarchive ([^`\n[]+)(?=`|$)", text, re.M):
        words = shlex.split(line)
        place = next((n for n, word in enumerate(words) if word in commands), None)
        assert place is not None, f"{words}: there is no such command"
        main.make_context("newsarchive", words[: place + 1])
        commands[words[place]].make_context(words[place], words[place + 1 :])
