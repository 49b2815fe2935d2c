import pytest

from reference_impl.registers import Registers


@pytest.fixture
def registers():
    opened = Registers()
    yield opened
    opened.close()


def test_documents_keep_their_first_order(registers):
    for key in ("b", "a", "c"):
        registers.put("table", key, {"key": key})
    registers.put("table", "b", {"key": "changed"})
    registers.delete("table", "a")
    assert registers.rows("table") == [("b", {"key": "changed"}), ("c", {"key": "c"})]
    assert registers.get("table", "c") == {"key": "c"}
    assert registers.get("table", "a") is None
    assert registers.get("other", "c") is None


def test_a_table_is_forgotten_and_no_other(registers):
    for table in ("one", "two"):
        registers.put(table, "a", {"key": table})
    registers.forget("one")
    assert registers.rows("one") == []
    assert registers.rows("two") == [("a", {"key": "two"})]


def test_find_gives_the_first_match(registers):
    registers.put("table", "1", {"name": "山田"})
    registers.put("table", "2", {"name": "山田"})
    assert registers.find("table", "name", "山田") == ("1", {"name": "山田"})
    assert registers.find("table", "name", "鈴木") is None
    assert registers.find("table", "other", "山田") is None


def test_counters_count_from_their_first_value(registers):
    assert [registers.count("a") for _ in range(2)] == [1, 2]
    assert [registers.count("b", first=100) for _ in range(2)] == [100, 101]


def test_the_outbox_is_a_queue_for_each_peer(registers):
    first = registers.send("cs", "one", {"a": "1"}, "r1")
    registers.send("atena", "two", {})
    last = registers.send("cs", "three", {"rows": [{"a": "1"}]})
    assert registers.next("cs") == first
    assert registers.pending("cs") == (first, last)
    assert (first.serial, last.serial) == ("0000000001", "0000000003")
    assert registers.done(first) is True
    assert registers.done(first) is False
    assert registers.next("cs") == last
    assert registers.next("nws") is None


def test_the_outbox_can_give_the_newest_first(registers):
    registers.newest_first = True
    entries = [registers.send("cs", name, {}) for name in ("one", "two")]
    assert registers.next("cs") == entries[1]
    assert registers.pending("cs") == tuple(entries)


def fail_inside(registers):
    with registers.atomic():
        registers.put("table", "1", {})
        with registers.atomic():
            registers.send("cs", "one", {})
        raise ValueError("stop")


def test_a_failed_block_leaves_nothing(registers):
    with pytest.raises(ValueError, match=r"^stop$"):
        fail_inside(registers)
    assert registers.rows("table") == []
    assert registers.next("cs") is None
    assert registers.serial() == "0000000001"


def test_what_was_written_outlives_the_connection(tmp_path):
    path = tmp_path / "juki.sqlite3"
    first = Registers(path, first_serial=500)
    with first.atomic():
        first.put("table", "1", {"name": "山田"})
        entry = first.send("cs", "one", {})
    second = Registers(path, first_serial=500)
    assert second.get("table", "1") == {"name": "山田"}
    assert second.next("cs") == entry
    assert (entry.serial, second.serial()) == ("0000000500", "0000000501")
    first.close()
    second.close()


def test_clear_forgets_everything_but_the_serials(registers):
    registers.put("table", "1", {})
    registers.send("cs", "one", {})
    registers.count("other")
    registers.clear()
    assert registers.rows("table") == []
    assert registers.next("cs") is None
    assert registers.count("other") == 1
    assert registers.serial() == "0000000002"


def test_an_entry_gets_another_serial_at_its_place(registers):
    first, last = (registers.send("cs", name, {}) for name in ("one", "two"))
    registers.renumber(first)
    assert [entry.serial for entry in registers.pending("cs")] == ["0000000003", "0000000002"]
    assert registers.done(last)
