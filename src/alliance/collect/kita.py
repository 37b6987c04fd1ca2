"""Korea Customs Service through the Korea International Trade Association: liquefied natural gas by supplier.

Read in press reports, or fetched from the Service's own interface. In the reports, amounts of 2024 are computed from
those of 2025 and their printed growth; reports of other years give shares or rounded amounts. `basis` tells them apart.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, readings, typed

FILE = "vintages-2026-11/economy-climate/korea_lng_imports_by_supplier_keyed.csv"
#: What rows from the Service's interface name as their source.
SERVICE = ("Korea Customs Service, trade statistics", "https://www.data.go.kr/data/15100475/openapi.do")
UNITS = {  # unit in the file: (factor to thousand metric tons, or none for a share; basis)
    "t": (0.001, "published"),
    "Mt": (1000.0, "published"),
    "t, COMPUTED": (0.001, "computed from 2025 and its growth"),
    "per cent of tonnage": (None, "share published"),
    "M USD": (None, "value"),
}

#: States that export the gas or pass it on, by the codes of the interface; all of them together.
SUPPLIERS = {"all": "WLD"}
SUPPLIERS |= {"AE": "ARE", "AO": "AGO", "AR": "ARG", "AU": "AUS", "BE": "BEL", "BN": "BRN", "BR": "BRA", "CA": "CAN"}
SUPPLIERS |= {"CG": "COG", "CM": "CMR", "CN": "CHN", "DO": "DOM", "DZ": "DZA", "EG": "EGY", "ES": "ESP", "FR": "FRA"}
SUPPLIERS |= {"GB": "GBR", "GQ": "GNQ", "GR": "GRC", "ID": "IDN", "IN": "IND", "JM": "JAM", "JP": "JPN", "MR": "MRT"}
SUPPLIERS |= {"MX": "MEX", "MY": "MYS", "MZ": "MOZ", "NG": "NGA", "NL": "NLD", "NO": "NOR", "OM": "OMN", "PE": "PER"}
SUPPLIERS |= {"PG": "PNG", "PH": "PHL", "PT": "PRT", "QA": "QAT", "RU": "RUS", "SG": "SGP", "SN": "SEN", "TH": "THA"}
SUPPLIERS |= {"TR": "TUR", "TT": "TTO", "TW": "TWN", "US": "USA", "YE": "YEM"}


def korea_lng_suppliers(folder: Folder) -> pd.DataFrame:
    """Tabulate Korea's imports of liquefied natural gas by supplier, from 2017 on."""
    texts = dict.fromkeys(["supplier", "unit", "note", "source_title", "source_url"], str)
    raw = read(folder, FILE, texts | {"year": int, "value": float})
    raw = raw[raw["unit"] != "M USD"]
    raw.attrs["file"] = FILE
    units = readings(raw, "unit", UNITS)
    factors = pd.Series([factor for factor, _ in units], index=raw.index, dtype="float64")
    frame = raw.assign(
        imports_kt=(raw["value"] * factors).round(3),
        share_pct=raw["value"].where(factors.isna()),
        basis=[basis for _, basis in units],
        transcribed=typed(FILE),
        source_title=american(raw["source_title"]),
    )
    columns = [
        "year",
        "supplier",
        "basis",
        "imports_kt",
        "share_pct",
        "note",
        "transcribed",
        "source_title",
        "source_url",
    ]
    return _one_row_a_share(frame)[columns].sort_values(["year", "supplier", "source_title"])


def _one_row_a_share(frame: pd.DataFrame) -> pd.DataFrame:
    """Put a supplier's share beside its amount where a report gives both."""
    keys = ["year", "supplier", "source_title"]
    shares = frame.dropna(subset="share_pct").set_index(keys)["share_pct"]
    amounts = frame.dropna(subset="imports_kt")
    given = [shares.get(key) for key in amounts[keys].itertuples(index=False, name=None)]
    alone = frame[frame["share_pct"].notna()]
    known = set(amounts[keys].itertuples(index=False, name=None))
    alone = alone[[key not in known for key in alone[keys].itertuples(index=False, name=None)]]
    return pd.concat([amounts.assign(share_pct=pd.Series(given, index=amounts.index, dtype="float64")), alone])
