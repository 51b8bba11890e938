"""The rules that feeds must keep, written from their standards and not from what the program does.
Each function takes a feed and the address where it is published (in ASCII, as in links), and
returns what is wrong with the feed."""

from typing import Any

import feedparser

from atom_rules import atom_faults
from json_feed_rules import json_feed_faults
from rss_rules import rss_advice, rss_faults

__all__ = ["atom_faults", "json_feed_faults", "parsed", "rss_advice", "rss_faults"]


def parsed(content: bytes) -> Any:
    """A feed of RSS or Atom as a feed reader parses it. Fails if the parser complains."""
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed
