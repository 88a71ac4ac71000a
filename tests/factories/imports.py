"""Records come into the store as they always do: by the actions of `imports`."""

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.imports import actions
from bankhall.apps.imports.actions.taking import load_rows
from bankhall.apps.network import actions as network
from bankhall.data.exchange.codec import bank_tables, details_of, read_rows, record_row
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Rule
from bankhall.kernel.scope import Scope

SYSTEM = Scope.system("a test")
MADE = action_name("tests.load_bank")


def load_bank(bank: Bank) -> None:
    """Every reference record of a bank, and what its `bank.toml` says."""
    with audit.act(MADE, by=SYSTEM.actor, scope=SYSTEM):
        network.load_details(details_of(bank), batch="a test")
        for name, table in bank_tables(bank).items():
            load_rows(name, read_rows(table), batch="a test")


def add_rule(rule: Rule) -> None:
    """One more row of the rule pack."""
    actions.edit_rows("rules", [record_row("rules", rule)], by=SYSTEM.actor, scope=SYSTEM, reason="a test")
