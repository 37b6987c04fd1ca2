"""Direct investment between Korea and the United States, by five publishers, read in press reports.

What a company notifies is not what arrives; gross outflows and positions are a third and a fourth thing. `basis`
keeps them apart, and `vintage` says which release a figure is from.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, readings, with_additions

FILE = "vintages-2026-11/economy-climate/korea_us_direct_investment_keyed.csv"
FLOWS = {
    "Korean direct investment abroad": ("Korean investment abroad", "ROK Ministry of Economy and Finance"),
    "Foreign direct investment into Korea": ("foreign investment in Korea", "ROK Ministry of Trade"),
    "US direct investment abroad, position": ("U.S. position abroad", "U.S. Bureau of Economic Analysis"),
    "Foreign direct investment in the US, position": (
        "foreign position in the United States",
        "U.S. Bureau of Economic Analysis",
    ),
}
BASES = {
    "gross": ("gross", "published"),
    "gross, notified by Ministry of Economy and Finance": ("gross", "published"),
    "notified": ("notified", "published"),
    "arrived": ("arrived", "published"),
    "notified, COMPUTED": ("notified", "computed"),
    "historical cost": ("position at historical cost", "published"),
    "historical cost, as quoted": ("position at historical cost", "published"),
}
KINDS = {"flow": str, "period": str, "partner": str, "value_bn_usd": float, "basis": str, "note": str}
COLUMNS = ["flow", "period", "partner", "basis", "vintage", "value_bn_usd", "state", "note", "publisher"]


def direct_investment(folder: Folder) -> pd.DataFrame:
    """Tabulate direct investment of Korea abroad and in Korea, billion dollars; transcribed.

    A row without an address of its source is left out.
    """
    raw = read(folder, FILE, KINDS | {"source_title": str, "source_url": str})
    kept = raw[raw["source_url"] != ""]
    titles = american(kept["source_title"])
    kept.attrs["file"] = FILE
    flows, bases = readings(kept, "flow", FLOWS), readings(kept, "basis", BASES)
    frame = kept.assign(
        flow=[flow for flow, _ in flows],
        publisher=[publisher for _, publisher in flows],
        basis=[basis for basis, _ in bases],
        state=[state for _, state in bases],
        period=kept["period"].str.removeprefix("end "),
        vintage=titles.str.extract(r", ([A-Z][a-z]+(?: \d+,)? \d{4})", expand=False).fillna(""),
        source_title=titles,
    )
    frame = with_additions(frame[[*COLUMNS, "source_title", "source_url"]], "direct_investment")
    frame.insert(len(COLUMNS), "transcribed", True)
    return frame.sort_values(["flow", "partner", "period", "basis", "source_title"])
