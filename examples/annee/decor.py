"""The place's people, rooms and things: invented, and always the same for one seed."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

PRENOMS = (
    "Aïcha", "Alban", "Amina", "Anouk", "Aurèle", "Awa", "Baptiste", "Bérénice", "Camille", "Cédric", "Chloé",
    "Clément", "Dalila", "Diane", "Djamel", "Élise", "Émile", "Estelle", "Fanny", "Farid", "Félix", "Florence",
    "Gaël", "Garance", "Gwenaëlle", "Hamid", "Hélène", "Hugo", "Inès", "Ismaël", "Jeanne", "Joséphine", "Kadiatou",
    "Karim", "Léa", "Léonie", "Loïc", "Louise", "Maël", "Maïa", "Malik", "Manon", "Mathis", "Mehdi", "Mireille",
    "Nadia", "Naïm", "Nina", "Noé", "Odile", "Omar", "Pauline", "Perrine", "Quentin", "Rachid", "Rose", "Sacha",
    "Salomé", "Samia", "Sofia", "Solène", "Tanguy", "Thaïs", "Théo", "Tiphaine", "Valentin", "Violette", "Yanis",
    "Yasmine", "Yvon", "Zélie", "Zoé"
)  # fmt: skip
NOMS = (
    "Abadie", "Bailly", "Benali", "Blin", "Bouvier", "Carpentier", "Chevallier", "Colas", "Da-Silva", "Delaunay",
    "Diallo", "Dupuy", "Étienne", "Fabre", "Ferrand", "Garnier", "Guérin", "Haddad", "Hamon", "Jacquet", "Kaci",
    "Kermarrec", "Lacoste", "Lamy", "Le-Goff", "Lebrun", "Maréchal", "Marty", "Mercier", "Meunier", "Moulin",
    "Navarro", "N’Diaye", "Noël", "Ollivier", "Pasquier", "Perrin", "Poirier", "Prévost", "Quéré", "Renaud",
    "Rivière", "Roche", "Sabatier", "Sauvage", "Schmitt", "Tanguy", "Tessier", "Traoré", "Vasseur", "Verdier",
    "Weber", "Zidane"
)  # fmt: skip

ESPACES = {
    "salle": ("Salle verte", "Salle bleue", "Salle rouge", "Salle du haut", "Petite salle", "Grande salle"),
    "bureau": ("Bureau nord", "Bureau sud", "Bureau de passage", "Bulle 1", "Bulle 2"),
    "atelier": ("Atelier bois", "Atelier métal", "Atelier couture", "Fablab", "Labo photo"),
    "commun": ("Cuisine", "Cour", "Verrière", "Studio son"),
}
MODELES = {
    "outil": ("Perceuse", "Visseuse", "Scie sauteuse", "Ponceuse", "Perforateur", "Meuleuse", "Défonceuse", "Cloueur"),
    "mesure": ("Niveau laser", "Télémètre"),
    "image": ("Vidéoprojecteur", "Écran", "Appareil photo", "Trépied", "Caméra", "Projecteur LED"),
    "son": ("Enceinte", "Table de mixage", "Micro", "Enregistreur"),
    "fete": ("Barnum", "Table pliante", "Banc", "Percolateur", "Guirlande"),
    "couture": ("Machine à coudre", "Surjeteuse", "Mannequin"),
}


class Gens(NamedTuple):
    """One person of the story."""

    personne: str
    nom: str


def des_gens(hasard: Random, combien: int) -> list[Gens]:
    """So many people, no two of the same name."""
    paires = [f"{p} {n.replace('-', ' ')}" for p in PRENOMS for n in NOMS]
    return [Gens(f"p-{n}", nom) for n, nom in enumerate(hasard.sample(paires, combien), 1)]


def slug(nom: str) -> str:
    """An identifier from a name: lower case, without accents."""
    table = str.maketrans("àâäçéèêëîïôöùûü ’'", "aaaceeeeiioouuu---")
    return nom.lower().translate(table)
