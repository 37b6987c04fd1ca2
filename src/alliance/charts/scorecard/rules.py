"""What the rules decide: one change at a time, all combinations, and the reader's own choice."""

import json
from collections.abc import Mapping

import altair as alt
import pandas as pd

from alliance.charts.marks import by_choice, layered, series_colors
from alliance.charts.scorecard.common import (
    SHAPES,
    best_first,
    named_rows,
    names,
    row_axis,
    value_labels,
    verdict_colors,
    words,
)
from press.chapter.theme import color

_RULES = {
    "cutoff": "Cut-off",
    "window_months": "Months to a lapse",
    "kept_share": "Rounds for kept",
    "partly_share": "Rounds for partly kept",
    "program_years": "Years of a program",
    "program_publishers": "Publishers of a program",
    "successor_weight": "Another name",
    "wider_weight": "Wider group",
    "part_weight": "Only in part",
    "bilateral_weight": "Between the two",
    "session_weight": "Meeting under a program",
    "against_weight": "Act against the aim",
    "undo": "Act that undoes",
    "on_track": "On track",
    "behind": "Behind",
    "joint": "Joining the parties",
    "axis": "Axis",
    "missing": "No evidence",
}
#: What each change is called, as the end of a sentence: “How many verdicts would change if we …”.
_VARIANTS = {
    ("cutoff", "2025-01-19"): "judged as of the day before Trump’s second term",
    ("window_months", 12.0): "allowed only 12 months without an act",
    ("window_months", 36.0): "allowed 36 months without an act",
    ("successor_weight", 0.0): "left out meetings under another name",
    ("successor_weight", 1.0): "counted meetings under another name in full",
    ("bilateral_weight", 0.5): "counted acts without third states by half",
    ("session_weight", 0.5): "counted meetings by half",
    ("wider_weight", 0.0): "left out acts in a larger group",
    ("wider_weight", 1.0): "counted acts in a larger group in full",
    ("against_weight", 0.0): "let any act against the aim reverse a promise",
    ("against_weight", 1.0): "ignored acts against the aim",
    ("undo", "halves"): "let an act that undoes a promise only weaken it",
    ("joint", "average"): "averaged the two governments",
    ("joint", "KOR"): "judged Korea alone",
    ("joint", "USA"): "judged the United States alone",
    ("axis", "what was done"): "counted only what was done",
    ("missing", "not kept"): "took missing evidence as not kept",
    ("missing", "kept"): "took missing evidence as kept",
}
# What a reader may choose: the rule, the chooser's label, what the book chose, and the words for each value.
_CHOICES: dict[str, tuple[str, str, str, dict]] = {
    "look": ("window_months", "Lapses after ", "24 months", {12: "12 months", 24: "24 months", 36: "36 months"}),
    "sessions": ("session_weight", "A meeting counts ", "in full", {1: "in full", 0.5: "half"}),
    "acts": ("against_weight", "Acts against the aim ", "halve", {0: "reverse", 0.5: "halve", 1: "are ignored"}),
    "ends": ("undo", "An act that undoes ", "reverses", {"reverses": "reverses", "halves": "halves"}),
    "who": (
        "joint",
        "Judge by ",
        "the lower verdict",
        {"weakest": "the lower verdict", "average": "the average", "KOR": "Korea", "USA": "the United States"},
    ),
    "axis": ("axis", "Judge ", "what stands", {"cut-off": "what stands", "what was done": "all that was done"}),
    "unknown": (
        "missing",
        "No evidence counts as ",
        "by itself",
        {"apart": "by itself", "not kept": "not kept", "kept": "kept"},
    ),
}
_FIXED = {"cutoff": "2026-06-30", "successor_weight": 0.5, "wider_weight": 0.5, "bilateral_weight": 1}  # no choice


#: One letter for each verdict, in the table of what a reader may choose.
_LETTERS = {
    "kept": "k",
    "on track": "t",
    "partly kept": "p",
    "behind": "b",
    "off track": "o",
    "kept, then lapsed": "l",
    "partly kept, then lapsed": "m",
    "kept, then reversed": "r",
    "not kept": "n",
    "not measurable": "u",
}


def variants(single: pd.DataFrame) -> pd.Series:
    """Return what the charts call each single change of a rule; one that has no name yet: the rule and its value.

    Parameters
    ----------
    single : DataFrame
        From `alliance.scorecard.one_at_a_time`.
    """
    changes = zip(single["rule"], single["value"], strict=True)
    names = [_VARIANTS.get((rule, value), f"{_RULES[rule]}: {value}") for rule, value in changes]
    return pd.Series(names, index=single.index)


def rule_rows(rules: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the table of rules: the table ``scorecard_rules`` with names, and what else was tried."""
    return rules.assign(name=rules["rule"].map(_RULES), tried=rules["alternatives"].str.replace(";", "; "))


def moved(single: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each change and direction in which it moves verdicts.

    Parameters
    ----------
    single : DataFrame
        From `alliance.scorecard.one_at_a_time`, with the column ``variant``.
    scores : DataFrame
        From `alliance.scorecard.score`.

    Returns
    -------
    DataFrame
        ``variant``, ``direction`` (better or worse), ``promises`` (their number), ``which``, ``total`` (of both
        directions), most moved first.
    """
    changed = single[single["change"] != 0].assign(
        direction=lambda frame: frame["change"].map({-1: "worse", 1: "better"}),
        name=lambda frame: frame["promise"].map(scores.set_index("promise")["short"]),
    )
    rows = changed.groupby(["variant", "direction"], sort=False)["name"].agg(["size", ", ".join]).reset_index()
    rows.columns = ["variant", "direction", "promises", "which"]
    rows["total"] = rows.groupby("variant")["promises"].transform("sum")
    return rows.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def ranked(single: pd.DataFrame, scores: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show how many verdicts each single change of a rule moves, and whether for better or for worse.

    Parameters
    ----------
    single, scores
        As in `moved`.
    narrow : bool
        For a phone: the names stand above the bars.
    """
    rows = moved(single, scores)
    order = list(rows["variant"].unique())
    totals = rows.drop_duplicates("variant")
    x = alt.X("promises:Q", title="verdicts that change").axis(tickMinStep=2)
    y, texts = named_rows(alt.Chart(totals), "variant", order, narrow)
    bars = alt.Chart(rows).mark_bar(height=10 if narrow else 15, stroke=color("paper"), strokeWidth=1)
    bars = bars.encode(
        x=x,
        y=y,
        color=series_colors({"better": "mist", "worse": "rose"}, "direction:N", legend=alt.Legend(symbolType="square")),
        tooltip=[
            alt.Tooltip("variant", title="If we"),
            alt.Tooltip("direction", title="The verdict would be"),
            alt.Tooltip("promises", title="Verdicts"),
            alt.Tooltip("which", title="Which"),
        ],
    )
    labels = value_labels(alt.Chart(totals), "total:Q", y, "total:Q", fontWeight=600)
    told = "; ".join(f"{row.total} if we {row.variant}" for row in totals.head(3).itertuples())
    return layered(bars, labels, *texts).properties(
        height=alt.Step(32 if narrow else 22),
        description=f"Bars of how many verdicts one change would move: {told}. Each other change moves fewer.",
    )


def change_rows(single: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the table of changes: each change, and the promises whose verdict gets better or worse.

    Parameters
    ----------
    single, scores
        As in `moved`.
    """
    rows = moved(single, scores).pivot(index=["variant", "total"], columns="direction", values="which")
    return rows.fillna("none").reset_index().sort_values("total", ascending=False, kind="stable")


def stability(
    stable: pd.DataFrame, scores: pd.DataFrame, statuses: Mapping[str, dict], narrow: bool = False
) -> alt.LayerChart:
    """Show in what share of all combinations of rules each verdict is the book's, most first.

    Parameters
    ----------
    stable : DataFrame
        From `alliance.scorecard.stability`.
    scores : DataFrame
        From `alliance.scorecard.score`.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    narrow : bool
        For a phone: the names stand above the bars.
    """
    rows = stable.assign(
        row=stable["promise"].map(dict(zip(scores["promise"], scores["short"], strict=True))),
        per=100 * stable["share"],
        verdict=list(words(scores["verdict"], statuses)),
    ).sort_values("per", ascending=False, kind="stable")
    shares = rows["per"].map("{:.0f}%".format).mask(rows["verdicts"] == 1, "all")
    rows["_label"] = rows["verdict"] + " in " + shares
    x = alt.X("per:Q", title="percent of combinations").scale(domain=[0, 160 if narrow else 144], nice=False)
    x, base = x.axis(values=[0, 25, 50, 75, 100]), alt.Chart(rows)
    y, texts = named_rows(base, "row", list(rows["row"]), narrow)
    bars = base.mark_bar(height=10 if narrow else 14).encode(
        x=x,
        y=y,
        color=verdict_colors("verdict:N", statuses),
        tooltip=[
            alt.Tooltip("row", title="Promise"),
            alt.Tooltip("verdict", title="Verdict"),
            alt.Tooltip("per", format=".0f", title="Percent of combinations"),
            alt.Tooltip("verdicts", title="Verdicts that occur"),
        ],
    )
    sure, shaky = rows[rows["verdicts"] == 1], rows[rows["share"] < 0.1]
    told = (
        f"The verdict is the same under all combinations for {', '.join(sure['row'])}. "
        f"It is the same under fewer than a tenth for {', '.join(shaky['row'])}."
    )
    labels = value_labels(base, x, y, "_label:N", fontWeight=600)
    return layered(bars, labels, *texts).properties(height=alt.Step(32 if narrow else 21), description=told)


def reader(
    grid: pd.DataFrame, scores: pd.DataFrame, statuses: Mapping[str, dict], narrow: bool = False
) -> alt.VConcatChart:
    """Show the verdict on every promise, and their count, under rules that the reader chooses.

    Parameters
    ----------
    grid : DataFrame
        From `alliance.scorecard.grid`: verdicts under every combination of rules.
    scores : DataFrame
        From `alliance.scorecard.score`: the promises, in their order.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    narrow : bool
        For a phone, which has no room for the names of headings.
    """
    choosers = [
        alt.param(name=f"ask_{key}", value=value, bind=alt.binding_select(options=list(entries.values()), name=label))
        for key, (_, label, value, entries) in _CHOICES.items()
    ]
    chosen = _unfolded(alt.Chart(_choosable(grid, list(scores["promise"]))), scores, statuses)
    y = alt.Y("heading:N", title=None, sort=list(scores["pillar"].unique()))
    y = y.axis(None) if narrow else y.axis(labelLimit=0, labelColor=color("ink"))
    places = alt.X("place:O", title=None).axis(None)
    tips = [alt.Tooltip("name:N", title="Promise"), alt.Tooltip("verdict:N", title="Verdict")]
    hue = verdict_colors("verdict:N", statuses)
    tiles = chosen.mark_rect(stroke=color("paper"), strokeWidth=3).encode(x=places, y=y, color=hue, tooltip=tips)
    signs = chosen.mark_text(color=color("paper"), fontWeight=600, fontSize=13, dy=-7)
    shapes = {status["short"]: SHAPES[status["mark"]] for status in statuses.values()}
    shape = alt.Shape("verdict:N", legend=None).scale(domain=list(shapes), range=list(shapes.values()))
    marks = chosen.mark_point(filled=True, color=color("paper"), opacity=1, size=80, yOffset=9)
    tiles = tiles + signs.encode(x=places, y=y, text="sign:N") + marks.encode(x=places, y=y, shape=shape)
    order = list(best_first(statuses))
    count = alt.X("count():Q", title="promises").scale(domain=[0, len(scores)], nice=False).axis(tickMinStep=5)
    row = row_axis("verdict:N", order).scale(domain=order)
    bars = chosen.mark_bar(height=15).encode(
        x=count, y=row, color=hue, tooltip=[tips[1], alt.Tooltip("count():Q", title="Promises")]
    )
    ends = chosen.mark_text(align="left", dx=4, fontWeight=600).encode(x="count():Q", y=row, text="count():Q")
    key = chosen.mark_point(filled=True, color=color("paper"), opacity=1, size=80)
    bars = bars + ends + key.encode(x=alt.value(9), y=row, shape=shape)
    told = ", ".join(f"{number} {word}" for word, number in words(scores["verdict"], statuses).value_counts().items())
    letters = ", ".join(f"{letter} {verdict}" for verdict, letter in _LETTERS.items())
    tail = (
        "A tile for each promise, and bars that count them. In the table of data each row is one choice of rules, with "
        f"one letter for each promise: {letters}."
    )
    return (
        alt.vconcat(
            tiles.properties(height=alt.Step(38), width=alt.Step(23 if narrow else 44)),
            bars.properties(height=alt.Step(22), width=190 if narrow else 400),
        )
        .add_params(*choosers, *_counted(grid, scores, tail))
        .properties(description=f"Under the book’s rules: {told}. {tail}")
    )


def _counted(grid: pd.DataFrame, scores: pd.DataFrame, tail: str) -> list[alt.Parameter]:
    """Return the parameters that word title and description by the rules chosen."""
    rows = _choosable(grid, list(scores["promise"]))
    texts = [f"{letters.count('k')} {letters.count('p')}" for letters in rows["verdicts"]]
    places = [list(entries.values()) for _, _, _, entries in _CHOICES.values()]
    keys = [
        "".join(str(at.index(value)) for at, value in zip(places, row, strict=True))
        for row in rows[list(_CHOICES)].values
    ]
    chosen = " + ".join(f"indexof({json.dumps(at)}, ask_{key})" for key, at in zip(_CHOICES, places, strict=True))
    counts = by_choice(f"'' + {chosen}", dict(zip(keys, texts, strict=True)))
    title = "'By the rules you chose, ' + counts_chosen[0] + ' promises are kept and ' + counts_chosen[1] + ' partly'"
    return [
        alt.param(name="counts_chosen", expr=f"split({counts}, ' ')"),
        alt.param(name="shown_title", expr=title),
        alt.param(name="shown_description", expr=f"shown_title + {json.dumps('. ' + tail)}"),
    ]


def _unfolded(chart: alt.Chart, scores: pd.DataFrame, statuses: Mapping[str, dict]) -> alt.Chart:
    """Take the row of the chosen rules, and unfold it to one row for each promise."""
    places = scores.groupby("pillar", sort=False).cumcount()
    lists = {"name": names(scores), "sign": scores["promise"], "heading": scores["pillar"], "place": places}
    shown = {letter: statuses[verdict]["short"] for verdict, letter in _LETTERS.items()}
    return (
        chart.transform_filter(" && ".join(f"datum.{key} == ask_{key}" for key in _CHOICES))
        .transform_calculate(
            letter="split(datum.verdicts, '')", **{field: json.dumps(list(column)) for field, column in lists.items()}
        )
        .transform_flatten(["letter", *lists])
        .transform_calculate(verdict=f"{json.dumps(shown)}[datum.letter]")
    )


def _choosable(grid: pd.DataFrame, promises: list[str]) -> pd.DataFrame:
    """Return the verdicts as one letter each, for every combination of the rules that a reader chooses."""
    menu = grid[(grid[list(_FIXED)] == pd.Series(_FIXED)).all(axis=1)]
    worded = {key: menu[rule].map(entries) for key, (rule, _, _, entries) in _CHOICES.items()}
    letters = menu[promises].apply(lambda column: column.map(_LETTERS))
    return pd.DataFrame(worded).assign(verdicts=letters.agg("".join, axis=1)).reset_index(drop=True)
