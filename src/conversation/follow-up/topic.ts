import { stemSet } from '../../answering/sentence-relevance.ts';
import type { IndexedDocument } from '../../domain.ts';
import { contentStems } from '../../language/stop-words.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';

/** Something that a conversation can be about: a section, or a thing that a section tells of. */
export interface Topic {
  /** The section, as `document#section`. */
  readonly key: string;
  /** Its heading, or the document's title where it has none; else the name of the thing. */
  readonly name: string;
}

/** The section of a key; null when the articles no longer have it. */
export function topicAt(index: KnowledgeIndex, key: string): Topic | null {
  const found = sectionOf(index, key);
  return found ? toTopic(found.document, found.section) : null;
}

export function parentOf(index: KnowledgeIndex, key: string): Topic | null {
  const found = sectionOf(index, key);
  const parent = found?.document.sections.find(({ id }) => id === found.section.parent);
  return found && parent ? toTopic(found.document, parent) : null;
}

/** The sections directly below, in reading order. */
export function childrenOf(index: KnowledgeIndex, key: string): readonly Topic[] {
  const found = sectionOf(index, key);
  if (!found) return [];
  const { document, section } = found;
  return document.sections.filter(({ parent }) => parent === section.id).map((child) => toTopic(document, child));
}

/** The sections beside a topic, in reading order, itself included. */
export function siblingsOf(index: KnowledgeIndex, topic: Topic): readonly Topic[] {
  const found = sectionOf(index, topic.key);
  if (!found) return [];
  return found.document.sections
    .filter(({ parent }) => parent === found.section.parent)
    .map((section) => toTopic(found.document, section));
}

/** Sections whose heading a text says, without the words of the articles' titles ("shiatsu or thai?"), in its order. */
export function sectionsNamedIn({ documents }: KnowledgeIndex, text: string): readonly Topic[] {
  const said = contentStems(text);
  return documents
    .flatMap((document) => {
      const title = stemSet(document.title);
      return document.sections.map((section) => {
        const name = [...stemSet(section.heading ?? '')].filter((word) => !title.has(word));
        const isNamed = name.length > 0 && name.every((word) => said.includes(word));
        return { topic: toTopic(document, section), at: isNamed ? said.indexOf(name[0] ?? '') : -1 };
      });
    })
    .filter(({ at }) => at >= 0)
    .sort((left, right) => left.at - right.at)
    .map(({ topic }) => topic);
}

function sectionOf(index: KnowledgeIndex, key: string) {
  const [id, sectionId] = key.split('#');
  const document = index.documents.find((candidate) => candidate.id === id);
  const section = document?.sections.find((candidate) => candidate.id === sectionId);
  return document && section ? { document, section } : null;
}

function toTopic(document: IndexedDocument, { id, heading }: IndexedDocument['sections'][number]): Topic {
  return { key: `${document.id}#${id}`, name: heading ?? document.title };
}
