import type { FactKind } from '../answering/asked-kind.ts';
import type { GreetingReason, RedirectReason, RefusalReason } from '../domain.ts';
import type { Locale } from './locale.ts';

// Every fixed word that a visitor can read in a reply is in this file.

/** Who has read and accepted the words; empty until a person has. */
export const safeWordsReview = { version: 1, reviewedBy: '', reviewedOn: '' } as const;

/** The words around the article's own, in the language of the shipped article. */
export const replies = {
  /** Before the article's own sentences. */
  quoteLead: 'The article says:',
  /** Before sentences that were all quoted in this conversation already. */
  againLead: 'As quoted before:',
  /** The same after "tell me more". */
  noMoreLead: (heading: string) => `Everything under “${heading}” has been quoted by now. Once more:`,
  /** Before the items of one of the article's own lists. */
  listLead: 'The article describes these:',
  /** When the article never has a word of the question, which is one of the dictionary. */
  notMentioned: (words: string) => `The article does not mention ${words}.`,
  /** When the article states no fact of the kind that is asked for. */
  notStated: {
    price: 'The article does not give prices.',
    frequency: 'The article does not say how often.',
    duration: 'The article does not say how long.',
    number: 'The article does not give a number for that.',
    place: 'The article does not say where.',
    person: 'The article does not say who.',
    date: 'The article does not say when.',
    dose: 'The article does not give amounts.',
    harm: 'The article does not speak of risks.',
    safety: 'The article does not say whether that is safe.',
    evidence: 'The article does not speak of studies.',
    qualification: 'The article does not speak of training or licences.',
  } satisfies Record<FactKind, string>,
  /** When it comes near without clearly saying so: the sections to ask about instead. */
  nearestSections: (headings: readonly string[]) =>
    `The nearest it comes is under ${headings.map((heading) => `“${heading}”`).join(', ')}. Is that what you mean?`,
  /** Before the headings that the article does have. */
  coverageLead: 'It covers:',
  /** A question about one section, for suggestions. */
  aboutSection: (heading: string) => `What does the article say about ${heading}?`,
} as const;

/** Every fixed word of one language. `{emergency}`, `{crisis}`, `{contact}` and `{language}` are filled in. */
export interface FixedWords {
  readonly redirects: Readonly<Record<RedirectReason, string>>;
  readonly plain: Readonly<Record<GreetingReason | RefusalReason | 'about', string>>;
  readonly disclosure: string;
  readonly articleLanguage: string;
  readonly languageNames: Readonly<Record<Locale, string>>;
  /** In place of a number or contact that the configuration does not have. */
  readonly missing: { readonly emergencyNumber: string; readonly crisisLine: string; readonly contact: string };
}

/** Reviewed as a whole: whoever changes a word here raises the version and empties the review above. */
export const fixedWords: Readonly<Record<Locale, FixedWords>> = {
  en: {
    redirects: {
      crisis:
        'If you think someone may be in danger, call {emergency} now. You can talk to a person at any hour at {crisis}. I am an automated assistant and cannot help with this, but people there can.',
      emergency:
        'If you think this may be an emergency, call {emergency} now. Do not wait for an answer from me. I am an automated assistant and cannot assess this.',
      'after-visit':
        'If you think you need help now, call {emergency}. Please tell the place you visited: {contact}. I am an automated assistant and cannot assess how you are after a visit.',
      complaint:
        'If you think someone is in danger, call {emergency}. Please tell the people in charge: {contact}. I am an automated assistant and cannot look into what happened.',
      symptom:
        'If you think this may be urgent, call {emergency}. I cannot assess how you or anyone else is. Someone qualified who can see the person can help.',
      suitability:
        'I cannot say whether a massage suits a particular person. Please ask someone qualified who knows the person first. If you think it is urgent, call {emergency}.',
      instructions:
        'I cannot give instructions, amounts or plans for a person. Please ask someone qualified who can see the person. If you think it is urgent, call {emergency}.',
      efficacy:
        'I cannot say what a massage does for any health matter. Please ask someone qualified who knows the person. If you think it is urgent, call {emergency}.',
      minor:
        'I can only talk with adults, and I cannot advise on a massage for anyone under age. Please ask a parent or guardian to contact us: {contact}. If you think it is urgent, call {emergency}.',
      sexual: 'I cannot help with that. I only answer questions about the article.',
      business:
        'I cannot see prices, bookings or opening hours. Please ask here: {contact}. I can answer questions about the article.',
    },
    plain: {
      about:
        'I am Nape, an automated assistant. Ask me about neck and spine massage: I answer with what one article says and show where it says so.',
      greeting: 'Hello. Ask me what the article says about neck and spine massage.',
      thanks: 'You are welcome. Ask me anything else about the article.',
      unintelligible: 'I could not read a question there. Please write it in other words.',
      probing: 'I can only answer questions about the article. What would you like to know about it?',
      'not-in-article': 'The article does not answer that.',
      'off-topic': 'That is outside the article. I can only answer questions about it.',
    },
    disclosure:
      'I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.',
    articleLanguage: 'The article is in {language}. Please ask in {language}.',
    languageNames: { en: 'English', es: 'Spanish', de: 'German', fr: 'French', pt: 'Portuguese', it: 'Italian' },
    missing: {
      emergencyNumber: 'your local emergency number',
      crisisLine: 'a crisis line in your country',
      contact: 'the team of the place',
    },
  },
  es: {
    redirects: {
      crisis:
        'Si crees que alguien puede estar en peligro, llama ahora a {emergency}. Puedes hablar con una persona a cualquier hora en {crisis}. Soy un asistente automático y no puedo ayudar con esto, pero allí sí hay quien puede.',
      emergency:
        'Si crees que puede ser una emergencia, llama ahora a {emergency}. No esperes una respuesta mía. Soy un asistente automático y no puedo valorar esto.',
      'after-visit':
        'Si crees que necesitas ayuda ahora, llama a {emergency}. Avisa al lugar que visitaste: {contact}. Soy un asistente automático y no puedo valorar cómo estás después de una visita.',
      complaint:
        'Si crees que alguien está en peligro, llama a {emergency}. Cuéntaselo a los responsables: {contact}. Soy un asistente automático y no puedo investigar lo ocurrido.',
      symptom:
        'Si crees que puede ser urgente, llama a {emergency}. No puedo valorar cómo estás tú ni cómo está otra persona. Puede ayudar alguien cualificado que vea a la persona.',
      suitability:
        'No puedo decir si un masaje conviene a una persona concreta. Pregunta antes a alguien cualificado que la conozca. Si crees que es urgente, llama a {emergency}.',
      instructions:
        'No puedo dar instrucciones, cantidades ni planes para una persona. Pregunta a alguien cualificado que pueda verla. Si crees que es urgente, llama a {emergency}.',
      efficacy:
        'No puedo decir qué hace un masaje en ningún asunto de salud. Pregunta a alguien cualificado que conozca a la persona. Si crees que es urgente, llama a {emergency}.',
      minor:
        'Solo puedo hablar con adultos y no puedo aconsejar un masaje para menores. Pide a tu madre, padre o tutor que nos contacte: {contact}. Si crees que es urgente, llama a {emergency}.',
      sexual: 'No puedo ayudar con eso. Solo respondo preguntas sobre el artículo.',
      business:
        'No puedo ver precios, reservas ni horarios. Pregunta aquí: {contact}. Puedo responder preguntas sobre el artículo.',
    },
    plain: {
      about:
        'Soy Nape, un asistente automático. Pregúntame sobre el masaje de cuello y columna: respondo con lo que dice un artículo y muestro dónde lo dice.',
      greeting: 'Hola. Pregúntame qué dice el artículo sobre el masaje de cuello y columna.',
      thanks: 'De nada. Pregúntame lo que quieras sobre el artículo.',
      unintelligible: 'No he podido leer una pregunta. Escríbela con otras palabras.',
      probing: 'Solo puedo responder preguntas sobre el artículo. ¿Qué quieres saber de él?',
      'not-in-article': 'El artículo no responde a eso.',
      'off-topic': 'Eso queda fuera del artículo. Solo puedo responder preguntas sobre él.',
    },
    disclosure:
      'Soy un asistente automático. Doy información general del artículo, no consejo médico. No compartas aquí datos de salud.',
    articleLanguage: 'El artículo está en {language}. Pregunta en {language}, por favor.',
    languageNames: { en: 'inglés', es: 'español', de: 'alemán', fr: 'francés', pt: 'portugués', it: 'italiano' },
    missing: {
      emergencyNumber: 'el número de emergencias de tu zona',
      crisisLine: 'una línea de ayuda de tu país',
      contact: 'el equipo del lugar',
    },
  },
  de: {
    redirects: {
      crisis:
        'Wenn Sie denken, dass jemand in Gefahr ist, rufen Sie jetzt an: {emergency}. Mit einem Menschen sprechen können Sie jederzeit hier: {crisis}. Ich bin ein automatischer Assistent und kann dabei nicht helfen, die Menschen dort können es.',
      emergency:
        'Wenn Sie denken, dass es ein Notfall ist, rufen Sie jetzt an: {emergency}. Warten Sie nicht auf eine Antwort von mir. Ich bin ein automatischer Assistent und kann das nicht einschätzen.',
      'after-visit':
        'Wenn Sie denken, dass Sie jetzt Hilfe brauchen, rufen Sie an: {emergency}. Bitte sagen Sie es dem Haus, das Sie besucht haben: {contact}. Ich bin ein automatischer Assistent und kann nicht einschätzen, wie es Ihnen geht.',
      complaint:
        'Wenn Sie denken, dass jemand in Gefahr ist, rufen Sie an: {emergency}. Bitte sagen Sie es den Verantwortlichen: {contact}. Ich bin ein automatischer Assistent und kann nicht klären, was geschehen ist.',
      symptom:
        'Wenn Sie denken, dass es dringend ist, rufen Sie an: {emergency}. Ich kann nicht einschätzen, wie es Ihnen oder anderen geht. Helfen kann jemand mit Fachwissen, der die Person sieht.',
      suitability:
        'Ich kann nicht sagen, ob eine Massage zu einer bestimmten Person passt. Bitte fragen Sie vorher jemanden mit Fachwissen, der die Person kennt. Wenn Sie denken, dass es dringend ist, rufen Sie an: {emergency}.',
      instructions:
        'Ich kann keine Anleitungen, Mengen oder Pläne für eine Person geben. Bitte fragen Sie jemanden mit Fachwissen, der die Person sieht. Wenn Sie denken, dass es dringend ist, rufen Sie an: {emergency}.',
      efficacy:
        'Ich kann nicht sagen, was eine Massage in Fragen der Gesundheit bewirkt. Bitte fragen Sie jemanden mit Fachwissen, der die Person kennt. Wenn Sie denken, dass es dringend ist, rufen Sie an: {emergency}.',
      minor:
        'Ich kann nur mit Erwachsenen sprechen und nicht zu Massagen für Minderjährige raten. Bitte lassen Sie Eltern oder Erziehungsberechtigte anfragen: {contact}. Wenn Sie denken, dass es dringend ist, rufen Sie an: {emergency}.',
      sexual: 'Dabei kann ich nicht helfen. Ich beantworte nur Fragen zum Artikel.',
      business:
        'Ich kann keine Preise, Termine oder Öffnungszeiten sehen. Bitte fragen Sie hier: {contact}. Fragen zum Artikel kann ich beantworten.',
    },
    plain: {
      about:
        'Ich bin Nape, ein automatischer Assistent. Fragen Sie mich zu Massage an Nacken und Wirbelsäule: Ich antworte mit dem, was ein Artikel sagt, und zeige, wo es steht.',
      greeting: 'Hallo. Fragen Sie mich, was der Artikel über Massage an Nacken und Wirbelsäule sagt.',
      thanks: 'Gern geschehen. Fragen Sie mich gern noch etwas zum Artikel.',
      unintelligible: 'Ich konnte darin keine Frage lesen. Bitte schreiben Sie sie mit anderen Worten.',
      probing: 'Ich kann nur Fragen zum Artikel beantworten. Was möchten Sie darüber wissen?',
      'not-in-article': 'Der Artikel beantwortet das nicht.',
      'off-topic': 'Das liegt außerhalb des Artikels. Ich kann nur Fragen dazu beantworten.',
    },
    disclosure:
      'Ich bin ein automatischer Assistent. Ich gebe allgemeine Informationen aus dem Artikel, keinen medizinischen Rat. Bitte nennen Sie hier keine Angaben zur Gesundheit.',
    articleLanguage: 'Die Sprache des Artikels ist {language}. Bitte fragen Sie in dieser Sprache.',
    languageNames: {
      en: 'Englisch',
      es: 'Spanisch',
      de: 'Deutsch',
      fr: 'Französisch',
      pt: 'Portugiesisch',
      it: 'Italienisch',
    },
    missing: {
      emergencyNumber: 'Ihre örtliche Notrufnummer',
      crisisLine: 'ein Krisentelefon in Ihrem Land',
      contact: 'das Team des Hauses',
    },
  },
  fr: {
    redirects: {
      crisis:
        'Si vous pensez que quelqu’un est en danger, appelez maintenant : {emergency}. Vous pouvez parler à une personne à toute heure : {crisis}. Je suis un assistant automatique et je ne peux pas aider, mais ces personnes le peuvent.',
      emergency:
        'Si vous pensez que c’est une urgence, appelez maintenant : {emergency}. N’attendez pas de réponse de ma part. Je suis un assistant automatique et je ne peux pas évaluer cela.',
      'after-visit':
        'Si vous pensez avoir besoin d’aide maintenant, appelez : {emergency}. Prévenez aussi le lieu de votre visite : {contact}. Je suis un assistant automatique et je ne peux pas évaluer comment vous allez.',
      complaint:
        'Si vous pensez que quelqu’un est en danger, appelez : {emergency}. Parlez-en aux responsables : {contact}. Je suis un assistant automatique et je ne peux pas examiner ce qui s’est passé.',
      symptom:
        'Si vous pensez que c’est urgent, appelez : {emergency}. Je ne peux pas évaluer comment vous allez, ni vous ni une autre personne. Une personne qualifiée qui voit la personne peut aider.',
      suitability:
        'Je ne peux pas dire si un massage convient à une personne donnée. Demandez d’abord à une personne qualifiée qui la connaît. Si vous pensez que c’est urgent, appelez : {emergency}.',
      instructions:
        'Je ne peux donner ni instructions, ni quantités, ni programme pour une personne. Demandez à une personne qualifiée qui peut la voir. Si vous pensez que c’est urgent, appelez : {emergency}.',
      efficacy:
        'Je ne peux pas dire ce qu’un massage fait pour une question de santé. Demandez à une personne qualifiée qui connaît la personne. Si vous pensez que c’est urgent, appelez : {emergency}.',
      minor:
        'Je ne parle qu’avec des adultes et je ne peux pas conseiller un massage pour un mineur. Demandez à un parent ou tuteur de nous joindre : {contact}. Si vous pensez que c’est urgent, appelez : {emergency}.',
      sexual: 'Je ne peux pas aider pour cela. Je réponds seulement aux questions sur l’article.',
      business:
        'Je ne vois ni les prix, ni les réservations, ni les horaires. Demandez ici : {contact}. Je peux répondre aux questions sur l’article.',
    },
    plain: {
      about:
        'Je suis Nape, un assistant automatique. Interrogez-moi sur le massage de la nuque et de la colonne : je réponds avec ce que dit un article et je montre où il le dit.',
      greeting: 'Bonjour. Demandez-moi ce que l’article dit du massage de la nuque et de la colonne.',
      thanks: 'Je vous en prie. Posez-moi d’autres questions sur l’article.',
      unintelligible: 'Je n’ai pas pu y lire une question. Écrivez-la avec d’autres mots.',
      probing: 'Je réponds seulement aux questions sur l’article. Que voulez-vous en savoir ?',
      'not-in-article': 'L’article ne répond pas à cela.',
      'off-topic': 'Cela sort de l’article. Je réponds seulement aux questions à son sujet.',
    },
    disclosure:
      'Je suis un assistant automatique. Je donne des informations générales tirées de l’article, pas un avis médical. Merci de ne partager ici aucun détail de santé.',
    articleLanguage: 'L’article est en {language}. Merci de poser la question en {language}.',
    languageNames: { en: 'anglais', es: 'espagnol', de: 'allemand', fr: 'français', pt: 'portugais', it: 'italien' },
    missing: {
      emergencyNumber: 'le numéro d’urgence de votre région',
      crisisLine: 'une ligne d’écoute de votre pays',
      contact: 'l’équipe du lieu',
    },
  },
  pt: {
    redirects: {
      crisis:
        'Se você acha que alguém pode estar em perigo, ligue agora: {emergency}. Você pode falar com uma pessoa a qualquer hora: {crisis}. Sou um assistente automático e não posso ajudar com isto, mas as pessoas de lá podem.',
      emergency:
        'Se você acha que pode ser uma emergência, ligue agora: {emergency}. Não espere uma resposta minha. Sou um assistente automático e não posso avaliar isto.',
      'after-visit':
        'Se você acha que precisa de ajuda agora, ligue: {emergency}. Avise também o lugar que visitou: {contact}. Sou um assistente automático e não posso avaliar como você está depois de uma visita.',
      complaint:
        'Se você acha que alguém está em perigo, ligue: {emergency}. Conte aos responsáveis: {contact}. Sou um assistente automático e não posso apurar o que aconteceu.',
      symptom:
        'Se você acha que pode ser urgente, ligue: {emergency}. Não posso avaliar como você ou outra pessoa está. Pode ajudar alguém qualificado que veja a pessoa.',
      suitability:
        'Não posso dizer se uma massagem convém a uma pessoa. Pergunte antes a alguém qualificado que a conheça. Se você acha que é urgente, ligue: {emergency}.',
      instructions:
        'Não posso dar instruções, quantidades nem planos para uma pessoa. Pergunte a alguém qualificado que a possa ver. Se você acha que é urgente, ligue: {emergency}.',
      efficacy:
        'Não posso dizer o que uma massagem faz por um assunto de saúde. Pergunte a alguém qualificado que conheça a pessoa. Se você acha que é urgente, ligue: {emergency}.',
      minor:
        'Só posso falar com adultos e não posso aconselhar massagem para menores. Peça a um responsável que fale conosco: {contact}. Se você acha que é urgente, ligue: {emergency}.',
      sexual: 'Não posso ajudar com isso. Só respondo perguntas sobre o artigo.',
      business:
        'Não vejo preços, reservas nem horários. Pergunte aqui: {contact}. Posso responder perguntas sobre o artigo.',
    },
    plain: {
      about:
        'Sou o Nape, um assistente automático. Pergunte sobre massagem do pescoço e da coluna: respondo com o que um artigo diz e mostro onde o diz.',
      greeting: 'Olá. Pergunte o que o artigo diz sobre massagem do pescoço e da coluna.',
      thanks: 'De nada. Pergunte mais sobre o artigo quando quiser.',
      unintelligible: 'Não consegui ler uma pergunta. Escreva com outras palavras, por favor.',
      probing: 'Só posso responder perguntas sobre o artigo. O que você quer saber dele?',
      'not-in-article': 'O artigo não responde a isso.',
      'off-topic': 'Isso está fora do artigo. Só posso responder perguntas sobre ele.',
    },
    disclosure:
      'Sou um assistente automático. Dou informação geral do artigo, não conselho médico. Não partilhe aqui dados de saúde.',
    articleLanguage: 'O artigo está em {language}. Pergunte em {language}, por favor.',
    languageNames: { en: 'inglês', es: 'espanhol', de: 'alemão', fr: 'francês', pt: 'português', it: 'italiano' },
    missing: {
      emergencyNumber: 'o número de emergência da sua região',
      crisisLine: 'uma linha de apoio do seu país',
      contact: 'a equipe do local',
    },
  },
  it: {
    redirects: {
      crisis:
        'Se pensi che qualcuno sia in pericolo, chiama subito: {emergency}. Puoi parlare con una persona a ogni ora: {crisis}. Sono un assistente automatico e non posso aiutare in questo, ma lì c’è chi può.',
      emergency:
        'Se pensi che sia un’emergenza, chiama subito: {emergency}. Non aspettare una mia risposta. Sono un assistente automatico e non posso valutarlo.',
      'after-visit':
        'Se pensi di avere bisogno di aiuto adesso, chiama: {emergency}. Avvisa anche il luogo che hai visitato: {contact}. Sono un assistente automatico e non posso valutare come stai dopo una visita.',
      complaint:
        'Se pensi che qualcuno sia in pericolo, chiama: {emergency}. Dillo ai responsabili: {contact}. Sono un assistente automatico e non posso verificare che cosa è successo.',
      symptom:
        'Se pensi che sia urgente, chiama: {emergency}. Non posso valutare come stai tu o come sta un’altra persona. Può aiutare qualcuno di qualificato che veda la persona.',
      suitability:
        'Non posso dire se un massaggio va bene per una persona. Chiedi prima a qualcuno di qualificato che la conosca. Se pensi che sia urgente, chiama: {emergency}.',
      instructions:
        'Non posso dare istruzioni, quantità o programmi per una persona. Chiedi a qualcuno di qualificato che possa vederla. Se pensi che sia urgente, chiama: {emergency}.',
      efficacy:
        'Non posso dire che cosa fa un massaggio per una questione di salute. Chiedi a qualcuno di qualificato che conosca la persona. Se pensi che sia urgente, chiama: {emergency}.',
      minor:
        'Posso parlare solo con adulti e non posso consigliare un massaggio per minorenni. Chiedi a un genitore o tutore di contattarci: {contact}. Se pensi che sia urgente, chiama: {emergency}.',
      sexual: 'Non posso aiutare in questo. Rispondo solo a domande sull’articolo.',
      business:
        'Non vedo prezzi, prenotazioni né orari. Chiedi qui: {contact}. Posso rispondere a domande sull’articolo.',
    },
    plain: {
      about:
        'Sono Nape, un assistente automatico. Chiedimi del massaggio di collo e colonna: rispondo con quello che dice un articolo e mostro dove lo dice.',
      greeting: 'Ciao. Chiedimi che cosa dice l’articolo sul massaggio di collo e colonna.',
      thanks: 'Prego. Chiedimi pure altro sull’articolo.',
      unintelligible: 'Non sono riuscito a leggere una domanda. Scrivila con altre parole.',
      probing: 'Posso rispondere solo a domande sull’articolo. Che cosa vuoi saperne?',
      'not-in-article': 'L’articolo non risponde a questo.',
      'off-topic': 'Questo è fuori dall’articolo. Posso rispondere solo a domande su di esso.',
    },
    disclosure:
      'Sono un assistente automatico. Do informazioni generali tratte dall’articolo, non consigli medici. Non condividere qui dettagli sulla salute.',
    articleLanguage: 'L’articolo è in {language}. Fai la domanda in {language}, per favore.',
    languageNames: { en: 'inglese', es: 'spagnolo', de: 'tedesco', fr: 'francese', pt: 'portoghese', it: 'italiano' },
    missing: {
      emergencyNumber: 'il numero di emergenza della tua zona',
      crisisLine: 'una linea di ascolto del tuo paese',
      contact: 'il team del luogo',
    },
  },
};
