"""Live charts on a phone: a tap shows what pointing shows, in words; controls stand above; words follow the choice."""

import json
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CONTROLS = "figures/fig-ip-asean.html"


def figures(book):
    return sorted(path.stem for path in (book / "html" / "figures").glob("*.js"))


def tooltips(part):
    """Every entry of a tooltip in a specification."""
    if isinstance(part, list):
        for entry in part:
            yield from tooltips(entry)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "tooltip":
                yield from [
                    entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict)
                ]
            elif key != "datasets":
                yield from tooltips(value)


def test_no_tooltip_names_a_column_by_code(book):
    seen = 0
    for id in figures(book):
        for entry in tooltips(json.loads((book / "html" / "figures" / f"{id}.vl.json").read_text(encoding="utf-8"))):
            name = entry.get("title") or entry.get("field", "")
            assert "_" not in name and "null" not in name, f"{id}: {entry}"
            seen += "field" in entry
    assert seen > 100


def test_a_tap_shows_a_tooltip_on_every_live_figure(reader, book):
    visitor = reader(viewport={"width": 390, "height": 844}, has_touch=True)
    silent = []
    for id in figures(book):
        if "tooltip" not in (book / "html" / "figures" / f"{id}.js").read_text(encoding="utf-8"):
            continue
        page = visitor.open(f"figures/{id}.html")
        page.wait_for_selector(".chart.is-live")
        if not tapped(page):
            silent.append(id)
    assert silent == []


def tapped(page):
    """Whether a tap on some mark shows a tooltip in words."""
    marks = page.locator(".chart-live .role-mark path, .chart-live .role-mark text, .chart-live .role-mark line")
    for mark in marks.all()[:40]:
        mark.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().top - 400)")
        box = mark.bounding_box()
        if not box or not 0 < box["x"] + box["width"] / 2 < 390:
            continue
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tip = page.locator(".chart-tooltip:visible")
        if tip.count():
            words = tip.inner_text()
            assert words.strip() and not re.search(r"\bnull\b|\bNaN\b|[a-z]_[a-z]", words), words
            return True
    return False


def test_controls_stand_above_the_chart(reader):
    page = reader().open(CONTROLS)
    page.wait_for_selector(".chart.is-live")
    controls = page.locator(".chart-live .vega-bindings").bounding_box()
    assert controls["y"] + controls["height"] <= page.locator(".chart-live svg").first.bounding_box()["y"] + 1


def with_controls(book):
    return [
        id for id in figures(book) if "with-controls" in (book / "html" / "figures" / f"{id}.html").read_text("utf-8")
    ]


# What a reader sets in each chart with controls, and a word that its title, subtitle, or description then has.
CHOICES = {
    "fig-climate-pace": ("pace", "12", "both countries reach"),
    "fig-dialogue-distance": ("variant_shown", "legacy", "“legacy”"),
    "fig-dialogue-issues": ("state_shown", "Japan", "Japan and the United States"),
    "fig-ip-asean": ("recipients", "Philippines", "the Philippines"),
    "fig-score-reader": ("ask_who", "Korea", "By the rules you chose"),
    "fig-since-1953": ("years", "2017–2026", "2017–2026"),
    "fig-sma-projection": ("inflation", "5", "At 5 percent inflation"),
}


def test_each_chart_with_controls_is_looked_at(book):
    assert with_controls(book) == list(CHOICES)


@pytest.mark.parametrize("id", CHOICES)
def test_words_and_downloads_follow_the_choice(reader, id):
    name, value, expected = CHOICES[id]
    visitor = reader()
    page = visitor.open(f"figures/{id}.html")
    page.wait_for_selector(".of-choice", state="attached")
    first = told(page)
    set_control(page, name, value)
    page.wait_for_function("before => document.querySelector('figcaption').textContent !== before", arg=first[0])
    chosen = told(page)
    assert expected in " ".join(chosen) and "undefined" not in " ".join(chosen) and "NaN" not in " ".join(chosen)
    assert chosen[1] != first[1], "the description follows, too"
    page.locator("summary", has_text="Download").click()
    for words, begins in (("PNG", b"\x89PNG"), ("SVG", b"<svg "), ("CSV", b'\xef\xbb\xbf"')):
        with page.expect_download() as saved:
            page.locator(".of-choice button", has_text=words).click()
        content = Path(saved.value.path()).read_bytes()
        assert content.startswith(begins) and saved.value.suggested_filename.startswith(f"{id}-"), words
        assert words != "CSV" or len(content.splitlines()) > 3
        assert words != "SVG" or content.count(b'font-family: "Source Sans 3"; src: url("data:font/woff2;base64,') >= 2
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert told(page)[0] == first[0], "the printed chart is the printed one"
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    set_control(
        page,
        name,
        page.evaluate(
            "([id, name]) => String(pressCharts[id].wide.params.find(p => p.name === name).value)", [id, name]
        ),
    )
    assert told(page) == first
    assert visitor.complaints == []


def told(page):
    """Caption and description of the figure."""
    return page.locator("figcaption").text_content(), page.locator(
        ".chart-live > .visually-hidden"
    ).first.text_content()


def set_control(page, name, value):
    """Choose as a reader does."""
    control = page.locator(f".vega-bindings [name='{name}']").first
    if control.evaluate("element => element.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.evaluate(
            "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }", value
        )


def test_a_shared_choice_comes_with_its_words(reader):
    page = reader().open("figures/fig-ip-asean.html#fig-ip-asean?recipients=Indonesia")
    page.wait_for_selector(".is-chosen")
    assert "Indonesia" in page.locator("figcaption .caption-text").inner_text()


def test_what_is_picked_in_a_legend_stands_out(reader, book):
    page = reader().open("figures/fig-dialogue-issues.html")
    page.wait_for_selector(".legend-entry")
    entries = page.locator(".legend-entry")
    assert entries.count() == 3 and entries.first.get_attribute("aria-label").startswith("Highlight: ")
    entries.first.focus()
    page.keyboard.press("Enter")
    assert entries.first.get_attribute("aria-pressed") == "true"
    faded = ".chart-live .role-mark path[opacity='0.15']"
    page.wait_for_selector(faded, state="attached")
    page.keyboard.press("Enter")
    page.wait_for_function(f'() => !document.querySelector("{faded}")')
    assert entries.first.get_attribute("aria-pressed") == "false"


def test_each_live_legend_answers_and_the_data_are_one_key_away(reader, book):
    visitor = reader()
    for id in figures(book):
        page = visitor.open(f"figures/{id}.html")
        page.wait_for_selector(".chart.is-live")
        assert page.locator(".legend-entry").count() == page.locator(".chart-live .role-legend-label text").count(), id
    page = visitor.open("notebooks/a1-policy-dialogue.html#fig-dialogue-agreement")
    page.wait_for_selector("#fig-dialogue-agreement .chart.is-live")
    page.locator("#fig-dialogue-agreement figcaption .headerlink").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "to-data"
    page.keyboard.press("Enter")
    assert page.locator("#fig-dialogue-agreement-offers details.data").evaluate("data => data.open")
    assert page.evaluate("document.activeElement.matches('#fig-dialogue-agreement-offers .scroll')")
