"""Forms of publishers who give aid by donor and recipient as CSV in the SDMX standard."""

from alliance.collect import lowy as pacific
from alliance.collect import oecd
from alliance.collect.forms.shapes import Answer, bad, csv_bytes, records

# Sums of donors stand among the donors.
SUMS = {"_T", "DONOR_BIL", "DONOR_CSP", "DONOR_MUL", "DONOR_PCS"}
FLOWS = {"C": "commitment_value", "D": "disbursement_value"}
NAMES = {code: name for known in (oecd.DONORS, oecd.RECIPIENTS) for name, code in known.items()}
FIRST = "2010"


def oecd_crs(answers: list[Answer], _: str) -> bytes:
    """Read commitments and disbursements, millions of constant dollars, one observation a line."""
    (answer,) = answers
    columns = ["DONOR", "RECIPIENT", "FLOW_TYPE", "PRICE_BASE", "TIME_PERIOD", "OBS_VALUE", "UNIT_MULT"]
    values: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in records(answer, "the OECD’s", *columns):
        if (row["PRICE_BASE"], row["UNIT_MULT"]) != ("Q", "6"):
            raise bad(answer.address, "it holds other values than millions of constant dollars")
        key = (row["RECIPIENT"], row["DONOR"], row["TIME_PERIOD"])
        cells = values.setdefault(key, {})
        flow = FLOWS.get(row["FLOW_TYPE"], "")
        if not flow or flow in cells or {*key[:2]} - NAMES.keys():
            raise bad(
                answer.address, f"the line of {' '.join(key)} {row['FLOW_TYPE']} was not asked for, or stands twice"
            )
        cells[flow] = row["OBS_VALUE"]
    rows = [
        (NAMES[recipient], NAMES[donor], year, *(cells.get(flow, "") for flow in FLOWS.values()))
        for (recipient, donor, year), cells in sorted(values.items())
    ]
    return csv_bytes(["RecipientName", "DonorName", "Year", *FLOWS.values()], rows)


def lowy(answers: list[Answer], _: str) -> bytes:
    """Read what donors spent in the Pacific, dollars: all kinds together, without the sums of donors."""
    (answer,) = answers
    columns = ["FREQ", "GEO_PICT", "INDICATOR", "DONOR", "COMMITTED_SPENT", "FLOW_TYPE", "TIME_PERIOD", "OBS_VALUE"]
    rows = []
    for row in records(answer, "the Pacific Data Hub’s", *columns):
        kind = [row[column] for column in ("FREQ", "INDICATOR", "COMMITTED_SPENT", "FLOW_TYPE")]
        if kind != ["A", "TRVAL", "SPE", "_T"] or row.get("UNIT_MULT", "") not in ("", "0"):
            raise bad(answer.address, f"a line of {' '.join(kind)} was not asked for")
        if row["GEO_PICT"] in pacific.RECIPIENTS and row["DONOR"] not in SUMS and row["TIME_PERIOD"] >= FIRST:
            rows.append((row["GEO_PICT"], row["DONOR"], row["TIME_PERIOD"], row["OBS_VALUE"]))
    return csv_bytes(["pacific_code", "counterpart_code", "year", "value_usd"], rows)
