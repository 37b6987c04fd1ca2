"""Verdicts on two sides, joined by a line for each promise: by what was done and as it stands, or Korea and the U.S."""

from collections.abc import Mapping
from typing import Literal

import altair as alt
import pandas as pd

from alliance.charts.marks import layered
from alliance.charts.scorecard.common import best_first, verdict_colors, words
from press.chapter.theme import color

Side = Literal["left", "right"]

_GAP = 1.8  # rows left free above each group of verdicts: its word stands there
_STEP = 16  # px of one row
_TWO_LINES = 31  # px of one row with words below its name
#: What the United States did on the promises on which it stands lower than Korea, in words that fit the chart.
_ACTS = {
    "E1": "duties on cars and metals",
    "E3": "sensitive-country list",
    "I2": "left the WHO",
    "C1": "notice on Paris Agreement",
    "C2": "revoked net-zero order",
    "C3": "notice on Paris Agreement",
}


def falls(scores: pd.DataFrame, statuses: Mapping[str, dict], narrow: bool = False) -> alt.LayerChart:
    """Show the verdict that what was done for each promise would earn beside the verdict at the cut-off.

    Parameters
    ----------
    scores : DataFrame
        From `alliance.scorecard.score`.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    narrow : bool
        For a phone.
    """
    rows = pd.DataFrame({"name": scores["short"], "first": scores["best"], "last": scores["verdict"]})
    fell = rows[rows["first"] != rows["last"]]
    told = (
        f"Of {len(rows)} promises {len(fell)} have a lower verdict on June 30, 2026, than what was done for them would "
        f"earn. {_moves(fell, statuses)}"
    )
    sides = ("Done" if narrow else "What was done", "June 30, 2026")
    room, counts = ((0.68, 3.12), "right") if narrow else ((0.5, 0.85), "both")
    return _slopes(rows, sides, statuses, room, named="right", counts=counts).properties(description=told)


def parties(scores: pd.DataFrame, statuses: Mapping[str, dict], narrow: bool = False) -> alt.LayerChart:
    """Show the verdict on Korea beside that on the United States, where the two differ.

    Parameters
    ----------
    scores, statuses, narrow
        As in `falls`.
    """
    differ = scores[scores["USA"] != scores["KOR"]]
    rows = pd.DataFrame({"name": differ["short"], "first": differ["KOR"], "last": differ["USA"]})
    told = f"{_moves(rows, statuses)} On the other {len(scores) - len(differ)} promises the two verdicts are the same."
    acts = differ["promise"].map(_ACTS)
    sides = ("Korea", "U.S." if narrow else "United States")
    room = (2.6, 1.3) if narrow else (0.9, 1.1)
    slopes = _slopes(rows, sides, statuses, room, named="left", ends=acts, below=narrow)
    return slopes.properties(description=told)


def _moves(rows: pd.DataFrame, statuses: Mapping[str, dict]) -> str:
    """Say which promises lie between which verdicts."""
    worded = rows.assign(first=words(rows["first"], statuses), last=words(rows["last"], statuses))
    groups = worded.groupby(["first", "last"], sort=False)["name"]
    return " ".join(f"From {first} to {last}: {', '.join(group)}." for (first, last), group in groups)


def _slopes(
    rows: pd.DataFrame,
    sides: tuple[str, str],
    statuses: Mapping[str, dict],
    room: tuple[float, float],
    named: Side,
    ends: pd.Series | None = None,
    below: bool = False,
    counts: str = "",
) -> alt.LayerChart:
    """Draw a line for each row from its first verdict to its last.

    `room` is what lies left and right of the two sides, in widths of the field between them; `named` is the side of
    the names; `ends` are words on the right, or `below` the names; `counts` says on which side the verdicts have their
    numbers, or `both`.
    Each verdict has one height on both sides, so that a line that falls is a lower verdict.
    """
    points = _points(rows, sides, statuses)
    heads = points.groupby(["side", "_place", "verdict"], sort=False)["_at"].agg(["min", "size"]).reset_index()
    heads = heads.assign(_at=heads["min"] - 0.95, text=heads["verdict"])
    with_count = (counts == "both") | ((heads["_place"] == 1) & (counts == "right"))
    heads["text"] += (" (" + heads["size"].astype(str) + ")").where(with_count, "")
    if counts == "right":  # the left has room for one word in a line
        heads["text"] = heads["text"].mask(heads["_place"] == 0, heads["text"].str.replace(" ", "/"))
    last = points["_at"].max() + 0.8
    x = alt.X("_place:Q", title=None, axis=None, scale=alt.Scale(domain=[-0.02 - room[0], 1 + room[1]], nice=False))
    y = alt.Y("_at:Q", title=None, axis=None, scale=alt.Scale(domain=[-2.6, last], reverse=True, nice=False))
    layers: list[alt.Chart] = [
        *_lines(points, sides, x, y, statuses),
        _texts(heads[heads["_place"] == 0], x, y, statuses, align="right"),
        _texts(heads[heads["_place"] == 1], x, y, statuses),
        *_titles(sides, x, y),
    ]
    layers.append(
        _quiet(points[points["_place"] == (named == "right")], x, y, "name", "right" if named == "left" else "left")
    )
    if ends is not None:
        acts = points[points["_place"] == (0 if below else 1)].assign(act=list(ends))
        mark = {"dy": 15, "color": color("muted")} if below else {}
        layers.append(_quiet(acts, x, y, "act", "right" if below else "left", **mark))
    return layered(*layers).properties(height=(_TWO_LINES if below else _STEP) * (last + 2.6))


def _lines(
    points: pd.DataFrame, sides: tuple[str, str], x: alt.X, y: alt.Y, statuses: Mapping[str, dict]
) -> list[alt.Chart]:
    """Return the lines, strong where the verdict changes, and the points at their ends."""
    base = alt.Chart(points).encode(x=x, y=y)
    hue = verdict_colors("becomes:N", statuses)
    tips = [
        alt.Tooltip("name", title="Promise"),
        alt.Tooltip("was", title=sides[0]),
        alt.Tooltip("becomes", title=sides[1]),
    ]
    strength = alt.when("datum.was != datum.becomes").then(alt.value(1)).otherwise(alt.value(0.3))
    width = alt.when("datum.was != datum.becomes").then(alt.value(2.6)).otherwise(alt.value(1.6))
    lines = base.mark_line().encode(color=hue, detail="name:N", opacity=strength, strokeWidth=width, tooltip=tips)
    dots = base.mark_point(size=60, filled=True, opacity=1)
    return [lines, dots.encode(color=verdict_colors("verdict:N", statuses), detail="side:N", tooltip=tips)]


def _points(rows: pd.DataFrame, sides: tuple[str, str], statuses: Mapping[str, dict]) -> pd.DataFrame:
    """Return both ends of each line: `name`, `side`, `_place` (0 or 1), `verdict`, `was`, `becomes`, `_at` (its row).

    A verdict begins at the same row on both sides, with those that are the same on both: their lines are level.
    """
    was, becomes = words(rows["first"], statuses), words(rows["last"], statuses)
    order = list(best_first(statuses))
    sizes = pd.DataFrame([was.value_counts(), becomes.value_counts()]).max().reindex(order).fillna(0)
    starts = (sizes + _GAP * (sizes > 0)).cumsum() - sizes - _GAP
    moved = (was.map(order.index) - becomes.map(order.index)).abs()
    ends = []
    for place, own in enumerate((was, becomes)):
        ranks = pd.DataFrame({"own": own, "moved": moved}).sort_values("moved", kind="stable")
        within = ranks.groupby("own").cumcount()
        at = own.map(starts) + within
        end = rows[["name"]].assign(side=sides[place], verdict=own, was=was, becomes=becomes)
        ends.append(end.assign(_place=place, _at=at))
    return pd.concat(ends, ignore_index=True)


def _texts(heads: pd.DataFrame, x: alt.X, y: alt.Y, statuses: Mapping[str, dict], align: Side = "left") -> alt.Chart:
    """Return the word for each group of verdicts, above it."""
    hue = verdict_colors("verdict:N", statuses)
    dx = -6 if align == "right" else 6
    base = alt.Chart(heads).mark_text(align=align, fontWeight=700, dx=dx, lineBreak="/")
    return base.encode(x=x, y=y, text="text:N", color=hue)


def _titles(sides: tuple[str, str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the names of the two sides, above all."""
    frames = [pd.DataFrame({"_place": [place], "_at": [-2.2], "text": [side]}) for place, side in enumerate(sides)]
    aligned: tuple[Side, Side] = ("right", "left")
    return [
        alt.Chart(frame)
        .mark_text(align=side, dx=-6 if side == "right" else 6, fontWeight=600, color=color("ink"))
        .encode(x=x, y=y, text="text:N")
        for frame, side in zip(frames, aligned, strict=True)
    ]


def _quiet(frame: pd.DataFrame, x: alt.X, y: alt.Y, text: str, align: Side, **mark) -> alt.Chart:
    """Return words beside the points of one side."""
    usual = {"align": align, "dx": -9 if align == "right" else 9, "color": color("ink")}
    base = alt.Chart(frame).mark_text(**usual | mark)
    return base.encode(x=x, y=y, text=f"{text}:N")
