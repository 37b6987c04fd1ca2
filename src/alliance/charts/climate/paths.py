"""Emissions against the straight line: paths, readings of progress, yearly cuts, and a pace to choose."""

from typing import Any

import altair as alt
import pandas as pd

from alliance import climate
from alliance.charts.climate.common import BOTH, HUES, STATE, STATES, YEAR, by_year, one_or_two
from alliance.charts.marks import end_labels, hollow_points, layered, nearest, panels, tell_choice
from alliance.countries import NAMES
from press.chapter.theme import POINT, color

GRID = [0, 20, 40, 60, 80, 100]
SHORT = {"KOR": "Korea", "USA": "U.S."}


def paths(
    emissions: dict[str, pd.Series],
    inventories: dict[str, pd.Series],
    pledges: dict[str, pd.Series],
    narrow: bool = False,
) -> alt.HConcatChart | alt.VConcatChart:
    """Show emissions, the straight line to the pledge, and the gap between them, in percent of the base year.

    Parameters
    ----------
    emissions : dict of str to Series
        ISO code → emissions by year, from one inventory for both states, any unit.
    inventories : dict of str to Series
        ISO code → national figures by year on the basis of the curve, where there are any; the last becomes a hollow
        point.
    pledges : dict of str to Series
        ISO code → row of `climate_targets`.
    narrow : bool, optional
        The layout for phones.
    """
    size = {"width": 246, "height": 150} if narrow else {"width": 226, "height": 300}
    grid = [0, 100] if narrow else GRID  # the words have no room between more lines
    parts = [
        _path(country, emissions[country], inventories.get(country), pledges[country], grid).properties(**size)
        for country in BOTH
    ]
    return panels(*parts, narrow=narrow).properties(description=_paths_text(emissions, pledges))


def readings(
    emissions: dict[str, pd.Series], inventories: dict[str, pd.Series], pledges: dict[str, pd.Series]
) -> pd.DataFrame:
    """Return progress to the pledges by all readings of them: what is counted, and by which inventory.

    Parameters
    ----------
    emissions, inventories, pledges : dict of str to Series
        As in `paths`.

    Returns
    -------
    DataFrame
        One row for each reading: `state`, `inventory`, `reading`, years `base` and `to`, `cut` pledged in percent of
        the base year, and `ratio` of the yearly cut achieved to the yearly cut needed.
    """
    kor, usa, revised = emissions["KOR"], emissions["USA"], inventories["KOR"]
    as_pledged = {country: _on_pledged_base(inventories[country], pledge) for country, pledge in pledges.items()}
    whole, without = ("pledge as it stands", "cut_low_pct"), ("without sinks and credits", "gross_cut_pct")
    weaker, stronger = ("pledge, weaker end", "cut_low_pct"), ("pledge, stronger end", "cut_high_pct")
    rows = [
        ("KOR", "EDGAR", kor, whole),
        ("KOR", "EDGAR", kor, without),
        ("KOR", "national, 2018 as revised", revised, whole),
        ("KOR", "national, 2018 as pledged", as_pledged["KOR"], whole),
        ("KOR", "national, 2018 as revised", revised, without),
        ("KOR", "national, 2018 as pledged", as_pledged["KOR"], without),
        ("USA", "EDGAR", usa, weaker),
        ("USA", "EDGAR", usa, stronger),
        ("USA", "EDGAR", usa, ("without land use", "gross_cut_pct")),
        ("USA", "national, net, 2005 as restated", inventories["USA"], weaker),
        ("USA", "national, net, 2005 as pledged", as_pledged["USA"], weaker),
    ]
    return pd.DataFrame(
        [_reading(country, pledges[country], name, values, *reading) for country, name, values, reading in rows]
    )


def _on_pledged_base(inventory: pd.Series, pledge: pd.Series) -> pd.Series:
    """Return the base year as the pledge gives it, and the last year of the inventory, which has restated the base."""
    return pd.Series({int(pledge["base_year"]): pledge["base_mt_co2e"], inventory.index[-1]: inventory.iloc[-1]})


def yearly_cuts(emissions: dict[str, pd.Series], pledges: dict[str, pd.Series]) -> pd.DataFrame:
    """Return the cut a year, in points of the base year's emissions: achieved, needed at first, needed from now on.

    Parameters
    ----------
    emissions, pledges : dict of str to Series
        As in `paths`.

    Returns
    -------
    DataFrame
        `country` in words, `kind` of the cut, `points`.
    """
    rows = []
    for country, values in emissions.items():
        base, target, cut = (pledges[country][name] for name in ("base_year", "target_year", "cut_low_pct"))
        last = int(values.index.max())
        done = -climate.change(values, base, last)
        points = {
            "achieved": done / (last - base),
            "needed from the base year": cut / (target - base),
            f"needed after {last}": (cut - done) / (target - last),
        }
        rows += [{"country": NAMES[country], "kind": kind, "points": value} for kind, value in points.items()]
    return pd.DataFrame(rows)


def cuts(yearly: pd.DataFrame, narrow: bool = False) -> alt.VConcatChart:
    """Show the yearly cuts of each state as a row of bars.

    Parameters
    ----------
    yearly : DataFrame
        What `yearly_cuts` returns.
    narrow : bool, optional
        The layout for phones.
    """
    kinds = list(yearly["kind"].unique())
    x = alt.X("points:Q").axis(None).scale(domain=[0, 6])  # each bar has its number
    y = alt.Y("kind:N", title=None, sort=kinds).axis(grid=False, labelLimit=200)
    points = alt.Tooltip("points:Q", format=".1f", title="Percent of the base year")
    tooltip = [STATE, alt.Tooltip("kind:N", title="Yearly cut"), points]
    parts = []
    for name, hue in HUES.items():
        rows = alt.Chart(yearly).transform_filter(alt.datum.country == name).encode(x=x, y=y)
        bars = rows.mark_bar(height=20, color=color(hue)).encode(tooltip=tooltip)
        labels = rows.mark_text(align="left", dx=5).encode(text=alt.Text("points:Q", format=".1f"))
        size = {"width": 160 if narrow else 460, "height": 92}
        parts.append((bars + labels).properties(title=alt.Title(name, color=color(hue)), **size))
    at = yearly.set_index(["country", "kind"])["points"]
    said = [f"{name}: {', '.join(f'{kind} {at[name, kind]:.1f}' for kind in kinds)}." for name in HUES]
    return alt.vconcat(*parts).properties(description="Bars. " + " ".join(said))


def slider(
    emissions: dict[str, pd.Series], pledges: dict[str, pd.Series], targets: pd.DataFrame, default: float
) -> alt.LayerChart:
    """Show emissions at a constant yearly cut that the reader chooses, beside the pledges for 2030 and 2035.

    Parameters
    ----------
    emissions, pledges : dict of str to Series
        As in `paths`.
    targets : DataFrame
        Table `climate_targets`; of each state and year the last pledge is drawn.
    default : float
        Yearly cut shown at first, percent.
    """
    levels = {country: _indexed(values, pledges[country]) for country, values in emissions.items()}
    last = int(levels["KOR"].index.max())
    x = alt.X("year:Q", title=None).axis(format="d", values=[2000, 2010, 2020, 2030, 2040, 2050])
    x = x.scale(domain=[2000, 2050], nice=False)
    y = alt.Y("level:Q", title="base year = 100").axis(values=GRID).scale(domain=[0, 122], nice=False)
    hues = STATES.legend(None)
    past = alt.Chart(by_year({country: level.loc[2000:] for country, level in levels.items()}, "level"))
    ahead = _ahead(levels, last).encode(x=x, y=y, color=hues)
    tooltip = [STATE, YEAR, alt.Tooltip("level:Q", format=".0f", title="Emissions (base year = 100)")]
    pace = alt.param(
        name="pace",
        value=default,
        bind=alt.binding_range(min=0, max=12, step=0.1, name=f"Yearly cut after {last}, percent "),
    )
    bases = [f"{NAMES[country]} ({pledges[country]['base_year']:.0f} = 100)" for country in BOTH]
    names = pd.DataFrame({"country": list(HUES), "year": 2001, "level": [66, 109], "text": bases})
    chart = layered(
        past.mark_line(strokeWidth=2.5, point=POINT).encode(x=x, y=y, color=hues, tooltip=tooltip),
        ahead.mark_line(strokeDash=[5, 3], point=POINT).encode(tooltip=tooltip),
        end_labels(names, x, y, "text", dx=0).encode(color=hues),
        _pledge_marks(targets),
        _levels_in_2030(levels, last),
    )
    text = _slider_text(levels, pledges, default)
    then = {country: f"{level[last]} * pow(1 - pace / 100, {2030 - last})" for country, level in levels.items()}
    below = {country: f"({then[country]} <= {100 - pledges[country]['cut_low_pct']})" for country in levels}
    who = "'only Korea reaches its 2030 pledge' : 'only the United States reaches its 2030 pledge'"
    alike = "'both countries reach their 2030 pledges' : 'emissions stay above both 2030 pledges'"
    kor, usa = below["KOR"], below["USA"]
    title = f"'At ' + pace + ' percent a year, ' + ({kor} == {usa} ? ({kor} ? {alike}) : {kor} ? {who})"
    levels_then = "; ".join(f"{NAMES[country]} ' + format({level}, '.1f') + '" for country, level in then.items())
    told = f"{title} + '. Levels in 2030, base year = 100: {levels_then}.'"
    return tell_choice(chart.add_params(pace), title=title, description=told).properties(height=360, description=text)


def _indexed(values: pd.Series, pledge: pd.Series) -> pd.Series:
    """Emissions in percent of a pledge's base year."""
    return 100 * values / values[pledge["base_year"]]


def _path(
    country: str, values: pd.Series, inventory: pd.Series | None, pledge: pd.Series, grid: list[int]
) -> alt.LayerChart:
    """One state's emissions against the line to its pledge, with the gap, the pledge, and the last official figure."""
    base, goal, cut = int(pledge["base_year"]), int(pledge["target_year"]), pledge["cut_low_pct"]
    hue, levels = color(country.lower()), _indexed(values, pledge)
    straight = climate.straight_line(100, base, goal, cut)
    last = int(levels.index.max())
    x = alt.X("year:Q", title=None).axis(format="d", values=[1990, 2000, 2010, 2020, 2030])
    x = x.scale(domain=[1990, goal], nice=False)
    y = alt.Y("level:Q", title=f"{base} = 100").axis(values=grid).scale(domain=[0, 115], nice=False)
    level = alt.Tooltip("level:Q", format=".0f", title=f"Emissions ({base} = 100)")
    gap = pd.DataFrame({"year": [last], "level": [levels[last]], "line": [straight[last]]})
    gap["_beside"] = last if inventory is None else max(last, int(inventory.index[-1]))
    gap["text"] = f"{levels[last] - straight[last]:+.0f} points"
    stands = "pledge" if pledge["registry"] == "active" else "former pledge"
    words = [f"base year {base}", f"{stands}: {one_or_two(cut, pledge['cut_high_pct'])}% below {base}"]
    marks = pd.DataFrame({"year": [base, goal], "level": [100.0, straight[goal]], "text": words})
    curve = (
        alt.Chart(_table(levels, country, "emissions"))
        .mark_line(color=hue, strokeWidth=2.8)
        .encode(x=x, y=y, tooltip=[YEAR, level])
    )
    dashed = alt.Chart(_table(straight, country, "straight line")).mark_line(
        color=color("muted"), strokeWidth=1.8, strokeDash=[6, 4]
    )
    start, end = (alt.Chart(marks.iloc[[n]]).encode(x=x, y=y) for n in (0, 1))
    layers = [
        dashed.encode(x=x, y=y),
        *_bracket(gap, x, y),
        curve,
        *nearest(curve, name=f"nearest_{country.lower()}"),
        start.mark_point(color=hue, size=60),
        start.mark_text(dy=-14, color=color("muted")).encode(text="text"),
        end.mark_point(color=hue, size=90, shape="diamond").encode(tooltip=[alt.Tooltip("text:N", title="Target")]),
        end.mark_text(align="right", dx=6, dy=17, color=hue, fontWeight=600, fontSize=14).encode(text="text"),
    ]
    if inventory is not None:
        reported = _table(_indexed(inventory, pledge).drop(base).tail(1), country, "official figure")
        layers += _official(reported, x, y, country.lower(), [YEAR, level])
    return layered(*layers).properties(title=alt.Title(NAMES[country], color=hue))


def _official(reported: pd.DataFrame, x: alt.X, y: alt.Y, hue: str, tooltip: list) -> list[alt.Chart]:
    """Return a hollow point at the last official figure, with its year."""
    reported = reported.assign(text=reported["year"].map("official, {:.0f}".format))
    points = hollow_points(reported, x, y, hue, size=60, strokeWidth=1.8).encode(tooltip=tooltip)
    return [points, end_labels(reported, x, y, "text", dx=7, dy=-14, color=color("muted"), fontWeight=400)]


def _bracket(gap: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw a bracket from the line to the curve, with words on how wide the gap is."""
    rows, ink = alt.Chart(gap), color("ink")
    cap = rows.mark_tick(orient="horizontal", size=9, thickness=2, color=ink)
    text = rows.transform_calculate(middle="(datum.level + datum.line) / 2")
    text = text.mark_text(align="left", dx=9, fontSize=14, fontWeight=600)
    return [
        rows.mark_rule(color=ink, strokeWidth=2).encode(x=x, y=y, y2="line:Q"),
        cap.encode(x=x, y=y),
        cap.encode(x=x, y="line:Q"),
        text.encode(x="_beside:Q", y="middle:Q", text="text"),
    ]


def _table(levels: pd.Series, country: str, what: str) -> pd.DataFrame:
    return levels.rename("level").rename_axis("year").reset_index().assign(country=NAMES[country], what=what)


def _paths_text(emissions: dict[str, pd.Series], pledges: dict[str, pd.Series]) -> str:
    said = []
    for country, values in emissions.items():
        levels, pledge = _indexed(values, pledges[country]), pledges[country]
        base, last, cut = int(pledge["base_year"]), int(levels.index.max()), pledge["cut_low_pct"]
        above = climate.gap(values, base, int(pledge["target_year"]), cut, last)
        said.append(
            f"{NAMES[country]}: from {levels[1990]:.0f} in 1990 to 100 in {base} and {levels[last]:.0f} in "
            f"{last}, {above:.0f} points above a straight line that falls to {100 - cut:.0f}, the pledge, in 2030."
        )
    return " ".join(said)


def _reading(country: str, pledge: pd.Series, inventory: str, values: pd.Series, words: str, column: str) -> dict:
    """One row of the readings."""
    base, cut = int(pledge["base_year"]), pledge[column]
    return {
        "state": NAMES[country],
        "inventory": inventory,
        "reading": words,
        "base": base,
        "to": int(values.index.max()),
        "cut": cut,
        "ratio": climate.progress(values, base, int(pledge["target_year"]), cut),
    }


def _ahead(levels: dict[str, pd.Series], last: int) -> alt.Chart:
    """Levels of the years to come, from the last known one and the pace chosen."""
    years = pd.DataFrame(
        [
            {"country": NAMES[country], "year": year, "now": level[last]}
            for country, level in levels.items()
            for year in range(last, 2051)
        ]
    )
    return alt.Chart(years).transform_calculate(level=f"datum.now * pow(1 - pace / 100, datum.year - {last})")


def _levels_in_2030(levels: dict[str, pd.Series], last: int) -> alt.Chart:
    """Both states' levels in 2030 at the pace chosen, in words at the upper right."""
    now = pd.DataFrame([{"_at": 2050, "_top": 119, "kor": levels["KOR"][last], "usa": levels["USA"][last]}])
    then = f"pow(1 - pace / 100, {2030 - last})"
    words = f"'In 2030: Korea ' + format(datum.kor * {then}, '.1f') + ', U.S. ' + format(datum.usa * {then}, '.1f')"
    rows = alt.Chart(now).transform_calculate(text=words)
    return rows.mark_text(align="right", fontSize=14, fontWeight=600).encode(x="_at:Q", y="_top:Q", text="text:N")


def _pledge_marks(targets: pd.DataFrame) -> alt.LayerChart:
    """Last pledges for 2030 and 2035 as points with their names, those that give a range as short bars."""
    latest = targets[targets["target_year"].isin([2030, 2035])].groupby(["country", "target_year"]).tail(1)
    goals = pd.DataFrame(
        {
            "country": latest["country"].map(NAMES),
            "year": latest["target_year"],
            "low": 100 - latest["cut_high_pct"],
            "high": 100 - latest["cut_low_pct"],
            "_at": latest["target_year"] + latest["country"].map({"KOR": -0.35, "USA": 0.35}),
        }
    )
    goals["_middle"] = (goals["low"] + goals["high"]) / 2
    goals["text"] = [
        f"{SHORT[country]} {year}: {high:.0f}" if low == high else f"{SHORT[country]} {year}: {low:.0f}–{high:.0f}"
        for country, year, low, high in zip(latest["country"], goals["year"], goals["low"], goals["high"], strict=True)
    ]
    x, hues = alt.X("_at:Q").scale(domain=[2000, 2050]), STATES.legend(None)
    rows = alt.Chart(goals).encode(x=x, color=hues)
    place: dict[str, Any] = {"align": "right", "dx": -12, "fontSize": 13, "fontWeight": 600}
    around = rows.mark_text(stroke=color("paper"), strokeWidth=4, **place)  # the curves pass behind the words
    pledge = [alt.Tooltip("text:N", title="Pledge")]
    one = rows.transform_filter("datum.low == datum.high")
    return (
        rows.mark_rule(strokeWidth=7).encode(y="low:Q", y2="high:Q", tooltip=pledge)
        + one.mark_point(size=55, filled=True).encode(y="high:Q", tooltip=pledge)
        + around.encode(y="_middle:Q", text="text:N")
        + rows.mark_text(**place).encode(y="_middle:Q", text="text:N")
    )


def _slider_text(levels: dict[str, pd.Series], pledges: dict[str, pd.Series], default: float) -> str:
    last = levels["KOR"].index.max()
    now = {country: level[last] for country, level in levels.items()}
    then = {country: level * (1 - default / 100) ** (2030 - last) for country, level in now.items()}
    kor, usa = 100 - pledges["KOR"]["cut_low_pct"], 100 - pledges["USA"][["cut_high_pct", "cut_low_pct"]]
    return (
        f"Two falling curves at {default} percent a year after {last}: "
        f"Korea from {now['KOR']:.0f} to {then['KOR']:.0f} in 2030, pledge {kor:.0f}; "
        f"the United States from {now['USA']:.0f} to {then['USA']:.0f}, pledge {usa.iloc[0]:.0f} to {usa.iloc[1]:.0f}."
    )
