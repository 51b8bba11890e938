"""The theme: templates, static files and translations. A file in the archive replaces the file with
the same name in newsarchive's theme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from newsarchive.model.problems import ArchiveError
from newsarchive.model.text import base_language

_REFERENCE = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\s+(?:\"([^\"]+)\"|'([^']+)')?")
"""A template's reference to another template. If the name is computed, both groups are empty."""


def default_theme() -> Path:
    """The folder with `templates`, `static` and `locale` of newsarchive's theme: in the installed
    package, or at the top of the checkout that newsarchive runs from."""
    package = Path(__file__).parents[1]
    installed = package / "theme"
    return installed if installed.is_dir() else package.parents[1]


@dataclass(frozen=True, slots=True)
class Theme:
    """The folders with the theme's files. The first folder that has a file wins."""

    folders: tuple[str, ...]
    cache_folder: str | None = None
    """The folder that caches compiled templates; None for no cache."""

    @classmethod
    def of(cls, directory: Path, cache_folder: Path | None = None) -> "Theme":
        """The theme of the archive in `directory`."""
        folders = (str(directory), str(default_theme()))
        return cls(folders, str(cache_folder) if cache_folder else None)

    def template_digest(self, name: str) -> str:
        """The digest of a template and of every template that it extends, includes or imports.
        Raises ArchiveError if it is missing, or if one of them cannot be read."""
        digest = blake2b(digest_size=16)
        waiting, seen = [name], {name}
        while waiting:
            current = waiting.pop()
            source = self._template(current)
            if source is None:
                if current == name:
                    raise ArchiveError(f"templates/{name}: there is no such template")
                continue  # "ignore missing" allows it; otherwise rendering reports it
            digest.update(f"{current}\0{source}\0".encode())
            used = set(self._references(source)) - seen
            seen |= used
            waiting += sorted(used, reverse=True)
        return digest.hexdigest()

    def _template(self, name: str) -> str | None:
        """The source of a template; None if there is no such template. Raises ArchiveError if it
        cannot be read."""
        for folder in self.folders:
            templates = Path(folder) / "templates"
            path = templates / name
            if not path.is_file():
                continue
            refuse_link(path, templates)
            try:
                return path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise ArchiveError(
                    f"templates/{name}: the template is not UTF-8; save it as UTF-8"
                ) from error
            except OSError as error:
                raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from error
        return None

    def _references(self, source: str) -> Iterator[str]:
        """The templates that a template refers to; all templates if it computes a name."""
        for reference in _REFERENCE.finditer(source):
            if name := reference[1] or reference[2]:
                yield name
            else:
                for folder in self.folders:
                    templates = Path(folder) / "templates"
                    for path in templates.rglob("*.html"):
                        yield path.relative_to(templates).as_posix()

    def words_digest(self, language: str) -> str:
        """The digest of the translations into a language."""
        digest = blake2b(digest_size=16)
        for path in self.translation_files(language):
            digest.update(path.read_bytes() + b"\0")
        return digest.hexdigest()

    def translation_files(self, language: str) -> list[Path]:
        """The translation files for a language, the most important first: files for the language
        with its country come before files for the language alone, and each file of the archive
        before that of newsarchive's theme. Templates are in English, so English has no file unless
        the archive has one."""
        codes = dict.fromkeys([language.replace("_", "-"), base_language(language)])
        paths = (
            Path(folder) / "locale" / f"{code}.po" for code in codes for folder in self.folders
        )
        return [path for path in paths if path.is_file()]

    def static_files(self) -> Iterator[tuple[str, Path]]:
        """(name, path) of the static files, by name."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            static = Path(folder) / "static"
            for path in static.rglob("*"):
                name = path.relative_to(static).as_posix()
                refuse_link(path, static)
                if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                    found[name] = path
        yield from sorted(found.items())

    def static_states(self) -> Iterator[tuple[str, str, str]]:
        """(name, path, digest of the bytes) of the static files, by name."""
        for name, path in self.static_files():
            digest = blake2b(path.read_bytes(), digest_size=16).hexdigest()
            yield name, str(path), digest


def refuse_link(path: Path, folder: Path) -> None:
    """Raise ArchiveError if the path is a symbolic link out of the folder."""
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        raise ArchiveError(
            f"{path}: a symbolic link out of {folder.name}/; replace it with a copy of the file"
        )
