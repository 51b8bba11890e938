"""Bytes to text, whatever the encoding."""

import codecs
import re
from collections.abc import Generator

from newsarchive.model.problems import Problem
from newsarchive.model.text import cleaned
from newsarchive.reading.source import Source

# UTF-32 first: its little-endian mark begins with that of UTF-16.
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


def text_of(content: bytes, source: Source) -> Generator[Problem, None, str | None]:
    """Decode a source of text: yields what is wrong with it, and returns the text, or None if there
    is nothing to read."""
    text, doubt = decoded(content)
    if not text.strip():
        yield source.set_aside(None, "the file is blank" if content else "the file is empty")
        return None
    if doubt:
        yield source.warning(None, doubt)
    return text


def decoded(content: bytes) -> tuple[str, str | None]:
    """The text of a file, cleaned, and what had to be assumed about its encoding, if anything.

    UTF-8 where it is UTF-8; what a byte order mark says; UTF-16 without one where every second
    byte is zero; else what charset-normalizer finds most likely, Windows-1252 as the last resort,
    for that is what most old news pages were written in.
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
        return cleaned(text), "it holds NUL characters, which were left out"
    return _mostly_utf8(content) or _guessed(content)


def _mostly_utf8(content: bytes) -> tuple[str, str] | None:
    """The text of a file that is UTF-8 but for some bytes; None where it is not. By chance alone
    hardly any byte above 127 is part of a character in UTF-8."""
    try:
        # CESU-8, as some databases write it: characters beyond the first 65,536 in two halves.
        halves = content.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        joined = halves.decode("utf-16-le", "ignore")
    except UnicodeDecodeError:
        pass
    else:
        return cleaned(joined), "it is not all UTF-8: halves of characters were joined or left out"
    text = content.decode("utf-8", "surrogateescape")
    bad = len(_BAD_BYTES.findall(text))
    if len(_NOT_ASCII.findall(text)) - bad < bad:
        return None
    text = _BAD_BYTES.sub(lambda found: _as_cp1252(ord(found[0]) - 0xDC00), text)
    what = "1 byte was" if bad == 1 else f"{bad:,} bytes were"
    return cleaned(text), f"it is not all UTF-8: {what} read as Windows-1252"


def _as_cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def _marked(content: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return cleaned(content.decode(encoding)), None
    except UnicodeDecodeError:
        doubt = f"it is not all {encoding.upper()}: what could not be read is shown as �"
        return cleaned(content.decode(encoding, "replace")), doubt


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:4000]
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > half * 0.7 else None


def _guessed(content: bytes) -> tuple[str, str | None]:
    # Windows-1252 and mostly ASCII is the usual case by far, and guessing is slow and, on a few
    # hundred bytes, poor at it.
    foreign = sum(byte >= 0x80 for byte in content)
    if foreign * 10 > len(content) > _FEW_BYTES:
        from charset_normalizer import from_bytes

        best = from_bytes(content).best()
        if best is not None:
            return cleaned(str(best)), (
                f"it is not UTF-8 and was read as {best.encoding}, as it seems to be: save it as "
                f"UTF-8 where that is wrong"
            )
    text = content.decode("cp1252", "replace")
    if _undefined_in_cp1252(content):
        return cleaned(text), "it mixes encodings: what could not be read is shown as �"
    return cleaned(text), "it is not UTF-8 and was read as Windows-1252"


def _undefined_in_cp1252(content: bytes) -> bool:
    return any(byte in content for byte in b"\x81\x8d\x8f\x90\x9d")
