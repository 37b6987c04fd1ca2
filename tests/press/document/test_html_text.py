"""HTML told in nodes: what readers of the PDF get of a data frame, a list, a line."""

import base64

import pandas as pd
import pytest
from docutils import nodes

from press.document import html_text


def told(html):
    """HTML as pseudo-XML, without blanks at the ends of lines."""
    return [line.strip() for node in html_text.tell(html) for line in node.pformat().splitlines()]


def cells(table):
    return [[entry.astext() for entry in row.children] for row in table.findall(nodes.row)]


def test_a_data_frame_is_a_table():
    frame = pd.DataFrame({"town": ["Arley", "Boxford"], "rain": [902.5, -1]})
    (box,) = html_text.tell(frame._repr_html_())
    assert cells(box) == [["", "town", "rain"], ["0", "Arley", "902.5"], ["1", "Boxford", "-1.0"]]
    head, body = box.next_node(nodes.thead), box.next_node(nodes.tbody)
    assert (len(head), len(body)) == (1, 2)
    assert body[0][2]["classes"] == ["num"] and body[0][1]["classes"] == []


def test_merged_cells_keep_their_spans():
    frame = pd.DataFrame({"town": ["a", "b"], "rain": [1, 2]}).groupby("town").agg({"rain": ["min", "max"]})
    (box,) = html_text.tell(frame._repr_html_())
    assert [entry.get("morecols") for entry in box.next_node(nodes.row)] == [None, 1]


@pytest.mark.parametrize(
    ("html", "nodes_"),
    [
        ("<p>One <b>two</b><br>three</p>", ["<paragraph>", "One", "<strong>", "two", "<line_break>", "three"]),
        ("loose <i>text</i>", ["<paragraph>", "loose", "<emphasis>", "text"]),
        (
            "<ul><li>a</li><li>b</li></ul>",
            ["<bullet_list>", "<list_item>", "<paragraph>", "a", "<list_item>", "<paragraph>", "b"],
        ),
        ("<h3>Head</h3>", ["<rubric>", "Head"]),
        ("<pre>a  b</pre>", ['<literal_block xml:space="preserve">', "a  b"]),
        ("<dl><dt>t</dt></dl>", ["<definition_list>", "<definition_list_item>", "<term>", "t"]),
        ("<style>p {}</style><!-- note --><script>1</script>", []),
        ("<div><div><p>deep</p></div></div>", ["<paragraph>", "deep"]),
    ],
)
def test_html_in_nodes(html, nodes_):
    assert told(html) == nodes_


def test_links_and_embedded_pages_keep_their_address():
    (paragraph,) = html_text.tell('<a href="https://a.example">a</a> <iframe src="https://b.example/v"></iframe>')
    assert [link["refuri"] for link in paragraph.findall(nodes.reference)] == [
        "https://a.example",
        "https://b.example/v",
    ]


def test_what_needs_a_browser_is_said():
    assert html_text.tell("<div id=x></div><script>draw()</script>") == []
    assert "on the page only" in html_text.notice("<script>draw()</script>")[0].astext()
    assert html_text.notice("<!-- a comment -->") == []


def test_what_is_hidden_or_drawn_is_not_told():
    assert html_text.tell('<div style="color: red; display:none">x</div><p hidden>y</p>') == []
    drawing = html_text.marked('<svg width="9">', [nodes.Text("t")])
    assert "on the page only" in drawing[0].astext() and html_text.marked("<script>", [nodes.Text("x()")]) == []
    assert "on the page only" in html_text.marked("<button>", [nodes.Text("go")])[0].astext()
    assert html_text.marked('<video src="rain.mp4" controls>', [])[0].astext() == "rain.mp4"


def test_tags_within_a_line_are_told_one_by_one():
    assert html_text.tell_inline("</b>") == []
    assert [type(node).__name__ for node in html_text.tell_inline("<br>")] == ["line_break"]


def test_a_frame_without_an_address_works_on_the_page_only():
    frame = '<div><iframe src="about:blank" data-html="x"></iframe></div>'
    assert html_text.tell(frame) == [] and "on the page only" in html_text.notice(frame)[0].astext()
    (line,) = html_text.tell('<iframe src="https://example.org/map"></iframe>')
    assert line.next_node(nodes.reference)["refuri"] == "https://example.org/map"


def test_a_map_of_a_browser_and_its_controls_leave_a_word():
    """As folium and the animations of matplotlib show theirs."""
    frame = '<div><span>Make this Notebook Trusted to load map</span><iframe srcdoc="<p>x</p>"></iframe></div>'
    assert [node.astext() for node in html_text.tell(frame)] == ["What stands here works on the page only."]
    assert not html_text.is_told(frame)
    controls = '<img id="i"><form><input type="radio" id="a"><label for="a">Once</label></form><script>draw()</script>'
    assert html_text.tell(controls) == []


def test_an_object_that_brings_its_text_along_is_told_by_that():
    """As xarray and scikit-learn show theirs: the rest is a picture of folders and buttons."""
    for fallback in (
        '<pre class="xr-text-repr-fallback">A</pre>',
        '<div class="sk-text-repr-fallback"><pre>A</pre>b</div>',
    ):
        assert told(f"<div>{fallback}<div hidden><input><label>Model</label></div></div>")[-1] == "A"


def test_equations_and_films_are_told():
    latex = '<semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics>'
    (line,) = html_text.tell(f"<div>So <math>{latex}</math> and <math><mi>y</mi> <mo>=</mo></math></div>")
    assert line.astext() == "So x^2 and y=" and line.next_node(nodes.math).astext() == "x^2"
    (film,) = html_text.tell('<video controls><source src="film.mp4"><p>Your browser is old.</p></video>')
    assert film.astext() == "film.mp4"


def test_addresses_within_the_book_are_kept():
    (line,) = html_text.tell('<p><a href="deep/second.html#x">page</a> <a href="javascript:x()">none</a></p>')
    assert [link["refuri"] for link in line.findall(nodes.reference)] == ["deep/second.html#x"]


def test_a_drawing_is_an_image_and_an_empty_one_leaves_a_word_and_an_icon_does_not():
    drawing = '<svg width="300" height="9" viewBox="0 0 300 9"><title>A map</title><path d="M0 0"/></svg>'
    text, picture = html_text.tell(f"<pre>a map</pre>{drawing}")
    image = picture.next_node(nodes.image)
    svg = base64.b64decode(image["uri"].partition("base64,")[2]).decode()
    assert text.astext() == "a map" and image["alt"] == "A map" and "viewBox" in svg and "xmlns=" in svg
    told = html_text.tell('<pre>a map</pre><svg width="300" height="9"></svg>')
    assert [node.astext() for node in told] == ["a map", "What stands here works on the page only."]
    assert [node.astext() for node in html_text.tell('<p>a<svg width="1em"><path/></svg></p>')] == ["a"]
