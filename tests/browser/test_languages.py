"""The console in other languages than English."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from emulators.users import USERS
from tests.browser.console_page import OVERFLOW, ConsolePage

ELEMENT = "document.querySelector('api-client-credentials')"


def speak(page: Page, locale: str) -> None:
    page.evaluate(f"(locale) => {{ {ELEMENT}.locale = locale; }}", locale)


def test_the_page_speaks_the_browsers_language(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(locale="de-AT").new_page()
    page.goto("./")
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de-AT"


def test_the_page_speaks_the_language_that_its_address_asks_for_also_after_signing_in(page: Page) -> None:
    page.goto("./?lang=ar")
    page.get_by_role("button", name="تسجيل الدخول").click()
    ConsolePage.authenticate(page, USERS["admin"].subject)
    expect(page.get_by_role("button", name="إنشاء بيانات اعتماد عميل")).to_be_visible()
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_a_language_without_texts_is_english(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(locale="fr-FR").new_page()
    page.goto("./")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_dates_and_numbers_are_the_locales(admin: ConsolePage) -> None:
    admin.generated("Heute erzeugt")
    written = admin.row("Heute erzeugt").locator("time")
    moment = written.get_attribute("datetime")
    for locale in ("de-DE", "en-US"):
        speak(admin.page, locale)
        expected = admin.page.evaluate(
            """([moment, locale]) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" })
              .format(new Date(moment))""",
            [moment, locale],
        )
        expect(written).to_have_text(expected)


def test_another_language_takes_nothing_that_was_typed(admin: ConsolePage) -> None:
    admin.open_panel("Typed in English")
    admin.side_panel.get_by_label("orders:write").check()
    speak(admin.page, "de")
    expect(admin.side_panel.get_by_role("heading", name="Client-Credentials erzeugen")).to_be_visible()
    expect(admin.side_panel.get_by_label("Token-Name")).to_have_value("Typed in English")
    expect(admin.side_panel.get_by_label("orders:write")).to_be_checked()


def test_another_language_takes_no_secret_that_is_shown(admin: ConsolePage) -> None:
    secret = admin.generate("Shown in two languages")
    speak(admin.page, "de")
    expect(admin.side_panel.get_by_role("heading", name="Ihr neues Credential")).to_be_visible()
    assert admin.side_panel.get_by_text(secret).is_visible()


def test_a_language_whose_file_does_not_load_leaves_the_one_before(admin: ConsolePage) -> None:
    admin.page.route("**/console/de-*.js", lambda route: route.abort())
    with admin.page.expect_event("requestfailed"):
        speak(admin.page, "de")
    expect(admin.generate_button).to_be_visible()


def test_the_host_page_changes_texts_and_brings_languages(admin: ConsolePage) -> None:
    admin.page.evaluate(f"() => {{ {ELEMENT}.messages = {{ generate: 'New key' }}; }}")
    expect(admin.page.get_by_role("button", name="New key")).to_be_visible()
    admin.page.evaluate(f"() => {{ {ELEMENT}.messages = {{ generate: 'Nouvelle clé' }}; {ELEMENT}.locale = 'fr'; }}")
    expect(admin.page.get_by_role("button", name="Nouvelle clé")).to_be_visible()
    assert admin.page.locator("[part=panel]").get_attribute("lang") == "fr"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_element_mirrors_itself_where_its_language_runs_from_right_to_left(admin: ConsolePage, width: int) -> None:
    admin.generated("من اليمين")
    admin.page.set_viewport_size({"width": width, "height": 720})
    speak(admin.page, "ar")
    generate = admin.page.get_by_role("button", name="إنشاء بيانات اعتماد عميل")
    expect(generate).to_be_visible()
    assert admin.page.evaluate(OVERFLOW) <= 0
    box = generate.bounding_box()
    assert box
    assert box["x"] < width / 2
    generate.click()
    panel = admin.side_panel.bounding_box()
    assert panel
    assert panel["x"] == 0
