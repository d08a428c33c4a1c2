"""``python -m notelint``."""

from notelint.cli.app import main

main()
