"""CEPII, BACI: goods imports of fourteen Pacific Island states by partner (Etalab Open License)."""

import pandas as pd

from alliance.collect.lowy import RECIPIENTS
from alliance.collect.sources import Folder, read, stated

PARTNERS = {"KR": "KOR", "US": "USA", "CN": "CHN", "JP": "JPN", "AU": "AUS", "NZ": "NZL", "SG": "SGP", "TW": "TWN"}
#: Numbers in BACI of the partners, of North Korea, and of the importers, as its list of countries has to give them.
NUMBERS = {410: "KR", 842: "US", 156: "CN", 392: "JP", 36: "AU", 554: "NZ", 702: "SG", 408: "KP"}
NUMBERS |= {184: "CK", 242: "FJ", 583: "FM", 296: "KI", 584: "MH", 520: "NR", 570: "NU", 585: "PW", 598: "PG"}
NUMBERS |= {90: "SB", 776: "TO", 798: "TV", 548: "VU", 882: "WS"}
# The United Nations give no figures for Taiwan; BACI has them under “other Asia”.
TAIWAN = 490
FIRST = 2010
# The version of the copy that was read, which names none.
COPIED = "202601"
PUBLISHED = "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37"


def pacific_imports(folder: Folder) -> pd.DataFrame:
    """Tabulate imports from eight partners and from all others together, per state and year, from 2010."""
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
    title = f"CEPII BACI, HS 1992, version {stated(folder, file, 'version', COPIED)}, summed"
    return sums.assign(source_title=title, source_url=PUBLISHED)
