"""A credential's panel: what it tells, its address, and what is done from it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.console_page import ConsolePage

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fragment(client_id: str) -> str:
    return f"#/credentials/{client_id}"


def test_a_name_opens_the_panel_with_all_there_is_to_know(admin: ConsolePage) -> None:
    made = admin.made(
        "Told whole", description="Runs at two", scopes=["orders:read"], allowed_addresses=["127.0.0.0/8"]
    )
    assert admin.exchange(made) == 200
    admin.refresh()
    admin.name_of("Told whole").click()
    panel = admin.side_panel
    expect(panel.get_by_role("heading", name="Told whole")).to_be_focused()
    for text in (made["client_id"], "Runs at two", "orders:read", "127.0.0.0/8", "Alice Andersen", "Never"):
        expect(panel).to_contain_text(text)
    expect(panel).to_contain_text(f"…{made['secrets'][0]['hint']}")
    expect(panel.get_by_text("from 127.0.0.0/24").first).to_be_visible()
    expect(panel.get_by_text("Generated “Told whole”")).to_be_visible()
    panel.get_by_role("button", name="Copy Client ID").click()
    expect(panel.get_by_text("Client ID copied")).to_be_attached()
    assert admin.clipboard() == made["client_id"]


def test_reload_back_and_a_copied_link_honour_the_panels_address(
    admin: ConsolePage, new_context: Callable[..., BrowserContext]
) -> None:
    made = admin.made("Has an address")
    admin.refresh()
    page, heading = admin.page, admin.side_panel.get_by_role("heading", name="Has an address")
    admin.name_of("Has an address").click()
    expect(heading).to_be_visible()
    assert page.url.endswith(fragment(made["client_id"]))
    page.reload()
    expect(heading).to_be_visible()
    page.go_back()
    expect(admin.side_panel).to_have_count(0)
    page.go_forward()
    expect(heading).to_be_visible()
    page.keyboard.press("Escape")
    expect(admin.side_panel).to_have_count(0)
    assert "#" not in page.url
    viewer = ConsolePage(new_context().new_page())
    viewer.page.goto(f"./{fragment(made['client_id'])}")
    viewer.page.get_by_role("button", name="Sign in").click()
    viewer.authenticate(viewer.page, "viewer@acme.example")
    expect(viewer.side_panel.get_by_role("heading", name="Has an address")).to_be_visible()
    assert viewer.page.url.endswith(fragment(made["client_id"]))
    for name in ("Rotate", "Edit", "Suspend", "Revoke", "End"):
        expect(viewer.side_panel.get_by_role("button", name=name)).to_have_count(0)


def test_an_address_of_no_credential_of_ones_own_says_so(admin: ConsolePage) -> None:
    admin.show_credential("acc_" + "0" * 52)
    expect(admin.side_panel.get_by_text("There is no credential with this Client ID")).to_be_visible()


def test_the_panel_gives_the_focus_back_to_the_name(admin: ConsolePage) -> None:
    admin.made("Left again")
    admin.refresh()
    name = admin.name_of("Left again")
    name.click()
    admin.close_panel()
    expect(name).to_be_focused()


def test_the_audit_trail_leads_to_the_panel_and_the_panel_to_its_events(admin: ConsolePage) -> None:
    made = admin.made("Both ways")
    admin.page.get_by_role("tab", name="Audit trail").click()
    admin.row("Generated “Both ways”").get_by_role("button", name="Open the credential").click()
    expect(admin.side_panel.get_by_role("heading", name="Both ways")).to_be_visible()
    assert admin.page.url.endswith(f"#/audit/{made['client_id']}")
    admin.side_panel.get_by_role("button", name="In the audit trail").click()
    expect(admin.side_panel).to_have_count(0)
    expect(admin.page.get_by_text("1 event")).to_be_visible()


def test_suspend_and_resume_take_effect_and_are_told(admin: ConsolePage) -> None:
    made = admin.made("On and off")
    panel = admin.show_credential(made["client_id"])
    panel.get_by_role("button", name="Suspend").click()
    expect(admin.confirmation).to_contain_text(f"…{made['client_id'][-8:]}")
    expect(admin.confirmation).to_contain_text("No use is known")
    admin.confirmation.get_by_role("button", name="Suspend").click()
    expect(panel.get_by_text("“On and off” is suspended.")).to_be_visible()
    expect(panel.get_by_role("button", name="Resume")).to_be_focused()
    assert admin.exchange(made) == 401
    panel.get_by_role("button", name="Resume").click()
    admin.confirmation.get_by_role("button", name="Resume").click()
    expect(panel.get_by_text("is active again")).to_be_visible()
    assert admin.exchange(made) == 200
    expect(panel.get_by_text("Suspended “On and off”")).to_be_visible()


def test_a_row_that_is_suspended_from_its_menu_leaves_the_active_ones(admin: ConsolePage) -> None:
    admin.made("Suspended by menu")
    admin.refresh()
    admin.choose("Suspend", "Suspended by menu")
    admin.confirmation.get_by_role("button", name="Suspend").click()
    expect(admin.row("Suspended by menu")).to_have_count(0)
    expect(admin.page.get_by_text("“Suspended by menu” is suspended.")).to_be_visible()
    admin.show("Suspended")
    admin.choose("Resume", "Suspended by menu")
    admin.confirmation.get_by_role("button", name="Resume").click()
    expect(admin.row("Suspended by menu")).to_have_count(0)


def test_a_suspension_whose_answer_was_lost_is_found_done(admin: ConsolePage) -> None:
    made = admin.made("Suspended unheard")
    panel = admin.show_credential(made["client_id"])

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    admin.page.route("**/suspend", lose)
    panel.get_by_role("button", name="Suspend").click()
    admin.confirmation.get_by_role("button", name="Suspend").click()
    expect(panel.get_by_text("“Suspended unheard” is suspended.")).to_be_visible()


def test_a_credential_revoked_from_its_panel_is_shown_as_that_and_offers_nothing(admin: ConsolePage) -> None:
    made = admin.made("Revoked in its panel")
    panel = admin.show_credential(made["client_id"])
    panel.get_by_role("button", name="Revoke").click()
    admin.confirmation.get_by_role("button", name="Revoke", exact=True).click()
    expect(panel.get_by_text("is revoked.")).to_be_visible()
    expect(panel.locator("dd").first).to_contain_text("Revoked")
    for name in ("Rotate", "Edit", "Suspend", "Revoke"):
        expect(panel.get_by_role("button", name=name, exact=True)).to_have_count(0)


def test_edit_sends_what_was_changed_and_nothing_else(admin: ConsolePage) -> None:
    made = admin.made("Edited", scopes=["orders:read"], expires_at="2090-05-17T12:00:00Z")
    admin.refresh()
    panel = admin.show_credential(made["client_id"])
    panel.get_by_role("button", name="Edit").click()
    panel.get_by_label("Description").fill("For the auditors")
    panel.get_by_label("orders:write").check()
    panel.get_by_label("Allowed addresses").fill("192.0.2.0/24, 2001:db8::/32")
    with admin.page.expect_request(lambda request: request.method == "PATCH") as sent:
        panel.get_by_role("button", name="Save").click()
    assert sent.value.post_data_json == {
        "description": "For the auditors",
        "scopes": ["orders:read", "orders:write"],
        "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
    }
    assert sent.value.headers["if-match"]
    expect(panel.get_by_text("Saved.")).to_be_visible()
    expect(panel).to_contain_text("For the auditors")
    expect(panel).to_contain_text("17 May 2090")
    expect(panel.get_by_text("Edited “Edited”")).to_be_visible()
    panel.get_by_role("button", name="Edit").click()
    panel.get_by_label("Expires").select_option(label="Never")
    panel.get_by_label("Token Name").fill("Edited again")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("heading", name="Edited again")).to_be_visible()
    expect(admin.page.locator("acc-credential-table")).to_contain_text("Edited again")
    assert admin.call("GET", f"v1/credentials/{made['client_id']}")["expires_at"] is None


def test_a_conflict_shows_what_another_changed_and_keeps_what_was_typed(admin: ConsolePage) -> None:
    made = admin.made("Edited twice", scopes=["orders:read"])
    panel = admin.show_credential(made["client_id"])
    panel.get_by_role("button", name="Edit").click()
    panel.get_by_label("Token Name").fill("My name for it")
    panel.get_by_label("Expires").select_option(label="In 30 days")
    others = {"name": "Their name for it", "scopes": ["orders:read", "reports:read"]}
    admin.call("PATCH", f"v1/credentials/{made['client_id']}", others)
    panel.get_by_role("button", name="Save").click()
    alert = admin.alert("Somebody else changed this credential")
    expect(alert).to_contain_text("Token Name: was Edited twice, is now Their name for it")
    expect(alert).to_contain_text("Scopes: was orders:read, is now orders:read, reports:read")
    expect(panel.get_by_label("Token Name")).to_have_value("My name for it")
    expect(panel.get_by_label("reports:read")).to_be_checked()
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("Saved.")).to_be_visible()
    now = admin.call("GET", f"v1/credentials/{made['client_id']}")
    assert now["name"] == "My name for it"
    assert now["scopes"] == ["orders:read", "reports:read"]
    assert now["expires_at"]


def test_a_fault_is_shown_at_its_field_and_names_the_address(admin: ConsolePage) -> None:
    panel = admin.show_credential(admin.made("Faulty edit")["client_id"])
    panel.get_by_role("button", name="Edit").click()
    panel.get_by_label("Allowed addresses").fill("192.0.2.0/24\n192.0.2.1/24")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("192.0.2.1/24: must have no bits set behind its prefix")).to_be_visible()
    expect(panel.get_by_label("Allowed addresses")).to_be_focused()


def test_an_edit_that_is_not_saved_is_not_dropped_by_escape(admin: ConsolePage) -> None:
    panel = admin.show_credential(admin.made("Half edited")["client_id"])
    panel.get_by_role("button", name="Edit").click()
    panel.get_by_label("Token Name").fill("Typed")
    for _ in range(3):
        admin.page.keyboard.press("Escape")
    expect(admin.alert("What you changed is not saved")).to_be_visible()
    panel.get_by_role("button", name="Keep open").click()
    expect(panel.get_by_label("Token Name")).to_have_value("Typed")
    admin.page.keyboard.press("Escape")
    panel.get_by_role("button", name="Discard it").click()
    expect(admin.side_panel).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view_of_the_panel(
    new_context: Callable[..., BrowserContext], axe: str, scheme: str
) -> None:
    context = new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 320, "height": 640})
    console = ConsolePage(context.new_page()).sign_in("admin")
    made = console.made("Looked into", description="On a narrow screen", allowed_addresses=["192.0.2.0/24"])
    panel, found, wide = console.show_credential(made["client_id"]), {}, {}

    def look(view: str) -> None:
        found[view] = console.violations(axe)
        wide[view] = console.page.evaluate(OVERFLOW)

    expect(panel.get_by_text("Generated “Looked into”")).to_be_visible()
    look("details")
    panel.get_by_role("button", name="Edit").click()
    panel.get_by_label("Token Name").fill(" ")
    panel.get_by_role("button", name="Save").click()
    look("edit")
    panel.get_by_role("button", name="Cancel").click()
    panel.get_by_role("button", name="Rotate").click()
    look("rotate")
    panel.get_by_role("button", name="Get a new Token Secret").click()
    expect(console.secret).to_be_visible()
    look("secret")
    console.copy_secret()
    panel.get_by_role("button", name="Done").click()
    expect(panel.get_by_text("has not been used yet")).to_be_visible()
    look("two secrets")
    assert {view: violations for view, violations in found.items() if violations} == {}
    assert {view: pixels for view, pixels in wide.items() if pixels > 0} == {}
