"""The rules tell faulty feeds from good ones; each faulty feed is a good one with one edit."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import atom_rules
import json_feed_rules
import rss_rules
from faulty_feeds import ATOM_EDITS, JSON_EDITS, RSS_EDITS
from feed_rules import atom_faults, json_feed_faults, parsed, rss_advice, rss_faults
from feed_values import rfc_822, rfc_3339
from sample_feeds import ATOM, ATOM_URL, JSON_FEED, JSON_FEED_URL, RSS, RSS_URL

Edit = tuple[str, str, str | None]


def edited(feed: str, edit: Edit) -> bytes:
    old, new, _ = edit
    assert old in feed, f"the good feed has no {old}"
    return feed.replace(old, new, 1).encode()


def told(faults: list[str], edit: Edit) -> bool:
    words = edit[2]
    return any(words in fault for fault in faults) if words else not faults


def test_good_feeds_have_no_fault() -> None:
    assert rss_faults(RSS.encode(), RSS_URL) == []
    assert atom_faults(ATOM.encode(), ATOM_URL) == []
    assert json_feed_faults(JSON_FEED.encode(), JSON_FEED_URL) == []


def test_good_feeds_are_read_by_feed_readers() -> None:
    headlines = [entry.title for entry in parsed(RSS.encode()).entries]
    assert headlines == ["The mole & the sea", "The ferry", "Lost and found"]
    assert [entry.title for entry in parsed(ATOM.encode()).entries][2] == "Lost and found"
    with pytest.raises(AssertionError):
        parsed(RSS.replace("</channel>", "").encode())


@pytest.mark.parametrize("edit", RSS_EDITS, ids=str)
def test_the_rules_find_the_fault_of_an_rss_feed(edit: Edit) -> None:
    faults = rss_faults(edited(RSS, edit), RSS_URL)
    assert told(faults, edit), faults


def test_the_rules_advise_how_rss_should_escape_plain_text() -> None:
    assert rss_advice(RSS.encode()) == []
    (named,) = rss_advice(RSS.replace("mole &#x26; the", "mole &amp; the").encode())
    assert "<title> is written with &amp;" in named
    (quoted,) = rss_advice(RSS.replace("Lost and found", "<![CDATA[Lost & found]]>").encode())
    assert "<title> is written with <![CDATA[" in quoted


@pytest.mark.parametrize("edit", ATOM_EDITS, ids=str)
def test_the_rules_find_the_fault_of_an_atom_feed(edit: Edit) -> None:
    faults = atom_faults(edited(ATOM, edit), ATOM_URL)
    assert told(faults, edit), faults


@pytest.mark.parametrize("edit", JSON_EDITS, ids=str)
def test_the_rules_find_the_fault_of_a_json_feed(edit: Edit) -> None:
    faults = json_feed_faults(edited(JSON_FEED, edit), JSON_FEED_URL)
    assert told(faults, edit), faults


@pytest.mark.parametrize(
    ("rules", "check"),
    [
        (rss_rules, lambda: [rss_faults(edited(RSS, edit), RSS_URL) for edit in RSS_EDITS]),
        (atom_rules, lambda: [atom_faults(edited(ATOM, edit), ATOM_URL) for edit in ATOM_EDITS]),
        (
            json_feed_rules,
            lambda: [
                json_feed_faults(edited(JSON_FEED, edit), JSON_FEED_URL) for edit in JSON_EDITS
            ],
        ),
    ],
    ids=["rss", "atom", "json"],
)
def test_there_is_a_faulty_feed_for_each_rule(
    rules: Any, check: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = set()

    def listened(rule: Callable[[Any], Iterator[str]]) -> Callable[[Any], Iterator[str]]:
        def listening(feed: Any) -> Iterator[str]:
            for fault in rule(feed):
                heard.add(rule)
                yield fault

        return listening

    every = rules.RULES
    monkeypatch.setattr(rules, "RULES", tuple(map(listened, every)))
    check()
    assert heard == set(every)


def test_no_edit_is_listed_twice() -> None:
    for edits in (RSS_EDITS, ATOM_EDITS, JSON_EDITS):
        assert len({edit[:2] for edit in edits}) == len(edits)


def test_dates_are_read_as_moments() -> None:
    assert rfc_822("Mon, 19 Jun 2023 18:30:00 +0200") == rfc_822("19 Jun 2023 16:30 GMT")
    assert rfc_822("1 Jan 1970 00:00:00 EST") == rfc_3339("1970-01-01T05:00:00Z")
    assert rfc_3339("0001-01-01T00:00:00-00:44") is not None
    assert rfc_3339("1969-12-31T23:59:60Z") is not None
