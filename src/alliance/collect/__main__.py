"""``python -m alliance.collect --from DIR``: make every table of ``data/`` from its source files."""

import argparse
import csv
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

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
    fetching,
    foreign_assistance,
    forms,
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
from alliance.collect.changes import told
from alliance.collect.checks import Refused, settle
from alliance.collect.sources import Folder, verified
from alliance.collect.writing import changed_tables, compared, findings, recover, write
from alliance.data import DATA, load
from alliance.schema import DataError

#: Where answers of publishers are kept.
CACHE = DATA.parent / "_build" / "sources"

TABLES = [
    special_measures.sma_contributions,
    special_measures.sma_agreements,
    mnd.sma_categories,
    special_measures.sma_unspent_construction,
    mnd.defense_budget,
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
    asean.smart_city_programs,
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
    folder_of_sources: Folder,
    folder: Path | str = DATA,
    listed: Path = registry.REGISTRY,
    new: bool = False,
    accepted: Mapping[str, str] | None = None,
) -> tuple[list[str], str]:
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
    accepted : dict, optional
        Findings that are right, in words, each with its reason; the tables' descriptions keep them.

    Returns
    -------
    list of str, str
        Names of the files that changed, and a report.

    Raises
    ------
    DataError
        A source file is missing or is not what it was.
    Refused
        A table breaks its schema, or is no plausible successor of the present one.
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
    return replace(frames, folder, known, listed, accepted or {})


def online(
    folder: Path | str = DATA,
    listed: Path = registry.REGISTRY,
    cache: Path = CACHE,
    accepted: Mapping[str, str] | None = None,
    limits: fetching.Limits | None = None,
) -> tuple[list[str], str]:
    """Make the tables anew whose every source file has an official address for machines.

    Parameters
    ----------
    folder, listed, accepted
        As in `collect`.
    cache : path, optional
        Where answers are kept, so that unchanged ones need not be sent again.
    limits : Limits, optional
        What an answer may take.

    Returns
    -------
    list of str, str
        Names of the files that changed, and a report.

    Raises
    ------
    Offline
        A publisher cannot be reached; nothing was changed.
    DataError, Refused
        An answer is not what was asked for; nothing was changed.
    """
    recover(folder)
    known = registry.sources(listed)
    wanted = {table.__name__: registry.of_table(table.__name__, known) for table in TABLES}
    ready = {table for table, files in wanted.items() if files and all(source.form for source in files)}
    limits = limits or fetching.Limits()
    session = fetching.client(limits)
    made: dict[str, bytes] = {}
    for source in {source.file: source for table in sorted(ready) for source in wanted[table]}.values():
        answer = fetching.fetch(source, cache / "answers", session, limits)
        made[source.file] = forms.source_file(source.form, answer, source.interface)
    for name, content in made.items():
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_bytes(content)
    newer = registry.newer(cache, {name: known[name] for name in made})
    with verified(known | newer):
        frames = {table.__name__: table(cache) if table.__name__ in ready else None for table in TABLES}
    whole = {name: load(name, folder) if frame is None else frame for name, frame in frames.items()}
    by_hand = {
        table: "a source file has no address for machines, or its answer no form here: make refresh FROM=DIR"
        for table, files in wanted.items()
        if files and table not in ready
    }
    return replace(whole, folder, known | newer, listed, accepted or {}, by_hand)


def replace(
    frames: Mapping[str, pd.DataFrame],
    folder: Path | str,
    known: Mapping[str, registry.Source],
    listed: Path,
    accepted: Mapping[str, str],
    by_hand: Mapping[str, str] | None = None,
) -> tuple[list[str], str]:
    """Check new tables, then put them in the place of the present ones, with the registry.

    The registry keeps the rows of files from which no table changes, so that the same figures in another form change
    nothing.

    Returns
    -------
    list of str, str
        Names of the files that changed, and a report.
    """
    reasons = settle(findings(frames, folder, registry.read_by_machine(known)), accepted)
    different = changed_tables(frames, folder)
    kept = registry.sources(listed)
    kept |= {name: source for name, source in known.items() if different & set(source.tables.split())}
    dated = {table: _vintage(table, kept, registry.sources(listed)) for table in different}
    properties = {table: {"vintage": day} for table, day in dated.items() if day}
    for table, said in reasons.items():
        properties.setdefault(table, {})["accepted"] = said  # type: ignore[assignment]
    report = told(compared(frames, folder, {table: day or "" for table, day in dated.items()}), by_hand or {})
    return write(frames, folder, {listed: registry.csv_bytes(kept)}, properties), report


def _vintage(table: str, now: Mapping[str, registry.Source], before: Mapping[str, registry.Source]) -> str:
    """Word the day on which newer source files of a table were read; nothing where none is newer."""
    days = [source.retrieved for source in registry.of_table(table, now) if source != before.get(source.file)]
    day = date.fromisoformat(max(days, default="2000-01-01"))
    return f"read {day:%B} {day.day}, {day.year}" if days else ""


def acceptances(path: str) -> dict[str, str]:
    """Read a list of findings that are right, each with its reason."""
    with open(path, encoding="utf-8", newline="") as file:
        return {row["finding"]: row["reason"] for row in csv.DictReader(file)}


def main() -> int:
    """Refresh the tables as the command line says, and return the exit code: 1 if refused, 3 without a network."""
    options = _options()
    if options.recover:
        print("The old state is back." if recover(DATA) else "No refresh was cut off.")
        return 0
    try:
        accepted = acceptances(options.accept) if options.accept else {}
        if options.sources:
            changed, report = collect(options.sources, new=options.new, accepted=accepted)
        else:
            changed, report = online(accepted=accepted)
    except (DataError, Refused, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except fetching.Offline as error:
        print(f"{error}. Nothing was changed. With source files at hand: make refresh FROM=DIR.", file=sys.stderr)
        return 3
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "report.md").write_text(report, encoding="utf-8")
    print(report)
    print(f"{len(TABLES)} tables made; changed: {', '.join(changed) or 'none'}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m alliance.collect", description="Refresh the tables of data/.")
    parser.add_argument(
        "--from", dest="sources", metavar="DIR", help="make all tables from this folder of source files, not online"
    )
    parser.add_argument("--new", action="store_true", help="accept source files newer than those in the registry")
    parser.add_argument("--accept", metavar="FILE", help="CSV of findings that are right, each with its reason")
    parser.add_argument("--recover", action="store_true", help="put the old state back after a refresh was cut off")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
