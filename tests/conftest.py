"""What holds for every test: no wall clock in laws, and no skip where the machine was meant to have everything."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A shared machine is slow now and then; a law is about values, not about time.
settings.register_profile("uncrick", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("uncrick")

NO_SKIPS = os.environ.get("UNCRICK_NO_SKIPS") == "1"
"""Set by .ci/run, which installs what the tests need: a skip there hides a missing install step."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn a skip into a failure where skips are forbidden."""
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but UNCRICK_NO_SKIPS=1 forbids it: {report.longrepr}"
    return report
