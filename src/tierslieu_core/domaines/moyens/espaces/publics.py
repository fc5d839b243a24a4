"""Publics: who may use a space, from a day on: tiers of membership, groups, « non-adherent »; everyone when unsaid."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.espaces.fermetures import REGIE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, evenement, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.datees import avec, en_vigueur
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace


@attrs.frozen(kw_only=True)
class Acces:
    """To whom a space is open from a day on; to everyone when nobody is named."""

    du: Date
    publics: tuple[str, ...]


TousAcces = tuple[Acces, ...]


@evenement("espaces.PublicsFixes", "Publics de {espace}, à partir du {du} : [{publics}|tous]")
class PublicsFixes:
    espace: EspaceId
    publics: tuple[str, ...]
    du: Date
    acces: TousAcces = champ("à qui l'espace est ouvert, et depuis quand : tout ce qui vaut encore")

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


@commande("espaces.FixerPublics")
class FixerPublics:
    """Dire à quels publics un espace est ouvert (paliers, groupes, « non-adherent ») ; à tous si rien n'est dit."""

    espace: EspaceId
    du: Date = champ("à partir du")
    publics: tuple[str, ...] = champ("publics admis", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if all(p.strip() for p in self.publics) else [("publics", "des noms de publics, comme « adherent »")]


@refus(
    "espaces.PublicNonAdmis",
    "{espace} n'accueille que ces publics : {publics}[ ; la personne est : {siens}|, et la personne n'en est pas].",
    "Choisissez un autre espace, ou voyez avec la conciergerie comment en faire partie.",
)
class PublicNonAdmis(Refus):
    espace: EspaceId
    publics: tuple[str, ...]
    siens: tuple[str, ...]


def _acces(_: TousAcces, fait: PublicsFixes) -> TousAcces:
    return fait.acces


acces_de = Lecture[TousAcces]("espaces.acces", (), _acces, dernier=True)


def public_non_admis(lequel: EspaceId, acces: TousAcces, le: Date, siens: Iterable[str]) -> Refus | None:
    """Why someone of these publics and groups may not use the space on a day; ``None`` when they may."""
    admis = dit.publics if (dit := en_vigueur(acces, le)) else ()
    les_siens = tuple(siens)
    if not admis or not set(admis).isdisjoint(les_siens):
        return None
    return PublicNonAdmis(espace=lequel, publics=admis, siens=les_siens)


def _lit(c: FixerPublics, _: Contexte) -> Lot[tuple[TousAcces]]:
    return lire(acces_de(espace(c.espace)))


def _fixer(c: FixerPublics, etats: tuple[TousAcces], x: Contexte) -> Issue:
    publics = tuple(dict.fromkeys(c.publics))
    avant = en_vigueur(etats[0], c.du)
    if (avant.publics if avant else ()) == publics:
        return ()
    acces = avec(etats[0], Acces(du=c.du, publics=publics), x.aujourdhui)
    return [PublicsFixes(espace=c.espace, publics=publics, du=c.du, acces=acces)]


FAITS = (PublicsFixes,)
DEMANDES = (Demande(FixerPublics, REGIE, _lit, _fixer),)
REFUS = (PublicNonAdmis,)
