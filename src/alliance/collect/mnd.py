"""Ministry of National Defense of the Republic of Korea: White Papers and the defense budget."""

import pandas as pd

from alliance.collect.sources import (
    CONFIDENCE,
    Corrections,
    Folder,
    american,
    correct,
    read,
    readings,
    text_copy,
    with_additions,
)

BUDGET = "security/rok_defence_budget_1975_2026.csv"
BUDGET_COLUMNS = {
    "year": int,
    "defence_budget_100m_krw": float,
    "share_gdp_pct": float,
    "share_gov_budget_pct": float,
    "growth_pct_published": float,
    "source_title": str,
    "source_url": str,
    "confidence": str,
    "note": str,
}
CATEGORIES = "security/sma_breakdown_by_category.csv"
CATEGORY_COLUMNS = {
    "year": int,
    "labour_bn_krw": float,  # codespell:ignore
    "construction_bn_krw": float,
    "logistics_bn_krw": float,
    "total_bn_krw": float,
    "source_title": str,
    "confidence": str,
}
SUPPORT = "security/rok_direct_indirect_support_2015.csv"
SUPPORT_COLUMNS = {
    "class": str,
    "item": str,
    "bn_krw_2015": float,
    "source_title": str,
    "source_url": str,
    "confidence": str,
}

PROVISIONAL = "2023-2024 GDP shares are provisional in the source"
# Found later: second sources for the two budgets that the Ministry's page does not yet show. Both of
# 2026 report one announcement.
BUDGET_CORRECTIONS: Corrections = {"confidence": {2025: ("one-source", "two-sources")}}
BUDGET_CONFIDENCE = CONFIDENCE | {"two-sources (also newspic/MND 2025-12-03)": "two sources, same publisher"}
BUDGET_SECOND_SOURCES = {
    2025: (
        "Copy of a report of 2024-12-11 on the budget as passed",
        "https://mhrd.kr/bbs/board.php?bo_table=latest_policy&page=2&wr_id=388",
    ),
    2026: ("Asia Economy 2025-12-03", "https://www.asiae.co.kr/article/2025120311182918631"),
}

# The source file names two documents in one cell, or the folder of a text copy instead of the text:
# cell: (source, its address, second source, its address, note).
CATEGORY_SOURCES = {
    "2018 Defense White Paper Appendix 17": (
        "ROK MND, 2018 Defense White Paper, Appendix 17",
        "https://mnd.go.kr/mnd_book/DefenseWhitePaper/2018/suppl(eng)/files/basic-html/page80.html",
        "",
        "",
        "",
    ),
    "2016 Defense White Paper Chart 5-1": (
        "ROK MND, 2016 Defense White Paper, Chart 5-1",
        text_copy("2016_DefenseWhitePaper"),
        "",
        "",
        "text copy read",
    ),
    "2018 Defense White Paper Chart 5-2; repeated in 2020 White Paper appendix": (
        "ROK MND, 2018 Defense White Paper, Chart 5-2",
        "https://mnd.go.kr/mnd_book/DefenseWhitePaper/2018/body(eng)/files/basic-html/page181.html",
        "ROK MND, 2020 Defense White Paper, appendix",
        text_copy("2020_DefenseWhitePaper"),
        "2020 White Paper: text copy read",
    ),
    "2020 Defense White Paper Chart 6-2; Newsis 2021-03-10": (
        "ROK MND, 2020 Defense White Paper, Chart 6-2",
        text_copy("2020_DefenseWhitePaper"),
        "Newsis 2021-03-10",
        "https://mobile.newsis.com/view_amp.html?ar_id=NISX20210310_0001366189",
        "2020 White Paper: text copy read",
    ),
    "2022 Defense White Paper Appendix 16": (
        "ROK MND, 2022 Defense White Paper, Appendix 16",
        text_copy("2022_DefenseWhitePaper"),
        # Confirms the year, not the amounts.
        "News page on figures released by Rep. Yoon Hu-deok (윤후덕), undated",
        "https://honmall.net/?id=204177&pg=news_art",
        "text copy read; its year is inferred from the total and from the labor share of 47.3 % in 2021 "
        "that the second source gives",
    ),
}
CATEGORY_CONFIDENCE = CONFIDENCE | {"one-source (MND); year inferred from the total": "one source"}
SOURCE_COLUMNS = ["source_title", "source_url", "second_source_title", "second_source_url", "note"]


def defense_budget(folder: Folder) -> pd.DataFrame:
    """Tabulate the original defense budget in billion won, its growth and shares in percent, from 1991."""
    raw = correct(read(folder, BUDGET, BUDGET_COLUMNS), BUDGET_CORRECTIONS, "year")
    raw = raw[raw["year"] >= 1991]
    frame = raw.assign(
        budget_bn_krw=raw["defence_budget_100m_krw"] / 10,
        source_title=american(raw["source_title"]),
        provisional=raw["note"] == PROVISIONAL,
        confidence=readings(raw, "confidence", BUDGET_CONFIDENCE),
    )
    second = ["second_source_title", "second_source_url"]
    frame[second] = [BUDGET_SECOND_SOURCES.get(year, ("", "")) for year in raw["year"]]
    frame = frame.rename(
        columns={"share_gov_budget_pct": "share_government_budget_pct", "growth_pct_published": "growth_pct"}
    )
    columns = [
        *[
            "year",
            "budget_bn_krw",
            "share_gdp_pct",
            "share_government_budget_pct",
            "growth_pct",
            "provisional",
        ],
        *["source_title", "source_url", *second, "confidence", "note"],
    ]
    return frame[columns].sort_values("year")


def sma_categories(folder: Folder) -> pd.DataFrame:
    """Tabulate labor, military construction and logistics support in billion won, for the published years."""
    raw = read(folder, CATEGORIES, CATEGORY_COLUMNS).rename(columns={"labour_bn_krw": "labor_bn_krw"})
    frame = raw.assign(confidence=readings(raw, "confidence", CATEGORY_CONFIDENCE))
    frame[SOURCE_COLUMNS] = readings(raw, "source_title", CATEGORY_SOURCES)
    amounts = [f"{part}_bn_krw" for part in ("labor", "construction", "logistics", "total")]
    frame = frame[["year", *amounts, *SOURCE_COLUMNS[:4], "confidence", "note"]]
    return with_additions(frame, "sma_categories").sort_values("year")


def support_2015(folder: Folder) -> pd.DataFrame:
    """Tabulate direct, indirect and one-off support in 2015, in billion won; items without the total rows."""
    raw = read(folder, SUPPORT, SUPPORT_COLUMNS)
    raw = raw[(raw["class"] != "total") & ~raw["item"].str.startswith("TOTAL")]
    frame = raw.assign(
        item=american(raw["item"]),
        source_title="ROK MND, " + raw["source_title"],
        confidence=readings(raw, "confidence", CONFIDENCE),
    )
    frame = frame.rename(columns={"bn_krw_2015": "amount_bn_krw"})
    return frame[["class", "item", "amount_bn_krw", "source_title", "source_url", "confidence"]]
