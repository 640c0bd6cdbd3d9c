"""The console in Chromium, against the stack that ``make run`` starts."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect

from deploy.stages import PROJECT
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.console_page import ConsolePage, IdentityProviderUsers
from tests.support.local_stack import PATIENCE, LocalStack

AXE = PROJECT / "console" / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """There is no test without one: NoBrowser is an error, not a reason to skip."""
    expect.set_options(timeout=1000 * PATIENCE)
    browser = playwright.chromium.launch(executable_path=executable(playwright), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def new_context(browser: Browser, running_stack: LocalStack) -> Iterator[Callable[..., BrowserContext]]:
    """Opens another browser window, of somebody else or of another size."""
    contexts = []

    def opened(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=f"{running_stack.base_url}/", **({"locale": "en-GB"} | options))
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=running_stack.base_url)
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that breaks neither its own Content-Security-Policy nor itself, whatever the test does."""
    page = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "TrustedScript" in message.text:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert not complaints


@pytest.fixture
def console(page: Page) -> ConsolePage:
    return ConsolePage(page)


@pytest.fixture(scope="session")
def admins_session(browser: Browser, running_stack: LocalStack) -> str:
    """The sessionStorage that a sign-in leaves, as a script that puts it into a fresh window."""
    page = browser.new_page(base_url=f"{running_stack.base_url}/")
    ConsolePage(page).sign_in("admin")
    stored = page.evaluate("JSON.stringify(sessionStorage)")
    page.close()
    fresh = f"location.port === '{running_stack.port}' && !sessionStorage.length"
    return f"if ({fresh}) Object.assign(sessionStorage, {stored})"


@pytest.fixture
def admin(console: ConsolePage, context: BrowserContext, admins_session: str) -> ConsolePage:
    """The console, with an admin of the tenant acme signed in. ``test_sign_in`` shows how that is done."""
    context.add_init_script(admins_session)
    return console.open()


@pytest.fixture
def show(running_stack: LocalStack, new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Opens a page of the vendor's: HTML with {api} and {token} in it, under ``policy`` if there is one."""
    pages: dict[str, bytes] = {}
    headers: dict[str, str] = {}

    class Vendor(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Vendor) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def shown(html: str, frame: str = "", policy: str = "") -> Page:
            token = running_stack.token("admin") if "{token}" in html + frame else ""
            for path, content in (("/", html), ("/frame", frame)):
                pages[path] = ("<!doctype html>" + content).format(api=running_stack.base_url, token=token).encode()
            if policy:
                headers["Content-Security-Policy"] = policy.format(api=running_stack.base_url)
            page = new_context().new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            return page

        yield shown
        server.shutdown()


@pytest.fixture
def provider_users(context: BrowserContext) -> IdentityProviderUsers:
    return IdentityProviderUsers(context.request)


@pytest.fixture(scope="session")
def axe() -> str:
    return AXE.read_text()
