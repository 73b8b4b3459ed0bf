import type { Ask, FaqEntry, FaqStatus, IndexProgress, IndexReport, OngoingConversation } from '../../domain.ts';

/** One finding of `nape doctor`. */
export interface DoctorLine {
  readonly state: 'ok' | 'warning' | 'problem';
  /** What the line is about, in a word or two. */
  readonly subject: string;
  readonly text: string;
  /** What to do about it. */
  readonly nextStep?: string;
}

export interface FaqReport {
  /** What is served, in the order in which it is shown. */
  readonly entries: readonly FaqEntry[];
  /** Every entry of the file. */
  readonly statuses: readonly FaqStatus[];
  /** Titles of the articles. */
  readonly titles: readonly string[];
  /** BCP 47 tag of the articles. */
  readonly language: string;
}

/** The bot, connected. */
export interface JoinedDiscord {
  readonly name: string;
  readonly servers: number;
  /** The link that adds the bot to a server. */
  readonly invite: string;
  /** Why the connection is lost for good, once it is. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

/** Names of commands, by what registering them did. */
export interface RegisteredCommands {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** What the owner does with the store. */
export interface KeepStore {
  /** Copies it to a file while others use it; gives the file's absolute path. */
  backUp(file: string): Promise<string>;
  /** Puts a copy in its place. */
  restore(file: string): Promise<void>;
  /** Erases a conversation, or all of them; gives how many there were. */
  forget(target: { readonly id: string } | 'all'): Promise<number>;
}

/** What the commands need of the application; app.ts provides it. */
export interface CliApp {
  readonly ask: Ask;
  /** A new conversation, which knows its earlier turns. */
  openConversation(): Promise<OngoingConversation>;
  index(onProgress: (progress: IndexProgress) => void, signal?: AbortSignal): Promise<IndexReport>;
  /** Indexes again whenever the knowledge folder changes, until `signal` aborts. */
  watch(onReport: (report: IndexReport) => void, signal: AbortSignal): Promise<void>;
  doctor(): Promise<readonly DoctorLine[]>;
  /** What the claim lint finds in Nape's own words and in the articles. */
  lint(): Promise<readonly DoctorLine[]>;
  /** The owner's questions and answers, and how each stands against the articles. */
  faq(): Promise<FaqReport>;
  /** Drafts of entries from the questions that are kept, as text for a `faq.yaml`; null when no words are kept. */
  suggestFaq(): Promise<string | null>;
  readonly keep: KeepStore;
  /** Runs the web server; `snippet` puts the widget into a page, absent when it is not built. */
  serve(): Promise<{ readonly url: string; readonly snippet?: string | null; stop(): Promise<void> }>;
  readonly discord: {
    /** Runs the bot without the web server. */
    join(): Promise<JoinedDiscord>;
    inviteLink(): Promise<string>;
    /** For one server, or everywhere. */
    register(guildId: string | null): Promise<RegisteredCommands>;
    /** An HTML page with the answer as Discord shows it. */
    preview(question: string): Promise<string>;
  };
  /** Writes its report through `write`; true when every target is met. */
  evaluate(write: (text: string) => void): Promise<boolean>;
  close(): Promise<void>;
}
