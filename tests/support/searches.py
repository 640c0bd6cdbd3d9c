"""How the tests that search go about it: the same way each time in the suite, at random in ``make explore``.

Another profile of hypothesis is chosen by ``--hypothesis-profile``, another seed and order by ``--randomly-seed``;
pyproject.toml has the suite's.
"""

from collections.abc import Callable

import pytest
from hypothesis import settings
from xdist.workermanage import WorkerController

# A busy machine is slow: no example has a deadline. What a run finds is not kept, so no run depends on the one before.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", max_examples=500, database=None, deadline=None, print_blob=True)
settings.load_profile("suite")


def usual_examples() -> int:
    """How many examples a search looks at, by the profile of this run."""
    return int(settings().max_examples)


_lines = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """What a test's own random choices begin with: the same in each run of the suite, another in make explore."""
    given: int = pytestconfig.getoption("randomly_seed")
    return given


@pytest.fixture(scope="session")
def summary(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Prints a line when all tests are done: what was searched, which a green dot does not say."""
    return pytestconfig.stash.setdefault(_lines, []).append


def pytest_sessionfinish(session: pytest.Session) -> None:
    if isinstance(output := getattr(session.config, "workeroutput", None), dict):
        output["searched"] = session.config.stash.get(_lines, [])


def pytest_testnodedown(node: WorkerController) -> None:
    """Takes over the lines of a process that ran a part of the tests."""
    node.config.stash.setdefault(_lines, []).extend(node.workeroutput.get("searched", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash.get(_lines, [])
    if lines:
        terminalreporter.section("searched")
    for line in sorted(lines):
        terminalreporter.line(line)
