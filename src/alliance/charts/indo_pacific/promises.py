"""The promises of the fact sheet for the Indo-Pacific: the dated acts, and what there is to measure them by."""

import altair as alt
import pandas as pd

from alliance.charts.marks import layered, president_bands
from press.chapter.theme import color

_ALONE, _WITH_OTHERS, _AGAINST = "the two alone", "with Japan or others", "U.S. step against it"

_COLUMNS = ["field", "measure", "missing", "measurable"]
_FIELDS = [
    (
        "Coordination with the New Southern Policy",
        "aid of each to the same states",
        "a list of joint projects; the dialogues are in chapter 1",
        "yes",
    ),
    (
        "Health security",
        "doses through COVAX, one day of 2022; each ally’s own totals; single scores",
        "a table of capacities under an open license; a final table of donors",
        "in part",
    ),
    (
        "Cyber capacity building",
        "single ranks and tiers, cited; use of the Internet in ASEAN",
        "an open table; who built the capacity",
        "in part",
    ),
    (
        "Cyber capacity building in the islands and on the Mekong",
        "–",
        "open scores of the islands; a joint project of the two",
        "no",
    ),
    ("Energy security", "access to electricity; gas imports", "contracts, grids, joint investment", "in part"),
    ("Space", "objects launched in ten years", "money and results of joint missions", "in part"),
    ("Law enforcement with the islands", "–", "training, cases, patrols", "no"),
    (
        "Maritime security with the islands",
        "attacks reported, to 2025; shipping ties, to 2021",
        "unlicensed fishing, patrols",
        "in part",
    ),
    ("Mekong, Friends of the Mekong", "aid of each to five states", "trainings held, projects", "yes"),
]


def acts(acts: pd.DataFrame, names: pd.Series, presidents: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show each dated act in the row of its promise: of the two alone, with others, or a U.S. step against the aim.

    Parameters
    ----------
    acts : DataFrame
        As `alliance.indo_pacific.acts` gives them.
    names : Series
        Short names of the promises, indexed by their codes, in the order of the fact sheet.
    presidents : DataFrame
        Table `presidents`.
    narrow : bool
        Whether it is laid out for a phone: the names stand above the rows.
    """
    kind = acts["with_others"].map({True: _WITH_OTHERS, False: _ALONE})
    kind = kind.where(acts["effect"] == "done", _AGAINST)
    rows = acts.assign(kind=kind, name=acts["promise"].map(names), date=acts["day"].dt.strftime("%Y-%m-%dT00:00:00"))
    span = ["2021-01-01T00:00:00", "2026-06-30T00:00:00"]
    x = alt.X("date:T", title=None).axis(format="%Y", tickCount="year", grid=False).scale(domain=span, nice=False)
    y = alt.Y("name:N", title=None).scale(domain=["", *names])  # a first row for the names of the presidents
    y = y.axis(grid=True, gridColor=color("rule"), domain=False, orient="left", labelLimit=0, labels=not narrow)
    kinds = [_ALONE, _WITH_OTHERS, _AGAINST]
    key = alt.Legend(columns=1 if narrow else 3, symbolSize=90)
    marks = alt.Chart(rows).mark_point(size=95, strokeWidth=1.8, opacity=1)
    marks = marks.encode(
        x=x,
        y=y,
        shape=alt.Shape("kind:N", legend=key).scale(
            domain=kinds, range=["circle", "diamond", "M-.9,-.9L.9,.9M-.9,.9L.9,-.9"]
        ),
        fill=alt.Fill("kind:N", legend=key).scale(domain=kinds, range=[color("slate"), color("mist"), color("usa")]),
        stroke=alt.Stroke("kind:N", legend=key).scale(domain=kinds, range=[color("paper"), color("prk"), color("usa")]),
        tooltip=[
            alt.Tooltip("fact:N", title="what"),
            alt.Tooltip("date:T", title="when", format="%B %Y"),
            alt.Tooltip("kind:N", title="by"),
        ],
    )
    bands = president_bands(presidents, "USA", (2021, 2026.49), x="date", min_years=1)
    count = rows[rows["effect"] == "done"].groupby("name").size()
    text = "A row of dots for each promise, joint acts since March 2021. " + "; ".join(
        f"{name} {count.get(name, 0)}" for name in names
    )
    above = alt.Chart(alt.InlineData(values=[{"name": name} for name in names], name="names"))
    words = above.mark_text(align="left", x=0, dy=-17).encode(y=y, text="name:N")
    layers = [*bands, marks, words] if narrow else [*bands, marks]
    return layered(*layers).properties(height=(42 if narrow else 34) * len(names), description=text + ".")


def promises() -> pd.DataFrame:
    """List each promised field, what measures it, what was not found, and the authors' judgment whether it can be."""
    return pd.DataFrame(_FIELDS, columns=_COLUMNS)
