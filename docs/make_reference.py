"""Writes docs/commands.md from the commands themselves.

`python docs/make_reference.py` writes the file; with `--check` it writes nothing and ends with 1
if the file is out of date. The text that no command can give is below, written by hand.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import click

from newsarchive.cli import main as newsarchive

PAGE = Path(__file__).with_name("commands.md")

OPENING = """\
# Commands

*`make docs` (`python docs/make_reference.py`) makes this page from the commands. To change it,
change the commands or the script.*

    newsarchive [OPTIONS] COMMAND [ARGS]...

`python -m newsarchive` is the same as `newsarchive`. [configuration.md](configuration.md) describes
the settings in `newsarchive.toml`, and which of them options override.
"""

EXAMPLES = {
    "init": """\
`init` makes `newsarchive.toml`, and `seeds/sample.txt` if `seeds/` is empty. It overwrites nothing:
in a folder with a `newsarchive.toml` it changes nothing and ends with exit code 2.

    newsarchive init my-archive
""",
    "build": """\
A second build writes nothing; after a change, a build rewrites only affected files. The cache is
in `.newsarchive/` beside `newsarchive.toml`. It is safe to delete: the next build reads
everything again and makes the same site, because each page names its article or tag. `--full` reads
everything again as well, and sees changes that left a file's size and time as they were.

    newsarchive build
    newsarchive -C my-archive build --strict --report ledger.json
    newsarchive build -s articles -s more-articles -o site --base-url https://news.example/

Only one build of an output folder can run at a time. A second one names the process of the first
and ends with 2. The output folder belongs to newsarchive: a build refuses a folder that holds other
files and was never an output.
""",
    "check": """\
`check` changes nothing. It prints a line for each fault: its kind, the file and what is wrong.

| kind | meaning |
|---|---|
| `interrupted` | the last build was stopped |
| `missing` | a published file is gone |
| `changed` | a file differs from the published one |
| `foreign` | a file or a link that no build made, except hidden ones |
| `unreadable` | a file that cannot be read |
| `not well-formed` | a feed that is not XML or JSON, or a page with nothing in it |
| `duplicate id` | one id twice in a page, or one entry twice in a feed |
| `missing image` | a page shows an image whose file is missing |
| `broken link` | a link within the site, or to a place in a page, without a target |

`check` does not follow links to other sites. `build --full` repairs missing and changed files. It
leaves foreign files alone, unless a page of the site needs their address. Without a record of the
build, `check` can only look at links, feeds and ids. `--json` prints one object with `pages`,
`feeds`, `files` and `links` (the numbers of those checked), `notices`, and `faults`, a list of
`{kind, address, reason}`.

    newsarchive check
    newsarchive -C my-archive check --json
""",
    "tags": """\
[tags.md](tags.md#which-tags-there-are) explains which tags look like one, and the settings of
`tags.toml`. `--write` never overwrites a `tags.toml`: the draft is then `tags.draft.toml`.
`--json` prints one object with `tags`, a list of `{name, articles, mentioned, first, last, hidden}`
(days as numbers, such as 20230619, 0 for none), and `near_duplicates`, a list of
`{tags, reason, is_clear}`.

    newsarchive tags
    newsarchive -C my-archive tags --write
""",
    "stats": """\
The numbers are the same as in `about.html` and [`archive.json`](data.md#archivejson). The histogram
has a bar for each month, or for each year if there are more than 48 months, and is as wide as the
terminal, up to 100 characters. "Without a tag" counts articles whose pages show no tag. `--json`
prints one object with `counts`, as in `archive.json`; `untagged`; the days `first` and `last`,
`null` if no article has a date; `by_month` and `busiest_days`, lists of `{period, articles}`;
`largest_tags`, a list of `{name, articles}`; and `gaps`, a list of `{first, last}`, the months at
both ends of each stretch without articles.

    newsarchive stats
    newsarchive -C my-archive stats --json
""",
    "explain": """\
PATH is a file, a source as messages name it, or the address of an article's page. `explain` changes
nothing. It reads the file as it is now, and reports the pages as of the last build.

    newsarchive explain seeds/wire/0001.txt
    newsarchive -C my-archive explain 2023/06/19/some-headline.html
""",
    "serve": """\
Only this machine can open the site. Open pages reload when you save an article, a setting or a file
of the theme; the files in the output folder stay as `build` makes them. If the settings or a
template have a mistake, `serve` shows it and goes on; only the first build has to succeed. After a
change of `output` or `sources`, start `serve` again. Ctrl-C ends it, with exit code 0.

    newsarchive serve
    newsarchive -C examples/harbour-gazette serve -p 0
""",
}
"""By command: the text after its options."""

EXIT_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | done; articles that were set aside, and warnings, are printed |
| 1 | with `--strict`: an article was set aside, so nothing was published; or `check` found a \
fault |
| 2 | wrong usage, a wrong setting, a mistake in a template, a folder that cannot be used, or \
another build that is running; the message says what to do |
| 130 | Ctrl-C, or a signal to end, stopped a build |

A build that does not end with 0 leaves every page intact. If it stopped while it published, some
pages are new and the others old. Run build again to bring the site up to date.
"""

REPORT = {
    "sources": "files that are read as articles, changed or not",
    "ignored": "files that were ignored: hidden and backup files, and files of other kinds that no "
    "published article uses",
    "articles": "articles in the sources: the sum of the next three and the length of "
    "`set_aside`, in which a file that cannot be read counts as one article",
    "published": "articles that have a page",
    "drafts": "articles that are marked as not for publication",
    "merged": "articles that equal a published one, and so have no page of their own",
    "mentioned": "published articles that have tags from their text",
    "set_aside": "list of `{path, line, reason}`: articles that could not be published; `line` is "
    "null if the fault is in no single line",
    "warnings": "list of `{path, line, reason}`: articles that were published although something "
    "was assumed, left out or missing",
    "written": "files of the site that were written",
    "unchanged": "files of the site that stayed as they were",
    "removed": "files of the site that were removed",
    "moved": "list of the addresses that redirect, since this build, to the new address of their "
    "page",
    "withdrawn": "list of the addresses whose article, tag, author or section is no longer "
    "published: their pages say so, or redirect to a list",
    "seconds": "the seconds that each stage took: a mapping with `read` and `publish`",
}
"""Every key of the report and its meaning."""

REPORT_OPENING = """\
## The report

`--report FILE` writes the ledger of the build as one JSON object, in UTF-8. With `--strict` it
writes the report as well, without the seconds of stages that did not run. A build that ends with 2
writes no report.

"""


def reference() -> str:
    """The text of docs/commands.md."""
    with newsarchive.context_class(
        newsarchive, info_name="newsarchive", **newsarchive.context_settings
    ) as context:
        parts = [OPENING, "## Options before the command\n", _options(newsarchive, context)]
        for name in newsarchive.list_commands(context):
            command = newsarchive.get_command(context, name)
            if command is not None and not command.hidden:
                parts += _command(name, command, context)
    keys = "".join(f"| `{key}` | {meaning} |\n" for key, meaning in REPORT.items())
    report = REPORT_OPENING + "| key | content |\n|---|---|\n" + keys
    return "\n".join([*parts, EXIT_CODES, report])


def _command(name: str, command: click.Command, parent: click.Context) -> list[str]:
    with click.Context(command, info_name=name, parent=parent) as context:
        usage = " ".join([name, *command.collect_usage_pieces(context)])
        parts = [
            f"## `{name}`\n",
            f"    newsarchive {usage}\n",
            f"{' '.join((command.help or '').split())}\n",
            _options(command, context),
        ]
    return [*parts, *([EXAMPLES[name]] if name in EXAMPLES else [])]


def _options(command: click.Command, context: click.Context) -> str:
    rows = [
        f"| {_written(option, context)} | {_explained(option, context)} |\n"
        for option in command.get_params(context)
        if isinstance(option, click.Option) and not option.hidden
    ]
    return "| option | meaning |\n|---|---|\n" + "".join(rows)


def _written(option: click.Option, context: click.Context) -> str:
    names = sorted([*option.opts, *option.secondary_opts], key=len)  # the short one first
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return ", ".join(f"`{name}{value}`" for name in names)


def _explained(option: click.Option, context: click.Context) -> str:
    extra: Any = option.get_help_extra(context)
    more = []
    if isinstance(option.type, click.IntRange):
        more.append(f"from {option.type.min} to {option.type.max}")
    elif isinstance(option.type, click.Choice):
        more.append(f"one of {', '.join(f'`{choice}`' for choice in option.type.choices)}")
    if "default" in extra:
        more.append(f"default `{extra['default']}`")
    if option.required:
        more.append("required")
    help_text = " ".join((option.help or "").split()).replace("|", "\\|")
    return f"{help_text} ({'; '.join(more)})" if more else help_text


def main() -> int:
    """Write the page, or check it; the exit code."""
    parser = argparse.ArgumentParser(description="Write docs/commands.md from the commands.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; end with 1 if the page differs"
    )
    wanted = reference()
    if parser.parse_args().check:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted:
            return 0
        print(f"{PAGE} is not up to date: run python docs/make_reference.py", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
