import type { WidgetSettings } from '../domain.ts';
import { streamAnswer } from './answer-stream.ts';
import { type Api, Problem } from './api.ts';
import { append, button, detach, element, empty } from './element.ts';
import { icons } from './icons.ts';
import type { SavedTurn, TabStore } from './tab-store.ts';
import { createTurnView, type TurnView } from './turn-view.ts';

export interface PanelParts {
  readonly api: Api;
  readonly store: TabStore;
  /** The server's, or the shipped English while it cannot be reached. */
  readonly settings: () => WidgetSettings;
  /** Asks the server for its settings again if it has not given them yet. */
  readonly refresh: () => Promise<unknown>;
  /** An attribute of the element, or undefined when it is empty. */
  readonly attribute: (name: string) => string | undefined;
  readonly dispatch: (type: string, detail: unknown) => void;
  /** Without it there is no button to close: the panel is part of the page. */
  readonly onClose: (() => void) | undefined;
  readonly isOpen: () => boolean;
  /** Aborts when the element leaves the page. */
  readonly signal: AbortSignal;
}

export interface Panel {
  readonly node: HTMLElement;
  focus(): void;
  ask(question: string): void;
  /** Keeps the conversation for the next page, if there is one. */
  save(): void;
}

type Turn = { -readonly [Key in keyof SavedTurn]: SavedTurn[Key] };

/** The panel: transcript, field and buttons, and the conversation behind them. */
export function createPanel(parts: PanelParts): Panel {
  const { api, store, settings, attribute, signal } = parts;
  const { clipboard } = navigator as Partial<Navigator>;
  const { words } = settings();
  const saved = store.load();
  let { conversationId, token } = saved ?? {};
  let turns: Turn[] = [];
  let running: { readonly stop: AbortController; readonly turn: Turn } | undefined;

  // ---- What is seen

  const log = element('div', 'transcript', [], { role: 'log', 'aria-label': words.conversation, tabindex: '0' });
  const suggestions = element('div', 'suggestions', [], { 'aria-live': 'off' });
  const status = element('p', 'status', [], { role: 'status' });
  const field = element('textarea', 'field', [], {
    rows: '1',
    maxlength: '2000',
    enterkeyhint: 'send',
    'aria-label': words.question,
    placeholder: words.question,
  });
  const send = button('send', words.send, () => ask(field.value), icons.send);
  const stop = button('send', words.stop, stopAnswer, icons.stop, { hidden: '' });
  const node = element(
    'section',
    'panel',
    [
      element('div', 'header', [
        element('slot', '', [], { name: 'logo' }),
        element('h2', 'title', [attribute('title') ?? words.title], { id: 'title' }),
        button('tool', words.startOver, startOver, icons.again),
        ...(parts.onClose ? [button('tool', words.close, parts.onClose, icons.close)] : []),
      ]),
      log,
      status,
      element('div', 'form', [field, send, stop]),
    ],
    { role: parts.onClose ? 'dialog' : 'region', 'aria-labelledby': 'title', hidden: '' },
  );
  field.onkeydown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask(field.value);
  };

  function say(text: string): void {
    status.textContent = text;
  }

  function suggest(questions: readonly string[]): void {
    empty(suggestions);
    append(
      suggestions,
      ...(questions.length ? [element('p', '', [words.suggestions])] : []),
      ...questions.map((question) =>
        button('suggestion', question, () => {
          ask(question);
          field.focus();
        }),
      ),
    );
    append(log, suggestions);
  }

  function begin(): void {
    empty(log);
    append(
      log,
      element('p', 'disclosure', [settings().disclosure]),
      element('p', 'greeting', [attribute('greeting') ?? settings().greeting]),
    );
    suggest(attribute('suggestions')?.split('|') ?? settings().suggestions);
  }

  function view(turn: Turn): TurnView {
    const made = createTurnView({
      turn,
      settings,
      contactHref: attribute('contact-href'),
      // Missing on pages without TLS.
      onCopy: clipboard && ((text) => void clipboard.writeText(text).then(() => say(words.copied))),
      onFeedback(value, comment) {
        const { turnId = '' } = turn;
        turn.value = value;
        save();
        parts.dispatch('nape-feedback', { turnId, value, comment });
        api.feedback(turnId, value, comment).then(
          () => say(words.thanks),
          () => say(words.notSent),
        );
      },
    });
    log.insertBefore(made.node, suggestions);
    return made;
  }

  // ---- The conversation

  function save(): void {
    if (turns.length) store.save({ conversationId, token, turns, open: parts.isOpen(), draft: field.value });
  }

  function ask(text: string): void {
    const question = text.trim();
    if (!question || running) return;
    field.value = '';
    void run({ question, key: newKey() });
  }

  async function run(turn: Turn): Promise<void> {
    const stopping = new AbortController();
    running = { stop: stopping, turn };
    turns.push(turn);
    send.hidden = true;
    stop.hidden = false;
    empty(suggestions);
    const shown = view(turn);
    say(words.looking);
    save();
    let refreshed = parts.refresh();
    try {
      const events = streamAnswer({
        api,
        body: { question: turn.question, conversationId, token },
        turn,
        signal: AbortSignal.any([signal, stopping.signal]),
        onOffline: () => say(words.offline),
      });
      for await (const event of events) {
        if (event.type === 'answer-start') {
          turn.turnId = event.turnId;
          conversationId = event.conversationId;
          token = event.token ?? token;
          save();
          // The server is there now, which it may not have been when the panel opened.
          refreshed = parts.refresh();
        }
        if (event.type === 'passages-found') shown.remember(event.passages);
        if (event.type === 'sentence-verified') shown.add(event.sentence);
        if (event.type === 'answer-error') throw new Problem(500, event.message);
        if (event.type === 'answer-end') {
          // A redirect is not shown without the links of its numbers, when they can be had.
          await refreshed;
          turn.answer = event.answer;
          shown.finish(event.answer);
          suggest(event.answer.suggestions);
          say('');
          parts.dispatch('nape-answer', event.answer);
        }
        // The question stays in sight; the browser keeps this within what there is to scroll.
        log.scrollTop = shown.node.offsetTop - 12;
      }
    } catch (thrown) {
      if (!signal.aborted) fail(turn, shown, stopping.signal.aborted, thrown);
    }
    if (signal.aborted || running?.turn !== turn) return;
    running = undefined;
    const focused = (node.getRootNode() as ShadowRoot).activeElement;
    send.hidden = false;
    stop.hidden = true;
    if (focused === stop) field.focus();
    save();
  }

  function fail(turn: Turn, shown: TurnView, stopped: boolean, thrown: unknown): void {
    const { status: code = 0, message = '' } = thrown instanceof Problem ? thrown : {};
    turns = turns.filter((each) => each !== turn);
    say('');
    if (stopped) {
      shown.fail(words.stopped);
      // Nothing had come yet: the words are still the visitor's to change.
      if (!turn.turnId) field.value ||= turn.question;
      return;
    }
    // What the server refused is asked anew; what did not arrive may have been answered meanwhile.
    const next = code ? { question: turn.question, key: newKey() } : turn;
    const retry = () => {
      detach(shown.node);
      if (field.value === turn.question) field.value = '';
      void run(next);
    };
    // The server keeps answers for a minute and conversations for a while: the question is asked anew, in a new
    // conversation where it was not the answer that is gone.
    if (code === 404 && (turn.turnId || conversationId)) {
      if (!turn.turnId) conversationId = token = undefined;
      retry();
      return;
    }
    shown.fail(message || words.failed, () => running || retry());
    field.value ||= turn.question;
  }

  function stopAnswer(): void {
    if (running?.turn.turnId) api.stop(running.turn.turnId).catch(() => {});
    running?.stop.abort();
    field.focus();
  }

  async function startOver(): Promise<void> {
    stopAnswer();
    try {
      if (conversationId && token) await api.erase(conversationId, token);
    } catch (thrown) {
      // One that the server does not know any more is erased already.
      if (!(thrown instanceof Problem && thrown.status === 404)) return say(words.notErased);
    }
    turns = [];
    conversationId = token = undefined;
    store.clear();
    begin();
    say(words.erased);
  }

  begin();
  for (const turn of saved?.turns ?? []) {
    if (turn.answer) {
      turns.push({ ...turn });
      view(turn).finish(turn.answer);
      suggest(turn.answer.suggestions);
    } else void run({ ...turn });
  }
  field.value = saved?.draft ?? '';

  return { node, focus: () => field.focus(), ask, save };
}

/** 128 random bits; `randomUUID` is missing on pages without TLS. */
function newKey(): string {
  return `${crypto.getRandomValues(new Uint32Array(4))}`;
}
