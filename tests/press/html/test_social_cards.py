"""Pictures that a link to the book is shown with."""

from xml.etree import ElementTree as xml

from press.charts import svg
from press.html import social_cards

SVG = "http://www.w3.org/2000/svg"
STATUS = {"mark": "full", "color": "arley"}


def texts(picture):
    return [node.text for node in xml.fromstring(picture).iter() if node.tag.endswith("}text")]


def test_a_card_says_what_it_is_about_in_lines_that_fit():
    title, text = "A promise with a very long name, & then some more", "It rained. " * 60
    picture = social_cards.card("Rain · Weather", title, [(STATUS, "kept")], text, "Second edition.")
    said = texts(picture)
    assert svg.size(picture) == (social_cards.WIDTH, social_cards.HEIGHT)
    assert said[0] == "Rain · Weather" and "kept" in said and said[-1] == "Second edition."
    assert said[-2].endswith("…") and " ".join(said[1:3]) == title
    lowest = max(float(node.get("y")) for node in xml.fromstring(picture).iter() if node.tag.endswith("}text"))
    assert lowest <= social_cards.HEIGHT


def test_many_statuses_go_on_in_a_second_line():
    picture = social_cards.card("Rain", "Rain", [(STATUS, f"{count} partly kept") for count in range(6)], "", "")
    rows = {node.get("y") for node in xml.fromstring(picture).iter() if (node.text or "").endswith("partly kept")}
    assert len(rows) == 2


def test_a_chart_is_as_large_as_the_picture_has_room():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="400" viewBox="0 0 700 400"><path d="M0,0"/></svg>'
    )
    picture = xml.fromstring(social_cards.landscape(drawn, "It rains more", "Bars.", "Source: Nobody."))
    (inner,) = [node for node in picture if node.tag.endswith("}svg")]
    assert abs(float(inner.get("width")) / float(inner.get("height")) - 1.75) < 0.01
    assert float(inner.get("y")) + float(inner.get("height")) <= social_cards.HEIGHT - 30


def test_beside_a_tall_chart_its_title_stands_at_the_left():
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="560" viewBox="0 0 700 560"></svg>'
    picture = xml.fromstring(
        social_cards.landscape(drawn, "It rains more in one town than in another", "Bars.", "Source: X.")
    )
    (inner,) = [node for node in picture if node.tag.endswith("}svg")]
    lines = [node.text for node in picture if node.tag.endswith("}text")][:-1]
    assert float(inner.get("x")) > 200 and len(lines) > 2 and max(map(len, lines)) <= 18
    assert float(inner.get("x")) + float(inner.get("width")) <= social_cards.WIDTH - 24


def test_of_many_sources_the_first_are_named():
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="400" viewBox="0 0 700 400"></svg>'
    sources = f"Sources: {'; '.join(f'an office of rain {count}' for count in range(9))}."
    last = texts(social_cards.landscape(drawn, "Rain", "Bars.", sources))[-1]
    assert last.startswith("Sources: an office of rain 0; ") and last.endswith("; others.") and len(last) <= 95


def test_thumbnails_are_of_one_size_and_show_the_upper_part_of_what_is_tall():
    flat, tall = (f'<svg xmlns="{SVG}" width="344" height="{height}"><text>rain</text></svg>' for height in (200, 900))
    for drawn, height in ((flat, 200), (tall, 900)):
        picture = xml.fromstring(social_cards.thumbnail(drawn, "Rain"))
        assert (picture.get("width"), picture.get("height")) == ("344", "300")
        (inner,) = picture.findall(f"{{{SVG}}}svg")
        assert float(inner.get("height")) == height and float(inner.get("y")) == 0
