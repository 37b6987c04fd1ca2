"""The code of the book's address."""

import lxml.etree

from press.pdf.qr_code import address_code


def test_an_address_is_drawn_as_lines():
    drawn = lxml.etree.fromstring(address_code("https://rain.example/book/"))
    assert drawn.tag.endswith("svg") and len(drawn.xpath("//*[local-name()='path']")) == 1


def test_no_address_has_no_code():
    assert address_code("") == ""
