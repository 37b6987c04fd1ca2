"""Korea Customs Service and the Ministry of Trade, Industry and Resources: Korea's exports by product and destination.

The figures that were read came through a dashboard that sums the Service's commodity lines to products by a list of
its own; the Service's own are summed by the same list. The Ministry sums by another list, so the same product has two
figures; both stand side by side for the one month in which both were kept.
"""

from typing import Any

import pandas as pd

from alliance.collect.sources import Folder, read, read_json, reading, stated

FOLDER = "economy-climate/korea_customs_{}_2025-08_2026-07.{}"
URL, COPIED = "https://www.data.go.kr", "through a dashboard"
#: Products, and the headings of the Harmonized System that the dashboard adds up; a line counts for the longest one.
PRODUCTS = {
    "반도체": "8541 8542",
    "컴퓨터(SSD)": "8471",
    "무선통신기기": "8517",
    "디스플레이": "8524 9013",
    "자동차": "8703 8704",
    "자동차부품": "8708",
    "이차전지": "8507",
    "선박": "89",
    "석유제품": "2710",
    "석유화학": "29 39",
    "일반기계": "84",
    "철강": "72 73",
    "비철금속": "74 75 76 78 79 80 81",
    "바이오헬스": "30",
    "화장품": "3304",
    "농수산식품": "02 03 08 16 19 21",
    "가전": "8415 8418 8450 8508 8516",
    "섬유": "50 51 52 53 54 55 56 57 58 59 60 61 62 63",
}
#: Destinations, and the countries of each; the dashboard has eighteen of the twenty-seven members of the Union.
PLACES = {
    "중국": "CN",
    "미국": "US",
    "아세안": "BN ID KH LA MM MY PH SG TH VN",
    "EU": "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    "일본": "JP",
    "대만": "TW",
    "홍콩": "HK",
    "인도": "IN",
    "중동": "AE IL IQ IR KW OM QA SA TR",
}
MINISTRY = {
    "source_title": "Ministry of Trade, release of August 1, 2026; Korea Customs Service, through a dashboard",
    "source_url": "https://eiec.kdi.re.kr/policy/materialView.do?num=285647",
}
ENGLISH = {
    "반도체": "semiconductors",
    "컴퓨터(SSD)": "computers and drives",
    "무선통신기기": "wireless devices",
    "디스플레이": "displays",
    "자동차": "cars",
    "자동차부품": "car parts",
    "이차전지": "batteries",
    "선박": "ships",
    "석유제품": "petroleum products",
    "석유화학": "petrochemicals",
    "일반기계": "machinery",
    "철강": "steel",
    "비철금속": "non-ferrous metals",
    "바이오헬스": "bio-health",
    "화장품": "cosmetics",
    "농수산식품": "food",
    "가전": "home appliances",
    "섬유": "textiles",
    "중국": "China",
    "미국": "United States",
    "아세안": "ASEAN",
    "EU": "European Union",
    "일본": "Japan",
    "대만": "Taiwan",
    "총수출": "all exports",
    "홍콩": "Hong Kong",
    "인도": "India",
    "중동": "Middle East",
}
ALL = "총수출"
KINDS = {"item": "product", "region": "destination"}


def korea_exports(folder: Folder) -> pd.DataFrame:
    """Tabulate Korea's exports by month, in all, by product and by destination, August 2025 – July 2026."""
    file = FOLDER.format("exports_monthly", "csv")
    raw = read(folder, file, {"dim": str, "name": str, "month_yy.mm": str, "exports_100m_usd": float})
    whole = pd.DataFrame(_json(folder, "trend")).rename(columns={"m": "month_yy.mm", "exp": "exports_100m_usd"})
    raw["kind"] = [reading(kind, KINDS, f"{file}, column dim") for kind in raw["dim"]]
    raw["name_en"] = [reading(name, ENGLISH, f"{file}, column name") for name in raw["name"]]
    frame = pd.concat([whole.assign(kind="total", name=ALL, name_en=ENGLISH[ALL]), raw], ignore_index=True)
    period = frame["month_yy.mm"].str.split(".")
    frame = frame.assign(
        year=2000 + period.str[0].astype(int),
        month=period.str[1].astype(int),
        exports_bn_usd=(frame["exports_100m_usd"] / 10).round(2),
        name_ko=frame["name"],
        source_title=f"Korea Customs Service, {stated(folder, file, 'edition', COPIED)}",
        source_url=URL,
    )
    columns = ["kind", "name_en", "name_ko", "year", "month", "exports_bn_usd", "source_title", "source_url"]
    return frame[columns].sort_values(["kind", "name_en", "year", "month"])


def korea_export_definitions(folder: Folder) -> pd.DataFrame:
    """Tabulate the same products in July 2026 by the dashboard's list of customs lines and by the Ministry's.

    By the former in all and to the United States.
    """
    customs, ministry = _products(_json(folder, "monthly")), _products(_json(folder, "release")["monthly"])
    to_us = _to_the_united_states(_json(folder, "item-countries"))
    frame = (
        pd.DataFrame({"customs_bn_usd": customs, "ministry_bn_usd": ministry, "to_us_bn_usd": to_us})
        .rename_axis("name_ko")
        .reset_index()
    )
    frame["name_en"] = [reading(name, ENGLISH, "korea_customs, products") for name in frame["name_ko"]]
    frame = frame.dropna(subset=["customs_bn_usd", "ministry_bn_usd"]).assign(year=2026, month=7, **MINISTRY)
    return frame[
        ["name_en", "name_ko", "year", "month", "customs_bn_usd", "ministry_bn_usd", "to_us_bn_usd", *MINISTRY]
    ].sort_values("name_en")


def _products(release: dict[str, Any]) -> pd.Series:
    """Take billion dollars by product from one release."""
    values = {item["name"]: item["value"] for group in release["groups"] for item in group["items"]}
    values[ALL] = release["totals"]["exports"]
    return (pd.Series(values, dtype="float64") / 10).round(2)


def _to_the_united_states(destinations: dict[str, list[dict[str, Any]]]) -> pd.Series:
    """Take billion dollars by product; the source keeps the five largest destinations of each."""
    values = {
        product: place["value"]
        for product, places in destinations.items()
        for place in places
        if place["name"] == "미국"
    }
    return (pd.Series(values, dtype="float64") / 10).round(2)


def _json(folder: Folder, part: str) -> Any:
    return read_json(folder, FOLDER.format(part, "json"))
