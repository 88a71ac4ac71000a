from bankhall.kernel.money import format_yuan


def test_fen_read_as_yuan() -> None:
    assert format_yuan(123456) == "1,234.56"
    assert format_yuan(-5) == "-0.05"
    assert format_yuan(100000000) == "1,000,000.00"
