"""Who may speak to the server: only whoever knows the token, from this machine, by its own name."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Gate:
    """Loopback is open to every program and every web page of the machine; the token is not."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def cookie(self) -> str:
        """Name of the cookie: cookies know hosts and no ports, and two servers may run."""
        return f"flashnotes-{self.port}"

    @property
    def address(self) -> str:
        """What the person opens once; after that the cookie holds the token."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    @property
    def hosts(self) -> tuple[str, str]:
        """The names by which this machine, and no other, reaches the server."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def refusal(self, host: str, origin: str | None, shown: str) -> str | None:
        """Why a request is refused; None where it may pass.

        A name that another's server made point here (DNS rebinding) shows in the `Host` header, and a page of another
        origin, which may open websockets anywhere, in `Origin`.
        """
        if host not in self.hosts:
            return "This address is not flashnotes'. Open the one it printed."
        if origin is not None and origin != f"http://{host}":
            return "Another page asked. Open the address that flashnotes printed."
        if not secrets.compare_digest(shown.encode(errors="replace"), self.token.encode()):
            return "The token is missing or wrong. Open the address that flashnotes printed."
        return None
