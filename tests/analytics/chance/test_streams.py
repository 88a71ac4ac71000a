import numpy as np

from bankhall.analytics.chance.streams import derived_seed, stream


def test_the_same_keys_give_the_same_draws_and_other_keys_others() -> None:
    first = stream(7, "B01", 49).random(5)
    assert np.array_equal(first, stream(7, "B01", 49).random(5))
    assert not np.array_equal(first, stream(7, "B02", 49).random(5))
    assert not np.array_equal(first, stream(8, "B01", 49).random(5))


def test_a_number_and_its_text_are_different_keys() -> None:
    assert stream(1, 1).random() != stream(1, "1").random()


def test_parts_of_the_work_get_seeds_of_their_own() -> None:
    assert derived_seed(1, "search") == derived_seed(1, "search")
    assert derived_seed(1, "search") != derived_seed(1, "proof")
