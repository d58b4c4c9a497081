"""The settings of a worker that a test starts: an installation's, but it may fetch from the servers of the test."""

from factcheck.settings import *  # noqa: F403

FETCH_FROM_IN_TESTS = "127.0.0.1"
