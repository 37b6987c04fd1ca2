"""One clock for all charts: dates are read and shown as they are written, whatever the time zone.

Vega-Lite takes a date for local time unless a specification says otherwise: the same chart would differ between a
builder in Washington and a reader in Seoul. Here everything that is a date is told to be in universal time.
"""

import re
from typing import Any

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")  # as Altair writes a time: without a zone
_EXPRESSIONS = ("calculate", "expr", "filter", "labelExpr", "test")
_LOCAL = re.compile(
    r"\b(year|quarter|month|week|date|day|dayofyear|hours|minutes|seconds|milliseconds|timeFormat|timeOffset|datetime)\("
)
_UNIVERSAL = {"timeFormat": "utcFormat", "timeOffset": "utcOffset", "datetime": "utc"}
_DATE_PARTS = {"year", "quarter", "month", "week", "date", "day", "dayofyear", "hours", "minutes", "seconds"}


def in_universal_time(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a Vega-Lite specification whose dates are in universal time.

    Parameters
    ----------
    spec : dict
        A specification with its data under `datasets`, as Altair makes it.
    """
    datasets = {name: [_row(row) for row in rows] for name, rows in spec.get("datasets", {}).items()}
    views = {key: part for key, part in spec.items() if key not in ("datasets", "config")}
    return spec | _part(views) | ({"datasets": datasets} if datasets else {})


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: f"{value}Z" if _is_time(value) else value for name, value in row.items()}


def _data(data: Any) -> Any:
    """Return a view's data; rows that stand in the specification itself are no part of its grammar."""
    if isinstance(data, dict) and isinstance(data.get("values"), list):
        return data | {"values": [_row(row) if isinstance(row, dict) else row for row in data["values"]]}
    return data


def _is_time(value: object) -> bool:
    return isinstance(value, str) and bool(_WRITTEN.fullmatch(value))


def _part(part: Any, key: str = "") -> Any:
    """Return one part of a specification, of whatever kind; `key` is its name in the part above."""
    if isinstance(part, list):
        return [_part(item, key) for item in part]
    if isinstance(part, str):
        return _text(part, key)
    if not isinstance(part, dict):
        return part
    if "year" in part and part.keys() <= _DATE_PARTS:
        return part | {"utc": True}
    changed = {name: _data(item) if name == "data" else _part(item, name) for name, item in part.items()}
    if changed.get("type") == "temporal" and changed.get("scale", {}) is not None:
        changed["scale"] = changed.get("scale", {}) | {"type": "utc"}
    return changed


def _text(text: str, key: str) -> str:
    if key in _EXPRESSIONS:
        return _LOCAL.sub(lambda call: f"{_UNIVERSAL.get(call[1], f'utc{call[1]}')}(", text)
    if key in ("timeUnit", "unit") and not text.startswith(("utc", "binned")):
        return f"utc{text}"
    return f"{text}Z" if _is_time(text) else text
