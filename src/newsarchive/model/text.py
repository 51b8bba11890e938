"""Plain text: cleaning, cutting, slugs, and the identity of names."""

import re
import unicodedata

from slugify import slugify

# Characters that are neither text nor layout: C0 and C1 controls, lone surrogates, noncharacters.
# XML 1.0 (section 2.2) forbids most of them and HTML calls the rest parse errors. References use
# two of them as marks, so that no article can forge a reference.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

SLUG_CHARACTERS = 80
SLUG_BYTES = 200

# Names that Windows reserves for devices, with any suffix, and names that the site uses in the
# folders of articles. https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "feed", "sitemap"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)


_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]
)
"""Languages written from right to left (CLDR, layout orientation)."""


def cleaned(text: str) -> str:
    """The text with `\\n` for every line end and without characters that no page may contain."""
    # No unwanted character is printable, and isprintable() takes a thirtieth of the time of a
    # search. The searches look at each character once, in the set of the text's characters.
    if text.replace("\n", " ").isprintable():
        return text
    characters = "".join(set(text))
    if _LINE_ENDS.search(characters):
        text = _LINE_ENDS.sub("\n", text)
    if _UNWANTED.search(characters):
        text = _UNWANTED.sub("", text)
    return text


def is_visible(text: str) -> bool:
    """True if the text has a character that readers see."""
    return any(character.isprintable() and not character.isspace() for character in text)


def one_line(text: str) -> str:
    """The text with one space for every run of white space."""
    return " ".join(text.split())


def without_between(text: str, opening: str, closing: str, left: str = "") -> str:
    """The text with `left` in place of everything from an opening mark to the next closing mark,
    both included. A mark that is never closed stays. This takes one pass; a regular expression
    would search the rest of the text again for each opening mark."""
    kept, start = [], 0
    while (begin := text.find(opening, start)) >= 0:
        end = text.find(closing, begin + len(opening))
        if end < 0:
            break
        kept.append(text[start:begin])
        start = end + len(closing)
    return left.join([*kept, text[start:]])


def cut_at_word(text: str, characters: int) -> str:
    """The text cut after a word to at most `characters`, the ellipsis included."""
    if len(text) <= characters:
        return text
    head = text[: characters - 1]
    at_word, blank, _ = head.rpartition(" ")
    # A language without spaces between words is cut at any character.
    return (at_word if blank and len(at_word) > characters // 2 else head).rstrip(" ,;:–—-") + "…"


def number_of(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "9,182 articles"."""
    plural = f"{noun}{'es' if noun.endswith('s') else 's'}"
    return f"{number:,} {noun if number == 1 else plural}"


def base_language(code: str) -> str:
    """The language of a code such as `en-GB`, without country and script."""
    return re.split("[-_]", code.lower(), maxsplit=1)[0]


def direction(language: str | None, text: str) -> str:
    """`rtl` or `ltr`: by the language if there is one, otherwise by the first letter."""
    if language:
        return "rtl" if base_language(language) in _RIGHT_TO_LEFT else "ltr"
    if text.isascii():
        return "ltr"
    classes = (unicodedata.bidirectional(character) for character in text)
    strong = next((found for found in classes if found in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


def identity(name: str) -> str:
    """The form that all spellings of a tag, author or section share: NFKC, case folded, with single
    spaces. The identity of an identity is itself (Unicode, section 3.13, toNFKC_Casefold): folding
    can make another normalisation necessary, and that another folding, so both run twice."""
    if name.isascii():
        return one_line(name.lower())
    for _ in range(2):
        name = unicodedata.normalize("NFKC", name).casefold()
    return one_line(unicodedata.normalize("NFKC", name))


def slug(text: str, otherwise: str) -> str:
    """The text as part of an address: lower case, in its own script, with hyphens between words,
    cut after a word to 80 characters and 200 bytes. If nothing is left, the slug is `otherwise`, a
    word such as "article"; if the site reserves the slug, it begins with that word."""
    result = _slugified(text, SLUG_CHARACTERS)
    while len(result.encode()) > SLUG_BYTES:
        shorter = len(result) * SLUG_BYTES // len(result.encode())
        result = _slugified(result, min(shorter, len(result) - 1))
    if not result:
        return otherwise
    # Digits alone are reserved for the further parts of a long day: 2.html, 3.html.
    if result in _RESERVED or result.isdigit():
        return f"{otherwise}-{result}"
    return result


def _slugified(text: str, characters: int) -> str:
    made = slugify(
        text,
        algorithm="modern",  # keeps combining marks, which Hindi and Thai words need
        allow_unicode=True,
        max_length=characters,
        word_boundary=True,
        save_order=True,
    )
    # casefold() changes some letters that lower() leaves. Addresses must differ on file systems
    # that ignore case.
    return unicodedata.normalize("NFC", made.casefold())
