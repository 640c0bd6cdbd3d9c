"""The pages for readers, contributors and operators say what is there."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chalicelib.oauth.client_credentials_grant import TokenResponse
from chalicelib.settings import Settings
from chalicelib.web.error_response import OAuthError, Problem
from chalicelib.web.managed_responses import CreatedCredentialBody, RevocationBody
from chalicelib.web.oauth_responses import WhoamiBody
from deploy.parameters import parameters
from deploy.stages import PROJECT
from tests.support.environ import ENVIRON

DOCS = PROJECT / "docs"
PAGES = [*sorted(PROJECT.glob("*.md")), *sorted(DOCS.glob("**/*.md"))]
ROOMS = "chalicelib|deploy|emulators|local|operations|console|bench|tests|docs"
DECISIONS = [path for path in sorted((DOCS / "adr").glob("*.md")) if path.name != "README.md"]


SAMPLES: tuple[type[msgspec.Struct], ...] = (
    CreatedCredentialBody,
    TokenResponse,
    WhoamiBody,
    RevocationBody,
    OAuthError,
    Problem,
)
"""What the README shows answers of, in its order."""


def samples() -> Iterator[dict[str, Any]]:
    """The JSON objects of the README's blocks."""
    decoder = json.JSONDecoder()
    for block in re.findall(r"```json\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL):
        rest = block
        while rest.strip():
            sample, end = decoder.raw_decode(rest.lstrip())
            yield sample
            rest = rest.lstrip()[end:]


def test_the_readmes_sample_answers_have_every_member_and_no_other() -> None:
    for sample, answer in zip(samples(), SAMPLES, strict=True):
        fields = msgspec.structs.fields(answer)
        assert {field.encode_name for field in fields if field.required} <= sample.keys()
        assert sample.keys() <= {field.encode_name for field in fields}
        assert isinstance(msgspec.convert(sample, answer), answer)


class Recorded(dict[str, str]):
    """An environment that notes what it is asked for."""

    def __init__(self, environ: dict[str, str]) -> None:
        super().__init__(environ)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


def test_the_operations_page_has_every_setting_and_no_other() -> None:
    section = (DOCS / "operations.md").read_text().partition("\n## Settings\n")[2].partition("\n### ")[0]
    environ = Recorded(ENVIRON)
    Settings.from_env(environ)
    assert set(re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`", section)) - {"RS256", "PS256"} == environ.asked


def headings(page: str) -> list[str]:
    return re.findall(r"^## (.+)$", page, re.MULTILINE)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_the_one_form(path: Path) -> None:
    page = path.read_text()
    title, blank, status, *_ = page.splitlines()
    assert re.fullmatch(r"# \S.*", title)
    assert blank == ""
    assert re.fullmatch(r"Status: (accepted, \d{4}-\d\d-\d\d|superseded by \[.+\]\(.+\.md\))", status)
    assert [heading for heading in headings(page) if heading != "Numbers"] == ["Context", "Decision", "Consequences"]


def test_the_index_lists_every_decision_once() -> None:
    listed = re.findall(r"^\| \[.+?\]\((.+?)\) \|", (DOCS / "adr" / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == [path.name for path in DECISIONS]


def test_the_answers_to_where_do_i_name_files_that_exist() -> None:
    section = (PROJECT / "CONTRIBUTING.md").read_text().partition("## Where do I…?")[2].partition("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| ")][1:]
    assert len(rows) >= 12
    for row in rows:
        answer = row.partition(" | ")[2]
        named = [name for name in re.findall(r"`([^`]+)`", answer) if "/" in name or name.endswith((".py", ".md"))]
        assert named, row
        for name in named:
            assert (PROJECT / name).exists(), name


@pytest.mark.parametrize(
    ("benchmark", "name"),
    [
        ("bench.costs", "operations.md"),
        ("bench.report", "performance.md"),
        ("bench.revoke_all", "revocation.md"),
        ("bench.search", "scale.md"),
    ],
)
def test_what_a_benchmark_writes_on_a_page_is_what_its_numbers_make(benchmark: str, name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", benchmark, "--check"]
    assert subprocess.run([*command, DOCS / name], cwd=PROJECT, check=False).returncode == 0
    changed = tmp_path / name
    changed.write_text(
        (DOCS / name)
        .read_text()
        .replace("| 1 |", "| 2 |")
        .replace("| 3.50 |", "| 3.51 |")
        .replace(" MB: met |", " GB: met |")
    )
    assert subprocess.run([*command, changed], cwd=PROJECT, stderr=subprocess.PIPE, check=False).returncode == 1


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_file_that_a_page_names_exists(path: Path) -> None:
    for name in re.findall(rf"`((?:{ROOMS})/[\w./-]*)`", path.read_text()):
        assert (PROJECT / name).exists(), name


def test_the_operators_page_has_every_parameter_with_its_default() -> None:
    page = (DOCS / "operations.md").read_text()
    rows = {
        name: default
        for names, defaults in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| ([^|]+) \|", page, re.MULTILINE)
        for name, default in zip(re.findall(r"\w+", names), re.findall(r"[\w.-]+", defaults), strict=False)
    }
    expected = {name: str(parameter["Default"]) or "none" for name, parameter in parameters().items()}
    assert {name: rows.get(name) for name in expected} == expected


def quota(name: str) -> str:
    """The default of a quota, as the operators' page has it."""
    row = re.search(rf"^\| \**{re.escape(name)}.*?\| ([\d,]*\d)", (DOCS / "operations.md").read_text(), re.MULTILINE)
    assert row is not None, name
    return row[1]


def test_the_pages_agree_on_the_quotas_of_kms() -> None:
    rsa = quota("KMS, cryptographic operations (RSA), per second")
    assert f"| up to {rsa} | nothing: that is the KMS quota by default" in (DOCS / "scale.md").read_text()
    operations = (DOCS / "operations.md").read_text()
    programs = int(rsa.replace(",", "")) * 15 * 60
    assert f"{rsa} a second is {programs:,} programs" in " ".join(operations.split())


def test_the_prices_that_the_operators_page_speaks_of_are_those_of_the_file() -> None:
    prices = json.loads((DOCS / "prices.json").read_text())
    operations = " ".join((DOCS / "operations.md").read_text().split())
    assert f"Prices were looked up on {prices['looked_up']}" in operations
    for item, words in {
        "KMS signatures, other keys": "not RSA_2048 costs {:.2f} per 10,000",
        "API Gateway HTTP": "an HTTP API would cost {:.2f} per million",
        "Cognito token requests": "the same grant: {:.2f} per 1,000 token requests",
    }.items():
        assert words.format(prices["prices"][item]["dollars"]) in operations


def test_no_other_page_has_a_price() -> None:
    dollars = re.compile(r"\d (dollars|USD|per (million|10,000|1,000 token))")
    for path in PAGES:
        if path.name not in ("operations.md", "performance.md"):
            assert dollars.search(path.read_text()) is None, path


def edge_function() -> Any:
    """The Lambda@Edge function that the operators' page prints."""
    sources = re.findall(r"```python\n(.*?)```", (DOCS / "operations.md").read_text(), re.DOTALL)
    [source] = [source for source in sources if "REMAPPED" in source]
    printed: dict[str, Any] = {}
    exec(source, printed)  # noqa: S102  (a page of ours)
    return printed["handler"]


def origin_response(**headers: str) -> dict[str, Any]:
    """CloudFront's event, as its guide has it under "Lambda@Edge event structure"."""
    lists = {name.replace("_", "-").lower(): [{"key": name, "value": value}] for name, value in headers.items()}
    response = {"status": "401", "statusDescription": "Unauthorized", "headers": lists}
    return {"Records": [{"cf": {"config": {"eventType": "origin-response"}, "request": {}, "response": response}}]}


def test_the_edge_function_gives_an_answer_its_challenge_back() -> None:
    event = origin_response(x_amzn_Remapped_WWW_Authenticate="Basic realm=x", content_type="application/json")
    answer = edge_function()(event, None)
    assert answer["status"] == "401"
    assert answer["headers"]["www-authenticate"] == [{"key": "WWW-Authenticate", "value": "Basic realm=x"}]
    assert set(answer["headers"]) == {"www-authenticate", "content-type"}


def test_the_edge_function_leaves_every_other_answer_alone() -> None:
    event = origin_response(www_authenticate="Bearer", content_type="application/problem+json")
    assert (
        edge_function()(event, None)["headers"]
        == origin_response(www_authenticate="Bearer", content_type="application/problem+json")["Records"][0]["cf"][
            "response"
        ]["headers"]
    )
