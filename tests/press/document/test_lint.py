"""What an author is told of images that say nothing to those who cannot see them, and of roles read as text."""

import pytest
from docutils import nodes
from docutils.utils import new_document

from press.document import lint


@pytest.fixture
def told(monkeypatch, app):
    """Check a document that holds nodes; what is told of it."""

    def told(*parts, check=lint.check_images):
        texts, document = [], new_document("page")
        document += parts
        monkeypatch.setattr(lint.logger, "warning", lambda text, *of, location: texts.append(text % of))
        check(app, document)
        return texts

    return told


def shown(**forms):
    """What a cell shows, in several forms."""
    return nodes.container(
        "", *(nodes.container("", node, mime_type=kind.replace("_", "/")) for kind, node in forms.items())
    )


def test_an_image_of_a_page_is_named_by_its_file(told):
    assert told(nodes.image(uri="red.png")) == ["the image red.png has no alternative text"]
    assert told(nodes.image(uri="red.png", alt="red")) == []


def test_an_image_of_a_cell_is_named_by_what_its_object_says(told):
    text = nodes.literal_block("", "<Figure size 1x1>\n has no words: KeyError: 'x'")
    assert told(shown(image_png=nodes.image(uri="a.png"), text_plain=text)) == [
        "the image that a cell shows (<Figure size 1x1> has no words: KeyError: 'x') has no alternative text"
    ]
    assert told(shown(image_png=nodes.image(uri="a.png"))) == ["the image that a cell shows has no alternative text"]


def test_an_image_that_is_told_in_another_form_needs_no_text(told):
    assert told(shown(image_png=nodes.image(uri="a.png"), text_html=nodes.raw("", "<p>", format="html"))) == []


def test_roles_that_have_been_read_as_text_are_named(told):
    apart = nodes.paragraph("", "So {claim} ", nodes.literal("", "rain-more"))
    empty, other = nodes.paragraph("", "It {glue:text}`` is."), nodes.paragraph("", "{snow} ", nodes.literal("", "x"))
    prose = nodes.paragraph("", "{claim} stands for itself, as ", nodes.literal("", "{claim}`` "))
    assert told(apart, empty, other, prose, check=lint.check_marks) == [
        f"the role {{{name}}} stands apart from its words" for name in ("claim", "glue:text")
    ]


def test_an_equation_that_nothing_ends_is_named(told):
    open_, money = nodes.paragraph("", "$$\nx = 1"), nodes.paragraph("", "It cost $5.")
    assert told(open_, money, check=lint.check_marks) == ["an equation begins and does not end: “$$ x = 1”"]


def test_an_equation_within_a_line_that_has_two_dollars_is_named(told):
    doubled = nodes.paragraph("", "So $", nodes.math("", "x"), nodes.Text("$ it is."))
    money = nodes.paragraph("", "From $5 to $", nodes.math("", "x"), nodes.Text(" and "), nodes.math("", "y"))
    assert told(doubled, money, check=lint.check_marks) == ["two dollars on each side, within a line: “$$x$$”"]
