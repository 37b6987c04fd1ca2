"""What nobody can follow makes a chapter run always; what can be followed is noted, wherever it is read."""

import os
import sys

import pytest

from press.execution import dependencies, native_libraries
from press.execution.dependencies import NETWORK, PROGRAMS

UNIX = pytest.mark.skipif(os.name != "posix", reason="processes are those of Unix")


# --- libraries --------------------------------------------------------------------------------------------------------


@pytest.fixture
def modules(monkeypatch):
    """A function that loads libraries, as far as `sys.modules` tells."""

    def load(*names):
        for name in native_libraries.READERS - set(names):
            monkeypatch.delitem(sys.modules, name, raising=False)
        for name in names:
            monkeypatch.setitem(sys.modules, name, sys)

    return load


def test_a_library_that_the_chapter_has_loaded_counts(modules):
    modules("duckdb", "polars")
    assert native_libraries.used(frozenset(), ["read()"]) == ["duckdb", "polars"]


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("import pyarrow", True),
        ("import os, pyarrow.parquet as parquet", True),
        ("  from pyarrow import csv", True),
        ("import pandas\npandas.read_parquet('rain.parquet')", False),
        ("# import pyarrow\nimport pyarrowhead", False),
    ],
)
def test_what_pandas_loads_by_itself_counts_where_the_code_names_it(modules, code, counts):
    modules("pyarrow")
    assert bool(native_libraries.used(frozenset(), [code])) is counts


def test_what_was_loaded_before_the_chapter_counts_where_the_code_names_it(modules):
    modules("duckdb")
    assert native_libraries.used(frozenset(["duckdb"]), ["x = 1"]) == []
    assert native_libraries.used(frozenset(["duckdb"]), ["import duckdb"]) == ["duckdb"]


# --- a chapter that runs ----------------------------------------------------------------------------------------------

FORK = """
import multiprocessing
def read(name):
    print("read in a fork")
    return open(name).read()
with multiprocessing.get_context("fork").Pool(2) as workers:
    workers.map(read, ["data.csv"] * 2)
"""
SPAWN = """
import multiprocessing
other = multiprocessing.get_context("spawn").Process(target=abs, args=[1])
other.start()
other.join()
"""
ENVIRONMENT = """
import os
os.environ["RAIN_YEAR"], os.getenv("RAIN_TOWN"), os.environ.get("TZ")
"""
OWN_VARIABLE = """
import os
os.environ["RAIN_OWN"] = "x"
os.environ["RAIN_OWN"]
"""
SCRATCH = """
import tempfile
with tempfile.NamedTemporaryFile("w+", delete=False) as made:
    made.write("x")
open(made.name).read()
"""
NETWORK_CELL = """
import socket
far = socket.socket()
far.settimeout(0.01)
try:
    far.connect(("192.0.2.1", 80))
except OSError:
    pass
"""
NEAR = """
import socket
here = socket.create_server(("127.0.0.1", 0))
socket.create_connection(here.getsockname()).close()
"""
CHAPTERS = {
    "fork": FORK,
    "spawn": SPAWN,
    "shell": "!cat data.csv",
    "system": "import os\nos.system('cat data.csv');",
    "environment": ENVIRONMENT,
    "own_variable": OWN_VARIABLE,
    "elsewhere": "open('../../elsewhere.csv').read()",
    "scratch": SCRATCH,
    "network": NETWORK_CELL,
    "near": NEAR,
    "duckdb": "import duckdb\nduckdb.sql('select 1').fetchall()",
}


@pytest.fixture
def root(ran):
    """The folder of the book that the chapters belong to."""
    return ran.root


@UNIX
@pytest.mark.parametrize("name", ["spawn", "shell", "system", "network", "duckdb"])
def test_what_nobody_can_follow_makes_a_chapter_run_always(outcomes, root, name):
    reason = {"network": NETWORK, "duckdb": "duckdb, which reads files by itself"}.get(name, PROGRAMS)
    assert reason in dependencies.changed(outcomes[name]["inputs"], root)
    assert reason in dependencies.outside(outcomes[name]["inputs"])


@UNIX
def test_what_a_fork_reads_is_noted_and_what_it_prints_is_shown(outcomes, root):
    noted = outcomes["fork"]["inputs"]
    assert "notebooks/data.csv" in noted and dependencies.changed(noted, root) == []
    (output,) = outcomes["fork"]["notebook"]["cells"][0]["outputs"]
    assert output["text"].replace("\n", "") == "read in a fork" * 2
    assert output["text"].count("\n") == 2, "lines of two processes may end one after the other"


@pytest.mark.parametrize("name", ["own_variable", "scratch", "near"])
def test_what_concerns_the_run_alone_is_no_input(outcomes, root, name):
    assert dependencies.changed(outcomes[name]["inputs"], root) == []


def test_variables_that_are_read_are_inputs(outcomes, root, monkeypatch):
    noted = outcomes["environment"]["inputs"]
    assert {name for name in noted if name.startswith("variable")} == {"variable RAIN_YEAR", "variable RAIN_TOWN"}
    assert dependencies.changed(noted, root) == ["variable RAIN_YEAR"], "it is not set here"
    monkeypatch.setenv("RAIN_YEAR", "2024")
    assert dependencies.changed(noted, root) == []
    monkeypatch.setenv("RAIN_TOWN", "Arley")
    assert dependencies.changed(noted, root) == ["variable RAIN_TOWN"]
    assert dependencies.is_of_machine("variable RAIN_YEAR")


def test_a_chapter_has_the_same_clock_everywhere(outcomes):
    assert "'UTC'" in outcomes["environment"]["notebook"]["cells"][0]["outputs"][0]["data"]["text/plain"]


def test_a_file_outside_the_book_is_an_input(outcomes, root):
    noted, path = outcomes["elsewhere"]["inputs"], root.parent / "elsewhere.csv"
    assert path.as_posix() in noted and dependencies.changed(noted, root) == []
    assert dependencies.outside(noted).keys() >= {path.as_posix()} and dependencies.is_of_machine(path.as_posix())
    before = path.read_bytes()
    path.write_text("a\n2\n", encoding="utf-8")
    assert dependencies.changed(noted, root) == [path.as_posix()]
    path.write_bytes(before)


def test_where_nothing_is_locked_the_installed_packages_count(root, monkeypatch):
    before = dependencies.fingerprint(dependencies.ENVIRONMENT, root)
    monkeypatch.setattr(dependencies, "_packages", lambda: b"another pandas")
    assert dependencies.fingerprint(dependencies.ENVIRONMENT, root) != before
