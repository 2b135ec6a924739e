"""Nobody speaks to the server without its token, from elsewhere, or under another name."""

import pytest

from flashnotes.web.gate import Gate

GATE = Gate(8421, "the-token-of-this-test-which-anybody-may-know")
HOST = "127.0.0.1:8421"


@pytest.mark.parametrize(
    ("host", "origin", "shown", "said"),
    [
        (HOST, None, GATE.token, None),
        (HOST, f"http://{HOST}", GATE.token, None),
        ("localhost:8421", "http://localhost:8421", GATE.token, None),
        (HOST, None, "", "token"),
        (HOST, None, GATE.token[:-1], "token"),
        (HOST, None, "密钥\udcff", "token"),
        (HOST, f"http://{HOST}", "guess", "token"),
        ("rebound.example:8421", None, GATE.token, "address"),
        ("rebound.example", "http://rebound.example", GATE.token, "address"),
        ("127.0.0.1:80", None, GATE.token, "address"),
        ("127.0.0.1", None, GATE.token, "address"),
        ("", None, GATE.token, "address"),
        (HOST, "http://127.0.0.1:9000", GATE.token, "page"),
        (HOST, "http://localhost:8421", GATE.token, "page"),
        (HOST, "null", GATE.token, "page"),
    ],
)
def test_who_may_pass(host: str, origin: str | None, shown: str, said: str | None) -> None:
    refusal = GATE.refusal(host, origin, shown)
    assert (refusal is None) if said is None else (said in str(refusal))


def test_the_token_is_long_and_its_own_each_time() -> None:
    others = {Gate(8421).token for _ in range(100)}
    assert len(others) == 100
    assert min(map(len, others)) >= 43  # 256 bits
    assert GATE.token not in repr(GATE)


def test_two_servers_do_not_share_a_cookie() -> None:
    assert Gate(1).cookie != Gate(2).cookie
