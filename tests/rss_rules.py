"""The rules of RSS 2.0 (RSS Advisory Board, version 2.0.11) and of the board's Best Practices
Profile (version 1.0); "Profile" below quotes its headings. Each rule takes the channel of a feed
and yields what is wrong with it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from lxml import etree

from feed_values import (
    XML,
    absolute_uri,
    forbidden_characters,
    language_tag,
    markup_in,
    media_type,
    names,
    read_xml,
    relative_addresses,
    rfc_822,
    rfc_3339,
    text_of,
    web_address,
)
from history_rules import ATOM, history_faults

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"

_CHANNEL = names(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate "
    "category generator docs cloud ttl image rating textInput skipHours skipDays item"
)
_ITEM = names("title link description author category comments enclosure guid pubDate source")


def rss_faults(content: bytes, address_url: str) -> list[str]:
    """The faults of a feed that is published at an address."""
    faults = list(forbidden_characters(content))
    try:
        root = read_xml(content)
    except etree.XMLSyntaxError as error:
        return [*faults, f"not well-formed: {error}"]
    channels = root.findall("channel")
    if (root.tag, root.get("version"), len(root), len(channels)) != ("rss", "2.0", 1, 1):
        return [*faults, "not an <rss version='2.0'> with one <channel>"]
    (channel,) = channels
    for rule in RULES:
        faults += rule(channel)
    return [*faults, *own_address(channel, address_url)]


def required(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "Required channel elements"; "Elements of <item>": a title or a description."""
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"the channel has no <{name}>"
    for item in channel.findall("item"):
        if not any((item.findtext(name) or "").strip() for name in ("title", "description")):
            yield "an item has neither <title> nor <description>"


def known(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "Extending RSS": an element outside the specification has a namespace."""
    for parent, allowed in ((channel, _CHANNEL), *((item, _ITEM) for item in channel.iter("item"))):
        for child in parent.iterchildren("*"):
            if not child.tag.startswith("{") and child.tag not in allowed:
                yield f"RSS has no <{child.tag}> in <{parent.tag}>"


def once(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0 lets only categories (and items) repeat; Profile, "enclosure" and "content:encoded":
    one in an item."""
    for parent in (channel, *channel.findall("item")):
        counts = Counter(child.tag for child in parent.iterchildren("*"))
        for tag, count in counts.items():
            single = not tag.startswith("{") or tag in (CONTENT, f"{ATOM}updated")
            if count > 1 and single and tag not in ("item", "category"):
                yield f"<{etree.QName(tag).localname}> {count} times in <{parent.tag}>"


def items_last(channel: etree._Element) -> Iterator[str]:
    """Profile, "item": the elements of the channel come before its items."""
    tags = [child.tag for child in channel.iterchildren("*")]
    if "item" in tags:
        for tag in tags[tags.index("item") :]:
            if tag != "item":
                yield f"<{etree.QName(tag).localname}> after the first item"


def own_address(channel: etree._Element, address_url: str) -> Iterator[str]:
    """Profile, "atom:link": a feed names its own address, with its type."""
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1:
        yield f"{len(own)} links with rel=self"
    for link in own:
        if link.get("href") != address_url:
            yield f"rel=self is {link.get('href')}, not {address_url}"
        if link.get("type") != "application/rss+xml":
            yield f"rel=self is of type {link.get('type')}"


def addresses(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "Comments": an address begins with a scheme; Profile, "URL": it is not relative."""
    found = [channel.find("link"), channel.find("docs")]
    for item in channel.findall("item"):
        found += [item.find("link"), item.find("comments")]
        for source in item.findall("source"):
            if not absolute_uri(source.get("url", "")):
                yield f"the <source> of an item has no absolute url: {source.get('url')}"
    for element in found:
        if element is not None and not absolute_uri(element.text or ""):
            yield f"<{element.tag}> is not absolute: {element.text}"
    for link in channel.iter(f"{ATOM}link"):
        if not absolute_uri(link.get("href", "")):
            yield f"an atom:link is not absolute: {link.get('href')}"


def linked(channel: etree._Element) -> Iterator[str]:
    """Profile, "link" of an item: readers need it to open the article."""
    for item in channel.findall("item"):
        if item.find("link") is None:
            yield f"an item without <link>: {item.findtext('title')}"


def order_of_texts(channel: etree._Element) -> Iterator[str]:
    """Profile, "content:encoded": in an item with both, the description comes first, because some
    readers show the last one. An item with a whole text has a summary as well."""
    for item in channel.findall("item"):
        tags = [child.tag for child in item.iterchildren("*")]
        if CONTENT in tags and "description" not in tags[: tags.index(CONTENT)]:
            yield f"no <description> before content:encoded: {item.findtext('title')}"


def identities(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "<guid>", and Profile, "guid": each item has one, no two the same; it is an address
    unless isPermaLink is false. Here isPermaLink must be present."""
    guids = []
    for item in channel.findall("item"):
        guid = item.find("guid")
        if guid is None or not (guid.text or "").strip():
            yield f"an item without <guid>: {item.findtext('title')}"
            continue
        guids.append(guid.text)
        if guid.get("isPermaLink") not in ("true", "false"):
            yield f"isPermaLink is {guid.get('isPermaLink')}"
        elif guid.get("isPermaLink") == "true" and not web_address(guid.text):
            yield f"a permalink that is no address: {guid.text}"
    for text, count in Counter(guids).items():
        if count > 1:
            yield f"{count} items with the guid {text}"


def dates(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0: dates are those of RFC 822 with years of four digits; RFC 4287, section 3.3, for
    atom:updated."""
    for name in ("pubDate", "lastBuildDate"):
        for element in channel.iter(name):
            if rfc_822(element.text or "") is None:
                yield f"<{name}> is no date of RFC 822: {element.text}"
    for element in channel.iter(f"{ATOM}updated"):
        if rfc_3339(element.text or "") is None:
            yield f"atom:updated is no date of RFC 3339: {element.text}"


def newest_first(channel: etree._Element) -> Iterator[str]:
    """A rule of this project, for readers that keep the order of a feed: dated items, newest first.
    RSS 2.0, "lastBuildDate": the channel last changed no earlier than its newest item."""
    texts = [item.findtext("pubDate") or "" for item in channel.findall("item")]
    moments = [moment for moment in map(rfc_822, texts) if moment is not None]
    for newer, older in pairwise(moments):
        if newer < older:
            yield f"an item of {newer} before one of {older}"
    changed = rfc_822(channel.findtext("lastBuildDate") or "")
    if changed and moments and changed < max(moments):
        yield f"<lastBuildDate> {changed} is before the newest item"


def enclosures(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "<enclosure>": three attributes are required; Profile: the length is in bytes, and 0
    if it is unknown."""
    for enclosure in channel.iter("enclosure"):
        if not web_address(enclosure.get("url", "")):
            yield f"an enclosure without an address: {enclosure.get('url')}"
        if not re.fullmatch(r"[0-9]+", enclosure.get("length", "")):
            yield f"the length of an enclosure is {enclosure.get('length')}"
        if not media_type(enclosure.get("type", "")):
            yield f"the type of an enclosure is {enclosure.get('type')}"


def people(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "<author>", "<managingEditor>", "<webMaster>": e-mail addresses; Profile,
    "dc:creator": for names without one."""
    for name in ("author", "managingEditor", "webMaster"):
        for element in channel.iter(name):
            if not re.match(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+(?: \([^()]+\))?$", element.text or ""):
                yield f"<{name}> without an e-mail address: {element.text}"
    for element in channel.iter(CREATOR):
        if not (element.text or "").strip():
            yield "an empty dc:creator"


def languages(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "<language>": a code; XML 1.0, section 2.12, for xml:lang."""
    found = [element.text or "" for element in channel.findall("language")]
    found += [element.get(f"{XML}lang", "en") for element in channel.iter("*")]
    for code in found:
        if not language_tag(code):
            yield f"not the code of a language: {code}"


def categories(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "<category>": a text, perhaps with a domain; none occurs twice."""
    for parent in (channel, *channel.findall("item")):
        named = [(each.get("domain"), each.text) for each in parent.findall("category")]
        for (_, text), count in Counter(named).items():
            if not (text or "").strip():
                yield f"an empty <category> in <{parent.tag}>"
            elif count > 1:
                yield f"the category {text} {count} times in <{parent.tag}>"


def pictures(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "<image>": address, title and link, up to 144 by 400; Profile, "image": title and
    link are those of the channel."""
    for image in channel.findall("image"):
        if not web_address(image.findtext("url") or ""):
            yield f"the picture of the channel has no address: {image.findtext('url')}"
        for name in ("title", "link"):
            if image.findtext(name) != channel.findtext(name):
                yield f"the <{name}> of the picture is not that of the channel"
        for name, most in (("width", 144), ("height", 400)):
            size = image.findtext(name, "1")
            if not re.fullmatch(r"[0-9]+", size) or not 0 < int(size) <= most:
                yield f"the <{name}> of the picture is {size}"


def minutes(channel: etree._Element) -> Iterator[str]:
    """RSS 2.0, "<ttl>": a number of minutes; Profile, "textInput": not to be used."""
    for ttl in channel.findall("ttl"):
        if not re.fullmatch(r"[1-9][0-9]*", ttl.text or ""):
            yield f"<ttl> is no number of minutes: {ttl.text}"
    if channel.find("textInput") is not None:
        yield "the channel has a <textInput>"


def plain_titles(channel: etree._Element) -> Iterator[str]:
    """Profile, "Character data": plain text has no HTML, which readers would see as text."""
    tags = ("title", "category", "copyright", CREATOR)
    plain = [element for name in tags for element in channel.iter(name)]
    for element in (*plain, *channel.findall("description")):
        if found := markup_in(text_of(element)):
            yield f"markup in a plain text: {found} in {text_of(element)}"


def absolute_texts(channel: etree._Element) -> Iterator[str]:
    """Profile, "content:encoded" and "description": HTML without relative addresses, because a
    feed has no base for them."""
    for item in channel.findall("item"):
        for name in ("description", CONTENT):
            for address in relative_addresses(item.findtext(name) or ""):
                yield f"a relative address in the text of {item.findtext('title')}: {address}"


_PLAIN = re.compile(r"<(title|category|copyright|dc:creator)\b[^>]*>(.*?)</\1>", re.DOTALL)


def rss_advice(content: bytes) -> list[str]:
    """The places where a feed is valid, but not written as the board advises.

    Profile, "Character data": the & and < of plain text should be &#x26; and &#x3C;, because
    some readers resolve &amp; and &lt; once too often. In XML they are equal, so a program that
    writes XML may not be able to choose."""
    advice = []
    for name, text in _PLAIN.findall(content.decode("utf-8", "replace")):
        if found := re.search(r"&(?!#x(?:26|3C|3E);)[^;]*;|<!\[CDATA\[", text, re.IGNORECASE):
            advice.append(f"<{name}> is written with {found[0]}: {text}")
    return advice


RULES: tuple[Callable[[etree._Element], Iterator[str]], ...] = (
    *(required, known, once, items_last, addresses, linked, order_of_texts, identities, dates),
    *(newest_first, enclosures, people, languages, categories, pictures, minutes, plain_titles),
    *(absolute_texts, history_faults),
)
"""The rules that need nothing but the channel."""
