"""Equations: LaTeX as MathML for the page (no script, no fonts) and as Typst for the PDF."""

from press.errors import PressError


def to_typst(latex: str, where: str) -> str:
    """Return LaTeX as Typst math."""
    from tex2typst import tex2typst

    try:
        return tex2typst(latex)
    except Exception as error:  # the converter raises bare exceptions of many kinds
        reason = str(error).partition("\n")[0]  # below it stands where the converter's script has stopped
        raise PressError(
            where, f"the PDF cannot set the equation {latex!r} ({reason}).", "Write it more simply."
        ) from error
