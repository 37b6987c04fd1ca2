"""The lock: in step with pyproject.toml, conda, and what is installed."""

import importlib.metadata
import re
import tomllib
from types import SimpleNamespace
from unittest.mock import Mock

import yaml
from helpers import ROOT, load
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
PINS = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
LOCKS = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "tools/uv.txt")]
# One locked package: its requirement, then everything up to the next one.
LOCKED = [
    (Requirement(head), rest) for lock in LOCKS for head, rest in re.findall(r"(?m)^(\w.*?) \\\n((?:[ #].*\n?)+)", lock)
]


def test_every_pin_is_exact_and_locked_and_has_its_reason():
    locked = {(canonicalize_name(entry.name), str(entry.specifier)) for entry, _ in LOCKED}
    direct = {canonicalize_name(entry.name) for entry, rest in LOCKED if "us-rok-alliance (pyproject.toml)" in rest}
    assert direct == {canonicalize_name(pin.name) for pin in PINS}
    for pin in PINS:
        assert str(pin.specifier).startswith("=="), f"{pin} is not an exact version"
        assert (canonicalize_name(pin.name), str(pin.specifier)) in locked, f"{pin} is not locked: make lock"
        assert re.search(rf'(?m)^  "{re.escape(str(pin))}",\s+# \w.+$', PYPROJECT), f"say why {pin.name} is there"


def test_every_locked_package_is_exact_and_hashed_and_names_no_index():
    assert len(LOCKED) == sum(len(re.findall(r"(?m)^\w", lock)) for lock in LOCKS) and LOCKED[-1][0].name == "uv"
    for entry, rest in LOCKED:
        assert re.fullmatch(r"==[^,*]+", str(entry.specifier)), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest), f"{entry} has no hash"
    assert not any(re.search(r"://|/|--(extra-)?index-url|--find-links|\w @ ", lock) for lock in LOCKS)


def test_this_environment_is_the_locks():
    here = [entry for entry, _ in LOCKED if entry.name != "uv" and (entry.marker is None or entry.marker.evaluate())]
    versions = {entry: importlib.metadata.version(entry.name) for entry in here}
    assert [entry for entry in here if not entry.specifier.contains(versions[entry], prereleases=True)] == []


def test_conda_installs_the_lock():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert conda["name"] == PROJECT["name"] and conda["channels"] == ["conda-forge"]
    *packages, with_pip = conda["dependencies"]
    assert packages == ["python=3.11", "pip"] and PROJECT["requires-python"] == ">=3.11"
    assert with_pip == {"pip": ["--require-hashes", "--only-binary=:all:", "-r requirements.lock"]}


def test_lock_writes_both_files_and_keeps_what_is_pinned_or_says_that_it_needs_uv(capsys, monkeypatch):
    lock, run = load(ROOT / "tools" / "lock.py"), Mock(return_value=SimpleNamespace(returncode=0))
    monkeypatch.setattr(lock.subprocess, "run", run)
    monkeypatch.setattr(lock.shutil, "which", lambda name: "uv")
    assert lock.main(["--upgrade-package", "pandas"]) == 0
    calls = [call.args[0] for call in run.call_args_list]
    assert [call[-1] for call in calls] == ["requirements.lock", "tools/uv.txt"]
    assert all("--generate-hashes" in call and "--upgrade-package" in call for call in calls)
    monkeypatch.setattr(lock.shutil, "which", lambda name: None)
    assert lock.main([]) == 1
    err = capsys.readouterr().err
    assert "make lock needs uv" in err and err.count("\n") == 1
