"""A preview for authors: the pages on this machine, printed and shown again whenever a source is saved.

One process has everything imported, watches the sources and forks itself for each printing, so that
each begins as fresh as the first. Another serves the pages and tells them when to load again.
"""

import json
import multiprocessing
import sys
import time
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from press import book, publication
from press.errors import PressError, explain

PAUSE = 0.05  # seconds between two looks at the sources
WAITING = 20  # seconds that a page waits for news before it asks again
NEWS, SCRIPT = "/-/news", "/-/preview.js"
RELOAD = """
(async () => {
  const seen = document.currentScript.dataset.seen;
  for (;;) {
    const news = await fetch("%s?" + seen).then(reply => reply.json()).catch(() => new Promise(wait => setTimeout(wait, 1000)));
    if (news && news.number != seen) location.reload();
  }
})();
"""


def serve(root: Path, port: int) -> None:
    """Serve the book until interrupted.

    Raises
    ------
    PressError
        Where processes cannot be forked, or the port is taken.
    """
    if sys.platform != "linux":
        raise PressError("preview", "it forks processes, which is safe on Linux only.", "Use the build command, and reload the page.")
    _import_all()
    bench = book.workshop(root) / "preview"
    bench.mkdir(parents=True, exist_ok=True)
    fork = multiprocessing.get_context("fork")
    _tell(bench, 0, "The book is being printed.")
    server = _listen(bench, port)
    fork.Process(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/  (Ctrl+C ends it)", flush=True)
    number, seen = 0, None
    while True:
        if (now := _times(root)) != seen:
            seen, number, began = now, number + 1, time.monotonic()
            child = fork.Process(target=_print, args=(root, bench, number))
            child.start()
            child.join()
            print(f"{time.monotonic() - began:.1f} s", flush=True)
        time.sleep(PAUSE)


def _import_all() -> None:
    """What a printing imports, before the first: extensions too."""
    import jupyter_book.config  # noqa: F401
    import myst_nb.sphinx_ext  # noqa: F401
    import sphinx_external_toc  # noqa: F401
    import sphinxcontrib.bibtex  # noqa: F401

    import press.extension
    import press.printing  # noqa: F401


def _times(root: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in publication.files(root) if path.exists()}


def _print(root: Path, bench: Path, number: int) -> None:
    """In a child: print the pages, or say why not."""
    from press import printing

    publication.hold(root)
    try:
        printing.print_book(root, bench, pages_only=True)
        _tell(bench, number, "")
    except Exception as error:
        _tell(bench, number, explain(error))
        print(explain(error), file=sys.stderr)


def _tell(bench: Path, number: int, problem: str) -> None:
    partial = bench / "news.partial"
    partial.write_text(json.dumps({"number": number, "problem": problem}), encoding="utf-8")
    partial.replace(bench / "news.json")


def _listen(bench: Path, port: int) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"bench": bench})
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        raise PressError(f"port {port}", "another program uses it.", "End that, or choose another port.") from None


class _Handler(SimpleHTTPRequestHandler):
    bench: Path

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, directory=str(self.bench / "html"), **options)

    def do_GET(self) -> None:
        path, _, seen = self.path.partition("?")
        if path == SCRIPT:
            return self._reply("text/javascript", RELOAD % NEWS)
        if path == NEWS:
            return self._reply("application/json", json.dumps(self._news(seen)))
        file = Path(self.translate_path(path))
        page = file / "index.html" if file.is_dir() else file
        if page.suffix != ".html":
            return super().do_GET()
        return self._reply("text/html", self._page(page))

    def _news(self, seen: str) -> dict:
        """The latest printing, as soon as it is another than the one seen."""
        until = time.monotonic() + WAITING
        while (news := self._latest())["number"] == int(seen or -1) and time.monotonic() < until:
            time.sleep(PAUSE)
        return news

    def _latest(self) -> dict:
        return json.loads((self.bench / "news.json").read_text(encoding="utf-8"))

    def _page(self, page: Path) -> str:
        """The page, or what stopped its printing, with the script that loads it again."""
        news = self._latest()
        script = f'<script src="{SCRIPT}" data-seen="{news["number"]}"></script>'
        if news["problem"] or not page.exists():
            said = escape(news["problem"] or f"There is no page {page.name}.")
            return f"<!doctype html><title>Preview</title><pre style='white-space:pre-wrap'>{said}</pre>{script}"
        return page.read_text(encoding="utf-8").replace("</body>", f"{script}</body>")

    def _reply(self, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_) -> None:
        """Quiet."""
