#!/usr/bin/env python3
"""Check code, notebooks, workflows, types, spelling, and built pages: ``make check``. ``make format`` mends some."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = "check-jsonschema --builtin-schema vendor."
CHECKS = {
    "format": "ruff format --check",
    "lint": "ruff check --quiet --output-format concise",
    "spelling": "codespell",
    "types": "mypy --no-error-summary",
    "prose": "python tools/readability.py",  # of the built pages, where there are any
    "safe workflows": "zizmor --offline --no-progress --quiet .github",
    "workflows": f"{SCHEMA}github-workflows .github/workflows/*.yml",
    "time limits": "check-jsonschema --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml",
    "Dependabot": f"{SCHEMA}dependabot .github/dependabot.yml",
    "issue forms": f"{SCHEMA}github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml",
    "issue menu": f"{SCHEMA}github-issue-config .github/ISSUE_TEMPLATE/config.yml",
}
REPAIRS = {"format": "ruff format --quiet", "lint": "ruff check --quiet --fix"}
LINES, WIDTH = 30, 240


def main(arguments):
    """Run all checks, or the repairs with ``--fix``; print what the failing ones say and one line in the end."""
    commands = REPAIRS if "--fix" in arguments else CHECKS
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip(commands, pool.map(run, commands.values()), strict=True))
    failed = [name for name, done in results.items() if done.returncode != 0]
    for name in failed:
        print(f"--- {name}: {commands[name]}\n{excerpt(results[name].stdout)}\n")
    print(f"Failed: {', '.join(failed)}." if failed else f"All clean: {', '.join(commands)}.")
    return int(bool(failed))


def run(command):
    """Run one tool of this environment from the book's folder, with its patterns of file names spelled out."""
    name, *words = command.split()
    files = [str(path) for word in words if "*" in word for path in sorted(ROOT.glob(word))]
    options = [word for word in words if "*" not in word]
    tool = Path(sys.executable).with_name(name)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    return subprocess.run([tool, *options, *files], cwd=ROOT, **pipes)


def excerpt(output):
    """Return what fits on a screen: the first lines, each cut where it gets long."""
    lines = output.strip().splitlines()
    more = [f"... and {len(lines) - LINES} lines more"] if len(lines) > LINES else []
    return "\n".join([line[:WIDTH] for line in lines[:LINES]] + more)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
