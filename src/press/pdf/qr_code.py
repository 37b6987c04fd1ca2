"""The address of the book as a code that a telephone reads."""

import io

import segno


def address_code(address: str) -> str:
    """Return the QR code of an address as an SVG drawing; of no address, nothing."""
    if not address:
        return ""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", border=0, xmldecl=False, dark="#1c2127")
    return drawn.getvalue().decode("utf-8")
