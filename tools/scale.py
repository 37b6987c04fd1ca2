#!/usr/bin/env python3
"""Measure how the measures of trade flows grow with the rows: ``python tools/scale.py 1 10 100`` (millions of rows).

Makes product-level trade in the shape of BACI (year t, exporter i, importer j, product k, value v, quantity q) as
Parquet, and computes shares, top partners, and concentration of each importer's products on DuckDB, out of core, on
Spark where PySpark and Java are installed, and on pandas where it still fits. As BACI comes in a file for each year and
no group of these measures spans two, DuckDB and pandas compute one year after the other. Each engine runs in a process
of its own, whose peak memory is read when it ends; all must come to the same sum.
"""

import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import duckdb
import psutil

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
YEARS = range(2015, 2025)
# Two hundred countries, five thousand products: each row's numbers come from a hash of its own number, so that the same
# count of rows is the same file.
ROWS = """
SELECT ({first} + number // {per_year})::SMALLINT AS t, (hash(number, 1) % 200)::SMALLINT AS i,
       (hash(number, 2) % 200)::SMALLINT AS j, (hash(number, 3) % 5000)::INTEGER AS k,
       (1 + hash(number, 4) % 1000000)::DOUBLE AS v, (1 + hash(number, 5) % 100000)::DOUBLE AS q
FROM range({rows}) AS numbers(number)
"""


def main(millions):
    """Print time and peak memory for each number of rows, and how the processor's time grows."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    print(f"{'rows':>12}  {'engine':8}  {'measure':14}  {'seconds':>8}  {'of CPU':>8}  {'peak MB':>8}")
    times, sums = {}, {}
    for million in millions:
        path = made(round(million * 1e6))
        for engine in engines(million):
            for measure in MEASURES:
                told = measured(engine, measure, path)
                times.setdefault((engine, measure), {})[million] = told["cpu"]
                first = sums.setdefault((million, measure), told["total"])
                if not math.isclose(told["total"], first, rel_tol=1e-9):
                    raise SystemExit(f"{measure}: {engine} comes to {told['total']}, and not to {first} as duckdb does")
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
            query = ROWS.format(rows=rows, first=YEARS[0], per_year=math.ceil(rows / len(YEARS)))
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


def engines(million):
    """List the engines that are here and can hold so many rows."""
    spark = bool(find_spec("pyspark") and shutil.which("java"))
    return ["duckdb"] + ["spark"] * spark + ["pandas"] * (million <= PANDAS_UP_TO)


def run(engine, measure, path):
    """Compute one measure, and print its seconds, the processor's, and the peak memory as JSON."""
    start, (compute, column) = time.perf_counter(), MEASURES[measure]
    total, cpu, peak = ON[engine](path, compute, column)
    print(json.dumps({"seconds": time.perf_counter() - start, "cpu": cpu, "peak": peak, "total": total}))
    return 0


def on_duckdb(path, compute, column):
    """Sum up a measure's column year by year, within the bound of memory."""
    with duckdb.connect(config=settings()) as database:
        flows = database.read_parquet(str(path)).project(FLOWS)
        yearly = [compute(flows.filter(f"t = {year}")).aggregate(f"sum({column})").fetchall()[0][0] for year in YEARS]
    return math.fsum(filter(None, yearly)), *used()


def on_pandas(path, compute, column):
    """Sum up a measure's column year by year."""
    flows = duckdb.read_parquet(str(path)).project(FLOWS)
    return math.fsum(compute(flows.filter(f"t = {year}").df())[column].sum() for year in YEARS), *used()


def on_spark(path, compute, column):
    """Sum up a measure's column on a Spark of this machine; what it uses is used by its Java process."""
    from pyspark.sql import SparkSession

    local = SparkSession.builder.master("local[2]").config("spark.driver.memory", MEMORY.replace("GB", "g"))
    session = local.config("spark.ui.enabled", "false").config("spark.local.dir", str(FOLDER / "spill")).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    flows = session.read.parquet(str(path)).selectExpr(*FLOWS.replace("VARCHAR", "STRING").split(", "))
    total = compute(flows).agg({column: "sum"}).first()[0]
    return total, *used()


ON = {"duckdb": on_duckdb, "pandas": on_pandas, "spark": on_spark}


def used():
    """Add up the processor's seconds, and the peak megabytes, of this process and of those it has started."""
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    seconds = sum(sum(process.cpu_times()[:2]) for process in processes)
    states = [Path(f"/proc/{process.pid}/status").read_text() for process in processes]
    peaks = [peak for state in states for peak in re.findall(r"VmHWM:\s+(\d+)", state)]  # none of one that has ended
    return seconds, sum(map(int, peaks)) / 1e3


def settings():
    """Bound DuckDB's memory; what does not fit goes to a file."""
    return {"memory_limit": MEMORY, "temp_directory": str(FOLDER / "spill"), "threads": min(4, os.cpu_count() or 1)}


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(run(*words[1:]) if words[:1] == ["--run"] else main([float(word) for word in words] or [1.0, 10.0]))
