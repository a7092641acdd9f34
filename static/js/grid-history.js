// What was typed and pasted into the boxes of a grid, step by step, so that it can be taken back before it is saved.
// A step is a list of boxes, each with what stood in it before and after. Typing in one box is one step.
export class History {
  constructor(grid, show) {
    this.show = show;
    this.done = [];
    this.undone = [];
    this.open = null;
    grid.addEventListener('focusin', (event) => this.enter(event.target));
    grid.addEventListener('focusout', () => this.leave());
  }

  enter(box) {
    if (box.matches('.app-cell')) { this.open = { box, before: box.value }; }
  }

  // What was typed in the box that has the focus becomes a step.
  leave() {
    const { open } = this;
    if (open && open.box.value !== open.before) {
      this.done.push([{ ...open, after: open.box.value }]);
      this.undone = [];
    }
    this.open = null;
  }

  take(step) {
    this.leave();
    this.undone = [];
    this.done.push(step);
    this.put(step, 'after');
  }

  undo() {
    this.leave();
    return this.move(this.done, this.undone, 'before');
  }

  redo() {
    this.leave();
    return this.move(this.undone, this.done, 'after');
  }

  move(from, to, side) {
    const step = from.pop();
    if (!step) { return []; }
    to.push(step);
    return this.put(step, side);
  }

  put(step, side) {
    const boxes = step.map((one) => {
      one.box.value = one[side];
      return one.box;
    });
    this.show(boxes);
    const active = document.activeElement;
    if (active) { this.enter(active); }
    return boxes;
  }
}
