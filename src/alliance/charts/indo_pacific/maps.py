"""Maps of the two allies' aid, with circles whose area is money."""

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import ALLIES, LEGEND, country_colors, listed
from press.chapter.theme import color

#: Where a state's name stands beside its ring; below, where nothing is said. "Far" is beyond the largest circle.
MAINLAND = {"MMR": "far below", "LAO": "far right", "VNM": "far right", "THA": "far left", "KHM": "far below"}
MAINLAND |= {"PHL": "far below", "IDN": "far below"}
OCEAN = {"PLW": "above", "FSM": "far above", "MHL": "far right", "VUT": "left", "FJI": "left", "KIR": "left"}
OCEAN |= {"NRU": "left", "NIU": "right", "TUV": "right", "WSM": "right"}


def asean_map(sums: pd.DataFrame, land: region.Outlines, points: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Map what each ally gave eight members of ASEAN; the area of the circles is money.

    Parameters
    ----------
    sums : DataFrame
        Million dollars a year, one row for each state, columns `KOR` and `USA`.
    land : Outlines
        The backdrop.
    points : DataFrame
        Table `label_points`.
    narrow : bool
        Whether it is laid out for a phone.
    """
    largest, width, height, scale = (900, 344, 300, 470) if narrow else (2600, 700, 450, 760)
    view = {"scale": scale, "rotate": [-112, 0, 0], "center": [0, 7.5]}
    chart = _atlas(_placed(sums, points, MAINLAND), land, largest, 160).project(**_window(width, height, **view))
    text = _sums_listed("Map of Southeast Asia with circles at eight states", sums)
    return chart.properties(width=width, height=height, description=text)


def pacific_map(
    sums: pd.DataFrame, land: region.Outlines, points: pd.DataFrame, narrow: bool = False
) -> alt.LayerChart:
    """Map what each ally spent in fourteen Pacific Island states; parameters as in `asean_map`."""
    largest, width, height, scale = (900, 344, 195, 220) if narrow else (2600, 700, 390, 480)
    view = {"scale": scale, "rotate": [-169, 0, 0], "center": [0, -4]}
    chart = _atlas(_placed(sums, points, OCEAN), land, largest, 110).project(**_window(width, height, **view))
    text = _sums_listed("Map of the Pacific with circles at fourteen states", sums)
    return chart.properties(width=width, height=height, description=text)


def _sums_listed(what: str, sums: pd.DataFrame) -> str:
    return listed(
        f"{what}, million dollars a year, Korea and United States: ",
        (
            f"{region.NAMES[code]} {kor:.1f} and {usa:.1f}"
            for code, kor, usa in zip(sums.index, sums["KOR"], sums["USA"], strict=True)
        ),
    )


def _placed(sums: pd.DataFrame, points: pd.DataFrame, sides: dict[str, str]) -> pd.DataFrame:
    """Return sums by state at the label points; `sides` tells where a name goes."""
    rows = sums.rename_axis("country").reset_index().merge(points[["country", "longitude", "latitude"]], on="country")
    return rows.assign(name=rows["country"].map(region.NAMES), side=rows["country"].map(sides).fillna("below"))


def _atlas(at: pd.DataFrame, land: region.Outlines, largest: float, full: float) -> alt.LayerChart:
    """Return land, circles of both allies, rings, and names; `largest` px of area stand for `full` million."""
    backdrop = alt.Chart(land)  # type: ignore[arg-type]  # it has `__geo_interface__`, as a property
    backdrop = backdrop.mark_geoshape(fill=color("shade"), stroke=color("rule"), strokeWidth=0.6, clip=True)
    rings = alt.Chart(at).mark_point(size=14, filled=False, strokeWidth=1, color=color("ink"), clip=True)
    rings = rings.encode(longitude="longitude:Q", latitude="latitude:Q")
    names = _names(at, edge=(largest / 3.14) ** 0.5)
    return alt.LayerChart(layer=[backdrop, _circles(at, largest, full), rings, *names])


def _window(width: float, height: float, **view) -> dict:
    """Return the projection seen as `view` says: rotation and center in degrees, scale in px a radian."""
    shown = [[0, 0], [width, height]]  # coasts beyond the frame are cut off: they weigh, and nobody sees them
    return {"type": "equirectangular", "clipExtent": shown} | view


def _circles(at: pd.DataFrame, largest: float, full: float) -> alt.Chart:
    rows = at.melt(["country", "name", "longitude", "latitude"], ALLIES, "code", "million")
    rows["donor"] = rows["code"].map(region.NAMES)
    rows = rows[rows["million"] > 0].sort_values("million", ascending=False)
    return (
        alt.Chart(rows)
        .mark_circle(opacity=1, clip=True)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("million:Q", legend=None).scale(range=[0, largest], domain=[0, full]),
            color=country_colors(ALLIES, "donor:N", **LEGEND),
            tooltip=["name", "donor", alt.Tooltip("million", format=",.2f")],
        )
    )


def _names(at: pd.DataFrame, edge: float) -> list[alt.Chart]:
    """Return the states' names beside their rings, "far" beyond the edge of the largest circle."""
    places: dict[str, dict] = {
        "left": {"align": "right", "dx": -9},
        "right": {"align": "left", "dx": 9},
        "above": {"dy": -13},
        "below": {"dy": 15},
        "far left": {"align": "right", "dx": -5 - edge},
        "far right": {"align": "left", "dx": 5 + edge},
        "far above": {"dy": -10 - edge},
        "far below": {"dy": 10 + edge},
    }
    return [
        alt.Chart(rows)
        .mark_text(fontSize=11, clip=True, **places[str(side)])
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="name:N")
        for side, rows in at.groupby("side")
    ]
