import { type Finding, isObject, listLength, listOf, type Path, refused, textLength } from './finding.ts';

/** Characters that all embeds of one message may hold together. */
const totalCharacters = 6000;

/** Embeds of a message (Message Object > Embed Limits). */
export function embedFindings(embeds: unknown): readonly Finding[] {
  const all = listOf(embeds).filter(isObject);
  const total = all.reduce((sum, embed) => sum + charactersOf(embed), 0);
  const tooMuch = `Embed size exceeds maximum size of ${totalCharacters}`;
  return [
    ...listLength(['embeds'], embeds, 0, 10),
    ...all.flatMap((embed, at) => oneEmbed(['embeds', at], embed)),
    ...(total > totalCharacters ? [refused(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', tooMuch)] : []),
  ];
}

function oneEmbed(path: Path, embed: Readonly<Record<string, unknown>>): readonly Finding[] {
  const fields = listOf(embed.fields).filter(isObject);
  return [
    ...textLength([...path, 'title'], embed.title, 0, 256),
    ...textLength([...path, 'description'], embed.description, 0, 4096),
    ...textLength([...path, 'footer', 'text'], inner(embed, 'footer', 'text'), 0, 2048),
    ...textLength([...path, 'author', 'name'], inner(embed, 'author', 'name'), 0, 256),
    ...listLength([...path, 'fields'], embed.fields, 0, 25),
    ...fields.flatMap((field, at) => [
      ...textLength([...path, 'fields', at, 'name'], field.name, 1, 256, true),
      ...textLength([...path, 'fields', at, 'value'], field.value, 1, 1024, true),
    ]),
  ];
}

function charactersOf(embed: Readonly<Record<string, unknown>>): number {
  const fields = listOf(embed.fields).filter(isObject);
  const texts = [
    embed.title,
    embed.description,
    inner(embed, 'footer', 'text'),
    inner(embed, 'author', 'name'),
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.trim().length : 0), 0);
}

function inner(embed: Readonly<Record<string, unknown>>, outer: string, name: string): unknown {
  const value = embed[outer];
  return isObject(value) ? value[name] : undefined;
}
