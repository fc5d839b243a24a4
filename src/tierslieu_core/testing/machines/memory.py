"""The memory: people note, amend and withdraw; periods close; the place is handed over, or not after all."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule
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
from tierslieu_core.testing.machines.commun import ANYONE, ONE_OF_US, SINCE, Living
from tierslieu_core.testing.strategies import ZONE
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import EntreeId, PassationId, PersonneId

WORDS = ["fuite", "idée"]
SOME_WORDS = st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)
TEXTS = [Empreinte.de(b"un"), Empreinte.de(b"deux")]
TEXT = st.sampled_from(TEXTS)
RECENT = 6
"""A note, or a handover, is named by the key that made it: one of the last so many of its kind."""


class Memory(Living):
    """See the module."""

    @rule(word=st.sampled_from(WORDS), handed=st.booleans())
    def word(self, word: str, handed: bool) -> None:  # noqa: FBT001 - drawn
        """A word of the journal."""
        self.ask(DeclarerMot(mot=word, transmettre=handed))

    @rule(par=ANYONE, ago=st.integers(-1, 4), words=SOME_WORDS, handed=st.booleans(), late=st.booleans())
    def note(self, par: str, ago: int, words: tuple[str, ...], handed: bool, late: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody notes a day; sometimes from yesterday's paper."""
        since = self.now.subtract(hours=24 * max(0, ago)) if late else None
        jour = None if late else self.today.subtract(days=ago)
        self.ask(NoterEntree(texte="t", jour=jour, mots=words, transmettre=handed), par, since=since)

    @rule(n=st.integers(1, RECENT), what=st.integers(0, 4), words=SOME_WORDS, par=ANYONE)
    def come_back(self, n: int, what: int, words: tuple[str, ...], par: str) -> None:
        """A note is amended, withdrawn; or what was said of it was a mistake."""
        one = EntreeId(self._made(NoterEntree, n))
        match what:
            case 0:
                self.ask(CorrigerEntree(entree=one, motif="m"))
            case 1 | 2:
                self.ask(RetirerEntree(entree=one, motif="m"), par)
            case _:
                self.ask(AmenderEntree(entree=one, texte="t", mots=words), par)

    @rule(until=st.integers(-1, 3), undo=st.sampled_from([False, False, True]))
    def close(self, until: int, undo: bool) -> None:  # noqa: FBT001 - drawn
        """A period is closed, sometimes too early; or it was a mistake."""
        if undo:
            self.ask(CorrigerCloture(motif="m"))
            return
        before: Date | None = max((row.au for row in self.lieu.registre("archives")), default=None)
        first = SINCE.to_tz(ZONE).date() if before is None else before.next_day()
        au = self.today.subtract(days=until)
        self.ask(ClorePeriode(du=first, au=au, nombre=1, chaine=TEXTS[0], empreinte=TEXTS[1]))

    @rule(leaves=ONE_OF_US, comes=ONE_OF_US, wait=st.integers(0, 9), text=TEXT)
    def hand_over(self, leaves: PersonneId, comes: PersonneId, wait: int, text: Empreinte) -> None:
        """A handover opens."""
        self.ask(OuvrirPassation(sortant=leaves, entrant=comes, le=self.today.add(days=wait), empreinte=text))

    @rule(n=st.integers(1, 3), what=st.integers(0, 9), par=ANYONE, text=TEXT)
    def sign(self, n: int, what: int, par: str, text: Empreinte) -> None:
        """It is signed, mostly; redone, given up; or what was said of it was a mistake."""
        one = PassationId(self._made(OuvrirPassation, n))
        match what:
            case 0:
                self.ask(AbandonnerPassation(passation=one, motif="m"))
            case 1:
                self.ask(ReprendrePassation(passation=one, empreinte=text))
            case 2:
                self.ask(CorrigerPassation(passation=one, motif="m"))
            case _:
                self.ask(SignerPassation(passation=one, empreinte=text), par)

    def _made(self, kind: type, n: int) -> str:
        """The key of the n-th demand of that kind from the end; some other key when there are not so many."""
        keys = [cle for commande, _, cle, _, _ in self.asked if isinstance(commande, kind)]
        return keys[-n] if n <= len(keys) else "k-0"
