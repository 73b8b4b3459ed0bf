import { readFileSync } from 'node:fs';
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Embeddings } from '@langchain/core/embeddings';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI } from '@langchain/openai';
import OpenAI from 'openai';
import type { Embedder } from '../../src/models/embedder.ts';
import { askOver, embedder } from '../conversation/ask-over.ts';
import { modelOver } from '../conversation/model-over.ts';
import { startOpenAiServer } from '../openai-server/openai-server.ts';
import { milliseconds, quantile, table } from './figures.ts';

const rounds = 150;
const warmUp = 20;
const question = 'What is shiatsu?';
const reply =
  'Shiatsu involves applying pressure to particular points of the body. [1] It helps to release tension. [1] Shiatsu helps to improve energy flow. [1]';

interface Times {
  readonly total: number[];
  readonly first: number[];
}

/**
 * What Nape adds to a model's own time: the bare SDK, a plain LangChain retrieval chain and Nape ask the same loopback
 * server in turns. `first` is the first token, for Nape the first verified sentence.
 */
export async function benchModel(): Promise<string> {
  const article = readFileSync(new URL('../../knowledge/neck-and-spine-massage.md', import.meta.url), 'utf8');
  const nape = await askOver({ 'neck-and-spine-massage.md': article });
  const server = await startOpenAiServer({ reply: () => reply, pieceLength: 8 });
  try {
    const sdk = new OpenAI({ apiKey: 'none', baseURL: server.url });
    const chain = await langchainChain(
      server.url,
      nape.index.passages.map(({ text }) => text),
    );
    const ask = await modelOver({ nape, url: server.url });
    const callers: Readonly<Record<string, () => AsyncIterable<unknown>>> = {
      'the model alone (openai SDK)': async function* () {
        const stream = await sdk.chat.completions.create({
          model: 'loopback',
          stream: true,
          messages: [{ role: 'user', content: question }],
        });
        for await (const chunk of stream) if (chunk.choices[0]?.delta.content) yield chunk;
      },
      'plain LangChain retrieval chain': async function* () {
        for await (const chunk of await chain(question)) if (chunk !== '') yield chunk;
      },
      'Nape, each sentence verified': async function* () {
        for await (const event of ask({ text: question })) if (event.type === 'sentence-verified') yield event;
      },
    };
    const times = Object.fromEntries(
      Object.keys(callers).map((name): [string, Times] => [name, { total: [], first: [] }]),
    );
    for (let round = 0; round < rounds + warmUp; round += 1) {
      for (const [name, call] of Object.entries(callers)) {
        const start = performance.now();
        let first = Number.NaN;
        for await (const _ of call()) if (Number.isNaN(first)) first = performance.now() - start;
        if (round < warmUp) continue;
        times[name]?.total.push(performance.now() - start);
        times[name]?.first.push(first);
      }
    }
    const alone = quantile(Object.values(times)[0]?.total ?? [], 0.5);
    return table([
      [`one streamed answer, ${rounds} each`, 'p50', 'p99', 'first p50', 'to the model alone'],
      ...Object.entries(times).map(([name, { total, first }]) => [
        name,
        milliseconds(quantile(total, 0.5)),
        milliseconds(quantile(total, 0.99)),
        milliseconds(quantile(first, 0.5)),
        `${(quantile(total, 0.5) / alone).toFixed(1)} ×`,
      ]),
    ]);
  } finally {
    await server.close();
  }
}

/** Retrieve, fill a prompt, stream: the chain of LangChain's own introduction to retrieval. */
async function langchainChain(baseURL: string, texts: readonly string[]) {
  const store = await MemoryVectorStore.fromTexts([...texts], {}, langchainEmbeddings(embedder));
  const retriever = store.asRetriever(8);
  const prompt = ChatPromptTemplate.fromMessages([
    ['system', 'Answer from this context only:\n{context}'],
    ['human', '{question}'],
  ]);
  const model = new ChatOpenAI({ model: 'loopback', apiKey: 'none', maxRetries: 0, configuration: { baseURL } });
  const answer = prompt.pipe(model).pipe(new StringOutputParser());
  return async (text: string) => {
    const found = await retriever.invoke(text);
    return answer.stream({ question: text, context: found.map(({ pageContent }) => pageContent).join('\n\n') });
  };
}

function langchainEmbeddings(own: Embedder): Embeddings {
  class OwnEmbeddings extends Embeddings {
    async embedDocuments(documents: string[]): Promise<number[][]> {
      return (await own.embedPassages(documents)).map((vector) => Array.from(vector));
    }
    async embedQuery(document: string): Promise<number[]> {
      return Array.from(await own.embedQuery(document));
    }
  }
  return new OwnEmbeddings({});
}
