"""`python -m generator` is the command `niemyet`."""

from generator.cli import entry

entry()
