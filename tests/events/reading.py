"""A page as a visitor reads it."""

import json
from urllib.parse import unquote

from lxml import html


class Read:
    """The parts of an answered page; texts have their white space collapsed."""

    def __init__(self, response):
        self.response = response
        self.tree = html.document_fromstring(response.content.decode())
        self.main = self.tree.get_element_by_id("main")

    @property
    def text(self):
        return words(self.main)

    @property
    def title(self):
        return words(self.tree.find(".//title"))

    @property
    def links(self):
        """The addresses that the page's own part leads to, in order."""
        return [unquote(href) for href in self.main.xpath(".//a/@href")]

    def part(self, anchor):
        """Return the text of the section at an anchor; fails where there is none."""
        return words(self.tree.get_element_by_id(anchor))

    def texts(self, xpath):
        """Return the text of each element that an XPath finds below <main>."""
        return [words(element) for element in self.main.xpath(f".{xpath}")]

    def of_class(self, name):
        """Return the text of each element of a class."""
        return self.texts(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")

    @property
    def json_ld(self):
        """Return schema.org's things by their type."""
        data = json.loads(self.tree.xpath("//script[@type='application/ld+json']")[0].text)
        return {thing["@type"]: thing for thing in data.get("@graph", [data])}


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def read(client, path, language="en", status=200):
    """Return the `Read` page at a path behind the language; fails where it answers otherwise."""
    response = client.get(f"/{language}/{path}")
    assert response.status_code == status, (path, response.status_code)
    return Read(response)
