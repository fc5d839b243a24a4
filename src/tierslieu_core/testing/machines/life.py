"""A whole life of a place: people, spaces, bookings and loans, under rules that change, on a clock that jumps."""

# ruff: noqa: S101 - it is made of assertions
from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

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
from tierslieu_core.echeancier import SansMandat, passer
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws.scope import NewPlace
from tierslieu_core.testing.machines.bookings import Bookings
from tierslieu_core.testing.machines.commun import SINCE
from tierslieu_core.testing.machines.loans import Loans
from tierslieu_core.testing.machines.people import People
from tierslieu_core.testing.machines.spaces import Spaces
from tierslieu_core.testing.spec import CAMILLE, memory_place
from tierslieu_core.vocabulaire.identifiants import RegleId

LANDMARKS = [
    Instant.from_utc(2026, 10, 24, 18),  # the clock goes back in the night, and the week ends the next day
    Instant.from_utc(2026, 10, 31, 17),  # the month ends in the night
    Instant.from_utc(2026, 12, 31, 15),  # the year
    Instant.from_utc(2027, 3, 27, 18),  # the clock goes forward in the night
]
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


class WholePlaceMachine(People, Spaces, Bookings, Loans):
    """See ``whole``."""

    reopened: ClassVar[Callable[[Lieu], Lieu]] = staticmethod(
        lambda lieu: Lieu(lieu.recorder, lieu.vault, lieu.catalogue)
    )

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

    @rule(minutes=st.sampled_from([20, 60, 60, 300, 1500]))
    def time_passes(self, minutes: int) -> None:
        """The clock goes on, and what falls due is asked for."""
        self.now = self.now.add(minutes=minutes)
        self._fall_due()

    @rule(chance=st.integers(0, 1))
    def jump(self, chance: int) -> None:
        """The next border of a week, a month or a year, or the next night in which the clock changes."""
        ahead = [at for at in LANDMARKS if at > self.now]
        if ahead and not chance:
            self.now = ahead[0]
            self._fall_due()

    def _fall_due(self) -> None:
        passage = passer(self.lieu, CAMILLE)
        assert not passage.inacheve
        assert [fault for _, fault in passage.empechees if not isinstance(fault, SansMandat)] == []
        self.look()

    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """An acknowledgement was lost: the same key again gets the same answer, and leaves nothing."""
        commande, par, cle, when, before = data.draw(st.sampled_from(self.asked), label="asked")
        head = head_of(self.lieu.recorder)
        again = self.lieu.executer(commande, par=par, cle=cle, maintenant=when)
        assert (again.verdict, again.decision, again.note) == (before.verdict, before.decision, before.note)
        assert again.evenements == before.evenements
        assert head_of(self.lieu.recorder) == head

    @rule()
    def open_again(self) -> None:
        """The process stops, and another one opens the same journal."""
        head = head_of(self.lieu.recorder)
        self.open(type(self).reopened(self.lieu))
        assert self.lieu.reprendre() == []
        assert head_of(self.lieu.recorder) == head

    @rule(data=st.data())
    def read_registers(self, data: st.DataObject) -> None:
        """Some registers are looked at."""
        known = sorted(r.nom for area in self.lieu.catalogue.domaines for r in area.registres)
        self.witness.registers.agree(self.lieu, data.draw(st.lists(st.sampled_from(known), max_size=3), label="read"))

    def teardown(self) -> None:
        """All registers agree, and the whole life replays without a difference, at both levels."""
        try:
            if not self.sound:
                return  # what was found already says more
            self.witness.registers.agree(self.lieu)
            out = {r.objet: (r.personne, r.retour) for r in self.lieu.registre("prets") if not r.perdu}
            assert out == self.witness.loans.in_hand()
            for niveau in (1, 2):
                rejeu = self.lieu.rejouer(niveau=niveau)
                assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
        finally:
            self.lieu.fermer()


def whole(
    new_place: NewPlace = memory_place, reopened: Callable[[Lieu], Lieu] = WholePlaceMachine.reopened
) -> type[WholePlaceMachine]:
    """The machine of a whole life over places that ``new_place`` opens; its ``TestCase`` is for pytest or unittest.

    ``reopened``: the same journal as another process would open it; unless told, another ``Lieu`` over it.
    """
    its = {"new_place": staticmethod(new_place), "reopened": staticmethod(reopened)}
    return type("WholePlaceMachineOn", (WholePlaceMachine,), its)
