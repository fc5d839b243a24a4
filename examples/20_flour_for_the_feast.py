"""Flour for the feast: what comes in by lots, what is used and for what, never more than there is, and the count."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.stocks import CompterStock, DeclarerArticle, EntrerStock, SortirStock

now = Instant.from_utc(2026, 11, 23, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(OuvrirEspace(espace="cuisine", nom="La cuisine"), par="camille")

farine = DeclarerArticle(article="farine", nom="Farine de blé", unite="kilos", seuil=5, espace="cuisine")
lieu.executer(farine, par="camille")
lieu.executer(EntrerStock(article="farine", quantite=4, lot="2211", peremption=Date(2026, 11, 27)), par="camille")
lieu.executer(EntrerStock(article="farine", quantite=10, lot="2301", peremption=Date(2027, 3, 1)), par="camille")

# Anyone says what they use themselves: the lot that is out of date first goes out first.
lieu.executer(SortirStock(article="farine", quantite=3, personne="p-1"), par="p-1")
(stock,) = lieu.registre("stocks")
print("il reste :", *stock.lots, sep="\n  ")

now = Instant.from_utc(2026, 11, 30, 9)  # a week later, what is left of the first lot is out of date
trop = lieu.executer(SortirStock(article="farine", quantite=11, personne="p-1"), par="p-1")
print("onze kilos ?", *trop.explication, sep="\n  ")
lieu.executer(SortirStock(article="farine", quantite=1, raison="périmé"), par="camille")
lieu.executer(SortirStock(article="farine", quantite=5, personne="p-1"), par="p-1")

# The count says otherwise than the register: the difference is told, and the register goes by the count.
lieu.executer(CompterStock(article="farine", compte=4), par="camille")
print("mouvements :")
for m in lieu.registre("mouvements-de-stock"):
    print(f"  {m.le} {m.mouvement} {m.quantite:+} {m.unite}")
print("à faire :", *(due.phrase for due in lieu.a_faire() if "moins que" in due.phrase), sep="\n  ")
print("consommé :", *(f"{c.quantite} {c.unite} en {c.mois}" for c in lieu.registre("consommation")), sep="\n  ")
print("le 23 novembre, il y en avait", lieu.registre("stocks", au="2026-11-23")[0].quantite)
