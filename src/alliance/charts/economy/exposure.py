"""Exposure: how concentrated imports are, from whom they come, and which partners moved the index."""

import altair as alt
import pandas as pd

from alliance import economy
from alliance.charts.economy.names import partner_name
from alliance.charts.economy.text import ROOM_RIGHT, spread
from alliance.charts.marks import end_labels, enumerated, layered, nearest, series_colors
from press.chapter.theme import POINT, YEARS, color

_INDICES = {"Korea": "kor", "United States": "usa", "United States, Census": "usa"}
_SHORT = {"United States": "U.S.", "Saudi Arabia": "S. Arabia"}  # where the whole name is too long for a phone
#: Names beside the lines, whose ends are far from the points of the other publisher.
_ON_THE_LINE = pd.DataFrame(
    {
        "name": ["Japan", "United States", "China"],
        "year": [1989.6, 1988.3, 2011.5],
        "share_pct": [31.2, 18.3, 24],
        "text": ["Japan", "U.S.", "China"],
    }
)
_SUPPLIERS = {"China": "chn", "United States": "usa", "Japan": "jpn", "Germany": "deu", "Saudi Arabia": "other"}


def concentration(indices: pd.DataFrame) -> alt.LayerChart:
    """Show over how many equal partners the imports of two countries are as good as spread.

    Parameters
    ----------
    indices : DataFrame
        One row per `series` (Korea, United States, and United States, Census) and `year`: `effective`.
    """
    of = {name: rows.set_index("year")["effective"] for name, rows in indices.groupby("series")}
    words = ["Korea", "United States", "other source"]
    tags = pd.DataFrame(
        {
            "series": list(_INDICES),
            "year": [2013, 1996, 2020],
            "effective": [
                of["Korea"][2013] + 0.9,
                of["United States"][1996] + 1.2,
                of["United States, Census"][2020] - 3.4,
            ],
            "text": words,
        }
    )
    hue = series_colors(_INDICES, "series:N")
    dashes = alt.StrokeDash("series:N", legend=None).scale(domain=list(_INDICES), range=[[1, 0], [1, 0], [5, 3]])
    lines = alt.Chart(indices[["series", "year", "effective"]]).mark_line(point=POINT)
    lines = lines.encode(
        x=YEARS,
        y=alt.Y("effective:Q", title="equal suppliers").scale(domain=[0, 17]).axis(tickCount=4),
        color=hue,
        strokeDash=dashes,
        tooltip=[
            alt.Tooltip("series:N", title="Imports of"),
            alt.Tooltip("year:Q", title="Year"),
            alt.Tooltip("effective:Q", title="As if from equal suppliers", format=".1f"),
        ],
    )
    labels = alt.Chart(tags).mark_text(fontWeight=600)
    said = [f"{name!s}: {_course(series)}." for name, series in of.items()]
    return layered(lines, *nearest(lines), labels.encode(x=YEARS, y="effective:Q", text="text", color=hue)).properties(
        height=290, description=f"Three lines, in equal partners. {' '.join(said)}"
    )


def _course(partners: pd.Series) -> str:
    first, last, most = *partners.index[[0, -1]], partners.index[int(partners.argmax())]
    return f"{partners[first]:.1f} in {first}, most {partners[most]:.1f} in {most}, {partners[last]:.1f} in {last}"


def origins(shares: pd.DataFrame, suppliers: list[str]) -> alt.LayerChart:
    """Show the shares of Korea's largest suppliers; the last year, of another publisher, is hollow points.

    Parameters
    ----------
    shares : DataFrame
        Rows of the table `import_partner_shares` for Korea.
    suppliers : list of str
        The partners to draw, as readers know them.
    """
    named = shares.assign(name=shares["partner"].map(partner_name))
    parts = named.loc[named["name"].isin(suppliers), ["year", "name", "basis", "share_pct"]].sort_values("year")
    longer, later = parts[parts["basis"] == "WITS"], parts[parts["basis"] != "WITS"]
    ends = later.set_index("name")
    text = [f"{_SHORT.get(str(name), name)} {share:.0f}%" for name, share in ends["share_pct"].items()]
    ends = ends.assign(share_pct=spread(ends["share_pct"], 2.0), text=text).reset_index()
    first, last = int(parts["year"].min()), int(parts["year"].max())
    x = alt.X("year:Q", title=None).axis(format="d", values=[1990, 2000, 2010, int(longer["year"].max()), last])
    x = x.scale(domain=[first, last], nice=False, zero=False)
    y = alt.Y("share_pct:Q", title="percent of imports").scale(domain=[0, 32]).axis(values=[0, 10, 20, 30])
    hue = series_colors(_SUPPLIERS)
    tooltip = [
        alt.Tooltip("name:N", title="Supplier"),
        alt.Tooltip("year:Q", title="Year"),
        alt.Tooltip("share_pct:Q", title="Share of Korea’s imports, %", format=".1f"),
    ]
    front = alt.when("datum.name == 'China' || datum.name == 'Japan'").then(alt.value(3)).otherwise(alt.value(1.6))
    lines = alt.Chart(longer).mark_line(point=POINT).encode(x=x, y=y, color=hue, size=front, tooltip=tooltip)
    points = alt.Chart(later).mark_point(filled=True, fill=color("paper"), size=46, strokeWidth=1.8, opacity=1)
    return layered(
        lines,
        *nearest(lines),
        end_labels(_ON_THE_LINE, x, "share_pct:Q", dx=0).encode(color=hue, text="text"),
        points.encode(x=x, y=y, stroke=hue.copy(), tooltip=tooltip),
        end_labels(ends, x, "share_pct:Q", "text", dx=9).encode(color=hue),
    ).properties(height=280, padding=ROOM_RIGHT, description=_origins_in_words(longer, later, suppliers))


def _origins_in_words(longer: pd.DataFrame, later: pd.DataFrame, names: list[str]) -> str:
    at, then = longer.pivot(index="year", columns="name", values="share_pct"), later.set_index("name")["share_pct"]
    said = [f"{name} goes from {at[name][1991]:.0f} to {at[name][2018]:.0f} percent" for name in names[:3]]
    now = enumerated(f"{name} {then[name]:.0f} percent" for name in names)
    return f"Five lines. From 1991 to 2018 {enumerated(said)}. Points give 2023: {now}."


def effects(flows: pd.DataFrame, value: str, first: int, last: int) -> pd.DataFrame:
    """Return the eight partners that moved the index of concentration most between two years.

    Parameters
    ----------
    flows : DataFrame
        One row per `partner` and `year`.
    value : str
        Column of the size of the flow, in any unit.
    first, last : int
        The years compared.

    Returns
    -------
    DataFrame
        `partner` (named for readers), shares `before` and `after`, `effect` on the index, and `change` of the whole
        index.
    """
    at = [flows[flows["year"] == year].set_index("partner")[value] for year in (first, last)]
    every = economy.contributions(*(sizes / sizes.sum() for sizes in at))
    every = every.drop(index=list(economy.NO_PARTNER), errors="ignore")
    largest = every.loc[every["effect"].abs().nlargest(8).index].reset_index(names="partner")
    return largest.assign(partner=largest["partner"].map(partner_name), change=every["effect"].sum())
