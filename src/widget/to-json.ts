/**
 * JSON without a look at `toJSON`, which old libraries put on the prototypes of the page's arrays and objects. A member
 * that is undefined is left out.
 */
export function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toJson)}]`;
  if (!value || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${toJson(name)}:${toJson(member)}`)}}`;
}
