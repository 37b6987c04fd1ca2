"""``python -m alliance.collect --from DIR``: make every table of ``data/`` from its source files."""

import argparse
import sys
from pathlib import Path

from alliance.collect import (
    asean,
    bank_of_korea,
    census,
    cepii,
    chronology,
    climate_ministry,
    commitments_abroad,
    comtrade,
    dialogue,
    direct_investment,
    dmdc,
    economist,
    edgar,
    energy_institute,
    exercises,
    federal_reserve,
    foreign_assistance,
    global_carbon,
    host_nations,
    iea,
    imf,
    kita,
    korea_customs,
    krx,
    lowy,
    maritime_bureau,
    mineral_flows,
    mnd,
    mofcom,
    natural_earth,
    nk_tests,
    oecd,
    owid,
    power_official,
    quoted,
    registry,
    scorecard,
    sipri,
    special_measures,
    state_history,
    un_votes,
    unfccc,
    wits,
    world_bank,
)
from alliance.collect.sources import Folder, verified
from alliance.collect.writing import recover, write
from alliance.data import DATA
from alliance.schema import DataError

TABLES = [
    special_measures.sma_contributions,
    special_measures.sma_agreements,
    mnd.sma_categories,
    special_measures.sma_unspent_construction,
    mnd.defence_budget,
    world_bank.consumer_prices,
    federal_reserve.exchange_rates,
    world_bank.gdp,
    host_nations.host_nation_support,
    mnd.support_2015,
    dialogue.dialogue_meetings,
    dialogue.other_dialogues,
    dialogue.dialogue_not_found,
    state_history.leader_visits,
    un_votes.ideal_points,
    un_votes.un_roll_calls,
    un_votes.voting_coincidence,
    sipri.military_expenditure,
    sipri.military_expenditure_2025,
    sipri.arms_imports,
    dmdc.us_troops_abroad,
    dmdc.us_construction,
    nk_tests.missile_tests,
    nk_tests.nuclear_tests,
    nk_tests.provocation_days,
    exercises.exercises,
    census.us_goods_trade,
    census.us_trade_partners,
    census.us_duties,
    bank_of_korea.regional_balance,
    direct_investment.direct_investment,
    commitments_abroad.investment_commitments,
    wits.import_partner_shares,
    kita.korea_lng_suppliers,
    comtrade.china_mineral_exports,
    mofcom.china_export_controls,
    mineral_flows.mineral_flows,
    korea_customs.korea_exports,
    korea_customs.korea_export_definitions,
    energy_institute.mineral_production,
    imf.forecast_2019,
    economist.excess_deaths,
    world_bank.economies,
    world_bank.research_intensity,
    edgar.greenhouse_gas_emissions,
    unfccc.national_emissions,
    unfccc.climate_targets,
    unfccc.climate_events,
    energy_institute.kaya,
    energy_institute.power_generation,
    power_official.power_official,
    iea.co2_by_sector,
    global_carbon.co2_footprints,
    krx.carbon_price,
    climate_ministry.kets_allocation,
    iea.electric_cars,
    asean.smart_cities,
    asean.smart_city_programmes,
    world_bank.net_aid,
    lowy.pacific_aid,
    foreign_assistance.us_foreign_assistance,
    oecd.aid_reported,
    cepii.pacific_imports,
    owid.covax_doses,
    owid.vaccination,
    owid.electricity_access,
    energy_institute.lng_imports,
    owid.space_objects,
    maritime_bureau.ship_attacks,
    maritime_bureau.ship_attack_totals,
    world_bank.shipping_connectivity,
    natural_earth.coastlines,
    natural_earth.label_points,
    scorecard.commitments,
    scorecard.evidence,
    scorecard.evidence_second_coding,
    scorecard.scorecard_rules,
    scorecard.scorecard_series,
    scorecard.verdicts,
    scorecard.verdict_reasons,
    chronology.chronology,
    chronology.presidents,
    quoted.quoted_figures,
]


def collect(
    folder_of_sources: Folder, folder: Path | str = DATA, listed: Path = registry.REGISTRY, new: bool = False
) -> list[str]:
    """Make all tables from the source files and write those that changed.

    Parameters
    ----------
    folder_of_sources : path
        Folder with the source files (``security/….csv``).
    folder : path, optional
        The data package to refresh.
    listed : path, optional
        The registry of source files.
    new : bool, optional
        Whether source files may be newer than those that the registry lists; it then lists the newer ones.

    Returns
    -------
    list of str
        Names of the files that changed.

    Raises
    ------
    DataError
        A source file is missing or is not what it was, or a table breaks its schema.
    """
    if not Path(folder_of_sources).is_dir():
        raise DataError(
            str(folder_of_sources),
            "there is no such folder",
            "--from names the folder that holds the source files.",
            "name the folder in which security/ lies.",
        )
    recover(folder)
    known = registry.sources(listed)
    if new:
        known = registry.newer(folder_of_sources, known)
    with verified(known):
        frames = {table.__name__: table(folder_of_sources) for table in TABLES}
    return write(frames, folder, {listed: registry.csv_bytes(known)})


def main() -> int:
    """Make all tables from the folder named on the command line, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m alliance.collect", description="Make the tables of data/ from their source files."
    )
    parser.add_argument("--from", dest="sources", metavar="DIR", help="folder with the source files")
    parser.add_argument("--new", action="store_true", help="accept source files newer than those in the registry")
    parser.add_argument("--recover", action="store_true", help="put the old state back after a refresh was cut off")
    options = parser.parse_args()
    if options.recover:
        print("The old state is back." if recover(DATA) else "No refresh was cut off.")
        return 0
    if not options.sources:
        parser.error("--from DIR names the folder of the source files.")
    try:
        changed = collect(options.sources, new=options.new)
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(TABLES)} tables made; changed: {', '.join(changed) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
