"""One run of Sphinx."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from press import project, state
from press.build import sphinx_run
from press.errors import PressError, explain


def test_pages_and_pdf_lie_beside_one_another(rain):
    assert (rain.html / "index.html").exists() and (rain.pdf / "rain.pdf").exists()
    assert (rain.html / "rain.pdf").read_bytes() == (rain.pdf / "rain.pdf").read_bytes()


def test_a_preview_sets_no_pdf(rain_copy):
    (rain_copy.pdf / "rain.pdf").unlink()
    app = rain_copy.build(pages_only=True)
    assert state.build(app).pages_only and not (rain_copy.pdf / "rain.pdf").exists()


@pytest.mark.parametrize(("file", "says"), [("_config.yml", "_config.yml: not valid YAML"), ("_toc.yml", "_toc.yml")])
def test_settings_that_cannot_be_read_stop_before_anything_is_set_up(rain_copy, monkeypatch, file, says):
    monkeypatch.setattr(sphinx_run, "_make_fonts", None)
    (rain_copy.root / file).write_text("\x00", encoding="utf-8")
    with pytest.raises(PressError, match=says):
        sphinx_run.create_app(rain_copy.root, rain_copy.staging, pages_only=True)


def test_a_failure_says_which_page_was_being_read():
    def fail():
        raise KeyError("rain")

    app = SimpleNamespace(build=fail, env=SimpleNamespace(temp_data={"docname": "book/index"}))
    with pytest.raises(KeyError) as failed:
        sphinx_run.build(app)
    assert explain(failed.value) == "book/index: KeyError: 'rain'."
    app.env.temp_data.clear()
    with pytest.raises(KeyError) as failed:
        sphinx_run.build(app)
    assert explain(failed.value) == "KeyError: 'rain'."


def test_the_one_slow_step_of_a_first_build_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("press.charts.fonts.are_made", Path.exists)
    monkeypatch.setattr("press.charts.fonts.make_static_fonts", Path.mkdir)
    sphinx_run._make_fonts(tmp_path / "fonts")
    assert "The book's type, cut once … 0.0 s" in capsys.readouterr().out
    sphinx_run._make_fonts(tmp_path / "fonts")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("first", [True, False])
def test_in_a_first_build_the_pool_is_started_at_once(tmp_path, monkeypatch, first):
    started = []
    monkeypatch.setattr(sphinx_run.pool, "Pool", lambda: "pool")
    monkeypatch.setattr("press.execution.cache.EarlyRun", lambda root, workers: started.append(workers))
    monkeypatch.setattr(sphinx_run, "create_app", lambda root, staging, pages_only, settings: App())
    monkeypatch.setattr(sphinx_run, "build", lambda app: None)
    if not first:
        (project.cache_directory(tmp_path) / "outputs").mkdir(parents=True)
    sphinx_run.build_book(tmp_path, tmp_path / "staging")
    assert started == ["pool" if first else None]


class App:
    """Stands for an application."""


def test_a_build_that_waits_has_what_its_first_page_needs(app, monkeypatch):
    loaded = []
    environment = SimpleNamespace(get_template=loaded.append)
    monkeypatch.setattr(app.builder.templates, "environment", environment)
    sphinx_run.warm(app)
    assert {"page.html", "figure.html"} <= set(loaded)
