"""Papers: documents deposited, versioned, classified, attached, read by whoever asks, closed, destroyed; corrected."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.administration.documents import (
    CloreDocument,
    CorrigerDocument,
    DeclarerClasse,
    DecrireDocument,
    DeposerDocument,
    DeposerVersion,
    DetacherDocument,
    DetruireAvantTerme,
    DetruireDocument,
    JoindreDocument,
    LireDocument,
)
from tierslieu_core.domaines.administration.documents.classe import DEPUIS
from tierslieu_core.testing.machines.commun import PEOPLE, SPACES, Living
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import DocumentId

PAPERS = [DocumentId("bail"), DocumentId("police")]
CONTENTS = [Empreinte.de(content) for content in (b"un", b"deux", b"trois")]
THINGS = [Chose("espace", SPACES[0]), Chose("personne", PEOPLE[1])]
A_PAPER, A_CONTENT, A_THING = st.sampled_from(PAPERS), st.sampled_from(CONTENTS), st.sampled_from(THINGS)
A_CLASS = st.sampled_from(["contrat", "dossier"])
READERS = st.sampled_from([("bureau",), ("inscrit",), ("soi", "coordination")])


class Papers(Living):
    """See the module."""

    @initialize(readers=READERS)
    def classify(self, readers: tuple[str, ...]) -> None:
        """Both classes are there, and a first document."""
        self.declare("contrat", readers, 1, "depot")
        self.declare("dossier", ("bureau",), 2, "cloture")
        self.deposit(PAPERS[0], CONTENTS[0], "contrat", attached=True)

    @rule(which=A_CLASS, readers=READERS, months=st.sampled_from([None, 1, 1, 2]), since=st.sampled_from([*DEPUIS]))
    def declare(self, which: str, readers: tuple[str, ...], months: int | None, since: str) -> None:
        """Who reads the documents of a class, and how long they are kept."""
        self.ask(DeclarerClasse(classe=which, nom=which, lecteurs=readers, garde_mois=months, depuis=since))  # type: ignore[arg-type]  # one of them

    @rule(paper=A_PAPER, content=A_CONTENT, which=A_CLASS, attached=st.booleans())
    def deposit(self, paper: DocumentId, content: Empreinte, which: str, attached: bool) -> None:  # noqa: FBT001 - drawn
        """A document comes; or, when it is there, another version of it."""
        self.ask(DeposerVersion(document=paper, empreinte=content, taille=12))
        joint_a = (THINGS[0],) if attached else ()
        self.ask(
            DeposerDocument(document=paper, nom="Titre", classe=which, empreinte=content, taille=12, joint_a=joint_a)
        )

    @rule(paper=A_PAPER, thing=A_THING, which=A_CLASS, what=st.integers(0, 3))
    def arrange(self, paper: DocumentId, thing: Chose, which: str, what: int) -> None:
        """It goes with something, or not any more, or into another class."""
        match what:
            case 0 | 1:
                self.ask(JoindreDocument(document=paper, chose=thing))
            case 2:
                self.ask(DetacherDocument(document=paper, chose=thing))
            case _:
                self.ask(DecrireDocument(document=paper, classe=which))

    @rule(paper=A_PAPER, par=st.sampled_from([CAMILLE, *PEOPLE]))
    def read(self, paper: DocumentId, par: str) -> None:
        """Somebody asks to read it."""
        self.ask(LireDocument(document=paper), par)

    @rule(paper=A_PAPER, days=st.sampled_from([0, 0, 3, -1]), mistaken=st.booleans())
    def end(self, paper: DocumentId, days: int, mistaken: bool) -> None:  # noqa: FBT001 - drawn
        """It is of no more use; or the last that was said of it is a mistake."""
        if mistaken:
            self.ask(CorrigerDocument(document=paper, motif="m"))
        else:
            self.ask(CloreDocument(document=paper, le=self.today.subtract(days=days)))

    @rule(paper=A_PAPER, days=st.sampled_from([0, 1, 30, 31, 32, 62, None]))
    def destroy(self, paper: DocumentId, days: int | None) -> None:
        """A month goes by, or two; somebody would destroy it; or it cannot wait."""
        if days is None:
            self.ask(DetruireAvantTerme(document=paper, motif="m"))
        else:
            self.now = self.now.add(hours=24 * days)
            self.ask(DetruireDocument(document=paper))
