"""The rules of RFC 5005 for feeds with older entries in documents of their own."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from feed_values import absolute_iri

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"

_RELATIONS = ("current", "prev-archive", "next-archive", "first", "last", "previous", "next")


def history_faults(feed: etree._Element) -> Iterator[str]:
    """The faults of the links between the documents of a feed, given its atom:feed or the
    channel of an RSS feed.

    RFC 5005, section 4: an archive document says so, and links to the document that is subscribed
    to; the oldest has no prev-archive. Sections 1 and 2: a complete feed is no archive. Section 3:
    a relation leads to one document."""
    links = feed.findall(f"{ATOM}link")
    counts = Counter(link.get("rel") for link in links)
    marks = [mark for mark in ("archive", "complete") if feed.find(HISTORY + mark) is not None]
    for mark in marks:
        found = feed.findall(HISTORY + mark)
        if len(found) > 1 or len(found[0]) or (found[0].text or "").strip():
            yield f"fh:{mark} is not empty or there are {len(found)}"
    if len(marks) == 2:
        yield "fh:archive and fh:complete in one feed"
    if "archive" in marks and not counts["current"]:
        yield "an archive document without a link to the current one"
    if "complete" in marks and any(counts[relation] for relation in _RELATIONS):
        yield "a complete feed with links to further documents"
    own = {link.get("href") for link in links if link.get("rel") == "self"}
    for link in links:
        relation, address = link.get("rel"), link.get("href", "")
        if relation not in _RELATIONS:
            continue
        if counts[relation] > 1:
            yield f"{counts[relation]} links with rel={relation}"
        if not absolute_iri(address):
            yield f"rel={relation} is not absolute: {address}"
        elif relation in ("prev-archive", "next-archive") and address in own:
            yield f"rel={relation} leads to the document itself"
