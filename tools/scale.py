#!/usr/bin/env python3
"""Measure how the measures of trade flows grow with the rows: ``python tools/scale.py 1 10 100`` (millions of rows).

Makes product-level trade in the shape of BACI (year t, exporter i, importer j, product k, value v, quantity q) as
Parquet, and computes shares, top partners, and concentration of each importer's products on DuckDB, out of core, and on
pandas where it still fits. Each engine runs in a process of its own, whose peak memory is read when it ends.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from alliance import economy

FOLDER = Path(__file__).resolve().parents[1] / "_build" / "scale"
MEMORY = "2GB"
PANDAS_UP_TO = 10  # millions of rows
FLOWS = "t, CAST(i AS VARCHAR) AS i, j, k, v"  # the measures know partners by name
BY = {"of": "i", "by": ["t", "j", "k"], "value": "v"}
# What is computed, and the column that is summed up at the end, so that no engine can leave it out.
MEASURES = {
    "shares": (lambda flows: economy.shares(flows, **BY), "share"),
    "top": (lambda flows: economy.top(flows, **BY, n=3), "share"),
    "concentration": (lambda flows: economy.concentration(flows, **BY), "hhi"),
}
# Two hundred countries, five thousand products, ten years: each row's numbers come from a hash of its own number, so
# that the same count of rows is the same file.
ROWS = """
SELECT (2015 + number // {per_year})::SMALLINT AS t, (hash(number, 1) % 200)::SMALLINT AS i,
       (hash(number, 2) % 200)::SMALLINT AS j, (hash(number, 3) % 5000)::INTEGER AS k,
       (1 + hash(number, 4) % 1000000)::DOUBLE AS v, (1 + hash(number, 5) % 100000)::DOUBLE AS q
FROM range({rows}) AS numbers(number)
"""


def main(millions):
    """Print time and peak memory for each number of rows, and how the processor's time grows."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    print(f"{'rows':>12}  {'engine':8}  {'measure':14}  {'seconds':>8}  {'of CPU':>8}  {'peak MB':>8}")
    times = {}
    for million in millions:
        path = made(round(million * 1e6))
        for engine in ["duckdb"] + ["pandas"] * (million <= PANDAS_UP_TO):
            for measure in MEASURES:
                told = measured(engine, measure, path)
                times.setdefault((engine, measure), {})[million] = told["cpu"]
                figures = f"{told['seconds']:8.1f}  {told['cpu']:8.1f}  {told['peak']:8.0f}"
                print(f"{million * 1e6:12,.0f}  {engine:8}  {measure:14}  {figures}", flush=True)
    for (engine, measure), found in times.items():
        if len(found) > 1:
            exponent, _ = statistics.linear_regression(list(map(math.log, found)), list(map(math.log, found.values())))
            print(f"{engine}, {measure}: the processor's time grows with the rows to the power of {exponent:.2f}")
    return 0


def made(rows):
    """Write the trade of so many rows, unless it lies there."""
    path = FOLDER / f"trade-{rows}.parquet"
    if not path.exists():
        with duckdb.connect(config=settings()) as engine:
            query = ROWS.format(rows=rows, per_year=max(1, math.ceil(rows / 10)))
            engine.execute(f"COPY ({query}) TO '{path}.new' (FORMAT parquet, COMPRESSION zstd)")
        Path(f"{path}.new").rename(path)
    return path


def measured(engine, measure, path):
    """Run one measure in a process of its own: its seconds, those of the processor, and its peak of megabytes."""
    done = subprocess.run(
        [sys.executable, __file__, "--run", engine, measure, str(path)], capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{measure} on {engine} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def run(engine, measure, path):
    """Compute one measure, and print its seconds, the processor's, and the peak memory of this process as JSON."""
    import resource  # only where processes count their memory

    start, begun, (compute, column) = time.perf_counter(), time.process_time(), MEASURES[measure]
    if engine == "pandas":
        total = compute(duckdb.read_parquet(path).project(FLOWS).df())[column].sum()
    else:
        with duckdb.connect(config=settings()) as database:
            ((total,),) = compute(database.read_parquet(path).project(FLOWS)).aggregate(f"sum({column})").fetchall()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    seconds, cpu = time.perf_counter() - start, time.process_time() - begun
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak, "total": total}))
    return 0


def settings():
    """Bound DuckDB's memory; what does not fit goes to a file."""
    return {"memory_limit": MEMORY, "temp_directory": str(FOLDER / "spill"), "threads": min(4, os.cpu_count() or 1)}


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(run(*words[1:]) if words[:1] == ["--run"] else main([float(word) for word in words] or [1.0, 10.0]))
