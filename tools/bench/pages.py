"""What a page asks of its reader's browser, beside the same chapter from stock Jupyter Book with Altair's own output.

Lighthouse and axe run in Chromium on pages served with Brotli on the loopback. What the stock page fetches from content
networks comes from the same machine, so that its numbers do not wait for a network. Needs npm and Chromium.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import speed

HERE = Path(__file__).parent
COMPARED = "04-economy"
# Of the pages of the press that are no notebooks, one of each kind.
OTHERS = [f"book/{name}.html" for name in ("index", "summary", "promises/c3", "evidence", "figures")]
MEASURES = {
    "Lighthouse, performance": lambda row: f"{row['performance']}",
    "Lighthouse, accessibility": lambda row: f"{row['accessibility']}",
    "Lighthouse, best practices": lambda row: f"{row['best-practices']}",
    "Lighthouse, search engines": lambda row: f"{row['seo']}",
    "Largest paint, s": lambda row: f"{row['paint_ms'] / 1000:.1f}",
    "Scripts block for, s": lambda row: f"{row['blocked_ms'] / 1000:.1f}",
    "Layout shift": lambda row: f"{row['shift']:.2f}",
    "Requests": lambda row: f"{row['requests']}",
    "of these to other hosts": lambda row: f"{row['elsewhere']}",
    "First view, kB": lambda row: f"{row['bytes'] / 1000:,.0f}",
    "Violations that axe finds": lambda row: f"{row['axe']['violations']}",
}
OF_CHAPTERS = [
    "Lighthouse, performance",
    "Largest paint, s",
    "Layout shift",
    "First view, kB",
    "Violations that axe finds",
]


def measure(folder: Path) -> list[dict]:
    """Every chapter of the press, other pages of it, and one chapter of the stock tool."""
    tools = install(speed.ROOT / "_build" / ".bench")
    book = speed.copy(folder / "book")
    speed.clock(speed.WHOLE, book)
    chapters = sorted(f"notebooks/{path.stem}.html" for path in (book / "notebooks").glob("*.ipynb"))
    stock = stock_chapter(speed.copy(folder / "stock"))
    pages = [row | {"tool": "press"} for row in browse(tools, book / "_build" / "html", OTHERS + chapters)]
    return pages + [
        row | {"tool": "stock"} for row in browse(tools, stock / "_build" / "html", [f"notebooks/{COMPARED}.html"])
    ]


def install(tools: Path) -> Path:
    """Return a folder with Lighthouse, axe and what stock pages fetch, as locked."""
    tools.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "measure.mjs"):
        shutil.copy(HERE / name, tools)
    subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=tools, check=True, stdout=sys.stderr
    )
    return tools


def stock_chapter(book: Path) -> Path:
    """Return the compared chapter with the words of `plain.py`, printed by the stock tool."""
    speed.make_stock(book)
    (book / "_toc.yml").write_text(
        f"format: jb-book\nroot: book/index\nchapters:\n  - file: notebooks/{COMPARED}\n", encoding="utf-8"
    )
    shutil.copy(HERE / "plain.py", book / "src" / "press" / "chapter")
    words = book / "src" / "press" / "__init__.py"
    text = words.read_text(encoding="utf-8")
    for word in ("number", "claim", "figure", "table"):
        if f'"{word}": "api"' not in text:
            sys.exit(f"{words} no longer says where {word!r} comes from: bring tools/bench/pages.py up to date.")
        text = text.replace(f'"{word}": "api"', f'"{word}": "plain"')
    words.write_text(text, encoding="utf-8")
    speed.clock(speed.STOCK, book)
    return book


def browse(tools: Path, html: Path, pages: list[str]) -> list[dict]:
    """Return what the browser says of each page."""
    chromium = (
        shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("No Chromium found to measure with.")
    )
    run = subprocess.run(
        ["node", "measure.mjs", str(html), *pages],
        cwd=tools,
        env=os.environ | {"CHROME_PATH": chromium},
        check=True,
        stdout=subprocess.PIPE,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def tell(pages: list[dict]) -> str:
    """Two tables in Markdown: the compared chapter by both tools, and all pages of the press that were measured."""
    [stock] = [row for row in pages if row["tool"] == "stock"]
    press = {Path(row["page"]).stem: row for row in pages if row["tool"] == "press"}
    lines = [f"| Chapter {int(COMPARED[:2])} | stock | press |", "|---|--:|--:|"]
    lines += [f"| {name} | {of(stock)} | {of(press[COMPARED])} |" for name, of in MEASURES.items()]
    lines += ["", f"| Page | {' | '.join(OF_CHAPTERS)} |", "|---" + "|--:" * len(OF_CHAPTERS) + "|"]
    lines += [
        f"| {name} | {' | '.join(MEASURES[measure](row) for measure in OF_CHAPTERS)} |" for name, row in press.items()
    ]
    return "\n".join(lines)
