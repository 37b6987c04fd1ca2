"""The Special Measures Agreements: amounts, agreements and unspent construction money.

Curated from White Papers, treaty texts, releases of the two foreign ministries and the press; each
row names its own sources.
"""

from typing import Any

import pandas as pd

from alliance.collect.sources import (
    CONFIDENCE,
    Corrections,
    Folder,
    american,
    correct,
    read,
    reading,
    readings,
    text_copy,
)
from alliance.dates import FORM

AMOUNTS = "security/sma_contributions_by_year_1991_2026.csv"
AGREEMENTS = "security/sma_agreements_1_to_12.csv"
UNSPENT = "security/sma_unspent_construction.csv"
SOURCES = dict.fromkeys(["source_title", "source_url", "second_source_title", "second_source_url", "confidence"], str)
AMOUNT_COLUMNS = {
    "year": int,
    "sma_round": int,
    "currency": str,
    "amount": float,
    "status": str,
    **SOURCES,
    "note": str,
}
AGREEMENT_COLUMNS = {
    "round": int,
    **dict.fromkeys(["effective_years", "agreed_or_initialled", "signed", "entered_into_force"], str),
    **dict.fromkeys(["currency", "first_year_amount", "escalation_formula", "not_verified"], str),
    **SOURCES,
}
UNSPENT_COLUMNS = {"year": int, "item": str, "bn_krw": float, **SOURCES}

# The file has this sentence where an address belongs.
WHITE_PAPER_2022 = (
    "ROK 2022 Defense White Paper, Figure 5-1 (text in github.com/jandresgannon/militarydoctrines @36b38055, "
    "content/data_copy/txt_files/southkorea_2022_DefenseWhitePaper.txt)"
)
MENDED_2022 = (WHITE_PAPER_2022, text_copy("2022_DefenseWhitePaper"))
FORMULA_2024 = "12,896 x 1.044 = 13,463"
TISSUE = "https://tissue.kr/bbs/board.php?bo_table=100&page=1186&wr_id=11062"
AMOUNT_CORRECTIONS: Corrections = {
    # Two dollar amounts carry the noise of a binary fraction.
    "amount": {1993: (220.00000000000003, 220.0), 2001: (440.00000000000006, 440.0)},
    "source_url": dict.fromkeys(range(2020, 2025), MENDED_2022),
    "second_source_url": dict.fromkeys(range(1991, 2020), MENDED_2022),
    # Found later: a digest of the press that states the amount of the year.
    "note": {2024: (FORMULA_2024, f"{FORMULA_2024}; more than KRW 1,346bn by a press digest of 2024-05-16, {TISSUE}")},
}

# Addresses that name a whole repository, and a title that holds two documents.
REPOSITORY = "https://github.com/jandresgannon/militarydoctrines"
MENDED_2000 = (REPOSITORY, text_copy("2000_DefenseWhitePaper"))
TITLE_2000 = ("ROK 2000 Defense White Paper (militarydoctrines repo)", "ROK MND, 2000 Defense White Paper")
NEWSPIM = "https://newspim.com/news/view/20190405000821"
STRIPES = "https://www.stripes.com/news/s-korean-security-payments-shift-1.86613"
DAILY_NK = (
    "https://www.dailynk.com/%ED%95%9C%EB%AF%B8-%EB%B0%A9%EC%9C%84%EB%B9%84%EB%B6%84%EB%8B%B4%ED%98%91%EC%A0%95-"
    "%EC%A0%95%EC%8B%9D-%EC%84%9C%EB%AA%85/"
)
TREATIES = "https://github.com/wellsa-ai/treaty-kr/tree/3fa0731681af20fa506794a5a04bce0b90cd776e/kr"
LIST = "Korea Ministry of Government Legislation, list of treaties (copy, Korean)"
CABINET = ("Hankyung 1993-11-04", "https://www.hankyung.com/news/article/1993110401241")
SHARE = "https://www.seoul.co.kr/news/1995/03/06/19950306001005"
XINHUA = "http://english.china.org.cn/international/world/2006-12/07/content_1191556.htm"
AGREEMENT_CORRECTIONS: Corrections = {
    "confidence": {7: ("two-sources", "one-source"), 8: ("two-sources", "one-source")},
    # The days were found later.
    "agreed_or_initialled": {3: ("", "1995-11-03"), 6: ("2005-04", "2005-04-25"), 8: ("2008-12", "2008-12-23")},
    "signed": {2: ("", "1993-11-23"), 7: ("", "2006-12-22")},
    "entered_into_force": {
        2: ("", "1994-01-01"),
        7: ("2007-04 (National Assembly approval)", "2007-04-02"),
        8: ("2009-03 (month only)", "2009-03-05"),
    },
    "not_verified": {
        2: ("exact signing and entry-into-force dates not found in stored pages", ""),
        7: ("signature date not found", ""),
        8: ("exact day of entry into force not found", ""),
    },
    "source_url": {
        2: (CABINET[1], f"{TREATIES}/1994"),
        3: ("https://leesiwoo.net/?p=3185", f"{TREATIES}/1996"),
        4: MENDED_2000,
        7: (XINHUA, f"{TREATIES}/2007"),
    },
    "source_title": {
        2: (CABINET[0], f"{LIST}, no. 1209"),
        3: ("Treaty promulgation text 1996-01-04 (copy)", f"{LIST}, no. 1327"),
        4: TITLE_2000,
        7: ("China.org.cn/Xinhua 2006-12-07", f"{LIST}, no. 1844"),
    },
    "second_source_url": {
        2: (SHARE, CABINET[1]),
        3: MENDED_2000,
        7: (REPOSITORY, text_copy("2008_DiplomaticWhitePaper")),
        8: (STRIPES, DAILY_NK),
    },
    "second_source_title": {
        2: ("Seoul Shinmun 1995-03-06 (USD 260m for 1994)", CABINET[0]),
        3: TITLE_2000,
        7: (
            "ROK MOFAT 2008 Diplomatic White Paper (militarydoctrines repo)",
            "ROK MOFAT, 2008 Diplomatic White Paper",
        ),
        8: ("Stars and Stripes 2008-12", "Daily NK 2009-01-15, from Yonhap (Korean)"),
        10: (
            f"KBS World 2019-03-08 (signature); Newspim 2019-04-05 {NEWSPIM} (entry into force)",
            "KBS World 2019-03-08 (signature)",
        ),
    },
}

EARLIER = f"January 1 of its first year, before the signature, as day of entry into force: {LIST}, {TREATIES}"
SOURCE_NOTES = {
    2: f"the amount of 1994: Seoul Shinmun 1995-03-06, {SHARE}",
    3: "agreed at the 27th Security Consultative Meeting, Seoul: Seoul Shinmun 1995-11-04, "
    "https://www.seoul.co.kr/news/1995/11/04/19951104001004; 2000 White Paper: text copy read; "
    f"amended on 1998-06-19: {LIST}, no. 1457, {TREATIES}/1998",
    4: f"2000 White Paper: text copy read; {EARLIER}/1999",
    5: f"{EARLIER}/2002",
    6: "day of the agreement, as announced: Dong-A Ilbo 2005-04-26, https://donga.com/news/amp/all/20050426/8183585/1; "
    f"{EARLIER}/2005",
    7: "the National Assembly approved it in 2007-04; 2008 Diplomatic White Paper: text copy read; day of the "
    f"agreement: Xinhua at China.org.cn 2006-12-07, {XINHUA}",
    8: "both sources are of Yonhap, and the second says that it was initialed on 2008-12-17; day of the announcement: "
    "Yonhap (OANA) 2008-12-25, http://m.oananews.org/node/37199; entry into force: "
    f"{LIST}, no. 1938, {TREATIES}/2009",
    10: f"entry into force: Newspim 2019-04-05, {NEWSPIM}",
    11: "agreed and announced in Washington, March 8 in Korea",
    12: "announced on 2024-10-04; the days of the agreement: Newsis 2024-10-04, "
    "https://newsis.com/view/NISX20241004_0002908729; the increase of 2026 is the average growth of the five years "
    "before, 6.2 %, plus the cost of more Korean employees and of managing construction: ROK MOFA in Hankook Ilbo "
    "2024-10-04, https://m.hankookilbo.com/News/Read/Amp/A2024100415300000609",
}

# Cells of the agreements' file and what they say, each decided by hand; plain dates need no reading.
DATES: dict[str, dict[str, dict[str, str]]] = {
    "agreed_or_initialled": {
        "": {},
        "1993-11-04 (ROK cabinet approval)": {"note": "the cabinet of the Republic of Korea approved it on 1993-11-04"},
        "2001-11-15 (33rd SCM, Washington)": {
            "agreed_on": "2001-11-15",
            "note": "agreed at the 33rd Security Consultative Meeting, Washington",
        },
        "2019-02-10 (initialled)": {"initialed_on": "2019-02-10"},
        "2021-03-07 agreed; 2021-03-18 initialled at the 2+2": {
            "agreed_on": "2021-03-07",
            "initialed_on": "2021-03-18",
            "note": "initialed at the 2+2 meeting in Seoul",
        },
        "2024-10-02 agreed; 2024-10-03 initialled": {
            "agreed_on": "2024-10-02",
            "initialed_on": "2024-10-03",
        },
    },
    "signed": {"": {}},
    "entered_into_force": {"": {}},
}
PLAIN_DATES = {
    "agreed_or_initialled": "agreed_on",
    "signed": "signed_on",
    "entered_into_force": "in_force_on",
}
DATE_COLUMNS = ["agreed_on", "initialed_on", "signed_on", "in_force_on"]
CURRENCIES = {
    "USD-denominated (won part)": "USD",
    "KRW+USD": "USD and KRW",
    "KRW (first all-won)": "KRW",
    "KRW": "KRW",
}
FIRST_YEARS = {  # billion won, million dollars
    "USD 150m (1991)": (None, 150.0),
    "USD 260m (1994)": (None, 260.0),
    "USD 330m (1996)": (None, 330.0),
    "KRW 257.5bn + USD 141.2m = about USD 333m (1999)": (257.5, 141.2),
    "USD 58.8m + KRW 536.8bn = about USD 490m (2002)": (536.8, 58.8),
    "KRW 680.4bn (2005 and 2006)": (680.4, None),
    "KRW 725.5bn (2007, +6.6%)": (725.5, None),
    "KRW 760.0bn (2009, +2.5%)": (760.0, None),
    "KRW 920.0bn (2014)": (920.0, None),
    "KRW 1,038.9bn (+8.2%)": (1038.9, None),
    "2020 frozen at KRW 1,038.9bn; 2021 KRW 1,183.3bn (+13.9% = 7.4 + 6.5 points)": (1038.9, None),
    "KRW 1,519.2bn (2026, +8.3%)": (1519.2, None),
}
RULES = {  # wording of the source: short name of the rule
    "ROK determines the actual amount each fiscal year; 23rd SCM (1991) set the goal of one third of won-based costs "
    "by 1995": "yearly decision",
    "annual determination toward one third of won-based costs by 1995": "yearly decision",
    "+10% a year from USD 300m in 1995; 1998 sum of USD 399m cut to USD 310m after the crisis": "fixed increase",
    "2000 and 2001 tied to previous-year nominal GDP growth (2000: +9.78%)": "gdp growth",
    "+8.8% a year plus inflation of the year before last": "fixed plus inflation",
    "flat; -8.9% against 2004 in won": "flat",
    "2008: + CPI of 2006": "inflation, no cap",
    "CPI of the year before last, cap 4%; construction moved to in-kind 30%/60%/88% in 2009/2010/2011": (
        "inflation, cap 4 %"
    ),
    "CPI of the year before last, cap 4%": "inflation, cap 4 %",
    "one year; increase = 2019 ROK defence budget growth": "single year",  # codespell:ignore
    "2022-2025: previous year's ROK defence budget growth, no cap": "defense budget growth",  # codespell:ignore
    "2027-2030: CPI of the year before last, cap 5%": "inflation, cap 5 %",
}
# Grade, and what the source file says about single facts; where the two sources state different
# facts, each fact has one source.
AGREEMENT_CONFIDENCE = {text: (grade, "") for text, grade in CONFIDENCE.items()} | {
    "two-sources (signing month); entry into force one-source": (
        "one source",
        "the second source confirms the month of signature alone",
    ),
    "two-sources (different facts)": ("one source", "the two sources state different facts"),
}
NOT_FOUND = {
    "": "",
    "entry into force not found": "entry into force not found",
}


def sma_contributions(folder: Folder) -> pd.DataFrame:
    """Tabulate the contribution of each year, 1991–2026: million dollars to 2004, billion won from 2005."""
    raw = correct(read(folder, AMOUNTS, AMOUNT_COLUMNS), AMOUNT_CORRECTIONS, "year")
    copy_read = (raw[["source_url", "second_source_url"]] == MENDED_2022[1]).any(axis="columns")
    remarks = copy_read.map({True: "2022 White Paper: text copy read", False: ""})
    frame = raw.assign(
        agreement=raw["sma_round"],
        amount_bn_krw=raw["amount"].where(raw["currency"] == "KRW"),
        amount_m_usd=raw["amount"].where(raw["currency"] == "USD"),
        confidence=[_amount_confidence(row) for row in raw.to_dict("records")],
        note=[_joined(*notes) for notes in zip(raw["note"], remarks, strict=True)],
        source_title=american(raw["source_title"]),
        second_source_title=american(raw["second_source_title"]),
    )
    columns = ["year", "agreement", "amount_bn_krw", "amount_m_usd", "status", *SOURCES, "note"]
    return frame[columns].sort_values("year")


def _amount_confidence(row: dict[Any, Any]) -> str:
    """Grade the confidence in one year's amount."""
    grade = reading(row["confidence"], CONFIDENCE, f"{AMOUNTS}, year {row['year']}, column confidence")
    # From 2005 to 2019 the file calls two White Papers of one ministry two sources.
    if (
        grade == "two sources"
        and row["source_title"].startswith("ROK MND")
        and row["second_source_title"].startswith("ROK MND")
    ):
        return "two sources, same publisher"
    return grade


def sma_agreements(folder: Folder) -> pd.DataFrame:
    """Tabulate the twelve agreements: years, dates as precise as found, currency, first amount and rule."""
    raw = correct(read(folder, AGREEMENTS, AGREEMENT_COLUMNS), AGREEMENT_CORRECTIONS, "round")
    frame = raw.assign(
        agreement=raw["round"],
        first_year=raw["effective_years"].str.split("-").str[0].astype(int),
        last_year=raw["effective_years"].str.split("-").str[-1].astype(int),
        currency=readings(raw, "currency", CURRENCIES),
        rule=readings(raw, "escalation_formula", RULES),
        rule_text=american(raw["escalation_formula"]),
    )
    frame[["first_year_amount_bn_krw", "first_year_amount_m_usd"]] = readings(raw, "first_year_amount", FIRST_YEARS)
    details = [_agreement_details(row) for row in raw.to_dict("records")]
    for column in details[0]:
        frame[column] = [detail[column] for detail in details]
    columns = [
        *["agreement", "first_year", "last_year", *DATE_COLUMNS, "currency"],
        *["first_year_amount_bn_krw", "first_year_amount_m_usd", "rule", "rule_text"],
        *[*SOURCES, "not_found", "note"],
    ]
    return frame[columns].sort_values("agreement")


def _agreement_details(row: dict[Any, Any]) -> dict[str, str]:
    """Read the dates, sources, confidence and notes of one agreement."""
    place = f"{AGREEMENTS}, agreement {row['round']}"
    dates: dict[str, str] = {}
    remarks = []
    for column in DATES:
        read_as = _date(column, row[column], f"{place}, column {column}")
        remarks.append(read_as.pop("note", ""))
        dates |= read_as
    missing = reading(row["not_verified"], NOT_FOUND, f"{place}, column not_verified")
    grade, remark = reading(row["confidence"], AGREEMENT_CONFIDENCE, f"{place}, column confidence")
    return {
        **{column: dates.get(column, "") for column in DATE_COLUMNS},
        "confidence": grade,
        "not_found": missing,
        "note": _joined(*remarks, remark, SOURCE_NOTES.get(row["round"], "")),
    }


def _date(column: str, text: str, place: str) -> dict[str, str]:
    """Read one cell that holds a date: a plain one as it stands, others as decided by hand."""
    if FORM.fullmatch(text):
        return {PLAIN_DATES[column]: text}
    return dict(reading(text, DATES[column], place))


def sma_unspent_construction(folder: Folder) -> pd.DataFrame:
    """Tabulate construction money allotted, carried over, not executed, not paid or lapsed, in billion won."""
    raw = read(folder, UNSPENT, UNSPENT_COLUMNS)
    frame = raw.assign(
        amount_bn_krw=raw["bn_krw"],
        confidence=readings(raw, "confidence", CONFIDENCE),
    )
    columns = ["year", "item", "amount_bn_krw", *SOURCES]
    return frame[columns].sort_values(["year", "item"])


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
