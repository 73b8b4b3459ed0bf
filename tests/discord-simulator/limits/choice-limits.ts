import { type Finding, isObject, listLength, listOf, type Path, refused, textLength } from './finding.ts';

/** Choices of an option or of an autocomplete response: at most 25, names and texts of 1 to 100 characters. */
export function choiceFindings(choices: unknown, at: Path = []): readonly Finding[] {
  if (!Array.isArray(choices)) return [refused([...at, 'choices'], 'BASE_TYPE_REQUIRED', 'This field is required')];
  return [
    ...listLength([...at, 'choices'], choices, 0, 25),
    ...listOf(choices)
      .filter(isObject)
      .flatMap(({ name, value }, index) => [
        ...textLength([...at, 'choices', index, 'name'], name, 1, 100, true),
        ...(typeof value === 'number' ? [] : textLength([...at, 'choices', index, 'value'], value, 1, 100, true)),
      ]),
  ];
}
