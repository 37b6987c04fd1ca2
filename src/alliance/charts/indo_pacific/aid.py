"""Aid to Southeast Asia and to the Pacific islands, by year and by recipient."""

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import ALLIES, MONEY, YEAR, country_colors, named_lines, year_axis
from alliance.charts.marks import (
    by_choice,
    chooser,
    end_labels,
    event_rules,
    layered,
    nearest,
    panels,
    reference_line,
    tell_choice,
)
from alliance.countries import NAMES
from press.chapter.theme import color

MILLION = 1e6


def net_aid(aid: pd.DataFrame) -> alt.LayerChart:
    """Show what each ally gave Southeast Asia year by year, with a menu of recipients.

    Parameters
    ----------
    aid : DataFrame
        Table `net_aid`: dollars by donor, recipient, and year.
    """
    groups = {"Southeast Asia (eight)": region.ASEAN, "Mekong (five)": region.MEKONG}
    groups |= {NAMES[code]: [code] for code in region.ASEAN}
    lines = pd.concat(
        _given(aid, "net_aid_usd", donor, states).assign(group=group)
        for group, states in groups.items()
        for donor in ALLIES
    )
    x, hues = year_axis([2000, 2005, 2010, 2015, 2020, 2023], 2023), country_colors(ALLIES)
    y = alt.Y("million:Q", title="million dollars, current").axis(tickCount=5).scale(domainMin=0)
    tooltip = [alt.Tooltip("name:N", title="donor"), alt.Tooltip("group:N", title="to"), YEAR, MONEY]
    chosen, last = "datum.group == recipients", "datum.year == 2023"
    both = named_lines(lines, x, y, hues, tooltip).encode(strokeWidth=alt.value(2.6)).transform_filter(chosen)
    ends = end_labels(lines, x, "million:Q").encode(color=hues).transform_filter(chosen).transform_filter(last)
    policy = pd.DataFrame({"year": [2017.86], "text": ["New Southern Policy"]})
    rules = event_rules(policy, x, align="right", dx=-5, baseline="top", y=4)
    text = "Two lines rise unevenly from 2000 to 2023. " + _given_to(lines, "Southeast Asia (eight)")
    menu = chooser("recipients", list(groups), "Recipients ")
    chart = layered(*rules, both, *nearest(both), ends)
    told = {
        "title": {group: _korean_aid(lines, group) for group in groups},
        "subtitle": {
            group: f"Net aid to {_in_prose(group)}, million dollars at current prices, 2000–2023" for group in groups
        },
        "description": {group: f"Two lines from 2000 to 2023. {_given_to(lines, group)}" for group in groups},
    }
    choice = {part: by_choice("recipients", texts) for part, texts in told.items()}
    return tell_choice(chart.add_params(menu), **choice).properties(height=320, description=text)


def _in_prose(group: str) -> str:
    """Return a recipient, or a group of them, as a sentence names it."""
    named = {"Mekong (five)": "five states on the Mekong", "Philippines": "the Philippines"}
    return named.get(group, group.removesuffix(" (eight)"))


def _korean_aid(lines: pd.DataFrame, group: str) -> str:
    """Say what Korea gave a recipient in the last year."""
    rows = lines[(lines["group"] == group) & (lines["name"] == NAMES["KOR"])].set_index("year")["million"]
    last = rows[2023]
    return f"Korea’s aid to {_in_prose(group)} was ${last:.{0 if last >= 10 else 1}f} million in 2023"


def _given_to(lines: pd.DataFrame, group: str) -> str:
    """Say what each ally gave a recipient in three years."""
    by_donor = lines[lines["group"] == group].pivot(index="year", columns="name", values="million")
    return " ".join(
        f"{name}: {s[2000]:.0f} million dollars in 2000, {s[2017]:.0f} in 2017, {s[2023]:,.0f} in 2023."
        for name, s in by_donor.items()
    ).replace("-", "−")


def received(million: pd.Series) -> alt.Chart:
    """Show what the United States gave Korea, in million dollars by year, as bars."""
    from_year = million[million < 0].index.min()
    text = (
        f"Bars: {million[1960]:.0f} million dollars in 1960, {million[1969]:.0f} in 1969, {million[1979]:.0f} in 1979, "
        f"below zero in every year from {from_year}, {million.min():.0f} at the lowest, in {million.idxmin()}."
    )
    chart = alt.Chart(million.rename("million").reset_index()).mark_bar(color=color("usa"))
    return chart.encode(
        x=alt.X("year:O", title=None).axis(labelAngle=0, values=list(range(1960, 2000, 10))),
        y=alt.Y("million:Q", title="million dollars, current").axis(tickCount=5),
        tooltip=[alt.Tooltip("year:O", title="year"), MONEY],
    ).properties(height=240, description=text)


def change(steps: pd.DataFrame, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Show by how much each ally's yearly aid to each recipient changed, a panel of bars for each ally.

    Parameters
    ----------
    steps : DataFrame
        `before`, `after`, and `change` in million dollars a year, indexed by the codes of `donor` and `recipient`.
    narrow : bool
        Whether it is laid out for a phone.
    """
    by = steps["change"]
    order = [NAMES[code] for code in by["KOR"].sort_values(ascending=False).index]
    text = "Bars of change, million dollars a year. " + " ".join(
        f"{NAMES[donor]}: from {aid.max():+.0f} ({NAMES[aid.idxmax()]}) to {aid.min():+.0f} ({NAMES[aid.idxmin()]})."
        for donor, aid in ((donor, by[donor]) for donor in ALLIES)
    )
    frame = steps.reset_index()
    frame = frame.assign(name=frame["recipient"].map(NAMES), _label=frame["change"].map(_signed))
    sides = [
        _changes(frame[frame["donor"] == donor].assign(donor=NAMES[donor]), donor, order, narrow) for donor in ALLIES
    ]
    return panels(*sides, narrow=narrow).properties(description=text)


def _changes(frame: pd.DataFrame, donor: str, order: list[str], narrow: bool) -> alt.LayerChart:
    """Return the bars of one donor, each with its amount at its end."""
    bare = donor == "USA" and not narrow  # the names stand once, at the left
    y = alt.Y("name:N", title=None, sort=order).axis(None if bare else alt.Axis())
    forms = {"before": ",.1f", "after": ",.1f", "change": "+,.1f"}
    tooltip = [alt.Tooltip("donor:N", title="donor"), alt.Tooltip("name:N", title="to")]
    tooltip += [alt.Tooltip(f"{name}:Q", title=f"million dollars, {name}", format=form) for name, form in forms.items()]
    base = alt.Chart(frame).encode(x=alt.X("change:Q", title=None).axis(None).scale(domain=[-150, 100]), y=y)
    bars = base.mark_bar(color=color(donor.lower())).encode(tooltip=tooltip)
    beyond: dict[str, dict] = {">=": {"align": "left", "dx": 4}, "<": {"align": "right", "dx": -4}}
    ends = [
        base.transform_filter(f"datum.change {sign} 0").mark_text(**side).encode(text="_label:N")
        for sign, side in beyond.items()
    ]
    zero = alt.Chart(pd.DataFrame({"change": [0]})).mark_rule().encode(x="change:Q")
    head = alt.TitleParams(NAMES[donor], fontSize=14, color=color(donor.lower()), offset=4)
    width = 232 if narrow else 268
    return layered(bars, *ends, zero).properties(width=width, height=232, title=head)


def _signed(million: float) -> str:
    return f"{million:+.0f}".replace("-", "−")


def obligations(promised: pd.DataFrame) -> alt.LayerChart:
    """Show U.S. obligations by fiscal year as stacked bars, the incomplete year hollow.

    Parameters
    ----------
    promised : DataFrame
        Columns `area`, `fiscal_year`, `partial`, and `million` dollars.
    """
    stack = {"Southeast Asia": "mist", "compact states": "rose", "other Pacific islands": "blush"}
    whole = promised["partial"].map({True: "incomplete", False: "complete"})
    rows = promised.assign(whole=whole, _rank=promised["area"].map(list(stack).index))
    by_area = rows.pivot(index="fiscal_year", columns="area", values="million")
    total = by_area.sum(axis=1)
    starred = "datum.value == 2025 ? '2025*' : datum.label"
    axis = alt.Axis(labelAngle=0, values=list(range(2010, 2026, 3)), labelExpr=starred)
    x = alt.X("fiscal_year:O", title=None).axis(axis)
    y = alt.Y("million:Q", title="million dollars, current").scale(domain=[0, 1.12 * total.max()], nice=False)
    y = y.axis(values=[0, 1000, 2000, 3000])
    areas = list(reversed(stack))  # the key has the order of the bars, from above
    hues = [color(stack[area]) for area in areas]
    scale, rims = (alt.Scale(domain=areas, range=range) for range in (hues, [*hues[:2], color("slate")]))
    key = alt.Legend(
        orient="none", legendX=4, legendY=76, columns=1, symbolStrokeWidth=0, fillColor=color("paper"), padding=4
    )
    complete, paper = alt.when("datum.whole == 'complete'"), alt.value(color("paper"))
    bars = alt.Chart(rows).mark_bar(strokeWidth=1.4)
    bars = bars.encode(
        x=x,
        y=y,
        fill=complete.then(alt.Fill("area:N", scale=scale, legend=key)).otherwise(paper),
        stroke=complete.then(paper).otherwise(alt.Stroke("area:N", scale=rims, legend=key)),
        order=alt.Order("_rank:Q"),
        tooltip=[
            alt.Tooltip("area:N", title="to"),
            alt.Tooltip("fiscal_year:O", title="fiscal year"),
            alt.Tooltip("whole:N", title="the year is"),
            alt.Tooltip("million:Q", title="million dollars", format=",.0f"),
        ],
    )
    words = "Grants to Indonesia and the/Philippines; compacts renewed"
    note = pd.DataFrame({"fiscal_year": [2023], "million": [0.985 * total[2024]], "text": [words]})
    beside = alt.Chart(note).mark_text(align="right", dx=2, color=color("muted"), fontSize=13, lineBreak="/")
    beside = beside.encode(x=x, y=y, text="text:N")
    text = "Stacked bars, million dollars. " + " ".join(
        f"{year}: Southeast Asia {r['Southeast Asia']:,.0f}, compact states {r['compact states']:,.0f}."
        for year, r in by_area.loc[[2010, 2020, 2023, 2024]].iterrows()
    )
    return layered(bars, beside).properties(height=300, description=text)


def pacific_spending(spent: pd.DataFrame, pledge: float, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Show what six donors spend in the islands as bars, and beside them Korea's spending by year.

    Parameters
    ----------
    spent : DataFrame
        Table `pacific_aid`: dollars by donor, recipient, and year.
    pledge : float
        What Korea pledged to spend a year, million dollars.
    narrow : bool
        Whether it is laid out for a phone.
    """
    donors = ["AUS", "JPN", "CHN", "USA", "NZL", "KOR"]
    yearly = pd.concat(_given(spent, "spent_usd", donor, region.PACIFIC) for donor in donors)
    means = yearly[yearly["year"] >= 2019].groupby("name")["million"].mean().sort_values(ascending=False)
    korea = yearly[yearly["name"] == "Korea"]
    given = korea.set_index("year")["million"]
    text = (
        f"Two panels. Bars, million dollars a year, average of 2019–2023: "
        f"{', '.join(f'{name} {value:,.0f}' for name, value in means.items())}. Columns of Korea’s spending: "
        f"{given[2010]:.0f} in 2010, {given[2018]:.0f} in 2018, {given[2023]:.0f} in 2023; the pledge for 2027 is "
        f"{pledge:.0f}."
    )
    sides = [_six_donors(means, country_colors(donors), narrow), _korea_by_year(korea, pledge, narrow)]
    return panels(*sides, narrow=narrow).properties(description=text)


def _six_donors(means: pd.Series, hues: alt.Color, narrow: bool) -> alt.LayerChart:
    """Return a bar for each donor, the largest first, with its amount at its end."""
    frame = means.reset_index()
    x = alt.X("million:Q", axis=None).scale(domain=[0, 1.25 * means.max()], nice=False)
    base = alt.Chart(frame).encode(x=x, y=alt.Y("name:N", title=None, sort=list(means.index)).axis(domain=False))
    bars = base.mark_bar(height=22).encode(color=hues, tooltip=[alt.Tooltip("name:N", title="donor"), MONEY])
    ends = base.mark_text(align="left", dx=5).encode(text=alt.Text("million:Q", format=",.0f"))
    head = alt.TitleParams("Six donors, average of 2019–2023", fontSize=14, offset=8)
    return (bars + ends).properties(width=215 if narrow else 250, height=220, title=head)


def _korea_by_year(korea: pd.DataFrame, pledge: float, narrow: bool) -> alt.LayerChart:
    """Return Korea's spending as columns, the last with its amount, below a rule at the pledge."""
    x = alt.X("year:O", title=None).axis(labelAngle=0, values=[2010, 2014, 2018, 2023])
    y = alt.Y("million:Q", title=None).scale(domain=[0, 46], nice=False).axis(values=[0, 10, 20, 30])
    base = alt.Chart(korea).encode(x=x, y=y)
    bars = base.mark_bar(color=color("kor")).encode(tooltip=[YEAR, MONEY])
    last = base.transform_filter(f"datum.year == {korea['year'].max()}")
    number = last.mark_text(dy=-8, fontWeight=600).encode(text=alt.Text("million:Q", format=".0f"))
    words = alt.Chart(pd.DataFrame({"million": [pledge], "text": [f"pledge for 2027: {pledge:.0f}"]}))
    words = words.mark_text(align="left", x=4, dy=-9, color=color("muted"), fontSize=13).encode(
        y="million:Q", text="text"
    )
    head = alt.TitleParams("Korea alone", fontSize=14, offset=8, color=color("kor"))
    chart = layered(bars, number, reference_line(pledge), words)
    return chart.properties(width=242 if narrow else 240, height=220, title=head)


def _given(table: pd.DataFrame, value: str, donor: str, recipients: list[str]) -> pd.DataFrame:
    million = region.aid_by_year(table, value, donor, recipients) / MILLION
    return million.rename("million").reset_index().assign(name=NAMES[donor])
