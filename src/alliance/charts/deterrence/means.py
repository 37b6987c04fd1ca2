"""Charts of the sections “Arms” and “Exercises and construction”."""

import altair as alt
import pandas as pd

from alliance.charts.deterrence.shared import HOSTS, NAMES, chooser, hues
from alliance.charts.marks import series_colors
from press.chapter.theme import color


def arms(parts: pd.DataFrame) -> alt.Chart:
    """Show major arms delivered to Korea in periods of some years, stacked by supplier.

    Parameters
    ----------
    parts : DataFrame
        From `alliance.deterrence.supplier_shares`: million trend-indicator values and per cent.
    """
    suppliers = {"United States": "usa", "Germany": "deu", "others": "other"}
    who = parts["supplier"].where(parts["supplier"].isin(list(suppliers)), "others").rename("who")
    stacks = parts.groupby(["first", "last", who])[["tiv_m", "share_pct"]].sum().reset_index()
    stacks["period"] = stacks["first"].astype(str) + "–" + stacks["last"].astype(str).str[2:]
    shares = stacks.pivot(index="period", columns="who", values="share_pct").rename(columns=suppliers)
    periods = shares.assign(tiv_m=stacks.groupby("period")["tiv_m"].sum()).reset_index()
    told = " ".join(
        f"{r.period}: {r.tiv_m:,.0f} in all, of which {r.usa:.0f} per cent from the United States "
        f"and {r.deu:.0f} from Germany."
        for r in periods.itertuples()
    )
    return (
        alt.Chart(stacks)
        .transform_calculate(rank=f"indexof({list(suppliers)}, datum.who)")
        .mark_bar()
        .encode(
            x=alt.X("period:O", title=None).axis(
                labelAngle=0, labelExpr="[slice(datum.label, 0, 5), slice(datum.label, 5)]"
            ),
            y=alt.Y("tiv_m:Q", title="million trend-indicator values"),
            color=series_colors(suppliers, "who:N", legend=alt.Undefined),
            order=alt.Order("rank:Q"),
            tooltip=["period", "who", alt.Tooltip("tiv_m", format=",.0f"), alt.Tooltip("share_pct", format=".0f")],
        )
        .properties(height=260, description=f"Stacked bars of five-year sums. {told}")
    )


def exercises(early: pd.DataFrame) -> alt.Chart:
    """Show exercises listed a year, bilateral and with other states.

    Parameters
    ----------
    early : DataFrame
        Rows of table ``exercises`` from 1980 to 2010.
    """
    group = early["states"].eq(2).map({True: "bilateral", False: "with other states"}).rename("group")
    counted = early.groupby(["year", group]).size().rename("exercises").reset_index()
    listed = early["year"].value_counts()
    told = ", ".join(f"{listed[year]} in {year}" for year in (1980, 1990, 2000))
    return (
        alt.Chart(counted)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None).axis(labelAngle=0, values=list(range(1980, 2011, 5))),
            y=alt.Y("exercises:Q", title="exercises").axis(tickMinStep=1),
            color=series_colors({"bilateral": "kor", "with other states": "other"}, "group:N", legend=alt.Undefined),
            tooltip=["year", "group", "exercises"],
        )
        .properties(
            height=220,
            description=f"Bars of exercises listed a year: {told} and {listed[2010]} in 2010, "
            f"in all {len(early)}, of which {(group == 'bilateral').sum()} bilateral.",
        )
    )


def field_exercises(field: pd.DataFrame) -> alt.LayerChart:
    """Show the field training exercises announced for each large exercise.

    Parameters
    ----------
    field : DataFrame
        Rows of table ``exercises`` that give ``field_exercises``, in the order of the bars.
    """
    short = field["exercise"].str.replace("Ulchi Freedom Shield", "UFS").str.replace("Freedom Shield", "FS")
    rows = field.assign(planned=field["field_exercises"].astype(int), short=short)
    base = alt.Chart(rows).encode(
        x=alt.X("planned:Q", title="field exercises announced").scale(domain=[0, 60]),
        y=alt.Y("short:N", title=None, sort=None),
    )
    bars = base.mark_bar(color=color("kor")).encode(tooltip=["exercise", "planned", "source_title", "note"])
    numbers = base.mark_text(align="left", dx=4).encode(text="planned:Q")
    told = ", ".join(f"{r.exercise}: {r.planned}" for r in rows.itertuples())
    return (bars + numbers).properties(height=250, description=f"Horizontal bars. {told}.")


def construction(amounts: pd.DataFrame) -> alt.Chart:
    """Show what the United States meant to build in Korea each year; a reader can choose another host.

    Parameters
    ----------
    amounts : DataFrame
        Table ``us_construction``.
    """
    sums = amounts.groupby(["country", "year"])["amount_m_usd"].sum()
    told = ", ".join(f"{year}: {amount:.0f}" for year, amount in sums["KOR"].items())
    whole = sums.groupby("country").sum()
    return (
        alt.Chart(sums.reset_index().assign(name=lambda frame: frame["country"].map(NAMES)))
        .transform_filter("datum.name == host")
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None).axis(labelAngle=0, values=list(range(2008, 2020, 2))),
            y=alt.Y("amount_m_usd:Q", title="million dollars, current").scale(domain=[0, 620]),
            color=hues(HOSTS),
            tooltip=["name", "year", alt.Tooltip("amount_m_usd", format=",.1f")],
        )
        .add_params(chooser("host", "Host ", [NAMES[host] for host in HOSTS]))
        .properties(
            height=230,
            description=f"Bars for Korea, million dollars: {told}. "
            f"Sum {whole['KOR']:,.0f}; Japan {whole['JPN']:,.0f}, Germany {whole['DEU']:,.0f}.",
        )
    )
