"""Deck YAML: read with the place of everything, changed where it changed, written whole or not at all.

`listing` says which files there are and imports no YAML; `files` reads and writes them; `reader` and `writer` turn
text into a Deck and back; `splice` changes a text where its deck changed. The format is the deck file of README.md.
"""
