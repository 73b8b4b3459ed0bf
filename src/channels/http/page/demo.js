/** The question form of the demo page: asks by fetch, reads the events, shows each sentence as it arrives. */

const byId = (id) => document.getElementById(id);
const form = byId('form');
const field = byId('question');
const send = byId('send');
const stop = byId('stop');
const count = byId('count');
const problem = byId('problem');
const starters = byId('starters');
const log = byId('log');

const longestQuestion = 2000;
const kinds = {
  answered: 'From the article',
  refused: 'No answer from the article',
  redirected: 'Better asked of a person',
  greeted: '',
};
const words = {
  empty: 'Please type a question first.',
  long: 'The question is too long. Please use at most 2,000 characters.',
  offline: 'The connection to the spa failed. Your question is still here, so you can try again.',
  brokenOff: 'The answer broke off. Your question is still here, so you can try again.',
};

let conversation = {};
let running = null;
let sources = 0;

/** Words that a visitor may read; any other failure becomes `offline`. */
class Refusal extends Error {}

field.disabled = false;
send.disabled = false;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!running) ask();
});
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
field.addEventListener('input', () => {
  problem.textContent = '';
  showCount();
});
stop.addEventListener('click', () => running?.abort());
document.addEventListener('click', (event) => {
  const suggestion = event.target.closest('.suggestion');
  if (!suggestion || running) return;
  field.value = suggestion.textContent;
  showCount();
  ask();
});

async function ask() {
  const question = field.value.trim();
  if (question === '') return refuse(words.empty);
  if ([...question].length > longestQuestion) return refuse(words.long);

  running = new AbortController();
  const turn = startTurn(question);
  setBusy(true);
  try {
    await readAnswer(question, turn, running.signal);
    field.value = '';
    starters.hidden = true;
  } catch (error) {
    const stopped = error.name === 'AbortError';
    const message = error instanceof Refusal ? error.message : words.offline;
    turn.breakOff(stopped ? 'Stopped.' : 'No answer this time.');
    if (!stopped) problem.textContent = message;
  } finally {
    running = null;
    setBusy(false);
    showCount();
  }
}

async function readAnswer(question, turn, signal) {
  const response = await fetch('/api/ask', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ question, ...conversation }),
    signal,
  });
  // It has been idle for too long: the next question begins a new one.
  if (response.status === 404 && conversation.conversationId) {
    conversation = {};
    return readAnswer(question, turn, signal);
  }
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    throw new Refusal(body?.error?.message ?? words.offline);
  }
  for await (const event of events(response.body)) {
    if (event.type === 'answer-start' && event.token) {
      conversation = { conversationId: event.conversationId, token: event.token };
    }
    if (event.type === 'passages-found') turn.remember(event.passages);
    if (event.type === 'sentence-verified') turn.addSentence(event.sentence);
    if (event.type === 'answer-error') throw new Refusal(event.message);
    if (event.type === 'answer-end') return turn.finish(event.answer);
  }
  throw new Refusal(words.brokenOff);
}

/** The events of a server-sent stream; comments and other fields are skipped. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (text + value).split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice(6));
    }
  }
}

/** One question with its answer, built as the events come in. */
function startTurn(question) {
  const state = element('p', 'state waiting', 'Looking in the article');
  const kind = element('p', 'kind');
  const text = element('div', 'words');
  const list = element('div', 'sources');
  const answer = element('div', 'answer', state);
  const turn = element('div', 'turn', element('p', 'asked', question), answer);
  const passages = new Map();
  const numbered = new Map();
  const shown = [];
  log.append(turn);
  turn.scrollIntoView({ block: 'nearest' });

  function sourceOf(id) {
    if (!numbered.has(id)) {
      const source = createSource(id, numbered.size + 1, passages.get(id));
      numbered.set(id, source);
      list.append(source.details);
      if (!list.isConnected) state.before(list);
    }
    return numbered.get(id);
  }

  return {
    remember(found) {
      for (const passage of found) passages.set(passage.id, passage);
    },
    addSentence(sentence) {
      if (!text.isConnected) {
        kind.textContent = kinds.answered;
        answer.prepend(kind, text);
      }
      const line = element('p', '', element('span', sentence.quoted ? 'quoted' : '', sentence.text));
      for (const id of sentence.citations) {
        const source = sourceOf(id);
        line.append(source.mark());
        if (sentence.quoted) source.highlight(sentence.text);
      }
      text.append(line);
      shown.push({ sentence, line });
      turn.scrollIntoView({ block: 'nearest' });
    },
    finish(result) {
      this.remember(result.passages);
      for (const sentence of result.sentences.slice(shown.length)) this.addSentence(sentence);
      state.remove();
      if (!text.isConnected) answer.prepend(kind, text);
      kind.textContent = kinds[result.outcome] ?? '';
      kind.hidden = kind.textContent === '';
      answer.classList.toggle('apart', result.outcome === 'refused' || result.outcome === 'redirected');
      addFixedWords(result.text, shown, text);
      if (result.suggestions.length > 0) {
        const items = result.suggestions.map((suggestion) => {
          const button = element('button', 'suggestion', suggestion);
          button.type = 'button';
          return element('li', '', button);
        });
        turn.append(
          element(
            'div',
            'more',
            element('p', 'hint', 'The article can also answer'),
            element('ul', 'suggestions', ...items),
          ),
        );
      }
      turn.scrollIntoView({ block: 'nearest' });
    },
    breakOff(message) {
      state.className = 'state';
      state.textContent = message;
      answer.append(state);
    },
  };
}

/** Quotation marks and list bullets of the plain text: the page shows both in its own way. */
const textMarks = /^[\s“”•]+|[\s“”•]+$/g;

/** Puts the parts of the reply that are not cited sentences where they stand in it. */
function addFixedWords(reply, shown, container) {
  let from = 0;
  const add = (part, before) => {
    for (const paragraph of part.split(/\n\s*\n/)) {
      const words = paragraph.replace(textMarks, '');
      if (words) container.insertBefore(element('p', '', words), before);
    }
  };
  for (const { sentence, line } of shown) {
    const at = reply.indexOf(sentence.text, from);
    if (at < 0) continue;
    add(reply.slice(from, at), line);
    from = at + sentence.text.length;
  }
  add(reply.slice(from), null);
}

/** A passage under the answer, and the numbered buttons that open it. */
function createSource(id, number, known) {
  sources += 1;
  const heading = element('span', 'heading', known?.headings.at(-1) ?? known?.title ?? 'The article');
  const quote = element('blockquote');
  const trail = element('p', 'trail');
  const summary = element('summary', '', element('span', 'number', String(number)), heading, element('span', 'toggle'));
  const details = element('details', 'source', summary, quote, trail);
  details.id = `source-${sources}`;
  const marks = [];
  const quoted = [];
  let passage = known;

  const show = () => {
    heading.textContent = passage.headings.at(-1) ?? passage.title;
    trail.textContent = [passage.title, ...passage.headings].join(' › ');
    quote.replaceChildren(...highlighted(passage.text, quoted));
  };
  details.addEventListener('toggle', async () => {
    for (const mark of marks) mark.setAttribute('aria-expanded', String(details.open));
    if (!details.open || passage) return;
    quote.textContent = 'Fetching the passage.';
    passage = await fetchPassage(id);
    if (passage) show();
    else quote.textContent = 'The passage could not be fetched. Close and open it to try again.';
  });
  if (passage) show();

  return {
    details,
    highlight(sentence) {
      quoted.push(sentence);
      if (passage) show();
    },
    mark() {
      const mark = element('button', 'mark', String(number));
      mark.type = 'button';
      mark.setAttribute('aria-label', `Source ${number}: ${heading.textContent}`);
      mark.setAttribute('aria-expanded', 'false');
      mark.setAttribute('aria-controls', details.id);
      mark.addEventListener('click', () => {
        details.open = !details.open;
        if (details.open) details.scrollIntoView({ block: 'nearest' });
      });
      marks.push(mark);
      return mark;
    },
  };
}

async function fetchPassage(id) {
  try {
    const response = await fetch(`/api/passages/${encodeURIComponent(id)}`);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** The passage with the quoted sentences marked; a line break inside a paragraph is a space, as in the article. */
function highlighted(source, sentences) {
  const text = source.replace(/(?<!\n)\n(?!\n|\s*(?:[-*+]|\d+\.)\s)/g, ' ');
  const patterns = sentences.map((sentence) => {
    return sentence
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+');
  });
  if (patterns.length === 0) return [text];
  return text
    .split(new RegExp(`(${patterns.join('|')})`))
    .map((part, index) => (index % 2 === 1 ? element('mark', '', part) : part));
}

function setBusy(busy) {
  field.readOnly = busy;
  send.setAttribute('aria-disabled', String(busy));
  // The focus would be lost with the button that holds it.
  if (!busy && document.activeElement === stop) send.focus();
  stop.hidden = !busy;
  for (const suggestion of document.querySelectorAll('.suggestion')) suggestion.disabled = busy;
}

function showCount() {
  const length = [...field.value.trim()].length;
  count.textContent = length > longestQuestion * 0.9 ? `${length} of ${longestQuestion}` : '';
}

function refuse(message) {
  problem.textContent = message;
  field.focus();
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
