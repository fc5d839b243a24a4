"""Publications (CO2, CO4): they cite what they promote, and show people who consent, for as long as they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal

import attrs
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.consentements import (
    VISIBILITE,
    Accords,
    ConsentementRetire,
    accords_de,
    consent,
)
from tierslieu_core.domaines.projets.communication import canaux
from tierslieu_core.domaines.projets.communication.canaux import QUI
from tierslieu_core.domaines.usages.profil import Profil, mesures_de, profil_de
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import (
    ActionId,
    CanalId,
    PersonneId,
    PublicationId,
    canal,
    depuis_cle,
    personne,
)  # fmt: skip
from tierslieu_core.vocabulaire.identifiants import publication as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import vers

Etat = Literal["publiée", "retirée"]
PROMUS = frozenset({"activite", "service", "espace", "dynamique", "partenariat", "formation", "session"})
"""What the place may make known: its programme, its services, its spaces, what is set going in it."""

# ── événements : chacun dit la publication tout entière ─────────────────────────────────────────────────────────────


def visible(qui: PersonneId) -> str:
    """The tag of where a person is shown."""
    return f"{personne(qui)}@visible"


@evenement("communication.PublicationFaite", "« {nom} » est publié sur {canaux}[, pour {cite}][ ; on y voit {montre}]")
class PublicationFaite:
    publication: PublicationId
    nom: str
    cite: tuple[Chose, ...] = champ("ce qu'elle fait connaître")
    montre: tuple[PersonneId, ...] = champ("qui s'y montre")
    canaux: tuple[CanalId, ...]
    action: ActionId | None

    def etiquettes(self) -> Iterable[str]:
        return etiquette(self.publication), *map(visible, self.montre)


@evenement("communication.PersonneRetiree", "« {nom} » ne montre plus {personne}[ ; à reprendre sur {a_reprendre}]")
class PersonneRetiree:
    publication: PublicationId
    personne: PersonneId
    nom: str
    cite: tuple[Chose, ...]
    montre: tuple[PersonneId, ...]
    canaux: tuple[CanalId, ...]
    action: ActionId | None
    a_reprendre: tuple[CanalId, ...] = champ("là où quelqu'un doit encore la reprendre")

    def etiquettes(self) -> Iterable[str]:
        return etiquette(self.publication), visible(self.personne)


@evenement("communication.PublicationRetiree", "« {nom} » est retiré ({motif})[ ; à reprendre sur {a_reprendre}]")
class PublicationRetiree:
    publication: PublicationId
    nom: str
    cite: tuple[Chose, ...]
    montre: tuple[PersonneId, ...]
    canaux: tuple[CanalId, ...]
    action: ActionId | None
    a_reprendre: tuple[CanalId, ...]
    motif: Personnel = personnel(qui="par", conservation="communication")

    def etiquettes(self) -> Iterable[str]:
        return etiquette(self.publication), *map(visible, self.montre)


@evenement("communication.CanalRepris", "« {nom} » est repris sur {canal}[ ; il reste {a_reprendre}]")
class CanalRepris:
    publication: PublicationId
    canal: CanalId
    nom: str
    cite: tuple[Chose, ...]
    montre: tuple[PersonneId, ...]
    canaux: tuple[CanalId, ...]
    action: ActionId | None
    a_reprendre: tuple[CanalId, ...]
    etat: Etat

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.publication),)


Fait = PublicationFaite | PersonneRetiree | PublicationRetiree | CanalRepris

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("communication.Publier")
class Publier:
    """Publier : ce que l'on fait connaître, qui s'y montre (avec son consentement), sur quels canaux."""

    nom: str = champ("titre, sans le nom de personne")
    canaux: tuple[CanalId, ...] = champ("canaux")
    cite: tuple[Chose, ...] = champ(
        "ce qu'elle fait connaître, comme « activite:fete » ou « service:repas »", default=()
    )
    montre: tuple[PersonneId, ...] = champ("qui s'y montre", default=())
    action: ActionId | None = champ("l'action du plan qu'elle réalise", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if self.canaux else [("canaux", "au moins un canal")]
        if not self.cite and not self.montre:
            found.append(("cite", "dites ce qu'elle fait connaître, ou qui s'y montre"))
        autres = sorted({un.genre for un in self.cite} - PROMUS)
        return [
            *found,
            *[("cite", f"« {genre} » ne se fait pas connaître ; {', '.join(sorted(PROMUS))}") for genre in autres],
        ]


@commande("communication.RetirerVisibilite")
class RetirerVisibilite:
    """Ne plus montrer une personne : partout, ou dans une seule publication."""

    personne: PersonneId
    publication: PublicationId | None = champ("une seule publication ; sans elle, partout", default=None)


@commande("communication.RetirerPublication")
class RetirerPublication:
    """Retirer une publication, avec un motif."""

    publication: PublicationId
    motif: Personnel = personnel("pourquoi", qui="par", conservation="communication")


@commande("communication.ReprendreCanal")
class ReprendreCanal:
    """Dire que ce qui devait l'être est repris sur un canal : la page est changée, l'affiche est décrochée."""

    publication: PublicationId
    canal: CanalId


@commande("communication.CorrigerPublication")
class CorrigerPublication:
    """Corriger le dernier fait d'une publication, enregistré par erreur ; un retrait, lui, ne se corrige pas."""

    publication: PublicationId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "communication.VisibiliteSansConsentement",
    "Sans consentement à être visible : {personnes}.",
    "Demandez-le-leur (consentements.Consentir, finalité « visibilite ») ; sinon, publiez sans les montrer.",
)
class VisibiliteSansConsentement(Refus):
    personnes: tuple[PersonneId, ...]


@refus(
    "communication.RetraitSansRetour",
    "« {nom} » : ce qui fut retiré ne se remontre pas par une correction.",
    "Publiez à nouveau (communication.Publier) : les consentements y sont relus.",
)
class RetraitSansRetour(Refus):
    nom: str


@refus(
    "communication.PublicationAbsente",
    "Cette publication fut enregistrée par erreur : il n'y a plus rien à en dire.",
    "Publiez (communication.Publier).",
)
class PublicationAbsente(Refus):
    pass


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _publication(
    _: Fait | None, fait: PublicationFaite | PersonneRetiree | PublicationRetiree | CanalRepris
) -> Fait | None:
    return fait


def _dernier(
    _: Read | None, fait: PublicationFaite | PersonneRetiree | PublicationRetiree | CanalRepris, note: Note
) -> Read | None:
    return fait, note


def _visible(
    ou: frozenset[PublicationId], fait: PublicationFaite | PersonneRetiree | PublicationRetiree
) -> frozenset[PublicationId]:
    une = frozenset({fait.publication})
    return ou | une if isinstance(fait, PublicationFaite) else ou - une


publication_de = Lecture[Fait | None]("communication.publication", None, _publication, dernier=True)
dernier_fait = Lecture[Read | None]("communication.dernier_fait", None, _dernier, dernier=True, notes=True)
visible_dans = Lecture[frozenset[PublicationId]]("communication.visible_dans", frozenset(), _visible)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Voulu = tuple[tuple[canaux.Fait | None, ...], tuple[tuple[Accords, ...], Profil]]
Montres = tuple[tuple[frozenset[PublicationId], ...], tuple[Fait | None, ...]]


def _lit_publier(c: Publier, x: Contexte) -> Lot[Voulu]:
    ouverts = Lot[tuple[canaux.Fait | None, ...]](tuple(canaux.canal_de(canal(un)) for un in c.canaux))
    siens = (accords_de(personne(un)) for qui in c.montre for un in identifiants(qui, x))
    return ouverts.avec(Lot[tuple[Accords, ...]](tuple(siens)).avec(profil_de(PersonneId(x.par), x)))


def _publier(c: Publier, etats: Voulu, x: Contexte) -> Issue:
    ouverts, (accords, _) = etats
    if noms := canaux.fermes(ouverts):
        return canaux.CanalFerme(noms=noms)
    lus = iter(accords)
    siens = {qui: list(islice(lus, len(identifiants(qui, x)))) for qui in c.montre}
    if sans := tuple(qui for qui, dits in siens.items() if not consent(dits, VISIBILITE)):
        return VisibiliteSansConsentement(personnes=sans)
    return [vers(PublicationFaite, c, publication=PublicationId(depuis_cle(x.cle)), montre=tuple(siens))]


def _mesure(c: Publier, etats: Voulu, x: Contexte) -> Mesures:
    """What rules judge: who publishes, about what."""
    qui, lieux = PersonneId(x.par), tuple(map(str, c.cite))
    return mesures_de(qui, etats[1][1], x.aujourdhui, action="publier", lieux=lieux)


def _lit_visibilite(c: RetirerVisibilite, x: Contexte) -> Lot[Montres]:
    ou = Lot[tuple[frozenset[PublicationId], ...]](
        tuple(visible_dans(visible(un)) for un in identifiants(c.personne, x))
    )
    return ou.puis(lambda lues: Lot(tuple(publication_de(etiquette(p)) for p in sorted(frozenset().union(*lues)))))


def _retirer_visibilite(c: RetirerVisibilite, etats: Montres, x: Contexte) -> Issue:
    """From each publication, under each identifier that it shows; the next fact goes on from the one before."""
    retraits: list[PersonneRetiree] = []
    for une in etats[1]:
        p = une
        for qui in identifiants(c.personne, x):
            if p is not None and qui in p.montre and c.publication in (None, p.publication):
                montre = tuple(un for un in p.montre if un != qui)
                p = vers(PersonneRetiree, p, personne=qui, montre=montre, a_reprendre=p.canaux)
                retraits.append(p)
    return retraits


def _lit(c: Any, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(publication_de(etiquette(c.publication)))


def retiree(p: Fait) -> bool:
    """Whether it was withdrawn, whatever was taken down since."""
    return isinstance(p, PublicationRetiree) or (isinstance(p, CanalRepris) and p.etat == "retirée")


def _retirer(c: RetirerPublication, etats: tuple[Fait | None], _: Contexte) -> Issue:
    p = etats[0]
    if p is None:
        return PublicationAbsente()
    return () if retiree(p) else [vers(PublicationRetiree, p, a_reprendre=p.canaux, motif=c.motif)]


def _reprendre(c: ReprendreCanal, etats: tuple[Fait | None], _: Contexte) -> Issue:
    p = etats[0]
    if p is None:
        return PublicationAbsente()
    reste = getattr(p, "a_reprendre", ())
    if c.canal not in reste:
        return ()
    etat: Etat = "retirée" if retiree(p) else "publiée"
    restent = tuple(un for un in reste if un != c.canal)
    return [vers(CanalRepris, p, canal=c.canal, a_reprendre=restent, etat=etat)]


def _corriger(c: CorrigerPublication, etats: tuple[Read | None], x: Contexte) -> Issue:
    """A withdrawal stays: to undo it would show again somebody who no longer wants to be seen."""
    if etats[0] is not None and isinstance(fait := etats[0][0], PersonneRetiree | PublicationRetiree):
        return RetraitSansRetour(nom=fait.nom)
    return corriger(c.fait, etiquette(c.publication), c.motif, etats[0], x)


def _plus_visible(fait: ConsentementRetire) -> Iterable[RetirerVisibilite]:
    """Who no longer consents is withdrawn everywhere, at once."""
    if fait.finalite == VISIBILITE:
        yield RetirerVisibilite(personne=fait.personne)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LignePublication:
    """``etat``: publiée, retirée; ``a_reprendre``: where somebody must still take something down, ``depuis`` when."""

    publication: PublicationId
    nom: str
    le: Date
    canaux: tuple[CanalId, ...]
    cite: tuple[Chose, ...]
    montre: tuple[PersonneId, ...]
    action: ActionId | None
    etat: str
    a_reprendre: tuple[CanalId, ...]
    depuis: str


def _tenir(
    lignes: dict[PublicationId, LignePublication],
    fait: PublicationFaite | PersonneRetiree | PublicationRetiree | CanalRepris,
    note: Note,
) -> None:
    deja, le = lignes.get(fait.publication), Date.parse_iso(note.survenu_le[:10])
    lignes[fait.publication] = LignePublication(
        fait.publication, fait.nom, deja.le if deja else le, fait.canaux, fait.cite, fait.montre, fait.action,
        "retirée" if retiree(fait) else "publiée", getattr(fait, "a_reprendre", ()), note.survenu_le,
    )  # fmt: skip


def _dues(ligne: LignePublication, _: Contexte) -> Iterator[Due]:
    """What only a person can take down, at once."""
    if ligne.a_reprendre:
        phrase = "« {nom} » est à reprendre sur {a_reprendre} : on y voit encore ce qui n'a plus à s'y voir"
        yield Due(Instant.parse_iso(ligne.depuis), etiquette(ligne.publication), phrase)


FAITS = (PublicationFaite, PersonneRetiree, PublicationRetiree, CanalRepris)
DEMANDES = (
    Demande(Publier, QUI, _lit_publier, _publier, _mesure),
    Demande(RetirerVisibilite, QUI | {"soi"}, _lit_visibilite, _retirer_visibilite),
    Demande(RetirerPublication, QUI, _lit, _retirer),
    Demande(ReprendreCanal, QUI, _lit, _reprendre),
    Demande(CorrigerPublication, QUI, lambda c, _: lire(dernier_fait(etiquette(c.publication))), _corriger),
)
REFUS = (VisibiliteSansConsentement, RetraitSansRetour, PublicationAbsente)
REGISTRES = (Registre("publications", LignePublication, _tenir, titre="Publications"),)
IDENTIFIANTS = (Identifiant(PublicationId, PublicationFaite, (PublicationFaite,)),)
SUITES = (Suite("plus_visible", ConsentementRetire, _plus_visible),)
ECHEANCES = (Echeance("communication.reprendre", "Publications à reprendre", "publications", _dues),)
