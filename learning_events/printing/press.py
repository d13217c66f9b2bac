"""The festival's own sheets, typeset by the press of the hallway."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from participation.foundation.press import Misprint, Pressed, press_sheet, printable

SHEETS = Path(__file__).resolve().parent / "typst"


def press(sheet: str, data: Mapping[str, Any], *, image_ppi: int = 0) -> Pressed:
    """Typeset `data` with the sheet `typst/<sheet>.typ`, like `participation.foundation.press.press_sheet`."""
    return press_sheet(SHEETS / f"{sheet}.typ", data, image_ppi=image_ppi)


__all__ = ["SHEETS", "Misprint", "Pressed", "press", "printable"]
