import type { CommandName } from './commands.ts';

const general = `Nape answers questions about neck and spine massage from an article, and shows where the article says it.

Usage: nape <command> [options]

Commands
  ask "…"    Answer one question
  chat       Ask in a conversation
  index      Read the articles and prepare them for search
  serve      Run the web server
  faq        Show, export or extend the owner's questions and answers
  discord    Run the Discord bot, register its commands, preview an answer
  eval       Measure the answers against the test questions
  lint       Find claims in Nape's own words and in the articles
  doctor     Say what is configured, which mode runs and why
  backup     Copy the store into a file
  restore    Put such a copy in the place of the store
  forget     Erase a conversation, or all of them

Options
  -h, --help       This text; nape <command> --help tells more about a command
  -V, --version    The version of Nape

Settings come from the environment and from a file .env in the current folder; .env.example explains each.
Relative folders in NAPE_KNOWLEDGE_DIR and NAPE_DATA_DIR start at the folder that Nape is installed in.
NO_COLOR=1 turns colours off, FORCE_COLOR=1 turns them on.

Exit codes: 0 done, 1 a failure (in words on standard error), 2 wrong use.
`;

const ofCommands: Readonly<Record<CommandName, string>> = {
  ask: `Usage: nape ask "…" [--json] [--explain]

Answers one question from the article and lists the passages that the answer rests on. A question that the
article does not cover gets an answer that says so. Without a question, reads it from standard input.

Options
  --json     The answer as one JSON document on standard output, and nothing else
  --explain  Also what was looked up and why each sentence was kept or withheld, on standard error
  --         Everything after it is the question, even if it starts with a dash

Examples
  nape ask "What is shiatsu?"
  nape ask What is shiatsu
  echo "What is shiatsu?" | nape ask --json
`,
  chat: `Usage: nape chat [--explain]

A conversation: one question a line, each asked in full. Arrow keys recall earlier questions,
Ctrl-C stops an answer, Ctrl-D leaves. When standard input is not a terminal, every line is a question.

Options
  --explain  After each answer, what a follow-up was taken to mean and why each sentence was kept or withheld

  /sources    The passages behind the last answer, in full
  /new        Start a new conversation
  /help       What can be typed
  /quit       Leave
`,
  index: `Usage: nape index [--watch]

Reads the articles in the knowledge folder and prepares them for search. Passages that have not changed are
reused. Says which articles were added, changed and removed, and what is wrong with files that cannot be read.

Options
  --watch    Keep running, and index again whenever an article changes
`,
  serve: `Usage: nape serve

Runs the web server at HOST and PORT (127.0.0.1 and 3000 unless set). Ctrl-C or SIGTERM finishes the answers under
way and stops; a second one stops at once.
`,
  faq: `Usage: nape faq
       nape faq export [--html | --json | --md] [--out FILE]
       nape faq suggest [--out FILE]

Lists the questions and answers of faq.yaml in the knowledge folder: fresh ones are served; of a stale one the article
does not say, or no longer says, what the answer says; an invalid one cannot be read or cites what there is not.
Exit code 1 when one of them is not served.

  export     What is served, for a site of your own: a whole page (--html, the default), data, or Markdown
  suggest    Drafts of entries from questions that visitors asked, where NAPE_KEEP_QUESTIONS keeps them

Options
  --html, --json, --md   The form of the export
  --out FILE             Write to a file; without it, to standard output
`,
  discord: `Usage: nape discord
       nape discord register [server id]
       nape discord preview "…"

Runs the Discord bot without the web server, and prints the link that adds it to a server. With DISCORD_TOKEN set,
nape serve runs the bot too.

  register    Register the commands everywhere, or on one server, where changes show at once; sends only what changed
  preview     Print an HTML page with the answer as Discord shows it

Examples
  nape discord register
  nape discord preview "What is shiatsu?" > preview.html
`,
  eval: `Usage: nape eval

Asks the test questions and reports how good retrieval and answers are. Exit code 1 when a target is missed.
`,
  lint: `Usage: nape lint

Reads every fixed word, the prompts and the articles for claims: that something treats, is safe, is likely, and so
on. Nape's own words may hold none. A sentence of an article that pairs a condition with a benefit is for its owner to
change, or to list with a reason in acknowledged-claims.yaml beside it. Exit code 1 when something is left to do.
`,
  backup: `Usage: nape backup FILE

Copies the store (conversations, log, feedback, settings) into FILE; a running server goes on. A file of that name is
replaced once the copy is whole. What is forgotten later is still in the copy. For PostgreSQL use pg_dump.
`,
  restore: `Usage: nape restore FILE

Checks a copy that nape backup wrote and puts it in the place of the store, whole or not at all. Stop the server first.
What is past its time is removed from it; what was forgotten after the copy was made comes back.
`,
  forget: `Usage: nape forget ID
       nape forget --all

Erases a conversation with its words, feedback and log rows, or those of all conversations. Settings stay. Running
servers empty their memory of it within a second.
`,
  doctor: `Usage: nape doctor

Says what is configured, which mode runs and why, and what to do about each problem. Exit code 1 when there is one.
`,
};

/** What `nape --help`, or `nape <command> --help`, prints. */
export function helpText(command: CommandName | null): string {
  return command === null ? general : ofCommands[command];
}
