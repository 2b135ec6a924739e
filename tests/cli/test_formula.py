"""`flashnotes formula`."""

import json
from pathlib import Path

import pytest

from flashnotes.cli import main


def test_draws_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", r"\frac{a}{b}"]) == 0
    assert capsys.readouterr().out == "a\n─\nb\n"


def test_inline_is_one_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", "--inline", r"p_\theta(s_{t+1}) = \frac{a+b}{c}"]) == 0
    assert capsys.readouterr().out == "p_θ(sₜ₊₁) = (a + b)/c\n"


def test_json_is_an_object_a_line_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "formulas.txt"
    file.write_text("x^2\n\n\\foo + \\frac12\n", encoding="utf-8")
    assert main(["formula", "--json", "--file", str(file)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "latex": "x^2",
        "rows": ["x²"],
        "unknown": [],
        "baseline": 0,
        "fits": True,
        "problem": None,
    }
    assert second["unknown"] == ["\\foo"]
    assert len(second["rows"]) == 3


def test_what_cannot_be_read_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", r"\frac{a}{b"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "\\frac{a}{b\n"
    assert "not closed" in printed.err


def test_width_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", "--width", "20", "a + b + c + d = e + f + g + h"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 20


@pytest.mark.parametrize("words", [[], ["x", "--file", "f"], ["--width", "0", "x"]])
def test_wrong_usage(words: list[str]) -> None:
    assert main(["formula", *words]) == 2


def test_a_missing_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", "--file", "nowhere.txt"]) == 1
    assert capsys.readouterr().err.startswith("flashnotes: nowhere.txt: ")


def test_ascii_has_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["formula", "--letters", "ascii", r"\sum_{i=1}^n \sqrt{\alpha_i} \le \left(\frac{a}{b}\right)"])
        == 0
    )
    assert capsys.readouterr().out.isascii()
