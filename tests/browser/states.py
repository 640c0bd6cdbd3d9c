"""The states that the console can be in, for tests that look at each of them.

A new one is a function with ``@state``: it goes there from the list of active credentials, yields, and goes back.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import expect

from tests.browser.console_page import ConsolePage

State = Callable[[ConsolePage], AbstractContextManager[None]]

STATES: dict[str, State] = {}
"""By name, in the order in which they are defined."""


def state(go: Callable[[ConsolePage], Iterator[None]]) -> State:
    STATES[go.__name__.replace("_", " ")] = found = contextmanager(go)
    return found


def cancel(console: ConsolePage) -> None:
    console.confirmation.get_by_role("button", name="Cancel").click()
    expect(console.confirmation).to_have_count(0)


@state
def empty(console: ConsolePage) -> Iterator[None]:
    console.show("Expired")
    expect(console.page.get_by_text("No expired credentials")).to_be_visible()
    yield
    console.show("Active")


@state
def form(console: ConsolePage) -> Iterator[None]:
    panel = console.open_panel()
    yield
    panel.get_by_role("button", name="Cancel").click()


@state
def form_with_faults(console: ConsolePage) -> Iterator[None]:
    panel = console.open_panel("  ")
    panel.get_by_label("Expires").select_option(label="On a date…")
    console.submit()
    expect(panel.get_by_text("Enter a name.")).to_be_visible()
    yield
    panel.get_by_role("button", name="Cancel").click()


@state
def secret(console: ConsolePage) -> Iterator[None]:
    console.generate("A rather long name for a program: looked at")
    yield
    console.copy_secret()
    console.close_panel()


@state
def tested_credential(console: ConsolePage) -> Iterator[None]:
    console.generate("Looked at and tested")
    console.side_panel.get_by_role("button", name="Test this credential").click()
    expect(console.side_panel.get_by_text("It works.")).to_be_visible()
    yield
    console.copy_secret()
    console.close_panel()


@state
def asking_to_close(console: ConsolePage) -> Iterator[None]:
    console.generate("Looked at uncopied")
    console.side_panel.get_by_role("button", name="Done", exact=True).click()
    expect(console.alert("You have not copied")).to_be_visible()
    yield
    console.side_panel.get_by_role("button", name="Close without copying").click()
    expect(console.side_panel).to_have_count(0)


@state
def table(console: ConsolePage) -> Iterator[None]:
    expect(console.row("Looked at and tested").first).to_be_visible()
    yield


@state
def menu(console: ConsolePage) -> Iterator[None]:
    console.page.get_by_role("button", name="Actions for Looked at and tested").first.click()
    expect(console.page.get_by_role("menuitem").first).to_be_focused()
    yield
    console.page.keyboard.press("Escape")


@state
def confirmation_of_revoke(console: ConsolePage) -> Iterator[None]:
    expect(console.ask_revoke("Looked at and tested").get_by_role("button", name="Cancel")).to_be_focused()
    yield
    cancel(console)


@state
def told(console: ConsolePage) -> Iterator[None]:
    console.revoke("Looked at uncopied")
    expect(console.page.get_by_text("is revoked.")).to_be_visible()
    yield


@state
def revoked_row(console: ConsolePage) -> Iterator[None]:
    console.show("All")
    expect(console.row("Looked at uncopied").first).to_be_visible()
    yield
    console.show("Active")


@state
def audit_trail(console: ConsolePage) -> Iterator[None]:
    console.page.get_by_role("tab", name="Audit trail").click()
    expect(console.page.get_by_text("Generated “Looked at and tested”").first).to_be_visible()
    yield
    console.page.get_by_role("tab", name="Credentials").click()


@state
def confirmation_of_revoke_all(console: ConsolePage) -> Iterator[None]:
    console.revoke_all_button.click()
    expect(console.confirmation).to_be_visible()
    yield
    cancel(console)


@state
def progress(console: ConsolePage) -> Iterator[None]:
    console.revoke_all_button.click()
    console.confirmation.get_by_label("I understand").check()
    console.confirmation.get_by_role("button", name="Revoke ").click()
    expect(console.page.get_by_text("marked as revoked.")).to_be_visible()
    yield
    console.page.get_by_role("button", name="Close", exact=True).click()


@state
def expired_sign_in(console: ConsolePage) -> Iterator[None]:
    console.page.route("**/v1/credentials?*", lambda route: route.fulfill(status=401))
    console.refresh()
    expect(console.alert("Your sign-in has expired")).to_be_visible()
    yield
    console.page.unroute("**/v1/credentials?*")
    console.refresh()
    expect(console.alert("Your sign-in has expired")).to_have_count(0)


@state
def offline(console: ConsolePage) -> Iterator[None]:
    console.page.context.set_offline(True)
    console.refresh()
    expect(console.alert("You are offline")).to_be_visible()
    yield
    console.page.context.set_offline(False)
    expect(console.alert("You are offline")).to_have_count(0)
