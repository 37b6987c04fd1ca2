"""The two allies' aid: what each region gets, and a map of half-circles whose area is money, Korea's on the left."""

import math
from typing import Any

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import ALLIES, MONEY, country_colors
from alliance.charts.marks import layered
from alliance.countries import NAMES
from press.chapter.api import spelled
from press.chapter.theme import color

WIDTH, HEIGHT = 632, 335
WEST, EAST, NORTH = 88, 194, 31  # degrees: the map's frame; the south follows from its height
DEGREE = WIDTH / (EAST - WEST)  # px
RADIUS, FULL = 25, 176  # px: the radius that stands for this many million dollars a year
HALVES = {"KOR": "M0,-1A1,1,0,0,0,0,1Z", "USA": "M0,-1A1,1,0,0,1,0,1Z"}  # the left and the right half of a circle

#: Where a circle stands beside its state, so that neighbors keep clear of each other, or at its capital: degrees.
BESIDE = {"VNM": (109.8, 14.2), "KHM": (104.8, 10.6), "THA": (100.4, 15.2), "LAO": (103.6, 20), "MMR": (95.4, 20.6)}
BESIDE |= {"MYS": (113.6, 3.4), "IDN": (112, -4.6), "PHL": (123.2, 12.4), "KIR": (173, 1.4)}
#: Where a name stands: px right of and below the middle of its circle; else below it.
NAMES_AT = {"MMR": (-8, -46), "LAO": (8, -44), "VNM": (38, -44), "THA": (-44, 4), "KHM": (-18, 33), "MYS": (42, -8)}
NAMES_AT |= {"PHL": (66, -8), "PLW": (0, 14), "FSM": (-12, -44), "MHL": (26, -42), "NRU": (0, 14), "KIR": (42, -24)}
NAMES_AT |= {"PNG": (-42, 14), "SLB": (-2, 15), "VUT": (-4, 13), "TUV": (8, 14), "FJI": (-6, 14), "WSM": (12, -28)}
NAMES_AT |= {"TON": (20, -28)}
_PANEL = 330  # px, the width of a panel on a phone
#: The states named on the small map of a phone, and where: px right of and below the middle of the circle.
FEW_NAMES_AT = {"VNM": (24, -18), "PHL": (-2, 20), "IDN": (14, 20), "FSM": (-4, -20), "MHL": (14, -36), "FJI": (0, -12)}
STATE = alt.Tooltip("name:N", title="state")
_REGIONS = {"Southeast Asia": region.ASEAN, "Pacific islands": region.PACIFIC}


def aid_map(given: pd.DataFrame, land: region.Outlines, points: pd.DataFrame) -> alt.VConcatChart:
    """Show what each ally gave each region, and map what it gave each state; equal area there is equal money.

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
    chart = _map(at, land, WIDTH, [*_labels(at), *_key()])
    panels = alt.hconcat(*_totals(given, width=(WIDTH - 30) // 2), spacing=30)
    return alt.vconcat(panels, chart, spacing=16).properties(description=_told(given))


def aid_map_narrow(given: pd.DataFrame, land: region.Outlines, points: pd.DataFrame) -> alt.VConcatChart:
    """Show the same on a phone: a small map that names a few states, and bars for each state, most first."""
    chart = _map(_placed(given, points), land, _PANEL, [*_few_labels(given, points), *_whose(-17.5)])
    states = [_states(given.loc[given.index.intersection(codes)], name) for name, codes in _REGIONS.items()]
    return alt.vconcat(*_totals(given, width=_PANEL), chart, *states).properties(description=_told(given))


def _map(at: pd.DataFrame, land: region.Outlines, width: int, words: list[alt.Chart]) -> alt.LayerChart:
    """Return the map at a width in px: sea, coasts, the equator, half-circles, and words."""
    degree, height = width / (EAST - WEST), round(HEIGHT * width / WIDTH)
    sea = alt.Chart(alt.sphere()).mark_geoshape(fill=color("tint"), fillOpacity=0.22)
    coasts = alt.Chart(land)  # type: ignore[arg-type]  # it has `__geo_interface__`, as a property
    coasts = coasts.mark_geoshape(fill=color("shade"), stroke=color("rule"), strokeWidth=0.6)
    middle, south = (WEST + EAST) / 2, NORTH - HEIGHT / DEGREE
    chart = layered(sea, coasts, *_equator(), *_halves(at, RADIUS * width / WIDTH), *words)
    return chart.properties(width=width, height=height).project(
        type="equirectangular",
        scale=math.degrees(degree),
        translate=[width / 2, height / 2],
        rotate=[-middle, 0, 0],
        center=[0, (NORTH + south) / 2],
        clipExtent=[[0, 0], [width, height]],  # coasts beyond the frame weigh, and nobody sees them
    )


def _states(given: pd.DataFrame, name: str) -> alt.LayerChart:
    """Return a pair of bars for each state of a region, on one scale for all regions."""
    order = given.sum(axis=1).sort_values(ascending=False).index.map(NAMES).to_list()
    rows = _long(given.rename_axis("country").reset_index())
    y = alt.Y("name:N", sort=order).axis(None)
    names = alt.Chart(pd.DataFrame({"name": order})).mark_text(align="left").encode(x=alt.value(0), y=y, text="name:N")
    offset = alt.YOffset("donor:N", sort=["Korea", "United States"])
    x = alt.X("million:Q").axis(None).scale(domain=[-138, 226], nice=False)  # names stand left of zero
    base = alt.Chart(rows).encode(x=x, y=y, yOffset=offset, tooltip=[STATE, "donor:N", MONEY])
    bars = base.mark_bar().encode(color=country_colors(ALLIES, "donor:N"))
    amounts = base.mark_text(align="left", dx=3, fontSize=13).encode(text="amount:N")
    return layered(bars, amounts, names).properties(
        width=_PANEL, height=38 * len(given), title=f"{name}, each state, larger scale"
    )


def _totals(given: pd.DataFrame, width: int) -> list[alt.LayerChart]:
    """Return a pair of bars for each region: what Korea gave it, and what the United States gave it."""
    parts = []
    for name, codes in _REGIONS.items():
        states = given.loc[given.index.intersection(codes)]
        rows = states.sum().rename("million").rename_axis("code").reset_index()
        rows = rows.assign(
            region=name, donor=rows["code"].map(NAMES), amount=rows["million"].map("${:.0f} million".format)
        )
        x = alt.X("million:Q").axis(None).scale(domain=[-720, 1800], nice=False)  # names stand left of zero
        y = alt.Y("donor:N").axis(None)
        base = alt.Chart(rows).encode(x=x, y=y, color=country_colors(ALLIES, "donor:N"))
        bars = base.mark_bar(height=20).encode(tooltip=["region:N", "donor:N", MONEY])
        amounts = base.mark_text(align="left", dx=5, fontSize=15, fontWeight=600).encode(text="amount:N")
        names = base.mark_text(align="left").encode(x=alt.value(0), text="donor:N", color=alt.value(color("ink")))
        title = f"{name}, {spelled(len(states))} states"
        parts.append((bars + amounts + names).properties(width=width, height=56, title=title))
    return parts


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


def _halves(at: pd.DataFrame, radius: float) -> list[alt.Chart]:
    """Return the left and the right halves of the circles; `radius` in px stands for `FULL`."""
    rows = _long(at).sort_values("million", ascending=False)
    size = alt.Size("million:Q", legend=None).scale(domain=[0, FULL], range=[0, (2 * radius) ** 2])
    return [
        alt.Chart(rows[rows["code"] == code])
        .mark_point(
            shape=shape, filled=True, opacity=1, color=color(code.lower()), stroke=color("paper"), strokeWidth=0.8
        )
        .encode(longitude="longitude:Q", latitude="latitude:Q", size=size, tooltip=[STATE, "donor:N", MONEY])
        for code, shape in HALVES.items()
    ]


def _labels(at: pd.DataFrame) -> list[alt.Chart]:
    """Return the names, and below each what Korea gave, left, and what the United States gave, right."""
    rows = _long(at)
    base = alt.Chart(rows).encode(longitude="x:Q", latitude="y:Q")
    names = alt.Chart(at).mark_text(fontSize=13).encode(longitude="x:Q", latitude="y:Q", text="name:N")
    sides: dict[str, dict] = {
        "KOR": {"align": "right", "dx": -4, "color": color("kor")},
        "USA": {"align": "left", "dx": 4},  # in ink: the country's orange cannot be read on sea and land
    }
    return [names] + [
        base.transform_filter(f"datum.code == '{code}'").mark_text(dy=15, fontSize=13, **side).encode(text="amount:N")
        for code, side in sides.items()
    ]


def _few_labels(given: pd.DataFrame, points: pd.DataFrame) -> list[alt.Chart]:
    """Return the names that the small map has room for."""
    at = _placed(given.loc[list(FEW_NAMES_AT)], points)
    return [
        alt.Chart(alt.InlineData(values=[{"longitude": x, "latitude": y, "name": name}], name=f"name-{code}"))
        .mark_text(fontSize=13, dx=FEW_NAMES_AT[code][0], dy=FEW_NAMES_AT[code][1])
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="name:N")
        for code, x, y, name in at[["country", "longitude", "latitude", "name"]].itertuples(index=False)
    ]


def _equator() -> list[alt.Chart]:
    line = [{"longitude": x, "latitude": 0.0} for x in (WEST + 0.1, (WEST + EAST) / 2, EAST - 0.1)]
    rule = alt.Chart(alt.InlineData(values=line, name="equator")).mark_line(
        color=color("muted"), strokeWidth=1, strokeDash=[2, 3]
    )
    rule = rule.encode(longitude="longitude:Q", latitude="latitude:Q", order="longitude:Q")
    word = alt.Chart(pd.DataFrame({"longitude": [146], "latitude": [0.0], "word": ["Equator"]}))
    word = word.mark_text(align="left", dy=-8, fontSize=13)
    return [rule, word.encode(longitude="longitude:Q", latitude="latitude:Q", text="word:N")]


def _key() -> list[alt.Chart]:
    """Return the key in the empty sea southwest: how large 10, 50, and 150 million are, and whose half is which."""
    row = [92, 97, 103.6]
    sizes = [{"longitude": x, "latitude": -18, "million": size} for x, size in zip(row, (10, 50, 150), strict=True)]
    base = alt.Chart(alt.InlineData(values=sizes, name="key")).encode(longitude="longitude:Q", latitude="latitude:Q")
    size = alt.Size("million:Q", legend=None).scale(domain=[0, FULL], range=[0, (2 * RADIUS) ** 2])
    circles = base.mark_circle(opacity=1, color=color("other")).encode(size=size)
    words = base.transform_calculate(words="datum.million + (datum.million > 99 ? ' million' : '')")
    return [circles, words.mark_text(fontSize=13, dy=34, align="left", dx=-10).encode(text="words:N"), *_whose(-11.6)]


def _whose(latitude: float) -> list[alt.Chart]:
    """Return whose half of a circle is which, in the empty sea at a latitude."""
    whose = [{"longitude": 89.6, "latitude": latitude, "KOR": "Korea left", "USA": "U.S. right"}]
    who = alt.Chart(alt.InlineData(values=whose, name="whose")).encode(longitude="longitude:Q", latitude="latitude:Q")
    ink: dict[str, Any] = {"fontSize": 13, "fontWeight": 600, "align": "left"}
    return [
        who.mark_text(color=color("kor"), **ink).encode(text="KOR:N"),
        who.mark_text(dy=17, **ink).encode(text="USA:N"),
    ]


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
