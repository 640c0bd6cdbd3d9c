"""A cache that forgets what was not used for longest."""

import threading

import pytest

from chalicelib.bounded_cache import BoundedCache


def test_a_value_is_found_under_its_key_and_under_no_other() -> None:
    cache = BoundedCache[str, int](2)
    cache.put("a", 1)
    assert cache.get("a") == 1
    assert cache.get("b") is None


def test_one_value_too_many_drives_out_the_one_not_used_for_longest() -> None:
    cache = BoundedCache[str, int](2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_a_value_put_again_replaces_the_one_before_and_drives_nothing_out() -> None:
    cache = BoundedCache[str, int](2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.put("a", 3)
    assert (cache.get("a"), cache.get("b"), len(cache)) == (3, 2, 2)


@pytest.mark.parametrize("size", [0, 1, 7])
def test_it_never_holds_more_than_its_size(size: int) -> None:
    cache = BoundedCache[int, int](size)
    for number in range(10):
        cache.put(number, number)
    assert len(cache) == size


def test_threads_share_it_without_a_failure() -> None:
    cache = BoundedCache[int, int](3)
    wrong: list[tuple[int, int | None]] = []

    def use(start: int) -> None:
        for number in range(start, start + 2_000):
            cache.put(number % 7, number % 7)
            found = cache.get(number % 5)
            if found not in (None, number % 5):
                wrong.append((number % 5, found))

    threads = [threading.Thread(target=use, args=[start]) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(cache) == 3


def test_a_value_is_taken_once() -> None:
    cache = BoundedCache[str, int](2)
    cache.put("a", 1)
    assert (cache.take("a"), cache.take("a"), cache.get("a")) == (1, None, None)
