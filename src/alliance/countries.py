"""Countries by their ISO 3166-1 alpha-3 codes, under the names that publishers use."""

# Exact names, found in the files this book reads. A bare "Korea" is left out on purpose: it does not
# say which of the two states is meant.
CODES = {
    "ROK": "KOR",
    "South Korea": "KOR",
    "Korea, Rep.": "KOR",
    "Korea, Republic of": "KOR",
    "Korea, Republic of *": "KOR",
    "KOREA, SOUTH": "KOR",
    "Republic of Korea": "KOR",
    "Korea, South": "KOR",
    "DPRK": "PRK",
    "North Korea": "PRK",
    "Korea, Dem. People's Rep.": "PRK",
    "Democratic People's Republic of Korea": "PRK",
    "Japan": "JPN",
    "Germany": "DEU",
    "China": "CHN",
    "Russia": "RUS",
    "Australia": "AUS",
    "United States": "USA",
    "United States of America": "USA",
}


def code(name: str) -> str:
    """Find the ISO code of a country as a publisher spells it.

    Parameters
    ----------
    name : str
        The name exactly as printed, for example ``"Korea, Rep."``.

    Returns
    -------
    str
        Three letters: ``KOR`` is the Republic of Korea, ``PRK`` North Korea (DPRK).

    Raises
    ------
    ValueError
        The name is unknown, or is a bare "Korea".

    Examples
    --------
    >>> code("Korea, Rep.")
    'KOR'
    >>> code("Korea, Dem. People's Rep.")
    'PRK'
    """
    if name in CODES:
        return CODES[name]
    if name.strip().casefold() == "korea":
        raise ValueError(f'"{name}" does not say which Korea. Use "Republic of Korea" (KOR) or "North Korea" (PRK).')
    raise ValueError(f'"{name}" is no known country name. Known: {", ".join(sorted(CODES))}.')
