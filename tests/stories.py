"""Articles for tests, in as few words as the test needs."""

from collections.abc import Sequence


def story(
    headline: str,
    date: str | None = "2023-06-19",
    tags: Sequence[str] = (),
    text: str = "The story.",
    **front_matter: str,
) -> str:
    """A Markdown article; `front_matter` has further lines of its front matter."""
    lines = [f'title: "{headline}"']
    lines += [f"date: {date}"] if date else []
    lines += [f"tags: [{', '.join(tags)}]"] if tags else []
    lines += [f"{key}: {value}" for key, value in front_matter.items()]
    return "\n".join(["---", *lines, "---", text, ""])


def with_base_url(page_size: int = 10) -> str:
    """Settings of an archive with a web address and short listings."""
    return (
        '[site]\ntitle = "Gazette"\nbase_url = "https://gazette.example/"\n'
        f"[build]\npage_size = {page_size}\n"
    )
