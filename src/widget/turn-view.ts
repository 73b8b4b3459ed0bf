import type { Answer, CitedPassage, CitedSentence, WidgetSettings } from '../domain.ts';
import { append, button, detach, element, setPart } from './element.ts';
import { createFeedbackView } from './feedback-view.ts';
import { icons } from './icons.ts';
import { createPassageView } from './passage-view.ts';
import { fixedWordsAround, isLinkable, withLinks } from './reply-segments.ts';
import type { SavedTurn } from './tab-store.ts';

export interface TurnParts {
  readonly turn: SavedTurn;
  readonly settings: () => WidgetSettings;
  /** Where the page's owner can be reached, when the page says so. */
  readonly contactHref: string | undefined;
  readonly onCopy: ((text: string) => void) | undefined;
  readonly onFeedback: (value: 'up' | 'down', comment?: string) => void;
}

export type TurnView = ReturnType<typeof createTurnView>;

/** A question with its answer, built up as the events come in; each sentence becomes one node, once. */
export function createTurnView({ turn, settings, contactHref, onCopy, onFeedback }: TurnParts) {
  const { words, articleLanguage } = settings();
  const kind = element('p', 'kind');
  const body = element('div', 'body');
  const waiting = element('p', 'waiting', [element('i', ''), element('i', ''), element('i', '')]);
  const answer = element('div', 'answer', [kind, body, waiting]);
  // Not live: who asked knows the question.
  const asked = element('p', 'question', [turn.question], { 'aria-live': 'off' });
  const node = element('div', 'turn', [asked, answer]);

  const passages = new Map<string, CitedPassage>();
  const numbers: string[] = [];
  /** Of each sentence, the paragraph it is in. */
  const paragraphs: HTMLElement[] = [];
  let addToRun: (text: string) => void;
  let runOf = '';

  /** Says what kind of reply this is; the same words are not set twice, because they would be read out twice. */
  function call(text: string): void {
    if (kind.textContent !== text) kind.textContent = text;
  }

  function remember(found: readonly CitedPassage[]): void {
    for (const passage of found) passages.set(passage.id, passage);
  }

  /** Begins a paragraph; sentences that have the same sources as the one before go on in it. */
  function beginRun({ quoted, citations }: CitedSentence): void {
    const run = quoted ? element('q', '', [], { lang: articleLanguage }) : element('span', '');
    const paragraph = element('p', 'sentences', [run]);
    append(body, paragraph);
    const views = citations.flatMap((id) => {
      const passage = passages.get(id);
      if (!passage) return [];
      if (!numbers.includes(id)) numbers.push(id);
      const view = createPassageView(numbers.indexOf(id) + 1, passage, articleLanguage, words);
      append(paragraph, view.mark);
      append(body, view.node);
      return [view];
    });
    const texts: string[] = [];
    addToRun = (text) => {
      append(run, texts.length ? ' ' : '', element('span', '', [text]));
      texts.push(text);
      paragraphs.push(paragraph);
      if (quoted) for (const view of views) view.highlight(texts);
    };
  }

  function add(sentence: CitedSentence): void {
    const sources = `${sentence.quoted} ${sentence.citations}`;
    if (sources !== runOf) beginRun(sentence);
    runOf = sources;
    addToRun(sentence.text);
    call(words.answered);
  }

  const link = (text: string, href: string) => element('a', 'contact', [text], { href });

  function finish(result: Answer): void {
    const { outcome, sentences, text } = result;
    remember(result.passages);
    sentences.slice(paragraphs.length).forEach(add);
    detach(waiting);
    setPart(answer, `answer ${outcome}`);
    call(outcome === 'greeted' ? '' : words[outcome]);
    for (const [at, fixed] of fixedWordsAround(
      text,
      sentences.map((sentence) => sentence.text),
    )) {
      const pieces = withLinks(fixed, settings().contacts).map((piece) =>
        typeof piece === 'string' ? piece : isLinkable(piece.href) ? link(piece.text, piece.href) : piece.text,
      );
      body.insertBefore(element('p', 'words', pieces), paragraphs[at] ?? null);
    }
    if (outcome === 'greeted') return;
    if (contactHref && outcome !== 'answered') append(body, link(words.contact, contactHref));
    const sources = result.passages.map(
      ({ title, headings }, at) => `\n[${at + 1}] ${[title, ...headings].join(' › ')}`,
    );
    append(
      answer,
      element(
        'div',
        'actions',
        [
          ...(onCopy ? [button('action', words.copy, () => onCopy([text, ...sources].join('\n')), icons.copy)] : []),
          // A person who was pointed to a person is not asked to rate that.
          ...(outcome === 'redirected' ? [] : createFeedbackView(words, turn.value, onFeedback)),
        ],
        { 'aria-live': 'off' },
      ),
    );
  }

  return {
    node,
    remember,
    add,
    finish,
    /** Ends without an answer, in words, and with a button for another attempt. */
    fail(message: string, onRetry?: () => void) {
      detach(waiting);
      append(answer, element('p', 'failure', [message]));
      if (onRetry) append(answer, button('quiet', words.retry, onRetry));
    },
  };
}
