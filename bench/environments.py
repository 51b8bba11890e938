"""Separate environments for the generators, so that no installation changes another."""

import subprocess
import sys
import venv
from pathlib import Path


def python_environment(folder: Path, *packages: str) -> str:
    """Create a virtual environment if it is missing; return the version of the first package."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        run([str(python), "-m", "pip", "install", "--quiet", *packages])
    name = packages[0].partition("[")[0].partition("=")[0]
    program = f"from importlib.metadata import version; print(version({Path(name).name!r}))"
    return run([str(python), "-c", program]).strip()


def run(words: list[str], folder: Path | None = None) -> str:
    """Run a command and return what it printed. Raises CalledProcessError if it fails."""
    done = subprocess.run(  # noqa: S603 - commands of this benchmark
        words, cwd=folder, check=True, stdout=subprocess.PIPE, stderr=sys.stderr, text=True
    )
    return done.stdout
