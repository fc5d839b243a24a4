"""Couverture: what a person is in the place's eyes on a day, by their own membership, or by those that cover them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.adhesions.adhesion import Accordee, lue
from tierslieu_core.domaines.personnes.adhesions.candidature import AdhesionDemandee, Candidature, examen, provisoire
from tierslieu_core.domaines.personnes.adhesions.collectifs import Rattachements, rattachements
from tierslieu_core.domaines.personnes.adhesions.dossier import Dossier, Dossiers, dossiers, reuni
from tierslieu_core.domaines.personnes.adhesions.paliers import PaliersDeclares, actions, paliers_du_lieu, publics
from tierslieu_core.domaines.personnes.adhesions.recours import en_attendant, lit_attente
from tierslieu_core.domaines.personnes.adhesions.validite import jusqu_au, sanction
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

NON_ADHERENT, PROVISOIRE = "non-adherent", "provisoire"

# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Siennes = tuple[Accordee | None, Candidature | None, PaliersDeclares | None]
Lues = tuple[tuple[tuple[Siennes, Dossiers], tuple[Rattachements, ...]], tuple[Accordee | None, ...]]
"""What is read: the person's membership and candidature, the place's tiers, their file, the collectives that they
belong to; then the memberships of these, in the same order."""


def couverture_de(qui: PersonneId, x: Contexte) -> Lot[Lues]:
    """What tells whether a person is covered, and by what."""
    siennes = lire(lue(qui, x), examen(qui, x), paliers_du_lieu).avec(dossiers(qui, x)).avec(rattachements(qui, x))
    siens = tuple(map(personne, identifiants(qui, x)))
    tout: Lot[Any] = siennes.puis(
        lambda etats: Lot(tuple(lue(r.collectif, x) for r in _tous(etats[1]))).avec(lit_attente(etats[0][0][0], siens))
    )
    return tout.shaped(_comptees)


def _comptees(etats: Any) -> Lues:
    """What was read, without the sanctions that wait for the answer to an appeal."""
    (((sienne, *autres), dossier), siens), (collectives, attend) = etats
    return (((en_attendant(sienne, attend), *autres), dossier), siens), collectives


def _tous(siens: tuple[Rattachements, ...]) -> Rattachements:
    return tuple(r for them in siens for r in them)


# ── un jour donné ───────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Tenue:
    """A membership that a person enjoys, through day ``au``; ``par``: the collective that it is, if not theirs."""

    publics: tuple[str, ...]
    groupes: tuple[str, ...]
    droits: tuple[str, ...] | None
    au: Date
    par: PersonneId | None = None


@attrs.frozen(kw_only=True)
class Couverture:
    """``jusqu_au``: the last day, ``None`` for whoever is not a member; ``droits``: the actions open, ``None`` for any.

    ``par``: the collectives whose memberships cover them.
    """

    jusqu_au: Date | None
    publics: tuple[str, ...]
    groupes: tuple[str, ...]
    droits: tuple[str, ...] | None
    par: tuple[PersonneId, ...]
    dossier: Dossier


def couverture(lues: Lues, jour: Date) -> Couverture:
    """What a person is on a day: all that the memberships they enjoy make of them."""
    ((_, _, declares), siens), _ = lues[0]
    tenues = tuple(_tenues(lues, jour))
    droits: tuple[str, ...] | None = tuple(dict.fromkeys(d for t in tenues for d in t.droits or ()))
    if declares is None or any(t.droits is None for t in tenues):
        droits = None
    return Couverture(
        jusqu_au=max((t.au for t in tenues), default=None),
        publics=tuple(dict.fromkeys(p for t in tenues for p in t.publics)) or (NON_ADHERENT,),
        groupes=tuple(dict.fromkeys(g for t in tenues for g in t.groupes)),
        droits=droits,
        par=tuple(t.par for t in tenues if t.par is not None),
        dossier=reuni(siens),
    )


def _tenues(lues: Lues, jour: Date) -> Iterator[Tenue]:
    """Their own freeze takes nothing from what others' memberships give; a sanction takes all."""
    (((sienne, candidature, declares), _), siens), collectives = lues
    if sanction(sienne, jour):
        return
    if sienne is not None and (fin := jusqu_au(sienne, jour)) is not None:
        yield _tenue(sienne, declares, fin)
    for r, adhesion in zip(_tous(siens), collectives, strict=True):
        fin = jusqu_au(adhesion, jour) if r.court(jour) else None
        if adhesion is not None and fin is not None:
            yield attrs.evolve(_tenue(adhesion, declares, fin if r.au is None else min(fin, r.au)), par=r.collectif)
    if isinstance(candidature, AdhesionDemandee) and (fin := provisoire(candidature, jour)) is not None:
        yield Tenue(publics=(PROVISOIRE,), groupes=(), droits=actions(declares, candidature.palier), au=fin)


def _tenue(adhesion: Accordee, declares: PaliersDeclares | None, au: Date) -> Tenue:
    palier = adhesion.palier
    return Tenue(publics=publics(declares, palier), groupes=adhesion.groupes, droits=actions(declares, palier), au=au)
