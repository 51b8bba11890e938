"""Environments of their own for what is measured, so that none changes what another needs."""

import subprocess
import sys
import venv
from pathlib import Path


def python_environment(folder: Path, *packages: str) -> str:
    """Make a virtual environment with packages unless it is there; the version of the first."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        run([str(python), "-m", "pip", "install", "--quiet", *packages])
    name = packages[0].partition("[")[0].partition("=")[0]
    program = f"from importlib.metadata import version; print(version({Path(name).name!r}))"
    return run([str(python), "-c", program]).strip()


def run(words: list[str], folder: Path | None = None) -> str:
    """Run a command to its end; what it printed. Raises CalledProcessError."""
    done = subprocess.run(  # noqa: S603 - commands of this benchmark
        words, cwd=folder, check=True, stdout=subprocess.PIPE, stderr=sys.stderr, text=True
    )
    return done.stdout
