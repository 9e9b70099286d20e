"""``python -m iopsched``."""

from iopsched.cli import main

if __name__ == "__main__":
    main(prog_name="iopsched")
