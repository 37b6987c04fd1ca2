"""``python -m alliance.collect``: refresh the tables of ``data/``, from their publishers or from source files."""

import argparse
import csv
import sys

from alliance.collect import fetching, refreshing
from alliance.collect.changes import standing
from alliance.collect.plausibility import Refused
from alliance.collect.tables import TABLES
from alliance.collect.writing import alone, recover
from alliance.data import DATA
from alliance.schema import DataError


def acceptances(path: str) -> dict[str, str]:
    """Read a list of findings that are right, each with its reason."""
    rule = "it is UTF-8 CSV with the columns finding and reason."
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return {row["finding"]: row["reason"] or "" for row in csv.DictReader(file, strict=True)}
    except KeyError as error:
        raise DataError(path, f"it has no column {error.args[0]}", rule, "name its columns.") from None
    except (OSError, ValueError, csv.Error) as error:
        raise DataError(path, f"it cannot be read ({error})", rule, "name a file that holds them.") from None


def main() -> int:
    """Refresh the tables as the command line says, and return the exit code: 1 if refused, 3 without a network."""
    options = _options()
    try:
        with alone(DATA):
            return _recovered() if options.recover else _refreshed(options)
    except Refused as error:
        print(*standing(error.states), sep="\n")
        print(error, file=sys.stderr)
        return 1
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except fetching.Offline as error:
        print(f"{error}. Nothing was changed. With source files at hand: make refresh FROM=DIR.", file=sys.stderr)
        return 3


def _recovered() -> int:
    print("The old state is back." if recover(DATA) else "No refresh was cut off.")
    return 0


def _refreshed(options: argparse.Namespace) -> int:
    accepted = acceptances(options.accept) if options.accept else {}
    only = options.tables.split()
    if options.sources:
        changed, report = refreshing.collect(options.sources, new=options.new, accepted=accepted, only=only)
    else:
        changed, report = refreshing.online(accepted=accepted, skip=options.skip.split(), only=only)
    refreshing.CACHE.mkdir(parents=True, exist_ok=True)
    (refreshing.CACHE / "report.md").write_text(report, encoding="utf-8")
    print(report)
    print(f"{len(TABLES)} tables; changed: {', '.join(changed) or 'none'}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m alliance.collect", description="Refresh the tables of data/.")
    parser.add_argument(
        "--from", dest="sources", metavar="DIR", help="make all tables from this folder of source files, not online"
    )
    parser.add_argument("--new", action="store_true", help="accept source files newer than those in the registry")
    parser.add_argument("--tables", default="", help="the tables to make; the others stay as they are")
    parser.add_argument("--accept", metavar="FILE", help="CSV of findings that are right, each with its reason")
    parser.add_argument("--skip", default="", metavar="TABLES", help="tables to leave as they are, online")
    parser.add_argument("--recover", action="store_true", help="put the old state back after a refresh was cut off")
    options = parser.parse_args()
    if options.sources and options.skip:
        parser.error("--skip is for what is fetched; with --from, --tables names the tables to make")
    return options


if __name__ == "__main__":
    sys.exit(main())
