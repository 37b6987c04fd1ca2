"""How fast the press builds, as a ratio to stock Jupyter Book on the same sources in the same run.

The stock tool gets the same chapters with its own theme and default extensions. It does less than it
could be asked for: figures come out as plain text, untrue claims and broken references pass. It makes no PDF;
so the press writes the pages alone in the rows that are compared, and the whole book in one more. The type and
the script bundle, which the press makes once for a machine, are there before the clock starts.
"""

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "sample"
RUNS = 3
SIZES = (10, 50, 200)
PAGES_ONLY = """
from press import __main__, patches, project

patches.skip_optional_json_formats()
from press.build import sphinx_run

root = project.find_root()
sphinx_run.build_book(root, project.cache_directory(root) / "book", pages_only=True)
__main__.exit_now(0)
"""
PRESS = [sys.executable, "-c", PAGES_ONLY]
WHOLE = [sys.executable, "-m", "press", "build"]
# The press announces its renderer to every MyST-NB on the machine; the stock tool must not hear of it.
STOCK = [
    sys.executable,
    "-c",
    "import sys; sys.modules['Stemmer'] = None  # the press brings it along\n"
    "import myst_nb.core.render as r; r.MIME_RENDER_ENTRY_GROUP = 'none'\n"
    "from jupyter_book.cli.main import main; main()",
    "build",
    ".",
]
STOCK_CONFIG = """
title: Stock
author: Stock
only_build_toc_files: true
exclude_patterns: [".*", _build, src, tests, tools]
execute: {execute_notebooks: cache, timeout: 300}
bibtex_bibfiles: [book/references.bib]
parse: {myst_enable_extensions: [amsmath, attrs_inline, colon_fence, deflist, dollarmath, smartquotes, substitution]}
"""
GOALS = {"cold": 0.25, "nothing changed": 0.30, "prose edit": 0.45, "one table edited": 0.25}


def measure(folder: Path) -> dict:
    """All builds of all tools, below `folder`."""
    rounds = [compare(folder / str(number)) for number in range(RUNS)]
    sizes = [measure_size(folder / f"book-{size}", size) for size in SIZES]
    return {"cores": os.cpu_count(), "rounds": rounds, "sizes": sizes}


def compare(folder: Path) -> dict:
    """Seconds of each step, by tool; the tools take turns."""
    took = {}
    for tool, command in (("stock", STOCK), ("press", PRESS)):
        book = copy(folder / tool)
        if tool == "stock":
            make_stock(book)
        took[tool] = {"cold": clock(command, book)[0]}
        if tool == "press":
            took["limit"] = cell_seconds(book) / (os.cpu_count() or 1)
            whole = copy(folder / "whole")
            took["whole book"] = clock(WHOLE, whole)[0]
        took[tool]["nothing changed"] = clock(command, book)[0] if tool == "stock" else clock(WHOLE, whole)[0]
        edit_prose(book)
        took[tool]["prose edit"] = clock(command, book)[0]
        edit_table(book)
        took[tool]["one table edited"] = clock(command, book)[0]
    return took


def copy(folder: Path) -> Path:
    """Return the book's sources in an empty folder, with the press's type and scripts."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info", "tests"))
    lend(folder)
    return folder


def make_stock(book: Path) -> None:
    """Take a copy of the book from the press: stock configuration, no extension of ours, and no patch of others."""
    (book / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
    with (book / "src" / "press" / "patches.py").open("a", encoding="utf-8") as patches:
        patches.write("\n\ndef _is_series(package, series):\n    return False\n")


def lend(folder: Path) -> None:
    """Copy the type and the scripts that the book's own build has made."""
    for name in ("fonts", "scripts"):
        made = ROOT / "_build" / ".press" / name
        if not made.exists():
            sys.exit("Print the book once before: make book")
        shutil.copytree(made, folder / "_build" / ".press" / name)


def clock(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds of a build, and its peak memory in MB."""
    variables = os.environ | {"SOURCE_DATE_EPOCH": "1790000000", "PYTHONPATH": str(folder / "src")}
    began = time.monotonic()
    with open(folder / "said.log", "wb") as said:
        build = subprocess.Popen(command, cwd=folder, env=variables, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(build.pid, 0)
    took = time.monotonic() - began
    if status:
        sys.exit(f"{command} failed in {folder}:\n{(folder / 'said.log').read_text(encoding='utf-8')[-2000:]}")
    (folder / "said.log").unlink()
    return round(took, 2), round(usage.ru_maxrss / 1024)


def cell_seconds(book: Path) -> float:
    """Time that the cells of all chapters took, and nothing else."""
    from jupyter_cache import get_cache

    records = get_cache(str(book / "_build" / ".press" / "outputs")).list_cache_records()
    return sum(record.data["cell_seconds"] for record in records)


def edit_prose(book: Path) -> None:
    """Add a sentence to the second chapter."""
    chapter = sorted((book / "notebooks").glob("*.ipynb"))[1]
    notebook = json.loads(chapter.read_text(encoding="utf-8"))
    cell = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"][1]
    cell["source"].append("\n\nA sentence more.")
    chapter.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def edit_table(book: Path) -> None:
    """Change the description of a table that chapters read."""
    path = book / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["description"] += " Again."
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def measure_size(folder: Path, size: int) -> dict:
    """Time and memory of a made-up book of `size` chapters, cold: the medians of several builds."""
    sources, runs = make_up(folder / "sources", size), []
    for number in range(RUNS):
        book = shutil.copytree(sources, folder / str(number))
        lend(book)
        runs.append(clock(PRESS, book))
        shutil.rmtree(book)
    seconds, megabytes = (statistics.median(measured) for measured in zip(*runs, strict=True))
    return {"chapters": size, "seconds": seconds, "megabytes": megabytes}


def make_up(folder: Path, size: int) -> Path:
    """Return the sources of a book of copies of the sample's chapter, each with its own ids."""
    shutil.copytree(SAMPLE, folder)
    chapter = json.loads((SAMPLE / "notebooks" / "01-rainfall.ipynb").read_text(encoding="utf-8"))
    names = [f"c{number:03}" for number in range(size - 1)]
    for name in names:
        text = json.dumps(chapter)
        for id in ("boxford-drier", "rain-arley", "rain-total", "fig-rain", "tbl-rain", "eq-mean"):
            text = text.replace(id, f"{id}-{name}")
        (folder / "notebooks" / f"{name}.ipynb").write_text(
            text.replace("[^gauge]: ", f"[^gauge]: {name} "), encoding="utf-8"
        )
    toc = (folder / "_toc.yml").read_text(encoding="utf-8")
    more = "".join(f"      - file: notebooks/{name}\n" for name in names)
    (folder / "_toc.yml").write_text(toc.replace("01-rainfall\n", f"01-rainfall\n{more}"), encoding="utf-8")
    return folder


def power(sizes: list[dict], what: str) -> float:
    """Power of the number of chapters with which something grows from the middle to the large book."""
    _, middle, large = sizes
    return math.log(large[what] / middle[what]) / math.log(large["chapters"] / middle["chapters"])


def marginal_power(sizes: list[dict]) -> float:
    """Power with which time grows, less what any book costs: from a further chapter's time in small and large books."""
    small, middle, large = sizes
    steps = [
        (b["seconds"] - a["seconds"]) / (b["chapters"] - a["chapters"]) for a, b in ((small, middle), (middle, large))
    ]
    return 1 + math.log(steps[1] / steps[0]) / math.log(large["chapters"] / middle["chapters"])


def tell(result: dict) -> str:
    """Two tables in Markdown."""
    lines = ["| Build | stock, s | press, s | ratio (lowest–highest) | goal |", "|---|--:|--:|--:|--:|"]
    rounds = result["rounds"]
    for step, goal in GOALS.items():
        against = "cold" if step == "one table edited" else step
        ratios = sorted(r["press"][step] / r["stock"][against] for r in rounds)
        stock, press = (
            statistics.median(r[tool][at] for r in rounds) for tool, at in (("stock", against), ("press", step))
        )
        ratio = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
        lines.append(f"| {step.capitalize()} | {stock:.1f} | {press:.1f} | {ratio} | {goal:.2f} |")
    whole, limit = (statistics.median(r[what] for r in rounds) for what in ("whole book", "limit"))
    cold = statistics.median(r["stock"]["cold"] for r in rounds)
    lines.append(f"| Cold, with the PDF | – | {whole:.1f} | {whole / cold:.2f} | – |")
    lines += [
        "",
        f"The cells alone need {limit:.1f} s on {result['cores']} cores.",
        "",
        "| Chapters | s | MB |",
        "|--:|--:|--:|",
    ]
    sizes = result["sizes"]
    lines += [f"| {size['chapters']} | {size['seconds']:.1f} | {size['megabytes']} |" for size in sizes]
    grows = (
        f"From {sizes[1]['chapters']} to {sizes[2]['chapters']} chapters time grows with the power "
        f"{power(sizes, 'seconds'):.2f} of their number (goal: at most 1.05), less what any book costs with "
        f"{marginal_power(sizes):.2f}; memory with {power(sizes, 'megabytes'):.2f} (goal: flat)."
    )
    return "\n".join([*lines, "", grows])
