"""Un partenariat (PA2), public, privé ou citoyen: contact, agreement, what each side owes, review, end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.projets.partenariats.axes import Axe, axe_de, ferme
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
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
from tierslieu_core.vocabulaire.identifiants import ActeurId, AxeId, DocumentId, PartenariatId, PersonneId, axe
from tierslieu_core.vocabulaire.identifiants import partenariat as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import ordre
from tierslieu_core.vocabulaire.vie import vers

Nature = Literal["public", "privé", "citoyen"]
Cote = Literal["lieu", "partenaire"]

# ── ce qu'un partenariat est, et ce qu'il engage ────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Partenaire:
    """Whom it is with, for which axis, and who follows it here."""

    nom: str
    nature: Nature
    axe: AxeId | None
    acteur: ActeurId | None
    personne: PersonneId

    def __str__(self) -> str:
        return self.nom


@attrs.frozen(kw_only=True)
class Engagement:
    """What one side owes; ``pour_le``: by when; ``tenu``: whether it did, once somebody said."""

    nom: str
    cote: Cote = champ("qui s'engage")  # noqa: RUF009 - champ() is an attrs field
    pour_le: Date | None = champ("pour le", default=None)  # noqa: RUF009 - champ() is an attrs field
    tenu: bool | None = None


@attrs.frozen(kw_only=True)
class Convention:
    """What both signed: from when to when, what each owes, and its document."""

    du: Date
    au: Date
    engagements: tuple[Engagement, ...]
    document: DocumentId | None


# ── événements : chacun dit le partenariat tout entier ──────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.partenariat),)


@evenement("partenariats.ContactNoue", "Contact avec {partenaire}")
class ContactNoue:
    partenariat: PartenariatId
    partenaire: Partenaire

    etiquettes = _etiquettes


@evenement("partenariats.ConventionSignee", "{partenaire} et le lieu signent une convention, du {du} au {au}")
class ConventionSignee:
    partenariat: PartenariatId
    partenaire: Partenaire
    convention: Convention
    du: Date
    au: Date

    etiquettes = _etiquettes


@evenement("partenariats.EngagementConstate", "{partenaire} : « {engagement} », {comment}")
class EngagementConstate:
    partenariat: PartenariatId
    partenaire: Partenaire
    convention: Convention
    engagement: str
    comment: Literal["tenu", "non tenu"]

    etiquettes = _etiquettes


@evenement("partenariats.PartenariatEvalue", "Bilan du partenariat avec {partenaire} : {bilan}")
class PartenariatEvalue:
    partenariat: PartenariatId
    partenaire: Partenaire
    convention: Convention
    bilan: Personnel = personnel(qui="par", conservation="partenariat")

    etiquettes = _etiquettes


@evenement("partenariats.PartenariatClos", "Le partenariat avec {partenaire} prend fin le {le} : {motif}")
class PartenariatClos:
    partenariat: PartenariatId
    partenaire: Partenaire
    le: Date
    motif: Personnel = personnel(qui="par", conservation="partenariat")

    etiquettes = _etiquettes


Fait = ContactNoue | ConventionSignee | EngagementConstate | PartenariatEvalue | PartenariatClos
EnConvention = ConventionSignee | EngagementConstate | PartenariatEvalue

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("partenariats.NouerContact")
class NouerContact:
    """Nouer un contact en vue d'un partenariat, ou dire autrement avec qui, pour quel axe, qui le suit."""

    partenariat: PartenariatId = nouveau("partenariat, en un mot")
    nom: str = champ("nom du partenaire")
    nature: Nature = champ("nature")
    personne: PersonneId = champ("qui le suit")
    axe: AxeId | None = champ("axe de la stratégie", default=None)
    acteur: ActeurId | None = champ("acteur recensé", default=None)


@commande("partenariats.SignerConvention")
class SignerConvention:
    """Signer une convention avec un partenaire : ses dates, ce à quoi chacun s'engage ; ou la renouveler."""

    partenariat: PartenariatId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    engagements: tuple[Engagement, ...] = champ("ce à quoi chacun s'engage", default=())
    document: DocumentId | None = champ("document signé", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        noms = [un.nom for un in self.engagements]
        deux = [("engagements", f"« {nom} » y est deux fois") for nom in sorted({n for n in noms if noms.count(n) > 1})]
        return [*ordre(self.du, self.au), *deux]


@commande("partenariats.ConstaterEngagement")
class ConstaterEngagement:
    """Constater qu'un engagement d'une convention est tenu, ou ne l'est pas."""

    partenariat: PartenariatId
    engagement: str = champ("nom de l'engagement")
    tenu: bool


@commande("partenariats.EvaluerPartenariat")
class EvaluerPartenariat:
    """Faire le bilan d'un partenariat, avant de le renouveler ou d'y mettre fin."""

    partenariat: PartenariatId
    bilan: Personnel = personnel("ce qu'il a donné à chacun", qui="par", conservation="partenariat")


@commande("partenariats.ClorePartenariat")
class ClorePartenariat:
    """Mettre fin à un partenariat, ou à un contact qui n'a rien donné."""

    partenariat: PartenariatId
    le: Date = champ("dernier jour")
    motif: Personnel = personnel("pourquoi", qui="par", conservation="partenariat")


@commande("partenariats.CorrigerPartenariat")
class CorrigerPartenariat:
    """Corriger le dernier fait d'un partenariat, enregistré par erreur."""

    partenariat: PartenariatId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "partenariats.PartenariatAbsent",
    "Le partenariat « {partenariat} » fut enregistré par erreur : il n'y a plus rien sous ce nom court.",
    "Nouez-le (partenariats.NouerContact).",
)
class PartenariatAbsent(Refus):
    partenariat: str


@refus(
    "partenariats.PartenariatFini",
    "Le partenariat avec {nom} a pris fin le {le}.",
    "Pour le reprendre, nouez de nouveau le contact (partenariats.NouerContact).",
)
class PartenariatFini(Refus):
    nom: str
    le: Date


@refus(
    "partenariats.SansConvention",
    "Le lieu n'a pas encore de convention avec {nom}.",
    "Signez-la d'abord (partenariats.SignerConvention).",
)
class SansConvention(Refus):
    nom: str


@refus(
    "partenariats.DejaEnConvention",
    "Le lieu et {nom} ont une convention jusqu'au {au} : ce n'est plus un contact.",
    "Renouvelez-la (partenariats.SignerConvention) ou mettez-y fin (partenariats.ClorePartenariat).",
)
class DejaEnConvention(Refus):
    nom: str
    au: Date


@refus(
    "partenariats.EngagementInconnu",
    "La convention avec {nom} ne dit rien de « {engagement} ».",
    "Ce qu'elle engage : {connus}.",
)
class EngagementInconnu(Refus):
    nom: str
    engagement: str
    connus: tuple[str, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _partenariat(
    _: Fait | None,
    fait: ContactNoue | ConventionSignee | EngagementConstate | PartenariatEvalue | PartenariatClos,
) -> Fait | None:
    return fait


def _dernier(
    _: Read | None,
    fait: ContactNoue | ConventionSignee | EngagementConstate | PartenariatEvalue | PartenariatClos,
    note: Note,
) -> Read | None:
    return fait, note


partenariat_de = Lecture[Fait | None]("partenariats.partenariat", None, _partenariat, dernier=True)
dernier_fait = Lecture[Read | None]("partenariats.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(partenariat_de(etiquette(c.partenariat)))


def _lit_contact(c: NouerContact, x: Contexte) -> Lot[Any]:
    return _lit(c, x).avec(lire(axe_de(axe(c.axe))) if c.axe else lire())


def _vivant(lequel: PartenariatId, p: Fait | None) -> ContactNoue | EnConvention | Refus:
    """The partnership, unless it is over or never was."""
    if p is None:
        return PartenariatAbsent(partenariat=lequel)
    return PartenariatFini(nom=p.partenaire.nom, le=p.le) if isinstance(p, PartenariatClos) else p


def _en_convention(lequel: PartenariatId, p: Fait | None) -> EnConvention | Refus:
    vivant = _vivant(lequel, p)
    return SansConvention(nom=vivant.partenaire.nom) if isinstance(vivant, ContactNoue) else vivant


def _nouer(c: NouerContact, etats: tuple[Etats, tuple[Axe | None, ...]], _: Contexte) -> Issue:
    p = etats[0][0]
    qui = Partenaire(nom=c.nom, nature=c.nature, axe=c.axe, acteur=c.acteur, personne=c.personne)
    if p is not None and not isinstance(p, PartenariatClos) and p.partenaire == qui:
        return ()
    if isinstance(p, EnConvention):
        return DejaEnConvention(nom=p.partenaire.nom, au=p.convention.au)
    sans = ferme(c.axe, etats[1][0]) if c.axe else None
    return sans or [ContactNoue(partenariat=c.partenariat, partenaire=qui)]


def _signer(c: SignerConvention, etats: Etats, _: Contexte) -> Issue:
    p = _vivant(c.partenariat, etats[0])
    if isinstance(p, Refus):
        return p
    dite = Convention(du=c.du, au=c.au, engagements=c.engagements, document=c.document)
    if isinstance(p, ConventionSignee) and p.convention == dite:
        return ()
    return [vers(ConventionSignee, p, convention=dite, du=c.du, au=c.au)]


def _mesure_signer(c: SignerConvention, etats: Etats, _: Contexte) -> Mesures:
    qui = PersonneId("") if etats[0] is None else etats[0].partenaire.personne
    return Mesures(action="conventionner", personne=qui, lieux=(etiquette(c.partenariat),), jour=c.du)


def _constater(c: ConstaterEngagement, etats: Etats, _: Contexte) -> Issue:
    p = _en_convention(c.partenariat, etats[0])
    if isinstance(p, Refus):
        return p
    connus = {un.nom: un for un in p.convention.engagements}
    if c.engagement not in connus:
        return EngagementInconnu(nom=p.partenaire.nom, engagement=c.engagement, connus=tuple(connus))
    if connus[c.engagement].tenu == c.tenu:
        return ()
    connus[c.engagement] = attrs.evolve(connus[c.engagement], tenu=c.tenu)
    convention = attrs.evolve(p.convention, engagements=tuple(connus.values()))
    comment = "tenu" if c.tenu else "non tenu"
    return [vers(EngagementConstate, p, convention=convention, engagement=c.engagement, comment=comment)]


def _evaluer(c: EvaluerPartenariat, etats: Etats, _: Contexte) -> Issue:
    p = _en_convention(c.partenariat, etats[0])
    return p if isinstance(p, Refus) else [vers(PartenariatEvalue, p, bilan=c.bilan)]


def _clore(c: ClorePartenariat, etats: Etats, _: Contexte) -> Issue:
    if isinstance(etats[0], PartenariatClos) and etats[0].le == c.le:
        return ()
    p = _vivant(c.partenariat, etats[0])
    return p if isinstance(p, Refus) else [vers(PartenariatClos, p, le=c.le, motif=c.motif)]


QUI = frozenset({"concierge", "coordination"})
FAITS = (ContactNoue, ConventionSignee, EngagementConstate, PartenariatEvalue, PartenariatClos)
DEMANDES = (
    Demande(NouerContact, QUI, _lit_contact, _nouer),
    Demande(SignerConvention, QUI, _lit, _signer, _mesure_signer),
    Demande(ConstaterEngagement, QUI, _lit, _constater),
    Demande(EvaluerPartenariat, QUI, _lit, _evaluer),
    Demande(ClorePartenariat, QUI, _lit, _clore),
    correction(CorrigerPartenariat, QUI, dernier_fait, lambda c: etiquette(c.partenariat)),
)
REFUS = (PartenariatAbsent, PartenariatFini, SansConvention, DejaEnConvention, EngagementInconnu)
