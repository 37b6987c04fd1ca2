"""Forms of publishers that give values by place and year."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from alliance.collect import global_carbon, iea
from alliance.collect.forms.shapes import Answer, bad, csv_bytes, number, parsed, records, sheet

# Both codes that the World Bank has for either Korea.
KOREAS = {"KOR": "KR", "PRK": "KP"}
# A day as the Korean portal writes it.
DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def world_bank(answers: list[Answer], column: str) -> bytes:
    """Read the World Bank's JSON: a list of what it is, and of one object for each country and year."""
    return csv_bytes(["Country Code", "Year", column], _world_bank(answers))


def world_bank_geo(answers: list[Answer], column: str) -> bytes:
    """Read the same, for files in which codes are small letters."""
    rows = [(country.lower(), year, value) for country, year, value in _world_bank(answers)]
    return csv_bytes(["geo", "time", column], rows)


def _world_bank(answers: list[Answer]) -> list[tuple[str, int, float]]:
    (answer,) = answers
    try:
        about, facts = parsed(answer, "the World Bank’s")
        pages, total = int(about["pages"]), int(about["total"])
        rows = [(fact["countryiso3code"], int(fact["date"]), number(fact["value"])) for fact in facts]
        indicators = {fact["indicator"]["id"] for fact in facts}
        places = {(fact["countryiso3code"], fact["country"]["id"]) for fact in facts if "country" in fact}
    except (ValueError, TypeError, KeyError) as error:
        raise bad(answer.address, f"not the World Bank’s JSON ({type(error).__name__}: {error})") from None
    if pages != 1 or total != len(rows):
        raise bad(answer.address, f"{len(rows)} of {total} values, page 1 of {pages}")
    strange = [f"{code} for {place}" for code, place in places if KOREAS.get(code, place) != place]
    if strange:
        raise bad(answer.address, f"it names one Korea for the other: {', '.join(strange)}")
    wanted = answer.address.split("/indicator/")[1].split("?")[0]
    if indicators != {wanted}:
        raise bad(answer.address, f"it holds another indicator than {wanted}")
    return sorted((country, year, value) for country, year, value in rows if value is not None)


def fred(answers: list[Answer], country: str) -> bytes:
    """Read the CSV of a series of the Federal Reserve: day, and units of currency for a dollar."""
    (answer,) = answers
    (series,) = parse_qs(urlsplit(answer.address).query)["id"]
    found = records(answer, "the Federal Reserve’s", "observation_date", series)
    try:
        values = [
            (row["observation_date"], country, float(row[series])) for row in found if row[series] not in ("", ".")
        ]
    except ValueError as error:
        raise bad(answer.address, f"not the Federal Reserve’s CSV ({error})") from None
    return csv_bytes(["Date", "Country", "Exchange rate"], values)


def owid(answers: list[Answer], column: str) -> bytes:
    """Read the CSV behind a chart of Our World in Data: entity, code, year, and one value under a name that varies."""
    (answer,) = answers
    found = records(answer, "Our World in Data’s", "Entity", "Code", "Year")
    names = [name for name in (found[0] if found else {}) if name not in ("Entity", "Code", "Year")]
    values = [name for name in names if not name.startswith("World region")]
    if len(values) != 1:
        raise bad(answer.address, f"one column of values was expected, not {', '.join(values) or 'none'}")
    return csv_bytes(["Code", "Year", column], ((row["Code"], row["Year"], row[values[0]]) for row in found))


def gapminder(answers: list[Answer], time: str) -> bytes:
    """Read Gapminder's files of one indicator each, which is the name of the third column; the second is named."""
    rows: list[tuple[str, str, str, str]] = []
    for answer in answers:
        name = answer.address.split("datapoints--")[-1].split("--by--")[0]
        found = records(answer, "Gapminder’s", "geo", time, name)
        rows += [(row["geo"], row[time], name, row[name]) for row in found if row[name]]
    return csv_bytes(["geo", time, "indicator", "value"], rows)


def carbon_budget(answers: list[Answer], columns: str) -> bytes:
    """Read the Budget's carbon, a column for each state, as carbon dioxide; the argument names a column an answer."""
    values: dict[tuple[str, str], list[str]] = {}
    names = columns.split()
    if len(answers) != len(names):
        raise bad(answers[0].address, f"{len(answers)} of {len(names)} sheets have figures")
    for place, answer in enumerate(answers):
        for row in records(answer, "the Global Carbon Budget’s", "Year", *global_carbon.NAMES):
            for name, state in global_carbon.NAMES.items():
                cells = values.setdefault((state, row["Year"]), [""] * len(names))
                cells[place] = _carbon_dioxide(row[name], answer)
    return csv_bytes(["country", "year", *names], ((*key, *cells) for key, cells in sorted(values.items())))


def _carbon_dioxide(carbon: str, answer: Answer) -> str:
    try:
        return f"{float(carbon) * global_carbon.DIOXIDE:.5f}" if carbon else ""
    except ValueError:
        raise bad(answer.address, f"{carbon!r} is not a number") from None


def iea_sectors(answers: list[Answer], _: str) -> bytes:
    """Read the agency's JSON on carbon dioxide by sector: an object for each state, year, and sector."""
    (answer,) = answers
    names = {code: name for name, code in iea.EMITTERS.items()}
    try:
        rows = [
            (names[row["country"]], int(row["year"]), row["seriesLabel"], number(row["value"]), row["units"])
            for row in parsed(answer, "the agency’s")
            if row["country"] in names
        ]
    except (TypeError, ValueError, KeyError) as error:
        raise bad(answer.address, f"not the agency’s JSON ({type(error).__name__}: {error})") from None
    strange = {row[2] for row in rows} - iea.SECTORS.keys() | {row[4] for row in rows} - {"MtCO2"}
    if strange:
        raise bad(answer.address, f"it holds other sectors or units than are known: {', '.join(sorted(strange))}")
    return csv_bytes(["country", "year", "category", "value"], (row[:4] for row in sorted(rows, key=str)))


def allowances(answers: list[Answer], words: str) -> bytes:
    """Read closing prices and volumes of Korean emission allowances by day; the argument names the three columns."""
    rows: list[tuple[str, str, str, str]] = []
    for answer in answers:
        try:
            body = parsed(answer, "the Financial Services Commission’s")["response"]["body"]
            found = body["items"]["item"] if body["items"] else []
            days = [(*DAY.fullmatch(row["basDt"]).groups(), row) for row in found]  # type: ignore[union-attr]
            total = int(body["totalCount"])
            rows += [
                (f"{year}-{month}-{day}", row["itmsNm"], str(float(row["trqu"])), str(float(row["clpr"])))
                for year, month, day, row in days
            ]
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            problem = f"not the Financial Services Commission’s JSON ({type(error).__name__}: {error})"
            raise bad(answer.address, problem) from None
        if total != len(found):
            raise bad(answer.address, f"{len(found)} of {total} prices")
    date, volume, price = words.split()
    return csv_bytes([date, "kau_type", volume, price], sorted(rows))


def iea_cars(answers: list[Answer], _: str) -> bytes:
    """Read the agency's CSV on electric cars; its first column has been called region and region_country."""
    columns = ["category", "parameter", "mode", "powertrain", "year", "value"]
    rows: list[list[str]] = []
    for answer in answers:
        for row in records(answer, "the agency’s", *columns):
            place = row.get("region_country", row.get("region"))
            if place is None:
                raise bad(answer.address, "not the agency’s CSV (it has no column region)")
            rows.append([place, *(row[column] for column in columns)])
    return csv_bytes(["region_country", *columns], rows)


def sipri_milex(answers: list[Answer], names: str) -> bytes:
    """Read sheets of the institute's workbook: a line that begins with "Country", and years from left to right."""
    (answer,) = answers
    rows: list[tuple[str, str, int, object]] = []
    for name in names.split("|"):
        lines = sheet(answer, name)
        header = next((line for line in lines if line and line[0] == "Country"), [])
        years = {place: cell for place, cell in enumerate(header) if isinstance(cell, int)}
        if not years:
            raise bad(answer.address, f"no line of the sheet {name} begins with Country and goes on with years")
        states = [line for line in lines[lines.index(header) + 1 :] if line and line[0] and line[-1] is not None]
        rows += [(line[0], name, year, _known(line[place])) for line in states for place, year in years.items()]
    return csv_bytes(["country", "sheet", "year", "value"], _in_order(rows))


def _known(cell: object) -> object:
    """Give what is not known one sign: the sheets have several."""
    return cell if isinstance(cell, int | float) else "..."


def _in_order(rows: Iterable[tuple[str, str, int, object]]) -> list[tuple[str, str, int, object]]:
    return sorted(rows, key=lambda row: row[:3])
