"""The command line: declarations only. Each command calls one function and prints the result."""

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from newsarchive import __version__
from newsarchive.model.problems import ArchiveError, FaultsError, StrictError

Command = TypeVar("Command", bound=Callable[..., Any])


class _Commands(click.Group):
    """The group of all commands. An error ends a command with the exit code of its class."""

    def invoke(self, context: click.Context) -> Any:
        # The system, or a closed terminal, ends a build like Ctrl-C does, its workers included.
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
                signal.signal(getattr(signal, name), signal.default_int_handler)
        try:
            return super().invoke(context)
        except ArchiveError as error:
            click.echo(f"Error: {error}", err=True)
            context.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Stopped. Every page is intact; run build again to continue.", err=True)
            context.exit(130)
        except BrokenPipeError:
            # The program that reads the output, such as head, has closed it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            context.exit(0)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            hint = "; the site is intact: free some space and build again"
            hint = hint if error.errno == errno.ENOSPC else ""
            click.echo(f"Error: {place}{error.strerror or error}{hint}", err=True)
            context.exit(2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsarchive")
@click.option(
    "-C",
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder with newsarchive.toml; the default is the current folder.",
)
@click.pass_context
def main(context: click.Context, directory: Path) -> None:
    """Turn a folder of news articles into a static site to browse by date and by tag."""
    context.obj = directory


def _build_options(command: Command) -> Command:
    """Add the options that `build` and `serve` share."""
    for option in (
        click.option(
            "--base-url", metavar="URL", help="The URL of the published site, for full URLs."
        ),
        click.option("-o", "--output", metavar="DIR", help="The folder to write the site to."),
        click.option(
            "-s", "--source", "sources", multiple=True, metavar="DIR",
            help="A folder with articles; repeat the option for more.",
        ),
        click.option(
            "-j", "--jobs", type=click.IntRange(1, 256), metavar="N",
            help="The number of worker processes; the default is one for each processor.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@main.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Create an archive in DIR. It has newsarchive.toml, and seeds/ with a sample article."""
    from newsarchive.commands.init import start_archive

    for path in start_archive(directory):
        click.echo(f"created {path}")
    click.echo(f"Add articles to {directory / 'seeds'}, then run: newsarchive -C {directory} build")


@main.command()
@_build_options
@click.option("--full", is_flag=True, help="Read every article and compare every file again.")
@click.option("--strict", is_flag=True, help="Publish nothing if an article is skipped; exit 1.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the counts, skipped articles and warnings to FILE as JSON.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print skipped articles only.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Print each rebuilt file with its reason, and all warnings.",
)
@click.pass_obj
def build(
    directory: Path,
    sources: tuple[str, ...],
    output: str | None,
    base_url: str | None,
    jobs: int | None,
    full: bool,
    strict: bool,
    report: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the site, or update it after changes."""
    from newsarchive.build.pipeline import BuildOptions
    from newsarchive.build.pipeline import build as build_site
    from newsarchive.commands.reporter import Reporter, check_report
    from newsarchive.config import load, overridden

    config = overridden(load(directory), sources, output, base_url)
    check_report(report, config)
    with Reporter(quiet, verbose, report) as reporter:
        ledger = build_site(config, BuildOptions(jobs or 0, full, strict), reporter.tell)
        reporter.finish(ledger, config.output)
    if ledger.is_refused:
        raise StrictError("nothing was published: --strict was given and articles were skipped")


@main.command()
@click.option("-o", "--output", metavar="DIR", help="The folder of the built site.")
@click.option("--base-url", metavar="URL", help="The URL of the published site.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def check(directory: Path, output: str | None, base_url: str | None, as_json: bool) -> None:
    """Check a built site for broken links and other faults.

    Others are missing images, faulty feeds, and missing, changed or foreign files.
    """
    from newsarchive.commands.check import check as check_site
    from newsarchive.commands.printing import print_checked
    from newsarchive.config import load, overridden
    from newsarchive.model.text import number_of

    config = overridden(load(directory), (), output, base_url)
    checked = check_site(config)
    print_checked(checked, config.output, as_json)
    if checked.faults:
        raise FaultsError(f"{number_of(len(checked.faults), 'fault')} in {config.output}")


@main.command()
@click.option("-o", "--output", metavar="DIR", help="The folder of the built site.")
@click.option("--write", is_flag=True, help="Draft a tags.toml that merges the near duplicates.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def tags(directory: Path, output: str | None, write: bool, as_json: bool) -> None:
    """List the tags, and near duplicates: tags that may be one tag."""
    from newsarchive.commands.printing import print_tags
    from newsarchive.commands.tags import list_tags, write_draft
    from newsarchive.config import load, overridden

    if write and as_json:
        raise click.UsageError("--write and --json cannot be combined; choose one")
    config = overridden(load(directory), (), output, None)
    found = list_tags(config)
    if write:
        path = write_draft(config, found)
        done = f"wrote {path}: review it before you build again" if path else ""
        click.echo(done or "no near duplicates left to merge: nothing was written")
    else:
        print_tags(found, as_json)


@main.command()
@click.option("-o", "--output", metavar="DIR", help="The folder of the built site.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_obj
def stats(directory: Path, output: str | None, as_json: bool) -> None:
    """Count articles by month and by tag. Lists gaps: months without articles."""
    from newsarchive.commands.printing import print_stats
    from newsarchive.commands.stats import archive_stats
    from newsarchive.config import load, overridden

    config = overridden(load(directory), (), output, None)
    print_stats(archive_stats(config), as_json)


@main.command()
@click.argument("path", metavar="PATH")
@click.option("-o", "--output", metavar="DIR", help="The folder of the built site.")
@click.option(
    "-s",
    "--source",
    "sources",
    multiple=True,
    metavar="DIR",
    help="A folder with articles, as for build; repeat the option for more.",
)
@click.pass_obj
def explain(directory: Path, path: str, output: str | None, sources: tuple[str, ...]) -> None:
    """Show where the fields and tags of an article come from. Lists the files that show it."""
    from newsarchive.commands.explain import explain as explain_source
    from newsarchive.commands.printing import print_explained
    from newsarchive.config import load, overridden

    config = overridden(load(directory), sources, output, None)
    print_explained(explain_source(config, path))


@main.command()
@_build_options
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="PORT",
    help="The port to serve on; 0 picks a free one.",
)  # fmt: skip
@click.pass_obj
def serve(
    directory: Path,
    sources: tuple[str, ...],
    output: str | None,
    base_url: str | None,
    jobs: int | None,
    port: int,
) -> None:
    """Show the site on this machine, and rebuild it when you save."""
    from newsarchive.commands.serve import serve_archive
    from newsarchive.config import Config, load, overridden

    def configured() -> Config:
        return overridden(load(directory), sources, output, base_url)

    serve_archive(configured, port, jobs or 0, click.echo)
