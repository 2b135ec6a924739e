from collections.abc import Mapping
from pathlib import Path

import pytest

from flashnotes.config import read_settings
from flashnotes.config_file import Key, write_settings
from flashnotes.errors import ConfigError
from flashnotes.scheduling.fsrs import DEFAULT_WEIGHTS

FILE = """\
# Mine.
new_per_day = 5  # few

learning_steps = [
    1,  # a minute
    10,
]

[decks."线性代数"]
# before the exam
new_per_day = 3
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "flashnotes.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_what_is_not_changed_stays_as_it_was(path: Path) -> None:
    write_settings(path, {"new_per_day": 7, "scheduler": "fsrs", "fsrs_weights": DEFAULT_WEIGHTS})
    text = path.read_text(encoding="utf-8")
    kept = ["# Mine.", "new_per_day = 7  # few", "    1,  # a minute", "# before the exam", "new_per_day = 3"]
    assert [line for line in text.splitlines() if line in kept] == kept
    settings = read_settings(path)
    assert (settings.scheduler, settings.fsrs_weights) == ("fsrs", DEFAULT_WEIGHTS)
    assert settings.learning_steps == (1, 10)
    assert settings.decks["线性代数"].new_per_day == 3
    assert max(map(len, text.splitlines())) < 100
    write_settings(path, {"scheduler": None, "fsrs_weights": None, "absent": None, "new_per_day": 5})
    assert path.read_text(encoding="utf-8").strip() == FILE.strip()


def test_a_key_in_a_table(path: Path) -> None:
    write_settings(
        path, {("decks", "OS::内存", "new_per_day"): 4, ("decks", "线性代数", "reviews_per_day"): 9}
    )
    settings = read_settings(path)
    assert (settings.decks["OS::内存"].new_per_day, settings.decks["线性代数"].reviews_per_day) == (4, 9)
    assert "# before the exam\nnew_per_day = 3\nreviews_per_day = 9\n" in path.read_text(encoding="utf-8")
    gone = (
        ("decks", "OS::内存", "new_per_day"),
        ("decks", "线性代数", "reviews_per_day"),
        ("decks", "ghost", "new_per_day"),
    )
    write_settings(path, dict.fromkeys(gone))
    assert path.read_text(encoding="utf-8").strip() == FILE.strip()
    write_settings(path, {("decks", "线性代数", "new_per_day"): None})
    assert read_settings(path).decks == {}


def test_what_cannot_be_written_is_told_as_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"flashnotes\.toml: cannot be written"):
        write_settings(tmp_path / "file" / "flashnotes.toml", {"fuzz": True})
    path = tmp_path / "flashnotes.toml"
    path.symlink_to(tmp_path / "file" / "elsewhere.toml")
    with pytest.raises(ConfigError, match=r"flashnotes\.toml: cannot be"):
        write_settings(path, {"fuzz": True})


def test_a_new_file_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "new" / "flashnotes.toml"
    write_settings(path, {"fuzz": True})
    assert path.read_text(encoding="utf-8") == "fuzz = true\n"
    path.write_bytes(b"\xef\xbb\xbf# mine\r\nfuzz = true\r\n")
    write_settings(path, {"fuzz": False})
    assert path.read_bytes() == b"# mine\r\nfuzz = false\r\n"


@pytest.mark.parametrize("changes", [{"fuzz": 3}, {"unknown": 1}, {"desired_retention": 0.2}])
def test_what_no_setting_takes_is_refused(path: Path, changes: Mapping[Key, object]) -> None:
    with pytest.raises(ConfigError):
        write_settings(path, changes)
    assert path.read_text(encoding="utf-8") == FILE


def test_a_broken_file_is_left_alone(path: Path) -> None:
    path.write_text("fuzz = [", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"flashnotes\.toml"):
        write_settings(path, {"fuzz": True})
    assert path.read_text(encoding="utf-8") == "fuzz = ["
