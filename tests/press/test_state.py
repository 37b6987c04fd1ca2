"""What is known during a build: of the book, and of this run alone."""

import pickle
import weakref

from press import state


class App:
    """As much of an application as the state asks for."""


def test_a_run_has_one_state_of_its_own():
    one, other = App(), App()
    state.build(one).pages_only = True
    assert state.build(one).pages_only and not state.build(other).pages_only


def test_the_state_of_a_run_ends_with_it():
    app = App()
    run = weakref.ref(state.build(app))
    assert run() is not None
    del app
    assert run() is None


def test_the_state_of_a_book_is_kept_with_its_environment():
    env = App()
    state.book(env).ledger.cite("index", "number", "rain", 1)
    kept = App()
    kept.__dict__.update(pickle.loads(pickle.dumps(env.__dict__)))
    assert state.book(kept).ledger.citations == state.book(env).ledger.citations != {}
    assert state.book(App()).ledger.citations == {}
