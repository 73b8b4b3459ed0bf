import fc from 'fast-check';

// The same cases in every run, so that a test that passed here passes there. Other cases, to look for more faults:
// FAST_CHECK_SEED=$RANDOM npm test
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_123) });
