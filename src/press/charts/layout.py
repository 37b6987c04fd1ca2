"""How a chart's specification is laid out for a page, and what it offers its reader."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from press.charts.time_zone import in_universal_time

WIDE, NARROW = 640, 344  # px: the text column on a desktop, so that type keeps its size there, and a small phone
SANS = "'Source Sans 3', 'Fallback Sans', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"
_SIDE_BY_SIDE = ("hconcat", "vconcat", "concat", "facet", "repeat")
_PARTS = ("layer", "hconcat", "vconcat", "concat")
_WITH_LEGEND = ("color", "fill", "stroke", "shape")
_CIRCLES, _OF_CIRCLES, _FADED = ("circle", "square", "tick"), 0.7, 0.15  # opacities: Vega-Lite's own, and of the rest


def widen(spec: dict, width: int = WIDE) -> dict:
    """Return the specification laid out for a width in px, its dates in universal time.

    Charts set side by side keep their own widths.
    """
    spec = in_universal_time(spec)
    if width < WIDE:  # on a phone the entries of a legend stand below one another
        config = spec.get("config", {})
        spec = spec | {"config": config | {"legend": config.get("legend", {}) | {"columns": 1}}}
    if any(key in spec for key in _SIDE_BY_SIDE):
        return spec
    return spec | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}


def in_book_type(spec: dict) -> dict:
    """Return the specification set in the book's type, where it does not name another."""
    return spec | {"config": {"font": SANS} | spec.get("config", {})}


def name_tooltips(part: Any, fields: dict[str, dict]) -> Any:
    """Return a specification whose tooltips call every column by words: its title, that of its field, or its name.

    They begin with a capital, as each stands on a line of its own.
    """
    if isinstance(part, list):
        return [name_tooltips(entry, fields) for entry in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _named(value, fields) if key == "tooltip" else value if key == "datasets" else name_tooltips(value, fields)
        for key, value in part.items()
    }


def _named(tooltip: Any, fields: dict[str, dict]) -> Any:
    if isinstance(tooltip, list):
        return [_named(entry, fields) for entry in tooltip]
    if not isinstance(tooltip, dict) or "field" not in tooltip:
        return tooltip
    name = tooltip["field"]
    words = tooltip.get("title") or fields.get(name, {}).get("title") or name.replace("_", " ")
    return tooltip | {"title": words[:1].upper() + words[1:]}


def is_interactive(spec: object) -> bool:
    """Tell whether a chart answers its reader, by a control or a tooltip: the page then replaces its picture."""
    if isinstance(spec, list):
        return any(map(is_interactive, spec))
    if not isinstance(spec, dict):
        return False
    return bool(spec.get("params") or spec.get("tooltip")) or any(
        is_interactive(part) for key, part in spec.items() if key not in ("datasets", "config")
    )


def has_controls(spec: dict) -> bool:
    """Tell whether the live chart comes with a slider, menu or box above it."""
    return any(isinstance(param.get("bind"), dict) for param in spec.get("params", []))


def answer_legends(spec: dict) -> dict:
    """Return the specification with a selection for each legend of categories: what a reader picks there stands out."""
    datasets = spec.get("datasets", {})
    answering = deepcopy({key: value for key, value in spec.items() if key != "datasets"}) | {"datasets": datasets}
    units = list(_units(answering, [], datasets))
    for field in dict.fromkeys(field for unit, _ in units if (field := _field_with_legend(unit))):
        _pick(units, field)
    return answering


def _units(spec: dict, rows: list[dict], datasets: dict) -> Iterator[tuple[dict, list[dict]]]:
    """Every single view, with the rows that it draws."""
    rows = datasets.get((spec.get("data") or {}).get("name"), rows)
    if "mark" in spec:
        yield spec, rows
    for part in [*(part for key in _PARTS for part in spec.get(key, [])), *([spec["spec"]] if "spec" in spec else [])]:
        yield from _units(part, rows, datasets)


def _field_with_legend(unit: dict) -> str | None:
    """Return the column of categories that a legend of the view explains."""
    for channel in _WITH_LEGEND:
        entry = unit.get("encoding", {}).get(channel)
        for definition in (entry, entry.get("condition")) if isinstance(entry, dict) else ():
            if not isinstance(definition, dict) or definition.get("type") != "nominal":
                continue
            if definition.get("legend", {}) is not None:
                return definition.get("field")
    return None


def _pick(units: list[tuple[dict, list[dict]]], field: str) -> None:
    """Let all views that draw a column of categories fade where others of them are picked."""
    name = "picked_" + re.sub(r"\W", "_", field.lower())
    select = {"type": "point", "fields": [field], "toggle": "true"}
    holder = next(unit for unit, _ in units if _field_with_legend(unit) == field)
    holder["params"] = [*holder.get("params", []), {"name": name, "select": select, "bind": "legend"}]
    for unit, rows in units:
        encoding = unit.get("encoding", {})
        drawn = field in (rows[0] if rows else {}) or any(
            isinstance(entry, dict) and entry.get("field") == field for entry in encoding.values()
        )
        if drawn and "opacity" not in encoding:
            full = _opacity(unit["mark"])
            unit["encoding"] = encoding | {
                "opacity": {"condition": {"param": name, "value": full}, "value": full * _FADED}
            }


def _opacity(mark: str | dict) -> float:
    kind, given = (mark, None) if isinstance(mark, str) else (mark["type"], mark.get("opacity"))
    return given if given is not None else _OF_CIRCLES if kind in _CIRCLES else 1


def columns_of_tooltips(spec: object) -> dict[str, str]:
    """Return column → words for all that the tooltips of a chart tell: the table of what a reader chose to see."""
    if isinstance(spec, list):
        return {name: words for part in spec for name, words in columns_of_tooltips(part).items()}
    if not isinstance(spec, dict):
        return {}
    found: dict[str, str] = {}
    for key, value in spec.items():
        if key == "tooltip":
            entries = value if isinstance(value, list) else [value]
            told = [entry for entry in entries if isinstance(entry, dict) and "field" in entry]
            found |= {entry["field"]: entry.get("title") or entry["field"] for entry in told}
        elif key not in ("datasets", "config"):
            found |= columns_of_tooltips(value)
    return found


def complete(spec: dict, title: str, subtitle: str, alt: str, source: str) -> dict:
    """Return the specification as a file of its own: with its title, text and sources."""
    heading = {"text": title, "subtitle": subtitle, "anchor": "start"}
    return widen(spec) | {"title": heading, "description": alt, "usermeta": {"source": source}}
