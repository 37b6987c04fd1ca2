"""Marks that the charts of several chapters share: labels, rules, hollow points, presidents, country colors, panels.

How they are to look, and what each means, is written down in ``docs/charts.md``.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, cast

import altair as alt
import pandas as pd

from alliance.dates import decimal_year
from press.chapter.theme import color

#: What Altair takes for a position: a shorthand or a channel.
Channel = Any


def end_labels(frame: pd.DataFrame, x: Channel, y: Channel, text: str = "name", **mark: Any) -> alt.Chart:
    """Return names at the ends of lines, in place of a legend.

    Parameters
    ----------
    frame : DataFrame
        One row for each label: the last point of its line, and the column `text`.
    x, y : str or Altair channel
        As in the chart of the lines.
    text : str
        Column of the words to print.
    mark
        What differs from the usual mark, such as `dy=-3` or `color=color("kor")`.
    """
    usual: dict[str, Any] = {"align": "left", "dx": 6, "fontWeight": 600}
    return alt.Chart(frame).mark_text(**usual | mark).encode(x=x, y=y, text=text)


def event_rules(
    events: pd.DataFrame, x: Channel, text: str = "text", dash: Sequence[int] = (2, 3), **label: Any
) -> list[alt.Chart]:
    """Return two layers: thin dashed rules at events, and their words beside them.

    Parameters
    ----------
    events : DataFrame
        One row for each event: its place on the axis, and the column `text`.
    x : str or Altair channel
        Where the rule stands.
    dash : pair of int
        Lengths of stroke and gap, in px.
    label
        What differs from the usual label, such as `align="right"` and `dx=-4`.
    """
    base = alt.Chart(events).encode(x=x)
    mark: dict[str, Any] = {"align": "left", "dx": 4, "y": 4, "color": color("muted")} | label
    return [base.mark_rule(strokeDash=list(dash)), base.mark_text(**mark).encode(text=text)]


def reference_line(value: float, channel: str = "y", **mark: Any) -> alt.Chart:
    """Return a dashed line at one value of the axis `channel` (`"x"` or `"y"`): parity, an average, a target."""
    usual: dict[str, Any] = {"strokeDash": [4, 3], "color": color("muted")}
    place: dict[str, Any] = {channel: f"{channel}:Q"}
    return alt.Chart(pd.DataFrame({channel: [value]})).mark_rule(**usual | mark).encode(**place)


def hollow_points(frame: pd.DataFrame, x: Channel, y: Channel, hue: str = "kor", **mark: Any) -> alt.Chart:
    """Return white points with a rim, over values that are computed, provisional, or from one source.

    Parameters
    ----------
    frame : DataFrame
        The rows to mark.
    x, y : str or Altair channel
        As in the chart below.
    hue : str
        Name of the rim's color in the palette.
    """
    usual: dict[str, Any] = {"size": 42, "fill": color("paper"), "stroke": color(hue), "strokeWidth": 1.6, "opacity": 1}
    return alt.Chart(frame).mark_circle(**usual | mark).encode(x=x, y=y)


def nearest(lines: alt.Chart, field: str = "year", name: str = "nearest") -> list[alt.Chart]:
    """Return two layers, a rule and points that follow the pointer along lines: the nearest point shows its tooltip.

    Parameters
    ----------
    lines : Chart
        The lines, with the tooltip that their points are to show.
    field : str
        Column of the horizontal axis: the rule stands at its value.
    name : str
        What the chart's expressions call the pointer's place; another one for each panel of a chart.
    """
    here = alt.selection_point(
        name=name, fields=[field], nearest=True, on="pointerover", clear="pointerout", empty=False
    )
    shown = alt.when(here).then(alt.value(1)).otherwise(alt.value(0))
    points = lines.mark_point(size=60, filled=True).encode(opacity=shown).add_params(here)
    rule = alt.Chart(lines.data).mark_rule(color=color("rule")).encode(x=lines.encoding.x, opacity=shown)
    return [rule, points]


def president_bands(
    presidents: pd.DataFrame,
    country: Literal["KOR", "USA"],
    years: tuple[float, float],
    x: str = "year",
    min_years: float = 2.5,
) -> list[alt.Chart]:
    """Return two layers behind a series: a quiet band for every second president, and the names of all above.

    The bands stand in no data table: they are a scale, not what is measured.

    Parameters
    ----------
    presidents : DataFrame
        Table ``presidents``.
    country : str
        Whose presidents.
    years : pair of float
        First and last value of the axis, as years.
    x : str
        Column of the series' horizontal axis, so that both share it: of years, or, if it is called ``"date"``, of days.
    min_years : float
        A president shorter in office than this within the axis goes without a name.
    """
    spans = _in_office(presidents[presidents["country"] == country], years)
    spans["middle"] = spans[["start", "end"]].mean(axis=1)
    spans["name"] = spans["surname"].where(spans["end"] - spans["start"] >= min_years, "")
    kind: Literal["temporal", "quantitative"] = "temporal" if x == "date" else "quantitative"
    if kind == "temporal":
        spans[["start", "end", "middle"]] = spans[["start", "end", "middle"]].map(_day_of)
    scale = alt.Scale(nice=False) if kind == "temporal" else alt.Scale(zero=False, nice=False)
    base = alt.Chart(alt.InlineData(values=_records(spans), name=f"presidents-{country}"))
    start = alt.X("start", type=kind, title=None).scale(scale)
    bands = base.transform_filter("datum.shaded").mark_rect(color=color("era")).encode(x=start, x2="end")
    names = base.mark_text(y=4, baseline="top", color=color("muted"), fontSize=13)
    return [bands, names.encode(x=alt.X("middle", type=kind, title=None).scale(scale), text="name:N")]


def _in_office(presidents: pd.DataFrame, years: tuple[float, float]) -> pd.DataFrame:
    """Return who held office within some years: surname, start and end as years, and whether the band is shaded."""
    start = presidents["took_office"].map(decimal_year)
    end = presidents["left_office"].map(decimal_year, na_action="ignore").fillna(years[1])
    spans = pd.DataFrame({"surname": presidents["surname"], "start": start, "end": end})
    spans["shaded"] = [bool(place % 2) for place in range(len(spans))]
    spans = spans[(spans["end"] > years[0]) & (spans["start"] < years[1])]
    return spans.assign(start=spans["start"].clip(lower=years[0]), end=spans["end"].clip(upper=years[1]))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as Vega-Lite takes them."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _day_of(year: float) -> str:
    """Return the day at which a decimal year stands, as Altair writes it."""
    first = pd.Timestamp(int(year), 1, 1)
    length = 366 if first.is_leap_year else 365
    return (first + pd.Timedelta(days=round((year % 1) * length))).strftime("%Y-%m-%dT00:00:00")


def series_colors(colors: dict[str, str], field: str = "name:N", **channel: Any) -> alt.Color:
    """Return the color of each series, without a legend: series → name of a color in the palette."""
    hues = [color(name) for name in colors.values()]
    usual: dict[str, Any] = {"legend": None}
    return alt.Color(field, **usual | channel).scale(domain=list(colors), range=hues)


def layered(*layers: Any) -> alt.LayerChart:
    """Return layers as one chart: `altair.layer` says less of its type than is known here.

    Give single layers rather than layered charts: Altair copies what is nested once more for each level.
    """
    return cast(alt.LayerChart, alt.layer(*layers))


def panels(*charts: Any, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Return charts side by side, or below one another where the page is narrow."""
    return alt.vconcat(*charts) if narrow else alt.hconcat(*charts)


def enumerated(items: Iterable[str], word: str = "and") -> str:
    """Return items as a sentence lists them: “a”, “a and b”, “a, b, and c”; or with another word before the last."""
    *others, last = items
    return f"{', '.join(others)}{',' * (len(others) > 1)} {word} {last}" if others else last


def chooser(name: str, options: list[str], label: str, value: str | None = None) -> alt.Parameter:
    """Return a parameter that a reader sets by a menu above the chart; print shows its first value.

    Parameters
    ----------
    name : str
        What the chart's expressions call it.
    options : list of str
        The entries of the menu.
    label : str
        The words before the menu, such as `"Imports of "`.
    value : str, optional
        Chosen at first; without it the first option.
    """
    return alt.param(name=name, value=value or options[0], bind=alt.binding_select(options=options, name=label))


def by_choice(parameter: str, texts: Mapping[Any, str]) -> str:
    """Return an expression: the text for what a reader chose, by the value of a parameter; null where there is none."""
    known = {f"{key:g}" if isinstance(key, float) else str(key): text for key, text in texts.items()}
    return f"{json.dumps(known, ensure_ascii=False)}[{parameter}]"


def tell_choice(chart: Any, *, title: str = "", subtitle: str = "", description: str = "") -> Any:
    """Return a chart with controls whose title, subtitle, and description follow what its reader chooses.

    What is chosen at first is told by the texts of the figure itself, as in print.

    Parameters
    ----------
    chart : Altair chart
        With the parameters that a reader sets.
    title, subtitle, description : str
        Expressions, as of `by_choice`. Without one, the text of the figure holds for all choices.
    """
    texts = {"shown_title": title, "shown_subtitle": subtitle, "shown_description": description}
    return chart.add_params(*(alt.param(name=name, expr=text) for name, text in texts.items() if text))
