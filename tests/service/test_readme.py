"""What the README tells a reader to paste works as it stands."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from deploy.stages import PROJECT

pytestmark = pytest.mark.slow


class Service(NamedTuple):
    port: int
    refusal: str
    """What its gateway answers to a token that an authorizer refused."""


@pytest.fixture(params=["make run", "chalice local"])
def service(request: pytest.FixtureRequest) -> Service:
    """The service, by each of the ways to run it on one machine."""
    if request.param == "make run":
        return Service(request.getfixturevalue("running_stack").port, '"type":"urn:problem-type:invalid_token"')
    return Service(request.getfixturevalue("chalice_local"), "User is not authorized to access this resource")


def test_the_flow_in_the_readme_works_when_pasted(service: Service) -> None:
    port = service.port
    blocks = re.findall(r"```sh flow\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL)
    script = "\n".join(blocks).replace(":8000/", f":{port}/").replace("PORT=8000", f"PORT={port}")
    pasted = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert pasted.returncode == 0, pasted.stderr
    assert '"client_id":"acc_' in pasted.stdout
    assert '"error":"invalid_client"' in pasted.stdout
    assert service.refusal in pasted.stdout


@pytest.mark.parametrize(
    "page", sorted(PROJECT.glob("*.md")) + sorted(PROJECT.glob("docs/**/*.md")), ids=lambda p: p.name
)
def test_every_link_between_our_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target
