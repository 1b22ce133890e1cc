"""Arabic, Persian, Urdu and Hindi as people type them in Latin letters, made from text in their own script.

Nobody spells these the same way twice, so each text is written in a style drawn at random: digits for the
Arabic throat letters or not, short vowels written, half written or left out, `ch` or `sh`. The result trains
the recogniser; nobody reads it.
"""

import random
import re

from content.detection.text import normalise

ARABIC = {
    "ا": ("a", "a", "e", "aa", ""), "أ": ("a", "a", "2a"), "إ": ("i", "e"), "آ": ("a", "aa"), "ء": ("", "2", "'"),
    "ب": ("b",), "ت": ("t",), "ث": ("th", "t", "s"), "ج": ("j", "g", "dj"), "ح": ("7", "7", "h"),
    "خ": ("kh", "5", "5", "7'"), "د": ("d",), "ذ": ("dh", "th", "d", "z"), "ر": ("r",), "ز": ("z",), "س": ("s",),
    "ش": ("ch", "sh", "ch"), "ص": ("s", "s", "9"), "ض": ("dh", "d"), "ط": ("t", "t", "6"), "ظ": ("dh", "th", "z"),
    "ع": ("3", "3", "a", "aa"), "غ": ("gh", "8", "gh"), "ف": ("f",), "ق": ("9", "q", "k", "9", "g"), "ك": ("k",),
    "ل": ("l",), "م": ("m",), "ن": ("n",), "ه": ("h",), "ة": ("a", "a", "e", "ah"), "و": ("w", "ou", "o", "u"),
    "ي": ("i", "y", "i", "ee"), "ى": ("a", "i"), "ؤ": ("ou", "2"), "ئ": ("i", "2"),
}  # fmt: skip
PERSIAN = {
    "ا": ("a", "aa", "a"), "آ": ("a", "aa"), "ب": ("b",), "پ": ("p",), "ت": ("t",), "ث": ("s",), "ج": ("j",),
    "چ": ("ch",), "ح": ("h",), "خ": ("kh", "kh", "x"), "د": ("d",), "ذ": ("z",), "ر": ("r",), "ز": ("z",),
    "ژ": ("zh", "j"), "س": ("s",), "ش": ("sh",), "ص": ("s",), "ض": ("z",), "ط": ("t",), "ظ": ("z",),
    "ع": ("a", "", "e", "'"), "غ": ("gh", "q"), "ف": ("f",), "ق": ("gh", "q", "gh"), "ک": ("k",), "ك": ("k",),
    "گ": ("g",), "ل": ("l",), "م": ("m",), "ن": ("n",), "و": ("o", "v", "oo", "u"), "ه": ("h", "e"),
    "ی": ("i", "y", "i", "ee"), "ي": ("i", "y"), "ئ": ("e", "y"), "ء": ("",),
}  # fmt: skip
URDU = PERSIAN | {
    "ٹ": ("t", "tt"), "ڈ": ("d",), "ڑ": ("r", "rr", "d"), "ں": ("n", "", "n"), "ھ": ("h",), "ہ": ("h", "a", "h"),
    "ے": ("e", "ay", "y", "ai"), "و": ("o", "w", "u", "oo"), "ی": ("i", "y", "ee"), "ق": ("q", "k"), "ع": ("a", ""),
    "ا": ("a", "a", "aa"), "چ": ("ch", "c"), "ش": ("sh",), "خ": ("kh",), "غ": ("gh",), "ۓ": ("e",), "ؤ": ("o",),
}  # fmt: skip
DEVANAGARI = {
    "अ": ("a",), "आ": ("aa", "a"), "इ": ("i",), "ई": ("ee", "i"), "उ": ("u",), "ऊ": ("oo", "u"), "ए": ("e",),
    "ऐ": ("ai", "e"), "ओ": ("o",), "औ": ("au", "o"), "ऋ": ("ri",), "ा": ("a", "aa", "a"), "ि": ("i",),
    "ी": ("i", "ee", "i"), "ु": ("u",), "ू": ("u", "oo"), "े": ("e",), "ै": ("ai", "e", "ai"), "ो": ("o",),
    "ौ": ("au", "o"), "ृ": ("ri",), "ं": ("n", "n", ""), "ँ": ("n", ""), "ः": ("h",), "्": ("",), "़": ("",),
    "क": ("k",), "ख": ("kh",), "ग": ("g",), "घ": ("gh",), "ङ": ("n",), "च": ("ch",), "छ": ("chh", "ch"),
    "ज": ("j",), "झ": ("jh",), "ञ": ("n",), "ट": ("t",), "ठ": ("th",), "ड": ("d",), "ढ": ("dh",), "ण": ("n",),
    "त": ("t",), "थ": ("th",), "द": ("d",), "ध": ("dh",), "न": ("n",), "प": ("p",), "फ": ("ph", "f"), "ब": ("b",),
    "भ": ("bh",), "म": ("m",), "य": ("y",), "र": ("r",), "ल": ("l",), "व": ("v", "w"), "श": ("sh",), "ष": ("sh",),
    "स": ("s",), "ह": ("h",), "ॉ": ("o",), "ॅ": ("e",), "ऑ": ("o",),
}  # fmt: skip
_VOWEL_SIGNS = set("ािीुूेैोौृ्ॉॅ")
_TABLES = {"ar": (ARABIC, "aaeeiou"), "fa": (PERSIAN, "aeo"), "ur": (URDU, "aiu")}
_LATIN_VOWELS = set("aeiou")

# What Arabic dictionaries lack and chats are full of, west to east, in the spellings of those who type it.
COLLOQUIAL_ARABIC = """
chnowa chnia chneya chkoun 3lech 3lach kifech kifach wa9tech winek winha fin fein feen wen 9adech b9adech barcha
yesser behi bahi mlih mli7 mezyan zwin zwina labes la bes hamdoulah hamdulilah ya3ni y3ni nhar lyoum elyoum lioum
ghodwa 8odwa ghedwa lbera7 elbere7 taw tawa tawwa daba druk dork doka hala2 halla2 delwa2ty dilwa2ti alaan alyawm
sbe7 sba7 saba7 elkhir el5ir lkhir masa2 msa tesba7 3la 5ir 3ala khir bech bch besh bash rah rahi rani raki rak
ena ana ani nti inti enti inta enta nta howa houwa hia hiya huwa ahna a7na e7na 7na ntouma entom homa huma hom
mouch mech mch moch mesh mish mush mafich mafish mafi makanch makayench ma3andich ma3andi 3andi 3andek 3endi 3andha
n7eb nheb 7abit habit bghit bghiti 3ayez 3ayza 3awez biddi bedi beddak baddi abgha abi abghi areed 2oreed orid
aamel 3amel 3amla ta3mel na3mel ya3mel n3mel dir ndir tdir kandir kanbghi katdir kay9oul 9oul 9olli 9alli 9al gal
9alet goulili goulih 2olt olt oltelak ba2ollak b2olek chof chouf chouff choft shof shoft shufi shu shoo esh esho eish
aywa eywa ayoua na3am ey eh la laa walla wallahi wlh wallah 3anjad bjad begad bgd yalla yala haya hayya 5alas khalas
khlas safi saye sahit sa7it sa7a ya3tik ysalmek ysallem yislamo tislam teslam tislami shokran choukran chokran
chokrane shukran 3afak 3afek min fadlak fadlik lw sama7t law samahti semhili sem7ni asef asif asfa ma3lich ma3lesh
maalesh habibi 7abibi 7abibti 7abibi 7obi hobbi 3omri omri 3yooni 3youni rouhi ro7i rou7i galbi 9albi albi albak
weldi wlidi wledi bnti benti bnt wlad awlad 3ayla 3ayelti 3a2ilti omi ommi oummi mama baba bouya khouya 5ouya khoya
okhti o5ti ukhti sahbi sa7bi sa7btek sahebti jouzi zawji jozi mart marti rajel rajli mra nes ness nas 3bed l3bed
kolo kol kollo koll kolha lkoll ellkol kolna chway chwaya shwaya shway shwayeh ktir kteer kter ketir awi 2awi giddan
jeddan jiddan bzzaf bezaf bezzaf bizaf hada hadha hedha hedhi hadi hedi hadchi hadak hethi hay hayda haydi da di dah
keda kda kida hek heik hayk haka hakka heka hakak zada zeda kamen kaman barra barcha dakhel fo9 ta7t ta7et foug
wara2 janb 7da 7dha 9odem 2odam b3id b3ida 9rib 9riba jdid jdida gdid 9dim kbir kbira kebir sghir sghira soghayar
mriedh mridh mrid maridh 3ayan ta3ben ta3bena ta3bana tabib toubib doktor tbib sbitar sbitar mostachfa dwa dowa dawa
elwa9t wa9t wa2t sa3a se3a d9i9a de2i2a youm ayem ayam chhar shahr 3am 3amin senin snin flous floos flus felous masari
masare floussi khedma 5edma khdma 5idma shoghol shoghl 3amal dar darna dari beit bayt bet beet maison madrasa ecole
jem3a jam3a 9raya na9ra ta9ra ya9ra 9rit ktebt kteb ktab weraq wra9 wri9at awra9 titre carta residence i9ama i9ama
iqama lejou2 loujou2 mouhami mo7ami mou7ami 7oukouma 7okouma bolis boulis mochkla mouchkla mochkil mushkila meshkela
moshkela sa3edni sa3douni sa3edini 3awnouni 3aweni 3awnini se3dni momken mumkin moumken yomken lazem lezem khass khassni
khasni 5asni najem najmou nejem nejmou ynajem tnajem njem a9der na9der ma9dertch 2adra 2ader a2dar ba2dar bi2dar nes2el
nsa2el ns2al as2al ba3raf ma3raf ma3rafch ne3ref na3ref ta3ref ta3raf ya3ref 3refet 3rafti ma3reftch fhemt fhamt ma
fhemtch mafhemtch mabfham mafhimt sme3t sma3t sme3t sma3ni esma3 isma3 n7ki nahki n7kiw 7ki 7ke 7aka bahki b7ki tahki
jit jina ji yji tji jey jeya gay gaya ray7 rayi7 raye7 ray7a rayha mchit mchina nemchi temchi yemchi emchi imshi rou7
ro7 rouhi arjou3 rje3 rja3 erja3 bkit tebki yebki nebki dhahri rasi mo5i mo5 wja3 youja3 youja3ni wja3 yewja3ni btewja3
twa77acht twahachtek wa7acht wahashtini wa7ashtini moshtag 7zin 7zina za3len za3lan za3lana far7an far7ana fer7an mabrouk
mabrook mabruk 3ou9bal 3id 3idkom mabrouk rbi rabi rabbi ma3ak m3ak m3aki m3ana ma3aya m3aya m3ah wyak wayak allah yehdik
yer7mou yar7mou ra7mou lah yebarek ybarik ybarek fik fiki incha2allah nchallah nchalah inchalah inshalla in sha2 allah
mashallah machallah mecha2allah tbarkallah tbarkellah elhamdulillah l7amdulah l7amdoulillah a3oudhou billeh astaghfirullah
kifek kifesh kifak kifik keefak kefak keefik shlonak shlonek shlonich shlonkum chlonek ezayak ezzayak izayik 3amel eh
kidayer kidayra kidayr cava ca va labas 3lik 3lek wach wesh wech wash wachrak waxrak chhalek hmd tfadal tfaddal etfaddal
mar7aba marhba mar7ba mer7ba ahla ahlan ahleen wasahlan wa sahlan salam 3alaykom 3likom 3leykom 3alikoum wa3alaykom
chabeb mouzika ghneya 8neya ghoneya ghna yghanni fannan fannena sot soutek 7lou 7elou 7elwa 7lowa helwa jmil jamil gamil
jamila gameel behya tayara ra2i3 ra2e3 roo3a rou3a 3aslema bislema beslama m3a salama ma3 salema allah ma3ak 3ajbni 3jbni
3ajbatni y3jebni ya3jebni 3jebni mouhem mouhim mohem mohim ahamm el mohem 3la5ater 3la khater 5ater khater cause
bessif b sif belhi brabi brabbi bellehi b3ath ib3ath ab3at eb3at ab3atlak rsel arsel ersel jaweb jawbni jaweb 3liya roddi
rod 3aleya 3liya 3lih 3liha 3lihom 3ana fina fiha fih fihom mennou menha menhom mennek menni bik biha bih beha bya lik liha
lih lihom lina lel fel mel 3al 3ala wel w el ely eli elli lli li illi kima kif ki zay zayy mitl metl methl metel
"""
_DIALECT = COLLOQUIAL_ARABIC.split()


def romanise(text: str, language: str, draw: random.Random) -> str:
    """A normalised text of ar, fa, ur or hi in Latin letters, in one style drawn for the whole text."""
    if language == "hi":
        return _from_devanagari(
            text, {letter: draw.choice(ways) for letter, ways in DEVANAGARI.items()}, draw
        )
    table, vowels = _TABLES[language]
    style = {letter: draw.choice(ways) for letter, ways in table.items()}
    filled = draw.choice((0.25, 0.5, 0.8))  # how often a short vowel is written between two consonants
    words = [_from_abjad(word, style, vowels, filled, draw) for word in text.split()]
    return normalise(" ".join(words))


def colloquial_arabic(formal: list[str], foreign: list[str], draw: random.Random) -> str:
    """Two to nine words of chat: dialect words, a romanised formal word here, a French or English one there."""
    words = []
    for _ in range(draw.randint(2, 9)):
        kind = draw.random()
        words.append(draw.choice(_DIALECT if kind < 0.6 else formal if kind < 0.93 else foreign))
    return normalise(" ".join(words))


def _from_abjad(word: str, style: dict[str, str], vowels: str, filled: float, draw: random.Random) -> str:
    article = word.startswith("ال") and len(word) > 4
    letters = ["el" if style.get("ش") == "ch" else "al"] if article else []
    for letter in word[2:] if article else word:
        latin = style.get(letter, letter if letter.isascii() else "")
        consonants = (
            letters and latin and letters[-1][-1:] not in _LATIN_VOWELS and latin[0] not in _LATIN_VOWELS
        )
        if consonants and draw.random() < filled:
            letters.append(draw.choice(vowels))
        letters.append(latin)
    return "".join(letters)


def _from_devanagari(text: str, style: dict[str, str], draw: random.Random) -> str:
    letters = []
    for letter, after in zip(text, text[1:] + " ", strict=True):
        letters.append(style.get(letter, letter if letter.isascii() else ""))
        consonant = "क" <= letter <= "ह"
        if consonant and after not in _VOWEL_SIGNS and after != " " and after != "़":
            letters.append("a")
    words = "".join(letters).split(" ")
    return normalise(
        " ".join(re.sub(r"([^aeiou])a([^aeiou]{1,2}[aeiou]+)$", _schwa(draw), word) for word in words)
    )


def _schwa(draw: random.Random) -> str:
    return r"\1\2" if draw.random() < 0.5 else r"\1a\2"  # "samajhana" is said, and often written, "samajhna"
