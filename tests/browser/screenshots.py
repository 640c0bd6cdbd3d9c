"""The console's pictures for the README, taken of the running stack: ``make screenshots``."""

from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from deploy.stages import PROJECT
from emulators.http_server import HttpServer, Response
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.console_page import ConsolePage
from tests.support.local_stack import started_stack

IMAGES = PROJECT / "docs" / "images"
PROGRAMS = ["Warehouse sync", "Invoice export", "Partner portal", "Nightly reports"]


def embedding(api: str, token: str) -> str:
    """A page of a vendor's, with the element in the vendor's own colours."""
    return f"""<!doctype html><html lang="en"><title>Vendor</title>
      <style>
        body {{ margin: 0; font: 15px Georgia, serif; color: #20302a; background: #eef3ee; }}
        nav {{ display: flex; gap: 2rem; padding: 1.25rem 2rem; background: #14532d; color: white; }}
        main {{ max-width: 68rem; margin: 2rem auto; }}
        api-client-credentials {{ color-scheme: light; --acc-accent: #14532d; --acc-font: Georgia; --acc-radius: 2px; }}
      </style>
      <nav><strong>Greenhouse</strong><span>Orders</span><span>Plants</span><span>API access</span></nav>
      <main><api-client-credentials api="{api}"></api-client-credentials></main>
      <script>document.querySelector("api-client-credentials").tokenProvider = async () => "{token}"</script>
      <script type="module" src="{api}/console/api-client-credentials.js"></script>"""


def take_all(browser: Browser, base_url: str, token: str, images: Path) -> None:
    context = browser.new_context(
        base_url=f"{base_url}/",
        locale="en-GB",
        viewport={"width": 1200, "height": 720},
        device_scale_factor=1.5,
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    console = ConsolePage(page).sign_in("admin")

    def take(name: str) -> None:
        page.mouse.move(0, 0)
        page.screenshot(path=images / f"console-{name}.png")

    for program in PROGRAMS[:-1]:
        console.generated(program)
    panel = console.open_panel(PROGRAMS[-1])
    panel.get_by_label("reports:read").check()
    panel.get_by_label("Expires").select_option(label="In 1 year")
    take("side-panel")
    console.submit()
    expect(console.secret).to_be_visible()
    take("secret")
    panel.get_by_role("button", name="Test this credential").click()
    expect(panel.get_by_text("It works.")).to_be_visible()
    panel.get_by_role("region", name="Claims").scroll_into_view_if_needed()
    take("use-it")
    console.copy_secret()
    console.close_panel()
    console.refresh()
    take("table")
    console.name_of("Partner portal").click()
    expect(panel.get_by_role("button", name="Rotate")).to_be_visible()
    take("panel")
    panel.get_by_role("button", name="Rotate").click()
    expect(panel.get_by_role("button", name="Get a new Token Secret")).to_be_visible()
    take("rotation")
    page.goto("./")
    expect(console.row("Partner portal")).to_be_visible()
    confirmation = console.ask_revoke("Partner portal")
    take("revoke")
    confirmation.get_by_role("button", name="Cancel").click()
    console.revoke_all_button.click()
    confirmation.get_by_label("I understand").check()
    take("revoke-all")
    confirmation.get_by_role("button", name="Cancel").click()
    console.revoke("Partner portal")
    page.reload()
    console.show("All")
    expect(console.row("Partner portal")).to_contain_text("Revoked")
    page.emulate_media(color_scheme="dark")
    take("dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 380, "height": 720})
    take("narrow")
    page.set_viewport_size({"width": 1200, "height": 720})
    with closing(
        HttpServer(lambda _: Response(200, [("Content-Type", "text/html")], embedding(base_url, token).encode()))
    ) as vendor:
        page.goto(vendor.url)
        expect(console.row("Invoice export")).to_be_visible()
        take("embedded")
    context.close()


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    with started_stack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(playwright), args=ARGUMENTS)
        take_all(browser, stack.base_url, stack.token("admin"), IMAGES)
        browser.close()
