"""The preview as a reader has it: a saved edit is on the reader's screen without reloading by hand."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from helpers import CHAPTER, edit

pytestmark = pytest.mark.slow


def start(sample):
    return subprocess.Popen(
        [sys.executable, "-m", "press", "preview", "--port", "0"],
        cwd=sample,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


@pytest.fixture
def address(sample):
    preview = start(sample)
    yield re.search(r"http://[^ ]*/", preview.stdout.readline())[0]
    os.killpg(preview.pid, signal.SIGINT)  # as a terminal does
    preview.communicate(timeout=20)  # until the last process that it started has ended
    assert preview.returncode == 130


def page(address):
    with urllib.request.urlopen(f"{address}notebooks/01-rainfall.html") as reply:
        return reply.read().decode()


def news(address, number):
    """The next build after the one seen."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with urllib.request.urlopen(f"{address}-/news?{number}") as reply:
            told = json.load(reply)
        if told["number"] > number:
            return told
    raise AssertionError("no news")


def test_edits_and_problems_show_by_themselves(sample, address):
    assert news(address, 0) == {"number": 1, "problem": ""}
    assert "Boxford is drier" in page(address) and 'src="/-/preview.js" data-seen="1"' in page(address)
    edit(sample, CHAPTER, "Boxford is drier", "Boxford is far drier")
    assert news(address, 1)["problem"] == "" and "Boxford is far drier" in page(address)
    edit(sample, CHAPTER, "{glue:text}`rain-arley`", "{glue:text}`rain-arly`")
    problem = news(address, 2)["problem"]
    assert "number 'rain-arly' is cited but not defined" in problem and "rain-arly&#x27; is cited" in page(address)
    edit(sample, CHAPTER, "{glue:text}`rain-arly`", "{glue:text}`rain-arley`")
    assert news(address, 3)["problem"] == "" and "Boxford is far drier" in page(address)


def test_a_change_of_the_settings_and_of_the_data_shows_too(sample, address):
    news(address, 0)
    edit(sample, "_config.yml", 'title: "Rain in Two Towns"', 'title: "Rain in Three Towns"')
    assert news(address, 1)["problem"] == "" and "Rain in Three Towns" in page(address)
    edit(sample, "_config.yml", "title:", "title")
    assert "_config.yml" in news(address, 2)["problem"]
    edit(sample, "_config.yml", "title", "title:")
    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    until = time.monotonic() + 60
    while "912.5" not in page(address):
        assert time.monotonic() < until, page(address)


def test_the_browser_loads_the_page_again(sample, address, browser):
    reader = browser.new_page()
    news(address, 0)
    reader.goto(f"{address}notebooks/01-rainfall.html")
    edit(sample, CHAPTER, "Boxford is drier", "Boxford is far drier")
    reader.get_by_text("Boxford is far drier").wait_for(timeout=30_000)
    reader.close()


def test_when_it_is_killed_nothing_of_it_is_left(sample):
    preview = start(sample)
    preview.stdout.readline()  # its address
    preview.kill()
    preview.communicate(timeout=60)  # until the last process that it started has ended
