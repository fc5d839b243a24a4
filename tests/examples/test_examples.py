"""Each example runs alone, as a newcomer runs it, and prints what its text promises."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
PROMISED = {
    "01_open_and_lend.py": [
        "accord ['ObjetPrete']",
        "perforateur-1 → Zoé Dupont jusqu'au 2026-11-30 (en cours)",
        "encore dehors : 0",
        "[('p-1', 'Zoé Dupont')]",
    ],
    "02_refusals_explain_themselves.py": [
        "accord\nrefus\n  (essai) :\n",
        "n'est pas libre : il y a déjà une réservation le jeudi 26 novembre 2026 de 18 h à 20 h",
        "enregistré : None\naccord\n",
        "  - personne : ",
        "  - debut : ",
        "  - fin : ",
    ],
    "03_rules_that_change.py": [
        "23 novembre : refus\n1er décembre : accord\n",
        "avant\n  Règle « duree-pret » (version 1",
        "apres\n  Règle « duree-pret » (version 2",
    ],
    "04_a_derogation.py": [
        "sans dérogation : refus\nZoé se l'accorde : refus\nCamille l'accorde : accord\navec dérogation :\n  accord\n",
        "Levée par la dérogation derogation-1",
    ],
    "05_as_of_and_as_known.py": [
        "vrai le 21 : ['perforateur-1']\nsu le 21 : []\nsu le 23 : ['perforateur-1']\nvrai le 20 : []\n",
        "lundi 30 : [('perforateur-1', 'en retard', 2)]",
    ],
    "21_watering_and_closing.py": [
        "« Arroser les plantes » est prise par Zoé Dupont.",
        "2026-11-23 incomplète (laissé : Alarme, le boîtier clignote)\n  2026-11-24 manquée\n",
        "Camille, pour Zoé : refus\ndonné : 1 h 15 en 2026-11\n",
        "Arroser les plantes, pour le mercredi 2 décembre 2026",
    ],
    "06_trail_and_replay.py": [
        "Camille Morel (concierge) : Prêter un objet à une personne, accordé.",
        "Prêter un objet à une personne, refusé.",
        "6 décisions rejouées, 0 différence\n",
        "de la demande p-1 → fait prets.ObjetPrete",
    ],
    "07_processes_compete.py": ["sorties : [0, 0, 0, 0]\n", "réservations : 1 ; rejeu fidèle : True"],
    "08_your_own_area.py": [
        "accord\nrefus Camille Morel a déjà laissé un mot.",
        "Mot(personne='camille', mot='Merci pour le café !')",
        "Camille Morel laisse un mot : Merci pour le café !",
        "Rejeu(decisions=3, ecarts=())",
    ],
    "09_hold_your_area_against_the_laws.py": [
        "les phrases sont tenues\n",
        "✔ replay_finds_no_difference\n",
        " lois tenues",
    ],
    "10_forgetting_someone.py": [
        "Zoé Dupont emprunte Le perforateur",
        "clés détruites : contact, identite, pret",
        "[effacé]",
        "Efface(personne='p-1', conservation='identite')",
        "par son nom : []",
        "rejeu fidèle : True\nmême clé : accord\n",
        "nouveau constat : Efface(personne='p-1', conservation='pret')",
    ],
    "11_simulate_before_voting.py": [
        "quatre-h accord\nune-h    refus\nannuler  accord\n",
        "premier ordre : 8 décisions, 1 autres\n  quatre-h : accord → refus Règle proposée « deux-heures »",
        "cascade : 8 décisions, 2 autres\n  quatre-h : accord → refus",
        "  une-h : refus → accord La salle n'est pas libre",
        "  annuler : accord → sans_suite\n",
        "Attention : personne n'a vécu sous ces règles.",
    ],
    "26_documents_of_the_place.py": [
        "Ali Benali : accord\nZoé Dupont : refus « Bail du hangar » (classe « bail ») est lu par : bureau.",
        "trop tôt : « Bail du hangar » se garde encore, jusqu'au vendredi 1er mars 2030",
        "à faire : « Bail du hangar » est à détruire",
        "au terme : accord\npreuve : 2030-03-02 camille True\n",
    ],
    "27_contracts_told_ahead.py": [
        "sans assurance : refus Une règle du lieu s'y oppose. Règle « assures »",
        "assurés : accord\nà faire : « Multirisque » : préavis à donner jusqu'au samedi 31 octobre 2026",
        "trop tard : refus Pour que « Multirisque » prenne fin le jeudi 31 décembre 2026, le préavis se donnait",
        "donc : accord\n2027-12-31 : prend fin\n2028-01-01 : échu\n",
    ],
    "28_an_agreement_signed_by_both.py": [
        "préparée : refus\nZoé signe : accord\n",
        "Camille signe aussi : refus « Occupation du hangar » est une convention avec Les Amis du quai : la même main",
        "d'un seul côté : refus\nAli signe : accord\ndes deux côtés : accord\n",
        "à faire : « Occupation du hangar », avec Les Amis du quai, prend fin le mardi 31 août 2027",
        "reste à signer côté lieu et personne",
    ],
    "12_a_first_welcome.py": [
        "trois passants : accord\nMalik est accueilli : accord\non lui montre : accord\n",
        "« payer » n'est pas une étape de cet accueil.\n  Ses étapes : faire le tour du lieu et lire la charte.\n",
        "Prendre des nouvelles de Malik Diallo : pas de retour depuis son accueil par Camille Morel, le lundi 2 mars",
        "il revient : accord\njamais revenus : []\n2026-03 riverains : 3\n2026-04 riverains : 1\n",
    ],
    "15_two_people_who_meet.py": [
        "Inès, sans l'avoir voulu : Inès Traoré n'y a pas consenti (partage).",
        "  Inès Traoré cherche : soudure ; Jo Lang offre : soudure\n",
        "  Inès Traoré cherche : soudure ; Malik Roy sait : soudure\n",
        "mises en relation : [('jo', 'sans suite'), ('malik', 'faite')]\nencore à proposer : []\n",
        "  Inès Traoré et Malik Roy, mis en relation le lundi 2 mars 2026 : qu'en est-il sorti ?\n",
        "Malik se retire ; partagent encore : ['ines', 'jo']\n",
    ],
    "16_seen_for_as_long_as_she_wishes.py": [
        "sans son accord :\n  Sans consentement à être visible : Inès Traoré.\n",
        "avec : accord\nelle s'y voit : [('ines',)]\nelle ne le veut plus : [()]\n",
        "« Celles et ceux de la salle verte » est à reprendre sur Le site et L'affichage du hall",
        "et une fois repris : []\n",
    ],
    "13_a_need_answered.py": [
        "Inès, qui n'adhère pas, exprime le sien : accord\nc'est le même : accord\n",
        "Un besoin exprimé ou rouvert peut l'être ; celui-ci se dit avec : réparer ses affaires.\n",
        "« réparer ses affaires » attend depuis le lundi 2 mars 2026 (soutiens : 13) ; y répondre, ou",
        "réparer ses affaires — répondu, 13 : atelier\nun médecin près d'ici — écarté, 0 : la commune en cherche un\n",
    ],
    "17_a_network_and_a_compost.py": [
        "Inès lance : accord\nCamille en dit une étape : accord\nInès en dit l'issue : accord\n",
        "Compost du quartier est aboutie : plus rien ne s'y passe.",
        "Compost du quartier — aboutie (1 étape) : la mairie reprend les bacs et l'entretien\n",
        "Le réseau des lieux : la participation du lieu va jusqu'au jeudi 31 décembre 2026 ; à renouveler",
    ],
    "24_a_service_on_trial.py": [
        "Malik l'étudie : accord\nle lieu l'essaie : accord\n",
        "Le repas du jeudi ne mesure pas : sourires.\n",
        "Le repas du jeudi : l'essai finit le jeudi 12 novembre 2026 ; à pérenniser, à prolonger ou à arrêter\n",
        "2026-10-22 : 18 convives, 15 attendus\nle lieu le garde : accord ['pérenne']\n",
    ],
    "25_a_partnership_kept.py": [
        "trop tôt :\n  Le lieu n'a pas encore de convention avec Le lycée Jean-Macé.\n",
        "on signe : accord\n",
        "Le lycée Jean-Macé : « deux visites », que doit le partenaire\n",
        "on renouvelle : accord\nLe lycée Jean-Macé public à venir jusqu'au 2027-07-02 : trente élèves",
    ],
    "29_strangers_to_the_money.py": [
        "Budget 2027, assurance : il reste 50,50 € sur 1 250,50 € votés, et il faudrait 80,00 €.\n",
        "il faut que les finances attestent « caution-deposee », pour ce jour-là ; ce n'est pas le cas.",
        "À attester au lieu, pour zoe : « caution-deposee », oui, jusqu'au mercredi 30 juin 2027\n",
        "À lire dans le journal du lieu : Zoé Dupont réserve La grande salle le samedi 5 décembre 2026",
        "Registre inconnu : « budget »\n",
    ],
    "30_the_day_in_their_words.py": [
        "Zoé note : accord\nAli note samedi : accord\n",
        "Le journal du lieu n'a pas le mot « plomberie » ; il a : chauffage.\n",
        "Camille réécrit : Cette note est de Zoé Dupont, avec ses mots.\nZoé reprend : accord\n",
        "samedi : []\n",
        "- lundi 23 novembre 2026 à 18 h — Zoé Dupont : Le radiateur goutte : purgé, fermer la vanne. (chauffage)\n",
        "dans la trace du hangar : ",
    ],
    "31_an_archive_that_verifies_itself.py": [
        "trop tôt : La période jusqu'au mercredi 2 septembre 2026 n'est pas finie",
        "archivée : accord\n✔ Le Quai, du 2025-09-01 au 2026-08-31 : ",
        "un bit plus loin : True\npersonne n'y est nommé : True\n",
        "Le dimanche 30 août 2026 est dans une période close et archivée, jusqu'au lundi 31 août 2026",
        "rejeu fidèle : True\n",
    ],
    "32_handing_the_place_over.py": [
        "# Passation : Le Quai\n\nLe mardi 1er septembre 2026, pour qui prend la suite.",
        "- La grande scie, chez Ali Benali, à rendre le mercredi 30 septembre 2026 (en cours)\n",
        "- Zoé Dupont : zoe@example.org\n",
        "Pourquoi : une semaine ne suffisait pas aux chantiers (AG du 29 août ; enregistrée par Camille Morel)\n",
        "« La grande scie tire à droite : la tenir à deux. »\n",
        "ouverte : accord\nretouchée : Ce document n'est pas celui qui est à signer",
        "est signée par Camille Morel et Zoé Dupont\nconclue ; rejeu fidèle : True\n",
    ],
    "20_flour_for_the_feast.py": [
        "il reste :\n  1 (lot 2211, jusqu'au 27/11/2026)\n  10 (lot 2301, jusqu'au 01/03/2027)\n",
        "Farine de blé : vous en demandez 11, et il en reste 10 kilos à sortir ainsi, outre ce qui est périmé : 1",
        "périmé -1 kilos\n",
        "inventaire -1 kilos\n",
        "Farine de blé : il en reste 4 kilos, moins que 5 ; à réapprovisionner",
        "8 kilos en 2026-11\n",
        "le 23 novembre, il y en avait 11\n",
    ],
    "18_a_saw_learnt_and_kept_up.py": [
        "attend : ('jo',)\nInès ne vient plus ; vient : ('jo',)\n",
        "Jo Lang ne l'a pas le lundi 2 mars 2026.",
        "Malik Roy dit qui était là, et ce qui est acquis\naprès : accord\n",
        "L'habilitation « scie » de Jo Lang s'éteint après le mardi 9 juin 2026, faute de pratique\n",
        "2026-06-09 : l'habilitation de Jo tient\n2026-06-10 : l'habilitation de Jo s'est éteinte\n",
    ],
    "19_a_tool_shown_then_used.py": [
        "trop tôt : Découvrir le lieu, le samedi 7 mars 2026 de 14 h à 16 h : l'atelier est à venir",
        "Malik raconte : accord\ntouchés : [('voisins', 12)]\ninvités : [('ines', 'agenda'), ('jo', 'agenda')]\n",
        "Jo Lang a vu L'agenda partagé le lundi 9 mars 2026, et ne s'en sert pas encore : l'y aider ?",
        "ines : en usage \njo : délaissé trop de courriels\n",
    ],
    "22_a_leak_in_the_green_room.py": [
        "Incident (panne) sur La salle verte, à prendre en charge : fuite au plafond",
        "Zoé Dupont n'y a plus sa place (fermeture)",
        "et d'ici là : La salle verte est en fermeture du lundi 23 novembre 2026",
        "l'incident est résolu\n",
        "Vider les gouttières (La salle verte), pour le lundi 14 décembre 2026",
        "La salle verte rouvre le lundi 30 novembre 2026.",
        "La salle verte rouvre le mercredi 2 décembre 2026.",
    ],
    "23_a_programme_made_together.py": [
        "Zoé propose : accord\nCamille programme : accord\n  activité : Café réparation, Le hangar (réservée)\n",
        "viennent : [('Ali Haddad', 'vient'), ('Rose Marty', 'vient')]\n",
        "le samedi 14 mars 2026 de 14 h à 18 h : a-t-elle eu lieu, qui est venu ?\nAli dit qui est venu : accord\n",
        "Café réparation — évaluée (1 soutien) : neuf objets sur onze repartent réparés\n",
    ],
    "14_who_holds_the_keys.py": [
        "remise : accord\nà un autre :\n  Clé du hangar est déjà chez Zoé Dupont.\n",
        "vendredi, au hangar : ['Zoé Dupont']\n",
        "Clé du hangar, chez Zoé Dupont, est à reprendre : départ\n",
        "perdue, on la redonne :\n  Clé du hangar : perte déclarée ; quelqu'un pourrait entrer avec.\n",
        "serrure changée : accord\n",
    ],
}


def test_the_ladder_has_no_missing_step():
    assert [path.name for path in sorted(EXAMPLES.glob("*.py"))] == sorted(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_an_example_prints_what_it_promises(name: str, tmp_path: Path):
    before = sorted(EXAMPLES.iterdir())
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", EXAMPLES / name],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    where = 0
    for promised in PROMISED[name]:
        assert promised in done.stdout[where:], done.stdout
        where = done.stdout.index(promised, where)
    assert sorted(EXAMPLES.iterdir()) == before, "un exemple ne laisse rien derrière lui"


def test_of_the_processes_that_compete_one_wins_and_the_others_are_told_why(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-B", EXAMPLES / "07_processes_compete.py"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    answers = sorted(line.split(" ", 2)[1:] for line in done.stdout.splitlines() if line.startswith("p-"))
    assert [a[0] for a in answers] == ["accord", "refus", "refus", "refus"]
    assert all("n'est pas libre" in a[1] for a in answers[1:])
