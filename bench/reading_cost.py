"""What a long article with many claims costs against a short list: server, wire and browser.

    python bench/reading_cost.py [--words 100000] [--claims 1000] [--no-browser]

One article of so many words is marked with 10 claims, then with all. For each: the time of the whole page, of the panel
alone (what J and K ask for) and of a step (panel, list and text come back), the bytes of each, plain and gzipped, and
in Chromium the time from J to the next claim, of reading a selection, of a caret step and of pointing at a mark.
A throw-away database is used.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
WORDS = "The council of the harbour town said that about {n} people had come to see the new line of trams open today. "
HTMX = {"HX-Request": "true"}


def timed(call: Callable[[], Any], times: int = 7) -> tuple[float, Any]:
    """The median processor time of a call in milliseconds, and its last result. Other load does not count."""
    taken, result = [], None
    for _ in range(times):
        start = time.process_time()
        result = call()
        taken.append(1000 * (time.process_time() - start))
    return statistics.median(taken), result


def long_text(words: int) -> str:
    each = len(WORDS.split())
    sentences = [WORDS.format(n=number) for number in range(words // each)]
    return "\n\n".join("".join(sentences[at : at + 4]).strip() for at in range(0, len(sentences), 4))


def mark(article: Any, person: Any, wanted: int, total: int) -> Any:
    """Claims spread over the text, every tenth with one inside it; `wanted` of a plan for `total`."""
    from django.utils.timezone import now

    from annotations.articles.queries import current_version
    from annotations.claims.models import Claim
    from annotations.claims.spans import pin

    version, rows = current_version(article), {}
    step = len(version.text) // total
    known = set(article.claims.values_list("start", "end"))
    for number in range(wanted):
        start = version.text.index("about", number * step) if number % 10 else number * step
        start = version.text.index(" ", start) + 1
        span = pin(version.text, start, version.text.index(" ", start + (90 if number % 10 else 40)))
        if (span.start, span.end) not in known:
            rows[span.start, span.end] = Claim(
                **vars(span),
                workspace_id=article.workspace_id,
                article=article,
                article_version=version,
                status="ACCEPTED",
                statement=span.exact,
                reviewer=person,
                created_by=person,
                moved_at=now(),
            )
    Claim.objects.bulk_create(rows.values())
    return article.claims.in_order().first()


def serve(client: Any, article: Any, claim: Any) -> dict[str, float]:
    from django.test import Client

    assert isinstance(client, Client)
    here = f"/articles/{article.pk}/"
    found: dict[str, float] = {}
    calls = {
        "page": lambda: client.get(here, {"claim": claim.pk}),
        "panel": lambda: client.get(here, {"claim": claim.pk}, headers=HTMX),
        "step": lambda: client.post(f"/claims/{claim.pk}/take/", {"version": _version(claim)}, headers=HTMX),
    }
    for name, call in calls.items():
        found[f"{name} ms"], answer = timed(call)
        assert answer.status_code == 200, answer.status_code
        found[f"{name} kB"] = len(answer.content) / 1000
        found[f"{name} gzip kB"] = len(gzip.compress(answer.content, 6)) / 1000
    return found


def _version(claim: Any) -> int:
    claim.refresh_from_db()
    return int(claim.version)


BROWSER = """async () => {
  const spans = await import("lib/spans");
  const article = document.getElementById("article");
  const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  const measure = (run, times = 9) => middle(Array.from({length: times}, (_, n) => {
    const start = performance.now(); run(n); return performance.now() - start; }));
  const paragraphs = [...article.querySelectorAll("p")];
  const select = (n) => {
    const nodes = [...paragraphs[(n * 97 + 5) % paragraphs.length].childNodes].filter((node) => node.nodeType === 3);
    getSelection().setBaseAndExtent(nodes[0], 2, nodes[0], Math.min(20, nodes[0].data.length));
    return spans.spanOfSelection(article, getSelection(), true);
  };
  spans.modelOf(article);
  const selecting = measure(select);
  getSelection().removeAllRanges();
  const marks = [...article.querySelectorAll("mark")];
  const pointing = measure((n) => {
    marks[(n * 7 + 3) % marks.length].dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
    document.body.offsetHeight; });
  const press = (key, shiftKey = false) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, shiftKey}));
  press("v");
  const caret = measure(() => { press("ArrowRight", true); document.body.offsetHeight; });
  press("Escape");
  return {"select ms": selecting, "point ms": pointing, "caret step ms": caret,
          "load ms": performance.getEntriesByType("navigation")[0].loadEventEnd};
}"""

IN_HAND = "() => document.querySelector('#panel [data-claim]')?.dataset.claim"


def browse(site: str, session: str, article: Any, claim: Any) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = chromium.new_context(base_url=site, reduced_motion="reduce")
        context.add_cookies([{"name": "session", "value": session, "url": site}])
        page = context.new_page()
        page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
        page.wait_for_load_state("networkidle")
        found = dict(page.evaluate(BROWSER))
        moves = []
        for key in "jjkjjjk":
            page.wait_for_function(
                "() => !document.querySelector('.htmx-request, .htmx-settling, .htmx-swapping')"
            )
            before = page.evaluate(IN_HAND)
            start = time.perf_counter()
            page.keyboard.press(key)
            page.wait_for_function(f"before => ({IN_HAND})() !== before", arg=before, polling=5)
            moves.append(1000 * (time.perf_counter() - start))
        found["J to next claim ms"] = statistics.median(moves)
        chromium.close()
    return found


def measure(words: int, claims: int, host: str, user: str, *, with_browser: bool) -> list[dict[str, float]]:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client
    from django.test.testcases import LiveServerThread

    from annotations.jobs.models import Job
    from annotations.people.roles import Role
    from tests import factories

    connections["default"].settings_dict.update({"HOST": host, "USER": user, "PASSWORD": "", "PORT": ""})
    connections["default"].settings_dict["NAME"] = "postgres"
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    desk = factories.workspace()
    person = factories.person(desk, "reviewer", Role.REVIEWER)
    article = factories.article(desk, person, long_text(words))
    Job.objects.update(state="DONE")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    found = []
    for count in (10, claims):
        claim = mark(article, person, count, claims if count == claims else 10)
        row = {"claims": float(article.claims.count())} | serve(client, article, claim)
        if with_browser:
            site = LiveServerThread("127.0.0.1", StaticFilesHandler)
            site.daemon = True
            site.start()
            site.is_ready.wait()
            address = f"http://127.0.0.1:{site.port}"
            row |= browse(address, client.cookies["session"].value, article, claim)
            site.terminate()
        found.append(row)
    connections.close_all()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=1_000)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    from factcheck.embedded.postgres import OWNER, Postgres

    root = Path(tempfile.mkdtemp(prefix="fcb-"))
    root.chmod(0o755)
    postgres = Postgres(data=root / "pg", sockets=root / "run", log=root / "log" / "pg.log", durable=False)
    postgres.start()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    try:
        few, many = measure(
            options.words,
            options.claims,
            str(postgres.sockets),
            OWNER,
            with_browser=not options.no_browser,
        )
    finally:
        postgres.stop()
        shutil.rmtree(root, ignore_errors=True)
    print(f"{'':22}{'few':>10}{'many':>10}{'ratio':>8}")
    for name, value in few.items():
        print(f"{name:22}{value:>10.1f}{many[name]:>10.1f}{many[name] / max(value, 0.01):>8.1f}")


if __name__ == "__main__":
    main()
