"""What each rule said of a demand: in words, why it prevailed and over which others, who made it, what lifted it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
from whenever import Date

from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import date

if TYPE_CHECKING:
    from tierslieu_core.domaines.cadre.regles.versions import Version
    from tierslieu_core.kernel.decisions import Clause
    from tierslieu_core.kernel.sentences import Namer
    from tierslieu_core.vues.recit.affaire import Affaire


@attrs.frozen
class Provenance:
    """Who recorded a rule, when and why. ``d_apres``: the human decision it comes from: which body, day, document."""

    par: str
    le: Date
    motif: str
    d_apres: str
    premiere: bool

    def __str__(self) -> str:
        faite = "adoptée" if self.premiere else "amendée"
        d_apres = f", d'après {self.d_apres}" if self.d_apres else ""
        return f"{faite} le {date(self.le)} par {self.par}{d_apres} : « {self.motif} »"


@attrs.frozen
class Ecartee:
    """A rule of the same kind that covers the demand too, and that another prevails over; ``raison``: why."""

    regle: str
    version: int
    texte: str
    raison: str

    def __str__(self) -> str:
        return f"« {self.regle} » ({self.texte}) : {self.raison}"


@attrs.frozen
class Levee:
    """The dérogation that lifts a rule: by whom, for which days, why."""

    derogation: str
    par: str
    du: Date
    au: Date
    motif: str

    def __str__(self) -> str:
        jours = f"pour le {date(self.du)}" if self.du == self.au else f"du {date(self.du)} au {date(self.au)}"
        return f"dérogation de {self.par}, {jours} : « {self.motif} »"


@attrs.frozen
class ClauseDite:
    """One rule that applied. ``phrase``: what it said; ``ici``: what it measured, when its sentence does not say so.

    ``texte``: the rule itself; ``portee``: to whom and what it applies; ``leve``: the rules to which it is an
    exception; ``fois``: how many times it said the same.
    """

    clause: Clause
    phrase: str
    ici: str = ""
    texte: str = ""
    portee: str = ""
    ecartees: tuple[Ecartee, ...] = ()
    provenance: Provenance | None = None
    derogation: Levee | None = None
    leve: tuple[str, ...] = ()
    fois: int = 1

    def __str__(self) -> str:
        return self.phrase


def clauses_dites(a: Affaire) -> tuple[ClauseDite, ...]:
    """Each clause, once: what its rule said, why it prevailed, where it comes from."""
    return tuple(
        attrs.evolve(_dite(a, clause), fois=a.decision.clauses.count(clause))
        for clause in dict.fromkeys(a.decision.clauses)
    )


def _dite(a: Affaire, clause: Clause) -> ClauseDite:
    v = a.livre.version(clause)
    phrase = a.livre.phrase(clause)
    if v is None:
        return ClauseDite(clause, phrase)
    return ClauseDite(
        clause, phrase, ici(clause, v), v.genre.phrase(), v.portee.nomme(a.speaker.nommer),
        tuple(_ecartees(a, v)), provenance(a, v), levee(a, clause), v.leve,
    )  # fmt: skip


def ici(clause: Clause, v: Version) -> str:
    """What a rule that is kept measured, where that is a number: the head of what it would say if it refused."""
    if clause.verdict != "satisfaite" or isinstance(clause.valeur, bool | str | None):
        return ""
    said, sep, _ = v.genre.refus(clause.valeur, clause.sur).partition(" ; ")
    return said if sep else ""


def _ecartees(a: Affaire, gagnante: Version) -> Iterator[Ecartee]:
    """The rules of the same kind, on the same measure and period, that covered the demand and did not prevail."""
    sur = gagnante.sur()
    for v in a.alors.reglement.en_vigueur(a.jour):
        rivale = v.regle != gagnante.regle and v.sur() == sur
        if rivale and any(v.portee.couvre(m) and gagnante.portee.couvre(m) for m in a.mesures):
            yield Ecartee(v.regle, v.version, v.genre.phrase(), raison(gagnante, v, a.speaker.nommer))


def raison(gagnante: Version, autre: Version, nommer: Namer) -> str:
    """Why one rule prevails over another of its kind."""
    if gagnante.portee.rang() > autre.portee.rang():
        return f"l'autre est plus précise ({gagnante.portee.nomme(nommer)})"
    if gagnante.du > autre.du:
        return f"l'autre est plus récente (en vigueur depuis le {date(gagnante.du)})"
    return "l'autre a été adoptée après elle"


def provenance(a: Affaire, v: Version) -> Provenance:
    """Who made this version of a rule, when and why."""
    le = a.jour_de(a.lu(v.position)[1].enregistre_le)
    d_apres = ", ".join(dit for dit in (v.source.phrase(), v.decision) if dit)
    return Provenance(a.speaker.nommer("personne", v.par), le, v.motif, d_apres, v.version == 1)


def levee(a: Affaire, clause: Clause) -> Levee | None:
    """The dérogation of a clause, as its register holds it."""
    if clause.verdict != "derogee" or "derogations" not in a.lieu.catalogue.registres:
        return None
    lignes = a.lieu.registre("derogations", filtre={"derogation": clause.derogation})
    return next((_de_ligne(a, ligne) for ligne in lignes), None)


def _de_ligne(a: Affaire, ligne: object) -> Levee:
    derogation, par, du, au = (getattr(ligne, nom) for nom in ("derogation", "par", "du", "au"))
    motif: Personnel = getattr(ligne, "motif")  # noqa: B009 - a register's row, whatever its class
    return Levee(derogation, a.speaker.nommer("personne", par), du, au, a.speaker.personal(motif))
