"""The document that hands a place over, as whoever arrives reads it."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.recours import FormerRecours
from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AccorderDerogation, AdopterRegle, AmenderRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.prets import Etape, Retards
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret, Simultanes
from tierslieu_core.domaines.cadre.regles.genres.recours import Recours
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.domaines.memoire.documentation import DeclarerMot, NoterEntree, OuvrirPassation, SignerPassation
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PassationId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment
from tierslieu_core.vues.passation import depuis_quand
from tierslieu_core.vues.passation.texte import propre, puces

CAMILLE, ANA, BEN = PersonneId("camille"), PersonneId("ana"), PersonneId("ben")
FONDE, MARDI = Date(2026, 3, 2), Date(2026, 9, 1)
PRETER = Portee(actions=("preter",))


@attrs.define
class Horloge:
    """A clock that is set by hand."""

    il_est: Instant = attrs.field(factory=lambda: Instant.from_utc(2026, 3, 2, 9))

    def __call__(self) -> Instant:
        return self.il_est


def faire(lieu: Lieu, commande: Any, par: str = CAMILLE, verdict: str = "accord", cle: str | None = None) -> None:
    reponse = lieu.executer(commande, par=par, cle=cle)
    assert reponse.verdict == verdict, reponse.explication


@pytest.fixture
def horloge() -> Horloge:
    return Horloge()


@pytest.fixture
def lieu(horloge: Horloge) -> Any:
    """A place founded in March, with three people and two rules."""
    with tl.ouvrir("memory:", horloge=horloge) as lieu:
        faire(lieu, FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin"))
        faire(lieu, InscrirePersonne(personne=ANA, nom="Ana Diop", contact="ana@example.org"))
        faire(lieu, InscrirePersonne(personne=BEN, nom="Ben Costa"))
        faire(lieu, CreerModele(modele=ModeleId("perceuse"), nom="Perceuse"))
        faire(lieu, AjouterObjet(objet=ObjetId("p-1"), modele=ModeleId("perceuse"), nom="La perceuse"))
        faire(lieu, OuvrirEspace(espace=EspaceId("hangar"), nom="Le hangar"))
        for nom, genre in (("pret", DureePret(maximum_jours=7)), ("trois", Simultanes(maximum=3))):
            faire(lieu, AdopterRegle(regle=RegleId(nom), genre=genre, portee=PRETER, du=FONDE, motif="pour commencer"))
        yield lieu


def test_un_lieu_tout_neuf_se_transmet_aussi(lieu: Lieu):
    texte = lieu.passation()
    assert texte.startswith("# Passation : Le Quai\n\nLe lundi 2 mars 2026, pour qui prend la suite.")
    assert "Rien n'arrive à échéance d'ici un mois." in texte
    assert "Et rien pour : " in texte
    assert "ce qui est contesté" in texte
    assert "Rien n'est prévu." in texte
    assert "Aucune règle n'a rien refusé, et aucune n'a été levée." in texte
    assert "Il en est encore temps : `tierslieu faire NoterEntree --transmettre`" in texte
    assert "- concierge : Camille Martin" in texte
    assert "- Camille Martin : ……………………………" in texte
    assert "Les autres règles en vigueur (2)" in texte


def test_un_lieu_ou_rien_ne_fut_demande_depuis_le_dit(lieu: Lieu):
    texte = lieu.passation("2026-09-01")
    assert "Rien n'a été demandé." in texte
    assert "demandes dans la période" not in texte


def test_ce_qui_est_ouvert_du_et_prevu_y_est(lieu: Lieu, horloge: Horloge):
    faire(lieu, PreterObjet(objet=ObjetId("p-1"), personne=ANA, retour=Date(2026, 3, 9)))
    horloge.il_est = Instant.from_utc(2026, 3, 12, 9)
    debut, fin = (Moment.depuis_texte(f"2026-03-14T{heure}") for heure in ("10:00", "12:00"))
    faire(lieu, ReserverEspace(espace=EspaceId("hangar"), personne=BEN, debut=debut, fin=fin), BEN)
    texte = lieu.passation()
    assert "- La perceuse, chez Ana Diop, à rendre le lundi 9 mars 2026 (en retard)" in texte
    assert "- ce qui est prêté : 1" in texte
    assert "### Déjà dû" in texte
    assert "samedi 14 mars 2026, 10 h : Le hangar : Ben Costa" in texte
    assert "1 chose a lieu dans les 14 jours" in texte


def test_ce_que_l_echeancier_fait_seul_est_seulement_compte(lieu: Lieu, horloge: Horloge):
    retards = Retards(grace_jours=0, etapes=(Etape(jours=1, mesure="rappel"),))
    faire(lieu, AdopterRegle(regle=RegleId("retards"), genre=retards, du=FONDE, motif="AG"))
    faire(lieu, PreterObjet(objet=ObjetId("p-1"), personne=ANA, retour=Date(2026, 3, 9)))
    horloge.il_est = Instant.from_utc(2026, 3, 12, 9)
    assert (
        "`tierslieu echeances` s'occupe du reste, quand on le lance : retours et retards des prêts (1)."
        in lieu.passation()
    )


def test_ce_qui_est_conteste_dit_qui_y_repond(lieu: Lieu):
    contester = AdopterRegle(regle=RegleId("contester"), genre=Recours(), du=FONDE, motif="AG")
    faire(lieu, contester)
    faire(lieu, PreterObjet(objet=ObjetId("p-1"), personne=ANA, retour=Date(2026, 4, 9)), verdict="refus", cle="non")
    faire(lieu, FormerRecours(decision="non", personne=ANA, motif="c'est pour un chantier"), ANA)
    texte = lieu.passation()
    assert "### Ce qui est contesté (1)\n\n- Ana Diop conteste « prets.PreterObjet »" in texte
    assert "- « pret » (un prêt dure 7 jours au plus) : 1 demande refusée" in texte


def test_les_regles_disent_ce_qui_a_change_pourquoi_et_par_qui(lieu: Lieu, horloge: Horloge):
    horloge.il_est = Instant.from_utc(2026, 9, 1, 9)
    amender = AmenderRegle(
        regle=RegleId("pret"), genre=DureePret(maximum_jours=14), portee=PRETER, du=MARDI,
        motif="les chantiers durent", decision="AG du 29 août",
    )  # fmt: skip
    faire(lieu, amender)
    faire(lieu, AbrogerRegle(regle=RegleId("trois"), du=MARDI, motif="plus utile"))
    bientot = AdopterRegle(regle=RegleId("duree"), genre=Duree(maximum_minutes=60), du=Date(2026, 10, 1), motif="essai")
    faire(lieu, bientot)
    texte = lieu.passation("2026-03-02")
    assert "### Ce qui a changé (1)" in texte
    assert (
        "- **pret** — un prêt dure 14 jours au plus, pour emprunter, depuis le mardi 1er septembre 2026"
        " (avant : un prêt dure 7 jours au plus). Pourquoi : les chantiers durent"
        " (AG du 29 août ; enregistrée par Camille Martin)"
    ) in texte
    assert "### Ce qui ne vaut plus\n\n- jusqu'au lundi 31 août 2026 : **trois**" in texte
    assert "### Ce qui vaudra bientôt\n\n- à partir du jeudi 1er octobre 2026 : **duree**" in texte
    assert "- 1 règle ajoutée ou changée" in texte


def test_les_derogations_disent_la_regle_qui_plie_le_plus(lieu: Lieu):
    faire(lieu, AccorderDerogation(regle=RegleId("pret"), personne=ANA, du=FONDE, au=FONDE, motif="chantier"))
    faire(lieu, PreterObjet(objet=ObjetId("p-1"), personne=ANA, retour=Date(2026, 3, 20)))
    texte = lieu.passation()
    assert "« pret » : 1 dérogation (Camille Martin : 1 ; non dit : 1) ; 1 décision sur 1, soit 100,0 %" in texte
    assert "- « pret » est la règle que l'on lève le plus (1 fois)" in texte
    assert "- Ana Diop : règle « pret » levée jusqu'au lundi 2 mars 2026, par Camille Martin (chantier)" in texte


def test_ce_que_les_gens_ont_note_pour_la_suite_y_est_et_qui_appeler(lieu: Lieu):
    faire(lieu, DeclarerMot(mot="voisins", transmettre=True))
    faire(lieu, NoterEntree(texte="Prévenir M. Lopez\navant les concerts.", mots=("voisins",)), ANA)
    faire(lieu, NoterEntree(texte="Il a plu."), ANA)
    faire(lieu, DonnerMandat(personne=ANA, role="regie", du=FONDE))
    texte = lieu.passation()
    assert "- lundi 2 mars 2026, Ana Diop (voisins) : « Prévenir M. Lopez avant les concerts. »" in texte
    assert "Il a plu." not in texte
    assert "- Ana Diop : ana@example.org" in texte


def test_la_suivante_dit_ce_qui_a_change_depuis_la_derniere(lieu: Lieu):
    faire(lieu, OuvrirPassation(sortant=CAMILLE, entrant=ANA, le=FONDE, empreinte=Empreinte.de(b"un texte")), cle="p")
    assert depuis_quand(lieu) == FONDE
    assert "- De Camille Martin à Ana Diop, le lundi 2 mars 2026 : reste à signer par" in lieu.passation()
    for qui in (CAMILLE, ANA):
        faire(lieu, SignerPassation(passation=PassationId("p"), empreinte=Empreinte.de(b"un texte")), qui)
    assert depuis_quand(lieu) == FONDE


def test_un_lieu_ancien_dit_ce_qui_a_change_depuis_un_an(lieu: Lieu, horloge: Horloge):
    horloge.il_est = Instant.from_utc(2028, 9, 1, 9)
    assert depuis_quand(lieu) == Date(2027, 9, 1)


def test_ce_qui_est_long_dit_ou_est_le_reste():
    assert puces([str(n) for n in range(5)], "a-faire", longue=3) == [f"- {n}" for n in range(5)]
    assert puces([str(n) for n in range(6)], "a-faire", longue=3)[3:] == ["- … et 3 autres : `tierslieu a-faire`"]


def test_rien_de_ce_qui_fut_ecrit_ne_passe_pour_du_html():
    assert propre("a\n <b>") == "a &lt;b>"
