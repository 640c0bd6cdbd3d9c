"""The element in somebody else's page, on another origin."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.local_stack import LocalStack

VENDORS_PAGE = """<!doctype html><html lang="en"><title>Vendor</title>
<style>
api-client-credentials {{ --acc-accent: rgb(0, 128, 0); }}
api-client-credentials::part(header) {{ color: rgb(1, 2, 3); }}
</style>
<main><h1>Vendor</h1><api-client-credentials api="{api}"></api-client-credentials></main>
<script type="module" src="{api}/console/api-client-credentials.js"></script>"""


@pytest.fixture
def vendors_page(running_stack: LocalStack, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    class Vendor(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(VENDORS_PAGE.format(api=running_stack.base_url).encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Vendor) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = new_context().new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        server.shutdown()


def give_token(page: Page, token: str) -> None:
    page.evaluate(
        "(token) => { document.querySelector('api-client-credentials').tokenProvider = async () => token; }", token
    )


def test_the_element_needs_an_address_and_a_token_provider_alone(vendors_page: Page, running_stack: LocalStack) -> None:
    give_token(vendors_page, running_stack.token("admin"))
    vendors_page.get_by_role("button", name="Generate Client Credentials").click()
    vendors_page.get_by_label("Token Name").fill("Made in the vendor's page")
    vendors_page.get_by_role("button", name="Generate", exact=True).click()
    expect(vendors_page.get_by_role("heading", name="Your new credential")).to_be_visible()
    vendors_page.get_by_role("button", name="Test this credential").click()
    expect(vendors_page.get_by_text("It works.")).to_be_visible()


def test_the_host_page_sets_colours_and_styles_parts(vendors_page: Page, running_stack: LocalStack) -> None:
    give_token(vendors_page, running_stack.token("admin"))
    button = vendors_page.get_by_role("button", name="Generate Client Credentials")
    expect(button).to_have_css("background-color", "rgb(0, 128, 0)")
    expect(vendors_page.get_by_role("heading", name="API Client Credentials")).to_have_css("color", "rgb(1, 2, 3)")


def test_a_refused_token_is_an_expired_sign_in_there_too(vendors_page: Page) -> None:
    give_token(vendors_page, "not.a.token")
    expect(vendors_page.get_by_text("Your sign-in has expired")).to_be_visible()
