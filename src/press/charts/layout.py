"""How a chart's specification is laid out for a page, and what it offers its reader."""

from typing import Any

from press.charts.clock import in_universal_time

WIDE, NARROW = 700, 344  # px: a text column on a desktop, and a small phone
SANS = "'Source Sans 3', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"
_SIDE_BY_SIDE = ("hconcat", "vconcat", "concat", "facet", "repeat")


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
    """Return a specification whose tooltips call every column by words: its title, that of its field, or its name."""
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
    if not isinstance(tooltip, dict) or "field" not in tooltip or tooltip.get("title"):
        return tooltip
    name = tooltip["field"]
    return tooltip | {"title": fields.get(name, {}).get("title") or name.replace("_", " ")}


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


def complete(spec: dict, title: str, subtitle: str, alt: str, source: str) -> dict:
    """Return the specification as a file of its own: with its title, text and sources."""
    heading = {"text": title, "subtitle": subtitle, "anchor": "start"}
    return widen(spec) | {"title": heading, "description": alt, "usermeta": {"source": source}}
