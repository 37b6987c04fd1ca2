"""Forms of publishers who give lists: of tests, of outlines, of papers."""

import base64
import calendar
import json
import re
from typing import Any

from alliance.collect import dmdc
from alliance.collect import natural_earth as outlines
from alliance.collect.forms.shapes import Answer, bad, csv_bytes, parsed, records, sheet

# A month, as the names of the Center's workbooks end.
QUARTER = re.compile(r"_(\d\d)(\d\d)(?:_old)?\.xlsx$")
# The institute's register of arms: remarks, then a line for each delivery, under a header that begins with this column.
FIRST_COLUMN = "SIPRI AT Database ID"
DELIVERIES = ["Supplier", "Recipient", "Delivery year", "TIV delivery values"]


def table(answers: list[Answer], columns: str) -> bytes:
    """Take some columns of a CSV or a Stata file as they are; the argument names them, with a stroke between two.

    What R leaves out, NA, is an empty cell.
    """
    (answer,) = answers
    names = columns.split("|")
    found = records(answer, "the publisher’s", *names)
    return csv_bytes(names, (["" if row[name] == "NA" else row[name] for name in names] for row in found))


def missiles(answers: list[Answer], _: str) -> bytes:
    """Read the list of missile tests: years, each with its tests."""
    (answer,) = answers
    columns = ["date", "missile", "outcome"]
    try:
        tests = [test for year in parsed(answer, "the list’s")["timeBins"] for test in year["data"]]
        rows = [[str(test[column]) for column in columns] for test in tests]
    except (TypeError, KeyError) as error:
        raise bad(answer.address, f"not the list’s JSON ({type(error).__name__}: {error})") from None
    return csv_bytes(columns, rows)


def natural_earth(answers: list[Answer], _: str) -> bytes:
    """Keep the states of the region, with their outlines and names, from the outlines of the world."""
    (answer,) = answers
    try:
        features = [
            {"type": "Feature", "properties": feature["properties"], "geometry": feature["geometry"]}
            for feature in parsed(answer, "Natural Earth’s")["features"]
            if feature["properties"]["ISO_A3_EH"] in outlines.REGION
        ]
    except (TypeError, KeyError) as error:
        raise bad(answer.address, f"not Natural Earth’s JSON ({type(error).__name__}: {error})") from None
    return json.dumps({"type": "FeatureCollection", "features": features}).encode("utf-8")


def troops(answers: list[Answer], _: str) -> bytes:
    """Read the Center's workbooks, one for each quarter: how many on active duty each host country has in all."""
    rows = [(host, _end(answer), count) for answer in answers for host, count in _on_duty(answer).items()]
    return csv_bytes(["iso3", "as_of", "total_active_duty"], sorted(rows))


def arms_register(answers: list[Answer], recipient: str) -> bytes:
    """Read the institute's register, CSV within JSON, and keep what one recipient was delivered."""
    (answer,) = answers
    try:
        content = base64.b64decode(parsed(answer, "the institute’s")["bytes"], validate=True)
    except (TypeError, ValueError, KeyError) as error:
        raise bad(answer.address, f"not the institute’s JSON ({type(error).__name__}: {error})") from None
    plain = content.decode("utf-8-sig", errors="replace")  # only names of weapons have other letters
    _, mark, lines = plain.partition(FIRST_COLUMN)
    register = records(Answer(answer.address, (mark + lines).encode()), "the institute’s", *DELIVERIES)
    rows = [[row[name] for name in DELIVERIES] for row in register if row["Recipient"] == recipient]
    if not rows:
        raise bad(answer.address, f"none of its {len(register)} deliveries went to {recipient}")
    if any("\ufffd" in cell for row in rows for cell in row):
        raise bad(answer.address, "a supplier’s name has other letters than UTF-8 knows")
    # The day that it names is that of the request; an edition is known by its last year.
    edition = f"to {max(row[DELIVERIES.index('Delivery year')] for row in rows)}"
    return csv_bytes([*DELIVERIES, "edition"], ([*row, edition] for row in rows))


def _end(answer: Answer) -> str:
    """Give the last day of the month that a workbook's name ends with."""
    found = QUARTER.search(answer.address)
    year, month = (2000 + int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= month <= 12:
        raise bad(answer.address, "its name does not end with a year and a month")
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"


def _on_duty(answer: Answer) -> dict[str, int]:
    """Find the column of the total in the group Active Duty, and the host countries' rows, by their names."""
    lines = [[_word(cell) for cell in line] for line in sheet(answer)]
    above = next((place for place, line in enumerate(lines[:-1]) if "ACTIVE DUTY" in line), None)
    if above is None:
        raise bad(answer.address, "no line of its first sheet names the group Active Duty")
    first = lines[above].index("ACTIVE DUTY")
    group = next((place for place, cell in enumerate(lines[above]) if place > first and cell), len(lines[above + 1]))
    totals = [place for place in range(first, group) if str(lines[above + 1][place]).startswith("TOTAL")]
    rows = {dmdc.NAMES[name]: line for line in lines for name in line if name in dmdc.NAMES}
    if len(totals) != 1 or rows.keys() != set(dmdc.HOSTS):
        raise bad(
            answer.address, f"it has {len(totals)} totals of active duty, and the hosts {', '.join(rows) or 'none'}"
        )
    counts = {host: line[totals[0]] for host, line in rows.items()}
    wrong = [f"{host}: {count!r}" for host, count in counts.items() if not isinstance(count, int)]
    if wrong:
        raise bad(answer.address, f"no whole numbers: {', '.join(wrong)}")
    return counts


def _word(cell: Any) -> Any:
    return " ".join(cell.upper().split()).rstrip("* ") if isinstance(cell, str) else cell
