/** Remembers which methods each address has, so that a wrong one is a 405 with `Allow` and not a 404. */
export function createAllowedMethods() {
  const routes = new Map<string, Set<string>>();

  return {
    /** `pattern` is a plain path, or a prefix that ends with `*`. */
    add(pattern: string, method: string | readonly string[]): void {
      const methods = routes.get(pattern) ?? new Set();
      for (const name of [method].flat()) methods.add(name);
      routes.set(pattern, methods);
    },

    /** Methods of the address, OPTIONS included; undefined when there is nothing at it. */
    at(url: string): readonly string[] | undefined {
      const path = url.replace(/\?.*$/s, '');
      for (const [pattern, methods] of routes) {
        const matches = pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
        if (matches) return [...methods, 'OPTIONS'];
      }
      return undefined;
    },
  };
}
