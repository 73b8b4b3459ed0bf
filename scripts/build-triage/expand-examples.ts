/**
 * Messages that one line of examples stands for: `my (neck|back) hurts (today|)`. Enough of them that each alternative
 * of the longest list comes twice, each time beside others; all of them where there are no more.
 */
export function expandExamples(line: string): readonly string[] {
  const pieces = line
    .split(/(\([^()]*\))/u)
    .map((piece) => (piece.startsWith('(') ? piece.slice(1, -1).split('|') : [piece]));
  const slots = pieces.filter((piece) => piece.length > 1);
  const all = slots.reduce((product, slot) => product * slot.length, 1);
  const wanted = Math.min(all, rounds * Math.max(1, ...slots.map((slot) => slot.length)));
  const messages = Array.from({ length: wanted }, (_, round) => {
    let slotAt = -1;
    const text = pieces.map((piece) => {
      if (piece.length === 1) return piece[0];
      slotAt += 1;
      const turn = Math.floor(round / piece.length);
      return piece[(round + slotAt * (1 + 2 * turn)) % piece.length];
    });
    return text.join('').replace(/\s+/gu, ' ').replace(/ ,/gu, ',').trim();
  });
  return [...new Set(messages)];
}

const rounds = 2;
