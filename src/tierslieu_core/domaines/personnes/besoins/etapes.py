"""Les étapes d'un besoin (P4, S1): expressed by whoever has it, grouped, answered, set aside and why, reopened."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.domaines.personnes.besoins.besoin import (
    CYCLE,
    OUVERTS,
    BesoinDejaExprime,
    BesoinEcarte,
    BesoinExprime,
    BesoinGroupe,
    BesoinRepondu,
    BesoinRouvert,
    Fait,
    Origine,
    besoin_de,
    dernier_fait,
    mesure,
    pas_la,
)
from tierslieu_core.domaines.personnes.besoins.soutien import SoutienApporte
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    champ,
    commande,
    nouveau,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import (
    ActiviteId,
    BesoinId,
    FormationId,
    PartenariatId,
    PersonneId,
    PublicId,
    ServiceId,
)
from tierslieu_core.vocabulaire.identifiants import besoin as etiquette
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("besoins.ExprimerBesoin")
class ExprimerBesoin:
    """Exprimer un besoin : le sien, celui d'un public, ou celui du territoire ; nul n'a à être adhérent, ni inscrit."""

    besoin: BesoinId = nouveau("besoin, en un mot")
    nom: str = champ("besoin, en une phrase")
    origine: Origine = champ("de qui il vient", default="public")
    publics: tuple[PublicId, ...] = champ("quels publics", default=())
    personne: PersonneId | None = champ("qui l'exprime, si le lieu connaît cette personne", default=None)
    detail: Personnel | None = personnel("ce qui en est dit", qui="par", conservation="besoin", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        de_qui = self.publics or self.personne or self.origine == "territoire"
        return [] if de_qui else [("publics", "un public au moins, ou qui l'exprime, ou l'origine « territoire »")]


@commande("besoins.GrouperBesoins")
class GrouperBesoins:
    """Réunir plusieurs besoins en un seul ; qui les soutenait soutient celui-là."""

    besoins: tuple[BesoinId, ...] = champ("besoins à réunir")
    dans: BesoinId = champ("le besoin qui les dit tous")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if not self.besoins:
            return [("besoins", "un besoin au moins")]
        return [("dans", "un autre que ceux qu'il réunit")] if self.dans in self.besoins else []


@commande("besoins.RepondreBesoin")
class RepondreBesoin:
    """Dire ce qui répond à un besoin : une activité, un service, une formation, un partenariat."""

    besoin: BesoinId
    activite: ActiviteId | None = champ("l'activité qui y répond", default=None)
    service: ServiceId | None = champ("le service qui y répond", default=None)
    formation: FormationId | None = champ("la formation qui y répond", default=None)
    partenariat: PartenariatId | None = champ("le partenariat qui y répond", default=None)
    comment: Personnel | None = personnel("en quoi cela y répond", qui="par", conservation="besoin", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        dites = (self.activite, self.service, self.formation, self.partenariat)
        return [] if any(dites) else [("activite", "une activité, un service, une formation ou un partenariat")]


@commande("besoins.EcarterBesoin")
class EcarterBesoin:
    """Écarter un besoin, avec un motif ; il peut se rouvrir."""

    besoin: BesoinId
    motif: Personnel = personnel("motif", qui="par", conservation="besoin")


@commande("besoins.RouvrirBesoin")
class RouvrirBesoin:
    """Rouvrir un besoin écarté, ou auquel la réponse ne suffit plus."""

    besoin: BesoinId
    motif: Personnel = personnel("motif", qui="par", conservation="besoin")


@commande("besoins.CorrigerBesoin")
class CorrigerBesoin:
    """Corriger le dernier fait d'un besoin, enregistré par erreur."""

    besoin: BesoinId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Any, ...]
"""Where each need stands, in the order in which the demand names them."""


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return Lot((besoin_de(etiquette(c.besoin)),))


def _exprimer(c: ExprimerBesoin, etats: Etats, _: Contexte) -> Issue:
    """Whoever says it is the first to support it."""
    deja, dit = etats[0], vers(BesoinExprime, c)
    if deja is not None:
        return () if deja == dit else BesoinDejaExprime(nom=deja.nom)
    return [dit] if c.personne is None else [dit, SoutienApporte(besoin=c.besoin, personne=c.personne)]


def _lit_grouper(c: GrouperBesoins, _: Contexte) -> Lot[Etats]:
    return Lot(tuple(besoin_de(etiquette(un)) for un in (c.dans, *dict.fromkeys(c.besoins))))


def _grouper(c: GrouperBesoins, etats: Etats, _: Contexte) -> Issue:
    dans, *autres = etats
    if not isinstance(dans, OUVERTS):
        return pas_la(c.dans, dans, "rejoint par d'autres", OUVERTS)
    groupes = []
    for lequel, b in zip(dict.fromkeys(c.besoins), autres, strict=True):
        if isinstance(b, BesoinGroupe) and b.dans == c.dans:
            continue
        if not isinstance(b, OUVERTS):
            return pas_la(lequel, b, "groupé", OUVERTS)
        groupes.append(vers(BesoinGroupe, b, dans=c.dans))
    return groupes


def _repondre(c: RepondreBesoin, etats: Etats, _: Contexte) -> Issue:
    b = etats[0]
    dites = {nom: getattr(c, nom) for nom in ("activite", "service", "formation", "partenariat")}
    if isinstance(b, BesoinRepondu) and dites == {nom: getattr(b, nom) for nom in dites}:
        return ()
    return _avancer(BesoinRepondu, c.besoin, b, **dites, comment=c.comment)


def _ecarter(c: EcarterBesoin, etats: Etats, _: Contexte) -> Issue:
    b = etats[0]
    return () if isinstance(b, BesoinEcarte) else _avancer(BesoinEcarte, c.besoin, b, motif=c.motif)


def _rouvrir(c: RouvrirBesoin, etats: Etats, _: Contexte) -> Issue:
    b = etats[0]
    return () if isinstance(b, BesoinRouvert) else _avancer(BesoinRouvert, c.besoin, b, motif=c.motif)


def _avancer(nature: type[Fait], lequel: BesoinId, b: Fait | None, **change: Any) -> Issue:
    """The next step, if it may follow."""
    if b is None or not CYCLE.permet(nature, b):
        return pas_la(lequel, b, CYCLE.mots[nature], CYCLE.apres[nature])
    return [vers(nature, b, **change)]


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

QUI = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(ExprimerBesoin, QUI | {SOI}, _lit, _exprimer, mesure("exprimer_besoin")),
    Demande(GrouperBesoins, QUI, _lit_grouper, _grouper),
    Demande(RepondreBesoin, QUI, _lit, _repondre),
    Demande(EcarterBesoin, QUI, _lit, _ecarter),
    Demande(RouvrirBesoin, QUI, _lit, _rouvrir),
    correction(CorrigerBesoin, QUI, dernier_fait, lambda c: etiquette(c.besoin)),
)
