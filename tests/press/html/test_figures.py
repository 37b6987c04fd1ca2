"""Files and pages of the figures themselves."""

import csv
import json
import xml.etree.ElementTree as xml

import pytest
import vl_convert
from PIL import Image

from press import background
from press.html import figures, social_cards


def text(node):
    return " ".join(node.text_content().split())


def test_the_data_of_a_figure_is_a_file_with_a_description(rain):
    rows = list(csv.DictReader(rain.text("figures/fig-rain.csv").splitlines()))
    assert rows[0] == {"town": "Arley", "year": "2022", "rain_mm": "810.5"} and len(rows) == 6
    described = json.loads(rain.text("figures/fig-rain.csv-metadata.json"))
    (source,) = described["dc:source"]
    assert source["publisher"] == "Nobody" and source["vintage"] == "2024" and source["licenses"][0]["title"] == "CC0"
    assert [column["name"] for column in described["tableSchema"]["columns"]] == ["year", "town", "rain_mm"]


def test_the_picture_of_a_figure_says_what_it_shows_and_from_where(rain):
    picture = xml.fromstring(rain.text("figures/fig-rain.svg"))
    said = [node.text for node in picture.iter() if node.tag.endswith("}text") and node.text]
    assert "data:font/woff2" in "".join(node.text for node in picture.iter() if node.tag.endswith("}style"))
    assert "It rains more in Arley" in said and "Source: Nobody." in said
    assert "Nobody measured it." in said and said[-1] == "Figure 1.1 of Rain in Two Towns. No edition."
    image = (rain.html / "figures" / "fig-rain.png").read_bytes()
    assert image.startswith(b"\x89PNG") and int.from_bytes(image[16:20], "big") == 2 * float(picture.get("width"))
    small = Image.open(rain.html / "figures" / "fig-rain.thumb.webp")
    assert small.size == tuple(2 * side for side in social_cards.THUMBNAIL)


@pytest.mark.slow
def test_the_specification_of_a_figure_draws_it_elsewhere(rain):
    spec = json.loads(rain.text("figures/fig-rain.vl.json"))
    assert "<svg" in vl_convert.vegalite_to_svg(spec) and "Nobody" in spec["usermeta"]["source"]


def test_the_script_of_a_live_figure_holds_its_specification(rain):
    script = rain.text("figures/fig-rain.js")
    begin = '(window.pressCharts = window.pressCharts || {})["fig-rain"] = '
    assert script.startswith(begin) and set(json.loads(script.removeprefix(begin).rstrip(";\n"))) == {
        "wide",
        "columns",
        "foot",
    }


def test_a_figure_that_is_laid_out_otherwise_for_a_phone_brings_both(app):
    node = figures.figures_of_page(app, "notebooks/01-rainfall")["fig-rain"].chart.copy()
    node["narrow"] = '{"mark": "line"}'
    assert '"narrow": {' in figures._script(node, {}, [])


def test_a_still_figure_has_no_script(app):
    found = figures.figures_of_page(app, "notebooks/01-rainfall")["fig-rain"]
    node = found.chart.copy()
    node["live"] = False
    written = figures.files(node, figures.state.book(app.env).figures["fig-rain"].item, app)
    assert not [name for name in written if name.endswith(".js")] and len(written) == 7


def test_a_figures_own_page_is_light_and_leads_back(rain):
    alone = rain.page("figures/fig-rain.html")
    assert len(rain.text("figures/fig-rain.html")) < 40_000
    assert alone.xpath("//meta[@property='og:image']/@content") == [
        "https://nobody.example/rain/figures/fig-rain.landscape.png"
    ]
    assert alone.xpath("//h1//a/@href") == ["../notebooks/01-rainfall.html#fig-rain"]
    assert alone.xpath("//details[@open]//table") and alone.xpath("//figure[@id='fig-rain']//svg")
    assert alone.xpath("//a[contains(@href, 'data.html#data-rainfall')]")
    assert text(alone.xpath("//title")[0]).startswith("Figure 1.1: It rains more in Arley")


@pytest.mark.slow
def test_figures_that_are_gone_leave_no_file(rain_copy, monkeypatch):
    app = rain_copy.build(pages_only=True)
    for name in ("fig-snow.html", "fig-snow.csv-metadata.json"):
        (rain_copy.html / "figures" / name).write_text("old", encoding="utf-8")
    monkeypatch.setattr(background, "FORKS", False)
    figures.write_files(app).join()
    assert {path.name.partition(".")[0] for path in (rain_copy.html / "figures").iterdir()} == {"fig-rain"}


def test_a_file_that_is_as_it_was_keeps_its_time(tmp_path):
    """So that a site that is copied by time copies what changed."""
    path = tmp_path / "fig-rain.csv"
    figures._write_if_changed(path, "a\n")
    before = path.stat().st_mtime_ns
    figures._write_if_changed(path, b"a\n")
    assert path.stat().st_mtime_ns == before
    figures._write_if_changed(path, "비\n")
    assert path.read_text(encoding="utf-8") == "비\n"
