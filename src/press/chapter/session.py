"""What the notebook that runs has said so far: its records, and what it showed for each."""

from typing import NamedTuple


class Said(NamedTuple):
    """A record, and the outputs that showed it: none for numbers and claims."""

    record: dict
    outputs: tuple[dict, ...] = ()


said: dict[str, Said] = {}  # id → the latest
_lab: list[bool] = []  # something in it once JupyterLab shows the text with these values


def note(record: dict, *outputs: dict) -> None:
    """Remember a record, so that the text of the notebook can cite it."""
    said[record["id"]] = Said(record, outputs)


def records() -> list[dict]:
    """Return all records, in the order in which they were first made."""
    return [entry.record for entry in said.values()]


def shown_in_lab() -> None:
    """Note that JupyterLab shows the text of the notebook with the values of this run."""
    _lab.append(True)


def is_shown_in_lab() -> bool:
    """Tell whether JupyterLab shows the text of the notebook with the values of this run."""
    return bool(_lab)
