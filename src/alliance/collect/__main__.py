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
    scorecard,
    sipri,
    special_measures,
    state_history,
    un_votes,
    unfccc,
    wits,
    world_bank,
)
from alliance.collect.sources import Folder
from alliance.collect.writing import write
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


def collect(sources: Folder, folder: Path | str = DATA) -> list[str]:
    """Make all tables from the source files and write those that changed.

    Parameters
    ----------
    sources : path
        Folder with the source files (``security/….csv``).
    folder : path, optional
        The data package to refresh.

    Returns
    -------
    list of str
        Names of the files that changed.

    Raises
    ------
    DataError
        A source file is missing or is not what it was, or a table breaks its schema.
    """
    if not Path(sources).is_dir():
        raise DataError(
            str(sources),
            "there is no such folder",
            "--from names the folder that holds the source files.",
            "name the folder in which security/ lies.",
        )
    return write({table.__name__: table(sources) for table in TABLES}, folder)


def main() -> int:
    """Make all tables from the folder named on the command line, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m alliance.collect", description="Make the tables of data/ from their source files."
    )
    parser.add_argument("--from", dest="sources", metavar="DIR", required=True, help="folder with the source files")
    try:
        changed = collect(parser.parse_args().sources)
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(TABLES)} tables made; changed: {', '.join(changed) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
