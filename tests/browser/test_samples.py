"""The samples, built from the packed npm package, as a vendor's developer would see them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.console_package import INSTALLED, packed, project, run
from tests.support.local_stack import LocalStack

__all__ = ["packed", "project"]

VITE = INSTALLED / "vite" / "bin" / "vite.js"


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of these files."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(params=["html", "react", "vue"])
def sample(
    request: pytest.FixtureRequest,
    project: Path,
    running_stack: LocalStack,
    new_context: Callable[..., BrowserContext],
) -> Iterator[Page]:
    folder = project / request.param
    if request.param != "html":
        run(VITE, "build", "--logLevel", "error", cwd=folder)
        folder = folder / "dist"
    (folder / "token").write_text(running_stack.token("admin"))
    page = new_context().new_page()
    with served(folder) as address:
        page.goto(f"{address}?api={running_stack.base_url}")
        yield page


def test_a_sample_generates_revokes_hears_of_it_and_speaks_another_language(sample: Page) -> None:
    errors: list[str] = []
    sample.on("pageerror", lambda error: errors.append(str(error)))
    sample.get_by_role("button", name="Generate Client Credentials").click()
    sample.get_by_role("textbox", name="Token Name").fill("Made in a sample")
    # Whatever the host page renders meanwhile, what was typed stays.
    sample.locator("main > label select").evaluate(
        "(select) => { select.value = 'de'; select.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    expect(sample.get_by_label("Token-Name")).to_have_value("Made in a sample")
    sample.get_by_role("button", name="Erzeugen", exact=True).click()
    expect(sample.get_by_role("heading", name="Ihr neues Credential")).to_be_visible()
    sample.get_by_role("button", name="Token-Secret kopieren").click()
    sample.get_by_role("button", name="Fertig").click()
    expect(sample.get_by_role("listitem").filter(has_text="created Made in a sample")).to_have_count(1)
    sample.get_by_role("button", name="Aktionen für Made in a sample").click()
    sample.get_by_role("menuitem", name="Widerrufen").click()
    sample.get_by_role("alertdialog").get_by_role("button", name="Widerrufen").click()
    expect(sample.get_by_role("listitem").filter(has_text="revoked Made in a sample")).to_have_count(1)
    assert errors == []
