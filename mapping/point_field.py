"""The field with which other rooms let people set a point on a map."""

from mapping.widgets import PointField

__all__ = ["PointField"]
