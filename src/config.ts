import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { NapeError } from './errors.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Everything the environment decides, checked once at start. */
export interface Config {
  /** Folder of the articles, absolute. */
  readonly knowledgeDir: string;
  /** Folder for the index and the store, absolute. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Total time for one answer, in milliseconds. */
  readonly deadlineMs: number;
  readonly logLevel: LogLevel;
  /** Who may read the metrics from another machine; undefined for nobody. */
  readonly adminToken: string | undefined;
  readonly store: StoreConfig;
  /** Addresses and networks of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Origins of the sites that may use the widget and the API from a browser, as browsers write them. */
  readonly allowedOrigins: readonly string[];
  readonly embedder: EmbedderConfig;
  readonly discord: DiscordConfig;
  /** What redirects name; neutral words stand in for what is missing. */
  readonly contacts: {
    readonly emergencyNumber: string | undefined;
    readonly crisisLine: string | undefined;
    readonly contact: string | undefined;
  };
  /** Key and address of an OpenAI-compatible server. */
  /** The model that writes; null when neither a key nor a server is set. */
  readonly chat: ChatConfig | null;
  readonly openAi: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined };
}

export interface StoreConfig {
  /** Address of a PostgreSQL database; undefined for a SQLite file in the data folder. */
  readonly databaseUrl: string | undefined;
  /** Days for which masked words of questions are kept; 0 keeps none. */
  readonly keepQuestionsDays: number;
  readonly limits: {
    /** Questions of one address or conversation, and in a day of one Discord user; 0 is no limit. */
    readonly each: { readonly perMinute: number; readonly perDay: number };
    /** Questions of everyone together; 0 is no limit. */
    readonly all: { readonly perMinute: number; readonly perDay: number };
  };
}

/** Which connections to Discord this process keeps: all that Discord recommends, or some of a fixed number. */
export type DiscordShards = 'auto' | { readonly ids: readonly number[]; readonly count: number };

export interface DiscordConfig {
  /** Undefined when the bot stays away from Discord. */
  readonly token: string | undefined;
  /** The token's own unless set. */
  readonly applicationId: string | undefined;
  /** With which Discord signs interactions that it sends by HTTP; undefined when it sends none. */
  readonly publicKey: string | undefined;
  readonly shards: DiscordShards;
  /** Questions of one person in a minute; 0 is no limit. */
  readonly limitPerMinute: number;
}

export const judgeModes = ['off', 'veto', 'restore'] as const;

export interface ChatConfig {
  readonly model: string;
  /** What a second opinion may do to a sentence: nothing, veto it, or also restore one that only soft gates dropped. */
  readonly judge: (typeof judgeModes)[number];
  /** Tokens of one UTC day; undefined without a limit. */
  readonly dailyTokenBudget: number | undefined;
}

export type EmbedderConfig =
  | { readonly kind: 'offline' }
  | { readonly kind: 'openai'; readonly model: string; readonly dimension: number | undefined };

const wholeNumber = (smallest: number, largest: number) =>
  z
    .string()
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value >= smallest && value <= largest, `is not between ${smallest} and ${largest}`);

/** `auto`, a number such as `4` (all of them), or a range such as `0-3/16`. */
const shards = z.string().transform((text, context): DiscordShards => {
  const read = readShards(text);
  if (read === null) context.addIssue('is not auto, a number such as 4, or a range such as 0-3/16');
  return read ?? 'auto';
});

/** Goes into replies as it is, so it is one short line. */
const shortLine = z
  .string()
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u, 'is not one line of at most 200 characters')
  .optional();

const isAddressOrNetwork = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    longest > 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  );
};

const addressList = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((list) => list.every(isAddressOrNetwork), 'is not a list of IP addresses or networks such as 10.0.0.0/8');

const limit = wholeNumber(0, 1_000_000_000);
/** What is wrong with an origin, or null; a browser's `Origin` header is compared with it letter for letter. */
function originProblem(origin: string): string | null {
  if (!URL.canParse(origin) || !/^https?:/.test(origin))
    return `names ${origin}, which is not an origin such as https://spa.example`;
  const written = new URL(origin).origin;
  return written === origin ? null : `names ${origin}; browsers write this origin as ${written}`;
}

/** Origins with commas or spaces between them. */
const originList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ''))
  .superRefine((origins, context) => {
    for (const origin of origins) {
      const message = originProblem(origin);
      if (message) context.addIssue({ code: 'custom', message });
    }
  });

const variables = z.object({
  NAPE_KNOWLEDGE_DIR: z.string().default('knowledge'),
  NAPE_DATA_DIR: z.string().default('data'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  NAPE_DEADLINE_MS: wholeNumber(100, 600_000).default(12_000),
  NAPE_ALLOWED_ORIGINS: originList.default([]),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: 'is not an http or https address' }).optional(),
  NAPE_EMERGENCY_NUMBER: shortLine,
  NAPE_CRISIS_LINE: shortLine,
  NAPE_CONTACT: shortLine,
  NAPE_CHAT_MODEL: z.string().default('gpt-4.1-mini'),
  NAPE_JUDGE: z.enum(judgeModes, `is not one of ${judgeModes.join(', ')}`).default('veto'),
  NAPE_DAILY_TOKEN_BUDGET: wholeNumber(0, 1_000_000_000_000).optional(),
  NAPE_EMBEDDER: z.enum(['offline', 'openai'], 'is not offline or openai').default('offline'),
  NAPE_EMBEDDING_MODEL: z.string().default('text-embedding-3-small'),
  NAPE_EMBEDDING_DIMENSION: wholeNumber(1, 65_536).optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is not an address such as postgres://user:password@host/database' })
    .optional(),
  NAPE_KEEP_QUESTIONS: wholeNumber(0, 30).default(0),
  NAPE_TRUSTED_PROXIES: addressList,
  NAPE_LIMIT_PER_MINUTE: limit.default(30),
  NAPE_LIMIT_PER_DAY: limit.default(1_000),
  NAPE_LIMIT_ALL_PER_MINUTE: limit.default(600),
  NAPE_LIMIT_ALL_PER_DAY: limit.default(0),
  NAPE_ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'is not 16 to 200 plain characters without spaces')
    .optional(),
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'is not a bot token, which has three parts with dots between them')
    .optional(),
  DISCORD_APPLICATION_ID: z
    .string()
    .regex(/^\d{15,21}$/, 'is not an application id, which is a number of about 19 digits')
    .optional(),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'is not a public key, which is 64 hexadecimal digits')
    .optional(),
  DISCORD_SHARDS: shards.default('auto'),
  DISCORD_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000_000).default(8),
  LOG_LEVEL: z.enum(logLevels, `is not one of ${logLevels.join(', ')}`).default('info'),
});

const secrets = ['DATABASE_URL', 'DISCORD_TOKEN', 'NAPE_ADMIN_TOKEN', 'OPENAI_API_KEY'];

/** Names of every environment variable that Nape reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/**
 * Reads the configuration. An empty string means unset; relative folders start at `root`.
 * Throws a `config-invalid` NapeError that lists every problem at once.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, root: string): Config {
  const given = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      // The value helps to find the mistake, but a key has no place in a message.
      const value = secrets.includes(name) ? '…' : (given[name] ?? '');
      return `  ${name}=${value} ${issue.message}`;
    });
    throw new NapeError('config-invalid', `The environment has mistakes:\n${problems.join('\n')}\nSee .env.example.`);
  }
  const values = parsed.data;
  const hasServer = values.OPENAI_API_KEY !== undefined || values.OPENAI_BASE_URL !== undefined;
  if (values.NAPE_EMBEDDER === 'openai' && !hasServer) {
    throw new NapeError(
      'config-invalid',
      'NAPE_EMBEDDER=openai needs OPENAI_API_KEY, or OPENAI_BASE_URL of a server that asks for none. See .env.example.',
    );
  }
  return {
    knowledgeDir: resolve(root, values.NAPE_KNOWLEDGE_DIR),
    dataDir: resolve(root, values.NAPE_DATA_DIR),
    host: values.HOST,
    port: values.PORT,
    deadlineMs: values.NAPE_DEADLINE_MS,
    logLevel: values.LOG_LEVEL,
    adminToken: values.NAPE_ADMIN_TOKEN,
    store: {
      databaseUrl: values.DATABASE_URL,
      keepQuestionsDays: values.NAPE_KEEP_QUESTIONS,
      limits: {
        each: { perMinute: values.NAPE_LIMIT_PER_MINUTE, perDay: values.NAPE_LIMIT_PER_DAY },
        all: { perMinute: values.NAPE_LIMIT_ALL_PER_MINUTE, perDay: values.NAPE_LIMIT_ALL_PER_DAY },
      },
    },
    trustedProxies: values.NAPE_TRUSTED_PROXIES,
    allowedOrigins: values.NAPE_ALLOWED_ORIGINS,
    discord: {
      token: values.DISCORD_TOKEN,
      applicationId: values.DISCORD_APPLICATION_ID,
      publicKey: values.DISCORD_PUBLIC_KEY,
      shards: values.DISCORD_SHARDS,
      limitPerMinute: values.DISCORD_LIMIT_PER_MINUTE,
    },
    embedder:
      values.NAPE_EMBEDDER === 'offline'
        ? { kind: 'offline' }
        : { kind: 'openai', model: values.NAPE_EMBEDDING_MODEL, dimension: values.NAPE_EMBEDDING_DIMENSION },
    contacts: {
      emergencyNumber: values.NAPE_EMERGENCY_NUMBER,
      crisisLine: values.NAPE_CRISIS_LINE,
      contact: values.NAPE_CONTACT,
    },
    chat: hasServer
      ? { model: values.NAPE_CHAT_MODEL, judge: values.NAPE_JUDGE, dailyTokenBudget: values.NAPE_DAILY_TOKEN_BUDGET }
      : null,
    openAi: { apiKey: values.OPENAI_API_KEY, baseUrl: values.OPENAI_BASE_URL },
  };
}

/** Null for what names no connection. */
function readShards(text: string): DiscordShards | null {
  if (text === 'auto') return 'auto';
  const [, all, first = '', last = first, of = ''] =
    /^(?:(\d{1,4})|(\d{1,4})(?:-(\d{1,4}))?\/(\d{1,4}))$/.exec(text) ?? [];
  const count = Number(all ?? of);
  const [start, end] = all === undefined ? [Number(first), Number(last)] : [0, count - 1];
  if (count < 1 || start > end || end >= count) return null;
  return { ids: Array.from({ length: end - start + 1 }, (_, at) => start + at), count };
}
