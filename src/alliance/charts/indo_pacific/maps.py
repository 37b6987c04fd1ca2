"""One map of the two allies' aid: half-circles whose area is money, Korea's on the left, America's on the right."""

import math

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import ALLIES, MONEY, country_colors
from alliance.countries import NAMES
from press.chapter.theme import color

WIDTH, HEIGHT = 640, 344
WEST, EAST, NORTH = 87, 206.5, 30  # degrees: the map's frame; the south follows from its height
DEGREE = WIDTH / (EAST - WEST)  # px
RADIUS, FULL = 20, 176  # px: the radius that stands for this many million dollars a year
HALVES = {"KOR": "M0,-1A1,1,0,0,0,0,1Z", "USA": "M0,-1A1,1,0,0,1,0,1Z"}  # the left and the right half of a circle

#: Where a circle stands beside its state, so that neighbors keep clear of each other: degrees.
BESIDE = {"VNM": (109.8, 14.2), "KHM": (104.8, 10.6), "THA": (100.4, 15.2), "LAO": (103.6, 20), "MMR": (95.4, 20.6)}
BESIDE |= {"MYS": (113.6, 3.4), "IDN": (112, -4.6), "PHL": (123.2, 12.4)}
#: Where a name stands: px right of and below the middle of its circle; else below it.
NAMES_AT = {"MMR": (-8, -42), "LAO": (8, -36), "VNM": (34, -38), "THA": (-38, 4), "KHM": (-16, 27), "MYS": (38, -6)}
NAMES_AT |= {"PHL": (60, -8), "PLW": (0, 14), "FSM": (-12, -38), "MHL": (26, -38), "NRU": (0, 14), "KIR": (-22, -26)}
NAMES_AT |= {"PNG": (-38, 14), "SLB": (-2, 13), "VUT": (-4, 12), "TUV": (0, -24), "FJI": (0, -26), "WSM": (32, -6)}
NAMES_AT |= {"TON": (6, 12)}


def aid_map(given: pd.DataFrame, land: region.Outlines, points: pd.DataFrame) -> alt.LayerChart:
    """Map what each ally gave each state; equal area is equal money everywhere on it.

    Parameters
    ----------
    given : DataFrame
        Million dollars a year, one row for each state, columns `KOR` and `USA`.
    land : Outlines
        The backdrop.
    points : DataFrame
        Table `label_points`.
    """
    at = _placed(given, points)
    sea = alt.Chart(alt.sphere()).mark_geoshape(fill=color("tint"), fillOpacity=0.22)
    coasts = alt.Chart(land)  # type: ignore[arg-type]  # it has `__geo_interface__`, as a property
    coasts = coasts.mark_geoshape(fill=color("shade"), stroke=color("rule"), strokeWidth=0.6)
    layers = [sea, coasts, *_equator(), *_halves(at), *_labels(at), *_key()]
    middle, south = (WEST + EAST) / 2, NORTH - HEIGHT / DEGREE
    chart = alt.LayerChart(layer=layers).project(
        type="equirectangular",
        scale=math.degrees(DEGREE),
        rotate=[-middle, 0, 0],
        center=[0, (NORTH + south) / 2],
        clipExtent=[[0, 0], [WIDTH, HEIGHT]],  # coasts beyond the frame weigh, and nobody sees them
    )
    return chart.properties(width=WIDTH, height=HEIGHT, description=_told(given))


def aid_bars(given: pd.DataFrame) -> alt.LayerChart:
    """Rank the states by what both allies gave together, a pair of bars for each: the map on a phone."""
    order = given.sum(axis=1).sort_values(ascending=False).index.map(NAMES).to_list()
    rows = _long(given.rename_axis("country").reset_index())
    y = alt.Y("name:N", title=None, sort=order).axis(labelPadding=4)
    offset = alt.YOffset("donor:N", sort=["Korea", "United States"])
    x = alt.X("million:Q", title=None).axis(None).scale(domain=[0, 205])
    base = alt.Chart(rows).encode(x=x, y=y, yOffset=offset, tooltip=["name:N", "donor:N", MONEY])
    bars = base.mark_bar().encode(color=country_colors(ALLIES, "donor:N", legend=alt.Legend()))
    amounts = base.mark_text(align="left", dx=3, fontSize=13).encode(text="amount:N")
    return (bars + amounts).properties(height=38 * len(given), description=_told(given))


def _placed(given: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return the states with the middle of their circles and the place of their names, degrees."""
    at = given.rename_axis("country").reset_index().merge(points[["country", "longitude", "latitude"]], on="country")
    beside = at["country"].map(BESIDE)
    at["longitude"] = [
        place[0] if isinstance(place, tuple) else x for place, x in zip(beside, at["longitude"], strict=True)
    ]
    at["latitude"] = [
        place[1] if isinstance(place, tuple) else y for place, y in zip(beside, at["latitude"], strict=True)
    ]
    radius = at[ALLIES].max(axis=1).map(_radius)
    shift = [NAMES_AT.get(c, (0, r + 11)) for c, r in zip(at["country"], radius, strict=True)]
    at["name"] = at["country"].map(NAMES)
    at["x"] = at["longitude"] + [right / DEGREE for right, _ in shift]
    at["y"] = at["latitude"] - [below / DEGREE for _, below in shift]
    return at


def _radius(million: float) -> float:
    return RADIUS * math.sqrt(million / FULL)


def _long(at: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each state and donor, with the amount in words."""
    kept = [name for name in at.columns if name not in ALLIES]
    rows = at.melt(kept, ALLIES, "code", "million")
    amounts = ["0" if m < 0.05 else f"{m:.1f}" if m < 9.95 else f"{m:.0f}" for m in rows["million"]]
    return rows.assign(name=rows["country"].map(NAMES), donor=rows["code"].map(NAMES), amount=amounts)


def _halves(at: pd.DataFrame) -> list[alt.Chart]:
    """Return the left and the right halves of the circles."""
    rows = _long(at).sort_values("million", ascending=False)
    size = alt.Size("million:Q", legend=None).scale(domain=[0, FULL], range=[0, (2 * RADIUS) ** 2])
    return [
        alt.Chart(rows[rows["code"] == code])
        .mark_point(
            shape=shape, filled=True, opacity=1, color=color(code.lower()), stroke=color("paper"), strokeWidth=0.8
        )
        .encode(longitude="longitude:Q", latitude="latitude:Q", size=size, tooltip=["name:N", "donor:N", MONEY])
        for code, shape in HALVES.items()
    ]


def _labels(at: pd.DataFrame) -> list[alt.Chart]:
    """Return the names, and below each what Korea gave, left, and what the United States gave, right."""
    rows = _long(at)
    base = alt.Chart(rows).encode(longitude="x:Q", latitude="y:Q")
    names = alt.Chart(at).mark_text(fontSize=13).encode(longitude="x:Q", latitude="y:Q", text="name:N")
    sides: dict[str, dict] = {"KOR": {"align": "right", "dx": -4}, "USA": {"align": "left", "dx": 4}}
    return [names] + [
        base.transform_filter(f"datum.code == '{code}'")
        .mark_text(dy=15, fontSize=13, fontWeight=600, **side)
        .encode(text="amount:N")
        for code, side in sides.items()
    ]


def _equator() -> list[alt.Chart]:
    line = pd.DataFrame({"longitude": [WEST, (WEST + EAST) / 2, EAST - 0.1], "latitude": 0.0})
    rule = alt.Chart(line).mark_line(color=color("muted"), strokeWidth=1, strokeDash=[2, 3])
    rule = rule.encode(longitude="longitude:Q", latitude="latitude:Q", order="longitude:Q")
    word = alt.Chart(pd.DataFrame({"longitude": [144], "latitude": [0.0], "word": ["Equator"]}))
    word = word.mark_text(align="left", dy=-8, fontSize=13)
    return [rule, word.encode(longitude="longitude:Q", latitude="latitude:Q", text="word:N")]


def _key() -> list[alt.Chart]:
    """Return the key in the empty sea south-west: whose half is whose, and how large 10, 50, and 150 million are."""
    row = [90.4, 95.6, 103]
    sizes = pd.DataFrame({"longitude": row, "latitude": -24.4, "million": [10, 50, 150], "word": ["10", "50", "150"]})
    base = alt.Chart(sizes).encode(longitude="longitude:Q", latitude="latitude:Q")
    size = alt.Size("million:Q", legend=None).scale(domain=[0, FULL], range=[0, (2 * RADIUS) ** 2])
    both = [
        base.mark_point(shape=shape, filled=True, opacity=1, color=color(code.lower())).encode(size=size)
        for code, shape in HALVES.items()
    ]
    words = base.mark_text(fontSize=13, dy=29).encode(text="word:N")
    beside: dict[str, dict] = {"KOR": {"align": "right", "dx": -5}, "USA": {"align": "left", "dx": 5}}
    named = [
        alt.Chart(pd.DataFrame({"longitude": [97], "latitude": -17.6, "word": [NAMES[code]]}))
        .mark_text(fontSize=14, fontWeight=600, **side)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="word:N")
        for code, side in beside.items()
    ]
    return [*both, words, *named]


def _told(given: pd.DataFrame) -> str:
    """Return what the map shows, in sentences."""
    asean, islands = given.loc[region.ASEAN].sum(), given.drop(region.ASEAN).sum()
    most = {code: [NAMES[c] for c in given[code].nlargest(3).index] for code in ALLIES}
    return (
        f"Map from Myanmar to Kiribati. Korea gave Southeast Asia {asean['KOR']:.0f} million dollars a year and "
        f"the Pacific islands {islands['KOR']:.0f}; the United States {asean['USA']:.0f} and {islands['USA']:.0f}. "
        f"Korea gave most to {', '.join(most['KOR'])}, the United States to {', '.join(most['USA'])}. "
        f"Micronesia got {given['USA']['FSM']:.0f} million a year from the United States and "
        f"{given['KOR']['FSM']:.1f} from Korea, Fiji {given['USA']['FJI']:.1f} and {given['KOR']['FJI']:.1f}."
    )
