"""Evidence behind the verdicts: the pace of emissions, and where each row was read."""

import altair as alt
import pandas as pd

from alliance import dates, scorecard
from alliance.charts.marks import layered, series_colors
from alliance.charts.scorecard.common import named_rows, value_labels
from alliance.countries import NAMES
from press.chapter.theme import color

_TABLES, _OFFICIAL, _OTHER, _ABSENT = "chapters’ tables", "a government’s page", "other pages", "searched, not found"
_KINDS = {_OFFICIAL: "slate", _OTHER: "mist", _TABLES: "rose", _ABSENT: "shade"}
_WHO = {"both": "both parties"} | NAMES


def pace(
    points: dict[tuple[str, str], tuple], edgar: dict[str, float], rules: dict, narrow: bool = False
) -> alt.LayerChart:
    """Show each party's pace of emission cuts as a share of the pace required, by several methods.

    Parameters
    ----------
    points : dict
        Promise and party → base, level and goal, from `alliance.scorecard.figures`.
    edgar : dict
        Party → the pace to 2030 on the EDGAR data.
    rules : dict
        From `alliance.scorecard.read_rules`: where “behind” and “on track” begin.
    narrow : bool
        For a phone: the names stand above the bars.
    """
    speeds = _speeds(points, edgar).assign(per=lambda frame: 100 * frame["pace"])
    x = alt.X("per:Q", title="percent").scale(domain=[0, 120]).axis(values=[0, 25, 50, 75, 100])
    base = alt.Chart(speeds)
    y, texts = named_rows(base, "label", list(speeds["label"]), narrow)
    bars = base.mark_bar(height=14 if narrow else 18).encode(
        x=x,
        y=y,
        color=series_colors({"KOR": "kor", "USA": "usa"}, "who:N"),
        tooltip=[alt.Tooltip("label", title="Measure"), alt.Tooltip("per", title="Percent of pace", format=".0f")],
    )
    kor, usa = (speeds.loc[speeds["who"] == who, "per"] for who in ("KOR", "USA"))
    labels = value_labels(base, x, y, alt.Text("per:Q", format=".0f"), fontWeight=600)
    cuts = pd.DataFrame({"per": [100 * rules["behind"], 100 * rules["on_track"]], "text": ["behind", "on track"]})
    placed: dict = {"align": "left", "dx": 4, "y": -8, "color": color("muted")}
    lines = alt.Chart(cuts).mark_rule(strokeDash=[4, 3], color=color("ink")).encode(x="per:Q")
    if narrow:  # a tick at each bar, so that no rule runs through the names, and the number within it
        rows = cuts.merge(speeds[["label"]], how="cross")
        lines = alt.Chart(rows).mark_tick(thickness=2, size=16, color=color("ink")).encode(x="per:Q", y=y)
        labels = base.mark_text(align="left", color=color("paper"), fontSize=13, fontWeight=600)
        labels = labels.encode(x=alt.value(6), y=y, text=alt.Text("per:Q", format=".0f"))
    named = alt.Chart(cuts).mark_text(**placed).encode(x="per:Q", text="text:N")
    return layered(bars, labels, lines, named, *texts).properties(
        height=alt.Step(38 if narrow else 32),
        description=f"Bars of the pace achieved as a share of the pace needed. By several methods Korea’s is "
        f"{kor.min():.0f} to {kor.max():.0f} percent and the American {usa.min():.0f} to {usa.max():.0f} percent. "
        f"A country is behind from {cuts['per'][0]:.0f} percent on, and on track from {cuts['per'][1]:.0f}.",
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
    evidence: pd.DataFrame,
    items: list[scorecard.Item],
    scores: pd.DataFrame,
    cutoff: pd.Timestamp,
    narrow: bool = False,
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
    narrow : bool
        For a phone: the names stand above the bars.
    """
    pieces = _tiles(evidence, items, cutoff)
    pieces["row"] = pieces["promise"].map(dict(zip(scores["promise"], scores["short"], strict=True)))
    total = pieces.groupby("row")["rows"].sum().sort_values(ascending=False, kind="stable")
    pieces["_place"] = pieces["kind"].map(list(_KINDS).index)
    x = alt.X("rows:Q", title="rows of evidence").axis(tickCount=5)
    legend = alt.Legend(symbolType="square", columns=2)
    y, texts = named_rows(alt.Chart(total.reset_index()), "row", list(total.index), narrow)
    bars = alt.Chart(pieces).mark_bar(height=10 if narrow else 14, stroke=color("paper"), strokeWidth=1)
    bars = bars.encode(
        x=x,
        y=y,
        order="_place:Q",
        color=series_colors(_KINDS, "kind:N", legend=legend, sort=list(_KINDS)),
        tooltip=[
            alt.Tooltip("row", title="Promise"),
            alt.Tooltip("kind", title="Read on"),
            alt.Tooltip("rows", title="Rows"),
        ],
    )
    most, fewest = total.index[0], total.index[-1]
    told = f"Most rows stand behind {most} ({total[most]}), fewest behind {fewest} ({total[fewest]})."
    return layered(bars, *texts).properties(
        height=alt.Step(32 if narrow else 20), description=f"Rows of evidence behind each promise, sorted. {told}"
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
