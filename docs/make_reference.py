"""Writes docs/commands.md from the commands themselves.

`python docs/make_reference.py` writes the file; with `--check` it writes nothing and ends with 1
where the file is not what it would write. What no command can say of itself stands below, by hand.
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

*This page is made by `make docs` (`python docs/make_reference.py`) from the commands themselves:
change them, or the script, and not this page.*

    newsarchive [OPTIONS] COMMAND [ARGS]...

`python -m newsarchive` is the same as `newsarchive`. What stands in `newsarchive.toml`, and what
the options below override of it, is in [configuration.md](configuration.md).
"""

EXAMPLES = {
    "init": """\
`init` makes `newsarchive.toml`, and `seeds/sample.txt` where `seeds/` is empty. It overwrites
nothing: a folder with a `newsarchive.toml` is left as it is, with exit code 2.

    newsarchive init my-archive
""",
    "build": """\
A second build writes nothing; after a change it writes what the change bears on. What was read
and published is remembered in `.newsarchive/` beside `newsarchive.toml`. That folder may be
deleted: the next build then reads everything again, and the site comes out the same, for its pages
say what they are of. `--full` reads everything again as well, and sees changes that left a file's
size and time as they were.

    newsarchive build
    newsarchive -C my-archive build --strict --report ledger.json
    newsarchive build -s articles -s more-articles -o site --base-url https://news.example/

Only one build of an output folder can run at a time; a second one names the process of the first
and ends with 2. The output folder
belongs to newsarchive: a folder that holds other files, and was never an output, is refused.
""",
    "check": """\
Nothing is changed. Each fault is a line: its kind, the file and what is wrong.

| kind | what it means |
|---|---|
| `interrupted` | the last build did not come to its end |
| `missing` | a file that was published is gone |
| `changed` | a file is not as it was published |
| `foreign` | a file or a link that no build made, hidden ones aside |
| `unreadable` | a file that cannot be read |
| `not well-formed` | a feed that is not XML or JSON, or a page with nothing in it |
| `duplicate id` | one id twice in a page, or one entry twice in a feed |
| `missing image` | an image that is not there |
| `broken link` | a link within the site, or to a place in a page, that leads to nothing |

Links to other sites are not followed. `build --full` makes good what is missing or changed; it
leaves foreign files alone, unless a page of the site must lie where one is. Without a record of
the build, only links, feeds and ids can be looked at. `--json` prints one object with `pages`,
`feeds`, `files` and `links` (how many were looked at), `notices`, and `faults`, a list of
`{kind, address, reason}`.

    newsarchive check
    newsarchive -C my-archive check --json
""",
    "tags": """\
[tags.md](tags.md#which-tags-there-are) tells what looks like one tag, and what a `tags.toml` can
lay down. A `tags.toml` that is there is never written over: the draft is then `tags.draft.toml`.
`--json` prints one object with `tags`, a list of `{name, articles, mentioned, first, last, hidden}`
(days as numbers, such as 20230619, 0 for none), and `near_duplicates`, a list of
`{tags, reason, is_clear}`.

    newsarchive tags
    newsarchive -C my-archive tags --write
""",
    "stats": """\
The numbers are those of `about.html` and of [`archive.json`](data.md#archivejson). A histogram
has a bar for each month, or for each year where there are more than 48 months, and is as wide as
the terminal, up to 100 characters. "Without a tag" are articles whose pages show none. `--json`
prints one object with `counts`, as in `archive.json`; `untagged`; the days `first` and `last`,
`null` where no article has a date; `by_month` and `busiest_days`, lists of `{period, articles}`;
`largest_tags`, a list of `{name, articles}`; and `gaps`, a list of `{first, last}`, the months at
both ends of each stretch without articles.

    newsarchive stats
    newsarchive -C my-archive stats --json
""",
    "explain": """\
PATH is a file, a source as messages name it, or the address of an article's page. Nothing is
changed. The reading is that of the file as it is now; what is published is that of the last build.

    newsarchive explain seeds/wire/0001.txt
    newsarchive -C my-archive explain 2023/06/19/some-headline.html
""",
    "serve": """\
The site is served to this machine only. Open pages reload when an article, a setting or the theme
is saved; nothing is added to the files in the output folder for that. A mistake in the settings
or a template is shown, and serving goes on; only the first build has to succeed. A change of
`output` or `sources` takes a new start. Ctrl-C ends it, with exit code 0.

    newsarchive serve
    newsarchive -C examples/harbour-gazette serve -p 0
""",
}
"""By command: what comes after its options."""

EXIT_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | done; what was set aside, and warnings, are printed |
| 1 | under `--strict` something was set aside, and nothing was published; `check` found a fault |
| 2 | wrong usage, a wrong setting, a mistake in a template, a folder that cannot be used, or \
another build under way; the message says what to do |
| 130 | Ctrl-C, or a signal to end, broke off a build |

A build that does not end with 0 leaves the site whole, as it was or, where it broke off while
publishing, with some pages new and the rest old. The next build brings it up to date.
"""

REPORT = {
    "sources": "files that are read as articles, changed or not",
    "ignored": "files passed over: hidden and backup files, files of kinds that are not read and "
    "that no published article refers to",
    "articles": "articles found in the sources: the sum of the next three and the length of "
    "`set_aside`, in which what cannot be read counts as one article",
    "published": "articles that have a page",
    "drafts": "articles that are not to be published",
    "merged": "articles that say the same as a published one, and so have no page of their own",
    "mentioned": "published articles that have tags from what they say",
    "set_aside": "list of `{path, line, reason}`: what could not be published; `line` is null "
    "where no line is to blame",
    "warnings": "list of `{path, line, reason}`: published, but something was assumed, left out or "
    "is not there",
    "written": "files of the site that were written",
    "unchanged": "files of the site that stayed as they were",
    "removed": "files of the site that were removed",
    "moved": "list of the addresses that from this build on lead to where their page is now",
    "withdrawn": "list of the addresses of what is published no more: their pages say so, or lead "
    "to a list",
    "seconds": "mapping of each stage, `read` and `publish`, to the seconds it took",
}
"""Every key of what `--report` writes."""

REPORT_OPENING = """\
## The report

`--report FILE` writes the ledger of the build as one JSON object, in UTF-8. It is written under
`--strict` as well, without the seconds of a stage that was not reached, and is not written where
the build ends with 2.

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
    report = REPORT_OPENING + "| key | what it holds |\n|---|---|\n" + keys
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
