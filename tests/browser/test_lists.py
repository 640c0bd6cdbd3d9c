"""The table and the audit trail, used hard."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.console_page import ConsolePage

BACKGROUND = "(element) => getComputedStyle(element.nextElementSibling).backgroundColor"


@pytest.fixture
def low(new_context: Callable[..., BrowserContext], admins_session: str) -> ConsolePage:
    """An admin's console on a screen on which little has room."""
    context = new_context(viewport={"width": 700, "height": 330})
    context.add_init_script(admins_session)
    return ConsolePage(context.new_page()).open()


def test_the_menu_of_a_row_goes_with_it_while_the_page_scrolls(low: ConsolePage) -> None:
    for number in range(3):
        low.generated(f"Scrolled {number}")
    low.page.set_viewport_size({"width": 700, "height": 520})  # the menu has room on one side of its button
    opener = low.page.get_by_role("button", name="Actions for Scrolled 1")
    opener.click()

    def gap() -> float:
        """Between its button and the menu, which is below it where there is room, else above."""
        button, menu = opener.bounding_box(), low.page.get_by_role("menu").bounding_box()
        assert button
        assert menu
        below = menu["y"] - (button["y"] + button["height"])
        return below if below > 0 else button["y"] - (menu["y"] + menu["height"])

    assert gap() == 4
    before = opener.bounding_box()
    low.page.evaluate(
        "scrollBy(0, 40); new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
    )
    assert opener.bounding_box() != before
    assert gap() == 4


def test_a_dialog_tells_two_of_one_name_apart(admin: ConsolePage) -> None:
    for _ in range(2):
        admin.generated("Twin")
    ends = [row.locator("bdi[dir=ltr]").inner_text()[-8:] for row in admin.row("Twin").all()]
    assert ends[0] != ends[1]
    for end in ends:
        admin.page.get_by_role("button", name=f"Actions for Twin, …{end}").click()
        admin.page.get_by_role("menuitem", name="Revoke").click()
        expect(admin.confirmation).to_contain_text(f"Client ID …{end}, generated")
        admin.confirmation.get_by_role("button", name="Cancel").click()


def test_every_button_of_the_table_has_a_name_of_its_own(admin: ConsolePage) -> None:
    for _ in range(2):
        admin.generated("Namesake")
    buttons = admin.page.locator("acc-credential-table").get_by_role("button")
    names = [button.get_attribute("aria-label") or button.text_content() for button in buttons.all()]
    assert len(names) > 3
    assert len(set(names)) == len(names)


def test_the_whole_client_id_is_found_and_copied(admin: ConsolePage) -> None:
    admin.generate("Found by its id")
    client_id = admin.side_panel.locator("acc-copy[what='Client ID']").inner_text().strip()
    admin.copy_secret()
    admin.close_panel()
    shown = admin.row("Found by its id").locator("bdi[dir=ltr]")
    shown.evaluate("(element) => getSelection().selectAllChildren(element)")
    admin.page.keyboard.press("Control+C")
    assert admin.clipboard() == client_id
    admin.page.evaluate("getSelection().removeAllRanges()")
    assert admin.page.evaluate("(id) => window.find(id)", client_id)


def wait_until_their_edges_differ(one: Locator, other: Locator) -> None:
    """The page takes up a change of its media a moment later."""
    differ = (
        "([one, other]) => getComputedStyle(one).borderBlockEndColor !== getComputedStyle(other).borderBlockEndColor"
    )
    one.page.wait_for_function(differ, arg=[one.element_handle(), other.element_handle()])


def test_forced_colours_tell_what_is_selected(admin: ConsolePage) -> None:
    admin.page.emulate_media(forced_colors="active")
    chosen, other = (admin.page.get_by_role("tab", name=name) for name in ("Credentials", "Audit trail"))
    wait_until_their_edges_differ(chosen, other)
    admin.generate("Forced")
    chosen, other = (admin.side_panel.get_by_role("radio", name=name) for name in ("curl", "Python"))
    assert chosen.evaluate(BACKGROUND) != other.evaluate(BACKGROUND)
    admin.copy_secret()


def test_the_dialog_of_revoke_all_opens_at_its_start_with_its_buttons_in_sight(low: ConsolePage) -> None:
    low.generated("Low")
    low.page.set_viewport_size({"width": 320, "height": 300})
    low.revoke_all_button.click()
    assert low.confirmation.evaluate("(dialog) => dialog.scrollTop") == 0
    expect(low.confirmation.get_by_role("heading")).to_be_in_viewport(ratio=0.9)
    expect(low.confirmation.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=0.9)


def test_on_phones_generate_stands_above_revoke_all(new_context: Callable[..., BrowserContext]) -> None:
    console = ConsolePage(new_context(viewport={"width": 380, "height": 700}).new_page()).sign_in("admin")
    generate, revoke_all = console.generate_button.bounding_box(), console.revoke_all_button.bounding_box()
    assert generate
    assert revoke_all
    assert generate["y"] < revoke_all["y"]


def test_the_audit_trail_follows_one_credential_and_exports_what_it_shows(admin: ConsolePage, tmp_path: Path) -> None:
    admin.generated("Not followed")
    admin.generated("Followed")
    admin.revoke("Followed")
    page = admin.page
    page.get_by_role("tab", name="Audit trail").click()
    row = admin.row("Generated “Followed”")
    assert (row.locator("time").text_content() or "").count(":") == 2
    row.get_by_role("button", name="Open the credential").click()
    admin.side_panel.get_by_role("button", name="In the audit trail").click()
    expect(page.get_by_text("2 events")).to_be_visible()
    expect(admin.row("Not followed")).to_have_count(0)
    page.get_by_role("combobox", name="Show").select_option(value="credential.revoked")
    expect(page.get_by_text("1 event")).to_be_visible()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Export").click()
    downloaded.value.save_as(tmp_path / "events")
    events = [json.loads(line) for line in (tmp_path / "events").read_text().splitlines()]
    assert [event["action"] for event in events] == ["credential.revoked"]
    page.get_by_role("combobox", name="Show").select_option(label="All events")
    page.get_by_role("button", name="Show the events of all credentials").click()
    expect(admin.row("Not followed")).to_be_visible()


def test_filters_and_order_survive_a_reload_and_make_no_history(admin: ConsolePage) -> None:
    page, shown = admin.page, admin.page.get_by_role("combobox", name="Show")
    page.get_by_role("searchbox").fill("No such name")
    expect(page.get_by_text("No credential matches")).to_be_visible()
    shown.select_option("all")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Sort").select_option("name.asc")
    assert page.url.endswith("#/credentials?status=all&search=No+such+name&sort=name.asc")
    page.get_by_role("tab", name="Audit trail").click()
    shown.select_option("credential.revoked")
    page.reload()
    expect(shown).to_have_value("credential.revoked")
    page.go_back()
    expect(shown).to_have_value("all")
    expect(page.get_by_role("searchbox")).to_have_value("No such name")
    page.go_forward()
    expect(shown).to_have_value("credential.revoked")


def test_a_secret_that_is_pasted_into_the_search_comes_into_no_address(admin: ConsolePage) -> None:
    page = admin.page
    page.get_by_role("searchbox").fill("accs_0a1B2c")
    expect(page.get_by_text("No credential matches")).to_be_visible()
    assert "accs_" not in page.url
