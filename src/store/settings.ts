import type { Settings } from './store.ts';
import type { StoreDatabase } from './store-database.ts';

export function createSettings({ db }: Pick<StoreDatabase, 'db'>): Settings {
  return {
    async get(scope, key) {
      const row = await db
        .selectFrom('nape_settings')
        .select('value')
        .where('scope', '=', scope)
        .where('key', '=', key)
        .executeTakeFirst();
      return row && JSON.parse(row.value);
    },
    async set(scope, key, value) {
      if (value === undefined) {
        await db.deleteFrom('nape_settings').where('scope', '=', scope).where('key', '=', key).execute();
        return;
      }
      const json = JSON.stringify(value);
      await db
        .insertInto('nape_settings')
        .values({ scope, key, value: json })
        .onConflict((conflict) => conflict.columns(['scope', 'key']).doUpdateSet({ value: json }))
        .execute();
    },
    async clear(scope) {
      await db.deleteFrom('nape_settings').where('scope', '=', scope).execute();
    },
  };
}
