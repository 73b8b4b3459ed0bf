import type { WidgetWords } from '../domain.ts';
import { button, element } from './element.ts';
import { icons } from './icons.ts';

type Value = 'up' | 'down';

/** Two thumbs, and a line for a comment once one is pressed; `onFeedback` is called again with the comment. */
export function createFeedbackView(
  words: WidgetWords,
  value: Value | undefined,
  onFeedback: (value: Value, comment?: string) => void,
): readonly HTMLElement[] {
  const field = element('input', '', [], {
    'aria-label': words.comment,
    placeholder: words.comment,
    maxlength: '1000',
  });
  const form = element('form', 'comment', [field, element('button', 'quiet', [words.sendComment])], { hidden: '' });
  let pressed: HTMLElement | undefined;
  const thumb = (kind: Value, label: string, path: string) => {
    const made = button(
      'action',
      label,
      () => {
        if (pressed) pressed.ariaPressed = 'false';
        pressed = made;
        made.ariaPressed = 'true';
        form.hidden = false;
        form.onsubmit = (event) => {
          event.preventDefault();
          form.hidden = true;
          if (field.value.trim()) onFeedback(kind, field.value.trim());
          made.focus();
        };
        onFeedback(kind);
        field.focus();
      },
      path,
      { 'aria-pressed': `${kind === value}` },
    );
    if (kind === value) pressed = made;
    return made;
  };
  return [thumb('up', words.helpful, icons.up), thumb('down', words.unhelpful, icons.down), form];
}
