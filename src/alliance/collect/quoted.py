"""Figures read in the press or in an official text that no table holds: one value a row, each with its source."""

import pandas as pd

from alliance.collect.sources import ADDITIONS, Folder, read

COLUMNS = {"id": str, "value": float, "unit": str, "as_of": str, "statement": str}
SOURCES = ["source_title", "source_url", "second_source_title", "second_source_url", "confidence", "note"]


def quoted_figures(folder: Folder) -> pd.DataFrame:
    """Tabulate single figures that pages cite by their id; transcribed."""
    return read(ADDITIONS, "quoted_figures.csv", COLUMNS | dict.fromkeys(SOURCES, str)).sort_values("id")
