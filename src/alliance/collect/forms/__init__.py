"""How an answer for machines becomes a source file; the registry names the form of each.

A form takes the answers to the addresses of one source file and gives back the bytes of that file, in the columns that
its publisher's module reads. It checks what only the answer can show: that it is whole, and that it is the one asked
for.
"""

from alliance.collect import archives
from alliance.collect.forms import aid, customs, records, series, trade
from alliance.collect.forms.shapes import Answer, bad
from alliance.schema import DataError

__all__ = ["FORMS", "Answer", "source_file"]

FORMS = {
    "allowances": series.allowances,
    "arms-register": records.arms_register,
    "baci": trade.baci,
    "carbon-budget": series.carbon_budget,
    "census-duties": trade.census_duties,
    "census-months": trade.census_months,
    "census-sheet": trade.census_sheet,
    "census-totals": trade.census_totals,
    "census-years": trade.census_years,
    "comtrade": trade.comtrade,
    "customs-exports": customs.customs_exports,
    "customs-gas": customs.customs_gas,
    "customs-total": customs.customs_total,
    "fred": series.fred,
    "gapminder": series.gapminder,
    "iea-cars": series.iea_cars,
    "iea-sectors": series.iea_sectors,
    "lowy": aid.lowy,
    "missiles": records.missiles,
    "natural-earth": records.natural_earth,
    "oecd-crs": aid.oecd_crs,
    "owid": series.owid,
    "sipri-milex": series.sipri_milex,
    "table": records.table,
    "troops": records.troops,
    "world-bank": series.world_bank,
    "world-bank-geo": series.world_bank_geo,
}


def source_file(form: str, answers: list[Answer]) -> bytes:
    """Turn answers into the file that the publisher's module reads.

    Parameters
    ----------
    form : str
        From the registry: the name of a form, and its argument. ``zip NAME FORM …`` takes the file NAME out of an
        archive first. ``large BYTES FORM …`` leaves the answer on the disk.
    answers : list of Answer
        One for each address; an empty one says that a period has no figures yet.

    Raises
    ------
    DataError
        An answer has another form, or none has figures.
    """
    given = [answer for answer in answers if answer.content or answer.file]
    if not given:
        raise bad(answers[0].address, "the answer is empty")
    name, _, argument = form.partition(" ")
    if name == "large":
        return source_file(argument.partition(" ")[2], given)
    if name == "zip":
        wanted, _, form = argument.partition(" ")
        unpacked = [Answer(address, archives.member(content, wanted, address)) for address, content, _ in given]
        return source_file(form, unpacked)
    if name not in FORMS:
        raise bad(answers[0].address, f"registry.csv gives it the form {name}, which there is not")
    try:
        return FORMS[name](given, argument)
    except DataError:
        raise
    except Exception as error:  # whatever a form stumbles over that nobody has thought of
        raise bad(given[0].address, f"it cannot be read as {name} ({type(error).__name__}: {error})") from error
