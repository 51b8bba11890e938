"""Articles that move, and `redirects.csv`, for tests of old addresses."""

from conftest import Archive
from stories import story

REGATTA = "2023/06/19/regatta.html"


def lines(archive: Archive) -> list[str]:
    """The lines of redirects.csv without its heading; none if there is no file."""
    path = archive.directory / "redirects.csv"
    return path.read_text("utf-8").splitlines()[1:] if path.exists() else []


def add_line(archive: Archive, line: str) -> None:
    """Add a line to redirects.csv by hand."""
    path = archive.directory / "redirects.csv"
    before = path.read_text("utf-8") if path.exists() else "address,kind,name\n"
    path.write_text(f"{before}{line}\n", "utf-8")


def leads_to(archive: Archive, address: str) -> str | None:
    """The address to which a page redirects, from the top of the site; None if there is none."""
    page = archive.page(address)
    assert '<meta name="robots" content="noindex">' in page
    if 'http-equiv="refresh"' not in page:
        return None
    return page.split('content="0; url=')[1].split('"')[0].replace("../", "")


def rename_regatta(archive: Archive, headline: str = "Race", day: str = "2023-06-19") -> None:
    archive.write("regatta.md", story(headline, f"{day}T10:00Z", ["Sport"], section="Town"))
    archive.build()


def delete_lines(archive: Archive, *addresses: str) -> None:
    """Delete the lines of these addresses from redirects.csv by hand."""
    path = archive.directory / "redirects.csv"
    kept = [
        line
        for line in path.read_text("utf-8").splitlines(keepends=True)
        if line.partition(",")[0] not in addresses
    ]
    path.write_text("".join(kept), "utf-8")
