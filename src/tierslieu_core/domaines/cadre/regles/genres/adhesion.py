"""Settings of memberships: provisional rights, tacit admission, hearings, freezes, households, reminders."""

from __future__ import annotations

from typing import ClassVar

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte


@attrs.frozen(kw_only=True)
class DroitsProvisoires(Reglage):
    """Whoever asks to join counts as a member, of the public ``provisoire``, while their demand is examined."""

    NOM: ClassVar[str] = "droits_provisoires"
    jours: int = champ("durée au plus", unite="jours")

    def phrase(self) -> str:
        return f"qui demande à adhérer en a les droits, à titre provisoire, {compte(self.jours, 'jour')} au plus"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours)


@attrs.frozen(kw_only=True)
class AdmissionTacite(Reglage):
    """The place's silence on a demand to join is a yes, after a delay. ``palier``: the one asked for, unless told."""

    NOM: ClassVar[str] = "admission_tacite"
    delai_jours: int = champ("délai d'examen", unite="jours")
    duree_jours: int = champ("durée de l'adhésion", unite="jours", default=365)
    palier: str | None = champ("palier, au lieu de celui demandé", default=None)

    def phrase(self) -> str:
        palier = f", au palier « {self.palier} »" if self.palier else ""
        duree, delai = compte(self.duree_jours, "jour"), compte(self.delai_jours, "jour")
        return f"une demande d'adhésion sans réponse après {delai} est admise{palier}, pour {duree}"

    def fautes(self) -> list[tuple[str, str]]:
        return [*positif("genre.delai_jours", self.delai_jours, 0), *positif("genre.duree_jours", self.duree_jours)]


@attrs.frozen(kw_only=True)
class DelaiAudition(Reglage):
    """How long before a hearing its person is told of it."""

    NOM: ClassVar[str] = "delai_audition"
    jours: int = champ("délai au moins", unite="jours")

    def phrase(self) -> str:
        return f"une audition se convoque au moins {compte(self.jours, 'jour')} avant"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours, 0)


@attrs.frozen(kw_only=True)
class DureeGel(Reglage):
    """How long a member may freeze a membership at once."""

    NOM: ClassVar[str] = "duree_gel"
    maximum_jours: int = champ("durée au plus", unite="jours")

    def phrase(self) -> str:
        return f"une adhésion se gèle {compte(self.maximum_jours, 'jour')} au plus"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum_jours", self.maximum_jours)


@attrs.frozen(kw_only=True)
class TailleCollectif(Reglage):
    """How many persons the membership of a household or an association may cover at once."""

    NOM: ClassVar[str] = "taille_collectif"
    maximum: int = champ("personnes couvertes au plus")

    def phrase(self) -> str:
        return f"l'adhésion d'un collectif couvre {compte(self.maximum, 'personne')} au plus"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum", self.maximum)


@attrs.frozen(kw_only=True)
class RappelAdhesion(Reglage):
    """How long before the end of a membership, or of a document, somebody tells its person."""

    NOM: ClassVar[str] = "rappel_adhesion"
    jours_avant: int = champ("jours avant l'échéance", unite="jours", default=30)

    def phrase(self) -> str:
        return f"une adhésion ou un document qui expire se rappelle {compte(self.jours_avant, 'jour')} avant"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours_avant", self.jours_avant, 0)
