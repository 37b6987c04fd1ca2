"""Who imports whom, and how long modules, functions, and notebook cells may be."""

import ast
import graphlib
import json
import re
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

SOURCES = ROOT / "src"
MODULES = sorted(SOURCES.rglob("*.py"))
CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path) for path in MODULES}


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> list[str]:
    """Modules of ours that a module imports, also within functions."""
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in NAMES]
        elif isinstance(node, ast.ImportFrom) and node.module in NAMES:
            wholes = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [whole if whole in NAMES else node.module for whole in wholes]
    return found


def package_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def importing(*prefixes: str) -> list[tuple[str, str]]:
    """Pairs of importing and imported modules, where the importing one lies below one of the prefixes."""
    return [
        (name_of(path), imported)
        for path in MODULES
        if name_of(path).startswith(prefixes)
        for imported in imports(path)
        if imported != name_of(path)
    ]


@pytest.mark.parametrize("root", ["press", "alliance"])
def test_imports_run_one_way_between_packages(root):
    arrows: dict[str, set[str]] = {}
    for module, imported in importing(f"{root}."):
        if package_of(imported) not in (package_of(module), root):
            arrows.setdefault(package_of(module), set()).add(package_of(imported))
    assert len(arrows) > 3
    list(graphlib.TopologicalSorter(arrows).static_order())  # raises CycleError, which names the cycle


@pytest.mark.parametrize("root", ["press", "alliance"])
def test_no_module_imports_itself_by_way_of_others(root):
    arrows: dict[str, set[str]] = {}
    for module, imported in importing(root):
        inits = {module.rpartition(".")[0], imported.rpartition(".")[0]}
        if imported not in inits:  # a package that offers its modules' names is no detour
            arrows.setdefault(module, set()).add(imported)
    list(graphlib.TopologicalSorter(arrows).static_order())


@pytest.mark.parametrize(
    ("importer", "forbidden", "allowed"),
    [
        ("press", "alliance", ""),
        ("press.pdf", "press.html", ""),
        ("alliance.charts", "press", "press.chapter"),
        ("alliance.charts", "alliance.collect", ""),
    ],
)
def test_a_package_imports_nothing_that_it_should_not_know(importer, forbidden, allowed):
    found = [
        (module, imported)
        for module, imported in importing(importer)
        if imported.startswith(forbidden) and not (allowed and imported.startswith(allowed))
    ]
    assert importing(importer) and found == []


def test_measures_know_neither_charts_nor_the_press():
    measures = [
        (module, imported)
        for module, imported in importing("alliance.")
        if not module.startswith(("alliance.charts", "alliance.collect"))
    ]
    assert measures
    assert [pair for pair in measures if pair[1].startswith(("press", "alliance.charts", "alliance.collect"))] == []


def test_modules_and_functions_are_short():
    assert [name_of(path) for path in MODULES if path.read_text(encoding="utf-8").count("\n") > 400] == []
    functions = [(name_of(path), node) for path in MODULES for node in nodes(path) if isinstance(node, ast.FunctionDef)]
    assert len(functions) > 500
    assert [f"{module}.{node.name}" for module, node in functions if length(node) > 40] == []


def test_the_formatter_lays_out_everything():
    files = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
    marks = re.compile(r"#\s*fmt: *(skip|off)")
    assert [str(path) for path in files if marks.search(path.read_text(encoding="utf-8"))] == []


def length(function: ast.FunctionDef) -> int:
    """Lines of a function's body; its signature and docstring are for readers and may be as long as they need."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_cells_of_a_chapter_are_short_and_leave_charts_to_alliance(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    figures = [cell for cell in cells if "figure(" in cell]
    assert figures
    assert [cell for cell in figures if cell.count("\n") >= 20] == []
    assert [cell for cell in cells if cell.count("\n") >= 30] == []
    assert [cell for cell in cells if "alt." in cell or "mark_" in cell or "\ndef " in f"\n{cell}"] == []
