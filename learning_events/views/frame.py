"""What every page of a festival shows around its subject."""

from participation.foundation.trail import breadcrumbs

__all__ = ["breadcrumbs"]
