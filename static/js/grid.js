// Takes cells copied from a spreadsheet: pasted into a box of the grid they fill the boxes to its right and below.
// Arrow keys up and down and Enter go from row to row in one column. Everything works without it.
const grid = document.querySelector('form[data-grid]');
const AMOUNT = /^[0-9,.]+$/;

// The boxes of each row in their columns; null where a cell has none, so that what is pasted never shifts.
function rowsOf() {
  return [...grid.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td.app-n')].map((cell) => cell.querySelector('input.app-cell')));
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

function pasteInto(box, text) {
  const block = text.replace(/\r?\n$/, '').split(/\r?\n/).map((line) => line.split('\t'));
  const { row, column } = place(box);
  let { rows } = place(box);
  let filled = 0;
  let left = 0;
  block.forEach((cells, down) => {
    if (row + down >= rows.length && addRow()) { rows = rowsOf(); }
    cells.forEach((cell, across) => {
      const target = rows[row + down] && rows[row + down][column + across];
      if (!target) { left += 1; return; }
      const value = cell.trim();
      target.value = value === '-' ? '' : value;
      target.classList.add('app-input--changed');
      filled += 1;
    });
  });
  const more = left ? ` ${left} did not fit and are left out.` : '';
  say(`${filled} boxes are filled.${more} Save to keep them.`);
  showTotals();
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
    const boxes = [...row.querySelectorAll('input.app-cell')];
    if (boxes.length) { row.lastElementChild.textContent = words(boxes.reduce((sum, box) => sum + pence(box.value), fixed(row))); }
  });
}

if (grid) {
  grid.addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain');
    if (!event.target.matches('input.app-cell') || !/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    pasteInto(event.target, text);
  });

  grid.addEventListener('keydown', (event) => {
    if (!event.target.matches('input.app-cell') || !['ArrowUp', 'ArrowDown', 'Enter'].includes(event.key)) { return; }
    const { rows, row, column } = place(event.target);
    const step = event.key === 'ArrowUp' ? -1 : 1;
    for (let next = row + step; next >= 0 && next < rows.length; next += step) {
      if (rows[next][column]) {
        event.preventDefault();
        rows[next][column].focus();
        rows[next][column].select();
        return;
      }
    }
    if (event.key === 'Enter') { event.preventDefault(); }
  });

  grid.addEventListener('input', (event) => {
    if (!event.target.matches('input.app-cell')) { return; }
    event.target.classList.add('app-input--changed');
    showTotals();
  });
}
