"""How an answer for machines becomes a source file; the registry names the form of each."""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from alliance.schema import DataError

RULE = "the answer has the form that its publisher describes."
REMEDY = "look at the answer; where the publisher changed its form, adapt alliance.collect.forms."


def source_file(form: str, content: bytes, address: str) -> bytes:
    """Turn an answer into the CSV that the publisher's module reads.

    Parameters
    ----------
    form : str
        From the registry: the name of a form, and its argument.
    content : bytes
        The answer.
    address : str
        Where it came from, for messages.

    Raises
    ------
    DataError
        The answer has another form.
    """
    name, _, argument = form.partition(" ")
    return {"world-bank": _world_bank, "fred": _fred}[name](_text(content, address), argument, address)


def _text(content: bytes, address: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(address, f"byte 0x{content[error.start]:02x} is not UTF-8") from None


def _world_bank(text: str, column: str, address: str) -> bytes:
    """Read the World Bank's JSON: a list of what it is, and of one object for each country and year."""
    try:
        about, facts = json.loads(text)
        pages, total = int(about["pages"]), int(about["total"])
        rows = [(fact["countryiso3code"], int(fact["date"]), _number(fact["value"])) for fact in facts]
    except (ValueError, TypeError, KeyError) as error:
        raise _bad(address, f"not the World Bank’s JSON ({type(error).__name__}: {error})") from None
    if pages != 1 or total != len(rows):
        raise _bad(address, f"{len(rows)} of {total} values, page 1 of {pages}")
    if {fact["indicator"]["id"] for fact in facts} != {(wanted := address.split("/indicator/")[1].split("?")[0])}:
        raise _bad(address, f"it holds another indicator than {wanted}")
    return _csv(["Country Code", "Year", column], sorted(row for row in rows if row[2] is not None))


def _number(value: Any) -> float | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value != value):
        raise ValueError(f"{value!r} is not a number")
    return value


def _fred(text: str, country: str, address: str) -> bytes:
    """Read the CSV of a series of the Federal Reserve: day, and units of currency for a dollar."""
    series = address.split("id=")[1]
    try:
        (_, named), *rows = csv.reader(StringIO(text), strict=True)
        if named != series:
            raise ValueError(f"the column is {named}, not {series}")
        values = [(day, country, float(value)) for day, value in rows if value not in ("", ".")]
    except (ValueError, csv.Error) as error:
        raise _bad(address, f"not the Federal Reserve’s CSV ({error})") from None
    return _csv(["Date", "Country", "Exchange rate"], values)


def _csv(header: list[str], rows: Iterable[tuple[Any, ...]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8")


def _bad(address: str, problem: str) -> DataError:
    return DataError(address, problem, RULE, REMEDY)
