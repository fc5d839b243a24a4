"""Entrée: a note of the day's journal, in somebody's own words: amended by its author, withdrawn, never rewritten."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.cadre.archives import archive
from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION, INSCRIT
from tierslieu_core.domaines.memoire.documentation.mots import MOTS, Mots, inconnu, mots_du_journal
from tierslieu_core.domaines.usages.profil import Profil, mesures_de, profil_de
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
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import (
    DocumentId,
    EntreeId,
    EspaceId,
    ObjetId,
    PersonneId,
    depuis_cle,
    entree,
    espace,
    objet,
)
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import Cycle, vers

NOTER = "noter"
"""The action by which rules speak of notes."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (entree(fait.entree),)


@evenement("documentation.EntreeNotee", "{auteur} note pour le {jour} : « {texte} »[ ({mots})]")
class EntreeNotee:
    entree: EntreeId
    jour: Date = champ("jour dont il s'agit")
    auteur: PersonneId
    texte: Personnel = personnel(qui="auteur", conservation="journal")
    mots: tuple[str, ...]
    espace: EspaceId | None
    objet: ObjetId | None
    documents: tuple[DocumentId, ...] = champ("documents joints")
    transmettre: bool = champ("à transmettre")

    etiquettes = _etiquettes


@evenement("documentation.EntreeAmendee", "{auteur} reprend sa note pour le {jour} : « {texte} »[ ({mots})]")
class EntreeAmendee:
    entree: EntreeId
    jour: Date = champ("jour dont il s'agit")
    auteur: PersonneId
    texte: Personnel = personnel(qui="auteur", conservation="journal")
    mots: tuple[str, ...]
    espace: EspaceId | None
    objet: ObjetId | None
    documents: tuple[DocumentId, ...] = champ("documents joints")
    transmettre: bool = champ("à transmettre")

    etiquettes = _etiquettes


@evenement("documentation.EntreeRetiree", "La note de {auteur} pour le {jour} est retirée du journal : {motif}")
class EntreeRetiree:
    entree: EntreeId
    jour: Date = champ("jour dont il s'agit")
    auteur: PersonneId
    motif: Personnel = personnel(qui="par", conservation="journal")

    etiquettes = _etiquettes


Fait = EntreeNotee | EntreeAmendee | EntreeRetiree
VIE = Cycle(
    mots={EntreeNotee: "notée", EntreeAmendee: "amendée", EntreeRetiree: "retirée"},
    apres={EntreeAmendee: (EntreeNotee, EntreeAmendee), EntreeRetiree: (EntreeNotee, EntreeAmendee)},
)

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("documentation.NoterEntree")
class NoterEntree:
    """Noter dans le journal : ce qui s'est passé, avec ses mots à soi ; aujourd'hui, sauf si l'on dit quel jour."""

    texte: Personnel = personnel("ce qu'il y a à noter", qui="par", conservation="journal")
    jour: Date | None = champ("jour dont il s'agit ; sinon aujourd'hui", default=None)
    mots: tuple[str, ...] = champ("mots du journal sous lesquels la retrouver", default=())
    espace: EspaceId | None = champ("espace dont il s'agit", default=None)
    objet: ObjetId | None = champ("objet dont il s'agit", default=None)
    documents: tuple[DocumentId, ...] = champ("documents joints", default=())
    transmettre: bool = champ("à dire à qui prendra la suite", default=False)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _sans_texte(self.texte)


@commande("documentation.AmenderEntree")
class AmenderEntree:
    """Reprendre sa note : la première reste dans l'histoire, le journal donne la dernière."""

    entree: EntreeId
    texte: Personnel = personnel("ce qu'il y a à noter", qui="par", conservation="journal")
    mots: tuple[str, ...] = champ("mots du journal sous lesquels la retrouver", default=())
    documents: tuple[DocumentId, ...] = champ("documents joints", default=())
    transmettre: bool = champ("à dire à qui prendra la suite", default=False)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _sans_texte(self.texte)


@commande("documentation.RetirerEntree")
class RetirerEntree:
    """Retirer une note du journal : la sienne, ou, pour qui tient la conciergerie, celle de quelqu'un."""

    entree: EntreeId
    motif: Personnel = personnel("motif", qui="par", conservation="journal")


@commande("documentation.CorrigerEntree")
class CorrigerEntree:
    """Corriger le dernier fait d'une note, enregistré par erreur (un retrait, par exemple)."""

    entree: EntreeId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger ; sinon le dernier", default=None)


def _sans_texte(texte: Personnel) -> list[tuple[str, str]]:
    """A note says something; sealed, it was checked before."""
    return [("texte", "ce qu'il y a à noter")] if isinstance(texte, str) and not texte.strip() else []


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documentation.JourAVenir",
    "Le {jour} n'est pas encore là : le journal dit ce qui a eu lieu.",
    "Notez-le d'aujourd'hui, ou ce jour-là.",
)
class JourAVenir(Refus):
    jour: Date


@refus(
    "documentation.EntreeDUnAutre",
    "Cette note est de {auteur}, avec ses mots.",
    "Demandez à cette personne de la reprendre, ou notez la vôtre : tierslieu faire NoterEntree",
)
class EntreeDUnAutre(Refus):
    auteur: PersonneId


@refus(
    "documentation.EntreeDejaRetiree",
    "La note de {auteur} pour le {jour} est retirée du journal.",
    "Notez-en une autre ; si elle fut retirée par erreur : tierslieu faire CorrigerEntree",
)
class EntreeDejaRetiree(Refus):
    auteur: PersonneId
    jour: Date


@refus(
    "documentation.EntreeParErreur",
    "Cette note fut enregistrée par erreur, et ne compte plus ({entree}).",
    "Notez-en une autre : tierslieu faire NoterEntree",
)
class EntreeParErreur(Refus):
    entree: EntreeId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


entree_de = Lecture[Fait | None]("documentation.entree", None, _derniere, dernier=True)
dernier_fait = Lecture[Read | None]("documentation.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

EtatsNoter = tuple[tuple[Mots], Profil]
Etats = tuple[Fait | None, Mots]


def _lit_noter(_: NoterEntree, x: Contexte) -> Lot[EtatsNoter]:
    return lire(mots_du_journal(MOTS)).avec(profil_de(PersonneId(x.par), x))


def _noter(c: NoterEntree, etats: EtatsNoter, x: Contexte) -> Issue:
    ((mots,), _), jour = etats, c.jour or x.aujourdhui
    if jour > x.aujourdhui:
        return JourAVenir(jour=jour)
    if (empeche := archive(jour, x.livre.close) or inconnu(c.mots, mots)) is not None:
        return empeche
    return [
        EntreeNotee(
            entree=EntreeId(depuis_cle(x.cle)), jour=jour, auteur=PersonneId(x.par), texte=c.texte, mots=c.mots,
            espace=c.espace, objet=c.objet, documents=c.documents, transmettre=_transmettre(c, mots),
        )
    ]  # fmt: skip


def _mesure_noter(c: NoterEntree, etats: EtatsNoter, x: Contexte) -> Mesures:
    """Only a rule that says so bears on notes: to write down what happened is open to all."""
    lieux = (c.espace and espace(c.espace), c.objet and objet(c.objet))
    return mesures_de(
        PersonneId(x.par), etats[1], c.jour or x.aujourdhui, action=NOTER, nommee=True,
        lieux=tuple(un for un in lieux if un),
    )  # fmt: skip


def _transmettre(c: NoterEntree | AmenderEntree, mots: Mots) -> bool:
    """Whoever writes says so, or one of its words does."""
    return c.transmettre or any(mots[mot].transmettre for mot in c.mots)


def _lit(c: AmenderEntree | RetirerEntree, _: Contexte) -> Lot[Etats]:
    return lire(entree_de(entree(c.entree)), mots_du_journal(MOTS))


def _amender(c: AmenderEntree, etats: Etats, x: Contexte) -> Issue:
    note, mots = etats
    if note is None:
        return EntreeParErreur(entree=c.entree)
    if not VIE.permet(EntreeAmendee, note):
        return EntreeDejaRetiree(auteur=note.auteur, jour=note.jour)
    if not _sienne(note, x):
        return EntreeDUnAutre(auteur=note.auteur)
    if (empeche := inconnu(c.mots, mots)) is not None:
        return empeche
    transmettre = _transmettre(c, mots)
    return [vers(EntreeAmendee, note, texte=c.texte, mots=c.mots, documents=c.documents, transmettre=transmettre)]


def _retirer(c: RetirerEntree, etats: Etats, x: Contexte) -> Issue:
    note = etats[0]
    if note is None or not VIE.permet(EntreeRetiree, note):
        return ()
    if x.mandat == INSCRIT and not _sienne(note, x):
        return EntreeDUnAutre(auteur=note.auteur)
    return [vers(EntreeRetiree, note, motif=c.motif)]


def _sienne(note: Fait, x: Contexte) -> bool:
    return note.auteur in x.livre.mandats.qui.memes(x.par)


TOUS = frozenset({CONCIERGE, COORDINATION, INSCRIT})
FAITS = (EntreeNotee, EntreeAmendee, EntreeRetiree)
DEMANDES = (
    Demande(NoterEntree, TOUS, _lit_noter, _noter, _mesure_noter),
    Demande(AmenderEntree, TOUS, _lit, _amender),
    Demande(RetirerEntree, TOUS, _lit, _retirer),
    correction(CorrigerEntree, frozenset({CONCIERGE, COORDINATION}), dernier_fait, lambda c: entree(c.entree)),
)
REFUS = (JourAVenir, EntreeDUnAutre, EntreeDejaRetiree, EntreeParErreur)
