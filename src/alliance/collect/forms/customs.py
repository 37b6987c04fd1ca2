"""Forms of the Korea Customs Service, which answers in XML.

Goods exports by month, in all, by line, and by country; imports of liquefied natural gas by supplier and year.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from alliance.collect.forms.shapes import Answer, bad, csv_bytes
from alliance.collect.kita import SERVICE, SUPPLIERS
from alliance.collect.korea_customs import PLACES, PRODUCTS

MONTH, YEAR_OR_SUM = re.compile(r"20\d\d\.\d\d"), re.compile(r"20\d\d|총계")
# A line of the tariff; the zero at its beginning may be missing.
LINE = re.compile(r"\d{9,10}")
HEADINGS = {heading: product for product, headings in PRODUCTS.items() for heading in headings.split()}
COUNTRIES = {code: place for place, codes in PLACES.items() for code in codes.split()}
# By what part the lines and the countries of a month may differ: each list is corrected on its own days.
APART = 0.01
# Metric tons in a year below which a country counts in the total alone, and what one of gas may cost, in dollars.
LEAST, PRICES = 1000, (100, 5000)


def customs_total(answers: list[Answer], _: str) -> bytes:
    """Read all exports by month, a year an answer."""
    months = sorted((month, dollars) for answer in answers for month, _, dollars in _months(answer))
    _whole([month for month, _ in months], answers[-1])
    return json.dumps([{"m": month[2:], "exp": _in_table(dollars)} for month, dollars in months]).encode()


def customs_exports(answers: list[Answer], _: str) -> bytes:
    """Read exports by line of the tariff and by country, and sum them to the products and the places of the table.

    A line counts for the longest heading that it stands under. Lines and countries of a month sum to the same exports,
    or one of the answers was cut short.
    """
    by_line = _sums(answers, "/Itemtrade/", "hsCode")
    by_country = _sums(answers, "/nationtrade/", "statCd")
    _whole(sorted({month for month, _ in by_line}), answers[0])
    items: Counter[tuple[str, str]] = Counter()
    places: Counter[tuple[str, str]] = Counter()
    for (month, code), dollars in by_line.items():
        if not LINE.fullmatch(code):
            raise bad(answers[0].address, f"{code} is no line of the tariff")
        line = code.zfill(10)
        items[month, HEADINGS.get(line[:4]) or HEADINGS.get(line[:2], "")] += dollars
    for (month, code), dollars in by_country.items():
        places[month, COUNTRIES.get(code, "")] += dollars
    for month in {month for month, _ in items | places}:
        lines, countries = (sum(value for (of, _), value in sums.items() if of == month) for sums in (items, places))
        if abs(lines - countries) > APART * max(lines, countries):
            raise bad(answers[0].address, f"in {month} its lines sum to {lines} dollars, the countries to {countries}")
    rows = [
        (kind, name, month[2:], _in_table(sums[month, name]), "trade statistics")
        for kind, names, sums in (("item", PRODUCTS, items), ("region", PLACES, places))
        for name in names
        for month in sorted({month for month, _ in sums})
    ]
    return csv_bytes(["dim", "name", "month_yy.mm", "exports_100m_usd", "edition"], rows)


def customs_gas(answers: list[Answer], _: str) -> bytes:
    """Read imports of liquefied natural gas by country, a year an answer; sum the years that have all their months.

    The answers give kilograms and dollars. A country with a cargo or more has to be a known supplier, and the price of
    a metric ton shows whether both units are what they were.
    """
    kilograms, dollars = (_sums(answers, "/nitemtrade/", "statCd", of) for of in ("impWgt", "impDlr"))
    _whole(sorted({month for month, _ in kilograms}), answers[-1])
    tons, millions = _by_year(kilograms, 1000), _by_year(dollars, 1_000_000)
    rows = []
    for (year, place), weight in sorted(tons.items()):
        if weight < LEAST:
            continue
        if place not in SUPPLIERS:
            raise bad(answers[0].address, f"in {year} {place} delivers {weight:.0f} tons, and is no known supplier")
        price = 1_000_000 * millions[year, place] / weight
        if not PRICES[0] < price < PRICES[1]:
            raise bad(answers[0].address, f"in {year} a ton from {place} costs {price:.4g} dollars")
        for value, unit in ((weight, "t"), (millions[year, place], "M USD")):
            rows.append((year, SUPPLIERS[place], round(value, 3), unit, "", *SERVICE))
    return csv_bytes(["year", "supplier", "value", "unit", "note", "source_title", "source_url"], rows)


def _by_year(sums: Counter[tuple[str, str]], unit: int) -> dict[tuple[str, str], float]:
    """Sum the years that have a first and a last month, by country and in all, in a larger unit."""
    months = {month for month, _ in sums}
    years: Counter[tuple[str, str]] = Counter()
    for (month, country), value in sums.items():
        if {f"{month[:4]}.01", f"{month[:4]}.12"} <= months:
            years[month[:4], country] += value
            years[month[:4], "all"] += value
    return {key: value / unit for key, value in years.items()}


def _in_table(dollars: int) -> float:
    """Give hundreds of millions, which Korean statistics count in."""
    return round(dollars / 1e8, 3)


def _sums(answers: list[Answer], service: str, column: str, of: str = "expDlr") -> Counter[tuple[str, str]]:
    """Sum what the answers of one service give by month and by what a column names."""
    sums: Counter[tuple[str, str]] = Counter()
    for answer in answers:
        if service in urlsplit(answer.address).path:
            for month, row, value in _months(answer, of):
                sums[month, row.get(column, "")] += value
    return sums


def _months(answer: Answer, of: str = "expDlr") -> Iterator[tuple[str, dict[str, str], int]]:
    """Give the rows of the months that are over, with one value; hold them to the sum where the answer has one."""
    asked = parse_qs(urlsplit(answer.address).query)
    first, last = (f"{asked[name][0][:4]}.{asked[name][0][4:]}" for name in ("strtYymm", "endYymm"))
    line = asked.get("hsSgn", [""])[0]
    found: dict[str, int] = Counter()
    for row in _rows(answer):
        period = row.get("year", "")
        try:
            value = int(row[of])
        except (KeyError, ValueError) as error:
            raise bad(answer.address, f"not the Service’s XML ({type(error).__name__}: {error})") from None
        if MONTH.fullmatch(period):
            if not first <= period <= last or value < 0:
                raise bad(answer.address, f"{period} was not asked for, or {of} is {value}")
            if not row.get("hsCd", "").startswith(line):
                raise bad(answer.address, f"{row.get('hsCd')} was not asked for, but {line}")
            found["months"] += value
            if period < f"{date.today():%Y.%m}":
                yield period, row, value
        elif YEAR_OR_SUM.fullmatch(period):
            found["sum"] = max(found["sum"], value)
        else:
            raise bad(answer.address, f"{period or 'nothing'} is no month")
    if "sum" in found and found["sum"] != found["months"]:
        raise bad(answer.address, f"its months sum to {found['months']} of {of}, and not to {found['sum']}")


def _rows(answer: Answer) -> list[dict[str, str]]:
    """Read the items of an answer of the portal; an error has a code and some words."""
    if b"<!" in answer.content:
        raise bad(answer.address, "the answer declares a type of document, which no data need")
    try:
        root = ElementTree.fromstring(answer.content)
    except ElementTree.ParseError as error:
        raise bad(answer.address, f"not the Service’s XML ({error})") from None
    code = root.findtext("header/resultCode")
    if root.tag != "response" or code != "00":
        said = root.findtext(".//resultMsg") or root.findtext(".//returnAuthMsg") or root.tag
        raise bad(answer.address, f"not the Service’s XML: it answers {code or 'an error'}, {said}")
    return [{cell.tag: (cell.text or "").strip() for cell in item} for item in root.iterfind("body/items/item")]


def _whole(months: list[str], answer: Answer) -> None:
    """Refuse months with a gap between them, one that stands twice, and none at all."""
    numbers = [12 * int(month[:4]) + int(month[5:]) for month in months]
    if not numbers or numbers != [*range(numbers[0], numbers[-1] + 1)]:
        raise bad(answer.address, f"months are missing, or stand twice: it has {', '.join(months) or 'none'}")
