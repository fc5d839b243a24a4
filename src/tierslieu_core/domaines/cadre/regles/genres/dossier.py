"""Kinds that judge what a person's file holds: documents, attestations, texts accepted, majority, what a tier opens."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, vrai
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(kw_only=True)
class DocumentValide:
    """The person handed in this document, valid on the day of use."""

    NOM: ClassVar[str] = "document_valide"
    document: str = champ("document (assurance, attestation, certificat…)")

    def sur(self) -> str:
        return self.document

    def mesure(self, m: Mesures) -> Mesuree | None:
        valide = self.document in m.documents
        return Mesuree(valide, "" if valide else m.expires.get(self.document, ""))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return vrai(valeur)

    def limite(self) -> Valeur:
        return self.document

    def phrase(self) -> str:
        return f"il faut le document « {self.document} », valide ce jour-là"

    def refus(self, _: Valeur, sur: str) -> str:
        held = f"celui qui a été remis expire le {date(Date.parse_iso(sur))}" if sur else "aucun n'a été remis"
        return f"{self.phrase()} ; {held}. Il se remet à la conciergerie."

    def fautes(self) -> list[tuple[str, str]]:
        return [] if self.document else [("genre.document", "le nom d'un document, comme « assurance »")]


@attrs.frozen(kw_only=True)
class AttestationValable:
    """The finance body attests this of the person, on the day of use: yes or no is all that it ever says."""

    NOM: ClassVar[str] = "attestation"
    nature: str = champ("ce que les finances attestent (caution-deposee, cotisation-a-jour…)")

    def sur(self) -> str:
        return self.nature

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.attestations is None else Mesuree(self.nature in m.attestations)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return vrai(valeur)

    def limite(self) -> Valeur:
        return self.nature

    def phrase(self) -> str:
        return f"il faut que les finances attestent « {self.nature} », pour ce jour-là"

    def refus(self, _: Valeur, __: str) -> str:
        return f"{self.phrase()} ; ce n'est pas le cas. Voyez-le avec elles : la conciergerie n'atteste de rien."

    def fautes(self) -> list[tuple[str, str]]:
        return [] if self.nature else [("genre.nature", "ce qui est attesté, comme « caution-deposee »")]


@attrs.frozen(kw_only=True)
class ReglementAccepte:
    """The person accepted this text in its version of ``depuis``, or a later one."""

    NOM: ClassVar[str] = "reglement_accepte"
    depuis: Date = champ("version en cours, par sa date")  # noqa: RUF009 - champ() is an attrs field
    texte: str = champ("texte", default="reglement")

    def sur(self) -> str:
        return self.texte

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(m.textes.get(self.texte, ""))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, str):
            return "indeterminee"
        return "satisfaite" if valeur >= self.depuis.format_iso() else "refuse"

    def limite(self) -> Valeur:
        return self.depuis.format_iso()

    def phrase(self) -> str:
        return f"il faut avoir accepté le texte « {self.texte} », version du {date(self.depuis)} ou suivante"

    def refus(self, valeur: Valeur, _: str) -> str:
        held = f"celle du {date(Date.parse_iso(valeur))} est acceptée" if isinstance(valeur, str) and valeur else (
            "aucune ne l'est"
        )  # fmt: skip
        return f"{self.phrase()} ; {held}. Lisez la version en cours, puis acceptez-la."

    def fautes(self) -> list[tuple[str, str]]:
        return [] if self.texte else [("genre.texte", "le nom d'un texte, comme « reglement »")]


ACCOMPAGNER = (
    "Réserver : dites qui l'accompagne (--inscrits, avec une personne majeure). "
    "Prêter : seule une dérogation le permet."
)
MESURES = ("majeur", "accompagne", "seul", "mineur")


@attrs.frozen(kw_only=True)
class Majorite:
    """Minors are kept out, or come with somebody."""

    NOM: ClassVar[str] = "majorite"
    mineurs: Literal["exclus", "accompagnes"] = champ("les mineurs", default="accompagnes")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if not m.mineur:
            return Mesuree("majeur")
        return Mesuree("mineur" if m.accompagne is None else "accompagne" if m.accompagne else "seul")

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if valeur not in MESURES:
            return "indeterminee"
        if valeur == "majeur":
            return "satisfaite"
        if self.mineurs == "exclus" or valeur == "seul":
            return "refuse"
        return "satisfaite" if valeur == "accompagne" else "indeterminee"

    def limite(self) -> Valeur:
        return self.mineurs

    def phrase(self) -> str:
        exclus = self.mineurs == "exclus"
        return "réservé aux personnes majeures" if exclus else "une personne mineure vient accompagnée"

    def refus(self, valeur: Valeur, _: str) -> str:
        if self.mineurs == "exclus":
            return f"{self.phrase()} ; cette personne ne l'est pas encore. Une personne majeure peut le demander."
        seul = "aucune personne majeure parmi les inscrits" if valeur == "seul" else "rien ne dit qui l'accompagne"
        return f"{self.phrase()} ; {seul}. " + ACCOMPAGNER

    def fautes(self) -> list[tuple[str, str]]:
        return []


@attrs.frozen(kw_only=True)
class DroitDuPalier:
    """The person's tier opens this action, as the place declared its tiers."""

    NOM: ClassVar[str] = "droit_du_palier"

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(m.droits is None or m.action in m.droits, ", ".join(m.publics))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return vrai(valeur)

    def limite(self) -> Valeur:
        return True

    def phrase(self) -> str:
        return "chaque palier d'adhésion n'ouvre que les actions déclarées pour lui"

    def refus(self, _: Valeur, sur: str) -> str:
        held = f"celui de cette personne ({sur}) n'ouvre pas celle-ci"
        return f"{self.phrase()} ; {held}. Demandez un autre palier à la conciergerie."

    def fautes(self) -> list[tuple[str, str]]:
        return []
