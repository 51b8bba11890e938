"""Writes docs/commands.md from the commands themselves.

`python docs/make_reference.py` writes the file. With `--check` it writes nothing and exits with 1
if the file is out of date. The texts below add what `--help` does not say.
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

*`make docs` (`python docs/make_reference.py`) writes this page from the help texts in
`src/newsarchive/cli.py` and the texts in the script. Edit those, not this page.*

    newsarchive [OPTIONS] COMMAND [ARGS]...

You may also write `python -m newsarchive`. [configuration.md](configuration.md) describes the
settings in `newsarchive.toml`; some options override a setting.

| command | use it to |
|---|---|
| [`init`](#init) | start an archive |
| [`build`](#build) | build the site, or update it |
| [`serve`](#serve) | see the site while you work |
| [`check`](#check) | find faults of a built site |
| [`explain`](#explain) | see why an article looks as it does |
| [`stats`](#stats) | count articles, and find gaps |
| [`tags`](#tags) | list the tags, and find near duplicates |
"""

EXAMPLES = {
    "init": """\
`init` creates `newsarchive.toml` and, if `seeds/` is empty, `seeds/sample.txt`. It overwrites
nothing: if the folder already has a `newsarchive.toml`, the command changes nothing and ends with
exit code 2.

    newsarchive init my-archive
""",
    "build": """\
The first build writes the whole site. Later builds rewrite only the files that a change affects;
without a change they write nothing. If you doubt the result of a build:

- `-v` prints each rebuilt file with its reason.
- `--full` reads every article again and compares every file of the site. Use it after a change that
  kept a file's size and time.
- You may delete the cache in `.newsarchive/`, beside `newsarchive.toml`. The next build is slower,
  reads old addresses from the output and makes the same site.

Only one build at a time can write to an output folder. A second one names the process of the
first and ends with exit code 2. The output folder belongs to newsarchive: a build refuses a folder
that has files but not newsarchive's mark, and may replace
[files of your own](configuration.md#build-folders-and-page-length) in it.

    newsarchive build
    newsarchive -C my-archive build --strict --report ledger.json
    newsarchive build -s articles -s more-articles -o site --base-url https://news.example/
""",
    "check": """\
`check` changes nothing. It prints one line for each fault: its kind, the file, and what is wrong.

| kind | meaning |
|---|---|
| `interrupted` | the last build was stopped |
| `missing` | a published file is gone |
| `changed` | a file was changed after it was published |
| `foreign` | no build made this file or link (hidden files do not count) |
| `unreadable` | the file cannot be read |
| `not well-formed` | a feed is not valid XML or JSON, or a page is empty |
| `duplicate id` | an id occurs twice in a page, or an entry twice in a feed |
| `missing image` | an image does not exist |
| `broken link` | a link goes to a page of the site, or a place in a page, that does not exist |

`newsarchive build --full` restores missing and changed files. It leaves
[foreign files](configuration.md#build-folders-and-page-length) alone, but replaces one if the site
needs its address. `check` does not follow links to other sites.

The cache in `.newsarchive/` has the record of the last build. Without it, `check` prints a notice
and compares no file with the build: it checks links, images, feeds and ids.

`--json` prints one object: the numbers of checked `pages`, `feeds` (with sitemaps and other XML),
`files` and `links`; `notices`, a list of texts about the check as a whole; and `faults`, a list of
`{kind, address, reason}`.

    newsarchive check
    newsarchive -C my-archive check --json
""",
    "tags": """\
The tags are those of the last build. [tags.md](tags.md#which-tags-there-are) explains when two tags
are near duplicates, and how `tags.toml` merges them.

`--write` overwrites nothing. If there is a `tags.toml`, the draft is named `tags.draft.toml`. If
that exists too, the command ends with exit code 2.

`--json` prints one object with two lists. It cannot be combined with `--write`.

- `tags`: `{name, articles, mentioned, first, last, hidden}`. `articles` counts the articles with
  the tag, and `mentioned` those of them whose tag is inferred; `first` and `last` are days as
  numbers, such as 20230619, or 0 for none.
- `near_duplicates`: `{tags, reason, is_clear}`. `is_clear` is true for tags that are safe to merge.

Examples:

    newsarchive tags
    newsarchive -C my-archive tags --write
""",
    "stats": """\
The counts are those of the last build, as in `about.html` and in
[`archive.json`](data.md#archivejson), and the number of articles without a tag. The histogram has a
bar for each month, or for each year if there are more than 48 months. It is as wide as the
terminal, up to 100 characters.

`--json` prints one object:

| key | value |
|---|---|
| `counts` | the counts of `archive.json` |
| `untagged` | the number of articles whose page shows no tag, stated or inferred |
| `first`, `last` | the days of the first and last article, such as `2023-06-19`; `null` if no \
article has a date |
| `by_month` | a list of `{period, articles}`, with a `period` such as `2023-06` |
| `busiest_days` | the same for the five days with the most articles: `2023-06-19` |
| `largest_tags` | a list of `{name, articles}`: the 20 tags with the most articles |
| `gaps` | a list of `{first, last}`: the first and last month of each stretch without articles |

    newsarchive stats
    newsarchive -C my-archive stats --json
""",
    "explain": """\
PATH is one of three:

- the path of a source file, from your current folder or from that of `newsarchive.toml`;
- [its name in the archive](configuration.md#build-folders-and-page-length), such as
  `~wire/0001.txt`;
- the address of an article's page.

`explain` changes nothing. It reads the file as it is now, and shows how the last build published
it.

    newsarchive explain seeds/wire/0001.txt
    newsarchive -C my-archive explain 2023/06/19/some-headline.html
""",
    "serve": """\
The address is <http://127.0.0.1:8000/>, which only this machine can open. When you save an
article, a setting or a file of the theme, `serve` rebuilds the site and reloads the open pages.
(The script that reloads them is not in the output folder.)

The first build must succeed. Later, `serve` prints a mistake in a setting or a template and goes
on. Restart it after a change of `output` or `sources`. Press Ctrl-C to stop; the exit code is
then 0.

    newsarchive serve
    newsarchive -C examples/harbour-gazette serve -p 0
""",
}
"""The text after the options of each command."""

EXIT_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | success; skipped articles and warnings are printed |
| 1 | `build --strict` skipped an article and published nothing, or `check` found a fault |
| 2 | a wrong option, setting or template, a folder that cannot be used, or another build that is \
running; the message says what to do |
| 130 | Ctrl-C or a signal stopped the command |

If a build fails or is stopped, each page is the old or the new one, no page is missing, and every
link has its target. The next build completes the site.
"""

REPORT = {
    "sources": "files that newsarchive reads as articles, changed or not (not the folders in "
    "`[build] sources`)",
    "ignored": "hidden files, backups, and other files that are no articles and that no published "
    "article uses",
    "articles": "articles found: `published` + `drafts` + `merged` + the length of `skipped`; a "
    "file that cannot be read counts as one article",
    "published": "articles with a page",
    "drafts": "articles marked as drafts",
    "merged": "articles with the same content as a published one: they share its page",
    "mentioned": "published articles with inferred tags",
    "skipped": "skipped articles, a list of `{path, line, reason}`; `line` is `null` if the "
    "problem has no line",
    "warnings": "problems of published articles and their missing files, a list of `{path, line, "
    "reason}`",
    "written": "files that the build wrote",
    "unchanged": "files of the site that stayed the same",
    "removed": "files that the build removed",
    "moved": "a list of the addresses that redirect since this build",
    "withdrawn": "a list of the addresses of articles, tags, authors and sections that this build "
    "withdrew; their pages say so or redirect to a list. If an article was skipped, its page may "
    "say that it is temporarily unavailable",
    "seconds": "the seconds that each stage took, `{read, publish}`",
}
"""The keys of the report of `--report`."""

REPORT_OPENING = """\
## The report

`--report FILE` writes the result of the build as one JSON object in UTF-8. A build that ends with
exit code 2 writes no report. If `--strict` stops a build, the report has no seconds for `publish`.
A key holds a number, unless the table
says otherwise.

"""


def reference() -> str:
    """Return the text of docs/commands.md."""
    with newsarchive.context_class(
        newsarchive, info_name="newsarchive", **newsarchive.context_settings
    ) as context:
        parts = [OPENING, "## Options before the command\n", _options(newsarchive, context)]
        for name in newsarchive.list_commands(context):
            command = newsarchive.get_command(context, name)
            if command is not None and not command.hidden:
                parts += _command(name, command, context)
    keys = "".join(f"| `{key}` | {meaning} |\n" for key, meaning in REPORT.items())
    report = REPORT_OPENING + "| key | value |\n|---|---|\n" + keys
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
    """Write the page, or check it. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Write docs/commands.md from the commands.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the page is out of date"
    )
    wanted = reference()
    if parser.parse_args().check:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted:
            return 0
        print(f"{PAGE} is out of date: run python docs/make_reference.py", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
