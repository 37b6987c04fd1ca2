"""Figures that float where Typst cannot tag them."""

import pytest

from press.pdf import floats

BOOK = "".join(f"#picture({number}, placement: auto)\n" for number in range(6))


class Fault(Exception):
    """What the compiler raises."""


def compiler(fails):
    tried = []

    def compile(source):
        tried.append(source)
        if fails(source):
            raise Fault("internal error: parent group")
        return source

    return compile, tried


def test_a_book_that_compiles_is_compiled_once():
    compile, tried = compiler(lambda source: False)
    assert floats.compile_around(BOOK, compile, Fault) == BOOK and len(tried) == 1


@pytest.mark.parametrize("faulty", range(6))
def test_only_the_figure_at_fault_stands(faulty):
    compile, _ = compiler(lambda source: f"#picture({faulty}, placement: auto)" in source)
    expected = BOOK.replace(f"({faulty}, placement: auto)", f"({faulty}, placement: none)")
    assert floats.compile_around(BOOK, compile, Fault) == expected


def test_where_no_single_figure_is_at_fault_all_up_to_it_stand():
    compile, _ = compiler(lambda source: "0, placement: auto" in source or "1, placement: auto" in source)
    assert floats.compile_around(BOOK, compile, Fault).count("placement: none") == 2


def test_other_errors_are_told():
    def compile(source):
        raise Fault("unknown variable: picture")

    with pytest.raises(Fault, match="unknown variable"):
        floats.compile_around(BOOK, compile, Fault)
