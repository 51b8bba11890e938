"""The environment: every library that may shape a site, so that an upgrade rebuilds it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from newsarchive.model.environment import libraries

SOURCES = Path(__file__).parents[1] / "src/newsarchive"


def imported() -> set[str]:
    """The top-level modules that the code imports, the standard library's left out."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"newsarchive"}


def normalized(name: str) -> str:
    """The name of a package as registries have it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_imported_library_is_part_of_the_cache_keys() -> None:
    packages = packages_distributions()
    imports = {module: {normalized(name) for name in packages[module]} for module in imported()}
    assert {"jinja2", "frontmatter", "markupsafe"} <= imports.keys()
    known = libraries().keys()
    assert [module for module, names in imports.items() if not names & known] == []


def test_indirect_dependencies_are_part_of_the_cache_keys_too() -> None:
    # charset-normalizer finds encodings; PyYAML comes with python-frontmatter, MarkupSafe with
    # Jinja, which escapes by it.
    assert {
        "charset-normalizer",
        "pyyaml",
        "markupsafe",
        "pyromark",
        "tzdata",
    } <= libraries().keys()
    assert "newsarchive" not in libraries()
    assert "pytest" not in libraries()
