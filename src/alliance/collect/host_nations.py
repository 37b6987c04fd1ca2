"""What three countries contribute to the presence of US forces: GAO and press reports."""

import pandas as pd

from alliance.collect.sources import CONFIDENCE, Folder, correct, corrections, read, readings, with_additions
from alliance.countries import code

FILE = "security/host_nation_support_comparison.csv"
COLUMNS = [
    "country",
    "item",
    "value",
    "unit",
    "source_url",
    "source_title",
    "second_source_url",
    "confidence",
]

# Item of the source file: (what is measured, period).
ITEMS = {
    "US DoD obligations for presence 2016-2019": (
        "U.S. Department of Defense obligations for the presence",
        "2016-2019",
    ),
    "direct host support cash+in kind 2016-2019": ("direct host support, cash and in kind", "2016-2019"),
    "US troops (GAO text, 2021)": ("U.S. troops as stated by GAO", "2021"),
    "host nation support FY2022-2026, five-year total": (
        "host-nation support, five-year total",
        "FY2022-2026",
    ),
    "host nation support FY2022-2026, yearly average": ("host-nation support, yearly average", "FY2022-2026"),
    "host nation support FY2021 (one-year deal)": ("host-nation support, one-year agreement", "FY2021"),
    "host nation support FY2016-2020, five-year total (Kyodo)": (
        "host-nation support, five-year total as reported by Kyodo",
        "FY2016-2020",
    ),
    "host nation support FY2011-2015, yearly": ("host-nation support, yearly", "FY2011-2015"),
    "federal costs linked to US forces 2010-2019": ("federal costs linked to U.S. forces", "2010-2019"),
    "of which construction 2010-2019": (
        "federal costs linked to U.S. forces, of which construction",
        "2010-2019",
    ),
    "share of US stationing cost excl. US salaries under the 11th SMA (US State Dept, via AP)": (
        "share of stationing cost without U.S. salaries, 11th agreement, rounded, as reported by AP",
        "2021",
    ),
    "Camp Humphreys total cost (rounded)": ("Camp Humphreys, total cost, rounded", ""),
    "Camp Humphreys share paid by ROK": ("Camp Humphreys, share paid by the Republic of Korea", ""),
    "Yongsan relocation, ROK-borne total (2014 estimate)": (
        "Yongsan relocation, total borne by the Republic of Korea, estimate of 2011",
        "",
    ),
}
UNITS = {unit: unit for unit in ("billion USD", "billion JPY", "million EUR", "trillion KRW", "persons", "percent")}

# The source file gives second sources by address alone.
SECOND_SOURCES = {
    "": "",
    "https://www.military.com/daily-news/2021/03/23/heres-what-it-costs-keep-us-troops-japan-and-south-korea.html": (
        "Military.com 2021-03-23"
    ),
    "https://www.hsdl.org/?abstract&did=851160": "HSDL summary of GAO-21-270",
    "https://gao.gov/products/gao-21-270": "GAO-21-270",
    "https://donga.com/news/amp/all/20210320/105995126/1": "News1 2021-03-20 (at Dong-A Ilbo; Korean)",
    "https://japannews.yomiuri.co.jp/politics/politics-government/20220325-15361": (
        "The Japan News (Yomiuri) 2022-03-25"
    ),
    "https://nationalpost.com/pmn/news-pmn/"
    "japan-to-pay-y1-06-trln-to-support-stationed-u-s-forces-for-5-years-to-2026": ("Reuters/National Post 2021-12-21"),
    "https://www.japantimes.co.jp/news/2021/12/09/national/japan-defense-budget-us/": "The Japan Times 2021-12-09",
    "https://unsere-zeit.de/eine-milliarde-fuer-us-truppen-132512": "Unsere Zeit",
    "https://www.stripes.com/news/camp-humphreys-construction-largest-ever-for-military-slogs-on-1.migrated": (
        "Stars and Stripes"
    ),
    "https://panow.com/2018/06/29/us-ends-70-years-of-military-presence-in-s-korean-capital/": "AP 2018-06-29",
    "https://megalodon.jp/ref/2010-1214-0742-33/www.asahi.com/politics/update/1213/TKY201012130410.html": (
        "Asahi Shimbun 2010-12-14 (Japanese, archived)"
    ),
    "https://www.hankyung.com/article/2011032937601": "Hankyung 2011-03-29 (Korean)",
}

# A better copy than the file has: (title, address).
BETTER = {
    "https://www.sott.net/article/462284-Japan-to-pay-9-BILLION-to-host-US-troops-under-new-5-year-deal": (
        "Kyodo 2021-12-21 (copy at FA News)",
        "https://fa.news/articles/japan_to_increase_u_s_support_for_us_troops-84326/",
    ),
}

# Confidence cells that also say something about the figure: (grade, note).
CONFIDENCE_NOTES = {text: (grade, "") for text, grade in CONFIDENCE.items()} | {
    "two-sources (same origin); Yongsan relocation": (
        "two sources, same origin",
        "2.5 of it for the relocation of the Yongsan garrison, according to the second source",
    ),
    "two-sources; Jiji implies 1,008.5 with a wider definition": (
        "two sources",
        "Jiji implies 1,008.5 with a wider definition",
    ),
    "two-sources; briefing of 2011": (
        "two sources, same origin",
        "both report the defense ministry's briefing of March 29, 2011; the first is undated",
    ),
    "two-sources; Stripes range 10.7-13": ("two sources", "Stars and Stripes gives a range of 10.7 to 13"),
    "two-sources; contested definition": (
        "two sources",
        "contested definition: includes money paid under the Special Measures Agreements",
    ),
}


def host_nation_support(folder: Folder) -> pd.DataFrame:
    """Tabulate selected figures on host-nation support; units, periods and definitions differ by row."""
    raw = read(folder, FILE, dict.fromkeys(COLUMNS, str))
    raw = correct(raw, corrections("host_nation_support", "country", "item"), "country", "item")
    ends = raw["value"].str.split("-")
    frame = raw.assign(
        country=raw["country"].map(code),
        value_low=ends.str[0].astype(float),
        value_high=ends.str[-1].astype(float),
        unit=readings(raw, "unit", UNITS),
        second_source_title=readings(raw, "second_source_url", SECOND_SOURCES),
    )
    sources = [BETTER.get(url, (title, url)) for title, url in zip(raw["source_title"], raw["source_url"], strict=True)]
    frame["source_title"], frame["source_url"] = zip(*sources, strict=True)
    frame[["item", "period"]] = readings(raw, "item", ITEMS)
    frame[["confidence", "note"]] = readings(raw, "confidence", CONFIDENCE_NOTES)
    columns = [
        "country",
        "item",
        "value_low",
        "value_high",
        "unit",
        "period",
        "source_title",
        "source_url",
        "second_source_title",
        "second_source_url",
        "confidence",
        "note",
    ]
    return with_additions(frame[columns], "host_nation_support")
