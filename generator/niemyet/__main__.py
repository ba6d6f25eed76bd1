"""`python -m niemyet` is the command `niemyet`."""

from niemyet.cli.main import entry

entry()
