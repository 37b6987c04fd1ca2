"""JupyterLab, in a real browser: it opens at the way in, and a chapter that has run reads as on its page."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow
CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MARKUP = re.compile(r"\{[\w:]+\}`?[\w*:-]|:::|```|^\([\w-]+\)=|\(eq-", re.MULTILINE)
RUN_ALL = """async path => {
    const { commands, shell } = window.jupyterapp;
    const panel = await commands.execute("docmanager:open", { path });
    await Promise.all([panel.context.ready, panel.revealed, panel.sessionContext.ready]);
    await panel.sessionContext.session.kernel.info;
    await commands.execute("notebook:run-all-cells");
    return shell.currentWidget === panel;
}"""
CELLS = "[...window.jupyterapp.shell.currentWidget.node.querySelectorAll('.jp-MarkdownCell .jp-RenderedMarkdown')]"
TEXTS = f"() => {CELLS}.map(element => element.textContent)"
FAILED = "document.querySelectorAll('.jp-OutputArea-output[data-mime-type=\"application/vnd.jupyter.error\"]').length"
# Questions, news, and hints that would lie over the page.
NAGS = "() => [...document.querySelectorAll('.jp-Dialog, .jp-toast, .Toastify__toast')].map(nag => nag.textContent)"
CONTENTS = "[...document.querySelectorAll('#table-of-contents .jp-tocItem-content')].map(item => item.textContent)"
CLOSE = """async () => {
    window.jupyterapp.shell.currentWidget.dispose();
    await window.jupyterapp.serviceManager.sessions.shutdownAll();
}"""
COMMAND = [sys.executable, "-m", "jupyter", "lab", "--config", "tools/lab/jupyter_lab_config.py", "--no-browser"]
OPEN = ["--IdentityProvider.token=", "--allow-root", "--LabApp.expose_app_in_browser=True"]


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def wait_for(port):
    for _ in range(240):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail("JupyterLab does not start.")


@pytest.fixture(scope="module")
def lab(built_book, tmp_path_factory):
    """Address of JupyterLab, as `make lab` starts it, in a copy of the book: it saves what it runs."""
    folder = tmp_path_factory.mktemp("lab")
    copy, port = folder / "book", free_port()
    left_out = shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__")
    shutil.copytree(built_book, copy, ignore=left_out)
    (copy / "_build" / "html").mkdir(parents=True)
    shutil.copy(built_book / "_build" / "html" / "ledger.json", copy / "_build" / "html")
    own = {f"JUPYTERLAB_{name}_DIR": str(folder / name) for name in ("WORKSPACES", "SETTINGS")}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*COMMAND, *OPEN, f"--port={port}"], cwd=copy, env=os.environ | own, stdout=log, stderr=log
        )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def page(browser, lab):
    """A window of JupyterLab, as it opens by itself; what it asks for elsewhere is in `elsewhere`."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.elsewhere = []
    own = (lab, "data:", f"blob:{lab}")
    page.on("request", lambda request: request.url.startswith(own) or page.elsewhere.append(request.url))
    page.goto(lab, timeout=120_000)
    page.wait_for_selector(".jp-MarkdownViewer h1", timeout=120_000)
    page.evaluate("() => window.jupyterapp.shell.activateById('table-of-contents')")
    yield page
    page.close()


def texts_of(page, count):
    """What the Markdown cells say, once all are shown and no number is missing any more."""
    for _ in range(60):
        texts = page.evaluate(TEXTS)
        if len(texts) == count and not any("[…]" in text for text in texts):
            break
        page.wait_for_timeout(500)
    return texts


def test_it_opens_at_the_way_in_without_questions(page):
    assert page.locator(".jp-MarkdownViewer h1").text_content().startswith("Start here")
    assert page.evaluate(NAGS) == [] and page.elsewhere == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_that_has_run_reads_as_on_its_page(path, page, built_book):
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "markdown"]
    assert page.evaluate(RUN_ALL, f"notebooks/{path.name}")
    texts, failed = texts_of(page, len(cells)), page.evaluate(f"() => {FAILED}")
    nags, contents = page.evaluate(NAGS), page.evaluate(f"() => {CONTENTS}")
    page.evaluate(CLOSE)
    assert failed == 0 and nags == [] and page.elsewhere == []
    assert [text for text in texts if MARKUP.search(text)] == []
    ledger = json.loads((built_book / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    printed = {entry["id"]: entry["text"] for entry in ledger["numbers"]}
    assert len(texts) == len(cells)
    headings = re.findall(r"^##? (.+)$", "\n".join("".join(cell["source"]) for cell in cells), re.MULTILINE)
    assert [heading for heading in headings if heading.replace("\\$", "$") not in contents] == []
    for cell, text in zip(cells, texts, strict=True):
        source = "".join(cell["source"])
        assert [id for id in re.findall(r"\{glue:text\}`([\w-]+)`", source) if printed[id] not in text] == []
        assert text.count("✓") >= len(re.findall(r"\{claim\}`", source))
