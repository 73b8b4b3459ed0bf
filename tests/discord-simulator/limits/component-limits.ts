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

/** Component Reference > Component Object > Component Types. */
export const componentTypes = { row: 1, button: 2, stringSelect: 3, textInput: 4, label: 18 } as const;
const selectTypes: readonly unknown[] = [3, 5, 6, 7, 8];
const linkStyle = 5;
const premiumStyle = 6;

/**
 * Components of a message: at most 5 rows of up to 5 buttons or one select menu (Component Reference). A message of the
 * second version (IS_COMPONENTS_V2) may hold 40 components of other kinds; of those, rows alone are looked into.
 */
export function componentFindings(components: unknown, isSecondVersion = false): readonly Finding[] {
  const rows = listOf(components);
  if (isSecondVersion) {
    const isRow = (row: unknown) => isObject(row) && row.type === componentTypes.row;
    return [
      ...listLength(['components'], components, 1, 40),
      ...rows.flatMap((row, at) => (isRow(row) ? rowFindings(['components', at], row) : [])),
      ...repeatedIds(rows),
    ];
  }
  return [
    ...listLength(['components'], components, 0, 5),
    ...rows.flatMap((row, at) => rowFindings(['components', at], row)),
    ...repeatedIds(rows),
  ];
}

function rowFindings(path: Path, row: unknown): readonly Finding[] {
  if (!isObject(row)) return [refused(path, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType')];
  if (row.type !== componentTypes.row) return oneOf([...path, 'type'], row.type, [componentTypes.row]);
  const inside = listOf(row.components).filter(isObject);
  const selects = inside.filter(({ type }) => selectTypes.includes(type));
  const max = selects.length > 0 ? 1 : 5;
  return [
    ...listLength([...path, 'components'], row.components ?? [], 1, max),
    ...inside.flatMap((component, at) => insideRow([...path, 'components', at], component)),
  ];
}

function insideRow(path: Path, component: Component): readonly Finding[] {
  if (component.type === componentTypes.button) return buttonFindings(path, component);
  if (selectTypes.includes(component.type)) return selectFindings(path, component);
  return oneOf([...path, 'type'], component.type, [componentTypes.button, ...selectTypes]);
}

/** Component Reference > Button. */
function buttonFindings(path: Path, button: Component): readonly Finding[] {
  const { style, label, emoji, url, custom_id: customId } = button;
  const hasFace = (typeof label === 'string' && label.length > 0) || isObject(emoji);
  const faceless = refused(
    [...path, 'label'],
    'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
    'A label or an emoji is required',
  );
  const both = 'A custom id and url cannot both be specified';
  return [
    ...oneOf([...path, 'style'], style, [1, 2, 3, 4, linkStyle, premiumStyle]),
    ...textLength([...path, 'label'], label, 0, 80),
    ...(hasFace || style === premiumStyle ? [] : [faceless]),
    ...(style === linkStyle || style === premiumStyle
      ? []
      : textLength([...path, 'custom_id'], customId, 1, 100, true)),
    ...(style === linkStyle ? textLength([...path, 'url'], url, 1, 512, true) : []),
    ...(customId !== undefined && url !== undefined
      ? [refused(path, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', both)]
      : []),
  ];
}

/** Component Reference > String Select; the other menus have no options of their own. */
function selectFindings(path: Path, select: Component): readonly Finding[] {
  const options = listOf(select.options).filter(isObject);
  const values = options.map(({ value }) => value);
  const repeated = values.findIndex((value, at) => values.indexOf(value) !== at);
  const isString = select.type === componentTypes.stringSelect;
  const twice = 'The specified option value is already used';
  return [
    ...textLength([...path, 'custom_id'], select.custom_id, 1, 100, true),
    ...textLength([...path, 'placeholder'], select.placeholder, 0, 150),
    ...wholeNumber([...path, 'min_values'], select.min_values, 0, 25),
    ...wholeNumber([...path, 'max_values'], select.max_values, 1, 25),
    ...(isString ? listLength([...path, 'options'], select.options ?? [], 1, 25) : []),
    ...(isString && typeof select.max_values === 'number' && select.max_values > options.length
      ? [
          refused(
            [...path, 'options'],
            'BASE_TYPE_BAD_LENGTH',
            `Must be between ${select.max_values} and 25 in length.`,
          ),
        ]
      : []),
    ...options.flatMap((option, at) => [
      ...textLength([...path, 'options', at, 'label'], option.label, 1, 100, true),
      ...textLength([...path, 'options', at, 'value'], option.value, 1, 100, true),
      ...textLength([...path, 'options', at, 'description'], option.description, 0, 100),
    ]),
    ...(repeated >= 0
      ? [refused([...path, 'options', repeated, 'value'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', twice)]
      : []),
  ];
}

/** A custom id belongs to one component of a message. */
function repeatedIds(rows: readonly unknown[]): readonly Finding[] {
  const placed = rows.flatMap((row, rowAt) =>
    listOf(isObject(row) ? row.components : []).flatMap((component, at) => {
      const id = isObject(component) ? component.custom_id : undefined;
      return id === undefined ? [] : [{ id, path: ['components', rowAt, 'components', at, 'custom_id'] }];
    }),
  );
  return placed
    .filter(({ id }, at) => placed.findIndex((other) => other.id === id) !== at)
    .map(({ path }) => refused(path, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'));
}

/** Custom ids of the components that a person can press, with the component's type. */
export function pressable(components: readonly unknown[]): readonly Component[] {
  return components.flatMap((row) => listOf(isObject(row) ? row.components : []).filter(isObject));
}
