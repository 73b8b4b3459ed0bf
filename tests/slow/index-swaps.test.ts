import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Answer } from '../../src/domain.ts';
import { silentLog } from '../../src/log.ts';
import { root } from '../repository/source-files.ts';

const swaps = 50;
const queries = 1_000;

/** Every sentence names its edition, so that an answer out of two of them can be seen. */
const edition = (number: number) => `# Lighthouses

## The Lamp

In edition ${number} the lamp shines with oil. In edition ${number} the lamp of a lighthouse turns once a minute.

## The Keeper

In edition ${number} the keeper winds the clockwork. In edition ${number} the keeper of a lighthouse writes down the weather.

## The Tower

In edition ${number} the tower is built of granite. In edition ${number} the tower of a lighthouse stands on a rock.
`;

const questions = [
  'What does the lamp shine with?',
  'What does the keeper wind?',
  'What is the tower built of?',
  'What does the lamp do?',
  'What does the keeper write down?',
  'Where does the tower stand?',
];

it(`${queries} questions during ${swaps} swaps of the index > each is answered, out of one edition only`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nape-swaps-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const knowledge = join(folder, 'knowledge');
  await mkdir(knowledge);
  const publish = (number: number) => writeFile(join(knowledge, 'lighthouses.md'), edition(number));
  await publish(0);
  const environment = { NAPE_KNOWLEDGE_DIR: knowledge, NAPE_DATA_DIR: join(folder, 'data') };
  const app = await createApp({ config: readConfig(environment, root), log: silentLog, root });
  await app.index(() => {});

  let asked = 0;
  let isSwapping = true;
  const seen = new Set<number>();
  /** Answers that were under way while the edition changed. */
  let straddling = 0;
  let published = 0;
  async function visitor(own: number): Promise<void> {
    while (isSwapping || asked < queries) {
      asked += 1;
      const text = questions[(asked + own) % questions.length] as string;
      const before = published;
      const answer = await slowly(app.ask({ text }), own);
      const editions = editionsOf(answer);
      expect({ text, outcome: answer.outcome, editions }).toEqual({
        text,
        outcome: 'answered',
        editions: [expect.any(Number)],
      });
      seen.add(editions[0] as number);
      if (published !== before) straddling += 1;
    }
  }
  /** A reader that takes its time, so that the index changes in the middle of an answer. */
  async function slowly(events: ReturnType<typeof app.ask>, own: number): Promise<Answer> {
    for await (const event of events) {
      if (event.type === 'answer-end') return event.answer;
      if (event.type === 'answer-error') throw new Error(event.message);
      await pause((asked * 7 + own) % 30);
    }
    throw new Error('The answer had no end.');
  }

  const visitors = Promise.all(Array.from({ length: 4 }, (_, own) => visitor(own)));
  for (let number = 1; number <= swaps; number += 1) {
    await publish(number);
    expect((await app.index(() => {})).outcome).toBe('built');
    published = number;
  }
  isSwapping = false;
  await visitors;
  await app.close();
  expect(asked).toBeGreaterThanOrEqual(queries);
  expect(straddling).toBeGreaterThan(swaps);
  expect(seen.size).toBeGreaterThan(swaps / 2);
}, 300_000);

function editionsOf({ sentences, passages }: Answer): readonly number[] {
  const texts = [...sentences, ...passages].map(({ text }) => text).join(' ');
  return [...new Set([...texts.matchAll(/edition (\d+)/g)].map(([, number]) => Number(number)))];
}
