"""The last good book stays, whatever ends a build and whenever."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from helpers import EPOCH, INDEX, built, edit, message, press, published, run

pytestmark = pytest.mark.slow


def whole(folder):
    """Each published part, as far as it is there."""
    found = published(folder)
    return {
        part: {name: content for name, content in found.items() if name.startswith(f"_build/{part}/")}
        for part in ("html", "pdf")
    }


def test_killed_at_any_moment_the_book_is_the_old_one_or_the_new_one(sample, tmp_path):
    other = shutil.copytree(sample, tmp_path / "other" / "rain")
    edit(other, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    began = time.monotonic()
    built(other)
    duration = time.monotonic() - began
    old, new = whole(sample), whole(other)
    assert old["html"] != new["html"] and old["pdf"] != new["pdf"]

    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    variables = dict(os.environ, SOURCE_DATE_EPOCH=EPOCH)
    for tenth in range(1, 11):  # the next build begins where the killed one stopped
        build = subprocess.Popen(
            [sys.executable, "-m", "press", "build"],
            cwd=sample,
            env=variables,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            build.wait(duration * tenth / 11)
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
        for part, content in whole(sample).items():
            assert content in (old[part], new[part]), f"{part} after a kill at {tenth} of 11"
    built(sample)
    assert whole(sample) == new


@pytest.mark.parametrize("step", range(6))
def test_killed_between_any_two_steps_of_publishing_the_book_is_whole(sample, step):
    """The steps take less than a kill by the clock can hit, so each is killed by name."""
    old = whole(sample)
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    code = f"""
import itertools, os, shutil
from pathlib import Path
from press import __main__
from press.build import publish
steps = itertools.count()
def killed(function):
    def step(*arguments, **options):
        if next(steps) == {step}:
            os._exit(9)
        return function(*arguments, **options)
    return step
publish.shutil.copytree, publish._swap, publish._note = map(killed, (shutil.copytree, publish._swap, publish._note))
raise SystemExit(__main__.main(["build"]))
"""
    done = run(sample, "-c", code)
    assert done.returncode == 9, done.stderr
    after = whole(sample)
    built(sample)
    new = whole(sample)
    assert all(after[part] in (old[part], new[part]) for part in after) and new["html"] != old["html"]


def test_a_second_build_waits_for_the_first(sample):
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(press, [sample, sample], ["build", "build"]))
    assert [each.returncode for each in done] == [0, 0]
    assert sorted("waiting for it" in each.stderr for each in done) == [False, True]
    assert sorted("Nothing has changed" in each.stdout for each in done) == [False, True]


def test_a_disk_that_is_full_leaves_the_last_book(sample):
    before = published(sample)
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    code = [
        "import resource, signal",
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)",
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))",
        "from press.__main__ import main",
        "raise SystemExit(main(['build']))",
    ]
    done = run(sample, "-c", "\n".join(code))
    assert "File too large" in message(done) and published(sample) == before
    built(sample)
