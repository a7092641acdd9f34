// Draws each element marked data-chart from the JSON that stands beside it under data-for: a Plotly figure's data
// and layout, and two optional extras, narrow (a layout for small screens) and print (a size and margins).
// House style lives here, so that a figure carries only data and labels.
(() => {
  const INK = '#0b0c0c';
  const GRID = '#d8dcdf';
  const FONT = 'Arial, "Helvetica Neue", Helvetica, sans-serif';
  const NARROW = 460;
  const drawn = new Map();
  let printing = false;

  function letters() { return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1; }

  function scaled(lengths, scale) {
    return Object.fromEntries(Object.entries(lengths).map(([name, length]) => [name, length * scale]));
  }

  function shifts(label) {
    return Object.fromEntries(['xshift', 'yshift', 'ax', 'ay'].filter((name) => name in label).map((name) => [name, label[name]]));
  }

  function axis(own, isGrid, size) {
    const { grid, size: ownSize, ...rest } = own;
    return {
      fixedrange: true, showgrid: isGrid, gridcolor: GRID, gridwidth: 1, zeroline: false, showline: !isGrid,
      linecolor: INK, linewidth: 1, ticks: 'outside', ticklen: isGrid ? 6 : 5,
      tickcolor: isGrid ? 'rgba(0,0,0,0)' : INK, tickangle: 0, automargin: false,
      tickfont: { size: (!printing && ownSize && ownSize * letters()) || size }, ...rest,
    };
  }

  function annotation(own, isSmall, size) {
    const { short, ...rest } = own;
    const label = {
      font: { size, color: INK, family: FONT }, arrowhead: 0, arrowwidth: 1, arrowcolor: INK, standoff: 2, ...rest,
    };
    if (isSmall && short) { label.text = short; }
    if (isSmall && own.ax) { label.ax = own.ax * 0.6; label.ay = own.ay * 0.8; }
    return label;
  }

  function layout(spec, width, height) {
    const isSmall = width < NARROW;
    // Charts are lettered as large as the page, for who reads it enlarged.
    const scale = printing ? 1 : letters();
    const size = printing ? 10.5 : 14 * scale;
    const own = spec.layout || {};
    const narrow = (isSmall && spec.narrow) || {};
    const paper = (printing && spec.print) || {};
    const edge = printing ? { l: 46, b: 22, t: 8 } : { l: 62, b: 34, t: 12 };
    const x = { ...own.xaxis, ...narrow.xaxis };
    const y = { ...own.yaxis, ...narrow.yaxis };
    const yaxis = axis(y, y.grid !== false, size);
    if (y.grid === false) { Object.assign(yaxis, { showline: false, ticks: '', ticklabelstandoff: 8 }); }
    return {
      ...own,
      margin: scaled({ r: 10, pad: 0, ...edge, ...own.margin, ...narrow.margin, ...paper.margin }, scale),
      xaxis: axis(x, x.grid === true, size),
      yaxis,
      annotations: (own.annotations || []).map((label) => annotation({ ...label, ...scaled(shifts(label), scale) }, isSmall, size)),
      width, height, showlegend: false, dragmode: false, hovermode: 'closest',
      font: { family: FONT, size, color: INK }, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
      hoverlabel: { bgcolor: '#ffffff', bordercolor: INK, font: { family: FONT, size: 14, color: INK } },
    };
  }

  function draw(element) {
    const chart = drawn.get(element);
    const paper = printing && chart.spec.print;
    const width = paper ? paper.width : element.clientWidth;
    const height = paper ? paper.height : element.clientHeight;
    if (!width) { return; }
    chart.width = printing ? null : width;
    chart.letters = letters();
    window.Plotly.react(
      element, structuredClone(chart.spec.data), layout(chart.spec, width, height),
      { displayModeBar: false, responsive: false },
    );
  }

  // The first chart is drawn at once and the others one by one after it, so that it is seen before they are ready.
  function drawNext(waiting) {
    const element = waiting.shift();
    if (!element) { return; }
    if (element.isConnected) { draw(element); }
    setTimeout(drawNext, 0, waiting);
  }

  function find(scope) {
    const found = [];
    scope.querySelectorAll('[data-chart]').forEach((element) => {
      if (drawn.has(element)) { return; }
      const source = document.querySelector(`[data-for="${element.id}"]`);
      drawn.set(element, { spec: JSON.parse(source.textContent), width: null });
      element.classList.add('app-chart--drawn');
      // A chart with a row for each of many things is as tall as they need.
      const height = drawn.get(element).spec.height;
      if (height) { element.style.height = `${height}px`; }
      found.push(element);
    });
    drawNext(found);
  }

  function redraw() {
    drawn.forEach((chart, element) => {
      if (!element.isConnected) { drawn.delete(element); return; }
      if (printing || element.clientWidth !== chart.width || letters() !== chart.letters) { draw(element); }
    });
  }

  // What stands on paper alone is on the page while it is drawn: nothing can be measured that is not.
  function setPrinting(is) {
    printing = is;
    document.documentElement.classList.toggle('app-printing', is);
    redraw();
  }

  let waiting;
  window.addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(redraw, 120); });
  window.addEventListener('beforeprint', () => { setPrinting(true); });
  window.addEventListener('afterprint', () => { setPrinting(false); });
  document.addEventListener('toggle', redraw, true);
  document.addEventListener('htmx:after:process', (event) => find(event.target));
  find(document);
})();
