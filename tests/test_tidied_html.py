"""Tidied HTML: empty, unnamed and invalid elements of articles are corrected."""

import re
from html import unescape

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Archive
from newsarchive.reading.html.sanitise import Links, _clean, sanitised
from newsarchive.reading.html.tables import valid_tables
from sources import markdown
from stories import story


def tidied(html: str) -> str:
    """Some HTML in an article of the top folder, after tidying."""
    return sanitised(html, Links("story.md"))


def alts(html: str) -> list[str]:
    """The alternative texts of all images that are shown."""
    return [unescape(alt) for alt in re.findall(r'<img[^>]* alt="([^"]*)"', tidied(html))]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("Suse_Box.png", "Suse Box"),
        ("thumb/9/94/Suse_Box.png/48px-Suse_Box.png", "Suse Box"),
        ("48px-Tux.svg.png", "Tux"),
        ("fish-market-300x200.JPG", "fish market"),
        ("Kl%C3%A4nge%20am_Meer.jpeg?size=2#x", "Klänge am Meer"),
        ("%E9%B1%BC.webp", "鱼"),
        ("openSUSE-11.3", "openSUSE 11.3"),
        ("a%22%3E%3Cscript%3Ealert(1)%3C/b%26amp;.png", "b&amp;"),
        ("%22onerror=%22alert(1).png", '"onerror="alert(1)'),
        ("1%02passwd%03%03.png", "1passwd"),
    ],
)
def test_a_linked_image_without_alt_text_gets_the_name_of_its_file(file: str, words: str) -> None:
    link = f'<a href="https://x.example/"><img alt="" src="https://a.example/{file}"></a>'
    assert alts(link) == [words]


@pytest.mark.parametrize(
    "file",
    [
        "",
        "2010.png",
        "x.png",
        "IMG_2031.JPG",
        "d41d8cd98f00b204e9800998ecf8427e.png",
        "550e8400-e29b-41d4-a716-446655440000.png",
        "dQw4w9WgXcQabcD1EF.jpg",
        "640px-1.png",
        "%20_%20.png",
    ],
)
def test_an_image_whose_file_name_says_nothing_gets_the_target_of_its_link(file: str) -> None:
    image = f'<img src="https://a.example/{file}">'
    assert alts(f'<a href="https://x.example/File:Suse_Box.png">{image}</a>') == ["Suse Box"]
    assert alts(f'<a href="https://x.example/2010/">{image}</a>') == ["x.example"]
    assert alts(f'<a href="mailto:desk@x.example">{image}</a>') == ["desk@x.example"]
    assert alts(f'<a href="7.png">{image}</a>') == ["7.png"]


def test_the_authors_own_alt_text_of_an_image_is_kept() -> None:
    image = '<img src="https://a.example/b.png" alt="">'
    told = '<img src="https://a.example/c.png" alt="The mole">'
    assert alts(f'<a href="https://x.example/">{image}{told}</a>') == ["", "The mole"]
    assert alts(f'<a href="https://x.example/">{image} the mole</a>') == [""]
    assert alts(f'<a href="https://x.example/" title="The &quot;mole&quot;">{image}</a>') == [
        'The "mole"'
    ]
    assert alts(f"<p>{image}</p>") == [""]


def test_only_the_first_of_several_images_in_a_link_gets_alt_text() -> None:
    images = '<b><img src="https://a.example/mole.png"></b> <img src="https://a.example/quay.png">'
    assert alts(f'<a href="https://x.example/">{images}</a>') == ["mole", ""]


def test_a_linked_image_that_may_not_be_shown_becomes_a_text_link() -> None:
    assert tidied(
        '<a href="https://x.example/Mole.jpg"><img src="data:image/gif;base64,R0"></a>'
    ) == ('<a href="https://x.example/Mole.jpg" rel="noopener">Mole</a>')


def test_a_linked_image_of_the_archive_has_words_even_if_it_is_missing(archive: Archive) -> None:
    text = "[![](Fish_Market.png)](https://x.example/) [![](Old_Quay.png)](https://x.example/)"
    archive.write("a.md", story("Mole", text=text))
    archive.write("Fish_Market.png", b"x")
    archive.build()
    page = archive.page("2023/06/19/mole.html")
    assert '<img src="../../../media/Fish_Market.png" alt="Fish Market" loading="lazy"></a>' in page
    assert '<span class="missing-image">Old Quay</span></a>' in page


@pytest.mark.parametrize("nothing", ["", " ", "&nbsp;", "<b> </b>", "<br>"])
def test_an_empty_link_is_removed(nothing: str) -> None:
    html = f'<p>One<a href="https://x.example/a.png">{nothing}</a>two</p>'
    assert tidied(html) == f"<p>One{nothing}two</p>"


def test_a_heading_with_only_an_empty_link_is_removed() -> None:
    assert tidied('<h2><a href="https://x.example/"></a></h2><p>One</p>') == "<p>One</p>"


def test_an_empty_link_that_is_linked_to_is_kept_as_an_anchor() -> None:
    html = '<p><a id="fn:1" href="https://x.example/"></a>One<a href="#fn:1">1</a></p>'
    assert tidied(html) == (
        '<p><a id="fn:1" rel="noopener"></a>One<a href="#fn:1" rel="noopener">1</a></p>'
    )


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        ("https://x.example/new?products[]=a&b={c}|d", "https://x.example/new?products%5B%5D=a&b=%7Bc%7D%7Cd"),
        ('https://x.example/Portal:12.1"', "https://x.example/Portal:12.1%22"),
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("https://[::1]:8080/[a]", "https://[::1]:8080/%5Ba%5D"),
        ("https:////x.example/node/674", "https://x.example/node/674"),
        ("mailto: desk@x.example", "mailto:desk@x.example"),
        ("mailto:desk -at- x.example", "mailto:desk%20-at-%20x.example"),
        ("https://x.example/%5B1%5D?q=%22#a", "https://x.example/%5B1%5D?q=%22#a"),
        ("https://x.example/é", "https://x.example/é"),
    ],
)  # fmt: skip
def test_an_invalid_address_is_encoded_as_browsers_encode_it(written: str, valid: str) -> None:
    found = re.search('href="([^"]*)"', tidied(f"<a href='{written}'>One</a>"))
    assert found and unescape(found[1]) == valid


def test_the_empty_corner_of_a_table_is_no_header_cell(archive: Archive) -> None:
    table = "|  | 2022 |\n|--|--|\n| Herring | 40 |"
    archive.write("a.md", f"---\ntitle: A\ndate: 2023-06-19\n---\n{table}\n")
    archive.build()
    page = archive.page("2023/06/19/a.html")
    assert re.search(r"<td></td>\s*<th>2022</th>", page)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("<tr><td rowspan=9>a<tr><td>b", "<tr><td rowspan=2>a<tr><td>b"),
        ("<tr><td rowspan=9>a", "<tr><td>a"),
        ("<tr><td rowspan=2>a<td rowspan=3>b<tr><tr><td>c<tr><td>d",
         "<tr><td>a<td rowspan=2>b<tr><td>c<tr><td>d"),
        ("<tr><td>a<tr dir=ltr></tr><tr><td>b", "<tr><td>a<tr><td>b"),
        ("<tr><td rowspan=5>a<table><tr><td rowspan=3>b</table><tr><td>c",
         "<tr><td rowspan=2>a<table><tr><td>b</table><tr><td>c"),
    ],
)  # fmt: skip
def test_no_row_is_empty_and_no_cell_spans_more_rows_than_there_are(
    written: str, left: str
) -> None:
    assert tidied(f"<table>{written}</table>") == tidied(f"<table>{left}</table>")


ROWS = st.lists(
    st.sampled_from(
        ["<tr>", "</tr>", "<td>", "<td rowspan=2>a", "<th rowspan=3>b", "<tbody>", "<thead>",
         "</td>", "<table>", "</table>", "<b>", "</tbody>", "<select>", "<caption>", "text", " "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def placed(html: str) -> list[tuple[int, int, int]]:
    """Row, column and height of each cell, as HTML's own rules place it (section 4.9.12.1); rows
    in which no cell begins have no height."""
    cells = []
    for group in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if group.tag not in ("thead", "tbody", "tfoot"):
            continue
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in group]
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(rows):
            column = 0
            for cell in row:
                while (at, column) in taken:
                    column += 1
                spanned = range(at, min(at + int(cell.get("rowspan", "1")), len(rows)))
                taken.update((down, column) for down in spanned)
                cells.append(
                    (sum(map(bool, rows[:at])), column, sum(bool(rows[i]) for i in spanned))
                )
    return cells


@given(ROWS)
@settings(max_examples=400, deadline=None)
def test_every_cell_keeps_its_place(html: str) -> None:
    clean = _clean(f"<table>{html}", None)
    sound = valid_tables(clean)
    assert placed(sound) == placed(clean)
    assert "<tr></tr>" not in sound
    assert valid_tables(sound) == sound


def test_empty_and_invalid_elements_are_removed() -> None:
    body = (
        "<h3></h3>\n\n<table><tr></tr><tr><td>One</td></tr></table>\n\n"
        "<address><h2>Oslo</h2></address>\n\n[Room](https://matrix.example/#/#news)"
    )
    text = markdown("title: A", body).body
    assert "<h3" not in text
    assert text.count("<tr>") == 1
    assert "<address" not in text
    assert 'href="https://matrix.example/#/%23news"' in text
