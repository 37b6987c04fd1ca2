"""What a chapter says to the build: `number`, `claim`, `figure`, `table`.

Figures and tables are an output each; the numbers and claims of a cell are one table. JupyterLab shows the HTML or
live chart; the book's build reads the record beside it (`application/vnd.press+json`), and makes the page and the PDF
of that.
"""

import hashlib
import json
import math
import numbers
import re
from html import escape
from typing import Any, cast

import altair
import numpy
import pandas
from IPython.display import display

from press import project
from press.chapter import (
    cell,
    session,
    theme,  # noqa: F401 – registers the theme of every chart
)
from press.charts import column_check, layout
from press.errors import PressError, UntrueClaim, with_remedy
from press.ledger import LAB_CHART, MARKS, RECORD, worded

_SPELLED = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def number(id: str, value: float, form: str = "{}") -> None:
    """Record a number for the prose, where ``{glue:text}`id` `` prints it.

    Parameters
    ----------
    id : str
        Name in the ledger; lower case, digits and hyphens.
    value : float
        The number itself, in the unit that `form` prints.
    form : str
        `str.format` pattern, for instance ``"₩{:,.1f} bn"``.
    """
    check_id(id)
    plain = _number(f"number {id!r}", value)
    try:
        text = worded(form, plain)
    except (IndexError, KeyError, ValueError) as error:
        what = f"{plain} cannot be printed as {form!r}: {error}."
        raise PressError(f"number {id!r}", what, "Give a pattern such as {:,.1f}.") from None
    cell.show({"kind": "number", "id": id, "value": plain, "text": text}, text)


def claim(id: str, holds: bool, statement: str) -> None:
    """State a result that the data must support; the build stops when they no longer do.

    Parameters
    ----------
    id : str
        Name in the ledger; ``{claim}`id` `` in the prose marks the sentence that rests on it.
    holds : bool
        Whether the data support the statement.
    statement : str
        The sentence, as a reader would quote it.
    """
    check_id(id)
    check_text(f"claim {id!r}", statement=statement)
    if not isinstance(holds, (bool, numpy.bool_)):
        raise PressError(f"claim {id!r}", f"{_brief(holds)} is neither true nor false.", "Compare, then claim.")
    record = {"kind": "claim", "id": id, "statement": statement, "holds": bool(holds)}
    if not holds and not project.is_what_if(project.find_root()):
        session.note(record)  # the text of the notebook marks its sentence with ✗
        raise UntrueClaim(
            f"claim {id!r}",
            f"the data no longer support “{statement}”",
            "Correct the sentence, or the data; python -m press what-if lists all that would change.",
        )
    cell.show(record, f"{MARKS[bool(holds)]} {statement}")


def figure(
    chart: altair.TopLevelMixin,
    *,
    id: str,
    title: str,
    subtitle: str,
    source: list[str],
    alt: str = "",
    note: str = "",
    narrow: altair.TopLevelMixin | None = None,
) -> None:
    """Show one chart with all that a reader of a data publication expects.

    Parameters
    ----------
    chart : altair chart
        In the book's colors (`press.color`); no title of its own.
    id : str
        Name for cross-references (``{numref}`id` ``) and in the ledger.
    title, subtitle : str
        The finding in one sentence; then measure, unit, place and years.
    source : list of str
        Tables of the data package that the chart is drawn from.
    alt : str, optional
        What the data show, for those who cannot see the chart; by default the chart's own `description`.
    note : str
        What a careful reader must know.
    narrow : altair chart, optional
        The same chart laid out for a phone; needed where charts stand side by side.
    """
    check_id(id)
    spec, description = specification(chart)
    alt = alt or description
    check_text(f"figure {id!r}", title=title, subtitle=subtitle, alt=alt)
    credits = _credits(f"figure {id!r}", source)
    spec_narrow = specification(narrow)[0] if narrow is not None else None
    _check_names(f"figure {id!r}", spec, spec_narrow or {})
    record = {
        "kind": "figure",
        "id": id,
        "title": title,
        "subtitle": subtitle,
        "alt": alt,
        "note": note,
        "sources": source,
        "spec": spec,
        "narrow": spec_narrow,
        "sha256": _fingerprint(spec.get("datasets", {})),
    }
    heading = {"text": title, "subtitle": subtitle, "anchor": "start"}
    lab = layout.widen(spec | {"title": heading, "description": alt})
    drawn = {LAB_CHART: lab, "text/plain": f"{title}\n{alt}"}
    below = {"text/html": _small(note, credits), "text/plain": f"Source: {'; '.join(credits)}"}
    session.note(record, drawn, below)
    display({RECORD: record} | drawn, raw=True)
    display({RECORD: {"kind": "lab"}} | below, raw=True)


def table(
    frame: pandas.DataFrame,
    *,
    id: str,
    title: str,
    source: list[str],
    columns: dict[str, str],
    forms: dict[str, str] | None = None,
    subtitle: str = "",
    note: str = "",
    explore: bool = False,
) -> None:
    """Show a table that is a real table on the page, in the PDF and to a screen reader.

    Parameters
    ----------
    frame : DataFrame
        One row per line of the table; the first of `columns` names the row.
    columns : dict
        Column of `frame` → heading, in reading order.
    forms : dict
        Column → `str.format` pattern. Missing values print as an en dash.
    explore : bool
        Whether readers can search, filter, and sort its rows: for long lists.
    id, title, subtitle, source, note
        As in `figure`.
    """
    check_id(id)
    check_text(f"table {id!r}", title=title)
    credits = _credits(f"table {id!r}", source)
    _check_columns(f"table {id!r}", columns, list(frame.columns))
    _check_columns(f"table {id!r}", forms or {}, list(columns))
    if frame.empty:
        raise PressError(f"table {id!r}", "it has no rows.", "Look at the step that selects them.")
    printed = pandas.DataFrame({name: _cells(frame[name], (forms or {}).get(name, "{}")) for name in columns})
    record = {
        "kind": "table",
        "id": id,
        "title": title,
        "subtitle": subtitle,
        "note": note,
        "sources": source,
        "columns": list(columns.values()),
        "rows": printed.values.tolist(),
        "explore": explore,
        "numeric": [pandas.api.types.is_numeric_dtype(frame[name]) for name in columns],
        "sha256": _fingerprint(printed.to_dict("list")),
    }
    html = printed.set_axis(list(columns.values()), axis=1).to_html(index=False, border=0)
    shown = {"text/html": f"<b>{escape(title)}</b>{html}{_small(note, credits)}", "text/plain": title}
    session.note(record, shown)
    display({RECORD: record} | shown, raw=True)


def _check_names(where: str, *specs: dict) -> None:
    """Raise an error for a chart that names columns that its data lack: it would draw nothing there."""
    unknown = list(dict.fromkeys(str(each) for spec in specs for each in column_check.unknown_columns(spec)))
    if unknown:
        raise PressError(where, with_remedy(" ".join(unknown)), "")


def specification(chart: altair.TopLevelMixin) -> tuple[dict, str]:
    """Return the chart's Vega-Lite specification without its description, and the description."""
    spec = chart.to_dict()
    return spec, spec.pop("description", "")


def spelled(count: int) -> str:
    """Return a count as prose prints it: in words up to twelve, then in figures; none is “no”."""
    return _SPELLED[count] if 0 <= count < len(_SPELLED) else f"{count:,}"


def _small(note: str, credits: list[str]) -> str:
    parts = ([note] if note else []) + [f"Source: {'; '.join(credits)}."]
    return "".join(f"<p><small>{escape(part)}</small></p>" for part in parts)


def _cells(column: pandas.Series, form: str) -> list[str]:
    return ["–" if pandas.isna(value) else worded(form, value) for value in column]


def _number(where: str, value: object) -> int | float:
    """Return the value as Python's own number."""
    if pandas.api.types.is_scalar(value) and pandas.isna(cast(Any, value)):
        raise PressError(where, "the value is missing (NaN).", "Look at the table it is computed from.")
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise PressError(where, f"{_brief(value)} is not a number.", "Compute one finite number, then record it.")
    plain = value.item() if hasattr(value, "item") else value
    return cast(int | float, plain)


def _brief(value: object) -> str:
    return repr(value) if pandas.api.types.is_scalar(value) else f"a {type(value).__name__}"


def _fingerprint(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _credits(where: str, source: list[str]) -> list[str]:
    if not source or isinstance(source, str):
        what = f"source is {source!r}, not a list." if source else "no source is named."
        raise PressError(where, what, "Pass source=[…] with the tables it is drawn from.")
    return [project.credit(name) for name in source]


def check_id(id: str) -> None:
    """Raise an error for what is no name in the ledger."""
    if not _IDENTIFIER.fullmatch(id):
        raise PressError(f"id {id!r}", "not a valid id.", "Use lower case letters, digits and single hyphens.")


def _check_columns(where: str, named, known: list[str]) -> None:
    for name in named:
        if name not in known:
            raise PressError(where, f"no column {name!r}.", f"Choose from {', '.join(known)}.")


def check_text(where: str, **texts: str) -> None:
    """Raise an error for the first text that is empty."""
    for name, text in texts.items():
        if not text.strip():
            raise PressError(where, f"{name} is empty.", f"Write the {name}; every reader needs it.")
