"""Every page, the stylesheet and the pictures are valid: the Nu Html Checker has nothing to say."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from browsing import TESTS
from conftest import Archive

CHECKER = TESTS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ITS_OWN = re.compile(
    r"Resource violates Content Security Policy \(meta tag\): [\w ]+ “(?![a-z]+:|//)"
)
"""A file of the site that the policy of a page keeps out: to the checker, a page in a folder has no
origin that `'self'` or `file:` could mean. Browsers know better, and test_in_a_browser.py fails
with what they say on their console where a policy keeps something out."""

_QUICK_START = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""It runs for seconds: to compile it well takes longer than that saves."""

pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None, reason="needs Java: apt-get install default-jre-headless"
    ),
    pytest.mark.skipif(
        not CHECKER.exists(),
        reason="needs vnu-jar: apt-get install npm, then npm ci --prefix tests --ignore-scripts",
    ),
]


def test_every_page_stylesheet_and_picture_of_a_site_is_valid(built_site: Archive) -> None:
    told = complaints(built_site.output)
    assert not told, "\n".join(["", *told])


def test_the_checker_finds_faulty_files(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('<!DOCTYPE html><html lang="en"><title>Page</title></b>')
    (tmp_path / "style.css").write_text("a { no-such: property }")
    (tmp_path / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><b/></svg>')
    told = complaints(tmp_path)
    assert {complaint.partition(":")[0] for complaint in told} == {
        *("page.html", "style.css", "icon.svg")
    }


def complaints(folder: Path) -> list[str]:
    """Errors, warnings and remarks on the HTML, CSS and SVG of a built site."""
    kinds = ("--skip-non-html", "--also-check-css", "--also-check-svg")
    done = subprocess.run(
        ["java", *_QUICK_START, "-jar", CHECKER, *kinds, "--stdout", "--format", "json", folder],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    top = folder.resolve().as_uri() + "/"
    return [
        f"{message['url'].removeprefix(top.replace('///', '/'))}:{message.get('lastLine', 0)}: "
        f"{message['type']}: {message['message']} {message.get('extract', '')!r}"
        for message in json.loads(done.stdout)["messages"]
        if not ITS_OWN.match(message["message"])
    ]
