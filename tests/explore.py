"""Searches at random for what the suite's fixed cases do not show, until the time is over: ``make explore MINUTES=5``.

Each round runs every test that searches once, in an order and with choices of its own. The first finding ends it, with
the command that finds the same again and exit status 1.
"""

import argparse
import random
import shlex
import subprocess
import sys
import time

from deploy.stages import PROJECT


def command(seed: int, only: list[str]) -> list[str]:
    """A round. All that is chosen in it follows from the seed, but for how real threads race."""
    chosen = [f"--hypothesis-seed={seed}", f"--randomly-seed={seed}"]
    return [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-m",
        "hypothesis or search",
        "--hypothesis-profile=explore",
        *chosen,
        *only,
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="explore", description=__doc__, epilog="What follows goes to pytest.")
    parser.add_argument("--minutes", type=float, default=5, help="no round begins later")
    asked, only = parser.parse_known_args()
    end = time.monotonic() + 60 * asked.minutes
    rounds = 0
    while time.monotonic() < end:
        search = command(random.SystemRandom().getrandbits(32), only)
        if subprocess.run(search, cwd=PROJECT, check=False).returncode != 0:
            print(f"\nsomething was found; to find it again:\n  {shlex.join(search)}")
            return 1
        rounds += 1
        print(f"rounds without a finding: {rounds}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
