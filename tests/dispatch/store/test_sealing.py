import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.store.sealing import Keys, Sealer, ServiceKey, WrongKey, rewrap

KEY = bytes(range(32))
PLACE = ("people", "name", "amira")


@given(st.binary(max_size=64))
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    sealer = Sealer(KEY, 1)
    sealed = sealer.seal(plain, *PLACE)
    assert sealer.open(sealed, *PLACE) == plain
    assert len(plain) < 4 or plain not in sealed


@given(st.text(st.characters()))
def test_any_text_can_be_sealed(text: str) -> None:
    sealer = Sealer(KEY, 1)
    assert sealer.open_text(sealer.seal_text(text, *PLACE), *PLACE) == text


@pytest.mark.parametrize(
    "place",
    [
        ("cases", "name", "amira"),
        ("people", "user", "amira"),
        ("people", "name", "hodan"),
        ("people", "name"),
    ],
)
def test_a_value_opens_only_in_its_table_column_and_row(place: tuple[str, ...]) -> None:
    sealer = Sealer(KEY, 1)
    with pytest.raises(WrongKey):
        sealer.open(sealer.seal(b"Amira", *PLACE), *place)


def test_changed_bytes_do_not_open() -> None:
    sealer = Sealer(KEY, 1)
    sealed = sealer.seal(b"Amira", *PLACE)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(WrongKey):
            sealer.open(bytes(changed), *PLACE)
    for length in range(len(sealed)):
        with pytest.raises(WrongKey):
            sealer.open(sealed[:length], *PLACE)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    sealer = Sealer(KEY, 7)
    sealed = {sealer.seal(b"Amira", *PLACE) for _ in range(100)}
    assert len(sealed) == 100
    assert {each[0] for each in sealed} == {7}


def test_another_key_opens_nothing() -> None:
    with pytest.raises(WrongKey):
        Sealer(os.urandom(32), 1).open(Sealer(KEY, 1).seal(b"Amira", *PLACE), *PLACE)


def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keys = Keys.create_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Keys.load(path) == keys
    with pytest.raises(FileExistsError):
        Keys.create_file(path)


def test_keys_come_from_the_environment_too() -> None:
    keys = Keys.generate()
    assert Keys.load(keys.text()) == keys
    assert Keys.load(f"  {keys.text()}  \n") == keys
    bare = keys.text().strip().partition(":")[2]
    assert Keys.load(bare) == keys


def test_the_last_key_is_the_current_one() -> None:
    old = Keys.generate()
    new = old.renewed()
    assert new.current != old.current
    assert Keys.load(new.text()) == new
    assert Keys.load(new.text()).by_id[old.current] == old.by_id[old.current]


@pytest.mark.parametrize(
    "text", ["", "  \n", "1:", "short", "1:c2hvcnQ=", f"256:{'A' * 43}=", f"x:{'A' * 43}=", "1:ø", "²:AAAA"]
)
def test_a_malformed_key_is_refused(text: str) -> None:
    with pytest.raises(WrongKey):
        Keys.load(text)


def test_keys_do_not_show_themselves() -> None:
    keys = Keys.generate()
    assert repr(keys) == "Keys(current=1)"
    assert keys.text().strip().partition(":")[2] not in repr(keys)


def test_data_keys_are_wrapped_anew_and_stay_the_same() -> None:
    old = Keys.generate()
    new = old.renewed()
    wrapped = old.wrap(KEY, "person_keys", "wrapped", "amira")
    renewed = rewrap(wrapped, old, new, "person_keys", "wrapped", "amira")
    without_old = Keys(current=new.current, by_id={new.current: new.by_id[new.current]})
    assert without_old.unwrap(renewed, "person_keys", "wrapped", "amira") == KEY
    with pytest.raises(WrongKey, match="missing"):
        without_old.unwrap(wrapped, "person_keys", "wrapped", "amira")
    with pytest.raises(WrongKey):
        new.unwrap(renewed, "person_keys", "wrapped", "hodan")


def test_digests_tell_nothing_and_parts_are_not_mixed_up() -> None:
    one, other = ServiceKey(KEY, 1), ServiceKey(os.urandom(32), 1)
    assert one.blind("telegram", "bot", "123") == one.blind("telegram", "bot", "123")
    assert one.blind("telegram", "bot", "123") != other.blind("telegram", "bot", "123")
    assert one.blind("telegram", "bot1", "23") != one.blind("telegram", "bot", "123")
    assert one.tombstone("amira", b"salt") != one.tombstone("amira", b"tlas")
