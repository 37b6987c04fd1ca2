"""A preview for authors: the pages on this machine, built and shown again whenever a source is saved.

One process has everything imported, watches the sources and forks itself for each build, so that
each begins as fresh as the first: ahead of time, to read the settings and the last build while the author
still writes. Another serves the pages and tells them when to load again.
"""

import json
import signal
import sys
import threading
import time
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import connection, get_context
from pathlib import Path

from press import project
from press.build import publish
from press.errors import PressError, explain

PAUSE = 0.05  # seconds between two looks at the sources
WAITING = 20  # seconds that a page waits for news before it asks again
LATE = {".md", ".ipynb", ".csv"}  # kinds of sources that are read only when the build begins
NEWS, SCRIPT = "/-/news", "/-/preview.js"
RELOAD = """
(async () => {
  const seen = document.currentScript.dataset.seen;
  for (;;) {
    const pause = () => new Promise(wait => setTimeout(wait, 1000));
    const news = await fetch("%s?" + seen).then(reply => reply.json()).catch(pause);
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
        raise PressError(
            "preview", "it forks processes, which is safe on Linux only.", "Use the build command, and reload the page."
        )
    _import_all()
    staging = project.cache_directory(root) / "preview"
    staging.mkdir(parents=True, exist_ok=True)
    _announce(staging, 0, "The book is being built.")
    server = _listen(staging, port)
    context = get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    host = context.Process(target=_host, args=(server, reader, writer))
    host.start()
    print(f"http://127.0.0.1:{server.server_port}/  (Ctrl+C ends it)", flush=True)
    interrupts: list[int] = []

    def interrupt(number, frame):
        interrupts.append(number)  # to be seen once more: Python drops what is raised while it forks
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        _watch(root, staging, interrupts)
    finally:
        host.kill()


def _host(server: ThreadingHTTPServer, reader: connection.Connection, writer: connection.Connection) -> None:
    """In a child: serve as long as the preview is there, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it without a word
    writer.close()  # the other end alone keeps it open
    threading.Thread(target=server.serve_forever, daemon=True).start()
    reader.poll(None)


def _watch(root: Path, staging: Path, interrupts: list[int]) -> None:
    """Build whenever a source was saved, until interrupted."""
    number, seen, builder = 0, _times(root), _Builder(root, staging)
    while True:
        number, began = number + 1, time.monotonic()
        builder.build(number)
        print(f"{time.monotonic() - began:.1f} s", flush=True)
        builder = _Builder(root, staging)
        while (now := _times(root)) == seen:
            if interrupts:
                raise KeyboardInterrupt
            time.sleep(PAUSE)
        if {Path(name).suffix for name in now.keys() | seen.keys() if now.get(name) != seen.get(name)} - LATE:
            builder.stop()
            builder = _Builder(root, staging)
        seen = now


class _Builder:
    """A process that has read the settings and the last build, and builds once it is asked to."""

    def __init__(self, root: Path, staging: Path):
        context = get_context("fork")
        reader, self.writer = context.Pipe(duplex=False)
        self.process = context.Process(target=_wait_and_build, args=(root, staging, reader, self.writer))
        self.process.start()

    def build(self, number: int) -> None:
        """Build, and tell the readers; `number` counts the builds."""
        self.writer.send(number)
        self.process.join()

    def stop(self) -> None:
        """End it: what it has read no longer holds."""
        self.process.kill()
        self.process.join()


def _wait_and_build(root: Path, staging: Path, reader: connection.Connection, writer: connection.Connection) -> None:
    """In a child: get ready, wait, build the pages, or say why not."""
    from press.build import sphinx_run
    from press.execution import cache, plan

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it without a word
    writer.close()  # the other end alone keeps it open: when the preview ends, so does the waiting
    problem = ""
    try:
        app = sphinx_run.create_app(root, staging, pages_only=True)
        sphinx_run.warm(app)
        outputs = project.cache_directory(root) / "outputs"
        cache.stale_reasons(plan.notebooks(root), root, outputs)  # asked again, it answers faster
    except Exception as error:
        problem = explain(error)
    try:
        number = reader.recv()
    except EOFError:  # the preview has ended
        return
    publish.lock(root)
    try:
        if not problem:
            sphinx_run.build(app)
    except Exception as error:
        problem = explain(error)
    _announce(staging, number, problem)
    if problem:
        print(problem, file=sys.stderr)


def _import_all() -> None:
    """Import what a build imports, before the first: extensions too."""
    import jupyter_book.config  # noqa: F401
    import myst_nb.sphinx_ext  # noqa: F401
    import sphinx_external_toc  # noqa: F401
    import sphinxcontrib.bibtex  # noqa: F401

    import press.build.sphinx_run
    import press.extension.setup  # noqa: F401


def _times(root: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in publish.source_files(root) if path.exists()}


def _announce(staging: Path, number: int, problem: str) -> None:
    project.write_atomic(staging / "news.json", json.dumps({"number": number, "problem": problem}).encode())


def _listen(staging: Path, port: int) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"staging": staging})
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        raise PressError(f"port {port}", "another program uses it.", "End that, or choose another port.") from None


class _Handler(SimpleHTTPRequestHandler):
    staging: Path

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, directory=str(self.staging / "html"), **options)

    def do_GET(self) -> None:
        path, _, seen = self.path.partition("?")
        if path == SCRIPT:
            return self._reply("text/javascript", RELOAD % NEWS)
        if path == NEWS:
            return self._reply("application/json", json.dumps(self._news(seen)))
        file = Path(self.translate_path(path))
        page = file / "index.html" if file.is_dir() or path.endswith("/") else file  # as yet there may be no folder
        if page.suffix != ".html":
            return super().do_GET()
        return self._reply("text/html", self._page(page))

    def _news(self, seen: str) -> dict:
        """Return the latest build, as soon as it is another than the one seen."""
        until = time.monotonic() + WAITING
        while (news := self._latest())["number"] == int(seen or -1) and time.monotonic() < until:
            time.sleep(PAUSE)
        return news

    def _latest(self) -> dict:
        return json.loads((self.staging / "news.json").read_text(encoding="utf-8"))

    def _page(self, page: Path) -> str:
        """Return the page, or what stopped the build, with the script that loads it again."""
        news = self._latest()
        script = f'<script src="{SCRIPT}" data-seen="{news["number"]}"></script>'
        if news["problem"] or not page.exists():
            message = escape(news["problem"] or f"There is no page {page.name}.")
            return f"<!doctype html><title>Preview</title><pre style='white-space:pre-wrap'>{message}</pre>{script}"
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
