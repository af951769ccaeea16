"""The live service: a call from first to last, keys, journals that are opened again, many threads, and its end."""

from __future__ import annotations

import copy
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import qise

MORNING = "2026-11-24T08:00"


def water(number: int = 77) -> dict[str, Any]:
    """A need that both people can serve."""
    return {
        "id": f"water-{number}",
        "at": {"lat": 38.83, "lon": 105.67},
        "service": "PT20M",
        "windows": [{"from": "2026-11-24T08:00", "to": "2026-11-24T12:00"}],
    }


@pytest.fixture(scope="module")
def morning() -> qise.Problem:
    """One need, and two people in a land with coordinates."""
    people = [("v-siqin", 105.66), ("v-gao-feng", 105.70)]
    shift = {"start": "2026-11-24T08:00", "end": "2026-11-24T18:00"}
    return qise.Problem.from_json(
        {
            "format": "qise/scenario",
            "version": 1,
            "name": "a morning",
            "time_zone": "Asia/Shanghai",
            "datum": "WGS-84",
            "volunteers": [
                {"id": who, "home": {"lon": lon, "lat": 38.83}, "shifts": [shift]} for who, lon in people
            ],
            "needs": [{**water(), "id": "n-water"}],
        }
    )


@pytest.fixture()
def live(morning: qise.Problem) -> Iterator[qise.Dispatch]:
    """A service in memory, in which nobody has been sent."""
    with qise.Dispatch.open(None, morning) as service:
        yield service


def answers(service: qise.Dispatch, need: str) -> list[Any]:
    """Answers to all questions, without what is the process's."""
    status = service.status()
    status.update(durable=None, memory=None, rebuilds=None)
    people = [service.person(who) for who in ("v-siqin", "v-gao-feng")]
    return [service.need(need), service.audit(need), service.rank(need), *people, service.plan(), status]


def code_of(ask: Callable[[], object]) -> str:
    with pytest.raises(qise.DispatchError) as raised:
        ask()
    assert raised.value.text and raised.value.text_zh
    assert str(raised.value).startswith(raised.value.text)
    return raised.value.code


def test_a_call_from_first_to_last(morning: qise.Problem, tmp_path: Path) -> None:
    path = tmp_path / "day.qise"
    need = "water-77"
    with qise.Dispatch.open(path, morning) as service:
        assert service.submit(at=MORNING, key="call-1", actor="desk-2", add_need=water()).code == "noted"
        ranking = service.rank(need, best=1)
        assert isinstance(ranking, qise.Ranking) and len(ranking) == 1
        first, second = (offer.visits[0]["volunteer"] for offer in service.rank(need))
        assert ranking[0].visits[0]["volunteer"] == first
        assert str(ranking[0].visits[0]["start"].tzinfo) == service.time_zone == "Asia/Shanghai"

        asked = service.submit(at="2026-11-24T08:01", offer={"need": need, "who": first, "expires_s": 600})
        assert (asked.code, asked.outcome["expires"]) == ("offer", "2026-11-24T08:11:00+08:00")
        service.submit(at="2026-11-24T08:02", decline={"offer": asked.offer, "reason": "busy"})
        asked = service.submit(at="2026-11-24T08:03", offer={"need": need, "who": second, "expires_s": 600})
        taken = service.submit(at="2026-11-24T08:04", key="a-1", accept={"offer": asked.offer})
        assert taken.code in ("committed", "changed")
        assert taken.outcome[taken.code]["missing"] == 0
        assert service.plan()["routes"][0]["volunteer"] == second
        why = service.explain(need)
        assert (why["served_by"], why["verdict"]) == (second, why["choice"]["verdict"])
        assert why["public_text_zh"] and second not in why["public_text"]
        for minutes, word in ((5, "depart"), (15, "arrive"), (40, "done")):
            step: Any = {word: {"need": need, "who": second}}
            service.submit(at=f"2026-11-24T08:{minutes:02}", **step)
        rated = service.submit(at="2026-11-24T09:00", rate={"need": need, "stars": 5, "text": "快"})
        assert service.need(need)["state"] == "rated"
        assert service.person(second)["state"] == "free"

        audit = service.audit(need)
        assert [one["who"] for one in audit["asked"]] == [first, second]
        assert [(one["who"], one["reason"]) for one in audit["declined"]] == [(first, "busy")]
        assert [one["who"] for one in audit["went"]] == [second]
        assert service.wait(rated.seq, timeout=30)
        assert service.durable == service.status()["durable"] == rated.seq
        before = answers(service, need)
    with qise.Dispatch.open(path) as service:
        assert answers(service, need) == before
        assert qise.Dispatch.verify(path) == qise.JournalReport(
            rated.seq, 3, rated.seq, qise.Dispatch.verify(path).hash, []
        )
    with qise.Dispatch.open(path, morning) as service:
        assert answers(service, need) == before


def test_a_key_is_carried_out_once(morning: qise.Problem, tmp_path: Path) -> None:
    path = tmp_path / "day.qise"
    with qise.Dispatch.open(path, morning) as service:
        first = service.submit(at=MORNING, key="call-1", add_need=water())
        again = service.submit(at="2026-11-24T10:00", key="call-1", add_need={"need": water()})
        assert (again.seq, again.outcome, again.is_repeated) == (first.seq, first.outcome, True)
        assert not first.is_repeated
    with qise.Dispatch.open(path) as service:
        assert service.submit(at=MORNING, key="call-1", add_need=water()) == again
        assert code_of(lambda: service.submit(at=MORNING, key="call-1", add_need=water(78))) == "key_conflict"
        assert service.status()["as_of"] == first.seq


@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("unknown_need", {"cancel_need": {"need": "n-wter", "reason": "mistake"}}),
        ("unknown_person", {"off_duty": {"who": "nobody"}}),
        ("unknown_offer", {"accept": {"offer": 9}}),
        ("unknown_command", {"dance": {}}),
        ("unknown_field", {"tick": {"loud": True}}),
        ("unknown_value", {"cancel_need": {"need": "n-water", "reason": "bored"}}),
        ("missing_field", {"offer": {"need": "n-water"}}),
        ("faults", {"add_need": {"id": "x"}}),
        ("unknown_person", {"raise_": {"need": water(), "by": "nobody"}}),
        ("bad_time", {"hold": {"need": "n-water", "reason": "weather", "until": "soon"}}),
        ("need_state", {"rate": {"need": "n-water", "stars": 5}}),
    ],
)
def test_what_is_refused_is_typed(live: qise.Dispatch, code: str, command: dict[str, Any]) -> None:
    live.tick(MORNING)
    before = live.plan()
    assert code_of(lambda: live.submit(at=MORNING, **command)) == code
    assert live.plan() == before


def test_a_need_with_faults_lists_all_of_them(live: qise.Dispatch) -> None:
    with pytest.raises(qise.DispatchError) as raised:
        live.submit(at=MORNING, add_need={**water(), "service": "soon", "priority": -1})
    assert [fault.path for fault in raised.value.faults] == ["$.service", "$.priority"]
    for fault in raised.value.faults[1:]:
        assert fault.message in str(raised.value)
    with pytest.raises(qise.DispatchError) as raised:
        live.submit(at=MORNING, depart={"need": "n-water", "who": "v-siqin"})
    assert raised.value.code == "not_concerned" or raised.value.expected


def test_exactly_one_command_is_submitted(live: qise.Dispatch) -> None:
    ask: Any = live.submit
    for commands in ({}, {"tick": {}, "accept": {"offer": 1}}):
        with pytest.raises(TypeError, match="exactly one command"):
            ask(at=MORNING, **commands)
    with pytest.raises(TypeError, match="accept takes a dict of its fields, not int"):
        ask(at=MORNING, accept=3)
    with pytest.raises(TypeError, match="a command holds text, numbers, lists and dicts, not bytes"):
        ask(at=MORNING, off_duty={"who": b"v-siqin"})
    with pytest.raises(ValueError, match="JSON compliant|not JSON"):
        ask(at=MORNING, position={"who": "v-siqin", "lat": float("nan"), "lon": 105.0})
    with pytest.raises(TypeError):
        ask(accept={"offer": 1})
    assert live.status()["as_of"] == 1


def test_times_are_datetimes_or_text(live: qise.Dispatch) -> None:
    live.tick(datetime(2026, 11, 24, 8, 30, 12, 999))
    assert live.status()["now"] == "2026-11-24T08:30:12+08:00"
    live.tick(datetime(2026, 11, 24, 1, 0, tzinfo=timezone.utc))
    assert live.status()["now"] == "2026-11-24T09:00:00+08:00"
    live.tick("2026-11-24T08:00:00+08:00")
    assert live.status()["now"] == "2026-11-24T09:00:00+08:00", "time never goes back"
    until = datetime(2026, 11, 24, 11, 0)
    live.submit(at=datetime(2026, 11, 24, 10, 0), hold={"need": "n-water", "reason": "weather", "until": until})
    assert live.need("n-water")["hold"] == {"reason": "weather", "until": "2026-11-24T11:00:00+08:00"}
    live.tick(until + timedelta(minutes=1))
    assert live.need("n-water")["hold"] is None
    assert code_of(lambda: live.tick("noon")) == "bad_time"


def test_notices_come_until_they_are_delivered(morning: qise.Problem, tmp_path: Path) -> None:
    path = tmp_path / "day.qise"
    with qise.Dispatch.open(path, morning) as service:
        for number in range(3):
            service.submit(at=MORNING, add_need=water(number))
            service.submit(at=MORNING, offer={"need": f"water-{number}", "who": "v-siqin", "expires_s": 60})
        assert service.wait(timeout=30)
        notices = service.notices()
        assert [(one.to, one.body["need"], one.body["offer"]) for one in notices] == [
            ("v-siqin", "water-0", 0),
            ("v-siqin", "water-1", 1),
            ("v-siqin", "water-2", 2),
        ]
        assert all(one.body["text"] and one.body["text_zh"] for one in notices)
        assert service.notices(after=notices[0], most=1) == notices[1:2]
        assert service.delivered(notices[1:2]) == 1
        assert service.delivered(notices[:2]) == 1, "what is marked is passed over"
        # What never was would end the service.
        strange = [qise.Notice(seq, 7, "nobody", {}) for seq in (0, notices[2].seq, 10**6)]
        assert service.delivered(strange) == 0
        assert service.delivered([]) == 0
        service.tick("2026-11-24T08:05")
    with qise.Dispatch.open(path) as service:
        assert service.notices()[0] == notices[2]
        assert {one.body["what"] for one in service.notices()[1:]} == {"offer_expired"}


def test_frames(live: qise.Dispatch) -> None:
    live.submit(at=MORNING, key="call-1", actor="desk-2", add_need=water())
    live.submit(at=MORNING, commit={"need": "water-77", "who": ["v-siqin"]})
    frames = live.to_frames()
    assert list(frames) == ["events", "needs", "assignments"]
    events = frames["events"]
    assert events["seq"].is_monotonic_increasing and events["seq"].iloc[-1] == live.status()["as_of"]
    added = events[(events["what"] == "need_added") & (events["need"] == "water-77")]
    assert added[["actor", "key"]].to_numpy().tolist() == [["desk-2", "call-1"]]
    assert str(events["at"].dt.tz) == "Asia/Shanghai"
    assert frames["needs"].set_index("need")["state"]["water-77"] == "staffed"
    assert frames["needs"]["deadline"].dtype.kind == "M"
    assert frames["assignments"]["who"].tolist() == ["v-siqin"]


def test_threads_submit_in_parallel(morning: qise.Problem) -> None:
    with qise.Dispatch.open(None, morning) as service:

        def call(number: int) -> qise.DispatchAnswer:
            # Every key comes twice.
            answer = service.submit(at=MORNING, key=f"call-{number % 100}", add_need=water(number % 100))
            assert service.need(f"water-{number % 100}")["state"] == "queued"
            return answer

        with ThreadPoolExecutor(8) as threads:
            told = list(threads.map(call, range(200)))
        for one, other in zip(told[:100], told[100:], strict=True):
            assert (one.seq, one.outcome) == (other.seq, other.outcome)
            assert {one.is_repeated, other.is_repeated} == {True, False}
        assert len({one.seq for one in told}) == 100
        assert service.status()["keys"] == 100


def test_other_threads_run_meanwhile(live: qise.Dispatch) -> None:
    """What waits in the engine does not keep Python from running."""
    waited = threading.Event()

    def wait() -> None:
        assert not live.wait(10**6, timeout=0.3)
        waited.set()

    other = threading.Thread(target=wait)
    other.start()
    ticks = 0
    while not waited.is_set():
        time.sleep(0.005)
        ticks += 1
    other.join()
    assert ticks > 5


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_waiting_and_the_journal_is_closed(morning: qise.Problem, tmp_path: Path) -> None:
    path = tmp_path / "day.qise"
    asked: list[float] = []

    def interrupt() -> None:
        time.sleep(0.2)
        asked.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    other = threading.Thread(target=interrupt)
    with pytest.raises(KeyboardInterrupt), qise.Dispatch.open(path, morning) as service:
        told = service.submit(at=MORNING, key="call-1", add_need=water())
        other.start()
        service.wait(10**6)
    assert time.perf_counter() - asked[0] < 0.5
    other.join()
    with qise.Dispatch.open(path) as service:
        assert service.submit(at=MORNING, key="call-1", add_need=water()).seq == told.seq


def test_what_is_closed_takes_no_more(morning: qise.Problem, tmp_path: Path) -> None:
    path = tmp_path / "day.qise"
    service = qise.Dispatch.open(path, morning)
    assert code_of(lambda: qise.Dispatch.open(path)) == "busy", "one writer at a time"
    told = service.tick(MORNING)
    service.close()
    service.close()
    assert service.durable == told.seq, "closing writes what waits"
    asks: list[Callable[[], object]] = [
        lambda: service.tick(MORNING),
        lambda: service.rank("n-water"),
        lambda: service.plan(),
        lambda: service.notices(),
        lambda: service.to_frames(),
        lambda: service.wait(10**6),
    ]
    for ask in asks:
        assert code_of(ask) == "closed"
    with qise.Dispatch.open(path) as again:
        assert again.status()["as_of"] == told.seq


def test_openings_that_fail(morning: qise.Problem, day: qise.Problem, tmp_path: Path) -> None:
    path = tmp_path / "day.qise"
    with pytest.raises(FileNotFoundError, match="no such journal"):
        qise.Dispatch.open(path)
    assert not path.exists()
    with pytest.raises(ValueError, match="in memory needs a problem"):
        qise.Dispatch.open(None)
    with pytest.raises(ValueError, match="^datum must be one of WGS-84"):
        qise.Dispatch.open(None, morning, datum="mars")
    wrong: Any = "tiny"
    with pytest.raises(TypeError, match="^problem must be a Problem, not str$"):
        qise.Dispatch.open(None, wrong)
    with pytest.raises(TypeError, match="^plan must be a Plan, not str$"):
        qise.Dispatch.open(None, morning, wrong)
    qise.Dispatch.open(path, morning).close()
    assert code_of(lambda: qise.Dispatch.open(path, day)) == "other_scenario"
    (tmp_path / "text.qise").write_text("no journal at all, but long enough to be looked at " * 40)
    assert code_of(lambda: qise.Dispatch.open(tmp_path / "text.qise", morning))
    assert code_of(lambda: qise.Dispatch.verify(tmp_path / "text.qise"))
    assert code_of(lambda: qise.Dispatch.verify(tmp_path / "none.qise"))


def test_a_journal_that_was_altered_is_found(morning: qise.Problem, tmp_path: Path) -> None:
    path = tmp_path / "day.qise"
    with qise.Dispatch.open(path, morning) as service:
        service.submit(at=MORNING, actor="desk-altered", add_need=water())
    assert qise.Dispatch.verify(path).is_sound
    whole = path.read_bytes()
    assert b"desk-altered" in whole
    path.write_bytes(whole.replace(b"desk-altered", b"desk-ALTERED"))
    report = qise.Dispatch.verify(path)
    assert not report.is_sound
    assert all(one.seq and one.text and one.text_zh for one in report.damage)


def test_the_datum_is_that_of_commands(morning: qise.Problem) -> None:
    starts = {}
    for datum in ("WGS-84", "GCJ-02"):
        with qise.Dispatch.open(None, morning, datum=datum) as service:
            service.submit(at=MORNING, position={"who": "v-siqin", "lat": 38.83, "lon": 105.67})
            told = service.person("v-siqin")["position"]
            assert (round(told["lat"], 5), round(told["lon"], 5)) == (38.83, 105.67)
            service.submit(at=MORNING, add_need=water())
            starts[datum] = service.rank("water-77")[0].added_travel_s
    assert starts["WGS-84"] != starts["GCJ-02"], "half a kilometre apart"


def test_a_service_is_not_copied(live: qise.Dispatch) -> None:
    for ask in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            ask(live)
    assert repr(live).startswith("<Dispatch: durable up to entry ")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_has_no_journal(live: qise.Dispatch) -> None:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # what fails here ends this process, and not the tests
        try:
            live.tick(MORNING)
        except qise.DispatchError as error:
            os.write(write, error.code.encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 100) == b"other_process"
    os.close(read)
    os.close(write)
