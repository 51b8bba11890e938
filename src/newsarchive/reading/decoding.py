"""Decoding: the bytes of a source in any encoding to text."""

import codecs
import re
from collections.abc import Generator

from newsarchive.model.problems import Problem
from newsarchive.model.text import cleaned
from newsarchive.reading.source import Source

# UTF-32 comes first: its little-endian mark begins with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_BAD_BYTES = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_FEW_BYTES = 300
"""Shorter files are not given to charset-normalizer, whose guesses about them are poor."""


def text_of(content: bytes, source: Source) -> Generator[Problem, None, str | None]:
    """Decode a source. Yields the problem with its encoding, if there is one, and returns the text;
    None if the source is empty or blank."""
    text, warning = decoded(content)
    if not text.strip():
        yield source.skipped(None, "the file is blank" if content else "the file is empty")
        return None
    if warning:
        yield source.warning(None, warning)
    return text


def decoded(content: bytes) -> tuple[str, str | None]:
    """(text, warning) of a file. The text is cleaned; the warning is None if the encoding is
    certain.

    The first of these that fits is used:

    1. the encoding of the byte order mark;
    2. UTF-8;
    3. UTF-16, if most of every second byte is zero;
    4. UTF-8 with some invalid bytes;
    5. the most likely encoding, by charset-normalizer;
    6. Windows-1252, the encoding of most old news pages.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    else:
        if "\0" not in text:
            return cleaned(text), None
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return _marked(content, unmarked)
    if text:
        return cleaned(text), "the file has NUL characters, which were removed"
    return _mostly_utf8(content) or _guessed(content)


def _mostly_utf8(content: bytes) -> tuple[str, str] | None:
    """(text, warning) of a file that is UTF-8 except for some bytes; None for any other file.

    In another encoding, bytes above 127 hardly ever form valid UTF-8 by chance. So the file counts
    as UTF-8 if at least as many characters beyond ASCII are valid as there are invalid bytes.
    """
    try:
        # Some databases write CESU-8: characters beyond the first 65,536 as two halves.
        halves = content.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        joined = halves.decode("utf-16-le", "ignore")
    except UnicodeDecodeError:
        pass
    else:
        return cleaned(joined), (
            "the file is not all UTF-8: halves of characters were joined or removed; save it as "
            "UTF-8"
        )
    text = content.decode("utf-8", "surrogateescape")
    bad = len(_BAD_BYTES.findall(text))
    if len(_NOT_ASCII.findall(text)) - bad < bad:
        return None
    text = _BAD_BYTES.sub(lambda found: _as_cp1252(ord(found[0]) - 0xDC00), text)
    what = "1 byte was" if bad == 1 else f"{bad:,} bytes were"
    return cleaned(text), (
        f"the file is not all UTF-8: {what} read as Windows-1252; save it as UTF-8"
    )


def _as_cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def _marked(content: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return cleaned(content.decode(encoding)), None
    except UnicodeDecodeError:
        warning = (
            f"the file is not all {encoding.upper()}: bytes that cannot be read are shown as �; "
            f"save it as UTF-8"
        )
        return cleaned(content.decode(encoding, "replace")), warning


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:4000]
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > half * 0.7 else None


def _guessed(content: bytes) -> tuple[str, str | None]:
    # Most of these files are Windows-1252 with nearly only ASCII. charset-normalizer is slow, and
    # its guesses about a few hundred bytes are poor.
    foreign = sum(byte >= 0x80 for byte in content)
    if foreign * 10 > len(content) > _FEW_BYTES:
        from charset_normalizer import from_bytes

        best = from_bytes(content).best()
        if best is not None:
            return cleaned(str(best)), (
                f"the file is not UTF-8 and was read as {best.encoding}, its most likely encoding; "
                f"save it as UTF-8"
            )
    text = content.decode("cp1252", "replace")
    if _undefined_in_cp1252(content):
        return cleaned(text), (
            "the file mixes encodings: bytes that cannot be read are shown as �; save it as UTF-8"
        )
    return cleaned(text), "the file is not UTF-8 and was read as Windows-1252; save it as UTF-8"


def _undefined_in_cp1252(content: bytes) -> bool:
    return any(byte in content for byte in b"\x81\x8d\x8f\x90\x9d")
