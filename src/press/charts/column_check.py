"""The columns that a chart names and its data lack: Vega draws nothing there, and says nothing.

A specification is followed as Vega-Lite reads it: data pass from a view to those within, transforms make columns and
take them away, and encodings are inherited. Where what a column may be called is known only when the chart is drawn
(data at an address, `pivot`), any name will do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from press.errors import likeliest

Columns = frozenset[str] | None  # None where any name will do

_PARTS = ("layer", "hconcat", "vconcat", "concat")
# Where a transform names columns that it reads; `groupby` and `sort` besides.
_READ = (
    *("field", "fold", "flatten", "stack", "pivot", "impute", "key", "density", "quantile", "regression", "loess"),
    *("on", "lookup", "extent"),
)
_OPERATIONS = ("aggregate", "joinaggregate", "window")
# Transforms after which nothing is left but what they make, and what they group by.
_REPLACING = {"aggregate": (), "density": ("value", "density"), "quantile": ("prob", "value")}
_REPLACING |= {"regression": (), "loess": ()}
_DATUM = re.compile(r"""\bdatum(?:\.([A-Za-z_$][\w$]*)|\[\s*(?:'([^']+)'|"([^"]+)")\s*\])""")
_SEGMENT = re.compile(r"""((?:\\.|[^.\[\]\\])+)|\[\s*['"]?([^'"\]]+)['"]?\s*\]""")
_MADE = ("_end", "_range", "_start")  # what Vega-Lite adds to the names of bins and of stacked values


@dataclass(frozen=True)
class Unknown:
    """A column that a chart names.

    Attributes
    ----------
    name : str
        As the chart has it.
    known : frozenset of str
        The columns of the data that the chart looks for it in.
    """

    name: str
    known: frozenset[str]

    def __str__(self) -> str:
        """Return what the author is told."""
        if self.name in self.known:
            return f"the chart names the column {self.name!r}, where a dot or bracket leads into a column."
        known = likeliest(self.name, self.known)
        return f"the chart names the column {self.name!r}, which its data lack: they have {known}."


@dataclass(frozen=True)
class _View:
    """What a view inherits: the columns of its data, encodings (channel → definition), and what it is repeated by."""

    columns: Columns
    encoding: dict[str, Any] = field(default_factory=dict)
    repeated: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Named:
    """A name, the place that names it, and the columns there.

    A condition of an encoding may name what Vega-Lite makes for the encodings.
    """

    place: int
    name: str
    columns: Columns
    in_condition: bool = False

    def is_known(self) -> bool:
        if self.columns is None or self.name in ("", "*") or self.name.startswith("__"):
            return True
        return _first(self.name) in self.columns or (self.in_condition and _is_made(self.name, self.columns))


def unknown_columns(spec: dict) -> list[Unknown]:
    """Return the columns that a specification names and that none of its data have there.

    An encoding that several views inherit needs a column in one of them.

    Parameters
    ----------
    spec : dict
        A Vega-Lite specification as Altair makes it.
    """
    if "marks" in spec:  # of Vega itself
        return []
    datasets = spec.get("datasets") or {}
    named = list(_named(spec, _View(None), datasets))
    fine = {(each.place, each.name) for each in named if each.is_known()}
    lacking = [each for each in named if (each.place, each.name) not in fine]
    found = {each.name: Unknown(each.name, each.columns or frozenset()) for each in lacking}
    return list(found.values()) + _unknown_choices(spec, named, found)


def _unknown_choices(spec: dict, named: list[_Named], found: dict) -> list[Unknown]:
    """Return the columns by which a reader is to choose, and which no view of the chart has."""
    all_columns = [each.columns for each in named]
    if None in all_columns or not all_columns:
        return []
    known = frozenset().union(*(columns for columns in all_columns if columns is not None))
    names = [name for name in _choices(spec) if name not in found]
    return [Unknown(name, known) for name in names if not _Named(0, name, known, True).is_known()]


def _choices(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _choices(each)
    elif isinstance(part, dict):
        select = part.get("select")
        if isinstance(select, dict):
            yield from _texts(select.get("fields"))
        for key, each in part.items():
            if key in ("params", "spec", *_PARTS):
                yield from _choices(each)


def _named(spec: dict, view: _View, datasets: dict) -> Iterator[_Named]:
    """Yield what a view and those within it name."""
    columns = _columns_of(spec["data"], datasets) if spec.get("data") else view.columns
    for step in spec.get("transform") or []:
        for name in _read_by(step):
            yield _Named(id(step), name, columns)
        yield from _looked_up(step, datasets)
        columns = _after(step, columns)
    own = spec.get("encoding") or {}
    inner = replace(view, columns=columns, encoding=_merged(view.encoding, own))
    if isinstance(facet := spec.get("facet"), dict):
        parts = [facet] if "field" in facet else list(facet.values())
        for name in [name for part in parts for name in _fields(part, inner.repeated)]:
            yield _Named(id(facet), name, columns)
    if "repeat" in spec:
        given = spec["repeat"]
        inner = replace(inner, repeated=given if isinstance(given, dict) else {"repeat": given})
    if "mark" in spec:
        yield from _in_encodings(inner)
    for part in [
        *(part for key in _PARTS for part in spec.get(key) or []),
        *([spec["spec"]] if "spec" in spec else []),
    ]:
        yield from _named(part, inner, datasets)


def _merged(inherited: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return encodings with a view's own laid over those that it inherits; one that only styles keeps the column."""
    merged = inherited | own
    for channel in inherited.keys() & own.keys():
        styles = isinstance(own[channel], dict) and not {"field", "datum", "value", "aggregate"} & own[channel].keys()
        if styles and isinstance(inherited[channel], dict):
            merged[channel] = inherited[channel]
    return merged


def _in_encodings(view: _View) -> Iterator[_Named]:
    for definition in view.encoding.values():
        for name in _fields(definition, view.repeated):
            yield _Named(id(definition), name, view.columns)
        for name in _in_tests(definition):
            yield _Named(id(definition), name, view.columns, in_condition=True)


def _fields(definition: Any, repeated: dict[str, list[str]]) -> Iterator[str]:
    """Yield the columns that the definition of a channel names."""
    if isinstance(definition, list):
        for each in definition:
            yield from _fields(each, repeated)
    if not isinstance(definition, dict):
        return
    named = definition.get("field")
    if isinstance(named, dict):
        yield from repeated.get(named.get("repeat", ""), [])
    yield from _texts(named)
    operation = definition.get("aggregate")
    if isinstance(operation, dict):
        yield from _texts(list(operation.values()))
    for key in ("condition", "sort"):
        if isinstance(definition.get(key), (dict, list)):
            yield from _fields(definition[key], repeated)


def _in_tests(definition: Any) -> Iterator[str]:
    """Yield the columns that the conditions of a channel look at."""
    if isinstance(definition, list):
        for each in definition:
            yield from _in_tests(each)
    elif isinstance(definition, dict):
        yield from _of_predicate(definition.get("test"))
        yield from _in_tests(definition.get("condition"))


def _of_predicate(predicate: Any) -> Iterator[str]:
    if isinstance(predicate, str):
        yield from (re.sub(r"([.\[\]])", r"\\\1", "".join(names)) for names in _DATUM.findall(predicate))
    elif isinstance(predicate, dict):
        yield from _texts(predicate.get("field"))
        for key in ("and", "or", "not"):
            inner = predicate.get(key)
            for each in inner if isinstance(inner, list) else [inner]:
                yield from _of_predicate(each)


def _read_by(step: dict) -> Iterator[str]:
    """Yield the columns that a transform reads."""
    for key in (*_READ, "groupby"):
        yield from _texts(step.get(key))
    if "pivot" in step:
        yield from _texts(step.get("value"))
    for entry in step.get("sort") or []:
        yield from _fields(entry, {})
    for key in _OPERATIONS:
        for entry in step.get(key) or []:
            yield from _fields(entry, {})
    yield from _of_predicate(step.get("filter"))
    yield from _of_predicate(step.get("calculate"))


def _looked_up(step: dict, datasets: dict) -> Iterator[_Named]:
    """Yield the columns that a transform takes from other data."""
    source = step.get("from") or {}
    if source.get("data"):
        columns = _columns_of(source["data"], datasets)
        for name in _texts([source.get("key"), *(source.get("fields") or [])]):
            yield _Named(id(source), name, columns)


def _after(step: dict, columns: Columns) -> Columns:
    """Return the columns after a transform."""
    if columns is None or "pivot" in step:
        return None
    made = set(_texts(step.get("as"))) or set(_made_by_default(step))
    made |= {f"{name}{ending}" for name in made for ending in _MADE if {"bin", "timeUnit", "stack"} & step.keys()}
    for key in _OPERATIONS:
        made |= {entry.get("as") or f"{entry.get('op')}_{entry.get('field')}" for entry in step.get(key) or []}
    kept = set(_texts(step.get("groupby"))) if _REPLACING.keys() & step.keys() else columns
    return frozenset(map(_first, kept | made)) | columns.intersection(kept)


def _made_by_default(step: dict) -> Iterator[str]:
    """Yield the columns that a transform makes where it does not say what they are called."""
    if "fold" in step:
        yield from ("key", "value")
    if "lookup" in step:
        yield from _texts((step.get("from") or {}).get("fields"))
    yield from (name for kind in _REPLACING.keys() & step.keys() for name in _REPLACING[kind])
    if "flatten" in step:
        yield from step["flatten"]
    if {"regression", "loess"} & step.keys():
        yield from _texts([step.get("on"), step.get("regression") or step.get("loess"), "coef", "rSquared"])


def _columns_of(data: Any, datasets: dict) -> Columns:
    """Return the columns of a view's data, where they are written down."""
    if not isinstance(data, dict):
        return None
    rows = datasets.get(data.get("name"), data.get("values"))
    reads = data.get("format") or {}
    if not isinstance(rows, list) or not rows or {"property", "feature", "mesh"} & reads.keys():
        return None  # no row at all is a chart of nothing, whatever it names
    if not all(isinstance(row, dict) for row in rows):
        return frozenset({"data"})
    return frozenset().union(*rows) or None


def _texts(value: Any) -> Iterator[str]:
    """Yield a text, or those of a list."""
    yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))


def _first(name: str) -> str:
    """Return the column of a name that may lead into it (`properties.name`, `list[0]`), without backslashes."""
    found = _SEGMENT.match(name)
    return re.sub(r"\\(.)", r"\1", found[1] or found[2]) if found else name


def _is_made(name: str, columns: frozenset[str]) -> bool:
    """Tell whether Vega-Lite makes a column of this name for an encoding, such as `mean_rain`."""
    stem = next((name.removesuffix(ending) for ending in _MADE if name.endswith(ending)), name)
    return any(stem.endswith(f"_{column}") for column in columns)
