"""Natural Earth (public domain): outlines of the region at 1:50 million, coarsened, and where to put a label."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from alliance.collect.lowy import RECIPIENTS as PACIFIC
from alliance.collect.sources import Folder, read_json
from alliance.collect.world_bank import ASEAN, ASEAN_RECIPIENTS

FILE = "indo-pacific/ne_50m_indopacific.geojson"
PUBLISHED = "https://www.naturalearthdata.com/downloads/50m-cultural-vectors/"
TOLERANCE = 0.1  # degrees: about a pixel of the book's maps
LEFT_OUT = ["RUS", "MNG", "IND"]  # at the rim of the maps
# What is kept of the outlines of the world, by Natural Earth's codes.
REGION = {
    *ASEAN,
    *PACIFIC.values(),
    *["ASM", "AUS", "CHN", "GUM", "HKG", "JPN", "KOR", "MAC", "MNP", "NCL", "NZL", "PRK", "PYF", "TLS", "TWN", "USA"],
}
Point = tuple[float, float]
WEST, EAST = 92, 216  # degrees east of Greenwich; rings that leave this window are left out


def coastlines(folder: Folder) -> pd.DataFrame:
    """Tabulate the outer rings of the region's land, degrees, simplified to a tenth of a degree."""
    rows = [
        {"country": feature["properties"]["ISO_A3_EH"], "ring": ring}
        for feature in _features(folder)
        if feature["properties"]["ISO_A3_EH"] not in LEFT_OUT
        for ring in _rings(feature["geometry"])
    ]
    frame = pd.DataFrame(rows).drop_duplicates()
    frame["ring_number"] = frame.groupby("country").cumcount() + 1
    frame = frame[["country", "ring_number", "ring"]].sort_values(["country", "ring_number"])
    return frame.assign(source_title="Natural Earth, 1:50 million, version 5", source_url=PUBLISHED)


def label_points(folder: Folder) -> pd.DataFrame:
    """Tabulate where Natural Earth would put the name of each state that gets aid, and of Korea."""
    frame = pd.DataFrame([feature["properties"] for feature in _features(folder)]).drop_duplicates("ISO_A3_EH")
    frame = pd.DataFrame(
        {"country": frame["ISO_A3_EH"], "longitude": frame["LABEL_X"].round(2), "latitude": frame["LABEL_Y"].round(2)}
    )
    frame = frame[frame["country"].isin([*ASEAN_RECIPIENTS, *PACIFIC.values(), "KOR"])]
    return frame.sort_values("country").assign(
        source_title="Natural Earth, 1:50 million, version 5", source_url=PUBLISHED
    )


def _features(folder: Folder) -> list[dict[str, Any]]:
    return read_json(folder, FILE)["features"]


def _rings(geometry: dict[str, Any]) -> Iterator[str]:
    """Write the outer rings inside the window as texts: "longitude latitude" pairs, comma-separated."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        corners = [(round(x, 2), round(y, 2)) for x, y in _simplified(polygon[0])]
        inside = all(WEST - 20 <= x % 360 <= EAST for x, _ in corners)
        if inside and len(set(corners)) > 2:
            yield ", ".join(f"{x:g} {y:g}" for x, y in corners)


def _simplified(points: list[Point]) -> list[Point]:
    """Keep the points of a line that lie further than the tolerance from the line without them.

    Douglas and Peucker (1973).
    """
    if len(points) < 3:
        return points
    far = max(range(1, len(points) - 1), key=lambda place: _distance(points[place], points[0], points[-1]))
    if _distance(points[far], points[0], points[-1]) <= TOLERANCE:
        return [points[0], points[-1]]
    return _simplified(points[: far + 1])[:-1] + _simplified(points[far:])


def _distance(point: Point, start: Point, end: Point) -> float:
    """Measure from a point to the straight line through two others; to the first where they are the same."""
    (x, y), (u, v), (s, t) = point, start, end
    length = math.hypot(s - u, t - v)
    return abs((s - u) * (v - y) - (u - x) * (t - v)) / length if length else math.hypot(x - u, y - v)
