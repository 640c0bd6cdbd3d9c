"""What a console user does with credentials."""

import os
import subprocess
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.console_page import ConsolePage, IdentityProviderUsers
from tests.support.local_stack import LocalStack
from tests.support.node import NODE


def exchange(page: Page, client_id: str, secret: str) -> int:
    """The token endpoint's status for this credential."""
    return page.request.post(
        "oauth/token",
        form={"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret},
    ).status


def test_a_new_credential_is_in_the_table_and_its_secret_works(admin: ConsolePage) -> None:
    secret = admin.generate("Works at once")
    client_id = admin.side_panel.locator("acc-copy[what='Client ID']").inner_text()
    admin.copy_secret()
    admin.close_panel()
    row = admin.row("Works at once")
    expect(row).to_contain_text("Alice Andersen")
    assert exchange(admin.page, client_id, secret) == 200


def test_the_copy_icon_puts_the_secret_on_the_clipboard(admin: ConsolePage) -> None:
    secret = admin.generate("Copied by icon")
    admin.copy_secret()
    assert admin.clipboard() == secret


def test_clicking_the_secret_copies_it_too(admin: ConsolePage) -> None:
    secret = admin.generate("Copied by text")
    admin.secret.locator(".text").click()
    expect(admin.secret.get_by_role("status")).to_have_text("Token Secret copied")
    assert admin.clipboard() == secret


def test_the_secret_is_nowhere_after_the_panel_closes(admin: ConsolePage, running_stack: LocalStack) -> None:
    secret = admin.generate("Forgotten")
    assert admin.found_everywhere(secret)
    admin.copy_secret()
    admin.close_panel()
    assert admin.found_everywhere(secret) == []
    assert admin.page.evaluate("indexedDB.databases()") == []
    assert admin.page.evaluate("caches.keys()") == []
    assert secret not in running_stack.log()


def test_the_secret_is_in_no_storage_while_it_is_shown(admin: ConsolePage) -> None:
    secret = admin.generate("Shown once")
    assert [place for place in admin.found_everywhere(secret) if not place.endswith(" text")] == []


def test_a_panel_with_an_uncopied_secret_asks_before_it_closes(admin: ConsolePage) -> None:
    secret = admin.generate("Not copied")
    for _ in range(2):
        admin.page.keyboard.press("Escape")
        expect(admin.alert("You have not copied the Token Secret")).to_be_visible()
        expect(admin.secret).to_contain_text(secret)
        admin.side_panel.get_by_role("button", name="Keep open").click()
    admin.page.keyboard.press("Escape")
    admin.side_panel.get_by_role("button", name="Close without copying").click()
    expect(admin.side_panel).to_have_count(0)
    assert admin.found_everywhere(secret) == []


def test_scopes_and_expiry_are_what_was_chosen(admin: ConsolePage) -> None:
    panel = admin.open_panel("Chosen scopes")
    expect(panel.get_by_label("orders:read")).to_be_checked()
    panel.get_by_label("orders:read").uncheck()
    panel.get_by_label("reports:read").check()
    panel.get_by_label("Expires").select_option(label="On a date…")
    panel.get_by_label("Last day").fill("2090-05-17")
    admin.submit()
    admin.copy_secret()
    admin.close_panel()
    expect(admin.row("Chosen scopes")).to_contain_text("reports:read")
    expect(admin.row("Chosen scopes")).to_contain_text("Expires 17 May 2090")


def test_the_test_button_exchanges_the_credential_and_shows_the_decoded_token(admin: ConsolePage) -> None:
    admin.generate("Tested")
    admin.side_panel.get_by_role("button", name="Test this credential").click()
    expect(admin.side_panel.get_by_text("It works.")).to_be_visible()
    expect(admin.side_panel.get_by_role("region", name="Header")).to_contain_text('"typ": "at+jwt"')
    expect(admin.side_panel.get_by_role("region", name="Claims")).to_contain_text('"scope": "orders:read"')


def test_the_snippet_that_is_copied_calls_the_api(admin: ConsolePage) -> None:
    """All of them are run in tests/interop."""
    secret = admin.generate("Used from Node.js")
    admin.side_panel.get_by_role("radio", name="Node.js").check()
    admin.side_panel.get_by_role("button", name="Copy Node.js code").click()
    code = admin.clipboard()
    assert secret not in code
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", code],
        env={**os.environ, "CLIENT_SECRET": secret, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert '"client_id":"acc_' in done.stdout, done.stderr


def test_a_revoked_credential_leaves_the_list_and_gets_no_token(admin: ConsolePage) -> None:
    secret = admin.generate("To be revoked")
    client_id = admin.side_panel.locator("acc-copy[what='Client ID']").inner_text()
    admin.copy_secret()
    admin.close_panel()
    confirmation = admin.ask_revoke("To be revoked")
    expect(confirmation).to_contain_text("can no longer get an access token")
    confirmation.get_by_role("button", name="Cancel").click()
    assert exchange(admin.page, client_id, secret) == 200
    admin.revoke("To be revoked")
    expect(admin.row("To be revoked")).to_have_count(0)
    assert exchange(admin.page, client_id, secret) == 401
    admin.show("Revoked")
    expect(admin.row("To be revoked")).to_contain_text("by Alice Andersen")


def test_revoke_all_needs_its_box_ticked_and_revokes_every_credential(admin: ConsolePage) -> None:
    secret = admin.generate("One of all")
    client_id = admin.side_panel.locator("acc-copy[what='Client ID']").inner_text()
    admin.copy_secret()
    admin.close_panel()
    admin.revoke_all_button.click()
    button = admin.confirmation.get_by_role("button", name="Revoke ")
    button.click(force=True)
    assert exchange(admin.page, client_id, secret) == 200
    admin.confirmation.get_by_label("I understand").check()
    button.click()
    expect(admin.page.get_by_text("All credentials have stopped working")).to_be_visible()
    expect(admin.page.get_by_text("marked as revoked.")).to_be_visible()
    expect(admin.page.get_by_text("No active credentials")).to_be_visible()
    assert exchange(admin.page, client_id, secret) == 401


def test_the_progress_bar_follows_the_sweep(admin: ConsolePage) -> None:
    def progress(swept: int, completed_at: str | None = None) -> dict[str, object]:
        return {
            "revocation_id": "r",
            "total": 400,
            "swept": swept,
            "remaining": 400 - swept,
            "completed_at": completed_at,
        }

    now = [progress(0)]
    admin.generated("Swept")
    admin.page.route("**/revoke-all", lambda route: route.fulfill(status=202, json=progress(0)))
    admin.page.route("**/revocations/r", lambda route: route.fulfill(json=now[0]))
    admin.revoke_all_button.click()
    admin.confirmation.get_by_label("I understand").check()
    admin.confirmation.get_by_role("button", name="Revoke ").click()
    for swept in (100, 300):
        now[0] = progress(swept)
        expect(admin.page.get_by_role("progressbar", name=f"{swept} of 400")).to_be_visible()
    now[0] = progress(400, "2026-11-24T12:00:00Z")
    expect(admin.page.get_by_text("400 credentials are marked as revoked.")).to_be_visible()


def test_a_credential_revoked_by_somebody_else_meanwhile_is_said_to_be(
    admin: ConsolePage, new_context: Callable[..., BrowserContext], provider_users: IdentityProviderUsers
) -> None:
    provider_users.add("bob@acme.example", name="Bob Berg", tenant="acme", roles=["admin"])
    admin.generated("Revoked by Bob")
    bob = ConsolePage(new_context().new_page())
    bob.page.goto("./")
    bob.page.get_by_role("button", name="Sign in").click()
    bob.page.get_by_placeholder("sub").fill("bob@acme.example")
    bob.page.get_by_role("button", name="Authorize").click()
    bob.revoke("Revoked by Bob")
    admin.revoke("Revoked by Bob")
    expect(admin.page.get_by_text("had already been revoked by Bob Berg")).to_be_visible()
    expect(admin.row("Revoked by Bob")).to_have_count(0)


def test_the_audit_trail_tells_who_did_what(admin: ConsolePage) -> None:
    admin.generated("Audited")
    admin.revoke("Audited")
    admin.page.get_by_role("tab", name="Audit trail").click()
    rows = admin.page.get_by_role("row")
    expect(rows.filter(has_text="Generated “Audited”")).to_contain_text("Alice Andersen")
    expect(rows.filter(has_text="Revoked “Audited”")).to_contain_text("127.0.0.1")


def test_a_viewer_sees_no_button_that_would_fail(
    admin: ConsolePage, new_context: Callable[..., BrowserContext]
) -> None:
    admin.generated("Seen by a viewer")
    viewer = ConsolePage(new_context().new_page()).sign_in("viewer")
    expect(viewer.row("Seen by a viewer")).to_be_visible()
    expect(viewer.page.get_by_text("your role is viewer")).to_be_visible()
    for name in ("Generate", "Revoke", "Actions"):
        expect(viewer.page.get_by_role("button", name=name)).to_have_count(0)


def test_another_tenant_sees_none_of_it(admin: ConsolePage, new_context: Callable[..., BrowserContext]) -> None:
    admin.generated("Secret project of acme")
    other = ConsolePage(new_context().new_page()).sign_in("other-tenant")
    other.show("All")
    expect(other.page.get_by_text("Loading")).to_have_count(0)
    expect(other.row("Secret project of acme")).to_have_count(0)
    other.page.get_by_role("tab", name="Audit trail").click()
    expect(other.page.get_by_text("Secret project of acme")).to_have_count(0)
