/** Everything that decides the weights besides the data. */
export interface Recipe {
  readonly seed: number;
  readonly dimension: number;
  /** Stems that get a row. */
  readonly vocabulary: number;
  /** Co-occurrence: words on either side, and the power on context counts. */
  readonly window: number;
  readonly contextPower: number;
  readonly oversampling: number;
  readonly powerIterations: number;
  /** A stem with share p of the text starts with the length sqrt(a / (a + p)), after Arora, Liang and Ma (2017). */
  readonly frequencyWeight: number;
  /** InfoNCE. */
  readonly temperature: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly warmUp: number;
  /** Share of the synsets kept from the training for the development figures, and again for the test figures. */
  readonly heldOutShare: number;
}

/** The recipe of the shipped weights. */
export const shippedRecipe: Recipe = {
  seed: 20_260,
  dimension: 256,
  vocabulary: 32_000,
  window: 5,
  contextPower: 0.75,
  oversampling: 16,
  powerIterations: 2,
  frequencyWeight: 1e-3,
  temperature: 0.1,
  batchSize: 256,
  epochs: 3,
  learningRate: 3e-3,
  warmUp: 0.05,
  heldOutShare: 0.005,
};
