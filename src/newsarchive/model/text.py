"""Plain text: cleaning what comes in, cutting, slugs, and what makes two names one."""

import re
import unicodedata

from slugify import slugify

# Everything that is neither text nor layout: C0 and C1 controls, lone surrogates and noncharacters.
# XML 1.0 (section 2.2) forbids most of them, HTML calls the rest parse errors, and references use
# two of them as marks that no article can forge.
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

# Names that Windows keeps for devices, whatever their ending, and those that the site itself uses
# inside the folders of articles. https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "feed", "sitemap"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)


_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]
)
"""Languages written from right to left (CLDR, layout orientation)."""


def cleaned(text: str) -> str:
    """The text with `\\n` for every line end and without characters that no page may hold."""
    # All that is sought is not printable, and to look for what is not takes a thirtieth of the
    # time of a search; where something is, the characters are fewer than the text is long.
    if text.replace("\n", " ").isprintable():
        return text
    characters = "".join(set(text))
    if _LINE_ENDS.search(characters):
        text = _LINE_ENDS.sub("\n", text)
    if _UNWANTED.search(characters):
        text = _UNWANTED.sub("", text)
    return text


def is_visible(text: str) -> bool:
    """Whether there is anything in the text that a reader would see."""
    return any(character.isprintable() and not character.isspace() for character in text)


def one_line(text: str) -> str:
    """The text with every run of blanks and line ends made one space."""
    return " ".join(text.split())


def without_between(text: str, opening: str, closing: str, left: str = "") -> str:
    """The text with `left` for what stands from each opening mark to the next closing one, the
    marks included; an opening that is never closed stays. One pass, where a regular expression
    would look for the end of each opening anew."""
    kept, start = [], 0
    while (begin := text.find(opening, start)) >= 0:
        end = text.find(closing, begin + len(opening))
        if end < 0:
            break
        kept.append(text[start:begin])
        start = end + len(closing)
    return left.join([*kept, text[start:]])


def cut_at_word(text: str, characters: int) -> str:
    """The text, or its beginning up to a word's end and an ellipsis, at most `characters` long."""
    if len(text) <= characters:
        return text
    head = text[: characters - 1]
    at_word, blank, _ = head.rpartition(" ")
    # A language without blanks between words is cut where the room ends.
    return (at_word if blank and len(at_word) > characters // 2 else head).rstrip(" ,;:–—-") + "…"


def number_of(number: int, noun: str) -> str:
    """A number of things: "1 article", "9,182 articles"."""
    plural = f"{noun}{'es' if noun.endswith('s') else 's'}"
    return f"{number:,} {noun if number == 1 else plural}"


def base_language(code: str) -> str:
    """The language of a code such as `en-GB`, without its country and script."""
    return re.split("[-_]", code.lower(), maxsplit=1)[0]


def direction(language: str | None, text: str) -> str:
    """`rtl` or `ltr`: by the language where one is stated, else by the first letter."""
    if language:
        return "rtl" if base_language(language) in _RIGHT_TO_LEFT else "ltr"
    if text.isascii():
        return "ltr"
    classes = (unicodedata.bidirectional(character) for character in text)
    strong = next((found for found in classes if found in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


def identity(name: str) -> str:
    """What makes two spellings of a tag, author or section one: NFKC, case folded, blanks
    collapsed. It is its own identity (Unicode 3.13, toNFKC_Casefold: folding can leave what is to
    be normalised, and that what is to be folded)."""
    if name.isascii():
        return one_line(name.lower())
    for _ in range(2):
        name = unicodedata.normalize("NFKC", name).casefold()
    return one_line(unicodedata.normalize("NFKC", name))


def slug(text: str, otherwise: str) -> str:
    """The text as part of an address: lower case, its own letters, hyphens between words, cut at
    a word to 80 characters and 200 bytes. Where nothing is left, or only what the site needs for
    itself, `otherwise` (a word such as "article") takes part."""
    result = _slugified(text, SLUG_CHARACTERS)
    while len(result.encode()) > SLUG_BYTES:
        shorter = len(result) * SLUG_BYTES // len(result.encode())
        result = _slugified(result, min(shorter, len(result) - 1))
    if not result:
        return otherwise
    # Digits alone are the further parts of a long day: 2.html, 3.html.
    if result in _RESERVED or result.isdigit():
        return f"{otherwise}-{result}"
    return result


def _slugified(text: str, characters: int) -> str:
    made = slugify(
        text,
        algorithm="modern",  # keeps combining marks, without which Hindi or Thai words fall apart
        allow_unicode=True,
        max_length=characters,
        word_boundary=True,
        save_order=True,
    )
    # Some letters fold to others that lower() leaves, and addresses must differ where case does
    # not count.
    return unicodedata.normalize("NFC", made.casefold())
