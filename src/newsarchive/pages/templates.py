"""Templates: the Jinja environment of a theme."""

import traceback
from gettext import NullTranslations
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.visitor import NodeTransformer

from newsarchive.model.environment import environment_digest
from newsarchive.model.problems import ArchiveError
from newsarchive.pages.theme import Theme, refuse_link


def environment_of(
    theme: Theme, translations: NullTranslations | None = None, words_digest: str = ""
) -> Environment:
    """The Jinja environment of a theme. It escapes all values, and an unknown name is an error.

    `translations` translates the messages in templates; `words_digest` is their digest. Raises
    ArchiveError if a template is a symbolic link out of its folder.
    """
    for folder in theme.folders:
        for path in (Path(folder) / "templates").rglob("*"):
            refuse_link(path, Path(folder) / "templates")
    environment = _TranslatedEnvironment(
        loader=FileSystemLoader([f"{folder}/templates" for folder in theme.folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_bytecode_cache(theme, words_digest),
        extensions=["jinja2.ext.i18n"],
    )
    environment.translations = translations or NullTranslations()
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        environment.translations, newstyle=True
    )
    return environment


def _bytecode_cache(theme: Theme, words_digest: str) -> FileSystemBytecodeCache | None:
    if not theme.cache_folder:
        return None
    # Compiled templates depend on Jinja's version, the filters and the translated messages.
    compiled_by = f"{environment_digest()[:12]}-{words_digest[:12]}"
    return FileSystemBytecodeCache(theme.cache_folder, f"template-%s-{compiled_by}")


class _TranslatedEnvironment(Environment):
    """Translates constant messages when a template is compiled. A page has dozens of them, and
    translating them on every page took a third of the time of rendering."""

    translations: NullTranslations

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template: nodes.Template = _Translator(self.translations).visit(
            super()._parse(source, name, filename)
        )
        return template


class _Translator(NodeTransformer):
    """Replaces `_("message")` and `{% trans %}message{% endtrans %}` with the translation."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Translate a call of gettext with a message and nothing else."""
        match node:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext" as function),
                args=[nodes.Const(value=str() as message)],
                kwargs=[],
            ):
                # Newstyle gettext (Jinja, i18n extension) treats every message as a format string.
                translated = self._translations.gettext(message).replace("%%", "%")
                constant = nodes.Const(translated)
                # The content of a `trans` block is template text, which may have markup.
                return nodes.MarkSafeIfAutoescape(constant) if function == "gettext" else constant
        return self.generic_visit(node)


def template_error(error: Exception) -> ArchiveError:
    """The error for the author of a template: file, line, and what is wrong."""
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename or error.name}:{error.lineno}"
    elif isinstance(error, TemplateNotFound):
        place = f"templates/{error.name}"
    else:
        # Jinja puts the template's file and line into the traceback.
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
