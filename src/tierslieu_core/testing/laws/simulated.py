"""Laws of simulation: what may differ when the past of a place is held up against other rules."""

# ruff: noqa: S101 - a law is made of assertions
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from tierslieu_core.domaines.cadre.regles import AdopterRegle, AmenderRegle, DeclarerFait, GenreDeRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret, Renouvellements, Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon, Preavis
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws.lives import Life, of_any_life
from tierslieu_core.testing.laws.scope import DEBUT, Scope, live
from tierslieu_core.testing.samples import samples
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vues.simulation import Simulation

LE_DEBUT = DEBUT.to_tz("Europe/Paris").date()
STRICTES: dict[str, Any] = {
    "duree": Duree(maximum_minutes=90), "horizon": Horizon(maximum_jours=4), "preavis": Preavis(minimum_minutes=600),
    "par-semaine": Quota(maximum=1), "heures-par-jour": Quota(maximum=1, unite="heures", periode="jour"),
    "pret": DureePret(maximum_jours=3), "a-la-fois": Simultanes(maximum=1), "encore": Renouvellements(maximum=0),
}  # fmt: skip
LARGES: dict[str, Any] = {
    "duree": Duree(maximum_minutes=2000), "horizon": Horizon(maximum_jours=9), "preavis": Preavis(minimum_minutes=60),
    "par-semaine": Quota(maximum=3), "heures-par-jour": Quota(maximum=9, unite="heures", periode="jour"),
    "pret": DureePret(maximum_jours=30), "a-la-fois": Simultanes(maximum=2), "encore": Renouvellements(maximum=9),
}  # fmt: skip
"""The same limits, each wider."""
SERREES: dict[str, Any] = {
    "duree": Duree(maximum_minutes=30), "preavis": Preavis(minimum_minutes=6000), "par-semaine": Quota(maximum=0),
    "a-la-fois": Simultanes(maximum=0), "pret": DureePret(maximum_jours=1), "encore": Renouvellements(maximum=0),
}  # fmt: skip
"""Limits that nearly nothing passes."""
AILLEURS = Portee(actions=("chanter",))
"""What nobody ever asks."""


def _lived(lieu: Lieu, life: Life) -> None:
    """That life, in a place that has strict limits since its first day."""
    for nom, genre in STRICTES.items():
        adopter = AdopterRegle(regle=RegleId(nom), genre=genre, du=LE_DEBUT, motif="m")
        lieu.executer(adopter, par="camille", cle=f"limite-{nom}", maintenant=DEBUT)
    live(lieu, life)


def _simulated(lieu: Lieu, regles: Sequence[Any] = (), *, cascade: bool = False) -> Simulation:
    return lieu.simuler(regles, LE_DEBUT, cascade=cascade)


@of_any_life
def simulating_no_change_changes_nothing(_: Scope, lieu: Lieu, life: Life) -> None:
    """At first order, the rules as they are, said again or not, change neither a verdict nor a fact."""
    _lived(lieu, life)
    again = [AmenderRegle(regle=RegleId(n), genre=g, du=LE_DEBUT, motif="m") for n, g in STRICTES.items()]
    assert _simulated(lieu).differences == ()
    assert _simulated(lieu, again).differences == ()


@of_any_life
def a_cascade_under_its_own_rules_is_history(_: Scope, lieu: Lieu, life: Life) -> None:
    """A past built anew from its own outcomes, each day under its own rules, is history: verdicts and facts."""
    _lived(lieu, life)
    found = _simulated(lieu, cascade=True)
    assert found.differences == ()
    assert found.decisions == lieu.rejouer(niveau=1).decisions


@of_any_life
def widening_a_limit_refuses_nothing(_: Scope, lieu: Lieu, life: Life) -> None:
    """At first order, limits that are widened refuse nothing that was accepted."""
    _lived(lieu, life)
    wider = [AmenderRegle(regle=RegleId(n), genre=g, du=LE_DEBUT, motif="m") for n, g in LARGES.items()]
    for regles in (wider, *([one] for one in wider)):
        assert [d for d in _simulated(lieu, regles).differences if d.devient in ("refus", "a_valider")] == []


@of_any_life
def a_rule_that_does_not_apply_changes_nothing(scope: Scope, lieu: Lieu, life: Life) -> None:
    """Rules of every kind, for what nobody asks, change neither a verdict nor a fact."""
    _lived(lieu, life)
    regles = [
        AdopterRegle(regle=RegleId(f"ailleurs-{n}"), genre=genre, portee=AILLEURS, du=LE_DEBUT, motif="m")
        for n, genre in enumerate(_every_kind(scope, lieu))
    ]
    assert len(regles) > len(STRICTES)
    for cascade in (False, True):
        assert _simulated(lieu, regles, cascade=cascade).differences == ()


@of_any_life
def what_a_proposal_cannot_touch_is_as_it_was(_: Scope, lieu: Lieu, life: Life) -> None:
    """At first order, to take again only what proposed rules may touch finds all that taking everything again finds."""
    live(lieu, life)
    partout = DeclarerFait(fait="peu_importe", type="oui_non", libelle="peu importe")
    for action in ("reserver", "preter", "renouveler", "annuler"):
        serrees = [
            AdopterRegle(
                regle=RegleId(f"{n}-{action}"), genre=g, portee=Portee(actions=(action,)), du=LE_DEBUT, motif="m"
            )
            for n, g in SERREES.items()
        ]
        for regles in (serrees, *([one] for one in serrees)):
            assert _simulated(lieu, regles).differences == _simulated(lieu, [*regles, partout]).differences


def _every_kind(scope: Scope, lieu: Lieu) -> list[GenreDeRegle]:
    """One rule of every installed kind that can be made of fixed values, and goes by nothing that a place declares."""
    found = (attrs.evolve(one, portee=AILLEURS) for _, one in samples(AdopterRegle, scope.catalogue.codec.unions))
    kinds = {type(one.genre): one.genre for one in found if not (one.fautes("") or lieu.livre.fautes(one))}
    return list(kinds.values())
