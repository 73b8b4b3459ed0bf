/**
 * Words that say how, when, where or how much a thing is and name no kind of it: "a first massage" is a massage, "a Swedish
 * massage" is a massage of another kind.
 */
export const describingWords: ReadonlySet<string> = new Set(
  [
    // worth and liking
    'good better best great nice nicer nicest lovely fine perfect wonderful amazing awesome excellent brilliant ideal favourite favorite bad worse worst poor terrible awful',
    'decent proper real true actual genuine right wrong fake serious plain simple basic normal usual regular typical standard common ordinary average general',
    'special unique different similar same certain particular specific various several own other another such extra additional further',
    // size, strength, speed
    'big bigger biggest small smaller little tiny huge large long longer longest short shorter brief quick quicker fast faster slow slower',
    'full half whole complete total entire partial single double whole strong stronger weak hard harder soft softer light lighter heavy heavier gentle gentler thorough careful rough firm mild intense',
    'high low deep deeper shallow warm cold cool dry wet tight loose',
    // order and time
    'first second third last next previous early earlier late later latest new newer old older young ancient modern recent current future past once',
    'daily weekly monthly yearly annual hourly occasional frequent constant permanent temporary final initial',
    'morning evening night afternoon lunchtime weekend holiday today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday',
    'minute minutes hour hours day days week weeks month months year years',
    // who gets or gives it, and how it is arranged
    'professional amateur trained skilled experienced qualified local private public personal free cheap cheaper expensive costly paid booked',
    'effective safe safer useful helpful healthy harmful pleasant unpleasant painful painless relaxing soothing comfortable nasty scary boring weird strange silly',
    'main major minor important key overall exact possible likely ready available',
    'actually really simply basically like just maybe perhaps quite pretty rather so super totally',
    'two three four five six seven eight nine ten hundred',
  ].flatMap((line) => line.split(' ')),
);
