"""Words that lead to a person: after which a name comes, how streets are called, digits as words. Parts of patterns."""

CALLED = (
    "jeg heter|navnet mitt er|mitt navn er|eg heiter|namnet mitt er|jeg hedder|mit navn er|jag heter|mitt namn är",
    "my name is|my name['’]s|i am called|i['’]m called|ich heiße|ich heisse|mein name ist",
    "je m['’]appelle|je me nomme|mon nom est|me llamo|mi nombre es|me chamo|chamo-me|meu nome é",
    "nazywam się|mam na imię|na imię mi|меня зовут|мо[её] имя|мене звати|мене звуть|моє ім['’]я",
    "zovem se|moje ime je|ime mi je|зовем се|моје име је|mă numesc|ma numesc|mă cheamă|numele meu este",
    "mano vardas|a nevem|nevem|quhem|emri im është|benim adım|ismim|navê min",
    "magacaygu waa|magaceygu waa|maqaan koo|maqaan kiyya|jina langu ni|naitwa|ninaitwa|sunana|nitwa|nkombo na ngai",
    "tôi tên là|tên tôi là|em tên là|tên em là|ang pangalan ko ay|ako si|ako po si|tudd naa|maa ngi tudd",
    "mera naam|mera nam",  # Urdu and Hindi in Latin letters
)
"""What comes before one's own name, in scripts that write names with a capital letter. Elsewhere it may be any word:
"my name is wrong in the letter"."""

STREETS = "gata|gaten|gatan|gaden|veien|vegen|vejen|vägen|alleen|alléen|allén"
"""How the names of streets end in Norwegian, Danish and Swedish, in forms that other words seldom have."""

WAYS = "gate|gade|vei|veg|vej|väg"
"""Other ends, which are words as well."""

PLACES = "allé|plass|plads"
"""And some that are words so often that only a house number makes a street of them."""

UNITS = "km|kilometer|mil|m|meter|min|minutt|minutter|minuter|time|timer|timmar|år|kr|kroner|kronor|ganger|gange|gånger"
"""What may be counted after these, when no house number is meant."""

DIGITS = (
    "null|nul|noll|en|én|ein|ett|to|tre|fire|fyra|fem|seks|sex|sju|syv|åtte|otte|åtta|ni|nio|två",
    "zero|oh|one|two|three|four|five|six|seven|eight|nine",
    "null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun",
    "zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf",
    "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve",
    "zero|um|dois|três|quatro|cinco|seis|meia|sete|oito|nove",
    "zero|jeden|dwa|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć",
    "ноль|нуль|один|два|три|четыре|чотири|пять|п['’]ять|шесть|шість|семь|сім|восемь|вісім|девять|дев['’]ять",
    "nula|jedan|dva|tri|četiri|pet|šest|sedam|osam|devet",
    "sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz",
    "eber|kow|hal|laba|saddex|afar|shan|lix|toddoba|todoba|siddeed|sideed|sagaal",
    "sifuri|moja|mbili|tatu|nne|tano|sita|saba|nane|tisa",
    "صفر|واحد|اثنان|اثنين|ثلاثة|أربعة|اربعة|خمسة|ستة|سبعة|ثمانية|تسعة",
    "صفر|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه",
    "صفر|ایک|دو|تین|چار|پانچ|چھ|سات|آٹھ|نو",
    "शून्य|एक|दो|दुई|तीन|चार|पांच|पाँच|छह|छः|छ|सात|आठ|नौ",
    "ዜሮ|ሓደ|ክልተ|ሰለስተ|ኣርባዕተ|ሓሙሽተ|ሽዱሽተ|ሸውዓተ|ሸሞንተ|ትሽዓተ",
    "ዜሮ|አንድ|ሁለት|ሶስት|ሦስት|አራት|አምስት|ስድስት|ሰባት|ስምንት|ዘጠኝ",
)
"""Zero to nine, a line for each language or for several that are close. Only a row of them is a number that tells."""
