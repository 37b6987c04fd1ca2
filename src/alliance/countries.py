"""Countries by their ISO 3166-1 alpha-3 codes: the names that publishers use, and those that readers see."""

#: ISO code → name in charts and tables.
NAMES = {
    "KOR": "Korea",
    "USA": "United States",
    "JPN": "Japan",
    "CHN": "China",
    "PRK": "North Korea",
    "RUS": "Russia",
    "DEU": "Germany",
    "FRA": "France",
    "GBR": "United Kingdom",
    "AUS": "Australia",
    "NZL": "New Zealand",
    "SGP": "Singapore",
    "TWN": "Taiwan",
    "IDN": "Indonesia",
    "BRN": "Brunei",
    "IND": "India",
    "PAK": "Pakistan",
    "KHM": "Cambodia",
    "LAO": "Laos",
    "MMR": "Myanmar",
    "MYS": "Malaysia",
    "PHL": "Philippines",
    "THA": "Thailand",
    "VNM": "Vietnam",
    "COK": "Cook Islands",
    "FJI": "Fiji",
    "FSM": "Micronesia",
    "KIR": "Kiribati",
    "MHL": "Marshall Islands",
    "NIU": "Niue",
    "NRU": "Nauru",
    "PLW": "Palau",
    "PNG": "Papua New Guinea",
    "SLB": "Solomon Islands",
    "TON": "Tonga",
    "TUV": "Tuvalu",
    "VUT": "Vanuatu",
    "WSM": "Samoa",
}

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
