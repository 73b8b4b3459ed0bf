import type { WidgetSettings } from '../domain.ts';

/** Label of the button that opens the panel: nothing is loaded before, so all languages are here. */
export const launcherWords: Readonly<Record<string, string>> = {
  en: 'Ask a question',
  es: 'Hacer una pregunta',
  de: 'Frage stellen',
  fr: 'Poser une question',
  pt: 'Fazer uma pergunta',
  it: 'Fai una domanda',
};

/** What is shown while the server cannot be reached; the same words as in the server's own English. */
export const englishSettings: WidgetSettings = {
  language: 'en',
  articleLanguage: 'en',
  words: {
    title: 'Ask the article',
    close: 'Close',
    conversation: 'Conversation',
    question: 'Your question',
    send: 'Ask',
    stop: 'Stop',
    retry: 'Try again',
    copy: 'Copy',
    copied: 'Copied.',
    startOver: 'Start over',
    erased: 'Erased, here and on the server.',
    notErased: 'Not erased: the server cannot be reached. Please try again.',
    helpful: 'Helpful',
    unhelpful: 'Not helpful',
    comment: 'Tell us more (optional)',
    sendComment: 'Send',
    notSent: 'Not sent. Please try again.',
    thanks: 'Thank you.',
    looking: 'Looking in the article…',
    answered: 'From the article',
    refused: 'Not in the article',
    redirected: 'Better asked of a person',
    source: 'Where does it say this?',
    suggestions: 'You could ask',
    offline: 'No connection. Your question is kept; trying again…',
    failed: 'No answer came. Your question is kept.',
    stopped: 'Stopped.',
    contact: 'Contact us',
  },
  disclosure:
    'I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.',
  greeting: '',
  suggestions: [],
  contacts: [],
};
