"""A life of a place: of one area alone, or all of it under rules that change, on a clock that jumps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from whenever import Instant

from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, AmenderRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.attente import ConfirmationAttente
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour
from tierslieu_core.domaines.cadre.regles.genres.prets import Etape, Retards
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.quantites import Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.reglages import Battement, DureeOption, Presence, Priorite
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.checks.missions import MISSIONS
from tierslieu_core.testing.laws.scope import NewPlace
from tierslieu_core.testing.machines.agreements import Agreements
from tierslieu_core.testing.machines.bookings import Bookings
from tierslieu_core.testing.machines.chores import Chores
from tierslieu_core.testing.machines.commun import SINCE
from tierslieu_core.testing.machines.contracts import Contracts
from tierslieu_core.testing.machines.drawn import Drawn
from tierslieu_core.testing.machines.equipment import Equipment
from tierslieu_core.testing.machines.learning import Learning
from tierslieu_core.testing.machines.loans import Loans
from tierslieu_core.testing.machines.meetings import Meetings
from tierslieu_core.testing.machines.memory import Memory
from tierslieu_core.testing.machines.papers import Papers
from tierslieu_core.testing.machines.passing import LANDMARKS, Passing
from tierslieu_core.testing.machines.people import People
from tierslieu_core.testing.machines.publishing import Publishing
from tierslieu_core.testing.machines.spaces import Spaces
from tierslieu_core.testing.machines.supplies import Supplies
from tierslieu_core.testing.machines.upkeep import Upkeep
from tierslieu_core.testing.spec import memory_place
from tierslieu_core.vocabulaire.identifiants import RegleId

STEPS = Etape(jours=1, mesure="rappel"), Etape(jours=3, mesure="suspension", duree_jours=10)
BOOK, LEND = Portee(actions=("reserver",)), Portee(actions=("preter",))
RULES: dict[str, tuple[Portee, tuple[Any, ...]]] = {
    "heures": (BOOK, tuple(Quota(maximum=n, unite="heures", periode=p) for n in (3, 16) for p in ("semaine", "mois"))),
    "adherents": (Portee(actions=("reserver", "preter")), (AdhesionAJour(),)),
    "valider": (
        BOOK,
        (
            Validation(par="bureau", delai_heures=6, des_minutes=121),
            Validation(par="bureau", delai_heures=6, silence="accord", des_minutes=61),
        ),
    ),
    "marges": (BOOK, (Battement(avant_minutes=15, apres_minutes=30), Battement(apres_minutes=15))),
    "options": (BOOK, (DureeOption(heures=5),)),
    "confirmer": (BOOK, (ConfirmationAttente(heures=6),)),
    "cours": (Portee(categories=("cours",)), (Priorite(rang=2, delai_jours=1),)),
    "venir": (BOOK, (Presence(avant_minutes=30, apres_minutes=30),)),
    "assez": (LEND, (Simultanes(maximum=2), Simultanes(maximum=1))),
    "retards": (Portee(), (Retards(grace_jours=1, etapes=STEPS),)),
}  # fmt: skip


class WholePlaceMachine(People, Spaces, Equipment, Bookings, Loans, Passing):
    """See ``whole``."""

    def __init__(self) -> None:
        self.inforce: dict[str, str] = {}
        super().__init__()

    @initialize(
        which=st.lists(st.sampled_from(sorted(RULES)), unique=True, max_size=4),
        n=st.integers(0, 3),
        when=st.sampled_from([SINCE, *LANDMARKS]),
    )
    def begin(self, which: list[str], n: int, when: Instant) -> None:
        """Most places have rules from the start, and let options be held; some begin on the eve of a border."""
        self.now = when
        for un in dict.fromkeys(("options", *which)):
            self.change_the_rules(un, n, repeal=False)

    @rule(which=st.sampled_from(sorted(RULES)) | st.just("heures"), n=st.integers(0, 3), repeal=st.booleans())
    def change_the_rules(self, which: str, n: int, repeal: bool) -> None:  # noqa: FBT001 - drawn
        """A rule is adopted; or another version of it, or none any more."""
        portee, kinds = RULES[which]
        un = self.inforce.get(which)
        genre, how = kinds[n % len(kinds)], dict[str, Any](du=self.today, motif="m")
        if un is not None and repeal:
            self.ask(AbrogerRegle(regle=RegleId(un), **how))
            del self.inforce[which]
            return
        self.inforce[which] = un or f"{which}-{len(self.asked)}"
        make = AdopterRegle if un is None else AmenderRegle
        self.ask(make(regle=RegleId(self.inforce[which]), genre=genre, portee=portee, **how))


AREAS: dict[str, Any] = {
    "adhesions": People, "contrats": Contracts, "conventions": Agreements, "documentation": Memory, "documents": Papers,
    "entretien": Upkeep, "espaces": Spaces, "logistique": Chores, "materiel": Equipment, "prets": Loans,
    "reservations": Bookings, "stocks": Supplies,
    **{area: type(f"Drawn{area.title()}", (Drawn,), {"area": area}) for area in MISSIONS},
    "communication": Publishing, "formations": Learning, "rencontres": Meetings,
}  # fmt: skip


def whole(
    new_place: NewPlace = memory_place, reopened: Callable[[Lieu], Lieu] = Passing.reopened
) -> type[WholePlaceMachine]:
    """The machine of a whole life over places that ``new_place`` opens; its ``TestCase`` is for pytest or unittest.

    ``reopened``: the same journal as another process would open it; unless told, another ``Lieu`` over it.
    """
    return type("WholePlaceMachineOn", (WholePlaceMachine,), _over(new_place, reopened))


def alone(
    area: str, new_place: NewPlace = memory_place, reopened: Callable[[Lieu], Lieu] = Passing.reopened
) -> type[Passing]:
    """The same of one area (``AREAS``), where nothing else is asked: what it does is not hidden by what others do."""
    return type(f"{AREAS[area].__name__}Alone", (AREAS[area], Passing), _over(new_place, reopened))


def _over(new_place: NewPlace, reopened: Callable[[Lieu], Lieu]) -> dict[str, Any]:
    return {"new_place": staticmethod(new_place), "reopened": staticmethod(reopened)}
