import { componentTypes } from './component-limits.ts';
import {
  type Finding,
  isObject,
  listLength,
  listOf,
  oneOf,
  type Path,
  refused,
  textLength,
  wholeNumber,
} from './finding.ts';

type Component = Readonly<Record<string, unknown>>;

/** A modal: title of up to 45 characters, 1 to 5 rows or labels with a component each (Interaction Callback Data > Modal). */
export function modalFindings(modal: Component): readonly Finding[] {
  const rows = listOf(modal.components).filter(isObject);
  return [
    ...textLength(['custom_id'], modal.custom_id, 1, 100, true),
    ...textLength(['title'], modal.title, 1, 45, true),
    ...listLength(['components'], modal.components ?? [], 1, 5),
    ...rows.flatMap((row, at) => rowFindings(['components', at], row)),
  ];
}

function rowFindings(path: Path, row: Component): readonly Finding[] {
  if (row.type === componentTypes.label) {
    const inside = row.component;
    return [
      ...textLength([...path, 'label'], row.label, 1, 45, true),
      ...textLength([...path, 'description'], row.description, 0, 100),
      ...(isObject(inside) ? inputFindings([...path, 'component'], inside, false) : []),
    ];
  }
  if (row.type !== componentTypes.row)
    return oneOf([...path, 'type'], row.type, [componentTypes.row, componentTypes.label]);
  const inside = listOf(row.components).filter(isObject);
  return [
    ...listLength([...path, 'components'], row.components ?? [], 1, 1),
    ...inside.flatMap((input, at) => inputFindings([...path, 'components', at], input, true)),
  ];
}

/** Component Reference > Text Input. Its own label belongs to a row; in a label component the label is outside. */
function inputFindings(path: Path, input: Component, hasLabel: boolean): readonly Finding[] {
  if (input.type !== componentTypes.textInput) {
    const known = typeof input.type === 'number' && input.type >= 3;
    return known ? [] : [refused([...path, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of {4}.')];
  }
  return [
    ...textLength([...path, 'custom_id'], input.custom_id, 1, 100, true),
    ...oneOf([...path, 'style'], input.style, [1, 2]),
    ...(hasLabel ? textLength([...path, 'label'], input.label, 1, 45, true) : []),
    ...textLength([...path, 'placeholder'], input.placeholder, 0, 100),
    ...textLength([...path, 'value'], input.value, 0, 4000),
    ...wholeNumber([...path, 'min_length'], input.min_length, 0, 4000),
    ...wholeNumber([...path, 'max_length'], input.max_length, 1, 4000),
  ];
}
