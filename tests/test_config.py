from pathlib import Path

import pytest

from flashnotes.config import Settings, read_settings
from flashnotes.errors import ConfigError
from flashnotes.scheduling import scheduler_for
from flashnotes.scheduling.anki_like import AnkiLike
from flashnotes.scheduling.fsrs import DEFAULT_WEIGHTS, Fsrs
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.scheduling.steps import Steps


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "flashnotes.toml"


def read(path: Path, text: str) -> Settings:
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_no_file_is_the_defaults(path: Path) -> None:
    assert read_settings(path) == Settings()
    assert scheduler_for(Settings()) == Sm2()


def test_pure_turns_every_option_off(path: Path) -> None:
    options = "fuzz = true\nrepeat_below = 2\nscheduler = 'fsrs'\nlearning_steps = [1]\nnew_per_day = 7\n"
    settings = read(path, "pure = true\n" + options)
    assert scheduler_for(settings) == Sm2(repeat_below=4)
    assert settings.new_per_day == 7


def test_the_schedulers(path: Path) -> None:
    steps = Steps((1, 10), (10,), 3)
    text = "learning_steps = [1, 10]\nrelearning_steps = [10]\nday_starts_at = 3\nfuzz = true\n"
    assert scheduler_for(read(path, text)) == Sm2(fuzz=True, steps=steps)
    assert scheduler_for(read(path, text + "scheduler = 'anki'")) == AnkiLike(fuzz=True, steps=steps)
    fsrs = scheduler_for(read(path, text + "scheduler = 'fsrs'\ndesired_retention = 0.85"))
    assert fsrs == Fsrs(desired_retention=0.85, fuzz=True, steps=steps)
    weights = f"scheduler = 'fsrs'\nfsrs_weights = {list(DEFAULT_WEIGHTS)}"
    assert scheduler_for(read(path, weights)) == Fsrs()
    assert scheduler_for(read(path, "late_credit = 'half'")) == Sm2(late_credit=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("new_per_day = 'x'", "new_per_day must be a whole number"),
        ("pure = 1", "pure must be true or false"),
        ("day_starts_at = 24", "from 0 to 23"),
        ("scheduler = 'sm5'", "one of sm2, anki, fsrs"),
        ("learning_steps = 5", "a list of numbers"),
        ("learning_steps = [true]", "a list of numbers"),
        ("learning_steps = [0]", "from 1 to 1440"),
        ("fsrs_weights = [1.0]", "21 numbers"),
        ("desired_retention = nan", "from 0.7 to 0.99"),
        ("new_a_day = 3", "Did you mean"),
        ("keys = 'u'", "a table of texts"),
        ("keys.undo = 3", "a table of texts"),
        ("x = [", "not valid TOML"),
        ("x = " + "[" * 3000, "too deeply"),
        ('database = "a\\u0000b"', "NUL"),
    ],
)
def test_what_is_wrong_is_one_line_with_the_file(path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        read(path, text)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_file_in_another_encoding_names_the_byte(path: Path) -> None:
    path.write_bytes(b"pure = true # \xff")
    with pytest.raises(ConfigError, match=r"byte 14 is not UTF-8\. Save it"):
        read_settings(path)
