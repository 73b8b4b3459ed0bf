import { stemSet } from '../../answering/sentence-relevance.ts';
import type { EarlierTurn } from '../../domain.ts';
import type { Log } from '../../log.ts';
import { type ChatModel, completeChat } from '../../models/chat-model.ts';
import { startDeadline } from '../../models/openai-deadline.ts';
import type { PromptBlock, Prompts } from '../../prompts.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import type { FollowUp } from '../standalone.ts';
import { subjectStems } from './wording.ts';

/** The prompt and the model that rewrite follow-ups. */
export interface Rewriter {
  readonly prompt: Prompts['standalone'];
  readonly model: ChatModel;
}

/** Time for one rewritten question: it comes before everything else that the visitor waits for. */
const deadlineMs = 3_000;
const maxTokens = 80;
const mostTurns = 4;
const longestAnswer = 600;
const longestQuestion = 300;
/** Share of the visitor's own words that has to be left. */
const ownShare = 0.5;

/**
 * Has a model write the stand-alone question; null when it fails, is slow, or writes what is not to be trusted: a word
 * that nobody said in the conversation, or a question that lost the visitor's own words.
 */
export async function rewriteByModel(
  { prompt, model }: Rewriter,
  { question, turns, index, signal }: FollowUp,
  log: Log,
): Promise<string | null> {
  const blocks = turnBlocks(turns, index);
  const messages = prompt.render({ turns: blocks, question });
  const deadline = startDeadline(deadlineMs, signal);
  try {
    const { text, finish } = await completeChat(model, messages, { signal: deadline.signal, maxTokens });
    const rewritten = text.trim().replace(/^["“”']+|["“”']+$/gu, '');
    const said = stemSet([question, ...blocks.map((block) => block.text)].join('\n'));
    const isTrusted = finish === 'stop' && isQuestionOf(rewritten, question, said);
    log.info({ prompt: prompt.version, model: model.identity, isTrusted }, 'a model has rewritten a follow-up');
    return isTrusted ? rewritten : null;
  } catch (thrown) {
    signal.throwIfAborted();
    const reason = thrown instanceof Error ? thrown.name : 'unknown';
    log.warn({ prompt: prompt.version, reason }, 'The follow-up was not rewritten; its topic is carried over.');
    return null;
  } finally {
    deadline.release();
  }
}

/** The last turns as data. What Nape stepped back from stays out: it is nobody else's to read. */
function turnBlocks(turns: readonly EarlierTurn[], index: KnowledgeIndex): readonly PromptBlock[] {
  return turns
    .filter(({ outcome }) => outcome === 'answered' || outcome === 'refused')
    .slice(-mostTurns)
    .flatMap(({ asked, passages }) => {
      const shown = passages.flatMap((id) => index.passage(id) ?? []);
      const answer = shown.map(({ headings, text }) => `${headings.at(-1) ?? ''}: ${text}`).join('\n');
      const answered = { tag: 'answered', text: answer.slice(0, longestAnswer) || 'The article does not say.' };
      return [{ tag: 'asked', text: asked }, answered];
    });
}

function isQuestionOf(rewritten: string, question: string, said: ReadonlySet<string>): boolean {
  if (rewritten === '' || rewritten.length > Math.max(longestQuestion, 2 * question.length)) return false;
  if (/[\n\r<>[\]{}]|https?:/u.test(rewritten)) return false;
  const written = stemSet(rewritten);
  const own = [...subjectStems(question)];
  const kept = own.filter((stem) => written.has(stem)).length;
  return [...written].every((stem) => said.has(stem)) && kept >= ownShare * own.length;
}
