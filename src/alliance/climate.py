"""Climate: emissions against pledged paths, what moved them, and what power and cars have to do with it.

Conventions
-----------
* *Emissions* are a yearly Series (index: calendar year), any unit; two countries or two inventories are
  never mixed in one Series.
* A *cut* is a fall below a base year in percent of the base year's emissions; 100 is net zero.
* EDGAR is not the national inventory a pledge is judged by: the functions compare changes in percent.
* Everything is a pure function: no file, no network, no chart.
"""

import itertools
import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from alliance import series

#: Factors of the Kaya identity: carbon dioxide = people × output per person × energy per output × carbon per energy.
KAYA = ("population", "output per person", "energy per output", "carbon per energy")


def emissions(table: pd.DataFrame, country: str, column: str = "emissions_mt_co2e") -> pd.Series:
    """Take one country's emissions from a table as a yearly Series.

    Parameters
    ----------
    table : DataFrame
        With the columns ``country``, ``year`` and `column`, such as ``greenhouse_gas_emissions``.
    country : str
        ISO code.
    column : str
        The column to take; its unit stays as it is.

    Returns
    -------
    Series
        float, indexed by year, ascending.

    Raises
    ------
    ValueError
        For a country or column the table does not have, or a year that occurs twice.
    """
    return series.yearly(table, column, country)


def change(values: pd.Series, first: int, last: int) -> float:
    """Compute the change between two years, percent of the first."""
    start, end = _at(values, first), _at(values, last)
    return 100 * (end - start) / start


def straight_line(base: float, base_year: int, target_year: int, cut_pct: float) -> pd.Series:
    """Draw the path of equal yearly steps from a base year's emissions to a pledged cut.

    Parameters
    ----------
    base : float
        Emissions of the base year, any unit; 100 gives a path in percent.
    base_year, target_year : int
        First and last year of the path.
    cut_pct : float
        Cut below the base in the target year, percent; 100 is net zero.

    Returns
    -------
    Series
        Emissions in the unit of `base`, indexed by year.

    Raises
    ------
    ValueError
        When the target year does not follow the base year, or the cut is not between 0 and 100.

    Examples
    --------
    >>> straight_line(100, 2018, 2020, 40).tolist()
    [100.0, 80.0, 60.0]
    """
    _check_pledge(base_year, target_year, cut_pct)
    years = np.arange(base_year, target_year + 1)
    return pd.Series(base * (1 - cut_pct / 100 * (years - base_year) / (target_year - base_year)), index=years)


def progress(values: pd.Series, base_year: int, target_year: int, cut_pct: float, latest: int | None = None) -> float:
    """Divide the yearly cut achieved by the yearly cut that the pledge needed from its base year.

    1 is a country on the straight line from base year to target; 0.5 is half its pace; a
    negative ratio is a rise. The ratio depends on percent only, so that a series other than
    the pledge's own inventory may be used as long as the two move alike.

    Parameters
    ----------
    values : Series
        Emissions by year, any unit.
    base_year, target_year : int
        Of the pledge.
    cut_pct : float
        Pledged cut below the base year, percent.
    latest : int or None
        Last year counted; None for the last of the Series.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        For a pledge without cut, a latest year not after the base year, or a year the Series lacks.

    Examples
    --------
    >>> round(progress(pd.Series({2018: 100.0, 2021: 95.0}), 2018, 2030, 40), 3)
    0.5
    """
    _check_pledge(base_year, target_year, cut_pct)
    latest = int(values.index.max()) if latest is None else latest
    if latest <= base_year or cut_pct == 0:
        raise ValueError(
            f"Progress from {base_year} to {latest} at a cut of {cut_pct} percent says nothing; "
            f"give a later year and a cut."
        )
    achieved = -change(values, base_year, latest) / (latest - base_year)
    return achieved / (cut_pct / (target_year - base_year))


def pace(values: pd.Series, first: int, last: int) -> float:
    """Average the yearly fall between two years, percent a year, compounded; a rise is negative."""
    return 100 * (1 - (_at(values, last) / _at(values, first)) ** (1 / (last - first)))


def pace_needed(now: float, target: float, years: int) -> float:
    """Find the yearly fall, compounded, that leads from today's emissions to a target, percent a year.

    Parameters
    ----------
    now, target : float
        Emissions in one unit; the target above zero (no constant percentage reaches zero).
    years : int
        Years from one to the other, at least 1.

    Raises
    ------
    ValueError
        When either is not above zero or there are no years left.

    Examples
    --------
    >>> round(pace_needed(100, 81, 2), 6)
    10.0
    """
    if min(now, target) <= 0 or years < 1:
        raise ValueError(
            f"No yearly fall leads from {now} to {target} in {years} years; give values above zero and a year or more."
        )
    return 100 * (1 - (target / now) ** (1 / years))


def gap(values: pd.Series, base_year: int, target_year: int, cut_pct: float, latest: int) -> float:
    """Measure how far a year's emissions stand above the straight line, percent of the base year; below is negative."""
    line = straight_line(100, base_year, target_year, cut_pct)
    return 100 + change(values, base_year, latest) - _at(line, latest)


# --- the Kaya identity -------------------------------------------------------------------


def kaya_factors(table: pd.DataFrame, country: str) -> pd.DataFrame:
    """Compute the four factors whose product is the carbon dioxide from energy, by year.

    Parameters
    ----------
    table : DataFrame
        Table ``kaya``.
    country : str
        ISO code.

    Returns
    -------
    DataFrame
        Indexed by year, columns `KAYA`: persons; dollars of 2015 a person; megajoules a dollar;
        grams of carbon dioxide a megajoule. Their product, in grams, is the carbon dioxide.
    """
    energy = emissions(table, country, "energy_ej") * 1e12  # megajoules
    people, dollars = emissions(table, country, "population"), emissions(table, country, "gdp_bn_usd_2015") * 1e9
    grams = emissions(table, country, "co2_mt") * 1e12
    return pd.DataFrame(dict(zip(KAYA, (people, dollars / people, energy / dollars, grams / energy), strict=True)))


def logarithmic_mean(a: float, b: float) -> float:
    """Compute the logarithmic mean of two positive numbers: between them, and equal to both when they are equal.

    Examples
    --------
    >>> logarithmic_mean(2.0, 2.0)
    2.0
    """
    return a if a == b else (a - b) / _log_ratio(a, b)


def _log_ratio(a: float, b: float) -> float:
    """Compute the logarithm of a/b, exact to the last digits also where the two are nearly equal."""
    return float(np.log1p((a - b) / b) if 0.5 < a / b < 2 else np.log(a / b))


def lmdi(before: Mapping[str, float], after: Mapping[str, float]) -> pd.Series:
    """Split the change of a product into the effects of its factors, exactly.

    Parameters
    ----------
    before, after : mapping of str to float
        The same factors, all above zero, at two times.

    Returns
    -------
    Series
        Effect of each factor in the unit of the product; their sum is the product's change.

    Raises
    ------
    ValueError
        When the factors differ or one is not above zero.

    Notes
    -----
    Additive logarithmic mean Divisia index, Ang, Energy Policy 33 (2005), 867–871.

    Examples
    --------
    >>> lmdi({"a": 2.0, "b": 5.0}, {"a": 4.0, "b": 5.0}).round(6).tolist()
    [10.0, 0.0]
    """
    if list(before) != list(after) or min(*before.values(), *after.values()) <= 0:
        raise ValueError(
            f"The decomposition needs the same factors, all above zero, at both times; got {dict(before)} and "
            f"{dict(after)}."
        )
    scale = logarithmic_mean(math.prod(after.values()), math.prod(before.values()))
    return pd.Series({name: scale * _log_ratio(after[name], before[name]) for name in before})


def decomposition(table: pd.DataFrame, country: str, years: list[int]) -> pd.DataFrame:
    """Split the change of carbon dioxide from energy in successive periods among the four factors of `KAYA`.

    Parameters
    ----------
    table : DataFrame
        Table ``kaya``.
    country : str
        ISO code.
    years : list of int
        Limits of the periods, ascending.

    Returns
    -------
    DataFrame
        Columns ``country``, ``first``, ``last``, ``factor``, ``effect_mt`` (million metric tons). The
        effects of a period sum to the change in it.
    """
    factors = kaya_factors(table, country)
    rows = []
    for first, last in itertools.pairwise(years):
        before, after = ({name: float(factors[name][year]) for name in KAYA} for year in (first, last))
        effects = lmdi(before, after) / 1e12
        rows += [
            {"country": country, "first": first, "last": last, "factor": name, "effect_mt": effect}
            for name, effect in effects.items()
        ]
    return pd.DataFrame(rows)


# --- electricity, trade, sectors ---------------------------------------------------------


def generation_shares(table: pd.DataFrame, country: str) -> pd.DataFrame:
    """Divide the electricity generated among its sources, percent; rows years, columns sources.

    Parameters
    ----------
    table : DataFrame
        Table ``power_generation``.
    country : str
        ISO code.
    """
    wide = table[table["country"] == country].pivot(index="year", columns="fuel", values="generation_twh")
    return 100 * wide.div(wide.sum(axis=1), axis=0)


def power_intensity(sectors: pd.DataFrame, generation: pd.DataFrame, country: str) -> pd.Series:
    """Divide the carbon dioxide of power and heat plants by the kilowatt-hours of electricity, grams.

    The plants' carbon dioxide includes that of heat sold; the electricity does not include the
    heat. The level is therefore somewhat too high; the movement is what it is for.

    Parameters
    ----------
    sectors : DataFrame
        Table ``co2_by_sector``.
    generation : DataFrame
        Table ``power_generation``.
    country : str
        ISO code.

    Returns
    -------
    Series
        Grams of carbon dioxide a kilowatt-hour, by the years both tables have.
    """
    plants = emissions(sectors[sectors["sector"] == "electricity and heat"], country, "co2_mt")
    current = generation[generation["country"] == country].groupby("year")["generation_twh"].sum()
    return (1000 * plants / current).dropna()


def net_import_pct(table: pd.DataFrame, country: str) -> pd.Series:
    """Relate the carbon dioxide embodied in net imports to territorial emissions, percent; by year.

    Parameters
    ----------
    table : DataFrame
        Table ``co2_footprints``.
    country : str
        ISO code.
    """
    territorial = emissions(table, country, "territorial_mt")
    return 100 * (emissions(table, country, "consumption_mt") - territorial) / territorial


def sector_changes(table: pd.DataFrame, country: str, first: int, last: int) -> pd.Series:
    """Subtract each sector's carbon dioxide in one year from another's; the sum is the total's change."""
    wide = table[table["country"] == country].pivot(index="sector", columns="year", values="co2_mt")
    return wide[last] - wide[first]


# --- helpers -----------------------------------------------------------------------------


def _at(values: pd.Series, year: int) -> float:
    if year not in values.index:
        raise ValueError(
            f"There is no year {year} in the Series; it runs from {values.index.min()} to {values.index.max()}."
        )
    return float(values[year])


def _check_pledge(base_year: int, target_year: int, cut_pct: float) -> None:
    if target_year <= base_year:
        raise ValueError(f"The target year {target_year} does not follow the base year {base_year}.")
    if not 0 <= cut_pct <= 100:
        raise ValueError(f"A cut of {cut_pct} percent is none; give 0 to 100.")
