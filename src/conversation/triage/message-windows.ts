const wordsPerWindow = 16;
const step = 8;
const shortestSentence = 4;

/**
 * A message as a whole, and its sentences and stretches of sixteen words: what matters may be one clause among many, and
 * in a long message it would be outvoted by the others.
 */
export function messageWindows(text: string): readonly string[] {
  const sentences = text.split(/(?<=[.!?;\n])\s+/u).filter((sentence) => wordsOf(sentence).length >= shortestSentence);
  const parts = sentences.length > 1 ? sentences : [text];
  const stretches = parts.flatMap((part) => {
    const words = wordsOf(part);
    if (words.length <= wordsPerWindow + shortestSentence) return [];
    return Array.from({ length: Math.ceil((words.length - step / 2) / step) }, (_, at) =>
      words.slice(at * step, at * step + wordsPerWindow).join(' '),
    );
  });
  return [text, ...(sentences.length > 1 ? sentences : []), ...stretches];
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}
