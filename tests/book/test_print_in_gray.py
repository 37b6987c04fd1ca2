"""The charts as the PDF prints them: type that can be read, and areas that can be told apart without color."""

import itertools
import json
import re
from functools import lru_cache
from pathlib import Path

import lxml.etree
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FULL_WIDTH = 158 / 25.4 * 72  # points: `text-width` of book.typ
STEPS = 20.0  # of lightness (L*), between areas that touch
BEHIND = ("era", "shade")  # colors of what lies behind the marks and is told by its edges and words
NUMBER = r"-?[\d.]+(?:e-?\d+)?"
RECTANGLE = re.compile(rf"M({NUMBER}),({NUMBER})h({NUMBER})v({NUMBER})h{NUMBER}Z")
MOVED = re.compile(rf"translate\(({NUMBER})[, ]({NUMBER})\)")


@pytest.fixture(scope="module")
def drawings(book):
    """Every chart of the PDFs, by its name."""
    paths = sorted((book / "pdf" / "source").glob("*.svg"))
    assert len(paths) > 50
    return {path.stem: lxml.etree.fromstring(path.read_bytes()) for path in paths}


def test_type_in_charts_is_at_least_8_points(drawings):
    assert smaller_than(8, drawings, FULL_WIDTH) == {}


def test_type_in_charts_is_at_least_13_px_in_a_column_of_640(drawings):
    assert smaller_than(12.9, drawings, 640) == {}


def smaller_than(least, drawings, width):
    """The charts whose smallest type is below a size when they are as wide as this, and that type."""
    sizes = {
        name: min((float(size.removesuffix("px")) for size in drawing.xpath("//@font-size")), default=float("inf"))
        * width
        / float(drawing.get("width"))
        for name, drawing in drawings.items()
    }
    return {name: round(size, 1) for name, size in sizes.items() if size < least}


def lightness(color):
    """How light a color is to the eye: L* of CIELAB, 0 to 100."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    ]
    luminance = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def mixed(color, opacity):
    """A color on white paper."""
    parts = [round(255 - (255 - int(color[at : at + 2], 16)) * opacity) for at in (1, 3, 5)]
    return f"#{parts[0]:02x}{parts[1]:02x}{parts[2]:02x}"


def rectangles(element, across=0.0, down=0.0):
    """Left, top, right, bottom, fill, and whether it is outlined, of each bar and segment below an element."""
    moved = MOVED.match(element.get("transform") or "")
    if moved:
        across, down = across + float(moved[1]), down + float(moved[2])
    for child in element:
        if "role-mark" in (child.get("class") or "") and "mark-rect" in child.get("class"):
            yield from filter(None, (rectangle(path, across, down) for path in child))
        elif child.tag.endswith("}g"):
            yield from rectangles(child, across, down)


def rectangle(path, across, down):
    shape, fill = RECTANGLE.match(path.get("d") or ""), path.get("fill") or ""
    if not shape or not re.fullmatch("#[0-9a-fA-F]{6}", fill) or fill in behind():
        return None
    left, top, width, height = map(float, shape.groups())
    opacity = float(path.get("opacity") or 1) * float(path.get("fill-opacity") or 1)
    outlined = path.get("stroke") not in (None, "none", "transparent", fill)
    left, top = left + across, top + down
    corners = (min(left, left + width), min(top, top + height), max(left, left + width), max(top, top + height))
    return (*corners, mixed(fill, opacity), outlined)


@lru_cache
def behind():
    palette = json.loads((ROOT / "book" / "palette.json").read_text(encoding="utf-8"))
    return {palette["chart"][name]["light"] for name in BEHIND}


def touch(one, other):
    """Whether two rectangles share a part of an edge, and neither lies on the other."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return (abs(across) < 0.5 and down > 1) or (abs(down) < 0.5 and across > 1)


def test_areas_that_touch_are_outlined_or_differ_in_gray(drawings):
    alike = set()
    for name, drawing in drawings.items():
        for one, other in itertools.combinations(rectangles(drawing), 2):
            if one[4] != other[4] and not (one[5] or other[5]) and touch(one, other):
                apart = abs(lightness(one[4]) - lightness(other[4]))
                if apart < STEPS:
                    alike.add((name, *sorted((one[4], other[4])), round(apart)))
    assert alike == set()


def test_lightness_is_that_of_cielab():
    assert [round(lightness(color)) for color in ("#000000", "#777777", "#ffffff")] == [0, 50, 100]
