"""The session in a browser: a gate, a server on loopback, and a page of its own."""
