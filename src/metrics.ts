import type { AnswerEvent, Ask } from './domain.ts';

/** Counts of what happens in this process, in the text format of Prometheus (version 0.0.4); no label holds a visitor's words. */
export interface Metrics {
  /** The same questions, counted. */
  counted(ask: Ask): Ask;
  request(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  feedback(value: 'up' | 'down'): void;
  /** A value that is read when somebody looks. */
  gauge(name: string, help: string, read: () => number): void;
  text(): string;
}

/** Upper ends of the latency classes, in seconds: from a refusal in fixed words to the longest answer of a model. */
const bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Labels = Readonly<Record<string, string>>;

/** `clock` gives milliseconds from any fixed moment. */
export function createMetrics({ clock }: { readonly clock: () => number }): Metrics {
  const answers = createCounter('nape_answers_total', 'Answers by outcome, reason and mode.');
  const errors = createCounter('nape_answer_errors_total', 'Questions without an answer, by error code.');
  const withheld = createCounter('nape_sentences_withheld_total', 'Sentences of a model that were not let out.');
  const requests = createCounter('nape_http_requests_total', 'HTTP requests by method, route and status.');
  const feedback = createCounter('nape_feedback_total', 'Feedback by value.');
  const whole = createHistogram('nape_answer_seconds', 'Time from a question to the end of its answer.');
  const first = createHistogram(
    'nape_first_sentence_seconds',
    'Time from a question to the first sentence of its answer.',
  );
  const served = createHistogram('nape_http_request_seconds', 'Time of an HTTP request, event streams included.');
  const gauges: { readonly name: string; readonly help: string; readonly read: () => number }[] = [];

  function count(event: AnswerEvent, seconds: number, isFirst: boolean): void {
    if (event.type === 'sentence-withheld') withheld.add({});
    if (event.type === 'sentence-verified' && isFirst) first.add(seconds);
    if (event.type === 'answer-error') errors.add({ code: event.code });
    if (event.type !== 'answer-end') return;
    const { outcome, reason, mode } = event.answer;
    answers.add({ outcome, reason: reason ?? '', mode });
    whole.add(seconds);
  }

  return {
    counted(ask) {
      return async function* (question) {
        const startedAt = clock();
        let sentences = 0;
        for await (const event of ask(question)) {
          if (event.type === 'sentence-verified') sentences += 1;
          count(event, (clock() - startedAt) / 1000, sentences === 1);
          yield event;
        }
      };
    },
    request({ method, route, status, seconds }) {
      requests.add({ method, route, status: String(status) });
      served.add(seconds);
    },
    feedback: (value) => feedback.add({ value }),
    gauge: (name, help, read) => void gauges.push({ name, help, read }),
    text() {
      const measured = gauges.map(({ name, help, read }) => family(name, help, 'gauge', [`${name} ${read()}`]));
      const parts = [answers, errors, withheld, requests, feedback, whole, first, served].map((part) => part.text());
      return [...parts, ...measured].join('');
    },
  };
}

function createCounter(name: string, help: string) {
  const values = new Map<string, number>();
  return {
    add(labels: Labels): void {
      const key = labelText(labels);
      values.set(key, (values.get(key) ?? 0) + 1);
    },
    text: () =>
      family(
        name,
        help,
        'counter',
        [...values].map(([labels, value]) => `${name}${labels} ${value}`),
      ),
  };
}

function createHistogram(name: string, help: string) {
  const counts = bounds.map(() => 0);
  let sum = 0;
  let total = 0;
  return {
    add(seconds: number): void {
      for (const [at, bound] of bounds.entries()) if (seconds <= bound) counts[at] = (counts[at] ?? 0) + 1;
      sum += seconds;
      total += 1;
    },
    text: () =>
      family(name, help, 'histogram', [
        ...bounds.map((bound, at) => `${name}_bucket{le="${bound}"} ${counts[at]}`),
        `${name}_bucket{le="+Inf"} ${total}`,
        `${name}_sum ${sum}`,
        `${name}_count ${total}`,
      ]),
  };
}

function family(name: string, help: string, type: string, lines: readonly string[]): string {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}
