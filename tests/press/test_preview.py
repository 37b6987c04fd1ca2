"""The preview: pages with the latest news, and builds whenever a source is saved."""

import json
import multiprocessing
import signal
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from helpers import EPOCH

from press import background, preview
from press.build import publish
from press.errors import PressError

pytestmark = pytest.mark.slow

# --- what readers get -------------------------------------------------------------------------------------------------


@pytest.fixture
def staging(tmp_path, monkeypatch):
    """A directory with one page, in the third build."""
    monkeypatch.setattr(preview, "WAITING", 0)
    monkeypatch.setattr(preview, "PAUSE", 0)
    (tmp_path / "html" / "book").mkdir(parents=True)
    for name, text in (
        ("index.html", "<body>Rain 비.</body>"),
        ("book/index.html", "<body>Book.</body>"),
        ("a.css", "a{}"),
    ):
        (tmp_path / "html" / name).write_text(text, encoding="utf-8")
    preview._announce(tmp_path, 3, "")
    return tmp_path


@pytest.fixture
def get(staging):
    """Ask the preview's server: kind and text of its answer."""
    server = preview._listen(staging, 0)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

    def get(path):
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}") as reply:
            return reply.headers["Content-Type"], reply.read().decode()

    yield get
    server.shutdown()
    server.server_close()


SCRIPT = '<script src="/-/preview.js" data-seen="3"></script>'


@pytest.mark.parametrize(
    ("path", "text"),
    [("/index.html", "Rain 비."), ("/", "Rain 비."), ("/book/", "Book."), ("/index.html?x=1", "Rain 비.")],
)
def test_a_page_comes_with_the_script_that_loads_it_again(get, path, text):
    assert get(path) == ("text/html; charset=utf-8", f"<body>{text}{SCRIPT}</body>")


def test_other_files_come_as_they_are(get):
    assert get("/a.css") == ("text/css", "a{}")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get("/b.css")


def test_a_problem_is_shown_in_place_of_every_page(get, staging):
    preview._announce(staging, 4, "index: <it> rains.")
    _, text = get("/index.html")
    assert "index: &lt;it&gt; rains." in text and 'data-seen="4"' in text and "Rain 비." not in text


def test_a_page_that_is_not_there_says_so_and_waits_for_it(get):
    _, text = get("/snow.html")
    assert "There is no page snow.html." in text and SCRIPT in text


def test_the_script_asks_for_news(get):
    kind, text = get("/-/preview.js")
    assert kind.startswith("text/javascript") and 'fetch("/-/news?" + seen)' in text and "location.reload()" in text


@pytest.mark.parametrize("seen", ["", "2", "3"])
def test_news_are_the_latest_build(get, seen):
    kind, text = get(f"/-/news?{seen}")
    assert kind.startswith("application/json") and json.loads(text) == {"number": 3, "problem": ""}


def test_news_are_waited_for(staging, monkeypatch):
    """A page that has seen the latest build is answered when the next one is done."""
    monkeypatch.setattr(preview, "WAITING", 100)
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            preview._announce(staging, 4, "")

    monkeypatch.setattr(preview.time, "sleep", pause)
    handler = SimpleNamespace(staging=staging, _latest=lambda: preview._Handler._latest(handler))
    assert preview._Handler._news(handler, "3")["number"] == 4 and len(pauses) == 3
    assert preview._Handler._news(handler, "3")["number"] == 4 and len(pauses) == 3, "not for what is new already"


def test_a_port_that_is_taken_is_named(staging):
    with (
        preview._listen(staging, 0) as server,
        pytest.raises(PressError, match=rf"port {server.server_port}: another program uses it\. End that, or choose"),
    ):
        preview._listen(staging, server.server_port)


# --- when it builds ---------------------------------------------------------------------------------------------------


class Builder:
    """Stands for a process that builds; what happens to all of them is noted in order."""

    made: list

    def __init__(self, root, staging):
        self.made.append(self)
        self.number, self.stopped = None, False

    def build(self, number):
        self.number = number

    def stop(self):
        self.stopped = True


@pytest.fixture
def watch(monkeypatch, tmp_path):
    """Watch a folder in which sources are saved one after another, until interrupted; the builders that were made."""
    monkeypatch.setattr(preview, "_Builder", type("Noted", (Builder,), {"made": []}))

    def watch(*states):
        looks = iter(states)

        def look(root):
            return next(looks, states[-1])

        interrupts = []
        monkeypatch.setattr(preview, "_times", look)
        monkeypatch.setattr(preview.time, "sleep", lambda seconds: interrupts.append(1))
        with pytest.raises(KeyboardInterrupt):
            preview._watch(tmp_path, tmp_path, interrupts)
        return preview._Builder.made

    return watch


BEFORE = {"a.md": 1, "_config.yml": 1}


def test_it_builds_at_once_and_gets_ready_for_the_next(watch):
    first, waiting = watch(BEFORE)
    assert first.number == 1 and waiting.number is None


@pytest.mark.parametrize(
    "after", [{"a.md": 2, "_config.yml": 1}, {"a.md": 1, "_config.yml": 1, "b.csv": 1}, {"_config.yml": 1}]
)
def test_when_a_page_is_saved_the_builder_that_waits_builds(watch, after):
    _, second, waiting = watch(BEFORE, BEFORE, after)
    assert second.number == 2 and not second.stopped and waiting.number is None


@pytest.mark.parametrize("after", [{"a.md": 1, "_config.yml": 2}, {"a.md": 2, "_config.yml": 2}])
def test_when_a_setting_is_saved_a_fresh_builder_builds(watch, after):
    _, ready, fresh, waiting = watch(BEFORE, BEFORE, after)
    assert ready.stopped and ready.number is None, "what it has read no longer holds"
    assert fresh.number == 2 and waiting.number is None


def test_sources_are_seen_by_their_times(rain):
    times = preview._times(rain.root)
    assert str(rain.root / "book" / "index.md") in times and all(type(time) is int for time in times.values())
    assert not [name for name in times if "_build" in name]


# --- one build --------------------------------------------------------------------------------------------------------


@pytest.fixture
def build(monkeypatch, tmp_path):
    """Build the preview of a book in this process as a builder does; the news."""
    monkeypatch.setattr(background, "FORKS", False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(publish, "lock", lambda root: None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)

    def build(book, number=2):
        monkeypatch.chdir(book.root)
        reader, writer = multiprocessing.Pipe(duplex=False)
        if number:
            writer.send(number)
        preview._wait_and_build(book.root, book.staging, reader, writer)
        news = book.staging / "news.json"
        return json.loads(news.read_text(encoding="utf-8")) if news.exists() else None

    return build


def test_a_build_shows_the_pages_of_today(build, rain_copy, capsys):
    rain_copy.edit("book/index.md", "Boxford was drier", "Boxford was much drier")
    assert build(rain_copy) == {"number": 2, "problem": ""}
    assert "much drier" in rain_copy.text("book/index.html") and capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "book/index.md",
            "{glue:text}`rain-arley`",
            "{glue:text}`rain-arly`",
            "number 'rain-arly' is cited but not defined",
        ),
        ("_config.yml", "title:", "title", "_config.yml, line 2: not valid YAML"),
    ],
    ids=["page", "settings"],
)
def test_a_build_that_stops_says_why(build, rain_copy, capsys, file, old, new, says):
    rain_copy.edit(file, old, new)
    news = build(rain_copy, number=7)
    assert news["number"] == 7 and says in news["problem"] and says in capsys.readouterr().err


def test_when_the_preview_has_ended_nothing_is_built(build, rain_copy):
    rain_copy.edit("book/index.md", "Boxford was drier", "Boxford was much drier")
    assert build(rain_copy, number=None) is None and "much drier" not in rain_copy.text("book/index.html")


@pytest.mark.skipif(sys.platform != "linux", reason="it forks")
def test_a_builder_is_a_process_that_waits(monkeypatch, tmp_path):
    def wait(root, staging, reader, writer):
        (staging / "built").write_text(str(reader.recv()), encoding="utf-8")

    monkeypatch.setattr(preview, "_wait_and_build", wait)
    builder = preview._Builder(tmp_path, tmp_path)
    builder.build(5)
    assert (tmp_path / "built").read_text(encoding="utf-8") == "5"
    stopped = preview._Builder(tmp_path, tmp_path / "nowhere")
    stopped.stop()
    assert stopped.process.exitcode == -signal.SIGKILL


# --- serving ----------------------------------------------------------------------------------------------------------


def test_it_is_for_systems_that_fork(monkeypatch):
    monkeypatch.setattr(preview.sys, "platform", "darwin")
    with pytest.raises(PressError, match=r"preview: it forks processes, which is safe on Linux only\. Use the build"):
        preview.serve(Path("rain"), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="it forks")
def test_it_serves_until_it_is_interrupted(monkeypatch, tmp_path, capsys):
    """Until the first build is done, readers are told so."""
    seen = {}

    def watch(root, staging, interrupts):
        seen["news"] = json.loads((staging / "news.json").read_text(encoding="utf-8"))
        address = capsys.readouterr().out.split()[0]
        with urllib.request.urlopen(address) as reply:
            seen["page"] = reply.read().decode()
        raise KeyboardInterrupt

    monkeypatch.setattr(preview, "_watch", watch)
    monkeypatch.setattr(preview, "_import_all", lambda: None)
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(KeyboardInterrupt):
            preview.serve(tmp_path, 0)
        interrupts = signal.getsignal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupts(signal.SIGINT, None)
    finally:
        signal.signal(signal.SIGINT, before)
    assert seen["news"] == {"number": 0, "problem": "The book is being built."}
    assert "The book is being built." in seen["page"]


def test_what_a_build_imports_is_imported_ahead():
    preview._import_all()
    assert {"jupyter_book.config", "myst_nb.sphinx_ext", "sphinxcontrib.bibtex", "press.extension.setup"} <= set(
        sys.modules
    )
