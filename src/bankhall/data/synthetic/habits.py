"""What the world does that planning's model lacks and may not be told. Each habit can be switched off."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Habits:
    """True = the world has the habit.

    `day_level`: a day's level shared by all services, with a memory from day to day. `parties`: people who come
    together. `several_services`: a second service in the same visit. `personal_speed`, `hourly_speed`: time at the
    window differs by person and by hour. `breaks_slip`: breaks begin and end late. `windows_late`: windows open after
    the hour. `growing_impatience`: patience is Weibull with rising hazard, off: exponential of the same mean.
    `elderly_slower`: elderly customers take longer and wait longer.
    """

    day_level: bool = True
    parties: bool = True
    several_services: bool = True
    personal_speed: bool = True
    hourly_speed: bool = True
    breaks_slip: bool = True
    windows_late: bool = True
    growing_impatience: bool = True
    elderly_slower: bool = True

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """All habits, in order."""
        return tuple(field.name for field in fields(cls))

    @classmethod
    def none(cls) -> "Habits":
        """A world without habits: what planning's model assumes."""
        return cls(**dict.fromkeys(cls.names(), False))

    def without(self, name: str) -> "Habits":
        """All as here but one."""
        return replace(self, **{name: False})
