"""L'échéancier: asks for what falls due, each thing once, by ordinary demands. It may stop anywhere, and run twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs
from whenever import Instant

from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE
from tierslieu_core.kernel.declarations import Contexte, Refus, fiche
from tierslieu_core.kernel.errors import CleReutilisee, Conflit, DemandeInvalide, ErreurTiersLieu
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vues.a_faire import AFaire, a_faire

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu

TOURS = 100
"""What is asked may make other things fall due: so many rounds, then the rest waits for the next pass."""


class SansMandat(DemandeInvalide):
    """Whoever asks has no mandate for what is due: it is left to somebody who has."""


@attrs.frozen
class Passage:
    """One pass. ``reprises``: suites that a stopped process left unasked; ``faites``: what was asked, with its answer.

    ``bloquees``: by key, suites that fail each time, and why: what caused them stands.

    ``empechees``: what could not be asked, and why: nothing of it is recorded. ``restent``: what only a person can do.
    ``inacheve``: things kept falling due, and the rest waits for the next pass.
    """

    reprises: tuple[Reponse, ...]
    faites: tuple[tuple[AFaire, Reponse], ...]
    empechees: tuple[tuple[AFaire, ErreurTiersLieu], ...]
    restent: tuple[AFaire, ...]
    inacheve: bool = False
    bloquees: tuple[tuple[str, Exception], ...] = ()

    @property
    def reponses(self) -> list[Reponse]:
        """Every answer, in order."""
        return [*self.reprises, *(reponse for _, reponse in self.faites)]


def passer(
    lieu: Lieu,
    par: str | None = None,
    *,
    essai: bool = False,
    jusqu_au: Instant | None = None,
    progres: Callable[[int, int], None] = lambda _done, _total: None,
) -> Passage:
    """Ask for all that is due, as ``par`` (unless told, whoever is alone to be concierge).

    ``jusqu_au``: what is due until then, now unless told; in the future, for a trial only. Of several things due about
    one same thing, the oldest is asked first, and the others are looked at again: its answer may have settled them.
    """
    now = lieu.horloge()
    until = jusqu_au or now
    if until > now and not essai:
        raise DemandeInvalide("Ce qui n'est pas encore échu ne peut qu'être essayé :", [("jusqu_au", "est à venir")])
    who, then = par or seul_concierge(lieu), max(now, until) if essai else None
    reprises = () if essai else tuple(lieu.reprendre())
    faites: list[tuple[AFaire, Reponse]] = []
    empechees: list[tuple[AFaire, ErreurTiersLieu]] = []
    tried: set[str] = set()
    due: list[AFaire] = []
    waiting: list[AFaire] = []
    for tour in range(TOURS + 1):
        due = a_faire(lieu, until, then or lieu.horloge())
        waiting = [one for one in due if one.automatique and one.cle not in tried]
        if not waiting or tour == TOURS:
            break
        for one in waiting if essai else _oldest(waiting):
            try:
                faites.append((one, _asked(lieu, one, who, then, essai=essai)))
            except CleReutilisee:
                pass  # in between, somebody else's pass asked for it: the answer is theirs
            except (DemandeInvalide, Conflit) as fault:
                empechees.append((one, fault))
            tried.add(one.cle)
            progres(len(tried), len(tried.union(w.cle for w in waiting)))
    restent = tuple(one for one in due if not one.automatique)
    bloquees = tuple(lieu.handler.unfinished.items())
    return Passage(reprises, tuple(faites), tuple(empechees), restent, inacheve=bool(waiting), bloquees=bloquees)


def _oldest(waiting: list[AFaire]) -> Iterable[AFaire]:
    """Of each thing, what fell due first."""
    first: dict[str, AFaire] = {}
    for one in waiting:
        first.setdefault(one.chose, one)
    return first.values()


def _asked(lieu: Lieu, one: AFaire, par: str, quand: Instant | None, *, essai: bool) -> Reponse:
    """Ask for one thing; what ``par`` has no mandate for is left, unasked, to somebody who has."""
    now = quand or lieu.horloge()
    x = Contexte(now, now, par, one.cle, lieu.livre)
    may = lieu.livre.autorise(lieu.catalogue.demande(fiche(one.commande).nom), one.commande, x)
    if isinstance(may, Refus):
        speaker = lieu.speaker()
        raise SansMandat(f"{speaker.phrase(may)} {speaker.issue(may)}")
    return lieu.handler.execute(one.commande, par=par, cle=one.cle, maintenant=quand, essai=essai, derivee=True)


def seul_concierge(lieu: Lieu) -> str:
    """Whoever is alone to hold the concierge's mandate today, over the whole place."""
    table, today = lieu.livre.mandats, lieu.aujourdhui
    held = [m for m in table.mandats.values() if m.role == CONCIERGE and m.sur is None]
    here = sorted({m.personne for m in held if m.du <= today and table.tient_jusqu_a(m, today)})
    if len(here) == 1:
        return here[0]
    names = liste([f"{lieu.nommer('personne', one)} ({one})" for one in here])
    many = f"plusieurs personnes tiennent le mandat de concierge : {names}" if here else "personne n'est concierge"
    raise DemandeInvalide("Au nom de qui demander ce qui est échu ?", [("par", f"manque : {many}")])
