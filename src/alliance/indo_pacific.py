"""Indo-Pacific cooperation: aid, capacities, energy, space and the sea, side by side for the two allies.

Four kinds of aid figures occur and are never added: *net* official development assistance (what was paid out
less what was paid back), *gross* spending, *commitments* and *obligations* (promises that bind). Each measure
takes one of them at a time.

Conventions
-----------
* Countries are ISO codes; ``others`` stands for everybody who is not named in a table.
* A *period* is a pair of years, both included.
* Everything is a pure function: no file, no network, no chart.
"""

import math

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from alliance import dates
from alliance.rows import any_engine, records, rows_of

#: Members of ASEAN that receive official development assistance. Brunei and Singapore do not.
ASEAN = ["IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "THA", "VNM"]

#: The five states of the lower Mekong, all of them in `ASEAN`.
MEKONG = ["KHM", "LAO", "MMR", "THA", "VNM"]

#: Island states of the Pacific that the Pacific Aid Map covers.
PACIFIC = ["COK", "FJI", "FSM", "KIR", "MHL", "NIU", "NRU", "PLW", "PNG", "SLB", "TON", "TUV", "VUT", "WSM"]

#: The three Pacific states with which the United States has a Compact of Free Association.
COMPACT = ["FSM", "MHL", "PLW"]

#: Five years up to the year of the New Southern Policy (announced November 2017), and the five after it.
BEFORE, AFTER = (2013, 2017), (2018, 2022)

_TRIANGLE = 4  # points of the smallest ring: its first stands at its end again


def aid_by_year(table: pd.DataFrame, value: str, donor: str, recipients: list[str]) -> pd.Series:
    """Add up what one donor gave to a group of recipients, per year.

    Parameters
    ----------
    table : DataFrame
        With columns ``donor``, ``recipient``, ``year`` and `value`.
    value : str
        Column to add up; its unit is that of the result.
    donor : str
        ISO code, or ``others``.
    recipients : list of str
        ISO codes of the group.

    Returns
    -------
    Series
        Indexed by year.

    Raises
    ------
    ValueError
        The table does not hold the donor.
    """
    given = rows_of(table, donor, "donor")
    return given[given["recipient"].isin(recipients)].groupby("year")[value].sum()


def mean(series: pd.Series, period: tuple[int, int]) -> float:
    """Average a yearly Series over a period in which no year is missing.

    Raises
    ------
    ValueError
        A year of the period is missing.
    """
    years = list(range(period[0], period[1] + 1))
    missing = [year for year in years if year not in series.index]
    if missing:
        raise ValueError(f"The years {missing} are missing from the period {period[0]}–{period[1]}.")
    return float(series.loc[years].mean())


def growth(series: pd.Series, shift: int = 0) -> float:
    """Compare a yearly average before and after the New Southern Policy: the change in percent.

    Parameters
    ----------
    series : Series
        Indexed by year.
    shift : int, optional
        Move both periods by so many years, to see whether a finding hangs on the cut. With -5 the period before the
        policy is compared with the five years before it.

    Raises
    ------
    ValueError
        A year of one of the periods is missing.
    """
    before, after = (mean(series, (first + shift, last + shift)) for first, last in (BEFORE, AFTER))
    return 100 * (after / before - 1)


def before_and_after(
    table: pd.DataFrame, value: str, donor: str, recipients: list[str], shift: int = 0
) -> pd.DataFrame:
    """Compare a donor's yearly average before and after the New Southern Policy, recipient by recipient.

    Years in which a recipient does not appear count as zero: donors do not report what they did not give. With `shift`
    both periods move by so many years.

    Returns
    -------
    DataFrame
        Columns ``recipient``, ``before``, ``after`` and ``change`` in the unit of `value`. The changes add up
        exactly to the change of the group, so each is that recipient's contribution to it.
    """
    rows = table[(table["donor"] == donor) & table["recipient"].isin(recipients)]
    wide = (
        rows.pivot_table(index="recipient", columns="year", values=value, aggfunc="sum").reindex(recipients).fillna(0)
    )
    averages = {
        name: wide.reindex(columns=range(first + shift, last + shift + 1), fill_value=0).mean(axis=1)
        for name, (first, last) in {"before": BEFORE, "after": AFTER}.items()
    }
    frame = pd.DataFrame(averages)
    frame["change"] = frame["after"] - frame["before"]
    return frame.rename_axis("recipient").reset_index()


def yearly(table: pd.DataFrame, value: str, recipients: list[str], period: tuple[int, int]) -> pd.DataFrame:
    """Average what each donor gave each recipient over the years of a period.

    A pair without a row in a year counts as zero: donors do not report what they did not give. A recipient that no
    donor reports has missing values.

    Returns
    -------
    DataFrame
        One row for each recipient, in the order given; one column for each donor, in the unit of `value`.
    """
    rows = table[table["recipient"].isin(recipients) & table["year"].between(*period)]
    sums = rows.groupby(["recipient", "donor"])[value].sum().unstack(fill_value=0)
    return (sums / (period[1] - period[0] + 1)).reindex(recipients)


def acts(evidence: pd.DataFrame, since: pd.Timestamp) -> pd.DataFrame:
    """Select the joint acts on the promises for the Indo-Pacific, and the acts of one ally against their aims.

    Parameters
    ----------
    evidence : DataFrame
        Table ``evidence``.
    since : Timestamp
        Earliest day.

    Returns
    -------
    DataFrame
        The rows of `evidence` in the order of their days, with the columns ``day``, where a month stands for its
        middle, and ``with_others``: whether other states took part. An act that counts only in part may be of a
        larger group, too; its note then begins so. The Friends of the Mekong (I9) are such a group.
    """
    rows = evidence[evidence["promise"].str.startswith("I") & evidence["effect"].isin(["done", "against"])]
    larger = (rows["form"] == "wider group") | rows["note"].str.startswith("With Japan", na=False)
    rows = rows.assign(day=rows["date"].map(dates.day), with_others=larger | (rows["promise"] == "I9"))
    return rows[rows["day"] >= since].sort_values("day", kind="stable")


def share(table: pd.DataFrame, value: str, recipients: list[str], period: tuple[int, int]) -> pd.Series:
    """Divide among the donors what a group of recipients got in a period, percent.

    Returns
    -------
    Series
        Indexed by donor; sums to 100.
    """
    rows = table[table["recipient"].isin(recipients) & table["year"].between(*period)]
    sums = rows.groupby("donor")[value].sum()
    return (100 * sums / sums.sum()).sort_values(ascending=False)


def imports_from(flows: IntoFrameT, partner: str, without: str) -> IntoFrameT:
    """Add up a group's imports from one partner per year, with and without one importer.

    Written with narwhals: a pandas frame of a thousand rows and a lazy relation of hundreds of millions on
    DuckDB, Polars or Spark take the same path.

    Parameters
    ----------
    flows : frame of any library that narwhals knows
        Columns ``importer``, ``partner``, ``year`` and ``imports_usd``.
    partner : str
        Whose goods.
    without : str
        The importer to leave out in the second sum.

    Returns
    -------
    frame of the same library
        ``year``, ``all_usd`` and ``without_usd``, sorted by year.
    """
    rows = any_engine(flows).filter(nw.col("partner") == partner)
    kept = nw.when(nw.col("importer") != without).then(nw.col("imports_usd")).otherwise(0)
    rows = rows.with_columns(kept_usd=kept)
    sums = rows.group_by("year").agg(
        nw.col("imports_usd").sum().alias("all_usd"), nw.col("kept_usd").sum().alias("without_usd")
    )
    return sums.sort("year").to_native()


class Outlines:
    """Hold the table of rings as GeoJSON features, one per ring, wound as D3 draws them; a chart takes it as its data.

    D3 takes a ring on the sphere to enclose what lies to its right: an outer ring has to run clockwise, or
    it fills the whole globe but for the island.

    Parameters
    ----------
    coastlines : DataFrame
        Table ``coastlines``: ``country`` and ``ring`` ("longitude latitude" pairs, comma-separated).
    apart : float
        For a small map: degrees that a point lies from the one before it, at least. Smaller islands are left out.
    """

    def __init__(self, coastlines: pd.DataFrame, apart: float = 0):
        rings = [(row.country, _sparse(_points(row.ring), apart)) for row in records(coastlines)]
        self.features = [
            {
                "type": "Feature",
                "properties": {"country": country},
                "geometry": {"type": "Polygon", "coordinates": [_clockwise(points)]},
            }
            for country, points in rings
            if not apart or len(points) >= _TRIANGLE
        ]

    @property
    def __geo_interface__(self) -> dict:
        """Give the features as one collection, for whatever reads GeoJSON."""
        return {"type": "FeatureCollection", "features": self.features}


def _points(ring: str) -> list[list[float]]:
    return [[float(number) for number in pair.split()] for pair in ring.split(", ")]


def _sparse(points: list[list[float]], apart: float) -> list[list[float]]:
    """Return the points of a closed ring that lie so far from the one before, and its first point again."""
    kept = points[:1]
    for point in points[1:-1]:
        if math.dist(kept[-1], point) >= apart:
            kept.append(point)
    return [*kept, points[-1]]


def signed_area(points: list[list[float]]) -> float:
    """Measure the area inside a ring in square degrees: negative when it runs clockwise (shoelace formula)."""
    steps = zip(points, [*points[1:], points[0]], strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in steps) / 2


def _clockwise(points: list[list[float]]) -> list[list[float]]:
    return points if signed_area(points) <= 0 else points[::-1]
