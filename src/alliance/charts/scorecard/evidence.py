"""Evidence behind the verdicts: rounds and silences, the pace of emissions, and where each row was read."""

import altair as alt
import pandas as pd

from alliance import dates, scorecard
from alliance.charts.marks import series_colors
from alliance.charts.scorecard.common import names, names_by_sign, row_axis, value_labels
from press.chapter.theme import color

_TABLES, _OFFICIAL, _OTHER, _ABSENT = "this book’s tables", "a government’s page", "other pages", "searched, not found"
_KINDS = {_TABLES: "tint", _OFFICIAL: "tint", _OTHER: "tint", _ABSENT: "shade"}
_ROLES = {
    "talk": "talk, not counted",
    "own": "own act, not counted",
    "undo": "undoes",
    "against": "against the aim",
    "replaced": "replaces",
    "context": "context, not counted",
    "base": "base year",
    "level": "latest known",
    "goal": "aimed at",
}
_WHO = {"both": "both parties", "KOR": "Korea", "USA": "United States"}
_WHOSE = {"both": "", "KOR": " (Korea)", "USA": " (United States)"}


def rounds(held: pd.DataFrame, quiet: pd.DataFrame, cutoff: pd.Timestamp) -> alt.LayerChart:
    """Show the rounds of each series of meetings, and its silences as shaded strips.

    Parameters
    ----------
    held : DataFrame
        One row for each round: ``series``, ``day``.
    quiet : DataFrame
        One row for each silence: ``series``, ``start``, ``end``.
    cutoff : Timestamp
        End of the axis.
    """
    order = list(held["series"].unique())
    y = row_axis("series:N", order, grid=False).scale(domain=order)
    strips = alt.Chart(quiet).mark_bar(color=color("shade"), height=24)
    strips = strips.encode(x=alt.X("start:T", title=None).axis(format="%Y", tickCount="year"), x2="end:T", y=y)
    ticks = alt.Chart(held).mark_tick(color=color("ink"), thickness=2.6, size=22)
    ticks = ticks.encode(
        x=alt.X("day:T", title=None)
        .axis(format="%Y", tickCount="year")
        .scale(domain=["2021-03-01", f"{cutoff:%Y-%m-%d}"]),
        y=y,
        tooltip=["series", alt.Tooltip("day:T", format="%B %-d, %Y")],
    )
    told = " ".join(
        f"{name}: {len(group)}, the last on {group['day'].max():%B %-d, %Y}."
        for name, group in held.groupby("series", sort=False)
    )
    return (strips + ticks).properties(height=alt.Step(32), description=f"Rounds found since March 18, 2021. {told}")


def pace(points: dict[tuple[str, str], tuple], edgar: dict[str, float], rules: dict) -> alt.LayerChart:
    """Show each party's pace of emission cuts as a share of the pace required, by several methods.

    Parameters
    ----------
    points : dict
        Promise and party → base, level and goal, from `alliance.scorecard.figures`.
    edgar : dict
        Party → the pace to 2030 on the EDGAR data.
    rules : dict
        From `alliance.scorecard.read_rules`: where “behind” and “on track” begin.
    """
    speeds, cuts = _speeds(points, edgar), [rules["behind"], rules["on_track"]]
    x = alt.X("pace:Q", title="achieved ÷ required").scale(domain=[0, 1.2]).axis(values=[0, *cuts], format=".2~f")
    y = row_axis("label:N")
    base = alt.Chart(speeds)
    bars = base.mark_bar(height=16).encode(
        x=x,
        y=y,
        color=series_colors({"KOR": "kor", "USA": "usa"}, "who:N"),
        tooltip=["label", alt.Tooltip("pace", format=".2f")],
    )
    thresholds = alt.Chart(pd.DataFrame({"pace": cuts})).mark_rule(strokeDash=[4, 3], color=color("ink"))
    told = " ".join(f"{row.label}: {row.pace:.2f}." for row in speeds.itertuples())
    labels = value_labels(base, x, y, alt.Text("pace:Q", format=".2f"))
    return (bars + labels + thresholds.encode(x="pace:Q")).properties(
        height=alt.Step(34),
        description="Bars of pace achieved as a share of pace required. "
        f"{told} On track begins at 0.95, behind at 0.60.",
    )


def _speeds(points: dict[tuple[str, str], tuple], edgar: dict[str, float]) -> pd.DataFrame:
    """Return the pace of each party by each method, Korea first."""
    methods = [
        ("C3", "to 2030, growth rates", scorecard.pace),
        ("C3", "to 2030, straight line", scorecard.straight_pace),
        ("C2", "to 2050, straight line", scorecard.pace),
    ]
    speeds = [
        (who, method, measure(*points[promise, who])) for who in ("KOR", "USA") for promise, method, measure in methods
    ]
    speeds += [(who, "to 2030, straight line, EDGAR", value) for who, value in edgar.items()]
    frame = pd.DataFrame(speeds, columns=["who", "method", "pace"]).sort_values(["who", "method"], ignore_index=True)
    return frame.assign(label=frame["who"].map({"KOR": "Korea ", "USA": "U.S. "}) + frame["method"])


def grounds(
    evidence: pd.DataFrame, items: list[scorecard.Item], scores: pd.DataFrame, cutoff: pd.Timestamp
) -> alt.LayerChart:
    """Show how many rows of evidence each verdict rests on, by where they were read.

    Parameters
    ----------
    evidence : DataFrame
        Table ``evidence``.
    items : list of Item
        From `alliance.scorecard.items`.
    scores : DataFrame
        From `alliance.scorecard.score`.
    cutoff : Timestamp
        Last day that counts.
    """
    order, kinds, by_sign = list(names(scores)), list(_KINDS), names_by_sign(scores)
    tiles = _tiles(evidence, items, cutoff)
    tiles["row"] = tiles["promise"].map(by_sign)
    x = alt.X("kind:N", title=None, sort=kinds).scale(domain=kinds)
    x = x.axis(orient="top", labelAngle=-90, labelColor=color("ink"), labelLimit=0)
    base = alt.Chart(tiles).encode(x=x, y=row_axis("row:N", order, grid=False).scale(domain=order))
    squares = base.mark_rect(stroke=color("paper"), strokeWidth=1.5)
    squares = squares.encode(color=series_colors(_KINDS, "kind:N"), tooltip=["row", "kind", "rows"])
    told = " ".join(
        f"{by_sign[str(sign)]}: " + ", ".join(f"{row.rows} {row.kind}" for row in group.itertuples()) + "."
        for sign, group in tiles.groupby("promise", sort=False)
    )
    return (squares + base.mark_text(fontWeight=600).encode(text="rows:Q")).properties(
        height=alt.Step(19), description=f"Rows of evidence by promise. {told}"
    )


def _tiles(evidence: pd.DataFrame, items: list[scorecard.Item], cutoff: pd.Timestamp) -> pd.DataFrame:
    """Count rows by promise and kind; what counts and is not in the table of evidence comes from other tables."""
    pages = evidence["official"].map({True: _OFFICIAL, False: _OTHER}).mask(evidence["effect"] == "not found", _ABSENT)
    read = evidence.assign(kind=pages).groupby(["promise", "kind"]).size().rename("rows").reset_index()
    known = pd.Series([item.promise for item in items if scorecard.known(item, cutoff)]).value_counts()
    inside = evidence["date"].map(dates.day).between(scorecard.PROMISE, cutoff)
    others = known.sub(evidence.loc[inside, "promise"].value_counts(), fill_value=0)
    rest = others[others > 0].astype(int).rename("rows").rename_axis("promise").reset_index()
    return pd.concat([read, rest.assign(kind=_TABLES)])


def evidence_rows(items: list[scorecard.Item], cutoff: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of the tables of evidence: what happened, what it counts, and who states it.

    Parameters
    ----------
    items : list of Item
        From `alliance.scorecard.items`.
    cutoff : Timestamp
        Last day that counts; one party's own acts are shown from before the promise, too.
    """
    rows = [
        {
            "promise": item.promise,
            "date": item.when,
            "fact": item.fact,
            "counts": _role(item, cutoff),
            "publishers": "; ".join(sorted(item.publishers)),
        }
        for item in items
        if item.effect != "not found"
        and (scorecard.known(item, cutoff) or (item.party != "both" and item.day <= cutoff))
    ]
    return pd.DataFrame(rows)


def disagreement_rows(codings: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the table of disagreements: the fields that differ, and how each was settled.

    Parameters
    ----------
    codings : DataFrame
        Table ``evidence_second_coding``.
    evidence : DataFrame
        Table ``evidence``, which says what happened.
    """
    differ = scorecard.disagreements(codings)
    told = {
        name: [_codes(row, own, other) for row in differ.to_dict("records")]
        for name, own, other in (("one", "first_", ""), ("two", "", "first_"))
    }
    return differ.assign(fact=differ["item"].map(evidence.set_index("item")["fact"]), **told)


def _codes(row: dict, own: str, other: str) -> str:
    """Return what one coder has in the fields in which the two differ."""
    words = {True: "session", False: "no session"}
    codes = [row[own + field] for field in scorecard.FIELDS if _text(row[own + field]) != _text(row[other + field])]
    return ", ".join(words.get(code, _WHO.get(code, code)) for code in codes if _text(code))


def _text(cell) -> str:
    return "" if pd.isna(cell) else str(cell)


def _role(item: scorecard.Item, cutoff: pd.Timestamp) -> str:
    """Return how a piece of evidence counts, and whose act it is."""
    ended = f", ended {item.until:%Y-%m-%d}" if item.effect == "against" and item.until < cutoff else ""
    session = ", session" if item.session else ""
    return (f"counts, {item.form}{session}" if item.form else _ROLES[item.effect] + ended) + _WHOSE[item.party]
