"""The settings pages: what they show to whom, what a form keeps when it is refused, and two admins at once."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.desks.models import GuidelinesVersion, PolicyVersion, ScaleVersion
from annotations.desks.policy import Policy
from annotations.desks.queries import policy_of, scales_of
from annotations.desks.services import publish_guidelines, publish_policy
from annotations.people.roles import Role
from annotations.reports.services import publish_claims
from tests import factories

PAGES = ("/desk/people/", "/desk/scale/", "/desk/guidelines/edit/", "/desk/policy/")
ROLES = ("reader", "reviewer", "editor")


def words(html):
    """The page without its tags: what differs between two texts is marked in the middle of words."""
    return re.sub("<[^>]+>", "", html)


def fields(html):
    """What a browser would send of the first form of the page that names a version."""
    form = next(part for part in html.split("<form")[1:] if 'name="seen"' in part).split("</form>")[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if not name or (re.search(r'type="(checkbox|radio)"', tag) and " checked" not in tag):
            continue
        found.setdefault(name[1], []).append(unescape(value[1]) if value else "on")
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = [unescape(chosen[1]) if chosen else ""]
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = [unescape(body)]
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_others_than_admins_are_told_why_not(role, request, workspace, log_in):
    client = log_in(request.getfixturevalue(role))

    for address in PAGES:
        answer = client.get(address)
        assert (answer.status_code, "Only an admin of this workspace can" in answer.content.decode()) == (
            403,
            True,
        )
        assert client.post(address, {"seen": 1}).status_code == 403
    index = client.get("/desk/").content.decode()
    assert "Only an admin of this workspace" in index
    assert 'href="/desk/scale/"' not in index and 'href="/desk/guidelines/"' in index
    assert client.get("/desk/guidelines/").status_code == 200
    assert 'href="/desk/guidelines/edit/"' not in client.get("/desk/guidelines/").content.decode()


def test_strangers_sign_in_first(client, db):
    for address in (
        *PAGES,
        "/desk/",
        "/desk/guidelines/",
        "/desk/scale.css",
        "/practice/",
        "/practice/sandholm/",
    ):
        assert client.get(address).status_code == 302


def test_the_scale_is_sent_back_as_it_came_without_a_new_version(workspace, admin, log_in):
    client = log_in(admin)
    sent = fields(client.get("/desk/scale/").content.decode())

    answer = client.post("/desk/scale/", {**sent, "do": "publish"})

    assert (answer.status_code, ScaleVersion.objects.count()) == (302, 0)


def test_a_rating_is_changed_added_moved_and_published(workspace, admin, log_in):
    client = log_in(admin)
    sent = fields(client.get("/desk/scale/").content.decode())
    sent["false-label"] = ["Wrong"]

    added = client.post("/desk/scale/", {**sent, "do": "add"}).content.decode()
    assert re.search(r'id="new0-label"[^>]* autofocus', added)
    sent = fields(added)
    sent |= {
        "new0-label": ["Old picture"],
        "new0-number": ["2"],
        "new0-definition": ["Real, of another day."],
    }
    sent |= {"new0-shape": ["flag"], "new0-palette": ["teal"]}
    moved = fields(client.post("/desk/scale/", {**sent, "do": "up-new0"}).content.decode())
    assert moved["row"][-2:] == ["new0", "satire"]
    preview = client.post("/desk/scale/", {**moved, "do": "preview"}).content.decode()
    assert "Preview, not published yet" in preview and ScaleVersion.objects.count() == 0
    answer = client.post("/desk/scale/", {**fields(preview), "do": "publish"})

    assert answer.status_code == 302
    scale = scales_of(workspace.pk).current
    assert [one.code for one in scale.ratings][-2:] == ["old_picture", "satire"]
    assert scale.by_code["false"].label == "Wrong"
    assert scale.by_code["old_picture"].number == 2


def test_what_was_typed_stays_with_its_problems(workspace, admin, log_in):
    client = log_in(admin)
    sent = fields(client.get("/desk/scale/").content.decode())
    sent |= {"false-label": ["Wrong <i>"], "false-palette": ["own"], "false-ink": ["#ffffff"], "best": ["0"]}

    answer = client.post("/desk/scale/", {**sent, "do": "publish"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Wrong &lt;i&gt;"' in page
    assert "contrast of" in page and "lower than the best" in page
    assert 'aria-describedby="false-problems"' in page


def test_two_admins_see_both_scales_side_by_side(workspace, admin, log_in):
    client = log_in(admin)
    sent = fields(client.get("/desk/scale/").content.decode())
    client.post("/desk/scale/", {**sent, "false-label": ["Wrong"], "do": "publish"})

    answer = client.post("/desk/scale/", {**sent, "false-label": ["Untrue"], "do": "publish"})

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Changed meanwhile" in page
    assert "Wrong (1)" in words(page)
    assert "Untrue (1)" in words(page)
    again = client.post("/desk/scale/", {**fields(page), "do": "publish"})
    assert (again.status_code, scales_of(workspace.pk).current.by_code["false"].label) == (302, "Untrue")


def test_the_own_scale_is_seen_where_verdicts_are_written(
    workspace, admin, article, reviewer, colleague, log_in
):
    claim = factories.accepted(article, reviewer, "12,000")
    submitted = factories.submitted(article, reviewer, "45,000")
    client = log_in(admin)
    sent = fields(client.get("/desk/scale/").content.decode())
    changed = {
        "mostly_true-label": ["Nearly right"],
        "mostly_true-shape": ["star"],
        "mostly_true-palette": ["teal"],
    }
    client.post("/desk/scale/", {**sent, **changed, "qualifiers": ["old picture"], "do": "publish"})
    client = log_in(reviewer)

    page = client.get(f"/articles/{article.pk}/?claim={claim.pk}").content.decode()
    earlier = client.get(f"/articles/{article.pk}/?claim={submitted.pk}").content.decode()
    sheet = client.get(unescape(re.search(r'href="(/desk/scale.css[^"]*)"', page)[1]))

    assert "Nearly right" in page and "#r-star" in page and "old picture" in page
    assert "exaggerated" not in page
    assert re.search(r'<span class="pill" data-rating="mostly_true">.*?Mostly true</span>', earlier, re.S)
    assert '[data-rating="mostly_true"] { --tone: #0a6570; --tone-bg: #d9f1f4; }' in sheet.content.decode()
    assert sheet["Content-Type"].startswith("text/css")


def test_the_sheet_of_another_desk_is_not_given(workspace, admin, outsider, log_in):
    assert log_in(outsider).get("/desk/scale.css?workspace=world-desk&version=2").status_code == 404


def test_a_desk_with_the_default_scale_loads_no_sheet(workspace, admin, log_in):
    assert "scale.css" not in log_in(admin).get("/desk/").content.decode()


def test_an_older_scale_can_be_read(workspace, admin, log_in):
    client = log_in(admin)
    sent = fields(client.get("/desk/scale/").content.decode())
    client.post("/desk/scale/", {**sent, "false-label": ["Wrong"], "do": "publish"})

    assert "Wrong" not in client.get("/desk/scale/?version=1").content.decode()
    assert "older version" in client.get("/desk/scale/?version=1").content.decode()
    assert "Wrong" in client.get("/desk/scale/?version=2").content.decode()
    assert client.get("/desk/scale/?version=9").status_code == 404


def test_guidelines_are_written_section_by_section(workspace, admin, reader, log_in):
    client = log_in(admin)
    sent = fields(client.get("/desk/guidelines/edit/").content.decode())
    sent |= {
        "new0-title": ["Reasons"],
        "new0-field": ["reasons"],
        "new0-text": ["Lead with\n\n- the number <b>"],
    }

    assert client.post("/desk/guidelines/edit/", {**sent, "do": "publish"}).status_code == 302

    page = log_in(reader).get("/desk/guidelines/").content.decode()
    assert "<li>the number &lt;b&gt;</li>" in page and "Shown beside: Reasons" in page
    assert log_in(reader).get("/desk/guidelines/?version=2").status_code == 404


def test_sections_that_lack_something_stay_in_the_form(workspace, admin, log_in):
    client = log_in(admin)
    sent = {"seen": "0", "row": ["a"], "a-title": ["Tone"], "a-text": [""], "do": "publish"}

    answer = client.post("/desk/guidelines/edit/", sent)

    assert answer.status_code == 422
    assert "Write what “Tone” asks for." in answer.content.decode()
    dropped = client.post("/desk/guidelines/edit/", {**sent, "do": "drop-a"}).content.decode()
    assert 'value="Tone"' not in dropped


def test_the_policy_is_put_in_force_and_two_admins_see_both(workspace, admin, log_in):
    client = log_in(admin)
    sent = {"seen": "0", "primary_needed": "2", "origins_needed": "3", "confidence_asked": "REQUIRED"}
    sent |= {"names_printed": "no", "exempt": ["satire"], "contact": "corrections@desk.example"}

    assert client.post("/desk/policy/", sent).status_code == 302
    answer = client.post("/desk/policy/", {**sent, "contact": "letters@desk.example"})

    policy = policy_of(workspace.pk)
    assert (policy.primary_needed, policy.names_printed, policy.exempt) == (2, False, ("satire",))
    assert answer.status_code == 412
    assert "letters@desk.example" in words(answer.content.decode())
    assert "corrections@desk.example" in words(answer.content.decode())


def test_reports_say_how_the_desk_corrects(workspace, admin, article, reviewer, colleague, editor, log_in):
    claim = factories.approved(article, reviewer, colleague, "12,000")
    publish_claims(claims=[(claim, claim.version)], by=editor)
    values = Policy(
        correction_text="We correct <within> a day.", contact="corrections@desk.example"
    ).as_values()
    publish_policy(workspace=workspace, seen=0, by=admin, **values)

    page = log_in(editor).get(f"/reports/articles/{article.pk}/").content.decode()

    assert "We correct &lt;within&gt; a day." in page and "Write to corrections@desk.example." in page


HOSTILE = [
    {},
    {"seen": "x"},
    {"seen": "1", "row": ["\x00"] * 99, "do": "publish"},
    {"seen": "9" * 30, "do": "publish"},
    {
        "seen": "1",
        "row": ["a"],
        "a-label": "\ud7ff" * 9000,
        "a-number": "9" * 400,
        "a-palette": "own",
        "do": "publish",
    },
    {"seen": "1", "row": ["a", "a"], "a-code": "true", "do": "publish"},
    {"seen": "0", "qualifiers": "x\n" * 5000, "worst": "1e9", "best": "-", "do": "publish"},
    {"seen": "1", "do": "up-"},
    {"seen": "1", "row": ["a"], "do": "down-a-b-c"},
    {"seen": "0", "primary_needed": "-1", "origins_needed": "٣", "exempt": ["\x00"], "contact": "\x00"},
]


@pytest.mark.parametrize("sent", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_sent_breaks_a_page(sent, workspace, admin, log_in):
    client = log_in(admin)

    for address in PAGES:
        assert client.post(address, sent).status_code in (200, 302, 400, 409, 412, 422), address
    for model in (ScaleVersion, GuidelinesVersion, PolicyVersion):
        assert model.objects.count() == 0


@pytest.mark.parametrize(
    "query", ["version=0", "version=x", "version=99999999999999999999", "before=-1", "version=%00"]
)
def test_no_address_breaks_a_page(query, workspace, admin, log_in):
    client = log_in(admin)

    for address in ("/desk/scale/", "/desk/guidelines/", "/desk/policy/", "/desk/people/"):
        assert client.get(f"{address}?{query}").status_code in (200, 404)


def test_the_pages_ask_as_much_of_many_versions_and_people_as_of_few(workspace, admin, log_in):
    client = log_in(admin)

    def asked():
        counts = []
        for address in ("/desk/", "/desk/people/", "/desk/scale/", "/desk/guidelines/", "/desk/policy/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        return counts

    before = asked()
    for number in range(6):
        factories.person(workspace, f"person-{number}", Role.READER)
        section = {"title": f"Rule {number}", "text": "x"}
        publish_guidelines(workspace=workspace, seen=number, by=admin, sections=[section])
        publish_policy(
            workspace=workspace,
            seen=number,
            by=admin,
            **Policy(contact=f"a{number}@desk.example").as_values(),
        )

    assert asked() == before
    assert max(before) <= 14


def test_first_steps_go_when_they_are_done(workspace, admin, reader, log_in):
    client = log_in(admin)
    assert "First steps" in client.get("/").content.decode()
    assert "First steps" not in log_in(reader).get("/").content.decode()

    factories.article(workspace, admin)
    publish_guidelines(workspace=workspace, seen=0, by=admin, sections=[{"title": "T", "text": "x"}])

    assert "First steps" not in log_in(admin).get("/").content.decode()
