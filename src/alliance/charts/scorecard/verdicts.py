"""Verdicts on the promises: all at a glance, by difficulty, and for the two parties."""

import altair as alt
import pandas as pd

from alliance.charts.marks import series_colors
from alliance.charts.scorecard.common import COLUMNS, grouped, names, row_axis, verdict_axis
from press.chapter.theme import color

_PILLAR = "!test(/^[DSMEIC][1-9] /, datum.value)"  # a row's label that is no promise but the heading of some
_LEVELS = ["easy", "medium", "hard"]
_GROWTH = {"more": "yes", "not more": "no", "not compared": "not compared", "": "not promised"}
_PARTIES = {"USA": "United States", "KOR": "Korea"}


def glance(scores: pd.DataFrame) -> alt.LayerChart:
    """Show how each promise stands at the cut-off, and the best it ever reached.

    Parameters
    ----------
    scores : DataFrame
        From `alliance.scorecard.score`.
    """
    rows = _standing(scores)
    x, y = verdict_axis(grid=True, gridColor=color("rule"), labelColor=color("ink")), _pillar_axis(scores)
    base = alt.Chart(rows)
    falls = base.mark_rule(color=color("other"), strokeWidth=2).encode(x=x, x2="ever:N", y=y)
    best = base.mark_point(shape="diamond", size=60, filled=True, color=color("other")).encode(
        x=alt.X("ever:N", sort=COLUMNS), y=y
    )
    now = base.mark_point(shape="circle", size=120, strokeWidth=2, stroke=color("ink"), filled=False).encode(
        x=x,
        y=y,
        fill=alt.Fill("grade:N", legend=None).scale(
            domain=["A", "B", "C"], range=[color("ink"), color("paper"), color("paper")]
        ),
        tooltip=[alt.Tooltip("row", title="promise"), "verdict", alt.Tooltip("grade", title="evidence"), "why"],
    )
    return (falls + best + now).properties(height=alt.Step(18), description=_standing_told(rows, scores["pillar"]))


def _standing(scores: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each promise: the columns in which it stands and stood best, and what a pointer tells."""
    columns = {
        "row": names(scores),
        "at": grouped(scores["verdict"], scores["settled"]),
        "ever": grouped(scores["best"], scores["settled"]),
        "verdict": scores["verdict"],
        "grade": scores["grade"],
        "why": scores["reason"],
    }
    return pd.DataFrame(columns)


def _pillar_axis(scores: pd.DataFrame) -> alt.Y:
    """Return the axis of promises below the headings of their pillars."""
    pillars = names(scores).groupby(scores["pillar"], sort=False)
    order = [entry for pillar, promises in pillars for entry in (pillar, *promises)]
    weight = {"condition": {"test": _PILLAR, "value": 700}, "value": 400}
    ink = {"condition": {"test": _PILLAR, "value": color("ink")}, "value": color("muted")}
    return row_axis("row:N", order, grid=False, labelFontWeight=weight, labelColor=ink).scale(domain=order)


def _standing_told(rows: pd.DataFrame, pillars: pd.Series) -> str:
    def told(row) -> str:
        return f"{row.row} {row.verdict}" + (f" ({row.ever})" if row.ever != row.at else "")

    return "One row per promise, verdict on June 30, 2026, and in brackets the best ever where that was better. " + (
        " ".join(
            f"{pillar}: " + "; ".join(told(row) for row in group.itertuples()) + "."
            for pillar, group in rows.groupby(pillars, sort=False)
        )
    )


def difficulty(scores: pd.DataFrame) -> alt.LayerChart:
    """Show how many promises of each class of difficulty stand in each column of verdicts.

    Parameters
    ----------
    scores : DataFrame
        From `alliance.scorecard.score`.
    """
    places = pd.MultiIndex.from_product([_LEVELS, COLUMNS], names=["difficulty", "at"])
    counts = (
        scores.assign(at=grouped(scores["verdict"], scores["settled"]))
        .groupby(places.names)
        .size()
        .reindex(places, fill_value=0)
    )
    tiles = counts.rename("promises").reset_index()
    base = alt.Chart(tiles).encode(
        x=verdict_axis(grid=False, labelColor=color("ink")), y=alt.Y("difficulty:N", title=None, sort=_LEVELS)
    )
    squares = base.mark_rect(stroke=color("paper"), strokeWidth=2).encode(
        color=alt.when("datum.promises > 0").then(alt.value(color("tint"))).otherwise(alt.value(color("panel"))),
        tooltip=["difficulty", "at", "promises"],
    )
    some = base.transform_filter("datum.promises > 0").mark_text(fontSize=14, fontWeight=600)
    told = " ".join(
        f"{str(level).capitalize()}: " + ", ".join(f"{row.promises} {row.at}" for row in group.itertuples()) + "."
        for level, group in tiles[tiles["promises"] > 0].groupby("difficulty", sort=False)
    )
    return (squares + some.encode(text="promises:Q")).properties(
        height=150, description=f"Promises by difficulty. {told}"
    )


def parties(scores: pd.DataFrame) -> alt.LayerChart:
    """Show the two parties' verdicts on the promises where they differ.

    Parameters
    ----------
    scores : DataFrame
        From `alliance.scorecard.score`.
    """
    differ = scores[scores["USA"] != scores["KOR"]]
    lines = differ.assign(row=names(differ), at=grouped(differ["USA"]), other=grouped(differ["KOR"]))
    points = lines[["promise", "USA", "KOR", "row"]].melt(["promise", "row"], ["USA", "KOR"], "party", "verdict")
    points = points.assign(at=grouped(points["verdict"]), who=points["party"].map(_PARTIES))
    x, y = verdict_axis(grid=True, gridColor=color("rule"), labelColor=color("ink")), row_axis("row:N", grid=False)
    apart = alt.Chart(lines).mark_rule(color=color("other"), strokeWidth=2).encode(x=x, x2="other:N", y=y)
    each = alt.Chart(points).mark_point(size=150, filled=True)
    each = each.encode(
        x=x,
        y=y,
        color=series_colors({"United States": "usa", "Korea": "kor"}, "who:N", legend=alt.Undefined),
        shape=alt.Shape("who:N").scale(domain=["United States", "Korea"], range=["square", "circle"]),
        tooltip=["row", "who", "verdict"],
    )
    told = " ".join(f"{row.row}: United States {row.USA}, Korea {row.KOR}." for row in lines.itertuples())
    same = f"On the other {len(scores) - len(differ)} the two verdicts are the same."
    return (apart + each).properties(
        height=alt.Step(30), description=f"Promises on which the parties differ. {told} {same}"
    )


def verdict_rows(scores: pd.DataFrame, single: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the tables of verdicts: scores, names, growth, and the changes that would move them.

    Parameters
    ----------
    scores : DataFrame
        From `alliance.scorecard.score`.
    single : DataFrame
        From `alliance.scorecard.one_at_a_time`, with the column ``variant``.
    """
    swings = single[single["change"] != 0].groupby("promise")["variant"].agg("; ".join)
    return scores.assign(
        name=names(scores), swings=scores["promise"].map(swings).fillna("none"), growth=scores["baseline"].map(_GROWTH)
    )
