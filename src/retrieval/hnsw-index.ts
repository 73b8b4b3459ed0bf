import { setImmediate } from 'node:timers/promises';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { Log } from '../log.ts';
import { type DistinctRows, distinctRows, findRows, isZero, noNeighbour, withRepeats } from './distinct-rows.ts';
import { checkGraphHeader, checkLabels, gone } from './graph-file.ts';
import { hnswParameters } from './hnsw-parameters.ts';
import { checkVector, type LocalVectorIndex, type VectorTable, vectorAt } from './vector-index.ts';

export interface HnswIndex extends LocalVectorIndex {
  /** For each point of the graph the ordinal of its vector, or `gone`. */
  readonly labels: Uint32Array;
  /** Writes the graph. The addon reports no failure: load the file again before relying on it. */
  save(file: string): void;
}

/** A graph on disk with what it was built from. The caller has checked the digest: the addon can crash on a damaged file. */
export interface SavedGraph {
  readonly file: string;
  readonly table: VectorTable;
  readonly labels: Uint32Array;
}

/** What the native addon does for us; the only door to hnswlib-node. */
export interface HnswLibrary {
  /** Lets other work run in between; `onProgress` hears the vectors done. */
  build(table: VectorTable, onProgress?: (done: number) => void, signal?: AbortSignal): Promise<HnswIndex>;
  /**
   * Takes what is left of a graph and adds what is new, or gives null when so much has changed that building is better.
   * The file stays as it is. Throws like `load`.
   */
  update(
    saved: SavedGraph,
    table: VectorTable,
    onProgress?: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<HnswIndex | null>;
  /** Throws when the file holds another number or dimension of vectors than it should. */
  load(saved: SavedGraph): Promise<HnswIndex>;
}

/** Above this share of new vectors an update saves little. */
const mostAdded = 0.2;
/** Above this share of dead points, searches lose more time on them than a build takes in the end. */
const mostGone = 0.3;

type Addon = typeof import('hnswlib-node');

/** The addon, or null with one warning when this machine cannot load it: the exact index takes over then. */
export async function loadHnsw(
  log: Log,
  importAddon: () => Promise<{ readonly default: Addon }> = () => import('hnswlib-node'),
): Promise<HnswLibrary | null> {
  try {
    const { HierarchicalNSW } = (await importAddon()).default;
    return createLibrary((dimension) => new HierarchicalNSW('cosine', dimension));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    log.warn(
      { reason },
      'hnswlib-node cannot be loaded; search is exact and slower on large articles. Run `npm rebuild hnswlib-node`.',
    );
    return null;
  }
}

function createLibrary(createGraph: (dimension: number) => HierarchicalNSW): HnswLibrary {
  return {
    async build(table, onProgress, signal) {
      const rows = await distinctRows(table);
      const labels = Uint32Array.from(rows.ordinals);
      const graph = createGraph(table.dimension);
      const { m, efConstruction, seed } = hnswParameters;
      graph.initIndex({ maxElements: Math.max(1, labels.length), m, efConstruction, randomSeed: seed });
      await addPoints(graph, table, labels, 0, onProgress, signal);
      return createIndex(graph, rows, labels, table);
    },
    async update(saved, table, onProgress, signal) {
      const rows = await distinctRows(table);
      const known = new Set<number>();
      // Equal vectors that once counted as different must not become one label twice.
      const kept = findRows(saved.table, saved.labels, table, rows.ordinals).map((ordinal) => {
        if (ordinal < 0 || known.has(ordinal)) return gone;
        known.add(ordinal);
        return ordinal;
      });
      const added = rows.ordinals.filter((ordinal) => !known.has(ordinal));
      const labels = Uint32Array.from([...kept, ...added]);
      if (added.length > mostAdded * rows.ordinals.length) return null;
      if (labels.length - rows.ordinals.length > mostGone * labels.length) return null;
      const graph = await open(saved);
      for (const [label, ordinal] of saved.labels.entries()) {
        if (ordinal !== gone && labels[label] === gone) graph.markDelete(label);
      }
      graph.resizeIndex(Math.max(1, labels.length));
      await addPoints(graph, table, labels, kept.length, onProgress, signal);
      return createIndex(graph, rows, labels, table);
    },
    async load(saved) {
      const rows = await distinctRows(saved.table);
      checkLabels(saved.labels, rows.ordinals);
      return createIndex(await open(saved), rows, saved.labels, saved.table);
    },
  };

  async function open({ file, table, labels }: SavedGraph): Promise<HierarchicalNSW> {
    const points = labels.length;
    await checkGraphHeader(file, points, table.dimension);
    const graph = createGraph(table.dimension);
    await graph.readIndex(file);
    if (graph.getCurrentCount() !== points) {
      throw new Error(`${file} holds ${graph.getCurrentCount()} vectors instead of ${points}`);
    }
    return graph;
  }
}

/** After so much building, the event loop gets a turn. */
const sliceMs = 20;

/** Adds the points from the label `start` on; the progress counts all points. */
async function addPoints(
  graph: HierarchicalNSW,
  table: VectorTable,
  labels: Uint32Array,
  start: number,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  let sliceEnd = performance.now() + sliceMs;
  for (let label = start; label < labels.length; label += 1) {
    const ordinal = labels[label] ?? 0;
    const vector = vectorAt(table, ordinal);
    checkVector(vector, table.dimension, `passage ${ordinal}`);
    graph.addPoint(Array.from(vector), label);
    if (performance.now() < sliceEnd) continue;
    onProgress?.(Math.min(label + 1, table.size));
    await setImmediate();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + sliceMs;
  }
}

/**
 * Searches a graph of the different vectors and adds the rest: some hundred equal vectors would link to each other only,
 * and no search would find a way from them to their neighbours.
 */
function createIndex(
  graph: HierarchicalNSW,
  rows: DistinctRows,
  labels: Uint32Array,
  { size, dimension }: VectorTable,
): HnswIndex {
  let ef = 0;
  return {
    size,
    labels,
    search(vector, count) {
      checkVector(vector, dimension, 'the search');
      if (count <= 0 || size === 0) return [];
      // Equally far from everything; the graph would answer with wherever it started.
      if (isZero(vector)) return Array.from({ length: Math.min(count, size) }, (_, ordinal) => noNeighbour(ordinal));
      const wanted = Math.min(count, rows.ordinals.length);
      const wantedEf = Math.max(hnswParameters.efSearch, wanted);
      // Not stored in the file, so it is set after a load too.
      if (ef !== wantedEf) graph.setEf(wantedEf);
      ef = wantedEf;
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), wanted);
      const found = Array.from(neighbors, (label, at) => ({
        ordinal: labels[label] ?? 0,
        similarity: 1 - (distances[at] ?? 1),
      }));
      return withRepeats(rows, found, count);
    },
    save: (file) => graph.writeIndexSync(file),
  };
}
