"""Forms of publishers who give lists: of tests, of outlines, of papers."""

import json

from alliance.collect import natural_earth as outlines
from alliance.collect.forms.shapes import Answer, bad, csv_bytes, parsed, records


def table(answers: list[Answer], columns: str) -> bytes:
    """Take some columns of a CSV as they are; the argument names them, with a stroke between two."""
    (answer,) = answers
    names = columns.split("|")
    found = records(answer, "the publisher’s", *names)
    return csv_bytes(names, ([row[name] for name in names] for row in found))


def missiles(answers: list[Answer], _: str) -> bytes:
    """Read the list of missile tests: years, each with its tests."""
    (answer,) = answers
    columns = ["date", "missile", "outcome"]
    try:
        tests = [test for year in parsed(answer, "the list’s")["timeBins"] for test in year["data"]]
        rows = [[str(test[column]) for column in columns] for test in tests]
    except (TypeError, KeyError) as error:
        raise bad(answer.address, f"not the list’s JSON ({type(error).__name__}: {error})") from None
    return csv_bytes(columns, rows)


def natural_earth(answers: list[Answer], _: str) -> bytes:
    """Keep the states of the region, with their outlines and names, from the outlines of the world."""
    (answer,) = answers
    try:
        features = [
            {"type": "Feature", "properties": feature["properties"], "geometry": feature["geometry"]}
            for feature in parsed(answer, "Natural Earth’s")["features"]
            if feature["properties"]["ISO_A3_EH"] in outlines.REGION
        ]
    except (TypeError, KeyError) as error:
        raise bad(answer.address, f"not Natural Earth’s JSON ({type(error).__name__}: {error})") from None
    return json.dumps({"type": "FeatureCollection", "features": features}).encode("utf-8")
