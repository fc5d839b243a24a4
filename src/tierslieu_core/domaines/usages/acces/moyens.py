"""Moyens d'accès (R2): keys, badges and codes; in whose hands, against a signature; lost ones open until changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.usages.profil import Profil, mesures_de, profil_de
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, MoyenId, PersonneId, espace, personne
from tierslieu_core.vocabulaire.identifiants import moyen as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import vers

Nature = Literal["clé", "badge", "code"]

# ── événements : chacun dit le moyen tout entier, et qui le tient ───────────────────────────────────────────────────


def _etiquettes(fait: Any) -> Iterable[str]:
    return etiquette(fait.moyen), *((personne(fait.personne),) if fait.personne else ())


@evenement("acces.MoyenDeclare", "{nom} ({nature}) ouvre : {ouvre}")
class MoyenDeclare:
    moyen: MoyenId
    nom: str
    nature: Nature
    ouvre: tuple[EspaceId, ...]
    tenants: tuple[PersonneId, ...] = champ("qui le tient, désormais")
    perdu: bool = False

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.moyen),)


@evenement("acces.MoyenRemis", "{personne} reçoit, contre signature : {nom}[, jusqu'au {jusqu_au}]")
class MoyenRemis:
    moyen: MoyenId
    nom: str
    nature: Nature
    ouvre: tuple[EspaceId, ...]
    personne: PersonneId
    jusqu_au: Date | None
    tenants: tuple[PersonneId, ...]
    perdu: bool = False

    etiquettes = _etiquettes


@evenement("acces.MoyenRendu", "{personne} rend : {nom}")
class MoyenRendu:
    moyen: MoyenId
    nom: str
    nature: Nature
    ouvre: tuple[EspaceId, ...]
    personne: PersonneId
    tenants: tuple[PersonneId, ...]
    perdu: bool = False

    etiquettes = _etiquettes


@evenement("acces.MoyenPerdu", "{personne} a perdu : {nom}[ ({constat})]")
class MoyenPerdu:
    moyen: MoyenId
    nom: str
    nature: Nature
    ouvre: tuple[EspaceId, ...]
    personne: PersonneId
    tenants: tuple[PersonneId, ...]
    perdu: bool = True
    constat: Personnel | None = personnel(qui="personne", conservation="acces")

    etiquettes = _etiquettes


@evenement("acces.MoyenChange", "La serrure ou le code est changé : {nom} n'ouvre plus à qui l'avait")
class MoyenChange:
    moyen: MoyenId
    nom: str
    nature: Nature
    ouvre: tuple[EspaceId, ...]
    personne: PersonneId | None = None
    tenants: tuple[PersonneId, ...] = ()
    perdu: bool = False
    avant: tuple[PersonneId, ...] = champ("qui le tenait")

    def etiquettes(self) -> Iterable[str]:
        return etiquette(self.moyen), *(personne(un) for un in self.avant)


Fait = MoyenDeclare | MoyenRemis | MoyenRendu | MoyenPerdu | MoyenChange

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("acces.DeclarerMoyen")
class DeclarerMoyen:
    """Déclarer une clé, un badge ou un code, et ce qu'il ouvre ; jamais le secret d'un code."""

    moyen: MoyenId = nouveau("moyen d'accès, en un mot")
    nom: str = champ("nom ; jamais le code lui-même")
    nature: Nature = champ("clé, badge ou code")
    ouvre: tuple[EspaceId, ...] = champ("espaces qu'il ouvre")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        secret = self.nature == "code" and any(mot.isdecimal() for mot in self.nom.split())
        found = [("nom", "le code lui-même ne s'écrit jamais ici : donnez-lui un nom")] if secret else []
        return found if self.ouvre else [*found, ("ouvre", "au moins un espace")]


@commande("acces.RemettreMoyen")
class RemettreMoyen:
    """Remettre une clé, un badge ou un code à une personne, contre sa signature."""

    moyen: MoyenId
    personne: PersonneId
    signe: bool = champ("la personne a signé", default=False)
    jusqu_au: Date | None = champ("à rendre le", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if self.signe else [("signe", "un moyen d'accès se remet contre signature : faites signer d'abord")]


@commande("acces.RendreMoyen")
class RendreMoyen:
    """Recevoir en retour une clé, un badge, ou l'engagement de ne plus se servir d'un code."""

    moyen: MoyenId
    personne: PersonneId


@commande("acces.DeclarerMoyenPerdu")
class DeclarerMoyenPerdu:
    """Dire qu'une clé, un badge ou un code est perdu : il ouvre tant que la serrure n'est pas changée."""

    moyen: MoyenId
    personne: PersonneId
    constat: Personnel | None = personnel("ce qui s'est passé", qui="personne", conservation="acces", default=None)


@commande("acces.ChangerMoyen")
class ChangerMoyen:
    """Dire que la serrure ou le code est changé : ce moyen n'ouvre plus à qui l'avait."""

    moyen: MoyenId


@commande("acces.CorrigerMoyen")
class CorrigerMoyen:
    """Corriger le dernier fait d'un moyen d'accès, enregistré par erreur."""

    moyen: MoyenId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "acces.MoyenAbsent",
    "Le moyen d'accès « {moyen} » fut enregistré par erreur : il n'y a plus rien sous ce nom court.",
    "Déclarez-le (acces.DeclarerMoyen).",
)
class MoyenAbsent(Refus):
    moyen: str


@refus("acces.MoyenEnMain", "{nom} est déjà chez {personne}.", "Demandez-en d'abord le retour (acces.RendreMoyen).")
class MoyenEnMain(Refus):
    nom: str
    personne: PersonneId


@refus(
    "acces.MoyenPasEnMain",
    "{personne} ne tient pas {nom}.",
    "Voyez qui le tient : tierslieu registre acces.",
)
class MoyenPasEnMain(Refus):
    nom: str
    personne: PersonneId


@refus(
    "acces.MoyenAChanger",
    "{nom} : perte déclarée ; quelqu'un pourrait entrer avec.",
    "Changez la serrure ou le code, puis dites-le (acces.ChangerMoyen).",
)
class MoyenAChanger(Refus):
    nom: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _moyen(_: Fait | None, fait: MoyenDeclare | MoyenRemis | MoyenRendu | MoyenPerdu | MoyenChange) -> Fait | None:
    return fait


def _dernier(
    _: Read | None, fait: MoyenDeclare | MoyenRemis | MoyenRendu | MoyenPerdu | MoyenChange, note: Note
) -> Read | None:
    return fait, note


moyen_de = Lecture[Fait | None]("acces.moyen", None, _moyen, dernier=True)
dernier_fait = Lecture[Read | None]("acces.dernier_fait_moyen", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(moyen_de(etiquette(c.moyen)))


def _declarer(c: DeclarerMoyen, etats: Etats, _: Contexte) -> Issue:
    m = etats[0]
    dit = vers(MoyenDeclare, c, tenants=m.tenants if m else (), perdu=bool(m and m.perdu))
    meme = m is not None and (m.nom, m.nature, m.ouvre) == (dit.nom, dit.nature, dit.ouvre)
    return () if meme else [dit]


def _lit_remettre(c: RemettreMoyen, x: Contexte) -> Lot[tuple[Etats, Profil]]:
    return _lit(c, x).avec(profil_de(c.personne, x))


def _remettre(c: RemettreMoyen, etats: tuple[Etats, Profil], _: Contexte) -> Issue:
    m = etats[0][0]
    if m is None:
        return MoyenAbsent(moyen=c.moyen)
    if c.personne in m.tenants:
        return ()
    if m.perdu:
        return MoyenAChanger(nom=m.nom)
    if m.tenants and m.nature != "code":
        return MoyenEnMain(nom=m.nom, personne=m.tenants[0])
    return [vers(MoyenRemis, m, personne=c.personne, jusqu_au=c.jusqu_au, tenants=(*m.tenants, c.personne))]


def _mesure(c: RemettreMoyen, etats: tuple[Etats, Profil], x: Contexte) -> Mesures:
    """What rules judge: who they are, what it opens."""
    m = etats[0][0]
    lieux = tuple(map(espace, m.ouvre)) if m else ()
    return mesures_de(c.personne, etats[1], x.aujourdhui, action="remettre_cle", lieux=lieux)


def _sans(m: Fait, qui: PersonneId) -> tuple[PersonneId, ...]:
    return tuple(un for un in m.tenants if un != qui)


def _rendre(c: RendreMoyen, etats: Etats, _: Contexte) -> Issue:
    m = etats[0]
    if m is None:
        return MoyenAbsent(moyen=c.moyen)
    if c.personne not in m.tenants:
        deja = isinstance(m, MoyenRendu) and m.personne == c.personne
        return () if deja else MoyenPasEnMain(nom=m.nom, personne=c.personne)
    return [vers(MoyenRendu, m, personne=c.personne, tenants=_sans(m, c.personne))]


def _perdre(c: DeclarerMoyenPerdu, etats: Etats, _: Contexte) -> Issue:
    m = etats[0]
    if m is None:
        return MoyenAbsent(moyen=c.moyen)
    if c.personne not in m.tenants:
        deja = isinstance(m, MoyenPerdu) and m.personne == c.personne
        return () if deja else MoyenPasEnMain(nom=m.nom, personne=c.personne)
    dit = vers(MoyenPerdu, m, personne=c.personne, tenants=_sans(m, c.personne), constat=c.constat, perdu=True)
    return [dit]


def _changer(c: ChangerMoyen, etats: Etats, _: Contexte) -> Issue:
    m = etats[0]
    if m is None:
        return MoyenAbsent(moyen=c.moyen)
    rien = not m.tenants and not m.perdu
    return () if rien else [vers(MoyenChange, m, personne=None, tenants=(), perdu=False, avant=m.tenants)]


QUI = frozenset({"concierge", "coordination", "regie"})
FAITS = (MoyenDeclare, MoyenRemis, MoyenRendu, MoyenPerdu, MoyenChange)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(DeclarerMoyen, QUI, _lit, _declarer),
    Demande(RemettreMoyen, QUI, _lit_remettre, _remettre, _mesure),
    Demande(RendreMoyen, QUI, _lit, _rendre),
    Demande(DeclarerMoyenPerdu, QUI | {"soi"}, _lit, _perdre),
    Demande(ChangerMoyen, QUI, _lit, _changer),
    correction(CorrigerMoyen, QUI, dernier_fait, lambda c: etiquette(c.moyen)),
)
REFUS = (MoyenAbsent, MoyenEnMain, MoyenPasEnMain, MoyenAChanger)
IDENTIFIANTS = (Identifiant(MoyenId, MoyenDeclare, (MoyenDeclare,)),)
