"""Learning: sessions that fill up, places given up, people who acquired something, practise it, or let it go out."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.personnes.formations import (
    AccorderHabilitation,
    AnnulerSession,
    CloreAccompagnement,
    CorrigerAccompagnement,
    CorrigerSession,
    FixerBut,
    NoterPratique,
    OuvrirAccompagnement,
    PrendreInscription,
    ProgrammerSession,
    ProposerFormation,
    RendrePlace,
    ReviserSession,
    TenirRencontre,
    TenirSession,
)
from tierslieu_core.testing.checks.missions import MISSIONS, Mission
from tierslieu_core.testing.checks.story import Story
from tierslieu_core.testing.machines.commun import ANYONE, ASSO, ONE_OF_US, PEOPLE, Living
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.testing.strategies import ZONE
from tierslieu_core.vocabulaire.identifiants import AccompagnementId, FormationId, PersonneId, SessionId
from tierslieu_core.vocabulaire.temps import Moment

SAW, SESSIONS, PATH = FormationId("scie"), [SessionId("s-1"), SessionId("s-2")], AccompagnementId("a-1")
A_SESSION: Any = st.sampled_from(SESSIONS)
A_LEARNER, PLACES = ONE_OF_US | st.just(ASSO), st.integers(1, 3)
A_TRAINER = st.sampled_from([CAMILLE, CAMILLE, PEOPLE[2]])
WHO = st.lists(A_LEARNER, unique=True, max_size=3)
WORDS: Any = st.sampled_from([FixerBut, TenirRencontre, TenirRencontre, CloreAccompagnement, CorrigerAccompagnement])
UNUSED_DAYS = 4


class Learning(Living):
    """See the module."""

    def __init__(self) -> None:
        self.check, self.told = Mission(*MISSIONS["formations"]), Story()
        super().__init__()

    @initialize()
    def begin(self) -> None:
        """A training, a place that somebody has and two wait for, who is habilitated already, a path."""
        self.ask(ProposerFormation(formation=SAW, nom="Scie", habilitation="scie", pratique_jours=UNUSED_DAYS))
        self.programme(SESSIONS[0], 30, 1, PersonneId(CAMILLE))
        for who in PEOPLE:
            self.enrol(SESSIONS[0], who)
        self.ask(AccorderHabilitation(personne=ASSO, habilitation="scie", du=self.today, pratique_jours=UNUSED_DAYS))
        self.ask(OuvrirAccompagnement(accompagnement=PATH, personne=PEOPLE[0], accompagnant=PEOPLE[1], objet="o"))
        self.walk(FixerBut, [], PEOPLE[0])

    def look(self) -> None:
        """The witness of the whole place, then that of what is learnt."""
        super().look()
        self.sound = False
        for step in self.told.steps(self.lieu):
            self.check.see(step)
        self.sound = True

    @rule(one=A_SESSION, hours=st.integers(1, 60), places=PLACES, trainer=A_TRAINER)
    def programme(self, one: SessionId, hours: int, places: int, trainer: Any) -> None:
        """A session is announced, some hours ahead."""
        debut, fin = (Moment.de(self.now.add(hours=hours + n), ZONE) for n in (0, 2))
        self.ask(ProgrammerSession(session=one, formation=SAW, debut=debut, fin=fin, places=places, formateur=trainer))

    @rule(one=A_SESSION, who=A_LEARNER)
    def enrol(self, one: SessionId, who: PersonneId) -> None:
        """Somebody takes a place, or waits for one."""
        self.ask(PrendreInscription(session=one, personne=who))

    @rule(one=A_SESSION, who=A_LEARNER)
    def give_up(self, one: SessionId, who: PersonneId) -> None:
        """Somebody does not come any more."""
        self.ask(RendrePlace(session=one, personne=who))

    @rule(one=A_SESSION, places=st.none() | PLACES, trainer=st.none() | A_TRAINER)
    def revise(self, one: SessionId, places: int | None, trainer: Any) -> None:
        """There are more places, or fewer; somebody else trains."""
        self.ask(ReviserSession(session=one, places=places, formateur=trainer))

    @rule(one=A_SESSION, there=WHO, learnt=WHO, par=ANYONE)
    def hold(self, one: SessionId, there: Any, learnt: Any, par: str) -> None:
        """Somebody says who was there."""
        self.ask(TenirSession(session=one, presents=tuple(there), acquis=tuple(w for w in learnt if w in there)), par)

    @rule(one=A_SESSION, mistaken=st.booleans())
    def undo(self, one: SessionId, mistaken: bool) -> None:  # noqa: FBT001 - drawn
        """The last word on a session was a mistake; or it is called off."""
        self.ask((CorrigerSession if mistaken else AnnulerSession)(session=one, motif="m"))

    @rule(who=A_LEARNER, days=st.integers(0, UNUSED_DAYS + 1))
    def practise(self, who: PersonneId, days: int) -> None:
        """Some days later, somebody uses what they learnt."""
        self.now = self.now.add(hours=24 * days)
        self.ask(NoterPratique(personne=who, habilitation="scie"))

    @rule(word=WORDS, reached=st.lists(st.integers(1, 3), max_size=2), par=ANYONE)
    def walk(self, word: Any, reached: list[int], par: str) -> None:
        """A word on the path: an aim, a meeting, its end, a mistake."""
        plus: dict[Any, dict[str, Any]] = {
            FixerBut: {"but": "b", "personne": PEOPLE[0]},
            TenirRencontre: {"compte_rendu": "c", "atteints": tuple(reached), "personne": PEOPLE[0]},
            CloreAccompagnement: {"bilan": "b", "personne": PEOPLE[0]},
            CorrigerAccompagnement: {"motif": "m"},
        }
        self.ask(word(accompagnement=PATH, **plus[word]), par)
