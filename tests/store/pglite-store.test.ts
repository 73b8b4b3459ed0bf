import { sharedGenerationsContract } from '../contracts/shared-generations.contract.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { pglitePlaces } from './pglite-place.ts';

const createPlace = pglitePlaces({ withVectors: false });

storeContract('PostgreSQL in this process', createPlace);
sharedGenerationsContract('PostgreSQL in this process', createPlace, 'own');
