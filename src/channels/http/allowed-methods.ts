/** Remembers which methods each address has, so that a wrong one is a 405 with `Allow` and not a 404. */
export function createAllowedMethods() {
  const routes = new Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>();

  return {
    /** `pattern` is a path, with `:name` for a part that varies, or a prefix that ends with `*`. */
    add(pattern: string, method: string | readonly string[]): void {
      const route = routes.get(pattern) ?? { matches: matcherOf(pattern), methods: new Set() };
      for (const name of [method].flat()) route.methods.add(name);
      routes.set(pattern, route);
    },

    /** Methods of the address, OPTIONS included; undefined when there is nothing at it. */
    at(url: string): readonly string[] | undefined {
      const path = url.replace(/\?.*$/s, '');
      const route = [...routes.values()].find(({ matches }) => matches.test(path));
      return route && [...route.methods, 'OPTIONS'];
    },
  };
}

function matcherOf(pattern: string): RegExp {
  const parts = pattern.split(/(:\w+|\*$)/);
  const source = parts.map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 's');
}
