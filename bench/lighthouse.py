"""`python -m bench.lighthouse SITE PAGE ...`: runs Lighthouse on pages of a built site, and weighs
them. Needs npm and Chromium; Lighthouse needs Node 22.19 or newer."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import click

from bench.serving import served
from bench.weight import median_article, weight

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LIGHTHOUSE = ("npx", "--yes", "lighthouse@13")
_FLAGS = "--headless=new --no-sandbox --disable-gpu"


@dataclass(frozen=True, slots=True)
class Audit:
    """The results of one run of Lighthouse, which imitates a phone with a slow network."""

    scores: dict[str, int]
    """Points from 0 to 100, by category."""
    transferred: int
    """Transferred bytes, with headers."""
    failed: frozenset[str]
    """The titles of the audits that cost points."""


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("pages", nargs=-1)
@click.option("--rounds", default=3, help="Runs for each page; medians are shown.")
@click.option("--chromium", default="/usr/bin/chromium", help="The browser.")
def main(site: Path, pages: tuple[str, ...], rounds: int, chromium: str) -> None:
    """Print a table of PAGES of a SITE, and the weight of the median article page."""
    site = site.resolve()
    for page in pages:
        if not (site / page).is_file():
            raise click.ClickException(f"{page} is not in {site}")
    if pages and not shutil.which("npx"):
        raise click.ClickException("Lighthouse needs npm: apt-get install npm")
    with served(site) as address:
        audits = {
            page: [audited(address + quote(page), chromium) for _ in range(rounds)]
            for page in pages
        }
    if pages:
        click.echo("\n".join(table(site, audits)))
    count, size = median_article(site)
    click.echo(
        f"Median weight of {count:,} article pages: {size:,} bytes with all files they load."
    )


def audited(url: str, chromium: str) -> Audit:
    """Run Lighthouse on a page. Raises ClickException with its message if it fails."""
    options = ("--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={_FLAGS}")
    chosen = f"--only-categories={','.join(CATEGORIES)}"
    done = subprocess.run(  # noqa: S603 - a command of this benchmark
        [*LIGHTHOUSE, url, *options, chosen],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(f"Lighthouse failed on {url}: {done.stderr[-2000:]}")
    return _audit(json.loads(done.stdout))


def _audit(report: dict[str, Any]) -> Audit:
    if "runtimeError" in report:
        raise click.ClickException(report["runtimeError"]["message"])
    audits, categories = report["audits"], report["categories"]
    requests = audits["network-requests"]["details"]["items"]
    failed = {
        audits[part["id"]]["title"]
        for category in categories.values()
        for part in category["auditRefs"]
        if part["weight"] and (audits[part["id"]]["score"] or 0) < 1
        if audits[part["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    }
    return Audit(
        {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES},
        sum(int(request.get("transferSize", 0)) for request in requests),
        frozenset(failed),
    )


def table(site: Path, audits: dict[str, list[Audit]]) -> Iterable[str]:
    """Lines of Markdown: a row for each page, and below the audits that cost points in any run."""
    yield _row(["page", *CATEGORIES, "bytes transferred", "bytes with all files it loads"])
    yield _row(["---", *["---:"] * (len(CATEGORIES) + 2)])
    for page, runs in audits.items():
        points = [f"{median(run.scores[name] for run in runs):.0f}" for name in CATEGORIES]
        transferred = f"{median(run.transferred for run in runs):,.0f}"
        yield _row([page, *points, transferred, f"{weight(site, page):,}"])
    for page, runs in audits.items():
        failed = sorted(frozenset[str]().union(*(run.failed for run in runs)))
        if failed:
            yield f"\n{page} lost points for: {'; '.join(failed)}"
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
