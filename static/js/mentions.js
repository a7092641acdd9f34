// Offers names after an @ in a comment. Arrow keys choose, Enter or Tab takes the name, Escape closes the list.
// Without it the names stand in a list under the box.
const box = document.querySelector('textarea[name=text]');
const people = [...document.querySelectorAll('#people [data-name]')].map((item) => item.dataset.name);
const list = document.createElement('ul');
let chosen = 0;

// What is typed after the last @ before the cursor, or null where there is none.
function asked() {
  const before = box.value.slice(0, box.selectionStart);
  const found = /(?:^|[^\w@.])@([^@\n]*)$/.exec(before);
  return found ? found[1] : null;
}

function matching() {
  const start = asked();
  if (start === null) { return []; }
  const wanted = start.toLowerCase();
  return people.filter((name) => name.toLowerCase().startsWith(wanted) && name.toLowerCase() !== wanted).slice(0, 8);
}

function close() {
  list.hidden = true;
  box.removeAttribute('aria-activedescendant');
}

function draw(names) {
  list.replaceChildren(...names.map((name, index) => {
    const item = document.createElement('li');
    item.id = `name-${index}`;
    item.role = 'option';
    item.ariaSelected = String(index === chosen);
    item.textContent = name;
    item.addEventListener('mousedown', (event) => { event.preventDefault(); take(name); });
    return item;
  }));
  list.hidden = names.length === 0;
  if (names.length) { box.setAttribute('aria-activedescendant', `name-${chosen}`); } else { close(); }
}

function take(name) {
  const start = box.selectionStart - asked().length;
  box.setRangeText(`${name} `, start, box.selectionStart, 'end');
  close();
  box.focus();
}

function offer() {
  const names = matching();
  chosen = 0;
  draw(names);
  const status = document.getElementById('status');
  if (status && names.length) { status.textContent = `${names.length} to choose from: ${names.join(', ')}`; }
}

function onKey(event) {
  const names = list.hidden ? [] : matching();
  if (!names.length) { return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    chosen = (chosen + step + names.length) % names.length;
    draw(names);
  } else if (event.key === 'Enter' || event.key === 'Tab') {
    event.preventDefault();
    take(names[chosen]);
  } else if (event.key === 'Escape') {
    close();
  }
}

if (box && people.length) {
  list.className = 'app-names';
  list.id = 'names';
  list.role = 'listbox';
  list.ariaLabel = 'People';
  list.hidden = true;
  box.after(list);
  box.setAttribute('aria-controls', 'names');
  box.setAttribute('aria-autocomplete', 'list');
  box.addEventListener('input', offer);
  box.addEventListener('keydown', onKey);
  box.addEventListener('blur', close);
}
