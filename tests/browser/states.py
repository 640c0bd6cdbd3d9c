"""The states that the console can be in, for tests that look at each of them.

A new one is a function with ``@state``: it goes there from the list of active credentials, yields, and goes back.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm
from playwright.sync_api import Locator, Route, expect

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


def public_key() -> dict[str, object]:
    return dict(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key(), as_dict=True))


def panel_of(console: ConsolePage, name: str, **members: object) -> Locator:
    """The panel of a new credential, read to its end."""
    panel = console.show_credential(console.made(name, **members)["client_id"])
    expect(panel.get_by_text(f"Generated “{name}”")).to_be_visible()
    return panel


def press(panel: Locator, button: str) -> None:
    panel.get_by_role("button", name=button, exact=True).click()


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
def panel_of_a_credential_with_two_secrets(console: ConsolePage) -> Iterator[None]:
    made = console.made("Looked into", description="Runs at two", scopes=["orders:read"], allowed_addresses=["::1/128"])
    console.call("POST", f"v1/credentials/{made['client_id']}/secrets", {})
    panel = console.show_credential(made["client_id"])
    expect(panel.get_by_text("has not been used yet")).to_be_visible()
    yield
    console.close_panel()


@state
def panel_of_a_credential_with_keys(console: ConsolePage) -> Iterator[None]:
    panel = panel_of(
        console, "Looked into for keys", jwks={"keys": [public_key() | {"kid": kid} for kid in ("a", "b")]}
    )
    expect(panel.get_by_role("button", name="Remove the key a")).to_be_visible()
    yield
    console.close_panel()


@state
def panel_of_a_suspended_credential(console: ConsolePage) -> Iterator[None]:
    made = console.made("Looked into while suspended")
    console.call("POST", f"v1/credentials/{made['client_id']}/suspend")
    panel = console.show_credential(made["client_id"])
    expect(panel.get_by_text("Suspended “Looked into while suspended”")).to_be_visible()
    yield
    console.close_panel()


@state
def rotation_form(console: ConsolePage) -> Iterator[None]:
    panel = panel_of(console, "Looked at while rotated")
    press(panel, "Rotate")
    expect(panel.get_by_role("radio", name="In 1 day")).to_be_focused()
    yield
    press(panel, "Cancel")
    console.close_panel()


@state
def rotated_secret(console: ConsolePage) -> Iterator[None]:
    panel = panel_of(console, "Looked at once rotated")
    press(panel, "Rotate")
    press(panel, "Get a new Token Secret")
    expect(console.secret).to_be_visible()
    yield
    console.copy_secret()
    console.close_panel()


@state
def edit_form(console: ConsolePage) -> Iterator[None]:
    panel = panel_of(console, "Looked at while edited")
    press(panel, "Edit")
    expect(panel.get_by_label("Token Name")).to_be_focused()
    yield
    press(panel, "Cancel")
    console.close_panel()


@state
def edit_that_met_another(console: ConsolePage) -> Iterator[None]:
    made = console.made("Looked at while edited twice")
    panel = console.show_credential(made["client_id"])
    press(panel, "Edit")
    panel.get_by_label("Token Name").fill("My name for it")
    console.call("PATCH", f"v1/credentials/{made['client_id']}", {"name": "Their name for it"})
    press(panel, "Save")
    expect(console.alert("Somebody else changed this credential")).to_be_visible()
    yield
    press(panel, "Cancel")
    console.close_panel()


@state
def pasted_key_with_a_fault(console: ConsolePage) -> Iterator[None]:
    panel = panel_of(console, "Looked at while a key is pasted", jwks=public_key())
    press(panel, "Add key")
    panel.get_by_role("radio", name="Paste a public key").check()
    panel.get_by_label("Public key", exact=True).fill("no key")
    press(panel, "Add key")
    expect(console.alert("There is no public key here")).to_be_visible()
    yield
    press(panel, "Cancel")
    console.close_panel()


@state
def added_key_pair(console: ConsolePage) -> Iterator[None]:
    panel = panel_of(console, "Looked at once a pair is made", jwks=public_key())
    press(panel, "Add key")
    press(panel, "Add key")
    expect(panel.get_by_role("button", name="Download the private key")).to_be_visible()
    yield
    press(panel, "Copy Private key")
    console.close_panel()


@state
def form_with_a_public_key(console: ConsolePage) -> Iterator[None]:
    panel = console.open_panel("Looked at with a public key")
    panel.get_by_role("radio", name="A key pair of its own").check()
    panel.get_by_role("radio", name="Paste a public key").check()
    panel.get_by_label("Public key", exact=True).fill(json.dumps(public_key()))
    yield
    press(panel, "Cancel")


@state
def created_with_a_public_key(console: ConsolePage) -> Iterator[None]:
    panel = console.open_panel("Looked at with a public key")
    panel.get_by_role("radio", name="A key pair of its own").check()
    panel.get_by_role("radio", name="Paste a public key").check()
    panel.get_by_label("Public key", exact=True).fill(json.dumps(public_key()))
    console.submit()
    expect(panel.get_by_role("heading", name="Your new credential")).to_be_visible()
    yield
    console.close_panel()


@state
def filters_that_match_nothing(console: ConsolePage) -> Iterator[None]:
    page = console.page
    page.get_by_role("searchbox").fill("no such program")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_text("No credential matches")).to_be_visible()
    yield
    page.get_by_role("button", name="Clear filters").first.click()
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("button", name="Clear filters")).to_have_count(0)


def tick_several(console: ConsolePage, tick: bool = True) -> None:
    for name in ("Looked at and tested", "Looked at with a public key"):
        console.page.get_by_role("checkbox", name=f"Select {name},").set_checked(tick)


@state
def several_ticked(console: ConsolePage) -> Iterator[None]:
    tick_several(console)
    expect(console.page.get_by_role("button", name="Revoke 2 selected")).to_be_visible()
    yield
    tick_several(console, False)


@state
def confirmation_of_revoking_several(console: ConsolePage) -> Iterator[None]:
    tick_several(console)
    console.page.get_by_role("button", name="Revoke 2 selected").click()
    expect(console.confirmation.get_by_role("listitem")).to_have_count(2)
    yield
    cancel(console)
    tick_several(console, False)


@state
def partly_read_list(console: ConsolePage) -> Iterator[None]:
    page, listing = console.page, "**/v1/credentials?*"

    def leave_off(route: Route) -> None:
        if "cursor=" in route.request.url:
            return route.abort()
        answer = route.fetch()
        return route.fulfill(response=answer, json=answer.json() | {"next_cursor": "more"})

    page.route(listing, leave_off)
    console.show("All")
    expect(page.get_by_text("The rest could not be read.")).to_be_visible()
    yield
    page.unroute(listing)
    console.show("Active")
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


@state
def viewers_panel(console: ConsolePage) -> Iterator[None]:
    """What a viewer has is shown to an admin who is told to be one: to sign in anew would leave this page."""
    page, user = console.page, "**/v1/console-user"

    def as_viewer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"roles": ["viewer"]})

    page.route(user, as_viewer)
    page.reload()
    expect(page.get_by_text("your role is viewer")).to_be_visible()
    panel = panel_of(console, "Looked into by a viewer")
    expect(panel.get_by_role("button", name="Rotate")).to_have_count(0)
    yield
    console.close_panel()
    page.unroute(user)
    page.reload()
    expect(console.generate_button).to_be_visible()


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
