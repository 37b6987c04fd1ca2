"""One clock: dates in charts are the same in every time zone."""

import json
import os
import subprocess
import sys

import altair as alt
import pandas as pd
import pytest
from helpers import SAMPLE

from press.charts import layout
from press.charts.time_zone import in_universal_time

DRAW = """
import json, sys
from pathlib import Path
from press.charts.renderer import render_svg
print(render_svg(json.loads(sys.stdin.read()), "fig-clock", Path(sys.argv[1])))
"""


def calendar():
    """A chart that has dates as data, domain, expression, tooltip, text, and time unit."""
    rain = pd.DataFrame({"day": pd.to_datetime(["2025-01-01", "2025-01-31", "2025-03-30"]), "mm": [4, 7, 2]})
    days = alt.X("day:T").scale(domain=[alt.DateTime(year=2025, month=1, date=1), "2025-04-01"]).axis(format="%d %B")
    bars = alt.Chart(rain).mark_bar().encode(x=days, y="mm:Q", tooltip=[alt.Tooltip("day:T", format="%d %B %Y")])
    names = alt.Chart(rain).mark_text().encode(x=days, y="mm:Q", text=alt.Text("day:T", format="%d %b"))
    months = alt.Chart(rain).mark_rule().encode(x="month(day):T", size="count()")
    first = names.transform_filter("month(datum.day) == 0").transform_calculate(next="datetime(2025, 0, 2)")
    return bars + names + months + first


ZONES = [
    "Asia/Seoul",
    *(pytest.param(zone, marks=pytest.mark.slow) for zone in ("America/Los_Angeles", "Pacific/Kiritimati")),
]


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_a_chart_with_dates_is_drawn_alike_in_every_time_zone(zone, cache_dir, tmp_path):
    spec = json.dumps(layout.widen(calendar().to_dict()))
    drawn = []
    for name in ("UTC", zone):
        cache = tmp_path / name
        cache.mkdir(parents=True)
        for made in ("fonts", "scripts"):
            (cache / made).symlink_to(cache_dir / made)
        command = [sys.executable, "-c", DRAW, str(cache)]
        done = subprocess.run(
            command, input=spec, env=os.environ | {"TZ": name}, cwd=SAMPLE, capture_output=True, text=True, check=True
        )
        drawn.append(done.stdout)
    assert "01 Jan<" in drawn[0]
    assert drawn[0] == drawn[1]


def test_times_without_a_zone_are_taken_for_universal_time():
    spec = in_universal_time({"datasets": {"rain": [{"day": "2025-01-01T00:00:00", "place": "2025-01-01", "mm": 4}]}})
    assert spec["datasets"]["rain"] == [{"day": "2025-01-01T00:00:00Z", "place": "2025-01-01", "mm": 4}]


def test_scales_units_and_expressions_are_universal():
    view = {
        "transform": [
            {"calculate": "year(datum.day)", "as": "y"},
            {"timeUnit": "yearmonth", "field": "day", "as": "m"},
        ],
        "encoding": {"x": {"field": "day", "type": "temporal", "timeUnit": "month"}, "y": {"field": "mm"}},
    }
    changed = in_universal_time(view)
    assert changed["transform"] == [
        {"calculate": "utcyear(datum.day)", "as": "y"},
        {"timeUnit": "utcyearmonth", "field": "day", "as": "m"},
    ]
    expected = {"field": "day", "type": "temporal", "timeUnit": "utcmonth", "scale": {"type": "utc"}}
    assert changed["encoding"] == {"x": expected, "y": {"field": "mm"}}


def test_rows_and_settings_are_no_dates():
    spec = {"data": {"values": [{"year": 2025, "month": 1}]}, "config": {"view": {"year": 2025}}}
    assert in_universal_time(spec) == spec


def test_what_is_universal_already_stays():
    once = in_universal_time(calendar().to_dict())
    assert in_universal_time(once) == once
