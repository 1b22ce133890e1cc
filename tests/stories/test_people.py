"""Coordinators and volunteers: joining, approval, languages, pauses, groups."""

from datetime import timedelta

from dispatch.actions import joining
from dispatch.model.messages import AttachmentKind, InboundMessage, Kind
from dispatch.model.people import Role, Standing
from tests.world import CHAT, World


def link_in(text: str) -> str:
    """The start parameter of the link in a message."""
    return text.split("start=")[1].split()[0].strip("\u2069")


async def test_a_volunteer_joins_by_a_link_and_a_coordinators_yes(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/invite")
    start = link_in(kari.sees("invite-link").text)
    hodan = world.person("hodan")
    await hodan.says(f"/start {start}")
    hodan.sees("invited-volunteer")
    await hodan.presses("button-done")
    assert world.says("choose-one-language", world.channel.toasts[-1][1], "en")
    await hodan.presses("Soomaali")
    await hodan.presses("English")
    await hodan.presses("button-done")
    hodan.sees("joined-wait")
    assert "Hodan" in kari.sees("approve-ask").text
    await kari.presses("button-approve")
    kari.sees("approved")
    hodan.sees("volunteer-approved", "home-off")
    row = await hodan.row()
    assert row and row.languages == ("so", "en") and row.is_volunteer


async def test_an_invitation_works_once(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/invite")
    start = link_in(kari.sees("invite-link").text)
    await world.person("hodan").says(f"/start {start}")
    other = world.person("other", app_language="en")
    await other.says(f"/start {start}")
    other.sees("invitation-over")
    row = await other.row()
    assert row and row.volunteer is None


async def test_an_invitation_ends(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/invite")
    start = link_in(kari.sees("invite-link").text)
    world.clock.advance(timedelta(days=15))
    hodan = world.person("hodan")
    await hodan.says(f"/start {start}")
    hodan.sees("invitation-over")


async def test_a_made_up_invitation_does_nothing(world: World) -> None:
    hodan = world.person("hodan")
    await hodan.says("/start join-" + "A" * 59)
    hodan.sees("invitation-over")


async def test_only_approved_volunteers_are_offered_anything(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/invite")
    hodan = world.person("hodan")
    await hodan.says(f"/start {link_in(kari.sees('invite-link').text)}")
    await hodan.presses("Soomaali")
    await hodan.presses("button-done")
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    hodan.does_not_see("offer")
    await hodan.presses("board-button", chat=CHAT)
    assert world.says("offer-not-volunteer", world.channel.toasts[-1][1], "en")
    await kari.presses("button-decline")
    hodan.sees("volunteer-declined")


async def test_the_first_of_two_coordinators_decides(world: World) -> None:
    kari, anne = await world.coordinator("kari"), await world.coordinator("anne")
    await kari.says("/invite")
    hodan = world.person("hodan")
    await hodan.says(f"/start {link_in(kari.sees('invite-link').text)}")
    await hodan.presses("Soomaali")
    await hodan.presses("button-done")
    late = anne.press("button-decline")
    await kari.presses("button-approve")
    assert anne.sees("approved").labels() == []
    await world.arrive(late)
    await world.settles()
    row = await hodan.row()
    assert row and row.is_volunteer


async def test_a_coordinator_changes_languages(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan", speaks=("so",))
    await kari.says("/people")
    await kari.presses("Hodan")
    await kari.presses("button-languages")
    await kari.presses("Türkçe")
    await kari.presses("button-done")
    hodan.sees("volunteer-languages")
    row = await hodan.row()
    assert row and row.languages == ("so", "tr")


async def test_a_paused_volunteer_is_asked_nothing_until_she_is_back(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    first = await world.member("first")
    await first.asks_people()
    await hodan.presses("button-take")
    await kari.says("/people")
    await kari.presses("Hodan")
    await kari.presses("button-pause")
    hodan.sees("volunteer-paused", "case-handed-over")
    await hodan.says("/free")
    hodan.sees("not-for-you")
    await kari.says("/people")
    await kari.presses("Hodan")
    await kari.presses("button-resume")
    hodan.sees("volunteer-resumed")
    await hodan.says("/free")
    await hodan.presses("button-free-hour")
    second = await world.member("second")
    await second.asks_people()
    hodan.sees("offer")


async def test_a_removed_volunteer_loses_every_right_and_old_buttons_do_nothing(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina")
    await amina.asks_people()
    old = hodan.press("button-take")
    await kari.says("/people")
    await kari.presses("Hodan")
    await kari.presses("button-remove")
    kari.sees("remove-ask")
    await kari.presses("button-remove")
    hodan.sees("volunteer-removed")
    row = await hodan.row()
    assert row and row.volunteer is Standing.REMOVED
    await world.arrive(old)
    await world.settles()
    hodan.does_not_see("taken-hint")


async def test_the_queue_shows_who_waits_and_who_is_free(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/queue")
    kari.sees("queue-empty", "queue-nobody-free")
    await world.volunteer("olena", speaks=("uk",))
    amina = await world.member("amina")
    await amina.asks_people()
    await kari.says("/queue")
    kari.sees("queue-title", "queue-line", "queue-free")


async def test_commands_of_another_role_are_refused_kindly(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    for command in ("/queue", "/people", "/invite", "/coordinator", "/group", "/free", "/cases"):
        await amina.says(command)
        amina.sees("not-for-you")
    kari = await world.coordinator("kari")
    kari.does_not_see("queue-title")


async def test_h27_an_anonymous_administrator_is_asked_to_write_as_herself(world: World) -> None:
    kari = await world.coordinator("kari")
    before = await world.within(lambda tx: tx.group.chat)
    await world.arrive(
        InboundMessage(
            kind=Kind.SAID,
            chat=world.channel.address("-777"),
            user="1087968824",
            private=False,
            external_id="900",
            sent_at=world.clock.now(),
            text="/group",
            anonymous=True,
        )
    )
    await world.settles()
    kari.sees("anonymous", chat="-777")
    assert await world.within(lambda tx: tx.group.chat) == before


async def test_a_group_that_a_coordinator_adds_the_bot_to_becomes_the_volunteers_group(world: World) -> None:
    kari = await world.coordinator("kari")
    await world.arrive(kari._message(Kind.ADDED, chat="-200"))
    await world.settles()
    kari.sees("group-registered", chat="-200")
    group = await world.within(lambda tx: tx.group)
    assert group.chat and group.chat.chat == "-200"


async def test_a_group_that_a_stranger_adds_the_bot_to_is_left(world: World) -> None:
    stranger = world.person("stranger")
    await world.arrive(stranger._message(Kind.ADDED, chat="-300"))
    await world.settles()
    stranger.sees("group-unknown", chat="-300")
    assert world.channel.left == ["-300"]


async def test_h44_a_group_with_a_new_id_goes_on_there(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    await world.arrive(hodan._message(Kind.MIGRATED, chat=CHAT, moved_to="-1001"))
    amina = await world.member("amina")
    await amina.asks_people()
    hodan.sees("board-line", chat="-1001")


async def test_coordinators_hear_that_the_group_is_lost(world: World) -> None:
    kari = await world.coordinator("kari")
    await world.arrive(world.person("somebody")._message(Kind.REMOVED, chat=CHAT))
    await world.settles()
    kari.sees("group-lost")
    amina = await world.member("amina")
    await amina.asks_people()


async def test_h46_talk_in_the_group_is_theirs(world: World) -> None:
    hodan = await world.volunteer("hodan")
    before = len(hodan.seen(CHAT))
    await hodan.says("hello everybody", chat=CHAT)
    assert len(hodan.seen(CHAT)) == before


async def test_h47_each_role_has_its_own_menu(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="so")
    menus = {human.user: dict(world.channel.menus[human.user]) for human in (kari, hodan, amina)}
    assert {"queue", "people", "invite"} <= menus["kari"].keys()
    assert {"free", "off", "cases"} <= menus["hodan"].keys() and "queue" not in menus["hodan"]
    assert "person" in menus["amina"] and not {"queue", "free"} & menus["amina"].keys()
    assert menus["amina"]["help"] != menus["kari"]["help"]


async def test_a_volunteer_whose_platform_has_no_names_says_what_she_is_called(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/invite")
    hodan = world.person("hodan")
    hodan.name = ""
    await hodan.says(f"/start {link_in(kari.sees('invite-link').text)}")
    hodan.sees("name-ask")
    hodan.does_not_see("invited-volunteer")
    await hodan.shows(AttachmentKind.STICKER)
    hodan.does_not_see("joined-wait")
    await hodan.says(" Hodan  from the\nlibrary ")
    hodan.sees("name-kept", "invited-volunteer")
    await hodan.presses("Soomaali")
    await hodan.presses("button-done")
    assert "Hodan from the library" in kari.sees("approve-ask").text
    await kari.presses("button-approve")
    await hodan.says("hello")
    hodan.sees("no-case")


async def test_a_coordinator_whose_platform_has_no_names_says_what_she_is_called(world: World) -> None:
    anne = world.person("anne")
    anne.name = ""
    start = await world.within(lambda tx: joining.invite(tx, Role.COORDINATOR, None, world.clock.now()))
    await anne.says(f"/start {start}")
    anne.sees("coordinator-welcome", "name-ask")
    await anne.says("Anne")
    row = await anne.row()
    assert row
    assert row.name == "Anne"
