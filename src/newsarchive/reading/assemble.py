"""Assembling: the steps from draft to article that all readers share."""

from hashlib import sha256
from html import escape

from newsarchive.model.article import Article
from newsarchive.model.problems import Problem
from newsarchive.model.text import one_line
from newsarchive.reading.cleaning import clean
from newsarchive.reading.draft import Draft
from newsarchive.reading.fields import distinct, language_code
from newsarchive.reading.html.sanitise import Links, sanitised
from newsarchive.reading.readers import Record
from newsarchive.reading.source import Source
from newsarchive.reading.summary import plain_text, standfirst_of, summary_of


def assembled(draft: Draft, source: Source, record: Record | None = None) -> Article | Problem:
    """The article of a draft; a problem if the draft has no headline or cannot be stored. `record`
    is the article's part of a source with many articles; None if the source has only this article.

    An article that states no id gets the name of its source as its id. In a source with many
    articles, a digest of the headline and the date follows the name, so that the id does not depend
    on the order of the articles.
    """
    if reason := clean(draft):
        return source.skipped(draft.line, reason)
    links = Links(source.name, draft.source_url)
    body = sanitised(draft.html, links)
    image = _lead_image(draft.image, links, body)
    given_id = draft.id or draft.source_url
    published, modified = draft.published, draft.modified
    return Article(
        id=given_id or (_own_id(draft, source) if record else source.name),
        id_is_given=given_id is not None,
        headline=draft.headline,
        published=published.when if published else None,
        precision=published.precision if published else None,
        modified=modified.when if modified else None,
        body=body,
        summary=summary_of(body, draft.summary),
        standfirst=standfirst_of(body, draft.summary),
        source=source.name,
        path=source.path,
        is_one_of_many=record is not None,
        sha256=sha256(record.content).hexdigest() if record else None,
        line=draft.line,
        authors=distinct(draft.authors),
        section=one_line(draft.section) if draft.section else None,
        tags=distinct(draft.tags),
        source_url=draft.source_url,
        language=language_code(draft.language),
        image=image,
        image_caption=plain_text(draft.image_caption or "") or None,
        image_alt=plain_text(draft.image_alt or "") or None,
        dateline=draft.dateline,
        slug=draft.slug,
        draft=draft.is_draft,
        files=tuple(links.files),
        extra=draft.extra,
    )


def _own_id(draft: Draft, source: Source) -> str:
    published = draft.published.when.isoformat() if draft.published else ""
    digest = sha256(f"{draft.headline}\n{published}".encode()).hexdigest()[:12]
    return f"{source.name}#{digest}"


def _lead_image(image: str | None, links: Links, html: str) -> str | None:
    """The link of the image above the text; None if the text shows the same image."""
    resolved = links.resolve(image, is_image=True) if image else None
    return None if resolved and f'src="{escape(resolved)}"' in html else resolved
