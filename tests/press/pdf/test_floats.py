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


def picture(id, placement="auto"):
    return f'#picture([#metadata(none)#label("a#{id}")#"Figure 1";], [#"Rain";], placement: {placement})[]\n\n'


def naming(id):
    return f'#"As ";#numbered(label("a#{id}"))[#"Figure 1";]#" shows.";\n\n'


@pytest.mark.parametrize(
    ("parts", "order"),
    [
        ([naming("x"), "It rained.", picture("x")], [2, 0, 1]),
        (["It rained.", picture("x"), naming("x")], [0, 1, 2]),
        ([naming("x"), "It rained.", picture("x", "none")], [0, 1, 2]),
        ([naming("y"), naming("x"), picture("x"), picture("y")], [0, 2, 1, 3]),
        ([naming("x"), naming("y"), picture("x"), picture("y")], [2, 0, 3, 1]),
    ],
    ids=["named before", "named after", "does not float", "would pass another", "two"],
)
def test_a_float_is_called_before_the_sentence_that_first_names_it(parts, order):
    assert floats.near_their_names(["= Title", *parts]) == ["= Title", *(parts[place] for place in order)]
