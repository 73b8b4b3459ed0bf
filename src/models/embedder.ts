/** Turns texts into vectors; the door to whichever model does it. */
export interface Embedder {
  /** Name and version; an index built under another identity is rebuilt. */
  readonly identity: string;
  /** Components of every vector. */
  readonly dimension: number;
  /** One unit-length vector per text, in order; a text with nothing to embed gives the zero vector. */
  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array>;
}
