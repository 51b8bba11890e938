"""Checks single values of feeds, such as dates, addresses, languages and HTML, by their
standards."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

import html5lib
from lxml import etree

XML = "{http://www.w3.org/XML/1998/namespace}"

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HOURS = {"UT": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5}
_HOURS |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_RFC_822 = re.compile(
    rf"(?:({'|'.join(_DAYS)}), )?(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})"
    rf" (\d\d):(\d\d)(?::(\d\d))? ({'|'.join(_HOURS)}|[+-]\d{{4}})",
    re.ASCII,
)
_RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)


def names(text: str) -> frozenset[str]:
    """The names in a text, separated by white space."""
    return frozenset(text.split())


def rfc_822(text: str) -> datetime | None:
    """The moment of a date in RSS. None if it breaks RFC 822, section 5, if its year does not have
    four digits (RSS 2.0), or if it names the wrong day of the week."""
    found = _RFC_822.fullmatch(text)
    if not found:
        return None
    weekday, day, month, year, hour, minute, second, zone = found.groups()
    offset = _offset(zone[0], zone[1:3], zone[3:]) if zone[0] in "+-" else _hours(_HOURS[zone])
    number = _MONTHS.index(month) + 1
    moment = _moment((year, str(number), day, hour, minute, second or "0"), offset)
    if moment is None or (weekday and _DAYS[moment.weekday()] != weekday):
        return None
    return moment


def rfc_3339(text: str) -> datetime | None:
    """The moment of a date in Atom or JSON Feed. None if it breaks RFC 3339, section 5.6: an offset
    has whole minutes, and T and Z are capitals (RFC 4287, section 3.3)."""
    found = _RFC_3339.fullmatch(text)
    if not found:
        return None
    *numbers, sign, hours, minutes = found.groups()
    return _moment(tuple(numbers), _offset(sign, hours, minutes) if sign else _hours(0))


def _hours(number: int) -> timezone:
    return timezone(timedelta(hours=number)) if number else UTC


def _offset(sign: str, hours: str, minutes: str) -> timezone | None:
    if int(hours) > 23 or int(minutes) > 59:
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)


def _moment(numbers: tuple[str, ...], zone: timezone | None) -> datetime | None:
    year, month, day, hour, minute, second = map(int, numbers)
    if zone is None or second > 60:
        return None
    try:
        # The 61st second of a minute is a leap second.
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        return None


def absolute_iri(text: str) -> bool:
    """True if a text has a scheme, a host if it is a web address, and no character that an IRI must
    encode (RFC 3987, section 2.2)."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+", text):
        return False
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme not in ("http", "https") or bool(parts.hostname)


def absolute_uri(text: str) -> bool:
    """True if a text is an absolute IRI in ASCII (RFC 3986, section 2), as RSS requires."""
    return text.isascii() and absolute_iri(text)


def web_address(text: str) -> bool:
    return absolute_uri(text) and urlsplit(text).scheme in ("http", "https")


def language_tag(text: str) -> bool:
    """True for a well-formed language tag (RFC 5646, section 2.1)."""
    return bool(re.fullmatch(r"(?:[A-Za-z]{2,3}|[xi])(?:-[A-Za-z0-9]{1,8})*", text))


def media_type(text: str) -> bool:
    """True for a well-formed media type (RFC 6838, section 4.2), with or without parameters."""
    return bool(re.fullmatch(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?", text, re.ASCII))


_ALLOWED = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))


def forbidden_characters(content: bytes) -> Iterator[str]:
    """The characters, literal or as references, that XML forbids (XML 1.0, section 2.2)."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"not UTF-8: {error}"
        return
    numbers = [int(number) for number in re.findall(r"&#(\d+);", text)]
    numbers += [int(number, 16) for number in re.findall(r"&#x([0-9A-Fa-f]+);", text)]
    for number in sorted({*map(ord, text), *numbers}):
        if number not in (9, 10, 13) and not any(number in allowed for allowed in _ALLOWED):
            yield f"XML forbids the character U+{number:04X}"


def read_xml(content: bytes) -> etree._Element:
    """The root of a document; raises etree.XMLSyntaxError. Entities are not resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def text_of(element: etree._Element) -> str:
    """The whole text of an element, unchanged."""
    return "".join(element.itertext())


_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|script"
    r"|small|span|strong|sub|sup|table|td|tr|tt|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9A-Fa-f]+);")


def markup_in(text: str) -> str | None:
    """The first HTML tag or character reference that readers of a plain text would see."""
    found = _TAG.search(text) or _REFERENCE.search(text)
    return found and found[0]


_ADDRESSES = ("href", "src", "poster", "cite", "action", "data", "longdesc", "background")


def relative_addresses(html: str) -> Iterator[str]:
    """The relative addresses in a piece of HTML, which are broken in a feed."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        # An attribute of an element of SVG has its namespace in front.
        named = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
        found = [named[name] for name in _ADDRESSES if name in named]
        for candidate in re.split(r",\s+", named.get("srcset", "").strip()):
            found += candidate.split()[:1]
        yield from (address for address in found if not _leads_somewhere(address.strip()))


def _leads_somewhere(address: str) -> bool:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", address)
    if not scheme:
        return False
    return scheme[1].lower() not in ("http", "https") or absolute_iri(address.replace(" ", "%20"))
