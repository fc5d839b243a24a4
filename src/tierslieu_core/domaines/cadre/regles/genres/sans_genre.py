"""What places ask for that has no kind of its own, and how to do without: the end of ``docs/genres.md``."""

from __future__ import annotations

SANS_GENRE: tuple[tuple[str, str], ...] = (
    ("Un nombre minimal de participants", "`seuil` sur `participants`, avec un minimum"),
    (
        "Un âge minimal ou maximal",
        "`majorite` ; sinon `seuil` sur un fait `age` que le lieu demande (aucune date de naissance n'est gardée)",
    ),
    ("Habiter ici, avoir telle assurance, telle ancienneté", "`exigence`, `choix` ou `delai` sur un fait déclaré"),
    ("Commencer à l'heure pile ; rendre un jour d'ouverture", "`plage` sur `debut` et `fin`, ou sur `retour_prevu`"),
    ("Un quota de week-end ou d'été", "`quota`, dans une portée de jours ou de dates"),
    ("Une caution", "`exigence` sur un fait que la finance atteste : aucun montant ici"),
    (
        "Demander pour autrui, ou non",
        "un mandat ou une représentation le permet ; pour qui, un fait que le lieu demande, avec `choix`",
    ),
    (
        "Le quota d'un foyer, d'une association, d'un groupe",
        "les quotas comptent par personne : donnez à chacune sa part, ou `validation` au-delà d'une durée",
    ),
    (
        "Une part réservée à un groupe",
        "`public` sur certains espaces, jours ou dates ; ou `priorite`, qui déplace les autres usages",
    ),
    (
        "Tant d'usages à la fois dans une catégorie, toutes personnes comprises",
        "liez les espaces qui se gênent ; sinon `validation` : une personne regarde le planning",
    ),
    (
        "L'annulation faute de participants",
        "une personne décide et annule : le nombre annoncé se lit sur la réservation",
    ),
    ("Une suspension de tant de jours par jour de retard", "`retards`, étape par étape"),
    ("Un nombre d'heures à venir", "`simultanes` pour le nombre, `quota` en heures par période"),
    ("Une règle que rien de cela ne dit", "une [expression](expressions.md), ou `validation` : une personne juge"),
)
"""Each: what is asked for, and what serves instead (another kind, an expression, a person)."""
