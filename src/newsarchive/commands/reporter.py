"""Reporter: prints a build's progress and result, and writes the report for programs."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from newsarchive.config import REDIRECTS, Config
from newsarchive.model.collection import FOLDERS
from newsarchive.model.events import Event, Ledger, Notice, Progress, Rebuilt
from newsarchive.model.problems import ArchiveError, ConfigError, Problem
from newsarchive.model.text import number_of

SHOWN = 10
"""The most entries of a list that are printed without -v. Skipped articles are all printed."""

_STAGES = {"read": "Reading articles", "publish": "Publishing"}


def check_report(report: Path | None, config: Config) -> None:
    """Raise ConfigError if the report would be written into the sources or the output, or over a
    file of the archive."""
    if report is None:
        return
    path = report.resolve()
    kept = [config.output, *(config.directory / source for source in config.build.sources)]
    kept += config.own_paths
    within = next((one for one in kept if path.is_relative_to(one.resolve())), None)
    if within:
        raise ConfigError(
            f"{report}: the report cannot be written into {within}: choose another folder"
        )


class Reporter:
    """Listens to a build and prints its progress. A context manager, which restores the terminal at
    its end."""

    def __init__(
        self, quiet: bool = False, verbose: bool = False, report: Path | None = None
    ) -> None:
        self._quiet, self._verbose, self._report = quiet, verbose, report
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> "Reporter":
        if not self._quiet and sys.stderr.isatty():
            # Importing rich takes longer than a small build.
            from rich.console import Console
            from rich.progress import Progress as Bar
            from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

            self._bar = Bar(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                TextColumn("{task.completed:,.0f}"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def tell(self, event: Event) -> None:
        """Print an event of the build."""
        match event:
            case Progress(stage, done) if self._bar:
                if stage not in self._tasks:
                    self._tasks[stage] = self._bar.add_task(_STAGES[stage], total=None)
                self._bar.update(self._tasks[stage], completed=done)
            case Notice(text) if not self._quiet:
                click.echo(text, err=True)
            case Rebuilt(address, reason) if self._verbose:
                click.echo(f"{address}: {reason}")

    def finish(self, ledger: Ledger, output: Path) -> None:
        """Print the ledger, and write the report if one was asked for. Raises ArchiveError if it
        cannot be written."""
        self._stop()
        self._list("Skipped (not published):", ledger.skipped, show_all=True)
        if not self._quiet:
            self._list("Published with warnings:", ledger.warnings, self._verbose)
            self._list("Missing files:", ledger.missing_files, self._verbose)
            lists = tuple(f"{folder}/" for folder in FOLDERS.values())
            articles = [address for address in ledger.withdrawn if not address.startswith(lists)]
            emptied = [address for address in ledger.withdrawn if address.startswith(lists)]
            self._list("No longer published (each page says so):", articles, self._verbose)
            self._list(
                "No articles left (the page redirects to all tags, authors or sections):",
                emptied,
                self._verbose,
            )
            for line in lines_of(ledger, output):
                click.echo(line)
        if self._report:
            text = json.dumps(ledger.report(), ensure_ascii=False, indent=2) + "\n"
            try:
                self._report.write_text(text, encoding="utf-8", errors="backslashreplace")
            except OSError as error:
                raise ArchiveError(
                    f"{self._report}: cannot be written: {error.strerror}"
                ) from error

    def _list(self, heading: str, problems: Sequence[Problem | str], show_all: bool) -> None:
        if not problems:
            return
        click.echo(heading, err=True)
        shown = problems if show_all else problems[:SHOWN]
        for problem in shown:
            click.echo(f"  {problem}", err=True)
        if len(shown) < len(problems):
            rest = len(problems) - len(shown)
            click.echo(f"  and {rest:,} more: use -v or --report to see them", err=True)

    def _stop(self) -> None:
        if self._bar:
            self._bar.stop()
            self._bar = None


def lines_of(ledger: Ledger, output: Path) -> list[str]:
    """The summary of the ledger, as lines to print."""
    lines = [
        f"Sources:  {number_of(ledger.sources, 'file')}, {number_of(ledger.articles, 'article')}: "
        f"{ledger.published:,} published, {number_of(ledger.drafts, 'draft')}, "
        f"{ledger.merged:,} merged, {len(ledger.skipped):,} skipped"
    ]
    if ledger.ignored:
        unread_files = ledger.unread_suffixes.total()
        suffixes = ledger.unread_suffixes.most_common(5)
        kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in suffixes)
        hidden = ledger.ignored - unread_files
        unread = f"{unread_files:,} that no article uses ({kinds})" if kinds else ""
        both = ", ".join(filter(None, (f"{hidden:,} hidden or backup" if hidden else "", unread)))
        lines.append(f"Ignored:  {number_of(ledger.ignored, 'file')}: {both}")
    if ledger.mentioned:
        lines.append(f"Tags:     {number_of(ledger.mentioned, 'article')} with inferred tags")
    if ledger.is_refused:
        return lines
    spent = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in ledger.seconds.items())
    lines.append(
        f"Site:     {ledger.written:,} written, {ledger.unchanged:,} unchanged, "
        f"{ledger.removed:,} removed in {output}"
    )
    counted = [
        f"{number_of(len(found), 'address')} {what}"
        for found, what in ((ledger.moved, "moved"), (ledger.withdrawn, "no longer published"))
        if found
    ]
    if counted:
        lines.append(f"Moved:    {', '.join(counted)}: keep {REDIRECTS} with your articles")
    lines.append(f"Time:     {sum(ledger.seconds.values()):.1f} seconds ({spent})")
    return lines
