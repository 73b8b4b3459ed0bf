/** The cards of the demo page: each asks its question in the widget. */

const chat = document.querySelector('nape-chat');

await customElements.whenDefined('nape-chat');
for (const question of document.querySelectorAll('.question')) {
  question.disabled = false;
  question.addEventListener('click', () => chat.ask(question.textContent.trim()));
}
