"""The story's words: what is told of each demand, by its key. A demand that has no words is asked in silence."""

from __future__ import annotations

from typing import Final

CHAPITRES: Final = {
    "demo.lieu": "Lundi 2 mars. Le Quai ouvre ses portes",
    "quai.pret-zoe": "Première semaine",
    "quai.adhesion-ines": "Deuxième semaine",
    "quai.pret-omar-trop-long": "On change une règle, on lève une règle",
    "quai.etoiles": "Fin mars",
}

RECIT: Final = {
    "demo.lieu": "Camille fonde le lieu, inscrit Zoé, Omar et Inès, ouvre le hangar, range les outils.",
    "quai.regle-reservation": "L'assemblée adopte trois règles : adhérer, prêter 7 jours, réserver 2 heures.",
    "quai.pret-zoe": "Zoé emprunte le perforateur pour la semaine.",
    "quai.pret-omar-trop-tot": "Jeudi, Omar voudrait le même.",
    "quai.chorale-sans-adhesion": "Inès demande le hangar pour sa chorale, sans avoir adhéré.",
    "quai.adhesion-ines": "Inès est admise…",
    "quai.chorale": "… et redemande le hangar : jeudi, de 18 h à 20 h.",
    "quai.conseil-trop-tot": "Omar le voudrait le même soir, à 19 h.",
    "quai.conseil": "Il prend la suite, à 20 h pile : se toucher n'est pas se gêner.",
    "quai.retour-zoe": "Zoé rend le perforateur, deux jours en retard ; Camille note l'état du mandrin.",
    "quai.pret-omar-trop-long": "Omar voudrait le perforateur deux semaines.",
    "quai.regle-pret-14": "Le 14, on se réunit : ce sera 14 jours, à partir du 16. L'ancienne règle reste lisible.",
    "quai.pret-omar": "Le 16, Omar redemande, et l'obtient.",
    "quai.repair-trop-long": "Zoé prépare un café-réparation : six heures, un samedi.",
    "quai.derogation-zoe": "Camille accorde une dérogation, avec un motif.",
    "quai.repair": "Zoé redemande.",
    "quai.etoiles": "La nuit du changement d'heure, Inès réserve de 1 h à 4 h : deux heures vraies, la règle le sait.",
    "quai.chorale-2-deplacee": "La chorale du 26 est déplacée au 2 avril.",
    "quai.peinture": "Le 31, Camille annonce que le hangar ferme les 6 et 7 avril, pour la peinture…",
    "quai.papier": "… et saisit un prêt noté sur papier le samedi 28.",
}
ENCORE: Final = "Le réseau a coupé : sa tablette renvoie la même demande. Même clé, même réponse, rien en double."
