"""A group that runs itself: started, joined by the voices of its members, roles by turns."""

from datetime import date
from html import unescape

import httpx
import pytest
from tests.booking.sent import fields_of, send_back
from tests.booking.world import Circle, a_group, accept, enrol, seat, slots, somebody
from tests.organisation.world import House, participant
from tests.visitors import Visitor, settings

from recul.booking.actions import decisions, enrolments, groups, peers
from recul.booking.queries import plans
from recul.booking.tables import (
    Attendance,
    Enrolment,
    Meeting,
    MeetingCycle,
    MeetingGroup,
    MeetingRole,
    PeerVoice,
)
from recul.web.roles import Role

FORM = {
    "group": "00000000-0000-4000-8000-000000000001",
    "kind": "peer_support_group",
    "name": "Encore debout",
    "purpose": "Une heure à nous.",
    "first": "2026-12-17",
    "starts": "12:30",
    "ends": "14:00",
    "weeks": "1",
    "dates": "3",
    "capacity": "8",
    "minimum": "2",
    "place": "Salle du fond",
    "access_note": "Le code est 1789.",
    "charter": "Ce qui se dit ici reste ici.",
}
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def circle(house: House) -> Circle:
    """A group of peers in which Anabelle and three others have a seat."""
    circle = await a_group(
        house, *slots(3, date(2026, 12, 3)), kind="peer_support_group", name="Encore debout"
    )
    await seat(circle, house.ids[Role.SELF], *[await somebody(house, f"P{n}") for n in range(3)])
    return circle


async def test_starting_one_makes_a_group_its_dates_and_its_first_member(house: House):
    sent = FORM | {"structure": str(house.organisation)}
    answer = await house.self.post("/groupes/autogeres", sent)
    assert answer.status_code == 303
    [group] = await MeetingGroup.select()
    assert (group["facilitator"], group["admission"], group["minutes"]) == (None, "co_optation", 90)
    days = [row["day"] for row in await Meeting.select(Meeting.day).order_by(Meeting.day)]
    # Christmas is passed over, New Year too.
    assert days == [date(2026, 12, 17), date(2026, 12, 24), date(2026, 12, 31)]
    [member] = await Enrolment.select(Enrolment.account, Enrolment.state)
    assert member == {"account": house.ids[Role.SELF], "state": "seated"}
    again = await house.self.post("/groupes/autogeres", sent)
    assert (again.status_code, await MeetingGroup.count()) == (303, 1)


async def test_what_she_has_at_the_same_time_is_said_first(house: House):
    other = await a_group(house, *slots(1, date(2026, 12, 24), starts=12 * 60))
    await seat(other, house.ids[Role.SELF])
    sent = FORM | {"structure": str(house.organisation)}
    answer = await house.self.post("/groupes/autogeres", sent)
    assert answer.status_code == 422
    assert "Au même moment, vous avez déjà" in plain(answer)
    assert await MeetingGroup.count() == 1
    answer = await house.self.post("/groupes/autogeres", sent | {"overlap_ok": "1"})
    assert (answer.status_code, await MeetingGroup.count()) == (303, 2)


async def test_holidays_are_passed_over_and_shown_first(house: House):
    sent = FORM | {"structure": str(house.organisation), "first": "2026-12-18"}
    answer = await house.self.post("/groupes/autogeres", sent)
    page = unescape(answer.text)
    assert (answer.status_code, await MeetingGroup.count()) == (422, 0)
    assert all(day in page for day in ("vendredi 25 décembre", "vendredi 1er janvier"))
    seen = {"holidays_seen": "2026-12-25 2027-01-01"}
    assert f'name="holidays_seen" value="{seen["holidays_seen"]}"' in page
    await house.self.post("/groupes/autogeres", sent | seen)
    days = [row["day"] for row in await Meeting.select(Meeting.day).order_by(Meeting.day)]
    assert days == [date(2026, 12, 18), date(2027, 1, 8), date(2027, 1, 15)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": "2026-11-01"},
        {"first": "9999-12-31"},
        {"first": ""},
        {"ends": "11:00"},
        {"starts": "25:00"},
        {"weeks": "0"},
        {"dates": "500"},
        {"capacity": "10000"},
        {"capacity": "0"},
        {"kind": "practice_analysis_group"},
        {"name": " "},
        {"charter": ""},
        {"video_link": "javascript:alert(1)"},
        {"group": "x"},
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_lost(house: House, wrong: dict[str, str]):
    sent = FORM | {"structure": str(house.organisation), "purpose": "À ne pas perdre."} | wrong
    answer = await house.self.post("/groupes/autogeres", sent)
    assert (answer.status_code, "À ne pas perdre." in unescape(answer.text)) == (422, True)
    assert await MeetingGroup.count() == 0


async def test_a_stranger_starts_nothing_here(house: House):
    sent = FORM | {"structure": str(house.organisation)}
    for structure in (str(house.organisation), "x", ""):
        answer = await house.people[Role.STRANGER].post(
            "/groupes/autogeres", sent | {"structure": structure}
        )
        assert answer.status_code == 404
    assert await MeetingGroup.count() == 0


def plain(answer: httpx.Response) -> str:
    assert answer.status_code in (200, 422)
    return unescape(answer.text)


async def said(visitor: Visitor, enrolment: object, voice: str) -> int:
    path = f"/groupes/demandes/{enrolment}/voix"
    return (await visitor.post(path, {"voice": voice})).status_code


async def voices(circle: Circle, enrolment: object, *agree: bool) -> None:
    """Of the members but Anabelle, who is the first."""
    members = await Enrolment.select(Enrolment.account).where(
        Enrolment.cycle == circle.cycle, Enrolment.state == "seated"
    )
    others = [row["account"] for row in members if row["account"] != circle.house.ids[Role.SELF]]
    for voter, agrees in zip(others, agree, strict=False):
        await PeerVoice(enrolment=enrolment, voter=voter, agrees=agrees).save()


async def state(enrolment: object) -> str:
    [row] = await Enrolment.select(Enrolment.state).where(Enrolment.id == enrolment)
    return str(row["state"])


async def test_more_than_half_of_the_members_welcome_somebody(house: House, circle: Circle):
    asks = await enrol(circle, await somebody(house, "Nouvelle"), "asked")
    assert await said(house.self, asks, "yes") == 303
    assert await state(asks) == "asked"
    await voices(circle, asks, True, True)
    assert await said(house.self, asks, "yes") == 303
    assert await state(asks) == "seated"
    assert await PeerVoice.count().where(PeerVoice.voter == house.ids[Role.SELF]) == 1


async def test_once_more_than_half_cannot_say_yes_it_is_over(house: House, circle: Circle):
    asks = await enrol(circle, await somebody(house, "Nouvelle"), "asked")
    await voices(circle, asks, False, True)
    await said(house.self, asks, "no")
    assert await state(asks) == "refused"
    assert await said(house.self, asks, "yes") == 303
    assert await state(asks) == "refused"


async def test_voices_of_who_left_do_not_count(house: House, circle: Circle):
    asks = await enrol(circle, await somebody(house, "Nouvelle"), "asked")
    await voices(circle, asks, True, True)
    await Enrolment.update({Enrolment.state: "left"}).where(
        Enrolment.account.is_in([r["voter"] for r in await PeerVoice.select(PeerVoice.voter)])
    )
    await said(house.self, asks, "no")
    assert await state(asks) == "refused"


async def test_mes_groupes_says_that_a_voice_is_waited_for(house: House, circle: Circle):
    says = "1 personne demande à rejoindre le groupe"
    assert says not in plain(await house.self.get("/groupes"))
    asks = await enrol(circle, await somebody(house, "Nouvelle"), "asked")
    shown = plain(await house.self.get("/groupes"))
    assert says in shown
    assert f'href="/groupes/cycles/{circle.cycle}/participants"' in shown
    assert "Nouvelle" not in shown
    await said(house.self, asks, "yes")
    assert says not in plain(await house.self.get("/groupes"))


async def test_nobody_outside_has_a_voice_or_reads_a_role(house: House, circle: Circle):
    asks = await enrol(circle, await somebody(house, "Nouvelle"), "asked")
    await MeetingRole(meeting=circle.meetings[0], role="host", account=house.ids[Role.SELF]).save()
    for role, visitor in house.people.items():
        if role is not Role.SELF:
            assert await said(visitor, asks, "yes") == 404, role
            shown = await visitor.get(f"/groupes/seances/{circle.meetings[0]}")
            assert (shown.status_code, "Anabelle" in shown.text) == (404, False), role
            taken = await visitor.post(
                f"/groupes/seances/{circle.meetings[0]}/roles", {"role": "time"}
            )
            assert taken.status_code == 404, role
    assert (await PeerVoice.count(), await MeetingRole.count()) == (0, 1)


async def test_a_group_that_runs_itself_is_planned_by_its_members_only(
    house: House, circle: Circle
):
    for role, visitor in house.people.items():
        answer = await visitor.get(f"/planification/cycles/{circle.cycle}")
        assert answer.status_code == (200 if role is Role.SELF else 404), role


async def test_a_member_who_changes_the_group_does_not_come_to_lead_it(
    house: House, circle: Circle
):
    path = f"/planification/groupes/{circle.group}/modifier"
    shown = await house.self.get(path)
    assert fields_of(shown, path).keys().isdisjoint(["facilitator", "admission", "team"])
    taken = {"facilitator": str(house.ids[Role.SELF]), "admission": "open"}
    answer = await send_back(house.self, shown, path, name="Debout", capacity="9", **taken)
    assert answer.status_code == 303
    [group] = await MeetingGroup.select()
    assert (group["name"], group["capacity"]) == ("Debout", 9)
    assert (group["facilitator"], group["admission"]) == (None, "co_optation")


async def test_nobody_is_asked_about_a_minimum(house: House, circle: Circle):
    path = f"/planification/cycles/{circle.cycle}/reglages"
    shown = await house.self.get(path)
    assert "Jour de la décision" not in shown.text
    assert (await send_back(house.self, shown, path, place="Ailleurs")).status_code == 303
    [row] = await MeetingCycle.select()
    assert (row["place"], row["minimum"], row["state"]) == ("Ailleurs", 6, "confirmed")


async def test_dates_that_are_put_off_stay_decided(house: House, circle: Circle):
    found, dates = await plans.counts(circle.cycle), await decisions.to_come(circle.cycle)
    mark = decisions.mark(found.state, found.decide_on, dates)
    await decisions.postpone(settings(), circle.cycle, mark, 1)
    found = await plans.counts(circle.cycle)
    assert (found.state, found.first_day) == ("confirmed", date(2026, 12, 10))


async def test_names_stay_closed_until_the_charter_in_force_is_accepted(
    house: House, circle: Circle
):
    await groups.renew_charter(circle.group, 1, "Un cadre plus précis.")
    answer = await house.self.get(f"/groupes/seances/{circle.meetings[0]}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/groupes/cycles/{circle.cycle}/cadre"
    await accept(circle.group, house.ids[Role.SELF])
    assert (await house.self.get(f"/groupes/seances/{circle.meetings[0]}")).status_code == 200


async def test_a_role_is_taken_once_and_handed_back(app, house: House, circle: Circle):
    other = await participant(app, house)
    await seat(circle, house.ids[Role.PARTICIPANT])
    path = f"/groupes/seances/{circle.meetings[0]}"
    shown = unescape((await house.self.get(path)).text)
    assert "proposé à Anabelle" in shown
    await house.self.post(f"{path}/roles", {"role": "host"})
    await other.post(f"{path}/roles", {"role": "host"})
    [row] = await MeetingRole.select(MeetingRole.account, MeetingRole.role)
    assert row == {"account": house.ids[Role.SELF], "role": "host"}
    await other.post(f"{path}/roles", {"role": "host", "retour": "1"})
    assert await MeetingRole.count() == 1
    await house.self.post(f"{path}/roles", {"role": "host", "retour": "1"})
    await house.self.post(f"{path}/roles", {"role": "chef"})
    assert await MeetingRole.count() == 0


async def test_the_role_of_somebody_excused_is_free(app, house: House, circle: Circle):
    other = await participant(app, house)
    await seat(circle, house.ids[Role.PARTICIPANT])
    await house.self.post(f"/groupes/seances/{circle.meetings[0]}/roles", {"role": "host"})
    await Attendance(
        meeting=circle.meetings[0], account=house.ids[Role.SELF], state="excused"
    ).save()
    await other.post(f"/groupes/seances/{circle.meetings[0]}/roles", {"role": "host"})
    [row] = await MeetingRole.select(MeetingRole.account)
    assert row == {"account": house.ids[Role.PARTICIPANT]}


async def test_who_gave_her_seat_back_takes_no_role(house: House, circle: Circle):
    ana, [first, *_] = house.ids[Role.SELF], circle.meetings
    assert await peers.take(ana, first, "host")
    await enrolments.leave(settings(), ana, circle.cycle)
    assert not await peers.take(ana, first, "time")
    assert await MeetingRole.count() == 0


async def test_turns_go_on_over_meetings(house: House, circle: Circle):
    for meeting in circle.meetings[:2]:
        await MeetingRole(meeting=meeting, role="host", account=house.ids[Role.SELF]).save()
    shown = unescape((await house.self.get(f"/groupes/seances/{circle.meetings[2]}")).text)
    start = shown.index("Accueil et ouverture")
    assert "proposé à P0" in shown[start : start + 300]


async def test_a_meeting_that_is_over_takes_no_role(house: House, circle: Circle):
    await MeetingCycle.update({MeetingCycle.place: "Là"}).where(MeetingCycle.id == circle.cycle)
    past = await a_group(house, *slots(1, date(2026, 11, 19)), kind="peer_support_group")
    await seat(past, house.ids[Role.SELF])
    await house.self.post(f"/groupes/seances/{past.meetings[0]}/roles", {"role": "host"})
    assert await MeetingRole.count() == 0
