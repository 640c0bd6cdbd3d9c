"""The console's npm package: what is in it, and that tools and type checkers take it as it is."""

import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest

from deploy.stages import PROJECT
from tests.support.console_package import CONSOLE, INSTALLED, NAME, packed, project, run

__all__ = ["packed", "project"]

pytestmark = pytest.mark.slow

TSC = INSTALLED / "typescript" / "bin" / "tsc"
PUBLINT = INSTALLED / "publint" / "src" / "cli.js"
ATTW = INSTALLED / "@arethetypeswrong" / "cli" / "dist" / "index.js"

# Uses of the types, right and wrong: an error that is expected and does not come is an error.
TYPES_OF_THE_ELEMENT = """\
import { ApiClientCredentials, type Credential } from "api-client-credentials";
import { de } from "api-client-credentials/locales/de";

const element: ApiClientCredentials = document.createElement("api-client-credentials");
element.tokenProvider = async () => "token";
element.messages = { ...de, title: "Schlüssel" };
element.addEventListener("credential-created", ({ detail }) => {
  const created: Credential = detail;
  console.log(created.client_id);
  // @ts-expect-error: the secret is in no event
  console.log(created.client_secret);
});
element.addEventListener("credential-changed", ({ detail }) => {
  const clientId: string = detail.clientId;
  console.log(clientId, detail.change === "secret-added");
  // @ts-expect-error: no such change
  console.log(detail.change === "revoked");
});
// @ts-expect-error: no such text
element.messages = { nosuch: "" };
// @ts-expect-error: no such tab
element.tab = "elsewhere";
"""
TYPES_IN_REACT = """\
import "api-client-credentials/react";

export const right = (
  <api-client-credentials api="" locale="de" pageSize={10} oncredential-revoked={({ detail }) => detail.name} />
);
// @ts-expect-error: no such tab
export const noSuchTab = <api-client-credentials tab="elsewhere" />;
// @ts-expect-error: a token comes by a promise
export const noPromise = <api-client-credentials tokenProvider={() => "token"} />;
"""
TYPES_IN_VUE = """\
import "api-client-credentials/vue";
import type { GlobalComponents } from "vue";

type Properties = InstanceType<GlobalComponents["api-client-credentials"]>["$props"];
export const right: Properties = { locale: "de", onCredentialRevoked: ({ detail }) => console.log(detail.name) };
// @ts-expect-error: no such tab
export const noSuchTab: Properties = { tab: "elsewhere" };
"""


def described(project: Path) -> dict[str, Any]:
    """The element, as the custom elements manifest has it."""
    manifest = json.loads((project / "node_modules" / NAME / "custom-elements.json").read_text())
    (module,) = manifest["modules"]
    (element,) = module["declarations"]
    assert element["tagName"] == NAME
    found: dict[str, Any] = element
    return found


def names(entries: list[dict[str, Any]]) -> set[str]:
    return {entry["name"] for entry in entries}


def test_it_has_its_modules_types_manifest_theme_licence_and_changelog(packed: Path) -> None:
    with tarfile.open(packed) as archive:
        files = {name.removeprefix("package/") for name in archive.getnames()}
        licence = archive.extractfile("package/LICENSE")
        assert licence
        assert licence.read() == (PROJECT / "LICENSE").read_bytes()
    assert {"README.md", "CHANGELOG.md", "theme.css", "custom-elements.json"} <= files
    assert {"dist/api-client-credentials.js", "dist/types/embed.d.ts", "dist/locales/de.js"} <= files


def test_publint_finds_nothing(packed: Path) -> None:
    assert "All good!" in run(PUBLINT, packed, "--strict", cwd=CONSOLE)


def test_the_types_are_found_however_they_are_looked_for(packed: Path) -> None:
    # It is a module for browsers: nobody can require() it, and the oldest resolution knows no exports.
    run(ATTW, packed, "--profile", "esm-only", "--exclude-entrypoints", "theme.css", cwd=CONSOLE)


@pytest.mark.parametrize("version", ["version", "changelog"])
def test_its_version_is_the_projects(version: str) -> None:
    released = re.search(r'^version = "(.+)"$', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert released
    if version == "changelog":
        assert f"## {released[1]}\n" in (CONSOLE / "package" / "CHANGELOG.md").read_text()
    else:
        assert json.loads((CONSOLE / "package" / "package.json").read_text())["version"] == released[1]


@pytest.mark.parametrize(
    ("file", "source"),
    [("element.ts", TYPES_OF_THE_ELEMENT), ("react.tsx", TYPES_IN_REACT), ("vue.ts", TYPES_IN_VUE)],
)
def test_its_types_allow_what_is_right_and_nothing_else(project: Path, file: str, source: str) -> None:
    folder = project / file.replace(".", "-")
    folder.mkdir()
    (folder / file).write_text(source)
    options = json.loads((project / "react" / "tsconfig.json").read_text())
    (folder / "tsconfig.json").write_text(json.dumps({**options, "include": [file]}))
    run(TSC, "-p", folder, cwd=folder)


def test_the_sample_for_react_passes_the_type_checker(project: Path) -> None:
    run(TSC, "-p", "react", cwd=project)


@pytest.mark.parametrize("sample", ["html", "react", "vue"])
def test_a_sample_asks_for_what_it_is_tested_with(sample: str) -> None:
    asked = json.loads((CONSOLE / "samples" / sample / "package.json").read_text())
    tested = json.loads((CONSOLE / "package.json").read_text())["devDependencies"]
    packages = {**asked["dependencies"], **asked.get("devDependencies", {})}
    version = json.loads((CONSOLE / "package" / "package.json").read_text())["version"]
    assert packages.pop(NAME) == f"file:../../../build/{NAME}-{version}.tgz"
    assert packages == {package: tested[package] for package in packages}


def test_the_page_on_the_console_documents_what_the_manifest_lists_and_nothing_else(project: Path) -> None:
    page = (PROJECT / "docs" / "console.md").read_text()
    element = described(project)
    rows = {name for row in re.findall(r"^\| (`.+?) \|", page, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)}
    listed = names(element["events"]) | names(element["cssParts"]) | names(element["cssProperties"])
    fields = {field.get("attribute", field["name"]) for field in element["members"]}
    assert listed | fields <= rows
    variables = {row for row in rows if row.isupper()}
    assert rows - listed - fields - variables == set()


def test_the_theme_sheet_sets_each_property_of_the_theme(project: Path) -> None:
    sheet = (project / "node_modules" / NAME / "theme.css").read_text()
    properties = described(project)["cssProperties"]
    assert set(re.findall(r"^  (--acc-[\w-]+): .+;$", sheet, re.MULTILINE)) == names(properties)
