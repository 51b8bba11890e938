"""What feeds are held to: the rules of their standards, written from those and not from what the
program does. Each function takes a feed, with the address that it is published at (in ASCII, as it
stands in links), and says what is wrong with it."""

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
