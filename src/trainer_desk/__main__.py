"""Starts Trainer Desk: `trainer-desk` and `python -m trainer_desk`."""

import sys

from trainer_desk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
