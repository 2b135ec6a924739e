"""The search for cycles among objects, which costs much where many are made and none is cyclic."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def not_collected() -> Iterator[None]:
    """No search meanwhile: among a million live objects each takes as long as the work itself."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
