/**
 * Y. Malkov and D. Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable
 * Small World graphs", 2016. The values give a recall@10 of .99 and more on 100,000 passages; `npm run bench` measures it.
 */
export const hnswParameters = {
  /** M: links a node keeps on each layer, 5 to 48. */
  m: 16,
  /** Candidates weighed when a node is linked, M to some hundreds: a better graph for a slower build. */
  efConstruction: 128,
  /** Candidates weighed in a search, at least the neighbours asked for: better recall for a slower search. */
  efSearch: 200,
  /** Fixed, so that the same vectors give the same file. */
  seed: 100,
} as const;
