"""Korea Exchange (KRX): price and volume of allowances in the Korean emissions trading scheme.

To December 2023 the exchange's monthly amounts paid and volumes were found, and are kept in ``additions``; from 2024
only daily closing prices with volumes, which the Financial Services Commission gives to machines. Days without trade
repeat the last price and are left out. Where both exist (2021–2023) the two ways differ by at most 2.2 percent. In the
copy that was read, the prices from April 2026 are those of one vintage of allowances, KAU25, the one that was traded.
"""

import pandas as pd

from alliance.collect.sources import Folder, read, with_additions

NEWER = "vintages-2026-11/economy-climate/kets_kau25_daily_2026-04-01_2026-06-10_keyed.csv"
CLOSING = "closing prices weighted by volume"


def carbon_price(folder: Folder) -> pd.DataFrame:
    """Tabulate the average price of an allowance, won per metric ton, by month with trade, 2015 – June 10, 2026."""
    frame = _closing(folder)
    frame["price_krw_per_t"] = frame["price_krw_per_t"].round(0)
    frame = frame.assign(source_title="Korea Exchange, ETS information platform", source_url="https://ets.krx.co.kr")
    return with_additions(frame, "carbon_price").sort_values("month")


def _closing(folder: Folder) -> pd.DataFrame:
    """Average closing prices by volume, from 2024."""
    raw = read(folder, "economy-climate/kets_kau_ohlcv.csv", {"date": str, "volume": float, "close_price": float})
    newer = read(folder, NEWER, {"date": str, "volume_t": float, "close_krw": float})
    newer = newer.rename(columns={"volume_t": "volume", "close_krw": "close_price"})
    raw = pd.concat([raw[raw["date"] < newer["date"].min()], newer], ignore_index=True)
    raw = raw[(raw["volume"] > 0) & (raw["date"] >= "2024")]
    raw = raw.assign(month=raw["date"].str[:7], amount=raw["volume"] * raw["close_price"])
    sums = raw.groupby("month")[["amount", "volume"]].sum().reset_index()
    price = sums["amount"] / sums["volume"]
    return pd.DataFrame(
        {"month": sums["month"], "price_krw_per_t": price, "volume_t": sums["volume"], "basis": CLOSING}
    )
