"""The rules of Atom (RFC 4287), of its tombstones (RFC 6721) and archive documents (RFC 5005). Each
rule takes an atom:feed and yields what is wrong with it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from feed_values import (
    XML,
    absolute_iri,
    forbidden_characters,
    language_tag,
    markup_in,
    media_type,
    names,
    read_xml,
    relative_addresses,
    rfc_3339,
    text_of,
)
from history_rules import ATOM, history_faults

DELETED = "{http://purl.org/atompub/tombstones/1.0}"
DIV = "{http://www.w3.org/1999/xhtml}div"

_REQUIRED = ("id", "title", "updated")
_FEED_ONCE = (*_REQUIRED, "generator", "icon", "logo", "rights", "subtitle")
_FEED = {*_FEED_ONCE, "author", "category", "contributor", "link", "entry"}
_ENTRY_ONCE = (*_REQUIRED, "content", "published", "rights", "source", "summary")
_ENTRY = {*_ENTRY_ONCE, "author", "category", "contributor", "link"}
_TEXTS = ("title", "subtitle", "summary", "rights")
_RELATIONS = names(
    "alternate related self enclosure via current first last next previous prev-archive "
    "next-archive hub license replies edit edit-media payment"
)


def atom_faults(content: bytes, address_url: str) -> list[str]:
    """The faults of a feed that is published at an address."""
    faults = list(forbidden_characters(content))
    try:
        feed = read_xml(content)
    except etree.XMLSyntaxError as error:
        return [*faults, f"not well-formed: {error}"]
    if feed.tag != f"{ATOM}feed":
        return [*faults, f"the root is {feed.tag}, not an atom:feed"]
    for rule in RULES:
        faults += rule(feed)
    return [*faults, *own_address(feed, address_url)]


def _entries(feed: etree._Element) -> list[etree._Element]:
    return list(feed.findall(f"{ATOM}entry"))


def _named(element: etree._Element) -> str:
    return f"{element.tag.rpartition('}')[2]} {element.findtext(f'{ATOM}id')}"


def _value(parent: etree._Element, name: str) -> str:
    return parent.findtext(ATOM + name) or ""


def required(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, sections 4.1.1 and 4.1.2: id, title and updated, of the feed and of each entry.
    Section 4.2.14 lets a title be empty; readers then have nothing to show."""
    for parent in (feed, *_entries(feed)):
        for name in _REQUIRED:
            if not any(text_of(found).strip() for found in parent.findall(ATOM + name)):
                yield f"no <{name}>: {_named(parent)}"


def once(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, sections 4.1.1 and 4.1.2: elements that may occur only once."""
    for parent, single in ((feed, _FEED_ONCE), *((entry, _ENTRY_ONCE) for entry in _entries(feed))):
        for name in single:
            if (count := len(parent.findall(ATOM + name))) > 1:
                yield f"<{name}> {count} times: {_named(parent)}"


def known(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 6: extensions of Atom have a namespace of their own."""
    for parent, allowed in ((feed, _FEED), *((entry, _ENTRY) for entry in _entries(feed))):
        for child in parent.iterchildren(f"{ATOM}*"):
            if child.tag.removeprefix(ATOM) not in allowed:
                yield f"Atom has no <{child.tag.removeprefix(ATOM)}> there: {_named(parent)}"


def authors(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, sections 4.1.1 and 4.1.2: an entry has an author, its own, that of its source or
    that of the feed."""
    if feed.find(f"{ATOM}author") is not None:
        return
    entries = _entries(feed)
    if not entries:
        yield "neither author nor entries"
    for entry in entries:
        if all(
            entry.find(path) is None for path in (f"{ATOM}author", f"{ATOM}source/{ATOM}author")
        ):
            yield f"no author: {_named(entry)}"


def people(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 3.2: a person has one name, and at most one address and e-mail address."""
    for kind in (f"{ATOM}author", f"{ATOM}contributor", f"{DELETED}by"):
        for person in feed.iter(kind):
            called = [text_of(name).strip() for name in person.findall(f"{ATOM}name")]
            if len(called) != 1 or not called[0]:
                yield f"a person with {len(called)} names: {called}"
            uris = [uri.text or "" for uri in person.findall(f"{ATOM}uri")]
            if len(uris) > 1 or not all(map(absolute_iri, uris)):
                yield f"the addresses of a person: {uris}"
            mails = [mail.text or "" for mail in person.findall(f"{ATOM}email")]
            if len(mails) > 1 or not all(re.fullmatch(r"[^\s@]+@[^\s@]+", mail) for mail in mails):
                yield f"the e-mail addresses of a person: {mails}"


def bodies(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 4.1.2: without content, an entry has an alternate link; it has a summary
    where its content is elsewhere or in Base64. Section 4.1.3: what content may be."""
    for entry in _entries(feed):
        content = entry.find(f"{ATOM}content")
        if content is None:
            if all(
                link.get("rel", "alternate") != "alternate" for link in entry.iter(f"{ATOM}link")
            ):
                yield f"neither content nor alternate link: {_named(entry)}"
            continue
        kind, elsewhere = content.get("type", "text"), content.get("src")
        if kind not in ("text", "html", "xhtml") and not media_type(kind):
            yield f"the type of content is {kind}: {_named(entry)}"
        if kind.lower().startswith(("multipart/", "message/")):
            yield f"content of a composite type, {kind}: {_named(entry)}"
        if elsewhere is not None:
            if not absolute_iri(elsewhere):
                yield f"the src of content is not absolute: {elsewhere}"
            if text_of(content) or len(content):
                yield f"content that has a src as well: {_named(entry)}"
        base64 = "/" in kind and not re.match(r"text/|.*[+/]xml\b", kind.lower())
        if (elsewhere is not None or base64) and entry.find(f"{ATOM}summary") is None:
            yield f"no summary of content elsewhere or in Base64: {_named(entry)}"


def texts(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, sections 3.1 and 4.1.3.3: a text is plain, escaped HTML or one xhtml:div. Plain
    text is shown unchanged, so it has no markup."""
    for element in feed.iter(*(ATOM + name for name in (*_TEXTS, "content"))):
        kind, name = element.get("type", "text"), element.tag.removeprefix(ATOM)
        if kind not in ("text", "html", "xhtml"):
            if name != "content":
                yield f"the type of <{name}> is {kind}"
        elif kind != "xhtml":
            if len(element):
                yield f"elements in a <{name}> of type {kind}"
            elif kind == "text" and (found := markup_in(text_of(element))):
                yield f"markup in a <{name}> of plain text: {found}"
        elif [child.tag for child in element] != [DIV] or (element.text or "").strip():
            yield f"<{name}> of type xhtml that is not one xhtml:div"


def absolute_texts(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 2: addresses are relative to xml:base, which many readers ignore, so HTML
    has no relative addresses."""
    for element in feed.iter(*(ATOM + name for name in (*_TEXTS, "content"))):
        if element.get("type") == "html":
            for address in relative_addresses(text_of(element)):
                yield f"a relative address in <{element.tag.removeprefix(ATOM)}>: {address}"


def dates(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 3.3: dates are those of RFC 3339. Section 4.2.15: a feed changed no earlier
    than its entries."""
    for element in feed.iter(f"{ATOM}updated", f"{ATOM}published"):
        if rfc_3339(element.text or "") is None:
            yield f"no date of RFC 3339: {element.text}"
    own = rfc_3339(_value(feed, "updated"))
    for entry in _entries(feed):
        changed = rfc_3339(_value(entry, "updated"))
        if own and changed and own < changed:
            yield f"the feed is older than an entry: {_named(entry)}"


def identities(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 4.2.6: an id is an absolute IRI. Section 4.1.1: two entries with one id are
    two states of one entry, which a feed of articles does not need."""
    entries = _entries(feed)
    for parent in (feed, *entries):
        text = _value(parent, "id")
        if not absolute_iri(text):
            yield f"an id that is not absolute: {text}"
    ids = Counter(_value(entry, "id") for entry in entries)
    for text, count in ids.items():
        if count > 1:
            yield f"{count} entries with the id {text}"
    if _value(feed, "id") in ids:
        yield "an entry with the id of the feed"


def links(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 4.2.7: the attributes of a link; sections 4.1.1 and 4.1.2: one alternate
    link of a type and language."""
    for link in feed.iter(f"{ATOM}link"):
        relation, language = link.get("rel", "alternate"), link.get("hreflang", "en")
        if not absolute_iri(link.get("href", "")):
            yield f"a link that is not absolute: {link.get('href')}"
        if relation not in _RELATIONS and not absolute_iri(relation):
            yield f"a link of no known relation: {relation}"
        if not media_type(link.get("type", "text/html")):
            yield f"a link of no known type: {link.get('type')}"
        if not language_tag(language):
            yield f"a link in no known language: {language}"
        if not re.fullmatch(r"[0-9]+", link.get("length", "0")):
            yield f"a link of the length {link.get('length')}"
    for parent in (feed, *_entries(feed)):
        found = parent.findall(f"{ATOM}link")
        found = [link for link in found if link.get("rel", "alternate") == "alternate"]
        for kind, count in Counter(
            (each.get("type"), each.get("hreflang")) for each in found
        ).items():
            if count > 1:
                yield f"{count} alternate links of {kind}: {_named(parent)}"


def own_address(feed: etree._Element, address_url: str) -> Iterator[str]:
    """RFC 4287, section 4.1.1: a feed has a link to itself, at the address where it is."""
    own = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1:
        yield f"{len(own)} links with rel=self"
    for link in own:
        if link.get("href") != address_url:
            yield f"rel=self is {link.get('href')}, not {address_url}"
        if link.get("type", "application/atom+xml") != "application/atom+xml":
            yield f"rel=self is of type {link.get('type')}"


def addresses(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, sections 4.2.4, 4.2.5 and 4.2.8: addresses of pictures and of the generator."""
    for name in ("icon", "logo"):
        for element in feed.findall(ATOM + name):
            if not absolute_iri(element.text or ""):
                yield f"<{name}> is not absolute: {element.text}"
    for generator in feed.findall(f"{ATOM}generator"):
        if not absolute_iri(generator.get("uri", "urn:none")):
            yield f"the uri of <generator> is not absolute: {generator.get('uri')}"
        if not (generator.text or "").strip():
            yield "an empty <generator>"


def categories(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 4.2.2: a category has a term, and its scheme is an IRI."""
    for category in feed.iter(f"{ATOM}category"):
        if not category.get("term", "").strip():
            yield f"a category without a term: {category.get('label')}"
        if not absolute_iri(category.get("scheme", "urn:none")):
            yield f"the scheme of a category is not absolute: {category.get('scheme')}"


def languages(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, section 2: xml:lang is the tag of a language."""
    for element in feed.iter("*"):
        if not language_tag(element.get(f"{XML}lang", "en")):
            yield f"not the tag of a language: {element.get(f'{XML}lang')}"


def deletions(feed: etree._Element) -> Iterator[str]:
    """RFC 6721, section 3: a deleted entry has its id in `ref`, the moment in `when`, and at most
    one person and one comment. An entry with that id in the feed must be later."""
    changed = {_value(entry, "id"): rfc_3339(_value(entry, "updated")) for entry in _entries(feed)}
    for deleted in feed.iter(f"{DELETED}deleted-entry"):
        reference, when = deleted.get("ref", ""), rfc_3339(deleted.get("when", ""))
        if deleted.getparent() is not feed:
            yield f"a deleted-entry that is not in the feed itself: {reference}"
        if not absolute_iri(reference):
            yield f"the ref of a deleted-entry is not absolute: {reference}"
        if when is None:
            yield f"when is no date of RFC 3339: {deleted.get('when')}"
        for name in ("by", "comment"):
            if len(deleted.findall(DELETED + name)) > 1:
                yield f"several at:{name} of {reference}"
        alive = changed.get(reference)
        if alive and when and alive <= when:
            yield f"an entry that is deleted as well: {reference}"


RULES: tuple[Callable[[etree._Element], Iterator[str]], ...] = (
    *(required, once, known, authors, people, bodies, texts, absolute_texts, dates, identities),
    *(links, addresses, categories, languages, deletions, history_faults),
)
"""The rules that need nothing but the feed."""
