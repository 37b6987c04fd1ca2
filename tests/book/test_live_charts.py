"""Live charts on a phone: a tap shows what pointing shows, in words; controls stand above; a choice is told."""

import json
import re

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


def test_controls_stand_above_the_chart_and_a_choice_is_told(reader):
    page = reader().open(CONTROLS)
    page.wait_for_selector(".chart.is-live")
    controls = page.locator(".chart-live .vega-bindings").bounding_box()
    assert controls["y"] + controls["height"] <= page.locator(".chart-live svg").first.bounding_box()["y"] + 1
    assert page.locator(".chosen").inner_text() == ""
    page.locator(".chart-live select").select_option("Indonesia")
    page.wait_for_timeout(200)
    assert page.locator(".chosen").inner_text().startswith("Shown: Recipients: Indonesia. The title speaks of: ")
