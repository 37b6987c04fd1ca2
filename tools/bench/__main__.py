"""Measure the press and its pages against the stock tools: `make bench`, or `tools/bench speed` and `tools/bench pages`.

Results go to `_build/bench.json`, and as tables to `_build/bench.md` (the colophon's, when copied to `book/measured.md`).
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
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}. Choose of {', '.join(PARTS)}.")
    results = speed.ROOT / "_build" / "bench.json"
    known = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    for name in wanted or PARTS:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            known[name] = {"date": str(date.today()), "commit": commit(), "result": PARTS[name].measure(Path(folder))}
        results.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    told = [f"{part.tell(known[name]['result'])}\n\nMeasured on {known[name]['date']}, commit {known[name]['commit']}." for name, part in PARTS.items() if name in known]
    results.with_suffix(".md").write_text("\n\n".join(told) + "\n", encoding="utf-8")
    print("\n\n".join(told))


def commit() -> str:
    """The commit that is measured; `+` when files differ from it."""
    said = subprocess.run(["git", "describe", "--always", "--dirty=+", "--exclude=*"], cwd=speed.ROOT, capture_output=True, text=True, check=True)
    return said.stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1:])
