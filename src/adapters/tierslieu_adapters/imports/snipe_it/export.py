"""The CSV files of Snipe-IT (its import templates, its exports in English), read into what a place can be asked.

A file is known by its columns, whatever its name: ``Asset Tag`` (assets), ``QTY`` (accessories), ``Username`` (users).
Costs are never read; notes neither, since they may tell of people.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
from whenever import Date

from tierslieu_adapters.imports.dates import jour
from tierslieu_adapters.imports.identifiants import lisible
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.tables import Ligne, entete, lire_table, par_cle
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId

BIENS: Final = "asset tag"
ACCESSOIRES: Final = "qty"
PERSONNES: Final = "username"
LIEUX: Final = "manager username"
GENRES: Final = (BIENS, ACCESSOIRES, LIEUX, PERSONNES)
"""The column that tells each kind of file, in the order in which it is looked for."""
ARCHIVE: Final = ("archived", "lost", "stolen", "disposed", "sold")
EN_PANNE: Final = ("repair", "broken", "undeployable")


@attrs.frozen
class Modele:
    """What becomes a model; ``quantite``: of an accessory, how many."""

    id: ModeleId
    ou: str
    nom: str
    categorie: str
    description: str
    quantite: int | None = None


@attrs.frozen
class Objet:
    """What becomes an item. ``a``: the user name of who has it, if anyone; ``retour``: when it is expected back."""

    id: ObjetId
    ou: str
    ligne: Ligne
    modele: ModeleId
    nom: str
    etat: str
    a: str
    retour: Date | None

    @property
    def retire(self) -> bool:
        """Whether its state says that it is no longer there."""
        return any(word in self.etat.lower() for word in ARCHIVE)

    @property
    def casse(self) -> bool:
        """Whether its state says that it cannot be used."""
        return any(word in self.etat.lower() for word in EN_PANNE)


@attrs.frozen
class Utilisateur:
    """Who becomes a person; ``nom_d_usage``: their user name, in lower case."""

    nom_d_usage: str
    ou: str
    nom: str
    contact: str | None


@attrs.frozen
class Export:
    """All that could be read, by identifier; users by their user name."""

    modeles: dict[ModeleId, Modele]
    objets: dict[ObjetId, Objet]
    utilisateurs: dict[str, Utilisateur]


def lire(dossier: Path, rapport: Rapport) -> Export:
    """The export in a folder; ``DemandeInvalide`` when none of its files is one of Snipe-IT's."""
    found: dict[str, list[Ligne]] = {genre: [] for genre in GENRES}
    for path in sorted(dossier.glob("*.csv")):
        columns = entete(dossier, path.name)
        genre = next((genre for genre in GENRES if genre in columns), None)
        if genre is None:
            rapport.signaler(path.name, "aucune des colonnes de Snipe-IT : ce fichier n'est pas repris")
        else:
            found[genre] += lire_table(dossier, path.name, (genre,), rapport.signaler)
    if not any(found.values()):
        raise DemandeInvalide(
            f"« {dossier} » n'est pas un export de Snipe-IT : on y cherche des fichiers .csv dont l'en-tête porte "
            "« Asset Tag » (biens), « QTY » (accessoires) ou « Username » (personnes)."
        )
    if found[LIEUX]:
        said = compte(len(found[LIEUX]), "lieu", "lieux")
        rapport.signaler(found[LIEUX][0].ou.partition(":")[0], f"{said} : ils rangent, ils ne se réservent pas")
    users = {
        u.nom_d_usage: u for u in map(_utilisateur, par_cle(found[PERSONNES], PERSONNES, rapport.signaler).values())
    }
    modeles: dict[ModeleId, Modele] = {}
    objets = {o.id: o for o in _objets(found[BIENS], modeles, users, rapport)}
    for m in _accessoires(found[ACCESSOIRES], rapport):
        deja = modeles.get(m.id)
        if deja is not None:
            rapport.signaler(m.ou, f"même accessoire qu'à {deja.ou} : leurs nombres s'ajoutent")
        modeles[m.id] = attrs.evolve(m, quantite=(m.quantite or 0) + (deja.quantite or 0 if deja else 0))
    return Export(modeles, objets, users)


def _utilisateur(x: Ligne) -> Utilisateur:
    nom = " ".join(n for n in (x.texte("first name"), x.texte("last name")) if n)
    contact = ", ".join(c for c in (x.texte("email"), x.texte("phone")) if c)
    return Utilisateur(x.texte(PERSONNES).lower(), x.ou, nom or x.texte(PERSONNES), contact or None)


def _objets(
    rows: list[Ligne], modeles: dict[ModeleId, Modele], users: dict[str, Utilisateur], rapport: Rapport
) -> Iterator[Objet]:
    """Each asset, and on the way its model, as its first asset tells it."""
    for tag, x in par_cle(rows, BIENS, rapport.signaler).items():
        nom = x.texte("model") or x.texte("name") or tag
        said = " ".join(t for t in (nom, x.texte("model number")) if t)
        modele = Modele(
            ModeleId(lisible(said, "snipe-m-")), x.ou, said, x.texte("category") or "matériel", _fabricant(x)
        )
        first = modeles.setdefault(modele.id, modele)
        if first.categorie != modele.categorie:
            kept = f"celle du modèle est « {first.categorie} » ({first.ou})"
            rapport.signaler(x.ou, f"catégorie « {modele.categorie} » non reprise : {kept}")
        yield Objet(
            id=ObjetId(lisible(tag, "snipe-a-")), ou=x.ou, ligne=x, modele=modele.id,
            nom=f"{x.texte('name') or nom} ({tag})", etat=x.texte("status") or "bon état",
            a=_chez(x, users, rapport), retour=jour(x.texte("expected checkin date")),
        )  # fmt: skip


def _chez(x: Ligne, users: dict[str, Utilisateur], rapport: Rapport) -> str:
    """The user name of who has an asset; where it is put down is no loan."""
    genre, username = x.texte("checkout type").lower(), x.texte("checked out to: username").lower()
    place = x.texte("checked out to: location")
    if genre in ("location", "asset") or (place and not username):
        rapport.signaler(x.ou, f"attribué à « {place or genre} », non à une personne : ce n'est pas un prêt")
        return ""
    if genre == "user" and not username:
        rapport.indecidable(x.ou, "prêté sans dire à qui (Checked Out To: Username)")
    if username and username not in users:
        users[username] = Utilisateur(username, x.ou, _nom_de_l_emprunteur(x), x.texte("checked out to: email") or None)
    return username


def _nom_de_l_emprunteur(x: Ligne) -> str:
    columns = ("checked out to: first name", "checked out to: last name")
    return " ".join(n for n in map(x.texte, columns) if n) or x.texte("checked out to: username")


def _accessoires(rows: list[Ligne], rapport: Rapport) -> Iterator[Modele]:
    for x in rows:
        n, nom = x.entier(ACCESSOIRES), x.texte("name")
        if n is None or not nom:
            what = f"quantité illisible : « {x.texte(ACCESSOIRES)} »" if nom else "accessoire sans nom"
            rapport.signaler(x.ou, f"{what} ; il n'est pas repris")
            continue
        said = " ".join(t for t in (nom, x.texte("model number")) if t)
        yield Modele(
            ModeleId(lisible(said, "snipe-c-")), x.ou, nom, x.texte("category") or "accessoire", _fabricant(x), n
        )


def _fabricant(x: Ligne) -> str:
    return f"Fabricant : {x.texte('manufacturer')}" if x.texte("manufacturer") else ""
