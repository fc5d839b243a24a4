"""The memory: people note, amend and withdraw; periods close; the place is handed over, or not after all."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from whenever import Date

from tierslieu_core.domaines.cadre.archives import ClorePeriode, CorrigerCloture
from tierslieu_core.domaines.memoire.documentation import (
    AbandonnerPassation,
    AmenderEntree,
    CorrigerEntree,
    CorrigerPassation,
    DeclarerMot,
    NoterEntree,
    OuvrirPassation,
    ReprendrePassation,
    RetirerEntree,
    SignerPassation,
)
from tierslieu_core.testing.machines.commun import ANYONE, ONE_OF_US, PEOPLE, SINCE, Living
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.testing.strategies import ZONE
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import EntreeId, PassationId, PersonneId

WORDS = ["fuite", "idée"]
SOME_WORDS = st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)
TEXTS = [Empreinte.de(b"un"), Empreinte.de(b"deux")]
TEXT = st.sampled_from(TEXTS)
WHICH = st.integers(0, 5)
"""A note, or a handover, is named by the key that made it: which one, from the last."""


class Memory(Living):
    """See the module."""

    @initialize(handed=st.booleans())
    def begin_to_write(self, handed: bool) -> None:  # noqa: FBT001 - drawn
        """A word of the journal, a note of each, a handover."""
        self.word(WORDS[0], handed)
        for par in (CAMILLE, *PEOPLE):
            self.ask(NoterEntree(texte="t", mots=(WORDS[0],)), par)
        self.hand_over(PEOPLE[0], PEOPLE[1], 3, TEXTS[0])

    @rule(word=st.sampled_from(WORDS), handed=st.booleans())
    def word(self, word: str, handed: bool) -> None:  # noqa: FBT001 - drawn
        """A word of the journal."""
        self.ask(DeclarerMot(mot=word, transmettre=handed))

    @rule(par=ANYONE, ago=st.integers(-1, 4), words=SOME_WORDS, handed=st.booleans())
    def note(self, par: str, ago: int, words: tuple[str, ...], handed: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody notes a day; and, from a paper of that day, the concierge does."""
        self.ask(NoterEntree(texte="t", jour=self.today.subtract(days=ago), mots=words, transmettre=handed), par)
        self.ask(NoterEntree(texte="t", mots=words), since=self.now.subtract(hours=24 * max(0, ago)))

    @rule(which=WHICH, words=SOME_WORDS, par=ANYONE, handed=st.booleans())
    def amend(self, which: int, words: tuple[str, ...], par: str, handed: bool) -> None:  # noqa: FBT001 - drawn
        """A note is amended, by its author or by somebody else."""
        one = EntreeId(self._made(NoterEntree, which))
        self.ask(AmenderEntree(entree=one, texte="t", mots=words, transmettre=handed), par)

    @rule(which=WHICH, par=ANYONE, mistaken=st.booleans())
    def withdraw(self, which: int, par: str, mistaken: bool) -> None:  # noqa: FBT001 - drawn
        """A note is withdrawn; or what was said of it was a mistake."""
        one = EntreeId(self._made(NoterEntree, which))
        self.ask(RetirerEntree(entree=one, motif="m"), par)
        if mistaken:
            self.ask(CorrigerEntree(entree=one, motif="m"))

    @rule(until=st.integers(0, 2), undo=st.sampled_from([False, False, True]))
    def close(self, until: int, undo: bool) -> None:  # noqa: FBT001 - drawn
        """The next day, a period is closed, sometimes too early, or by mistake; then somebody comes late with notes."""
        self.now = self.now.add(hours=24)
        before: Date | None = max((row.au for row in self.lieu.registre("archives")), default=None)
        first = SINCE.to_tz(ZONE).date() if before is None else before.next_day()
        au = self.today.subtract(days=until)
        self.ask(ClorePeriode(du=first, au=au, nombre=1, chaine=TEXTS[0], empreinte=TEXTS[1]))
        if undo:
            self.ask(CorrigerCloture(motif="m"))
        for hours in (24, 48):
            self.ask(NoterEntree(texte="t"), since=self.now.subtract(hours=hours))
        self.ask(NoterEntree(texte="t", jour=self.today.prev_day()))

    @rule(leaves=ONE_OF_US, comes=ONE_OF_US, wait=st.integers(0, 9), text=TEXT)
    def hand_over(self, leaves: PersonneId, comes: PersonneId, wait: int, text: Empreinte) -> None:
        """A handover opens."""
        self.ask(OuvrirPassation(sortant=leaves, entrant=comes, le=self.today.add(days=wait), empreinte=text))

    @rule(which=WHICH, by=st.lists(ANYONE, min_size=1, max_size=4), text=TEXT)
    def sign(self, which: int, by: list[str], text: Empreinte) -> None:
        """Some sign it, or try to."""
        one = PassationId(self._made(OuvrirPassation, which))
        for par in by:
            self.ask(SignerPassation(passation=one, empreinte=text), par)

    @rule(which=WHICH, what=st.integers(0, 2), text=TEXT)
    def think_again(self, which: int, what: int, text: Empreinte) -> None:
        """It is given up, or redone; or what was said of it was a mistake."""
        one = PassationId(self._made(OuvrirPassation, which))
        if what == 0:
            self.ask(AbandonnerPassation(passation=one, motif="m"))
        elif what == 1:
            self.ask(ReprendrePassation(passation=one, empreinte=text))
        else:
            self.ask(CorrigerPassation(passation=one, motif="m"))

    def _made(self, kind: type, which: int) -> str:
        """The key of a demand of that kind that was accepted."""
        keys = [cle for commande, _, cle, _, said in self.asked if isinstance(commande, kind) and said.evenements]
        return keys[-1 - which % len(keys)]
