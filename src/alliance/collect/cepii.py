"""CEPII, BACI: goods imports of fourteen Pacific Island states by partner (Etalab Open License)."""

import pandas as pd

from alliance.collect.lowy import RECIPIENTS
from alliance.collect.sources import Folder, read

PARTNERS = {"KR": "KOR", "US": "USA", "CN": "CHN", "JP": "JPN", "AU": "AUS", "NZ": "NZL", "SG": "SGP", "TW": "TWN"}
PUBLISHED = "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37"


def pacific_imports(folder: Folder) -> pd.DataFrame:
    """Tabulate imports from eight partners and from all others together, per state and year, 2010–2024."""
    file = "indo-pacific/baci_pacific_imports_by_partner.csv"
    raw = read(folder, file, {"Pacific ISO2": str, "Counterpart Code": str, "year": int, "value_usd": float})
    frame = pd.DataFrame(
        {
            "importer": raw["Pacific ISO2"].map(RECIPIENTS),
            "partner": raw["Counterpart Code"].map(PARTNERS).fillna("others"),
            "year": raw["year"],
            "imports_usd": raw["value_usd"],
        }
    )
    sums = frame.groupby(["importer", "partner", "year"])["imports_usd"].sum().round().astype(int).reset_index()
    return sums.assign(source_title="CEPII BACI, HS 1992, version 202601, summed", source_url=PUBLISHED)
