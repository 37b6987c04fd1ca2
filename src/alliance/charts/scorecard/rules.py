"""What the rules decide: one change at a time, all combinations, and the reader's own choice."""

import altair as alt
import pandas as pd

from alliance.charts.scorecard.common import (
    COLUMNS,
    SETTLED,
    grouped,
    names,
    names_by_sign,
    row_axis,
    tally,
    value_labels,
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
_VARIANTS = {
    ("cutoff", "2025-01-19"): "cut-off January 19, 2025",
    ("window_months", 12.0): "lapse after 12 months",
    ("window_months", 36.0): "lapse after 36 months",
    ("successor_weight", 0.0): "other names count 0",
    ("successor_weight", 1.0): "other names count 1",
    ("bilateral_weight", 0.5): "acts between the two count half",
    ("session_weight", 0.5): "meetings count half",
    ("wider_weight", 0.0): "wider groups count 0",
    ("wider_weight", 1.0): "wider groups count 1",
    ("against_weight", 0.0): "acts against reverse",
    ("against_weight", 1.0): "acts against ignored",
    ("undo", "halves"): "reversals only halve",
    ("joint", "average"): "average of the parties",
    ("joint", "KOR"): "Korea only",
    ("joint", "USA"): "United States only",
    ("axis", "best ever"): "best ever",
    ("missing", "not kept"): "unknown = not kept",
    ("missing", "kept"): "unknown = kept",
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
        "the weaker party",
        {"weakest": "the weaker party", "average": "the average", "KOR": "Korea", "USA": "the United States"},
    ),
    "axis": ("axis", "State: ", "cut-off", {"cut-off": "cut-off", "best ever": "best ever"}),
    "unknown": (
        "missing",
        "No evidence counts as ",
        "by itself",
        {"apart": "by itself", "not kept": "not kept", "kept": "kept"},
    ),
}
_OPEN = [column for column in COLUMNS[::-1] if column != SETTLED]
_FIXED = {"cutoff": "2026-06-30", "successor_weight": 0.5, "wider_weight": 0.5, "bilateral_weight": 1}  # no choice


def variants(single: pd.DataFrame) -> pd.Series:
    """Return what the charts call each single change of a rule.

    Parameters
    ----------
    single : DataFrame
        From `alliance.scorecard.one_at_a_time`.
    """
    changes = zip(single["rule"], single["value"], strict=True)
    return pd.Series([_VARIANTS[change] for change in changes], index=single.index)


def rule_rows(rules: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the table of rules: the table ``scorecard_rules`` with names, and what else was tried."""
    return rules.assign(name=rules["rule"].map(_RULES), tried=rules["alternatives"].str.replace(";", "; "))


def changes(single: pd.DataFrame, scores: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show which verdicts change when one rule is changed, for better or for worse.

    Parameters
    ----------
    single : DataFrame
        From `alliance.scorecard.one_at_a_time`, with the column ``variant``.
    scores : DataFrame
        From `alliance.scorecard.score`.
    narrow : bool
        For phones, which have room for a promise's sign alone.
    """
    tried, pillars = list(single["variant"].unique()), list(scores["pillar"].unique())
    pillar = alt.binding_select(options=["all headings", *pillars], name="Show ")
    x = alt.X("variant:N", title=None, sort=tried).scale(domain=tried)
    y = row_axis("promise:N", list(scores["promise"])) if narrow else row_axis("row:N", list(names(scores)))
    base = alt.Chart(_change_tiles(single, scores)).transform_filter(
        "pillar == 'all headings' || datum.pillar == pillar"
    )
    base = base.encode(x=x.axis(orient="top", labelAngle=-90, labelLimit=0, labelColor=color("ink")), y=y)
    titles = {"row": "promise", "variant": "rule", "base": "book’s verdict", "verdict": "then"}
    squares = base.mark_rect(stroke=color("paper"), strokeWidth=1.5).encode(
        color=alt.Color("change:O", legend=None).scale(
            domain=[-1, 0, 1], range=[color("ink"), color("shade"), color("other")]
        ),
        tooltip=[alt.Tooltip(field, title=title) for field, title in titles.items()],
    )
    signs = base.transform_filter("datum.change != 0").mark_text(fontWeight=700, fontSize=13, color=color("paper"))
    chart = (squares + signs.encode(text="sign:N")).add_params(
        alt.param(name="pillar", value="all headings", bind=pillar)
    )
    return chart.properties(height=alt.Step(19), description=_changes_told(single))


def _change_tiles(single: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Return one tile for each change and promise."""
    by_sign = scores.set_index("promise")
    tiles = single.assign(
        row=single["promise"].map(names_by_sign(scores)),
        sign=single["change"].map({-1: "−", 0: "", 1: "+"}),
        pillar=single["promise"].map(by_sign["pillar"]),
    )
    return tiles[["promise", "row", "variant", "change", "sign", "verdict", "base", "pillar"]]


def _changes_told(single: pd.DataFrame) -> str:
    def told(group: pd.DataFrame) -> str:
        moved = group[group["change"] != 0]
        return "; ".join(f"{row.promise} {row.verdict}" for row in moved.itertuples()) or "none"

    groups = single.groupby("variant", sort=False)
    return "Verdicts that change, by rule. " + " ".join(f"{variant}: {told(group)}." for variant, group in groups)


def stability(stable: pd.DataFrame, scores: pd.DataFrame) -> alt.LayerChart:
    """Show in what share of all combinations of rules each verdict is that of the book.

    Parameters
    ----------
    stable : DataFrame
        From `alliance.scorecard.stability`.
    scores : DataFrame
        From `alliance.scorecard.score`.
    """
    rows = stable.assign(row=stable["promise"].map(names_by_sign(scores)), per=100 * stable["share"])
    x = alt.X("per:Q", title="percent of combinations").scale(domain=[0, 125]).axis(values=[0, 25, 50, 75, 100])
    y = row_axis("row:N", list(names(scores)))
    base = alt.Chart(rows)
    bars = base.mark_bar(height=12, color=color("other")).encode(
        x=x,
        y=y,
        tooltip=[
            "row",
            alt.Tooltip("per", format=".0f", title="percent"),
            alt.Tooltip("verdicts", title="different verdicts"),
        ],
    )
    told = "; ".join(f"{row.row} {row.per:.0f}" for row in rows.itertuples())
    return (bars + value_labels(base, x, y, alt.Text("per:Q", format=".0f"), fontSize=11)).properties(
        height=alt.Step(19), description=f"Per cent of combinations with the book’s verdict: {told}."
    )


def reader(grid: pd.DataFrame, scores: pd.DataFrame) -> alt.LayerChart:
    """Show how many promises that are not settled stand in each column, under rules that the reader chooses.

    Parameters
    ----------
    grid : DataFrame
        From `alliance.scorecard.grid`: verdicts under every combination of rules.
    scores : DataFrame
        From `alliance.scorecard.score`: verdicts under the book's rules.
    """
    choosers = [
        alt.param(name=f"ask_{key}", value=value, bind=alt.binding_select(options=list(words.values()), name=label))
        for key, (_, label, value, words) in _CHOICES.items()
    ]
    unsettled = scores[scores["settled"] == ""]
    base = alt.Chart(_choosable(grid, list(unsettled["promise"]))).transform_filter(
        " && ".join(f"datum.{key} == ask_{key}" for key in _CHOICES)
    )
    x = alt.X("promises:Q", title="promises").scale(domain=[0, len(unsettled)]).axis(tickMinStep=1)
    y = alt.Y("at:N", title=None, sort=_OPEN).scale(domain=_OPEN)
    bars = base.mark_bar(height=20, color=color("other"))
    bars = bars.encode(x=x, y=y, tooltip=[alt.Tooltip("at", title="verdict"), "promises"])
    told = ", ".join(f"{name} {value}" for name, value in tally(unsettled)[_OPEN].items())
    return (
        (bars + value_labels(base, "promises:Q", y, "promises:Q"))
        .add_params(*choosers)
        .properties(
            height=230,
            description=f"Bars under the book’s rules: {told}. Where scripts run, seven rules can be chosen.",
        )
    )


def _choosable(grid: pd.DataFrame, promises: list[str]) -> pd.DataFrame:
    """Count promises by verdict for each combination of the rules that a reader chooses, the others as in the book."""
    menu = grid[(grid[list(_FIXED)] == pd.Series(_FIXED)).all(axis=1)]
    rules = [rule for rule, *_ in _CHOICES.values()]
    verdicts = menu.melt(rules, promises, "promise", "verdict")
    counts = verdicts.assign(at=grouped(verdicts["verdict"])).groupby([*rules, "at"]).size()
    frame = counts.rename("promises").reset_index()
    worded = {key: frame[rule].map(words) for key, (rule, _, _, words) in _CHOICES.items()}
    return pd.DataFrame(worded).assign(at=frame["at"], promises=frame["promises"])
