"""What a place sets of its loans: what is done of late ones, how long reservations hold, which days count."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import JOURS, compte, liste

Mesure = Literal["rappel", "avertissement", "suspension"]


@attrs.frozen(kw_only=True)
class Etape:
    """So many days late, this is done. ``duree_jours``: of a suspension."""

    jours: int = champ("à tant de jours de retard", unite="jours")
    mesure: Mesure = champ("ce qui se fait")  # noqa: RUF009 - champ() is an attrs field
    duree_jours: int = champ("durée d'une suspension", unite="jours", default=0)

    def __str__(self) -> str:
        dure = f" de {compte(self.duree_jours, 'jour')}" if self.duree_jours else ""
        return f"{self.mesure}{dure} à {compte(self.jours, 'jour')}"


@attrs.frozen(kw_only=True)
class Retards(Reglage):
    """Days of grace, then what is done of a late loan, step by step."""

    NOM: ClassVar[str] = "retards"
    grace_jours: int = champ("jours de grâce", unite="jours", default=0)
    etapes: tuple[Etape, ...] = champ("étapes, dans l'ordre", default=())

    def phrase(self) -> str:
        grace = f" après {compte(self.grace_jours, 'jour')} de grâce" if self.grace_jours else ""
        return f"retards{grace} : {liste([str(e) for e in self.etapes]) or 'rien'}"

    def fautes(self) -> list[tuple[str, str]]:
        jours = [e.jours for e in self.etapes]
        found = positif("genre.grace_jours", self.grace_jours, 0)
        if sorted(set(jours)) != jours or min(jours, default=1) < 1:
            found.append(("genre.etapes", "des jours de retard de 1 au moins, chacun plus grand que celui d'avant"))
        if any((e.mesure == "suspension") != (e.duree_jours > 0) for e in self.etapes):
            found.append(("genre.etapes", "une suspension, et elle seule, dit combien de jours elle dure"))
        return found


@attrs.frozen(kw_only=True)
class RappelAvant(Reglage):
    """A return is announced to who has the item so many days before."""

    NOM: ClassVar[str] = "rappel_avant"
    jours: int = champ("jours avant le retour", unite="jours", default=2)

    def phrase(self) -> str:
        return f"un retour s'annonce {compte(self.jours, 'jour')} avant"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours, 0)


@attrs.frozen(kw_only=True)
class PreavisRappel(Reglage):
    """Who is asked to bring an item back sooner has so many days at least; two where nothing is set."""

    NOM: ClassVar[str] = "preavis_rappel"
    jours: int = champ("jours de préavis", unite="jours", default=2)

    def phrase(self) -> str:
        return f"un objet rappelé revient au plus tôt {compte(self.jours, 'jour')} après"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours, 0)


@attrs.frozen(kw_only=True)
class TenueReservation(Reglage):
    """A reserved item that nobody fetches is held for so many days after the first; one where nothing is set."""

    NOM: ClassVar[str] = "tenue_reservation"
    jours: int = champ("jours pendant lesquels elle tient", unite="jours", default=1)

    def phrase(self) -> str:
        return f"une réservation de matériel tient {compte(self.jours, 'jour')} après son premier jour"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours, 0)


@attrs.frozen(kw_only=True)
class JoursDePret(Reglage):
    """The days of the week that count in a loan's length; public holidays count or not."""

    NOM: ClassVar[str] = "jours_de_pret"
    jours: tuple[int, ...] = champ("jours de la semaine qui comptent (lundi : 1)", default=(1, 2, 3, 4, 5, 6, 7))
    feries: bool = champ("les jours fériés comptent", default=True)

    def phrase(self) -> str:
        feries = "" if self.feries else ", jours fériés non comptés"
        return f"la durée d'un prêt se compte en : {liste([JOURS[j - 1] for j in self.jours])}{feries}"

    def fautes(self) -> list[tuple[str, str]]:
        fait = set(self.jours) and set(self.jours) <= set(range(1, 8))
        return [] if fait else [("genre.jours", "des jours de 1 (lundi) à 7 (dimanche)")]
