import type { Page } from 'playwright-core';

/** What a visitor finds in the widget, by its name or role. */
export function widgetOf(page: Page) {
  const field = page.getByRole('textbox', { name: 'Your question' });
  return {
    launcher: page.getByRole('button', { name: 'Ask a question' }),
    panel: page.getByRole('dialog'),
    field,
    log: page.getByRole('log'),
    status: page.getByRole('status'),
    marks: page.getByRole('button', { name: /Where does it say this/ }),
    button: (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    async open(): Promise<void> {
      await page.getByRole('button', { name: 'Ask a question' }).click();
      await field.waitFor();
    },
    async ask(question: string): Promise<void> {
      await field.fill(question);
      await field.press('Enter');
    },
    /** Waits until the answer to the last question is whole. */
    async answered(count = 1): Promise<void> {
      await page
        .locator('nape-chat .actions')
        .nth(count - 1)
        .waitFor();
    },
    sentences: () => page.locator('nape-chat .sentences span span, nape-chat .sentences q span').allTextContents(),
    stored: () => page.evaluate(() => JSON.stringify({ ...sessionStorage })),
  };
}
