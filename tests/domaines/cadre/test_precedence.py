"""Which rule prevails: a table that a general meeting could read."""

from __future__ import annotations

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles import Portee, RegleAdoptee
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import Habilitation
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Fermeture
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.identifiants import EspaceId, ObjetId, PersonneId, RegleId
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode

LUNDI, MARDI = Date(2026, 11, 23), Date(2026, 11, 24)
ADOPTE = Date(2026, 1, 1)
PARTOUT = Portee()
PERSONNE, GROUPE, PUBLIC = (
    Portee(personnes=(PersonneId("ana"),)),
    Portee(groupes=("bureau",)),
    Portee(publics=("plein",)),
)
ESPACE, OBJET = Portee(espaces=(EspaceId("verte"),)), Portee(objets=(ObjetId("perceuse"),))
CATEGORIE, LUNDIS = Portee(categories=("salle",)), Portee(jours=(1,))
DATES, DES, JUSQU = Portee(du=LUNDI, au=LUNDI), Portee(du=LUNDI), Portee(au=LUNDI)


def demande(jour=LUNDI, lieux=("espace:verte", "objet:perceuse", "categorie:salle"), usages=None):
    return Mesures(
        action="reserver", personne=PersonneId("ana"), lieux=lieux, jour=jour, groupes=("bureau",), publics=("plein",),
        usages=usages,
    )  # fmt: skip


def reglement(*regles: tuple):
    """Rules (name, scope, date of effect, kind), in the order in which they were adopted."""
    book = Reglement()
    for n, (nom, portee, du, genre) in enumerate(regles, 1):
        fait = RegleAdoptee(
            regle=RegleId(nom), version=1, texte="", motif="", decision="", genre=genre, portee=portee, du=du
        )
        book.applique(fait, Note(n, f"{n}/1", "", "", "camille", None, "m", None))
    return book


def prevaut(*regles: tuple, m=None):
    return [v.regle for v in reglement(*regles).applicables(m or demande(), LUNDI)]


@pytest.mark.parametrize(("forte", "faible"), [
    (PERSONNE, GROUPE), (GROUPE, PUBLIC), (PUBLIC, PARTOUT), (PERSONNE, PARTOUT),
    (PUBLIC, ESPACE), (PUBLIC, Portee(espaces=(EspaceId("verte"),), jours=(1,), du=LUNDI)),
    (ESPACE, CATEGORIE), (OBJET, CATEGORIE), (CATEGORIE, PARTOUT), (CATEGORIE, Portee(jours=(1,), du=LUNDI)),
    (LUNDIS, DATES), (LUNDIS, PARTOUT), (DATES, PARTOUT), (DES, PARTOUT), (JUSQU, PARTOUT),
    (Portee(publics=("plein",), categories=("salle",)), PUBLIC),
    (Portee(groupes=("bureau",), publics=("plein",)), PUBLIC),
])  # fmt: skip
def test_la_plus_precise_des_regles_l_emporte_sur_l_autre_dans_les_deux_ordres(forte, faible):
    genre = Duree(maximum_minutes=60)
    assert prevaut(("forte", forte, ADOPTE, genre), ("faible", faible, LUNDI, genre)) == ["forte"]
    assert prevaut(("faible", faible, LUNDI, genre), ("forte", forte, ADOPTE, genre)) == ["forte"]


@pytest.mark.parametrize(("une", "autre"), [(ESPACE, OBJET), (DES, JUSQU), (DES, DATES), (PARTOUT, PARTOUT)])
def test_a_precision_egale_la_derniere_en_date_d_effet_l_emporte_puis_la_derniere_adoptee(une, autre):
    genre = Duree(maximum_minutes=60)
    assert prevaut(("tardive", une, LUNDI, genre), ("ancienne", autre, ADOPTE, genre)) == ["tardive"]
    assert prevaut(("a", une, ADOPTE, genre), ("b", autre, ADOPTE, genre)) == ["b"]
    assert prevaut(("b", une, ADOPTE, genre), ("a", autre, ADOPTE, genre)) == ["a"]


@pytest.mark.parametrize(("une", "autre"), [
    (Quota(maximum=1, periode="jour"), Quota(maximum=1, periode="semaine")),
    (Quota(maximum=1), Quota(maximum=1, unite="heures")),
    (Quota(maximum=1, periode="glissante", jours=7), Quota(maximum=1, periode="glissante", jours=30)),
    (Habilitation(requise="laser"), Habilitation(requise="bois")),
    (Fermeture(du=LUNDI, au=LUNDI), Fermeture(du=MARDI, au=MARDI)),
    (Duree(maximum_minutes=60), Quota(maximum=1)),
])  # fmt: skip
def test_deux_regles_d_une_autre_mesure_ou_d_une_autre_periode_valent_ensemble(une, autre):
    assert prevaut(("a", PERSONNE, ADOPTE, une), ("b", PARTOUT, ADOPTE, autre)) == ["a", "b"]


def test_deux_quotas_de_meme_mesure_et_periode_se_remplacent():
    regles = ("a", PERSONNE, ADOPTE, Quota(maximum=9)), ("b", PARTOUT, ADOPTE, Quota(maximum=1))
    assert prevaut(*regles) == ["a"]


@pytest.mark.parametrize("ailleurs", [
    Portee(actions=("preter",)), Portee(personnes=(PersonneId("ben"),)), Portee(groupes=("ca",)),
    Portee(publics=("x",)), Portee(espaces=(EspaceId("bleue"),)), Portee(objets=(ObjetId("scie"),)),
    Portee(categories=("jardin",)),
    Portee(jours=(2, 7)), Portee(du=MARDI), Portee(au=LUNDI.prev_day()),
])  # fmt: skip
def test_une_regle_ne_dit_rien_hors_de_sa_portee(ailleurs):
    assert prevaut(("a", ailleurs, ADOPTE, Duree(maximum_minutes=1))) == []


scopes = st.builds(
    Portee,
    personnes=st.sampled_from([(), ("ana",), ("ben",)]), groupes=st.sampled_from([(), ("bureau",), ("ca",)]),
    publics=st.sampled_from([(), ("plein",)]), espaces=st.sampled_from([(), ("verte",), ("bleue",)]),
    categories=st.sampled_from([(), ("salle",)]), jours=st.sampled_from([(), (1,), (2,)]),
    du=st.sampled_from([None, LUNDI, MARDI]),
)  # fmt: skip
adopted = st.lists(st.tuples(scopes, st.sampled_from([ADOPTE, LUNDI, MARDI])), max_size=6)


@drawn(adopted)
def test_parmi_toutes_celles_qui_valent_il_en_prevaut_une_seule_et_aucune_n_est_plus_precise(regles):
    named = [(f"r{n}", portee, du, Duree(maximum_minutes=60)) for n, (portee, du) in enumerate(regles)]
    valid = [(p.rang(), du, n) for n, (_, p, du, _) in enumerate(named) if du <= LUNDI and p.couvre(demande())]
    assert prevaut(*named) == ([f"r{max(valid)[2]}"] if valid else [])


def usage(le, lieux=("espace:verte", "categorie:salle")):
    return Usage(Periode(Moment(le.at(Time(9))), Moment(le.at(Time(10))), "Europe/Paris"), lieux)


@pytest.mark.parametrize(("portee", "comptes"), [
    (PARTOUT, 3), (ESPACE, 2), (CATEGORIE, 3), (Portee(espaces=(EspaceId("bleue"),), categories=("jardin",)), 1),
    (LUNDIS, 2), (Portee(jours=(2,)), 1), (Portee(du=MARDI), 1), (Portee(au=LUNDI), 2), (PERSONNE, 3),
])  # fmt: skip
def test_un_quota_ne_compte_que_les_usages_de_sa_portee(portee, comptes):
    uses = (usage(LUNDI), usage(MARDI), usage(LUNDI, ("espace:bleue", "categorie:salle")))
    assert len(portee.restreinte(demande(usages=uses)).usages) == comptes
    assert portee.restreinte(demande()).usages is None


@pytest.mark.parametrize(("portee", "phrase"), [
    (PARTOUT, ""),
    (Portee(actions=("reserver", "preter")), "pour réserver ou emprunter"),
    (Portee(actions=("visiter",), personnes=(PersonneId("ana"),)), "pour visiter pour ana"),
    (Portee(groupes=("bureau",), publics=("plein", "reduit")), "pour le groupe bureau pour le public plein et reduit"),
    (Portee(espaces=(EspaceId("verte"),), categories=("salle",)), "dans verte dans la catégorie salle"),
    (Portee(objets=(ObjetId("perceuse"),), jours=(1, 7)), "pour l'objet perceuse le lundi et le dimanche"),
    (DATES, "du lundi 23 novembre 2026 au lundi 23 novembre 2026"),
    (DES, "à partir du lundi 23 novembre 2026"), (JUSQU, "jusqu'au lundi 23 novembre 2026"),
])  # fmt: skip
def test_une_portee_se_dit_en_francais(portee, phrase):
    assert str(portee) == phrase


@pytest.mark.parametrize(("portee", "fautes"), [
    (PARTOUT, set()), (Portee(jours=(1, 7)), set()), (Portee(jours=(0,)), {"portee.jours"}),
    (Portee(du=MARDI, au=LUNDI), {"portee.au"}), (JUSQU, set()), (DATES, set()),
])  # fmt: skip
def test_une_portee_impossible_est_nommee(portee, fautes):
    assert {champ for champ, _ in portee.fautes()} == fautes


def test_le_reglement_tel_qu_il_serait_ne_change_pas_celui_qui_est():
    est = reglement(("courte", PARTOUT, ADOPTE, Duree(maximum_minutes=60)))
    plus = RegleAdoptee(
        regle=RegleId("semaine"), version=1, texte="", motif="", decision="", genre=Quota(maximum=1), portee=PARTOUT,
        du=ADOPTE,
    )  # fmt: skip

    def valent(book):
        return [v.regle for v in book.applicables(demande(), LUNDI)]

    assert valent(est) == ["courte"]
    assert valent(est.avec(plus, Note(2, "2/1", "", "", "camille", None, "m", None))) == ["courte", "semaine"]
    assert valent(est) == ["courte"]
