// Takes cells copied from a spreadsheet: pasted into a box of the grid they fill the boxes to its right and below.
// Arrow keys up and down and Enter go from row to row in one column, from the last row to a button that saves.
// Ctrl+Z takes back what was typed or pasted, Ctrl+Enter saves. Everything works without it.
import { History } from './grid-history.js';

const grid = document.querySelector('form[data-grid]');
const AMOUNT = /^[0-9,.]+$/;
const BOX = '.app-cell';

// The boxes of each row in their columns; null where a cell has none, so that what is pasted never shifts.
function rowsOf() {
  return [...grid.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td.app-n, td.app-boxed')].map((cell) => cell.querySelector(BOX)));
}

function place(box) {
  const rows = rowsOf();
  const row = rows.findIndex((boxes) => boxes.includes(box));
  return { rows, row, column: row < 0 ? -1 : rows[row].indexOf(box) };
}

function say(words) {
  const status = document.getElementById('status');
  if (status) { status.textContent = words; }
}

// A row more for what is pasted below the last one, made of the last new row with the next number in its names.
function addRow() {
  const last = [...grid.querySelectorAll('tr.app-grid__new')].pop();
  if (!last) { return false; }
  const number = Number(last.querySelector('input').name.split('-')[1]);
  const most = Number(grid.dataset.mostRows);
  if (number + 1 >= most) { return false; }
  const row = last.cloneNode(true);
  row.querySelectorAll('[id], [name], label').forEach((element) => {
    ['id', 'name', 'htmlFor'].forEach((key) => {
      if (element[key]) { element[key] = element[key].replace(`n-${number}-`, `n-${number + 1}-`); }
    });
    if (element.matches('input')) { element.value = ''; }
    const label = element.getAttribute('aria-label');
    if (label) { element.setAttribute('aria-label', label.replace(`New row ${number + 1},`, `New row ${number + 2},`)); }
  });
  row.querySelectorAll('.app-error').forEach((element) => element.remove());
  last.after(row);
  return true;
}

// Rows of cells; one that holds a line end or a tab itself stands in quotes.
function blockOf(text) {
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const block = [[]];
  while (cell.lastIndex <= body.length) {
    const [, quoted, plain, end] = cell.exec(body);
    block[block.length - 1].push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
    if (end === '') { break; }
    if (end === '\n') { block.push([]); }
  }
  return block;
}

function pasteInto(box, text) {
  const block = blockOf(text);
  const { row, column } = place(box);
  let { rows } = place(box);
  const step = [];
  let left = 0;
  block.forEach((cells, down) => {
    if (row + down >= rows.length && addRow()) { rows = rowsOf(); }
    cells.forEach((cell, across) => {
      const target = rows[row + down] && rows[row + down][column + across];
      if (!target) { left += 1; return; }
      const value = cell.trim();
      step.push({ box: target, before: target.value, after: value === '-' ? '' : value });
    });
  });
  if (step.length) { history.take(step); }
  const more = left ? ` ${left} did not fit and are left out.` : '';
  say(`${step.length} boxes are filled.${more} Save to keep them.`);
}

function pence(text) {
  const sign = /^(£?[-−]|\()/.test(text.trim()) ? -1n : 1n;
  const body = text.trim().replace(/[£()−,-]/g, '');
  if (!body || !AMOUNT.test(body)) { return 0n; }
  const [pounds, rest = ''] = body.split('.');
  return sign * (BigInt(pounds || 0) * 100n + BigInt(rest.padEnd(2, '0').slice(0, 2) || 0));
}

function words(amount) {
  const size = amount < 0n ? -amount : amount;
  const digits = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0n ? '−' : ''}${digits}.${(size % 100n).toString().padStart(2, '0')}`;
}

// What a cell without a box holds, in pence.
function fixed(row) {
  return [...row.querySelectorAll('td[data-amount]')].reduce((sum, cell) => sum + BigInt(cell.dataset.amount || 0), 0n);
}

// The total at the end of a row follows what is typed; those below the rows are worked out when it is saved.
function showTotals() {
  grid.querySelectorAll('tbody tr').forEach((row) => {
    const boxes = [...row.querySelectorAll(BOX)];
    if (boxes.length && !row.lastElementChild.querySelector(BOX)) { row.lastElementChild.textContent = words(boxes.reduce((sum, box) => sum + pence(box.value), fixed(row))); }
  });
}

// What is changed is marked, and counted on the button that saves.
function showChanges(boxes) {
  boxes.forEach((box) => {
    const stored = box.dataset.stored === undefined ? box.defaultValue : box.dataset.stored;
    box.classList.toggle('app-input--changed', box.value.trim() !== stored.trim());
  });
  const save = grid.querySelector('[data-grid-save]');
  const rows = [...grid.querySelectorAll('tbody tr')].filter((row) => row.querySelector('.app-input--changed')).length;
  if (save) { save.textContent = rows ? `Save ${rows} changed ${rows === 1 ? 'row' : 'rows'}` : 'Save'; }
  showTotals();
}

const history = grid && new History(grid, showChanges);

function goBack(way) {
  const boxes = history[way]();
  const done = way === 'undo' ? 'taken back' : 'made again';
  say(boxes.length ? `${boxes.length === 1 ? 'One box is' : `${boxes.length} boxes are`} ${done}.` : 'There is nothing more to take back.');
  if (boxes.length) { boxes[0].focus(); }
}

function goTo(event, step) {
  const { rows, row, column } = place(event.target);
  for (let next = row + step; next >= 0 && next < rows.length; next += step) {
    if (rows[next][column]) {
      event.preventDefault();
      rows[next][column].focus();
      rows[next][column].select();
      return;
    }
  }
  if (event.key !== 'Enter') { return; }
  event.preventDefault();
  const save = grid.querySelector('[data-grid-save]');
  if (save && step > 0) { save.focus(); }
}

// In a box of several lines the arrows go from line to line, and Shift with Enter begins a new one.
function staysInBox(event) {
  return event.target.matches('textarea') && (event.key === 'Enter' ? event.shiftKey : event.target.value.includes('\n'));
}

const KEYS = { z: 'undo', y: 'redo' };

if (grid) {
  grid.querySelectorAll('[data-grid-back]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => goBack(button.dataset.gridBack));
  });
  showChanges([]);

  grid.addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain');
    if (!event.target.matches(BOX) || !/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    pasteInto(event.target, text);
  });

  grid.addEventListener('keydown', (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const way = isCommand && KEYS[event.key.toLowerCase()];
    if (isCommand && event.key === 'Enter') {
      event.preventDefault();
      grid.requestSubmit();
    } else if (!event.target.matches(BOX)) {
      return;
    } else if (way) {
      event.preventDefault();
      goBack(event.shiftKey ? 'redo' : way);
    } else if (['ArrowUp', 'ArrowDown', 'Enter'].includes(event.key) && !staysInBox(event)) {
      goTo(event, event.key === 'ArrowUp' || event.shiftKey ? -1 : 1);
    }
  });

  grid.addEventListener('input', (event) => {
    if (event.target.matches(BOX)) { showChanges([event.target]); }
  });
}
