"""Korea Exchange (KRX): price and volume of allowances in the Korean emissions trading scheme.

To December 2023 the exchange's monthly amounts paid and volumes were found; from 2024 only daily closing
prices with volumes. Days without trade repeat the last price and are left out. Where both exist
(2021–2023) the two ways differ by at most 2.2 percent. From April 2026 the prices are those of one vintage of
allowances, KAU25, the one that was traded.
"""

import pandas as pd

from alliance.collect.sources import Folder, read

NEWER = "vintages-2026-11/economy-climate/kets_kau25_daily_2026-04-01_2026-06-10_keyed.csv"
PAID, CLOSING = "amount paid over volume", "closing prices weighted by volume"


def carbon_price(folder: Folder) -> pd.DataFrame:
    """Tabulate the average price of an allowance, won per metric ton, by month with trade, 2015 – June 10, 2026."""
    frame = pd.concat([_paid(folder), _closing(folder)], ignore_index=True)
    frame["price_krw_per_t"] = frame["price_krw_per_t"].round(0)
    return frame.assign(source_title="Korea Exchange, ETS information platform", source_url="https://ets.krx.co.kr")


def _paid(folder: Folder) -> pd.DataFrame:
    """Divide amounts paid by volumes, to December 2023."""
    columns = {"year": int, "month": int, "kau_exchange_vol": float, "kau_exchange_amt": float}
    raw = read(folder, "economy-climate/kets_monthly.csv", columns)
    raw = raw[(raw["kau_exchange_vol"] > 0) & (raw["year"] <= 2023)]
    month = raw["year"].astype(str) + "-" + raw["month"].astype(str).str.zfill(2)
    price = raw["kau_exchange_amt"] / raw["kau_exchange_vol"]
    return pd.DataFrame({"month": month, "price_krw_per_t": price, "volume_t": raw["kau_exchange_vol"], "basis": PAID})


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
