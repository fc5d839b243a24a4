"""What a field is called when its declaration does not say: its name, with the accents that identifiers go without."""

from __future__ import annotations

ACCENTS = {
    "a": "à", "amenagement": "aménagement", "apres": "après", "arrets": "arrêts", "aupres": "auprès",
    "capacite": "capacité", "categorie": "catégorie", "cle": "clé", "cote": "côté", "debut": "début",
    "decision": "décision", "delegue": "délégué", "demandee": "demandée", "derniere": "dernière",
    "derogation": "dérogation", "derogations": "dérogations", "detail": "détail", "duree": "durée",
    "ecartees": "écartées", "echelle": "échelle", "ecrite": "écrite", "engage": "engagé", "entree": "entrée",
    "etape": "étape", "etapes": "étapes", "etat": "état", "feries": "fériés", "ferme": "fermé", "finalite": "finalité",
    "fonde": "fondé", "gene": "gêne", "general": "général", "gravite": "gravité", "laissees": "laissées",
    "libelle": "libellé", "modele": "modèle", "numero": "numéro", "periode": "période", "piece": "pièce",
    "portee": "portée", "pratiquee": "pratiquée", "premiere": "première", "presents": "présents", "pret": "prêt",
    "prets": "prêts", "qualite": "qualité", "quantite": "quantité", "rappele": "rappelé", "recit": "récit",
    "recu": "reçu", "recue": "reçue", "reference": "référence", "references": "références", "regime": "régime",
    "regle": "règle", "remede": "remède", "repond": "répond", "reservation": "réservation", "retire": "retiré",
    "reunie": "réunie", "role": "rôle", "roles": "rôles", "seances": "séances", "serie": "série", "series": "séries",
    "signale": "signalé", "theme": "thème", "unite": "unité", "validite": "validité",
}  # fmt: skip
"""Each word of a field's name that French writes with an accent."""
WHOLE = {"palier_demande": "palier demandé"}
"""Names whose words are written otherwise elsewhere."""
UNITS = ("jours", "minutes")


def label(name: str) -> str:
    """``capacité``, ``jusqu'au``, ``retard (jours)``."""
    *words, last = (ACCENTS.get(word, word) for word in name.split("_"))
    said = " ".join([*words, f"({last})" if words and last in UNITS else last])
    return WHOLE.get(name) or said.replace("jusqu au", "jusqu'au")
