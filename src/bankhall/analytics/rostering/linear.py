"""A mixed integer model in plain lists, and its two readers: CP-SAT and HiGHS."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient times variable <= high. `tag` names the member of a conflict that it is, -1 = none."""

    variables: I64
    coefficients: I64
    low: int
    high: int
    tag: int = -1


FREE = 2**40
"""A side of a row without a limit."""


@dataclass
class LinearModel:
    """Variables with bounds, whole or not, and prices; rows over them. `when` lets a variable be positive only if a
    member of the conflict is dropped."""

    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    price: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    when: list[tuple[int, int]] = field(default_factory=list)
    constant: int = 0

    def add(self, low: int, high: int, price: int = 0, *, whole: bool = True) -> int:
        """A variable; its index."""
        self.low.append(low)
        self.high.append(high)
        self.price.append(price)
        self.whole.append(whole)
        return len(self.low) - 1

    def demand(self, terms: Iterable[tuple[int, int]], *, low: int = -FREE, high: int = FREE, tag: int = -1) -> None:
        """A row of (variable, coefficient) terms."""
        pairs = np.array(list(terms), np.int64).reshape(-1, 2)
        self.rows.append(Row(pairs[:, 0].copy(), pairs[:, 1].copy(), low, high, tag))

    def value(self, answer: Sequence[int]) -> int:
        """The objective of an answer."""
        return self.constant + sum(price * value for price, value in zip(self.price, answer, strict=True))


@dataclass(frozen=True, slots=True)
class Solved:
    """What a solver found. `values` is empty when it found nothing; `bound` is a proven lower bound."""

    status: str
    values: tuple[int, ...] = ()
    bound: float = 0.0


@dataclass(frozen=True)
class CpReading:
    """A model as CP-SAT reads it; `members` are the literals that hold each member of a conflict."""

    model: "cp_model.CpModel"
    variables: "list[cp_model.IntVar]"
    members: "dict[int, cp_model.IntVar]"


def read_by_cp_sat(linear: LinearModel, *, with_members: bool = False, with_prices: bool = True) -> CpReading:
    """The model for CP-SAT; with members every tagged row can be assumed or not."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    variables = [model.new_int_var(a, b, "") for a, b in zip(linear.low, linear.high, strict=True)]
    tags = {row.tag for row in linear.rows} | {tag for _, tag in linear.when} if with_members else set()
    members = {tag: model.new_bool_var("") for tag in sorted(tags - {-1})}
    for row in linear.rows:
        terms = cp_model.LinearExpr.weighted_sum([variables[v] for v in row.variables], row.coefficients.tolist())
        added = model.add_linear_constraint(terms, row.low, row.high)
        if row.tag in members:
            added.only_enforce_if(members[row.tag])
    for variable, tag in linear.when:
        if tag in members:
            model.add(variables[variable] == 0).only_enforce_if(members[tag])
        else:
            model.add(variables[variable] == 0)
    if with_prices:
        model.minimize(cp_model.LinearExpr.weighted_sum(variables, linear.price) + linear.constant)
    return CpReading(model, variables, members)


def solve_by_cp_sat(
    linear: LinearModel,
    *,
    workers: int,
    seed: int,
    ticks: float | None = None,
    seconds: float | None = None,
    hint: Sequence[int] = (),
    with_prices: bool = True,
    told: Callable[[float, float], None] | None = None,
    tight: bool = False,
) -> Solved:
    """CP-SAT's answer. `ticks` is deterministic time, `seconds` for the referee alone; a hint names every variable.

    `tight` leans on the linear relaxation and tries little beforehand: a re-plan's model is then proved several times
    sooner.
    """
    from ortools.sat.python import cp_model

    reading = read_by_cp_sat(linear, with_prices=with_prices)
    for variable, value in zip(reading.variables, hint, strict=False):
        reading.model.add_hint(variable, int(value))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    if tight:
        solver.parameters.linearization_level = 2
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.cp_model_probing_level = solver.parameters.symmetry_level = 0
    if ticks is not None:
        solver.parameters.max_deterministic_time = ticks
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(reading.model, _Teller(told) if told else None)
    name = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}.get(status)
    if name in ("optimal", "feasible"):
        values = tuple(solver.value(variable) for variable in reading.variables)
        return Solved(str(name), values, solver.best_objective_bound)
    return Solved(name or "unknown", bound=solver.best_objective_bound)


def _Teller(told: Callable[[float, float], None]) -> "cp_model.CpSolverSolutionCallback":  # noqa: N802 - makes a class
    from ortools.sat.python import cp_model

    class Teller(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # ortools has no types here
        """Passes each better answer's time and objective on."""

        def on_solution_callback(self) -> None:
            told(self.wall_time, self.objective_value)

    return Teller()


def solve_by_highs(linear: LinearModel, *, seconds: float) -> Solved:
    """HiGHS's answer, through scipy (whose limit is the wall clock: for the referee alone)."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    starts = np.cumsum([0, *(row.variables.size for row in linear.rows)])
    matrix = csr_array(
        (
            np.concatenate([row.coefficients for row in linear.rows]).astype(float),
            np.concatenate([row.variables for row in linear.rows]),
            starts,
        ),
        shape=(len(linear.rows), len(linear.low)),
    )
    low = np.array([row.low if row.low > -FREE else -np.inf for row in linear.rows], float)
    high = np.array([row.high if row.high < FREE else np.inf for row in linear.rows], float)
    upper = np.array(linear.high, float)
    upper[[variable for variable, _ in linear.when]] = 0.0
    found = milp(
        np.array(linear.price, float) / 1000.0,
        constraints=LinearConstraint(matrix, low, high),
        integrality=np.array(linear.whole, int),
        bounds=Bounds(np.array(linear.low, float), upper),
        options={"time_limit": seconds},
    )
    bound = (found.mip_dual_bound or 0.0) * 1000.0 + linear.constant
    if found.x is None:
        return Solved("infeasible" if found.status == 2 else "unknown", bound=bound)
    status = "optimal" if found.status == 0 else "feasible"
    return Solved(status, tuple(int(v) for v in np.rint(found.x)), bound)
