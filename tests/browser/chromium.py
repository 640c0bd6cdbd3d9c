"""Which browser the console is tested with: the system's Chromium, else the one that Playwright installed.

As a command: says where it is, or exits with 1.
"""

import os
import shutil
import sys

from playwright.sync_api import Playwright, sync_playwright

SYSTEM_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # Nothing but this machine: the local identity provider's page asks for a style sheet on the internet.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class NoBrowser(Exception):
    """There is none; `make browser` tries to install one."""


def executable(playwright: Playwright) -> str:
    """Raises NoBrowser."""
    for name in (*SYSTEM_CHROMIUMS, playwright.chromium.executable_path):
        path = shutil.which(name)
        if path:
            return path
    raise NoBrowser("no Chromium was found: run `make browser`")


if __name__ == "__main__":
    with sync_playwright() as playwright:
        try:
            sys.stdout.write(f"{executable(playwright)}\n")
        except NoBrowser as error:
            sys.exit(str(error))
