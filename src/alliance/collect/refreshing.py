"""A refresh: source files from a folder or from their publishers, all tables made anew, checked, and put in place."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd

from alliance.collect import fetching, registry
from alliance.collect.changes import told
from alliance.collect.fetch_all import Gathered, gather
from alliance.collect.plausibility import Finding, Refused, settle
from alliance.collect.sources import Folder, verified
from alliance.collect.tables import TABLES
from alliance.collect.writing import changed_tables, compared, findings, recover, write
from alliance.data import DATA, describe, load
from alliance.dates import in_words
from alliance.schema import DataError

#: Where answers of publishers are kept.
CACHE = DATA.parent / "_build" / "sources"
#: In the place of a table to leave as it is: each one that is refused.
REFUSED = "refused"


def collect(
    folder_of_sources: Folder,
    folder: Path | str = DATA,
    listed: Path = registry.REGISTRY,
    new: bool = False,
    accepted: Mapping[str, str] | None = None,
    only: Collection[str] = (),
) -> tuple[list[str], str]:
    """Make the tables from the source files and write those that changed.

    Parameters
    ----------
    folder_of_sources : path
        Folder with the source files (``security/….csv``).
    folder : path, optional
        The data package to refresh.
    listed : path, optional
        The registry of source files.
    new : bool, optional
        Whether source files may be newer than those that the registry lists; it then lists the newer ones.
    accepted : dict, optional
        Findings that are right, in words, each with its reason; the tables' descriptions keep them.
    only : collection of str, optional
        The tables to make; the others stay as they are, and need no source file. All where none is named.

    Returns
    -------
    list of str, str
        Names of the files that changed, and a report.

    Raises
    ------
    DataError
        A source file is missing or is not what it was, or there is no such table.
    Refused
        A table breaks its schema, or is no plausible successor of the present one.
    """
    if not Path(folder_of_sources).is_dir():
        raise DataError(
            str(folder_of_sources),
            "there is no such folder",
            "--from names the folder that holds the source files.",
            "name the folder in which security/ lies.",
        )
    recover(folder)
    wanted = {describe(name, folder)["name"] for name in only} or {table.__name__ for table in TABLES}
    known = registry.sources(listed)
    if new:
        known = registry.newer(folder_of_sources, known)
    with verified(known):
        frames = {
            table.__name__: made(table, folder_of_sources) if table.__name__ in wanted else load(table.__name__, folder)
            for table in TABLES
        }
    return replace(frames, folder, known, listed, accepted or {})


def online(
    folder: Path | str = DATA,
    listed: Path = registry.REGISTRY,
    cache: Path = CACHE,
    accepted: Mapping[str, str] | None = None,
    limits: fetching.Limits | None = None,
    skip: Collection[str] = (),
    only: Collection[str] = (),
) -> tuple[list[str], str]:
    """Make the tables anew whose every source file has an address for machines.

    Parameters
    ----------
    folder, listed, accepted
        As in `collect`.
    cache : path, optional
        Where answers are kept, so that unchanged ones need not be sent again.
    limits : Limits, optional
        What an answer may take.
    skip : collection of str, optional
        Tables to leave as they are; `REFUSED` among them leaves those as they are whose answers are refused.
    only : collection of str, optional
        The tables to make; all where none is named. A table with a source file for which the registry states a limit
        of its own is made only where it is named.

    Returns
    -------
    list of str, str
        Names of the files that changed, and a report.

    Raises
    ------
    Offline
        No publisher can be reached; nothing was changed.
    DataError, Refused
        An answer is not what was asked for; nothing was changed.
    """
    recover(folder)
    left = [describe(name, folder)["name"] for name in skip if name != REFUSED]
    known = registry.sources(listed)
    named = {describe(name, folder)["name"] for name in only}
    wanted = {table.__name__: registry.of_table(table.__name__, known) for table in TABLES}
    left += [table for table in wanted if named and table not in named]
    states = {table: by_hand(table, files) or unnamed(table, files, named) for table, files in wanted.items()}
    states |= dict.fromkeys(left, "left as it is")
    asked = {source.file: source for table, files in wanted.items() if not states[table] for source in files}
    found = gather(asked.values(), cache / "answers", limits or fetching.Limits())
    for name, content in found.files.items():
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_bytes(content)
    read = {name: known[name]._replace(transcribed="false", copy="") for name in found.files}
    known = known | registry.newer(cache, read)
    states |= {table: hindered(files, found) for table, files in wanted.items() if not states[table]}
    refused = set(found.refused.values())
    troubles = [Finding(table, "answer", state) for table, state in states.items() if state in refused]
    frames = {}
    with verified(known):
        for table in TABLES:
            name = table.__name__
            try:
                frames[name] = load(name, folder) if states[name] else made(table, cache)
            except DataError as error:
                if states[name]:
                    raise
                frames[name] = load(name, folder)
                troubles.append(Finding(name, "source", str(error)))
    try:
        return replace(frames, folder, known, listed, accepted or {}, states, troubles)
    except Refused as error:
        why = {finding.table: f"refused: {finding.kind}: {finding.text}" for finding in reversed(error.findings)}
        if REFUSED not in skip or not why.keys() <= frames.keys():
            raise
        frames |= {table: load(table, folder) for table in why}
        return replace(frames, folder, known, listed, accepted or {}, states | why)


def made(table: Callable[[Folder], pd.DataFrame], folder: Folder) -> pd.DataFrame:
    """Make a table from source files, and name it where its module cannot read them.

    Parameters
    ----------
    table : callable
        One of `TABLES`.
    folder : path
        The folder with its source files.

    Raises
    ------
    DataError
        A source file holds what the module has no message for, or what it refuses.
    """
    try:
        return table(folder)
    except DataError:
        raise
    except Exception as error:  # whatever a module stumbles over that nobody has thought of
        raise DataError(
            table.__name__,
            f"a source file cannot be read ({type(error).__name__}: {error})",
            "source files keep the form that their module reads.",
            f"look at the file; where its publisher changed it, adapt {table.__module__}.",
        ) from error


def hindered(files: Iterable[registry.Source], found: Gathered) -> str:
    """Say what keeps a table from being made anew: a refused answer, a key that lacks; nothing where nothing does.

    Parameters
    ----------
    files : iterable of Source
        The table's source files.
    found : Gathered
        What was fetched.
    """
    reasons = [
        *(found.refused[source.file] for source in files if source.file in found.refused),
        *(f"not asked: {found.keys[source.file]}" for source in files if source.file in found.keys),
    ]
    return reasons[0] if reasons else ""


def by_hand(table: str, files: list[registry.Source]) -> str:
    """Say why a table is not made from its publishers' addresses; nothing where it is.

    Parameters
    ----------
    table : str
        Its name.
    files : list of Source
        Its source files.
    """
    if not files:
        return f"by hand: its rows are kept in additions/{table}.csv"
    read_by_hand = [source for source in files if not source.form]
    if not read_by_hand:
        return ""
    searched = max(source.searched for source in read_by_hand)
    return f"by hand, last searched {in_words(searched)}: {read_by_hand[0].by_hand}"


def unnamed(table: str, files: Iterable[registry.Source], named: Collection[str]) -> str:
    """Say that a table is not fetched because it is large and nobody named it; nothing where it is fetched.

    Parameters
    ----------
    table : str
        Its name.
    files : iterable of Source
        Its source files.
    named : collection of str
        The tables that somebody named.
    """
    size = max((registry.largest(source) for source in files), default=0)
    if not size or table in named:
        return ""
    return f"not asked: an answer of up to {size / 1e9:g} GB; to fetch it: make refresh TABLES={table}"


def replace(
    frames: Mapping[str, pd.DataFrame],
    folder: Path | str,
    known: Mapping[str, registry.Source],
    listed: Path,
    accepted: Mapping[str, str],
    states: Mapping[str, str] | None = None,
    troubles: Iterable[Finding] = (),
) -> tuple[list[str], str]:
    """Check new tables, then put them in the place of the present ones, with the registry.

    The registry keeps the rows of files from which no table changes, so that the same figures in another form change
    nothing.

    Parameters
    ----------
    frames, folder, known, listed, accepted
        As in `collect`, made.
    states : dict, optional
        For each table how it fared at its publishers; empty where its answers were taken.
    troubles : iterable of Finding, optional
        What refuses the refresh already.

    Returns
    -------
    list of str, str
        Names of the files that changed, and a report.
    """
    different = changed_tables(frames, folder)
    states = {
        table: state or ("fetched" if table in different else "not changed") for table, state in (states or {}).items()
    }
    found = findings(frames, folder, registry.read_by_machine(known))
    reasons = settle(found, accepted, list(troubles), states)
    kept = registry.sources(listed)
    kept |= {name: source for name, source in known.items() if different & set(source.tables.split())}
    dated = {table: _vintage(table, kept, registry.sources(listed)) for table in different}
    properties = {table: {"vintage": day} for table, day in dated.items() if day}
    for table, said in reasons.items():
        properties.setdefault(table, {})["accepted"] = said  # type: ignore[assignment]
    report = told(compared(frames, folder, {table: day or "" for table, day in dated.items()}), states, known.values())
    return write(frames, folder, {listed: registry.csv_bytes(kept)}, properties), report


def _vintage(table: str, now: Mapping[str, registry.Source], before: Mapping[str, registry.Source]) -> str:
    """Word the day on which newer source files of a table were read; nothing where none is newer."""
    days = [source.retrieved for source in registry.of_table(table, now) if source != before.get(source.file)]
    return f"read {in_words(max(days))}" if days else ""
