"""What the press adds to a stock Jupyter Book."""

import press
from press import project
from press.extension import setup
from press.html.translator import HTMLTranslator
from press.pdf.builder import PdfBuilder


def test_the_extension_says_when_pages_are_to_be_read_again(app):
    assert app.extensions["press"].metadata["env_version"] == project.code_version()
    assert app.extensions["press"].parallel_read_safe and app.extensions["press"].parallel_write_safe


def test_it_is_set_up_by_the_name_of_the_package(monkeypatch):
    monkeypatch.setattr(setup, "setup", lambda app: {"version": app})
    assert press.setup("rain") == {"version": "rain"}


def test_settings_have_no_value_of_some_book(app):
    defaults = {name: app.config.values[name].default for name in app.config.values if name.startswith("press_")}
    empty = {"subtitle", "edition", "imprint", "license", "license_address", "author_type", "first_page", "repository"}
    empty |= {"errata", "glossary", "how_to_cite", "back_cover", "index"}
    chosen = {"press_pdf": "book.pdf", "press_on_page": "all", "press_warnings": "stop", "press_code": "shown"}
    chosen |= {"press_appendices": "Appendices", "press_documents": {}, "press_keywords": [], "press_imprint_facts": {}}
    chosen |= {"press_item_name": "Item", "press_status_name": "Status", "press_paper": "a4"}
    assert defaults == chosen | {f"press_{name}": "" for name in empty}


def test_a_setting_of_no_known_name_is_told(app, monkeypatch):
    told = []
    monkeypatch.setattr(setup.defaults.logger, "warning", lambda text, *of: told.append(text % of))
    monkeypatch.setitem(app.config.overrides, "press_pfd", "rain.pdf")
    setup.defaults.check_names(app, app.config)
    assert told == ["there is no setting press_pfd; the nearest is press_pdf"]


def test_pages_and_pdf_have_their_translator_and_builder(app):
    assert app.registry.translators["html"] is HTMLTranslator and app.registry.builders["pdf"] is PdfBuilder


def test_each_directive_and_role_is_there(app):
    from docutils.parsers.rst import directives, roles

    assert set(setup._DIRECTIVES) <= set(directives._directives) and "claim" in roles._roles
    assert app.registry.domain_roles["glue"]["text"].kind == "number"


def test_numbers_are_noted_after_sphinx_has_given_them(app):
    """Handlers of an event are called in the order of their priority."""
    order = [
        listener.handler for listener in sorted(app.events.listeners["env-get-updated"], key=lambda each: each.priority)
    ]
    assert order.index(setup.numbering.note_figures) > order.index(app.env.domains["std"] and order[0])
    assert [handler.__name__ for handler in order][-2:] == ["note_contents", "note_figures"]


def test_the_commit_is_stamped_when_all_else_is_done(app):
    listeners = sorted(app.events.listeners["build-finished"], key=lambda each: each.priority)
    assert listeners[-1].handler is setup.page_context.stamp_commit
