"""What the README tells a reader to paste works as it stands."""

import re
import subprocess
from pathlib import Path

import pytest

from deploy.stages import PROJECT
from tests.support.local_stack import LocalStack

pytestmark = pytest.mark.slow


def test_the_flow_in_the_readme_works_when_pasted(running_stack: LocalStack) -> None:
    blocks = re.findall(r"```sh flow\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL)
    script = (
        "\n".join(blocks)
        .replace(":8000/", f":{running_stack.port}/")
        .replace("PORT=8000", f"PORT={running_stack.port}")
    )
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
    assert '"type":"urn:problem-type:invalid_token"' in pasted.stdout


@pytest.mark.parametrize(
    "page", sorted(PROJECT.glob("*.md")) + sorted(PROJECT.glob("docs/**/*.md")), ids=lambda p: p.name
)
def test_every_link_between_our_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target
