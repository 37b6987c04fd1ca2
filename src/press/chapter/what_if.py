"""What if, from a notebook: what the book would say with other tables."""

import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

import pandas
from IPython.display import display

from press import project
from press.errors import PressError


def what_if(**tables: pandas.DataFrame) -> None:
    """Build the book with other tables, and show what would no longer hold; the book stays as it is.

    The pages are in `_build/what-if/html`. Chapters are taken as they are saved.

    Parameters
    ----------
    **tables : DataFrame
        Name of a table → the table to put in its place, with the same columns. Without any, the tables are those of
        the folder `data`, changed or not.

    Examples
    --------
    >>> other = data.load("sma_contributions")
    >>> other.loc[other["year"] == 2026, "amount_bn_krw"] = 1400
    >>> press.what_if(sma_contributions=other)
    """
    root = project.find_root()
    for name, frame in tables.items():
        _check(name, frame, root)
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        for name, frame in tables.items():
            path = Path(folder, Path(project.resource(name, root)["path"]).name)
            path.write_bytes(_csv(frame))
        command = [sys.executable, "-m", "press", "what-if", "--tables", folder]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise PressError("what if", done.stderr.strip(), "")
    report = done.stdout.strip()
    display({"text/html": f'<pre style="white-space: pre-wrap">{escape(report)}</pre>', "text/plain": report}, raw=True)


def is_what_if() -> bool:
    """Tell whether the chapter runs for a what-if, in which sentences may lag behind what is computed."""
    return project.is_what_if(project.find_root())


def _check(name: str, frame: pandas.DataFrame, root: Path) -> None:
    if project.is_what_if(root):
        raise PressError("what if", "it is asked for within a chapter.", "Take the call out, and save the chapter.")
    fields = [field["name"] for field in project.resource(name, root)["schema"]["fields"]]
    if list(frame.columns) != fields:
        raise PressError(f"table {name!r}", "it has other columns.", f"Give it {', '.join(fields)}, in this order.")


def _csv(frame: pandas.DataFrame) -> bytes:
    """Return a table as the book's CSV files are written: whole numbers as such, truth values in lower case."""
    words = {True: "true", False: "false"}
    truths = [name for name in frame.columns if pandas.api.types.is_bool_dtype(frame[name])]
    plain = frame.assign(**{name: frame[name].map(words) for name in truths})
    return plain.to_csv(index=False, lineterminator="\n").encode("utf-8")
