// Search as you type. Without this script the form asks the server, which finds the same.

const form = document.getElementById('search');
const input = document.getElementById('q');
const found = document.getElementById('found');
const instead = document.getElementById('instead');
const chat = document.querySelector('nape-chat');
const entries = [...document.querySelectorAll('.entry')];

/** As the server reads words: lower case, no accents, no "'s" and its like. */
function words(text) {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’ʼ`´]/g, "'")
    .replace(/\bcan't\b/g, 'can not')
    .replace(/\bwon't\b/g, 'will not')
    .replace(/n't\b/g, ' not');
  return plain.replace(/'(?:s|re|ve|ll|d|m)\b/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words that say nothing of what is looked for, and the words of each entry: both as the server has them. */
const small = new Set((form.dataset.small ?? '').split(' '));
const wordsOf = new Map(entries.map((entry) => [entry, (entry.dataset.words ?? '').split(' ')]));

function search() {
  const typed = words(input.value);
  const content = typed.filter((word) => !small.has(word));
  const wanted = content.length > 0 ? content : typed;
  let count = 0;
  for (const entry of entries) {
    const own = wordsOf.get(entry) ?? [];
    entry.hidden = !wanted.every((word) => own.some((other) => other.startsWith(word)));
    if (!entry.hidden) count += 1;
  }
  for (const group of document.querySelectorAll('.group')) {
    const isEmpty = !group.querySelector('.entry:not([hidden])');
    group.hidden = isEmpty;
    const link = document.querySelector(`.contents a[href="#${group.querySelector('h2')?.id}"]`);
    if (link?.parentElement) link.parentElement.hidden = isEmpty;
  }
  found.textContent = wanted.length === 0 ? '' : foundText(count);
  instead.hidden = count > 0 || typeof chat?.ask !== 'function';
}

function foundText(count) {
  if (count === 0) return found.dataset.none ?? '';
  return count === 1 ? (found.dataset.one ?? '') : (found.dataset.many ?? '').replace('#', String(count));
}

input.addEventListener('input', search);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});

instead.addEventListener('click', () => chat.ask(input.value));

// A link to a question that the search has put away brings it back.
function openTarget() {
  const entry = document.querySelector('.entry:target');
  if (entry?.hidden) {
    input.value = '';
    search();
    entry.scrollIntoView();
  }
}
addEventListener('hashchange', openTarget);
