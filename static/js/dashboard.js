// The dashboard of a steering group: one panel at a time in large type for a meeting, and on a phone a short form
// whose tables open on request. Without this file every panel and every table stands in full.
(() => {
  const PHONE = window.matchMedia('(max-width: 40em)');
  const tables = [...document.querySelectorAll('details[data-short]')];
  const panels = [...document.querySelectorAll('[data-panel]')];
  const bar = document.querySelector('[data-meeting-bar]');
  const start = bar.querySelector('[data-meeting-start]');
  const steps = bar.querySelector('[data-meeting-steps]');
  const place = bar.querySelector('[data-meeting-place]');
  let shown = null;

  function shorten() {
    tables.forEach((table) => { table.open = shown !== null || !PHONE.matches; });
  }

  function redraw() { window.dispatchEvent(new Event('resize')); }

  function show(number) {
    shown = Math.min(Math.max(number, 0), panels.length - 1);
    panels.forEach((panel, index) => { panel.hidden = index !== shown; });
    const heading = panels[shown].querySelector('h2');
    place.textContent = `Panel ${shown + 1} of ${panels.length}: ${heading.textContent}`;
    steps.querySelector('[data-meeting-step="-1"]').disabled = shown === 0;
    steps.querySelector('[data-meeting-step="1"]').disabled = shown === panels.length - 1;
    redraw();
  }

  function enter() {
    document.documentElement.classList.add('app-meeting');
    start.hidden = true;
    steps.hidden = false;
    const near = panels.findIndex((panel) => panel.getBoundingClientRect().bottom > window.innerHeight / 3);
    show(Math.max(near, 0));
    shorten();
    steps.querySelector('button:not(:disabled)').focus();
    window.scrollTo(0, 0);
  }

  function leave() {
    if (shown === null) { return; }
    const last = panels[shown];
    shown = null;
    document.documentElement.classList.remove('app-meeting');
    panels.forEach((panel) => { panel.hidden = false; });
    steps.hidden = true;
    start.hidden = false;
    shorten();
    redraw();
    start.focus();
    last.scrollIntoView();
  }

  function move(by) {
    show(shown + by);
    window.scrollTo(0, 0);
    // A button that has just gone dead gives its focus to the other one.
    if (!document.activeElement || document.activeElement.disabled) {
      steps.querySelector('button:not(:disabled)').focus();
    }
  }

  start.addEventListener('click', enter);
  steps.addEventListener('click', (event) => {
    const step = event.target.closest('[data-meeting-step]');
    if (step) { move(Number(step.dataset.meetingStep)); }
    if (event.target.closest('[data-meeting-leave]')) { leave(); }
  });
  document.addEventListener('keydown', (event) => {
    if (shown === null || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === 'Escape') { leave(); }
    // In a table that scrolls the arrows scroll it.
    if (event.target.closest('.app-scroll, input, select, textarea')) { return; }
    if (event.key === 'ArrowRight') { move(1); }
    if (event.key === 'ArrowLeft') { move(-1); }
  });
  // A link to a part of the page leads there out of the meeting mode; what is linked to on a phone opens.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const at = link ? panels.findIndex((panel) => `#${panel.id}` === link.getAttribute('href')) : -1;
    if (at < 0) { return; }
    if (shown !== null) { show(at); }
    panels[at].querySelectorAll('details[data-short]').forEach((table) => { table.open = true; });
  });
  window.addEventListener('beforeprint', () => { leave(); tables.forEach((table) => { table.open = true; }); });
  window.addEventListener('afterprint', shorten);
  PHONE.addEventListener('change', shorten);

  bar.hidden = false;
  shorten();
})();
