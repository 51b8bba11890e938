"""Reads the metadata in the head of a built page, and the parts of its body that it describes."""

import json
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import lxml.html

from conftest import Archive

BASE = "https://gazette.example/past/"
CONFIGURATION = f"""[site]
title = "Gazette & Herald"
description = "What the harbour said."
base_url = "{BASE}"
language = "en-GB"
timezone = "Europe/London"

[build]
page_size = 10
"""


@dataclass(frozen=True)
class Page:
    """A built page: the metadata in its head, and the parts of its body that it describes."""

    address: str
    head: Any
    body: Any

    def meta(self, name: str) -> list[str]:
        """The contents of the meta elements with a name or property, in order."""
        path = "meta[@name=$name or @property=$name]/@content"
        return list(self.head.xpath(path, name=name))

    def links(self, rel: str) -> list[str]:
        """The addresses, within the site, of the link elements with a relation."""
        return [self.address_of(link) for link in self.head.xpath("link[@rel=$rel]/@href", rel=rel)]

    def address_of(self, link: str) -> str:
        return normpath(join(dirname(self.address), unquote(link)))

    @property
    def canonical(self) -> list[str]:
        return list(self.head.xpath("link[@rel='canonical']/@href"))

    @property
    def json_ld(self) -> list[dict[str, Any]]:
        """The page's JSON-LD."""
        (text,) = self.head.xpath("script[@type='application/ld+json']/text()")
        told = json.loads(text)
        assert told["@context"] == "https://schema.org"
        return list(told["@graph"])

    def described(self, kind: str) -> dict[str, Any]:
        """The object of a type in the JSON-LD."""
        (found,) = (thing for thing in self.json_ld if thing["@type"] == kind)
        return found

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The names and addresses of the breadcrumbs that readers see."""
        links = self.body.xpath(".//nav[@class='crumbs']//a")
        return [(link.text_content(), self.address_of(link.get("href"))) for link in links]


def page(archive: Archive, address: str) -> Page:
    tree = lxml.html.document_fromstring((archive.output / address).read_bytes())
    return Page(address, tree.find("head"), tree.find("body"))


def file_of(url: str, base: str = BASE) -> str:
    """The file that a server shows at a URL of the site."""
    assert url.isascii()
    assert url.startswith(base)
    path = unquote(url.removeprefix(base))
    return f"{path}index.html" if path.endswith("/") or not path else path
