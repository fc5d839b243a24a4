"""The laws that every area obeys on every store: each a named function, all in the table ``LOIS``.

Run them on an area of yours (``docs/lois.md`` says each in a sentence)::

    @pytest.mark.parametrize("law", LOIS)
    def test_my_area_obeys(law):
        LOIS[law](Scope(catalogue, areas=(mon_domaine,)))

A ``Scope`` also takes ``new_place``, a function that opens an empty place on a store of yours. The number of examples
is that of the hypothesis profile in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tierslieu_core.testing.laws import declared, lives, ruled, simulated, stored
from tierslieu_core.testing.laws.scope import NewPlace, Scope

Law = Callable[[Scope], None]
OF_DECLARATIONS: Mapping[str, Law] = {
    law.__name__: law
    for law in (
        declared.names_are_of_the_area,
        declared.every_version_can_be_raised,
        declared.everything_has_its_french,
        declared.sentences_never_fail,
        declared.lectures_are_pure_folds,
        declared.registers_have_plain_columns,
        stored.stored_form_round_trips,
        stored.fast_way_equals_the_sure_one,
        stored.every_fault_is_told_at_once,
        stored.nothing_stored_is_converted,
    )
}
OF_LIVES: Mapping[str, Law] = {
    law.__name__: law
    for law in (
        lives.retries_are_silent_and_equal,
        lives.a_key_answers_one_demand_only,
        lives.facts_are_all_there_or_none,
        lives.asking_again_adds_no_fact,
        lives.a_trial_tells_the_truth_and_leaves_nothing,
        lives.what_falls_due_is_asked_once,
        lives.registers_are_folds,
        lives.kept_registers_are_folds,
        lives.registers_can_be_read_at_any_date,
        lives.replay_finds_no_difference,
        lives.nothing_personal_is_in_clear,
        lives.facts_carry_tags,
        lives.every_append_is_conditional,
        lives.everything_can_be_told,
        ruled.a_verdict_depends_on_the_journal_alone,
        ruled.independent_rules_are_adopted_in_any_order,
        ruled.every_refusal_says_what_refuses,
        simulated.simulating_no_change_changes_nothing,
        simulated.a_cascade_under_its_own_rules_is_history,
        simulated.widening_a_limit_refuses_nothing,
        simulated.a_rule_that_does_not_apply_changes_nothing,
        simulated.what_a_proposal_cannot_touch_is_as_it_was,
    )
}
LOIS: Mapping[str, Law] = {**OF_DECLARATIONS, **OF_LIVES}


def page() -> str:
    """The table of the laws as ``docs/lois.md`` holds it."""
    rows = [f"| `{name}` | {(law.__doc__ or '').strip().splitlines()[0]} |" for name, law in LOIS.items()]
    return "\n".join(["| law | what it says |", "|---|---|", *rows])


__all__ = ["LOIS", "OF_DECLARATIONS", "OF_LIVES", "Law", "NewPlace", "Scope", "page"]
