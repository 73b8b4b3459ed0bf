/** One thing that is wrong with a request: where, Discord's code for it and Discord's words. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  /**
   * `refused`: Discord answers 400. `ignored`: Discord takes the request and leaves this part out. `manners`: Discord
   * allows it and this project does not.
   */
  readonly kind: 'refused' | 'ignored' | 'manners';
}

export type Path = readonly (string | number)[];

export function refused(path: Path, code: string, message: string): Finding {
  return { path, code, message, kind: 'refused' };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a list, or none when it is not a list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * A text between two lengths, in UTF-16 code units: where Discord counts characters, this is the stricter count.
 * `undefined` and null are left alone unless `required`.
 */
export function textLength(path: Path, value: unknown, min: number, max: number, required = false): readonly Finding[] {
  if (value === undefined || value === null) {
    return required ? [refused(path, 'BASE_TYPE_REQUIRED', 'This field is required')] : [];
  }
  if (typeof value !== 'string') return [refused(path, 'BASE_TYPE_BAD_TYPE', 'Could not interpret as string.')];
  if (min > 0 && value.length === 0 && required) return [refused(path, 'BASE_TYPE_REQUIRED', 'This field is required')];
  if (value.length >= min && value.length <= max) return [];
  if (min === 0) return [refused(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)];
  return [refused(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)];
}

export function listLength(path: Path, value: unknown, min: number, max: number): readonly Finding[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [refused(path, 'BASE_TYPE_BAD_TYPE', 'Only iterables may be used in a list.')];
  if (value.length >= min && value.length <= max) return [];
  return [refused(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)];
}

export function wholeNumber(path: Path, value: unknown, min: number, max: number): readonly Finding[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return [refused(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`)];
  }
  if (value < min) return [refused(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`)];
  if (value > max) return [refused(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`)];
  return [];
}

export function oneOf(path: Path, value: unknown, allowed: readonly unknown[]): readonly Finding[] {
  if (allowed.includes(value)) return [];
  const choices = allowed.map(String).join(', ');
  return [refused(path, 'BASE_TYPE_CHOICES', `Value must be one of {${choices}}.`)];
}

/** Discord's nested `errors` object (Reference > Error Messages). */
export function errorTree(findings: readonly Finding[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { path, code, message } of findings) {
    let at = root;
    for (const step of path) {
      const next = at[String(step)] ?? {};
      at[String(step)] = next;
      at = next as Record<string, unknown>;
    }
    const errors = (at._errors ?? []) as unknown[];
    at._errors = [...errors, { code, message }];
  }
  return root;
}
