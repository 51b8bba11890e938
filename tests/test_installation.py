"""`pip install .` into an empty environment gives a working command with its theme."""

import subprocess
import sys
import venv
from pathlib import Path

from conftest import REPOSITORY
from newsarchive import __version__


def test_an_installed_newsarchive_builds_an_archive(tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment)
    folder = environment / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", folder / "python", "install"),
            *("--quiet", "--disable-pip-version-check", "--no-compile", REPOSITORY),
        ],
        check=True,
        cwd=tmp_path,
    )
    newsarchive = str(folder / "newsarchive")

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [newsarchive, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        return done.stdout

    assert run("--version").strip() == f"newsarchive, version {__version__}"
    run("init", "archive")
    assert "1 published" in run("-C", "archive", "build")
    site = tmp_path / "archive" / "build"
    page = (site / "2024/01/01/an-archive-begins-with-one-article.html").read_text()
    assert "static/style.css" in page
    theme = (REPOSITORY / "static" / "style.css").read_bytes()
    assert (site / "static" / "style.css").read_bytes() == theme
