"""Measure builds and pages against the stock tools: `make bench`, or `tools/bench speed` and `tools/bench pages`.

Results go to `_build/bench.json`, and as tables to `_build/bench-speed.md` and `_build/bench-pages.md`. The colophon
shows them once they are copied to `book/measured-speed.md` and `book/measured-pages.md`.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pages
import speed

PARTS = {"speed": speed, "pages": pages}


def main(wanted: list[str]) -> None:
    """Measure the parts that are wanted, or all, and write down what comes out."""
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}. Choose of {', '.join(PARTS)}.")
    results = speed.ROOT / "_build" / "bench.json"
    known = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    for name in wanted or PARTS:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            part = known[name] = {
                "date": str(date.today()),
                "commit": commit(),
                "result": PARTS[name].measure(Path(folder)),
            }
        results.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
        told = f"{PARTS[name].tell(part['result'])}\n\nMeasured on {part['date']}, commit {part['commit']}.\n"
        results.with_name(f"bench-{name}.md").write_text(told, encoding="utf-8")
        print(told)


def commit() -> str:
    """Return the commit that is measured; `+` when files differ from it."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        cwd=speed.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1:])
