"""Settings of bookings (``Reglage``): they judge nothing; a decision goes by the one that prevails that day."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, duree, liste

Precision = Literal["sujet", "usage", "participants", "inscrits"]
MOTS: dict[str, str] = {
    "sujet": "son objet", "usage": "le genre d'usage", "participants": "le nombre de participants",
    "inscrits": "qui y participe",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class MotifExige(Reglage):
    """A booking also says these."""

    NOM: ClassVar[str] = "motif_exige"
    precisions: tuple[Precision, ...] = champ("ce qu'il faut dire", default=("sujet",))
    usages: tuple[str, ...] = champ("genres d'usage admis (vide : tous)", default=())

    def phrase(self) -> str:
        quoi = liste([MOTS[p] for p in self.precisions])
        parmi = f" (usages admis : {liste(self.usages, 'ou')})" if self.usages else ""
        return f"une réservation dit aussi {quoi}{parmi}"

    def fautes(self) -> list[tuple[str, str]]:
        rien = not self.precisions and not self.usages
        return [("genre.precisions", "au moins une chose à dire, ou des usages admis")] if rien else []


@attrs.frozen(kw_only=True)
class Battement(Reglage):
    """So long before and after a use is nobody else's: to get the space ready, to tidy it up."""

    NOM: ClassVar[str] = "battement"
    avant_minutes: int = champ("avant", unite="minutes", default=0)
    apres_minutes: int = champ("après", unite="minutes", default=0)

    def phrase(self) -> str:
        return f"battement de {duree(self.avant_minutes)} avant un usage et {duree(self.apres_minutes)} après"

    def fautes(self) -> list[tuple[str, str]]:
        cotes = (("genre.avant_minutes", self.avant_minutes), ("genre.apres_minutes", self.apres_minutes))
        long = [(nom, f"un jour au plus, reçu {duree(n)}") for nom, n in cotes if n > JOUR]
        return [f for nom, n in cotes for f in positif(nom, n, 0)] + long


JOUR = 1440


@attrs.frozen(kw_only=True)
class DureeOption(Reglage):
    """An option holds a space for so long, until it is confirmed."""

    NOM: ClassVar[str] = "duree_option"
    heures: int = champ("durée d'une option", unite="heures")

    def phrase(self) -> str:
        return f"une option tient {duree(self.heures * 60)}"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.heures", self.heures)


@attrs.frozen(kw_only=True)
class Presence(Reglage):
    """Whoever has booked says on the spot that they are there, else the space is freed."""

    NOM: ClassVar[str] = "presence"
    avant_minutes: int = champ("au plus tôt, avant le début", unite="minutes", default=15)
    apres_minutes: int = champ("au plus tard, après le début", unite="minutes", default=15)

    def phrase(self) -> str:
        avant, apres = duree(self.avant_minutes), duree(self.apres_minutes)
        return f"présence à signaler de {avant} avant le début à {apres} après ; sinon l'espace se libère"

    def fautes(self) -> list[tuple[str, str]]:
        avant = positif("genre.avant_minutes", self.avant_minutes, 0)
        return [*avant, *positif("genre.apres_minutes", self.apres_minutes)]


@attrs.frozen(kw_only=True)
class Priorite(Reglage):
    """A use of a higher rank takes the place of one of a lower rank, when that one is far enough ahead."""

    NOM: ClassVar[str] = "priorite"
    rang: int = champ("rang (sans réglage : 0)")
    delai_jours: int = champ("au moins tant de jours avant ce qu'elle déplace", unite="jours", default=14)

    def phrase(self) -> str:
        quand = f"{compte(self.delai_jours, 'jour')} au moins avant"
        return f"priorité de rang {self.rang} : déplace un usage de rang moindre, {quand}"

    def fautes(self) -> list[tuple[str, str]]:
        return [*positif("genre.rang", self.rang), *positif("genre.delai_jours", self.delai_jours, 0)]


@attrs.frozen(kw_only=True)
class RappelEcheance(Reglage):
    """How long before it falls due something is told: a contract to give notice of, a training that expires…"""

    NOM: ClassVar[str] = "rappel_echeance"
    jours_avant: int = champ("jours avant l'échéance", unite="jours")

    def phrase(self) -> str:
        return f"ce qui arrive à échéance se rappelle {compte(self.jours_avant, 'jour')} avant"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours_avant", self.jours_avant, 0)
