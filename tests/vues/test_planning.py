"""What takes place, over every area, day by day."""

from __future__ import annotations

import attrs
from tests.domaines.quai import ANA, BEN, LA_SALLE, LUNDI, MARDI, SAMEDI, VERTE, de
from tests.domaines.usages.test_prets_reservations import P10, UNE, reserve
from whenever import Date

from tierslieu_core.domaines.usages.prets import AnnulerReservationModele
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, ReserverEspace
from tierslieu_core.testing.spec import CAMILLE, FONDATION, memory_place, record


def vivre():
    lieu = memory_place()
    record(lieu, [*FONDATION, LA_SALLE, *UNE, reserve(du=MARDI, au=SAMEDI)])
    lieu.handler.knows_all = True
    for cle, (debut, fin) in {"matin": ("9:00", "10:00"), "soir": ("18:00", "20:00")}.items():
        p = de(debut.zfill(5), fin)
        lieu.executer(ReserverEspace(espace=VERTE, personne=ANA, debut=p.debut, fin=p.fin), par=CAMILLE, cle=cle)
    return lieu


def test_le_planning_dit_tout_ce_qui_a_lieu_dans_l_ordre():
    lieu = vivre()
    dits = [(un.titre, un.chose, un.journee) for un in lieu.planning(LUNDI, SAMEDI)]
    assert dits == [
        ("Matériel réservé", "reservationmodele:r-1", True),
        ("Réservation", "reservation:matin", False),
        ("Réservation", "reservation:soir", False),
    ]


def test_ce_qui_est_annule_n_a_pas_lieu():
    lieu = vivre()
    lieu.executer(AnnulerReservation(reservation="soir", motif="grippe"), par=CAMILLE)
    assert "reservation:soir" not in {un.chose for un in lieu.planning(LUNDI, SAMEDI)}


def test_le_planning_d_une_chose_ou_d_une_personne():
    lieu = vivre()
    assert [un.chose for un in lieu.planning(MARDI, MARDI, f"espace:{VERTE}")] == [
        "reservation:matin",
        "reservation:soir",
    ]
    assert [un.chose for un in lieu.planning(MARDI, MARDI, f"modele:{P10}")] == ["reservationmodele:r-1"]
    assert lieu.planning(MARDI, MARDI, f"personne:{BEN}x") == []


def test_le_planning_d_une_semaine_par_defaut_et_d_un_lieu_vide():
    lieu = vivre()
    assert len(lieu.planning()) == 3
    assert lieu.planning(Date(2027, 1, 1), Date(2027, 1, 31)) == []
    assert memory_place().planning(LUNDI, SAMEDI) == []
    assert all("{" not in un.phrase for un in lieu.planning())
    assert attrs.asdict(lieu.planning(MARDI, MARDI)[1])["avec"] == (f"espace:{VERTE}", f"personne:{ANA}")


def test_du_materiel_que_l_on_ne_reserve_plus_n_est_plus_au_planning():
    lieu = vivre()
    lieu.executer(AnnulerReservationModele(reservation="r-1", motif="plus besoin"), par=CAMILLE)
    assert "reservationmodele:r-1" not in {un.chose for un in lieu.planning(LUNDI, SAMEDI)}
