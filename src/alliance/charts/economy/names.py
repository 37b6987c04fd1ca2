"""Countries as the chapter's charts and tables name them."""

#: Economies in the order in which charts and tables have them.
ECONOMIES = ("KOR", "USA", "JPN", "DEU", "FRA", "GBR", "CHN")

_SPELLED = {
    "KOREA, SOUTH": "Korea",
    "Korea, Rep.": "Korea",
    "Other Asia, nes": "Taiwan",
    "Russian Federation": "Russia",
}


def partner_name(name: str) -> str:
    """Return the name of a trading partner for readers, from the spelling of the Census Bureau or the World Bank."""
    return _SPELLED.get(name, name.title() if name.isupper() else name)
