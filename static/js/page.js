// Starts GOV.UK Frontend's components and sees to what an in-place edit needs besides htmx:
// where focus goes, what is said aloud, and what is shown when the server could not answer.
import { createAll, Button, ErrorSummary, ServiceNavigation, SkipLink } from '../vendor/govuk-frontend.min.js';

const FAILURES = {
  400: 'The server could not read what was sent. Nothing was saved. Load the page again and try once more.',
  403: 'Nothing was saved. You may no longer be signed in, or you may not change this. Sign in again in another tab.',
  404: 'Nothing was saved. This is no longer here: someone may have removed it. Load the page again.',
  other: 'Nothing was saved, because the server did not answer. What you typed is still on this page. Try again in a minute.',
};

const FIRST_BOX = '.app-edit input:not([type=hidden]), .app-edit select, .app-edit textarea';

function start(scope) {
  [Button, ErrorSummary, ServiceNavigation, SkipLink].forEach((component) => createAll(component, undefined, scope));
}

// An address or a name of very many letters may break anywhere, so that a table never pushes the page to the side.
function partLongWords(scope) {
  const texts = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (/\S{40}/.test(text.data) && !text.parentElement.closest('script, style, textarea, select, svg')) { found.push(text); }
  }
  found.forEach((text) => {
    const words = text.data.split(/(\S{40,})/);
    text.replaceWith(...words.flatMap((word, place) => (place % 2
      ? word.match(/.{1,16}/gu).flatMap((part) => [part, document.createElement('wbr')])
      : [word])));
  });
}

function say(id, words) {
  const box = document.getElementById(id);
  if (!box) { return; }
  box.textContent = words;
  if (id === 'failure') { box.hidden = words === ''; }
}

function focusOn(element) {
  if (!element.matches('a[href], button, input, select, textarea')) { element.tabIndex = -1; }
  element.focus();
}

start(document);
partLongWords(document.querySelector('main'));

// A form is sent once, however often its button is pressed while the answer is under way; one that is answered by a
// file (data-file) leaves the page where it is, and is sent as often as one likes.
const ONCE_MS = 10000;
document.addEventListener('submit', (event) => {
  const form = event.target;
  const isPlain = form.method === 'post' && !form.matches('[hx-post], [data-file]');
  if (!isPlain) { return; }
  const now = Date.now();
  if (now - Number(form.dataset.sentAt || 0) < ONCE_MS) {
    event.preventDefault();
    return;
  }
  form.dataset.sentAt = String(now);
});
// Back on the page by the browser's button, its forms are as new. Who signed out on it is not shown it again.
window.addEventListener('pageshow', () => {
  if (document.querySelector('form[action$="/sign-out/"][data-sent-at]')) { window.location.reload(); }
  document.querySelectorAll('[data-sent-at]').forEach((form) => { delete form.dataset.sentAt; });
});

// A link that leads to one box: what is typed takes the place of what stands in it.
const asked = document.querySelector('input[autofocus]');
if (asked) { asked.select(); }

// An answer by redirection is a whole page (saved without a part to swap): go there. Who is no longer signed in sends
// the form as a page does, so that the sign-in page keeps what was typed.
document.addEventListener('htmx:before:response', (event) => {
  const { sourceElement, response: { raw } } = event.detail.ctx;
  if (!raw.redirected) { return; }
  event.preventDefault();
  if (sourceElement instanceof HTMLFormElement && new URL(raw.url).pathname === '/sign-in/') {
    sourceElement.submit();
  } else {
    window.location.assign(raw.url);
  }
});

document.addEventListener('htmx:before:request', () => { say('failure', ''); say('status', ''); });

document.addEventListener('htmx:response:error', (event) => {
  const { sourceElement, response: { raw, status } } = event.detail.ctx;
  if (raw && raw.headers.has('X-Old-Form') && sourceElement instanceof HTMLFormElement) {
    sourceElement.submit();
    return;
  }
  if (status !== 409 && status !== 422) { say('failure', FAILURES[status] || FAILURES.other); }
});

document.addEventListener('htmx:error', () => say('failure', FAILURES.other));

// Of a part just swapped in, data-focus marks the element to go to (else an open row's first box), data-say what to
// say aloud.
document.addEventListener('htmx:after:process', (event) => {
  const part = event.target;
  if (part === document.body) { return; }
  start(part);
  partLongWords(part);
  const spoken = part.closest('[data-say]') || part.querySelector('[data-say]');
  if (spoken) { say('status', spoken.dataset.say); }
  const target = part.querySelector('[data-focus]') || part.querySelector(FIRST_BOX);
  if (target && !part.querySelector('.govuk-error-summary')) { focusOn(target); }
});

// A tick that selects others (data-selects) ticks each of them (data-selected-by) and loses its own once one is
// taken away, so that what is sent is what is seen.
document.addEventListener('change', (event) => {
  const box = event.target;
  const own = (name) => document.querySelectorAll(`[data-selected-by="${name}"]`);
  if (box.dataset.selects) { own(box.dataset.selects).forEach((one) => { one.checked = box.checked; }); }
  if (box.dataset.selectedBy && !box.checked) {
    document.querySelectorAll(`[data-selects="${box.dataset.selectedBy}"]`).forEach((one) => { one.checked = false; });
  }
});
