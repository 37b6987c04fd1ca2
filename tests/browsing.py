"""A real browser, a site as a careful one would serve it, and a reader who notes what pages ask for and complain of."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from helpers import ROOT

CHAPTER, START, SEARCH = "notebooks/02-burden-sharing.html", "book/index.html", "search.html"
CHAPTERS = [f"notebooks/{path.stem}.html" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
ALONE = "figures/fig-sma-projection.html"  # a figure's own page
PAGES = [START, *CHAPTERS, "book/figures.html", "book/data.html", "book/references.html", ALONE, SEARCH]
PHONE = {"width": 360, "height": 740}
# Nothing from elsewhere, no script and no style within a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
# Vega-Lite of every chart that is as high as its rows; nothing that was asked for is dropped.
NOISE = 'WARN Dropping "fit-y" because spec has discrete height.'
ARGUMENTS = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync"]


def installed():
    """A Chrome or Chromium that is on the machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def fetched(*command):
    """Whether a command that brings a browser worked, and the last that it said."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=500)
    return done.returncode == 0, (done.stderr.strip() or done.stdout.strip() or "nothing said").splitlines()[-1]


def find_browser():
    """Path of an installed Chromium, or None for Playwright's own; skips where none can be had."""
    if found := installed():
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (
            ["apt-get", "-qq", "update"],
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
        ):
            fetched(*command)
        if found := installed():
            return found
    worked, said = fetched(sys.executable, "-m", "playwright", "install", "chromium")
    if not worked:
        pytest.skip(f"browser: no Chromium here, and Playwright could not fetch its own: {said}")
    return None


@contextmanager
def opened_browser():
    """A browser; skips where none can be had."""
    from playwright.sync_api import Error, sync_playwright  # slow, and of no use to the quick tests

    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    path = find_browser()
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *root])
        except Error as error:
            pytest.skip(f"browser: {path or 'Playwright’s Chromium'} does not start: {error.message.splitlines()[0]}")
        yield opened
        opened.close()


class Handler(http.server.SimpleHTTPRequestHandler):
    """The book as a careful site would serve it."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments):
        """Say nothing."""


@contextmanager
def served(folder):
    """Address of a folder of pages that is served, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


ENLIVEN = """async () => {
  for (const chart of document.querySelectorAll(".chart[data-live]")) {
    chart.scrollIntoView({ block: "center", behavior: "instant" });
    const until = performance.now() + 15000;
    while (!chart.classList.contains("is-live")) {
      if (performance.now() > until) throw new Error(chart.dataset.figure + " did not come alive");
      await new Promise(requestAnimationFrame);
    }
  }
}"""


class Reader:
    """One reader's browser: opens pages, and notes what they ask for and complain of."""

    def __init__(self, browser, site, **settings):
        self.context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | settings))
        self.page, self.site = self.context.new_page(), site
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in ("error", "warning") and message.text != NOISE
                else None
            ),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, name):
        self.page.goto(self.site + name, wait_until="load")
        return self.page

    def all_charts(self):
        """Scroll through the page until every chart is alive."""
        self.page.evaluate(ENLIVEN)

    def elsewhere(self):
        return [url for url in self.requests if not url.startswith((self.site, "data:", "blob:"))]
