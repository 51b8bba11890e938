"""The theme: templates and static files, the archive's own before those that come with
newsarchive, file by file."""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.visitor import NodeTransformer

from newsarchive.model.problems import ArchiveError
from newsarchive.model.text import base_language

TEMPLATES = {
    "article": "article.html",
    "listing": "listing.html",
    "home": "home.html",
    "index": "index.html",
    "calendar": "calendar.html",
    "calendar-day": "calendar-day.html",
    "about": "about.html",
    "search": "search.html",
    "not-found": "404.html",
    "former": "former.html",
}
"""The template of each kind of page."""


_EXTENSIONS = ["jinja2.ext.i18n"]


def default_theme() -> Path:
    """The folder that holds the theme's `templates` and `static`: inside of the installed
    package, or the top of the checkout that newsarchive is run from."""
    package = Path(__file__).parents[1]
    installed = package / "theme"
    return installed if installed.is_dir() else package.parents[1]


@dataclass(frozen=True, slots=True)
class Theme:
    """Where to look for the theme's files; the first folder that has a file gives it."""

    folders: tuple[str, ...]
    memory: str | None = None
    """A folder in which compiled templates are kept for the next build."""

    @classmethod
    def of(cls, directory: Path, memory: Path | None = None) -> "Theme":
        """The theme of the archive in `directory`."""
        folders = (str(directory), str(default_theme()))
        return cls(folders, str(memory) if memory else None)

    def environment(
        self, translations: NullTranslations | None = None, words_digest: str = ""
    ) -> Environment:
        """The Jinja environment: everything is escaped, and a misspelt name is an error. The
        templates say their messages in the words of `translations`, whose digest is given with
        them. Raises ArchiveError where a template is a link that leads out of its folder."""
        for folder in self.folders:
            for path in (Path(folder) / "templates").rglob("*"):
                _refuse_link(path, Path(folder) / "templates")
        environment = _Translated(
            loader=FileSystemLoader([f"{folder}/templates" for folder in self.folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=self._bytecode_cache(words_digest),
            extensions=_EXTENSIONS,
        )
        environment.translations = translations or NullTranslations()
        environment.install_gettext_translations(  # type: ignore[attr-defined]
            environment.translations, newstyle=True
        )
        return environment

    def _bytecode_cache(self, words_digest: str) -> FileSystemBytecodeCache | None:
        if not self.memory:
            return None
        # What Jinja compiles depends on its version, on the filters that it is given, and on the
        # words that messages become.
        compiled_by = f"{version('jinja2')}-{code_digest()[:12]}-{words_digest[:12]}"
        return FileSystemBytecodeCache(self.memory, f"template-%s-{compiled_by}")

    def template_digest(self, name: str) -> str:
        """Digest of a template and of all that it extends, includes or imports."""
        return _template_digest(self.environment(), name)

    def words_digest(self, language: str) -> str:
        """Digest of the catalogues of a language."""
        digest = blake2b(digest_size=16)
        for path in self.translations(language):
            digest.update(path.read_bytes() + b"\0")
        return digest.hexdigest()

    def translations(self, language: str) -> list[Path]:
        """The catalogues of the site's own words in a language, the archive's before the theme's;
        of a country's variety before the language's. None for English, which the templates are
        written in, unless an archive has one."""
        codes = dict.fromkeys([language.replace("_", "-"), base_language(language)])
        paths = (
            Path(folder) / "locale" / f"{code}.po" for code in codes for folder in self.folders
        )
        return [path for path in paths if path.is_file()]

    def static_files(self) -> Iterator[tuple[str, Path]]:
        """(name, path) of the static files, in the order of their names."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            static = Path(folder) / "static"
            for path in static.rglob("*"):
                name = path.relative_to(static).as_posix()
                _refuse_link(path, static)
                if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                    found[name] = path
        yield from sorted(found.items())


class _Translated(Environment):
    """Says messages that are the same on every page in the site's language once, when a template is
    compiled: a page has dozens, and looking each up took a third of its time."""

    translations: NullTranslations

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template: nodes.Template = _Saying(self.translations).visit(
            super()._parse(source, name, filename)
        )
        return template


class _Saying(NodeTransformer):
    """Puts words in the place of `_("message")` and of `{% trans %}message{% endtrans %}`."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """A call of gettext with a message and nothing else."""
        match node:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext" as function),
                args=[nodes.Const(value=str() as message)],
                kwargs=[],
            ):
                # Newstyle gettext (Jinja, i18n extension) takes every message for a format.
                said = nodes.Const(self._translations.gettext(message).replace("%%", "%"))
                # What stands between the tags of a `trans` block is a template and may have markup.
                return nodes.MarkSafeIfAutoescape(said) if function == "gettext" else said
        return self.generic_visit(node)


def _refuse_link(path: Path, folder: Path) -> None:
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        raise ArchiveError(
            f"{path}: a link that leads out of {folder.name}/; put a copy of the file there"
        )


@lru_cache(100)
def _used_by(source: str, name: str) -> frozenset[str]:
    """The templates that a template extends, includes or imports."""
    tree = Environment(autoescape=True, extensions=_EXTENSIONS).parse(source, name)
    return frozenset(str(other) for other in meta.find_referenced_templates(tree) if other)


def _template_digest(environment: Environment, name: str) -> str:
    digest = blake2b(digest_size=16)
    waiting, seen = [name], {name}
    assert environment.loader is not None
    while waiting:
        current = waiting.pop()
        try:
            source, path, _ = environment.loader.get_source(environment, current)
            used = _used_by(source, current) - seen
        except TemplateSyntaxError as error:
            error.filename = path
            raise template_error(error) from error
        except TemplateError as error:
            raise template_error(error) from error
        except UnicodeDecodeError as error:
            raise ArchiveError(
                f"templates/{current}: the template is not UTF-8: save it as that"
            ) from error
        digest.update(f"{current}\0{source}\0".encode())
        seen |= used
        waiting += sorted(used, reverse=True)
    return digest.hexdigest()


def template_error(error: Exception) -> ArchiveError:
    """A mistake in a template as its author should be told of it."""
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename or error.name}:{error.lineno}"
    elif isinstance(error, TemplateNotFound):
        place = f"templates/{error.name}"
    else:
        # Jinja puts the template's own file and line into the traceback.
        frames = traceback.extract_tb(error.__traceback__)
        place = next(
            (
                f"{frame.filename}:{frame.lineno}"
                for frame in reversed(frames)
                if _is_template(frame)
            ),
            "templates",
        )
    return ArchiveError(f"{place}: the template cannot be used: {error}")


def _is_template(frame: traceback.FrameSummary) -> bool:
    return not frame.filename.endswith(".py") and not frame.filename.startswith("<")


@cache
def code_digest() -> str:
    """Digest of newsarchive's own code, so that no page of another version passes for current."""
    digest = blake2b(digest_size=16)
    package = Path(__file__).parents[1]
    for path in sorted([*package.rglob("*.py"), *package.rglob("tagging/names/*.toml")]):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
