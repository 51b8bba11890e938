"""Bytes to text, whatever the encoding."""

import codecs

from newsarchive.text import cleaned

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


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
    return _guessed(content)


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
    if foreign * 10 > len(content):
        from charset_normalizer import from_bytes

        best = from_bytes(content).best()
        if best is not None:
            return cleaned(str(best)), f"it was read as {best.encoding}, as it seems to be"
    text = content.decode("cp1252", "replace")
    if _undefined_in_cp1252(content):
        return cleaned(text), "it mixes encodings: what could not be read is shown as �"
    return cleaned(text), "it is not UTF-8 and was read as Windows-1252"


def _undefined_in_cp1252(content: bytes) -> bool:
    return any(byte in content for byte in b"\x81\x8d\x8f\x90\x9d")
