"""Exposure: how concentrated imports are, from whom they come, and which partners moved the index."""

import altair as alt
import pandas as pd

from alliance import economy
from alliance.charts.economy.names import NAMES, partner_name
from alliance.charts.marks import chooser, series_colors
from press.chapter.theme import POINT, YEARS, color

_MEASURES = {"hhi": "Herfindahl–Hirschman index", "effective": "effective partners"}
_INDICES = {"Korea": "kor", "United States": "usa", "United States, Census": "usa"}
_PLACES = [  # of the names: measure, line, year, how far above the line, words
    ("hhi", "Korea", 1996, 0.03, "Korea"),
    ("hhi", "United States", 2003, -0.013, "United States"),
    ("hhi", "United States, Census", 2019, 0.022, "other source"),
    ("effective", "Korea", 1993, -1.3, "Korea"),
    ("effective", "United States", 1996, 1.0, "United States"),
    ("effective", "United States, Census", 2019, -3.2, "other source"),
]
_BASES = ["WITS", "Census", "ITC, secondary"]  # as the table names the publishers
_ORIGINS = {
    "China": "chn",
    "United States": "usa",
    "Japan": "jpn",
    "Germany": "deu",
    "Korea": "kor",
    "Saudi Arabia": "other",
    "Mexico": "other",
    "Canada": "other",
}
_LIFT = {
    ("Korea", "Saudi Arabia"): 0.7,
    ("Korea", "Germany"): -0.7,
    ("United States", "Canada"): 0.3,
    ("United States", "China"): -0.2,
    ("United States", "Germany"): 0.5,
    ("United States", "Japan"): 0.0,
    ("United States", "Korea"): -0.9,
}  # percent, to keep names apart


def concentration(indices: pd.DataFrame) -> alt.LayerChart:
    """Show the concentration of imports, with a menu of two measures.

    Parameters
    ----------
    indices : DataFrame
        One row per `series` (Korea, United States, and United States, Census) and `year`: `hhi` and `effective`.
    """
    tall = indices.rename(columns=_MEASURES).melt(["series", "year"], list(_MEASURES.values()), "measure", "value")
    tags = pd.DataFrame(_PLACES, columns=["measure", "series", "year", "above", "text"])
    tags = tags.assign(measure=tags["measure"].map(_MEASURES)).merge(tall)
    tags["value"] += tags["above"]
    hue = series_colors(_INDICES, "series:N")
    lines = alt.Chart(tall).transform_filter("datum.measure == measure").mark_line(point=POINT)
    lines = lines.encode(
        x=YEARS,
        y=alt.Y("value:Q", title=None).scale(domainMin=0),
        color=hue,
        strokeDash=alt.StrokeDash("series:N", legend=None).scale(domain=list(_INDICES), range=[[1, 0], [1, 0], [5, 3]]),
        tooltip=["series", "year", "measure", alt.Tooltip("value:Q", format=".3f")],
    )
    labels = alt.Chart(tags).transform_filter("datum.measure == measure").mark_text(fontWeight=600)
    said = [f"{name}: {_course(rows.set_index('year')['hhi'])}." for name, rows in indices.groupby("series")]
    return (
        (lines + labels.encode(x=YEARS, y="value:Q", text="text", color=hue))
        .add_params(chooser("measure", list(_MEASURES.values()), "Measure "))
        .properties(height=290, description=f"Three lines. {' '.join(said)}")
    )


def _course(hhi: pd.Series) -> str:
    first, last = hhi.index[[0, -1]]
    return f"{hhi[first]:.3f} in {first}, lowest {hhi.min():.3f} in {hhi.idxmin()}, {hhi[last]:.3f} in {last}"


def origins(shares: pd.DataFrame, largest: dict[str, list[str]]) -> alt.LayerChart:
    """Show the shares of the largest origins of imports, with a menu of the importers.

    Years of another publisher than the World Bank are broken lines, or hollow points where they stand alone.

    Parameters
    ----------
    shares : DataFrame
        Table `import_partner_shares`.
    largest : dict of str to list of str
        ISO code of the importer → the partners to draw, as readers know them.
    """
    named = shares.assign(name=shares["partner"].map(partner_name))
    drawn = [named[(named["reporter"] == code) & named["name"].isin(names)] for code, names in largest.items()]
    parts = pd.concat(drawn)
    parts = parts.assign(reporter=parts["reporter"].map(NAMES))[["reporter", "year", "name", "basis", "share_pct"]]
    ends = parts.sort_values("year").groupby(["reporter", "name"]).tail(1)
    lift = [_LIFT.get(key, 0) for key in zip(ends["reporter"], ends["name"], strict=True)]
    hue = series_colors(_ORIGINS)
    years = alt.X("year:Q", title=None).axis(format="d", values=list(range(1990, 2026, 5)))
    years = years.scale(domain=[1988, 2034], nice=False, zero=False)
    lines = alt.Chart(parts).transform_filter("datum.reporter == importer").mark_line(point=POINT)
    lines = lines.encode(
        x=years,
        y=alt.Y("share_pct:Q", title="percent of imports").scale(domain=[0, 32]),
        color=hue,
        strokeDash=alt.StrokeDash("basis:N", legend=None).scale(domain=_BASES, range=[[1, 0], [5, 3], [5, 3]]),
        tooltip=["reporter", "name", "year", "basis", alt.Tooltip("share_pct:Q", format=".1f")],
    )
    alone = alt.Chart(parts[parts["basis"] == _BASES[2]]).transform_filter("datum.reporter == importer")
    alone = alone.mark_point(filled=False, size=40).encode(x=years, y="share_pct:Q", color=hue)
    labels = alt.Chart(ends.assign(place=ends["share_pct"] + lift)).transform_filter("datum.reporter == importer")
    labels = labels.mark_text(align="left", dx=6, fontWeight=600).encode(x=years, y="place:Q", text="name", color=hue)
    menu = chooser("importer", [NAMES[code] for code in largest], "Imports of ")
    text = _origins_in_words(parts[parts["reporter"] == "Korea"], largest["KOR"])
    return (lines + alone + labels).add_params(menu).properties(height=310, description=text)


def _origins_in_words(korea: pd.DataFrame, names: list[str]) -> str:
    at = korea.pivot(index="year", columns="name", values="share_pct")
    said = [f"{name} " + ", ".join(f"{at[name][year]:.1f}" for year in (1992, 2005, 2018, 2023)) for name in names]
    return (
        "Five lines for Korea, to 2018, and a point for each in 2023. "
        f"Percent in 1992, 2005, 2018 and 2023: {'; '.join(said)}."
    )


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


def shifts(periods: dict[str, pd.DataFrame]) -> alt.Chart:
    """Show how partners moved the index of concentration, with a menu of the periods.

    Parameters
    ----------
    periods : dict of str to DataFrame
        Words of the menu → what `effects` returns; the first is drawn in print, and told in words.
    """
    bars = pd.concat([frame.assign(period=period) for period, frame in periods.items()])
    shown = next(iter(periods.values())).sort_values("effect")
    said = ", ".join(f"{row.partner} {row.effect:+.3f}" for row in shown.itertuples())
    chart = alt.Chart(bars).transform_filter("datum.period == period").mark_bar()
    return (
        chart.encode(
            y=alt.Y("partner:N", title=None, sort=alt.EncodingSortField("effect", order="descending")),
            x=alt.X("effect:Q", title="contribution to the change of the index").axis(format="+.2f", tickCount=5),
            color=alt.value(color("other")),
            tooltip=[
                "period",
                "partner",
                alt.Tooltip("before:Q", title="share before", format=".1%"),
                alt.Tooltip("after:Q", title="share after", format=".1%"),
                alt.Tooltip("effect:Q", format="+.4f"),
                alt.Tooltip("change:Q", title="change of the index", format="+.4f"),
            ],
        )
        .add_params(chooser("period", list(periods), "Imports of "))
        .properties(
            height=250,
            description=f"Horizontal bars: {said}. All partners together {shown['change'].iloc[0]:+.3f}.",
        )
    )
