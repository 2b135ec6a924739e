"""Spaced-repetition flashcards from a person's own notes."""

__version__ = "0.1.0"
