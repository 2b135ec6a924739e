"""Run with `python -m flashnotes`."""

import sys

from flashnotes.cli import main

sys.exit(main())
