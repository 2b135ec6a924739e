"""Why a formula cannot be drawn."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - never leaves this package
    """A formula cannot be read or drawn; the message says why, in words for its author."""
