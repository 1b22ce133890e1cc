"""Words that say nothing about the language: everybody writes them, whatever they speak."""

from content.detection.text import normalise

_COURTESIES = """
ok okay okey okei okej oki kk ciao bye amen amin ameen aamiin inshallah mashallah alhamdulillah merci mersi bravo super aha hm hmm thanks thx tnx
اوکی اوکے اوك اوكي مرسی مرسي آمین آمين امين انشاءالله ماشاءالله الحمدلله ок окей እሺ ኦኬ
"""
_WORDS = """
k hi hii hey heyy hei hej heja hello helo hallo halo hola alo allo allô yo
salam salaam selam salem slm salamu salaamu assalam asalam asalaam aleikum alaikum aleykum alaykum aleykoum alaikoum
alejkum wa wassalam merhaba marhaba insha allah masha
bismillah wallah yalla stop test start info sos
haha hahaha hehe hihi lol xd omg wow mm mmm eh ah oh uh pls plz
tusen mama papa baba
nav udi uno imdi une dufs ns siri visma altinn bankid minid helsenorge fastlege borger mitid nemid sifo nokas
oslo bergen trondheim stavanger drammen tromsø kristiansand københavn copenhagen aarhus århus odense aalborg
norge norway norvege danmark denmark sverige stockholm göteborg malmö london paris berlin roma dubai istanbul kabul
whatsapp telegram facebook messenger instagram tiktok viber signal imo google youtube gmail email mail sms pdf app
internet wifi online video foto photo corona covid korona taxi bus hotel visa pass bank
www http https com kr nok usd eur dkk sek tlf tel nr id cv
سلام السلام عليكم علیکم وعليكم مرحبا الله اللە یا يا ان شاء ماشاء
إن شاءالله هههه ههه خخخ الحمد لله بسم هلا ألو الو
привет алло нав уди осло хаха
ሰላም
"""
_NAMES = """
fatima fatma fatuma fadumo faduma amina aamina amna khadija khadijo hodan hodo sahra zahra zainab zeynep maryam mariam
maria mary miriam meryem aisha aysha ayse caasha asha halima xaliima hawa naima nasra safia safiya sara sarah sahar
leila layla leyla yasmin jasmin nadia noor nour nur nora rana rania huda hoda iman eman salma samira sabrina rahma
ruqiya hibo ifrah ayaan ayan muna mona samar dina farah ikram malika karima rachida latifa amira amal hanan
mohamed mohammed muhammad mohammad mahamed maxamed muhammed mehmet mohamud mahmud mahmood maxamuud ahmed ahmad axmed
ahmet abdi cabdi ali cali omar cumar umar osman cusmaan othman usman hassan xasan hasan hussein xuseen husein hussain
abdullah abdalla abdulahi cabdullahi abdirahman abdulrahman ibrahim ibraahim yusuf yuusuf youssef ismail ismaaciil
adam aadan khalid khaled bilal hamza karim said saeed salah sami samir tariq tarek jamal jama jaamac farhan mustafa
selam almaz tigist senait semhar saba helen rahel ruth hana hanna hannah bethlehem mekdes abeba tsehay luwam feven
daniel david dawit abraham abrham michael mikael samuel solomon yonas tesfaye haile bereket kidane berhane
olena oksana natalia nataliya tetiana svitlana iryna irina julia yulia anna anastasia ivan oleksandr dmytro andriy
olga tatiana elena svetlana ludmila vladimir sergei igor
kowalska nowak anna katarzyna agnieszka magdalena ewa piotr pawel krzysztof tomasz jan adam marek
tom ken john peter maria marie eva emma nora ingrid kari anne kristin lars ole per hans erik johan
rojin berivan zilan dilan rozerin ciwan azad shirin nasrin parwin parvin farzana shabnam zohra mahnaz zarghuna
maryam sediqa sakina masooma reza hamid hossein mahdi farid jawad najib nguyen tran pham linh mai thi
singh kaur priya anita sunita gurpreet harpreet lakshmi aung thida somchai joy grace rose angel jose juan carlos
"""
COURTESIES = frozenset(normalise(word) for word in _COURTESIES.split())
"""Those that ask for nothing either, normalised: "ok", "merci", "inshallah"."""

_NEUTRAL = COURTESIES | frozenset(normalise(word) for word in (_WORDS + _NAMES).split())


def telling(text: str) -> str:
    """A normalised text without the words that say nothing; empty when it has no others."""
    return " ".join(word for word in text.split(" ") if word not in _NEUTRAL)
