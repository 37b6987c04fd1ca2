"""The commands of the Makefile, the checks, the workflows, and what the repository says about itself."""

import contextlib
import http.server
import importlib.util
import json
import os
import re
import shlex
import subprocess
import threading
import time
import tomllib
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = {path.name: path for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))}


def load(name):
    """A file of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(f"{name}_tool", ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_yaml(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


check, links = load("check"), load("links")

# --- the checks themselves -------------------------------------------------------------------------------------------


# Six seconds of one core; `make check` does the same. The prose is measured in `tests/book/test_html.py`.
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in check.CHECKS if name != "prose"])
def test_make_check_finds_nothing(name):
    done = check.run(check.CHECKS[name])
    assert done.returncode == 0, check.excerpt(done.stdout)


def test_a_failing_check_is_shown_and_named_in_the_last_line(capsys, monkeypatch):
    calls = {"one": "python -c print(1)", "two": "python -c print(6+36);exit(1)"}
    monkeypatch.setattr(check, "CHECKS", calls)
    assert check.main([]) == 1
    out = capsys.readouterr().out
    assert "--- two: python" in out and "\n42\n" in out and "--- one" not in out and out.endswith("Failed: two.\n")
    del calls["two"]
    assert check.main([]) == 0 and capsys.readouterr().out == "All clean: one.\n"


def test_a_long_output_is_cut():
    lines = check.excerpt("\n".join(["x" * 1000] * 100)).splitlines()
    assert len(lines) == check.LINES + 1 and len(lines[0]) == check.WIDTH and lines[-1] == "... and 70 lines more"


@pytest.mark.slow
def test_hooks_before_a_commit_take_the_tools_of_the_lock():
    (repo,) = read_yaml(".pre-commit-config.yaml")["repos"]
    assert repo["repo"] == "local" and [hook["id"] for hook in repo["hooks"]] == ["format", "lint", "tidy", "types"]
    for hook in repo["hooks"]:
        assert hook["language"] == "system" and hook["entry"].startswith("python3 tools/venv.py -m "), hook
    assert check.run("pre-commit validate-config .pre-commit-config.yaml").returncode == 0


# --- Makefile --------------------------------------------------------------------------------------------------------


def targets():
    """Target → its recipe lines."""
    blocks = re.findall(r"(?m)^([a-z-]+):.*\n((?:\t.*\n)*)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    return {name: recipe.splitlines() for name, recipe in blocks}


def make(*arguments, **variables):
    """Run make as from a terminal, also when make runs these tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=kept | variables, capture_output=True, encoding="utf-8")


def test_every_target_is_one_line_of_python():
    assert {"help", "book", "test", "quick", "check", "format", "links", "lab", "refresh", "lock"} <= set(targets())
    for name, recipe in targets().items():
        assert len(recipe) == 1 and re.match(r"\t@\$\((VENV|PYTHON)\) ", recipe[0]), name


def test_help_lists_every_target():
    assert {line.split()[1] for line in make().stdout.splitlines()} == set(targets())


def test_refresh_without_a_folder_goes_to_the_publishers():
    assert make("-n", "refresh", "FROM=").stdout.rstrip().endswith("-m alliance.collect")


def test_refresh_takes_the_folder_from_the_environment():
    assert '--from "a folder"' in make("-n", "refresh", FROM="a folder").stdout


def test_a_refresh_is_told_with_what_it_does_to_the_book(tmp_path, capsys):
    tool = load("refresh_report")
    assert tool.main(tmp_path) == 1 and "run make refresh first" in capsys.readouterr().err
    for name, text in {tool.TABLES: "## gdp\n", tool.BOOK: "2 claims no longer hold.\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert tool.main(tmp_path) == 0
    page = (tmp_path / tool.PAGE).read_text(encoding="utf-8")
    assert page == "## gdp\n\n## The book\n\n```\n2 claims no longer hold.\n```\n"
    (tmp_path / tool.BOOK).unlink()
    assert tool.main(tmp_path) == 0 and tool.STOPPED in (tmp_path / tool.PAGE).read_text(encoding="utf-8")


def test_the_monthly_pull_request_says_what_changes_in_the_book():
    steps = read_yaml(".github/workflows/refresh.yml")["jobs"]["refresh"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [
        "make book",
        "make refresh",
        "make what-if",
        "make refreshed",
    ]
    assert steps[-1]["with"]["body-path"] == load("refresh_report").PAGE


# --- workflows -------------------------------------------------------------------------------------------------------


def jobs():
    return [(f"{name}: {job}", body) for name in WORKFLOWS for job, body in read_yaml(WORKFLOWS[name])["jobs"].items()]


@pytest.mark.parametrize(("name", "job"), jobs(), ids=dict(jobs()))
def test_a_job_runs_make_with_few_rights_and_pinned_actions(name, job):
    text = WORKFLOWS[name.partition(":")[0]].read_text(encoding="utf-8")
    assert job["timeout-minutes"] <= 60 and job["permissions"]
    assert {right for right, level in job["permissions"].items() if level == "write"} <= {
        *re.findall(r"(?m)^ +([a-z-]+): write # \w", text)
    }, "say what a right to write is for"
    for step in job["steps"]:
        if "uses" in step:
            assert re.search(rf"(?m)uses: {re.escape(step['uses'])} # v\d+\.\d+\.\d+$", text), step
            assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"]), step
        else:
            command, target, *settings = shlex.split(step["run"])
            assert command == "make" and target in targets(), f"{name}: workflows run make and nothing else"
            assert all(re.fullmatch(r"[A-Z]+=\w+", setting) for setting in settings), step


def test_workflows_start_without_rights_and_not_twice_at_a_time():
    assert set(WORKFLOWS) == {"test.yml", "pages.yml", "links.yml", "refresh.yml"}
    for name in WORKFLOWS:
        workflow = read_yaml(WORKFLOWS[name])
        assert workflow["permissions"] == {} and workflow["concurrency"]["group"], name


def test_an_action_has_one_version_everywhere():
    pins = {
        pin for path in WORKFLOWS.values() for pin in re.findall(r"uses: (\S+) #", path.read_text(encoding="utf-8"))
    }
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


def test_tests_run_on_every_python_that_the_project_names():
    test = read_yaml(".github/workflows/test.yml")["jobs"]
    pythons = test["everything"]["strategy"]["matrix"]["python"]
    assert pythons == ["3.11", "3.12", "3.13", "3.14"] and PROJECT["requires-python"] == f">={pythons[0]}"


# --- continuous integration elsewhere --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "printed, code, fails",
    [
        ("12 passed in 3 s", 0, False),
        ("SKIPPED [1] tests/test_data.py:3: no source files", 0, False),
        ("SKIPPED [2] tests/test_pages.py:9: browser: none to be had", 0, True),
        ("1 failed in 3 s", 2, True),
    ],
    ids=["passed", "other skip", "skip for want of a browser", "failed"],
)
def test_ci_fails_with_the_suite_and_when_no_browser_ran(tmp_path, printed, code, fails):
    for name, text in {"make": f"echo '{printed}'; exit {code}", "chromium": "exit 0"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    variables = dict(os.environ, PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(["bash", ".ci/run"], cwd=ROOT, env=variables, capture_output=True, encoding="utf-8")
    assert printed in done.stdout and (done.returncode != 0) == fails, done.stderr


# --- external links --------------------------------------------------------------------------------------------------


class Site(http.server.BaseHTTPRequestHandler):
    """Answers with the number that the path names; /flaky fails once, /slow is too late, /moved leads to /200."""

    asked: ClassVar[list[str]] = []

    def do_GET(self):
        """Answer."""
        self.asked.append(self.path)
        name = self.path.strip("/")
        if name == "slow":
            time.sleep(1)
        first = self.asked.count("/flaky") == 1
        code = {"flaky": 503 if first else 200, "moved": 302, "slow": 200, "%EC%95%BD": 200}.get(name) or int(name)
        with contextlib.suppress(ConnectionError):
            self.send_response(code)
            if code == 302:
                self.send_header("Location", "/200")
            self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site(monkeypatch):
    """The address of a server on this machine; asking it takes no pauses."""
    Site.asked.clear()
    monkeypatch.setattr(links, "PAUSE", 0)
    monkeypatch.setattr(links, "TIMEOUT", 0.3)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def pages(site, tmp_path, monkeypatch):
    """Two pages with links of every kind, in the place of the built ones."""
    monkeypatch.setattr(links, "ROOT", tmp_path)
    monkeypatch.setattr(links, "PAGES", tmp_path / "html")
    monkeypatch.setattr(links, "REPORT", tmp_path / "links.md")
    (tmp_path / "html" / "a").mkdir(parents=True)
    paths = ["200", "404", "403", "flaky", "moved", "slow", "약"]
    text = "".join(f'<a href="{site}/{path}">x</a>' for path in paths)
    (tmp_path / "html" / "index.html").write_text(f'<link href="{site}/410"><a href="a/b.html">y</a>{text}', "utf-8")
    (tmp_path / "html" / "a" / "b.html").write_text(f'<a href="{site}/404#part">z</a><a name="q">', "utf-8")
    return tmp_path


@pytest.mark.slow  # it waits for a site that does not answer
def test_links_are_told_apart(pages, site, capsys):
    assert links.main([]) == 1
    assert capsys.readouterr().out == "7 links: 1 dead, 2 unclear. The list is in links.md.\n"
    report = (pages / "links.md").read_text(encoding="utf-8")
    assert f"* <{site}/404> (404 Not Found): a/b.html, index.html\n" in report
    assert f"<{site}/403> (403 Forbidden): index.html" in report and f"<{site}/slow> (timed out)" in report
    assert report.index("/404>") < report.index("## Unclear") < report.index("/403>") and "flaky" not in report
    assert Site.asked.count("/flaky") == 2 and Site.asked.count("/404") == 1
    assert Site.asked.count("/slow") == links.TRIES


@pytest.mark.slow
def test_a_host_that_nobody_knows_is_dead_and_one_out_of_reach_is_not(monkeypatch, site):
    def unknown(*_, **__):
        raise links.socket.gaierror(links.socket.EAI_NONAME, "Name or service not known")

    assert links.ask("http://127.0.0.1:9/")[0] == "unclear"
    monkeypatch.setattr(links.socket, "getaddrinfo", unknown)
    assert links.ask("http://host.invalid/")[0] == "dead"


def test_without_pages_links_says_what_to_do(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(links, "PAGES", tmp_path)
    assert links.main([]) == 1 and "make book" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("open_issues", "dead", "command"),
    [
        ([{"number": 3, "title": "Something else"}], True, "create --title Dead links --body-file"),
        ([{"number": 3, "title": "Dead links"}], True, "edit 3 --body-file"),
        ([{"number": 3, "title": "Dead links"}], False, "close 3 --comment"),
        ([], False, None),
    ],
)
def test_there_is_one_issue_on_dead_links(monkeypatch, open_issues, dead, command):
    calls = []
    monkeypatch.setattr(links, "gh", lambda *words: calls.append(" ".join(words)) or json.dumps(open_issues))
    links.update_issue(dead)
    assert calls[0].startswith("list --state open") and len(calls) == 1 + bool(command)
    assert command is None or calls[1].startswith(command)


# --- what the repository says about itself ---------------------------------------------------------------------------


def test_citation_zenodo_license_and_project_agree():
    citation, zenodo = read_yaml("CITATION.cff"), json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert citation["version"] == zenodo["version"] == PROJECT["version"]
    assert citation["title"] == zenodo["title"] and citation["abstract"] in zenodo["description"]
    assert citation["keywords"] == zenodo["keywords"]
    assert [author["name"] for author in citation["authors"]] == [creator["name"] for creator in zenodo["creators"]]
    assert PROJECT["license"] == zenodo["license"] == citation["license"][0]
    license_ = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in license_ and citation["authors"][0]["name"] in license_
    assert citation["license"][1] in zenodo["notes"] and "Creative Commons Attribution 4.0" in license_


def test_a_container_for_development_builds_the_book():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert PROJECT["requires-python"] == f">={container['image'].rpartition(':')[2]}"
    _, target = container["postCreateCommand"].split()
    assert target in targets()
