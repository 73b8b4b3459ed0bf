// Taken once: what the page does to its own copy later does not reach the widget.
const { stringify } = JSON;

/**
 * JSON without a look at `toJSON`, which old libraries put on the prototypes of the page's arrays and objects. A member
 * that is undefined is left out.
 */
export function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toJson)}]`;
  if (!value || typeof value !== 'object') return stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${toJson(name)}:${toJson(member)}`)}}`;
}
