"""Money and whole numbers of a file, with errors that name line and column."""

from fractions import Fraction

from budgeting.counting.money import parse_amount
from budgeting.counting.pabulib.sections import Sections
from budgeting.counting.pabulib.tables import PabulibError, short


class Amounts:
    """Money and whole numbers of META and PROJECTS, with errors that name line and column."""

    def __init__(self, sections: Sections) -> None:
        self.sections = sections

    def meta(self, key: str) -> Fraction | None:
        text = self.sections.meta.get(key, "").strip()
        return _amount(text, self.sections.meta_lines[key], key) if text else None

    def whole(self, key: str) -> int | None:
        """Return a whole number of META; odd ones are only warned about, since no count depends on them."""
        text = self.sections.meta.get(key, "").strip()
        if not text:
            return None
        try:
            value = parse_amount(text)
        except ValueError:
            value = Fraction(1, 2)
        if value.denominator != 1:
            self.sections.warn(
                f"{key} is not a whole number and was ignored.", self.sections.meta_lines[key], key
            )
            return None
        return int(value)

    def costs(self) -> list[Fraction]:
        at = self.sections.project_columns.index("cost")
        rows = zip(self.sections.project_rows, self.sections.project_lines, strict=True)
        return [_amount(row[at].strip(), line, "cost") for row, line in rows]


def _amount(text: str, line: int, column: str) -> Fraction:
    try:
        return parse_amount(text)
    except ValueError as error:
        raise PabulibError(
            f"{short(text)} {error}." if text else "The amount is missing.",
            fix="Write a plain number of zero or more such as 12000 or 12000.50, without spaces, sign or currency.",
            line=line,
            column=column,
        ) from error
