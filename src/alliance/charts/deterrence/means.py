"""Charts of arms, exercises, and construction."""

import altair as alt
import pandas as pd

from alliance.charts.deterrence.shared import HOSTS
from alliance.charts.marks import panels, series_colors
from alliance.countries import NAMES
from press.chapter.theme import color


def arms(parts: pd.DataFrame) -> alt.LayerChart:
    """Show major arms delivered to Korea in periods of some years, stacked by supplier.

    Parameters
    ----------
    parts : DataFrame
        From `alliance.deterrence.supplier_shares`: million trend-indicator values and percent.
    """
    suppliers = {"United States": "usa", "Germany": "deu", "others": "mist"}
    who = parts["supplier"].where(parts["supplier"].isin(list(suppliers)), "others").rename("who")
    stacks = parts.groupby(["first", "last", who])[["tiv_m", "share_pct"]].sum().reset_index()
    stacks["period"] = stacks["first"].astype(str) + "–" + stacks["last"].astype(str)
    shares = stacks.pivot(index="period", columns="who", values="share_pct").rename(columns=suppliers)
    periods = shares.assign(tiv_m=stacks.groupby("period")["tiv_m"].sum()).reset_index()
    high, low = (periods.iloc[at] for at in (periods["tiv_m"].argmax(), periods["tiv_m"].argmin()))
    told = (
        f"They are largest in {high['period']}, at {high['tiv_m']:,.0f}, and smallest in {low['period']}, at "
        f"{low['tiv_m']:,.0f}. The United States has {periods['usa'].min():.0f} to {periods['usa'].max():.0f} percent "
        f"of each, Germany {periods['deu'].min():.0f} to {periods['deu'].max():.0f}."
    )
    percent = alt.Chart(stacks[stacks["who"] == "United States"])
    percent = percent.transform_calculate(middle="datum.tiv_m / 2", words="format(datum.share_pct, '.0f') + '%'")
    percent = percent.mark_text(color=color("paper"), fontWeight=600)
    bars = (
        alt.Chart(stacks)
        .transform_calculate(rank=f"indexof({list(suppliers)}, datum.who)")
        .mark_bar(stroke=color("paper"), strokeWidth=1)
        .encode(
            x=alt.X("period:O", title=None).axis(
                labelAngle=0, labelExpr="[slice(datum.label, 0, 5), slice(datum.label, 5)]"
            ),
            y=alt.Y("tiv_m:Q", title="million trend-indicator values").axis(tickCount=5),
            color=series_colors(suppliers, "who:N", legend=alt.Undefined),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("period:O", title="Years"),
                alt.Tooltip("who:N", title="Supplier"),
                alt.Tooltip("tiv_m:Q", title="Million trend-indicator values", format=",.0f"),
                alt.Tooltip("share_pct:Q", title="Share, percent", format=".0f"),
            ],
        )
    )
    layers = bars + percent.encode(x="period:O", y="middle:Q", text="words:N")
    return layers.properties(height=260, description=f"Stacked bars of five-year sums. {told}")


def field_exercises(field: pd.DataFrame, put_off: float) -> alt.LayerChart:
    """Show the field training exercises announced for each large exercise, and those of 2025 that were put off.

    Parameters
    ----------
    field : DataFrame
        Rows of table ``exercises`` that give ``field_exercises``, in the order of the bars.
    put_off : float
        Field exercises put off from Ulchi Freedom Shield 2025: hollow in its bar.
    """
    month = field["exercise"].str.startswith("Ulchi").map({True: "August", False: "March"})
    rows = field[["exercise", "year"]].assign(
        announced=field["field_exercises"].astype(int), when=month + " " + field["year"].astype(str)
    )
    rows["held"] = rows["announced"] - (rows["exercise"] == "Ulchi Freedom Shield 2025") * int(put_off)
    tips = [alt.Tooltip("exercise:N", title="Exercise"), alt.Tooltip("announced:Q", title="Field exercises announced")]
    x = alt.X("announced:Q", title="field exercises announced").scale(domain=[0, 60], nice=False)
    x = x.axis(values=[0, 20, 40, 60])
    base = alt.Chart(rows).encode(y=alt.Y("when:N", title=None, sort=list(rows["when"])), tooltip=tips)
    bars = base.mark_bar(color=color("slate")).encode(x=alt.X("held:Q"))
    rims = (
        base.transform_filter("datum.held < datum.announced")
        .mark_bar(fill=color("paper"), stroke=color("slate"), strokeDash=[3, 2])
        .encode(x=x)
    )
    numbers = base.mark_text(align="left", dx=5, fontWeight=600).encode(x=x, text="announced:Q")
    late = base.transform_filter("datum.held < datum.announced").mark_text(align="right", dx=-6, fontSize=13)
    late = late.encode(x=x, text=alt.value(f"{put_off:.0f} later"))
    held = base.transform_filter("datum.held < datum.announced").mark_text(align="right", dx=-6, fontSize=13)
    held = held.encode(x=alt.X("held:Q"), text="held:Q", color=alt.value(color("paper")))
    first, most, last = rows.iloc[0], rows.iloc[rows["announced"].argmax()], rows.iloc[-1]
    told = " to ".join(f"{r['announced']} in {r['when']}" for r in (first, most))
    return (rims + bars + numbers + late + held).properties(
        height=290,
        description=f"Bars of field exercises announced. They grow from {told}; in {last['when']} there are "
        f"{last['announced']}. Of the exercises of August 2025, {put_off:.0f} were put off.",
    )


def construction(amounts: pd.DataFrame, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Show what the United States meant to build in three hosts each year, on one scale.

    Parameters
    ----------
    amounts : DataFrame
        Table ``us_construction``.
    narrow : bool
        For a phone: one panel below the other.
    """
    sums = amounts.groupby(["country", "year"])["amount_m_usd"].sum()
    whole = sums.groupby("country").sum()
    size = {"width": 280, "height": 110} if narrow else {"width": 175, "height": 200}
    charts = []
    for host in HOSTS:
        first = narrow or host == HOSTS[0]
        y = alt.Y("amount_m_usd:Q", title=None)
        y = y.scale(domain=[0, 620], nice=False).axis(values=[0, 200, 400, 600], labels=first)
        bars = alt.Chart(sums[host].reset_index().assign(host=NAMES[host])).mark_bar(color=color(host.lower()))
        tips = [
            alt.Tooltip("year:O", title=f"{NAMES[host]} in"),
            alt.Tooltip("amount_m_usd:Q", title="Million dollars", format=",.0f"),
        ]
        x = alt.X("year:O", title=None).axis(labelAngle=0, values=[2008, 2012, 2016, 2019])
        head = f"{NAMES[host]}: ${whole[host] / 1000:.1f} billion"
        heading = alt.TitleParams(head, color=color(host.lower()), fontSize=14)
        charts.append(bars.encode(x=x, y=y, tooltip=tips).properties(title=heading, **size))
    told = f"Korea {whole['KOR']:,.0f}, Japan {whole['JPN']:,.0f}, Germany {whole['DEU']:,.0f}"
    return panels(*charts, narrow=narrow).properties(
        description=f"Bars by year for three hosts on one scale. Sums in million dollars: {told}."
    )
