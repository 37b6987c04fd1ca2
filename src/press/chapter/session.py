"""What the notebook that runs has said so far: its records, and what it showed for each."""

from typing import NamedTuple


class Said(NamedTuple):
    """A record, and the outputs that showed it: none for numbers and claims."""

    record: dict
    outputs: tuple[dict, ...] = ()


said: dict[str, Said] = {}  # id → the latest


def note(record: dict, *outputs: dict) -> None:
    """Remember a record, so that `press.read` finds it."""
    said[record["id"]] = Said(record, outputs)
