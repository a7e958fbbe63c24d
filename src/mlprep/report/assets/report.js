// Draws the charts of the page from the data in it. No text of a bank ever becomes markup here.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const style = () => getComputedStyle(document.documentElement);
  const color = (name) => style().getPropertyValue(`--${name}`).trim();
  const date = (text) => new Date(`${text}T12:00:00`);
  const percent = (share) => `${Math.round(100 * share)} %`;
  const dayName = d3.timeFormat("%a %-d %b %Y");
  const ticks = (width) => Math.max(2, Math.floor(width / 90));
  const shared = (width, more) => ({
    width, style: { background: "transparent", color: color("ink"), fontSize: "12px", fontFamily: "inherit" },
    marginLeft: 48, marginRight: 18, marginTop: 28, marginBottom: 42, ...more,
  });

  function readiness(width) {
    const past = data.history.map((row) => ({ day: date(row.day), mean: row.mean }));
    const now = past[past.length - 1];
    const stopping = data.stopping.map((row) => ({ day: date(row.day), mean: row.mean }));
    const told = data.forecast && { ...data.forecast, day: date(data.forecast.day) };
    const course = told ? [{ day: now.day, mean: now.mean, low: now.mean, high: now.mean }, told] : [];
    const label = (row, text) => Plot.text([row], {
      x: "day", y: "mean", text: () => text, textAnchor: "end", dy: -10, fontWeight: 600,
    });
    return Plot.plot(shared(width, {
      height: 280, x: { label: null, ticks: ticks(width), insetRight: 6 },
      y: { label: null, tickFormat: percent, grid: true, nice: true },
      marks: [
        Plot.areaY(course, { x: "day", y1: "low", y2: "high", fill: color("strong"), fillOpacity: 0.2 }),
        Plot.lineY(stopping, { x: "day", y: "mean", stroke: color("soft"), strokeDasharray: "2 4" }),
        Plot.lineY(course, { x: "day", y: "mean", stroke: color("strong"), strokeDasharray: "6 4", strokeWidth: 2 }),
        Plot.lineY(past, { x: "day", y: "mean", stroke: color("strong"), strokeWidth: 2.5 }),
        Plot.dot(told ? [told] : [now], { x: "day", y: "mean", fill: color("strong"), r: 4 }),
        label(told || now, told ? `${percent(told.low)} to ${percent(told.high)}` : percent(now.mean)),
        Plot.tip([...past, ...stopping.slice(1)], Plot.pointerX({
          x: "day", y: "mean", fill: color("card"), title: (row) => `${dayName(row.day)}\n${percent(row.mean)}`,
        })),
      ],
    }));
  }

  function leaves() {
    // A topic with topics below it keeps what is its own.
    const below = d3.rollup(
      data.topics.filter((row) => row.topic.includes("/")),
      (rows) => d3.sum(rows, (row) => row.weight), (row) => row.topic.slice(0, row.topic.lastIndexOf("/")));
    return data.topics
      .map((row) => ({ ...row, own: row.weight - (below.get(row.topic) || 0) }))
      .filter((row) => row.own > 1e-9);
  }

  function map(width) {
    const rows = leaves();
    const fields = d3.groups(rows, (row) => row.topic.split("/")[0]);
    const height = width < 600 ? 620 : 460;
    const root = d3.hierarchy({ children: fields.map(([name, children]) => ({ name, children })) })
      .sum((row) => row.own || 0).sort((a, b) => b.value - a.value);
    d3.treemap().size([width, height]).paddingTop(18).paddingInner(2).round(true)(root);
    const shade = d3.scaleLinear([0.3, 0.6, 0.9], [color("weak"), color("middle"), color("strong")]).clamp(true);
    const fits = (text, room, size) => (text.length * size * 0.62 < room ? text
      : room > size * 4 ? `${text.slice(0, Math.floor(room / (size * 0.62)) - 1)}…` : "");
    const cells = root.leaves().filter((leaf) => leaf.data.topic).map((leaf) => ({
      ...leaf.data, x0: leaf.x0, x1: leaf.x1, y0: leaf.y0, y1: leaf.y1,
      name: leaf.data.topic.split("/").slice(1).join("/") || leaf.data.topic,
    }));
    const light = (row) => (d3.lab(shade(row.expected)).l > 60 ? "#101416" : "#ffffff");
    const tall = cells.filter((row) => row.y1 - row.y0 > 32 && row.x1 - row.x0 > 44);
    return Plot.plot({
      ...shared(width, { height }), margin: 0,
      x: { axis: null, domain: [0, width], range: [0, width] },
      y: { axis: null, domain: [0, height], range: [0, height] },
      marks: [
        Plot.rect(cells, { x1: "x0", x2: "x1", y1: "y0", y2: "y1", fill: (row) => shade(row.expected) }),
        Plot.text(root.children || [], {
          x: "x0", y: "y0", dx: 2, dy: 9, textAnchor: "start", fontWeight: 600,
          text: (field) => fits(field.data.name, field.x1 - field.x0, 12),
        }),
        Plot.text(tall, {
          x: "x0", y: "y0", dx: 5, dy: 10, textAnchor: "start", fill: light,
          text: (row) => fits(row.name, row.x1 - row.x0 - 8, 12),
        }),
        Plot.text(tall, {
          x: "x0", y: "y0", dx: 5, dy: 25, textAnchor: "start", fill: light, fontWeight: 600,
          text: (row) => percent(row.expected),
        }),
        Plot.tip(cells, Plot.pointer({
          x: (row) => (row.x0 + row.x1) / 2, y: (row) => (row.y0 + row.y1) / 2, fill: color("card"),
          title: (row) => `${row.topic}\n${percent(row.expected)} on the day, ${row.seen} of ${row.items} seen\ncosts ${row.cost.toFixed(1)}`,
        })),
      ],
    });
  }

  function calibration(width) {
    const bins = data.calibration.bins;
    return Plot.plot(shared(Math.min(width, 460), {
      height: Math.min(width, 360),
      x: { label: "said", domain: [0, 1], tickFormat: percent, ticks: 5, insetRight: 8 },
      y: { label: "came", domain: [0, 1], tickFormat: percent, grid: true, ticks: 5 },
      r: { range: [3, 14] },
      marks: [
        Plot.line([[0, 0], [1, 1]], { stroke: color("soft"), strokeDasharray: "4 4" }),
        Plot.line(bins, { x: "said", y: "came", stroke: color("strong") }),
        Plot.dot(bins, { x: "said", y: "came", r: "answers", fill: color("strong"), fillOpacity: 0.75 }),
        Plot.tip(bins, Plot.pointer({
          x: "said", y: "came", fill: color("card"),
          title: (row) => `It said ${percent(row.said)}, ${percent(row.came)} came\n${row.answers} answers`,
        })),
      ],
    }));
  }

  function confidence(width) {
    const words = ["no idea", "a guess", "fairly", "sure"];
    const rows = d3.groups(data.confidence, (row) => row.confidence).map(([level, group]) => {
      const answers = d3.sum(group, (row) => row.answers);
      return { word: words[level], level, answers, share: d3.sum(group, (row) => row.right) / answers };
    });
    return Plot.plot(shared(width, {
      height: 200, marginLeft: 64, marginRight: 100, marginTop: 10, marginBottom: 32,
      x: { label: null, domain: [0, 1], tickFormat: percent, grid: true, ticks: 4 },
      y: { label: null, domain: words },
      marks: [
        Plot.barX(rows, { y: "word", x: "share", fill: color("strong"), insetTop: 3, insetBottom: 3 }),
        Plot.text(rows, { y: "word", x: "share", dx: 4, textAnchor: "start", text: (row) => `${percent(row.share)} of ${row.answers}` }),
        Plot.ruleX([0]),
      ],
    }));
  }

  function activity(width) {
    const end = date(data.day);
    const first = d3.timeMonday.offset(d3.timeMonday.floor(end), -25); // midnight of a Monday
    const spent = new Map(data.days.map((row) => [row.day, row]));
    const cells = d3.timeDays(first, d3.timeDay.offset(d3.timeDay.floor(end), 1)).map((day) => {
      const found = spent.get(d3.timeFormat("%Y-%m-%d")(day));
      return {
        day, week: d3.timeMonday.count(first, d3.timeMonday.floor(day)), weekday: (day.getDay() + 6) % 7,
        minutes: found ? found.minutes : 0, answers: found ? found.answers : 0,
      };
    });
    const most = d3.max(cells, (cell) => cell.minutes) || 1;
    const shade = d3.scaleSqrt([0, most], [color("faint"), color("strong")]);
    const months = cells.filter((cell) => cell.weekday === 0 && cell.day.getDate() <= 7);
    return Plot.plot(shared(width, {
      height: Math.min(240, (width - 58) / 26 * 7 + 26), marginLeft: 36, marginTop: 22, marginBottom: 4, marginRight: 22, padding: 0.12,
      x: { axis: null, domain: d3.range(26), type: "band" },
      y: { label: null, domain: d3.range(7), tickFormat: (day) => ["Mon", "", "Wed", "", "Fri", "", "Sun"][day], tickSize: 0 },
      marks: [
        Plot.cell(cells, { x: "week", y: "weekday", fill: (cell) => shade(cell.minutes), rx: 2 }),
        Plot.text(months, { x: "week", frameAnchor: "top", dy: -10, text: (cell) => d3.timeFormat("%b")(cell.day) }),
        Plot.tip(cells, Plot.pointer({
          x: "week", y: "weekday", fill: color("card"),
          title: (cell) => `${dayName(cell.day)}\n${cell.answers} answers, ${Math.round(cell.minutes)} min`,
        })),
      ],
    }));
  }

  function load(width) {
    const rows = data.load.slice(1).map((row) => ({ ...row, day: date(row.day) }));
    return Plot.plot(shared(width, {
      height: 180, x: { label: null, ticks: ticks(width), insetLeft: 6, insetRight: 6 },
      y: { label: null, grid: true, ticks: 4, tickFormat: (n) => (Number.isInteger(n) ? n : "") },
      marks: [
        Plot.rectY(rows, { x: "day", interval: "day", y: "items", fill: color("strong"), tip: { fill: color("card") }, title: (row) => `${dayName(row.day)}\n${row.items} due, ${Math.round(row.minutes)} min` }),
        Plot.ruleY([0]),
      ],
    }));
  }

  function stability(width) {
    const name = (row) => (row.high === null ? `${row.low}+` : `${row.low}–${row.high}`);
    return Plot.plot(shared(width, {
      height: 210,
      x: { label: "days", domain: data.stability.map(name), tickRotate: width < 420 ? -35 : 0, tickSize: 0 },
      y: { label: null, grid: true, ticks: 4, tickFormat: (n) => (Number.isInteger(n) ? n : "") },
      ...(width < 420 ? { marginBottom: 56 } : {}),
      marks: [
        Plot.barY(data.stability, { x: name, y: "items", fill: color("strong") }),
        Plot.text(data.stability.filter((row) => row.items), { x: name, y: "items", dy: -7, text: "items" }),
        Plot.ruleY([0]),
      ],
    }));
  }

  function mocks(width) {
    const rows = data.mocks.flatMap((mock, number) =>
      Object.entries(mock.scores).map(([dimension, score]) => ({ number: number + 1, dimension, score })));
    const dimensions = [...new Set(rows.map((row) => row.dimension))];
    const columns = width < 420 ? 2 : 3;
    const place = new Map(dimensions.map((name, index) => [name, index]));
    const fx = (row) => place.get(row.dimension) % columns;
    const fy = (row) => Math.floor(place.get(row.dimension) / columns);
    const last = rows.filter((row) => row.number === data.mocks.length);
    return Plot.plot(shared(width, {
      height: 96 * Math.ceil(dimensions.length / columns) + 10, marginLeft: 22, marginRight: 22, marginTop: 8, marginBottom: 8,
      fx: { axis: null, domain: d3.range(columns), padding: 0.25 }, fy: { axis: null, padding: 0.12 },
      x: { axis: null, domain: [1, Math.max(2, data.mocks.length)] },
      y: { label: null, domain: [0.6, 5.6], ticks: [1, 2, 3, 4], tickSize: 0, tickFormat: "d" },
      marks: [
        Plot.ruleY([1, 2, 3, 4], { stroke: color("line") }),
        Plot.line(rows, { fx, fy, x: "number", y: "score", stroke: color("strong"), strokeWidth: 2 }),
        Plot.dot(rows, { fx, fy, x: "number", y: "score", fill: color("strong"), r: 3 }),
        Plot.text(last, { fx, fy, x: "number", y: "score", dx: 7, textAnchor: "start", fontWeight: 600, text: "score" }),
        Plot.text(dimensions.map((dimension) => ({ dimension })), { fx, fy, frameAnchor: "top-left", text: "dimension", fontWeight: 600 }),
      ],
    }));
  }

  const charts = { readiness, map, calibration, confidence, activity, load, stability, mocks };

  function draw(width) {
    for (const place of document.querySelectorAll("[data-chart]")) {
      const name = place.dataset.chart;
      const drawn = charts[name](Math.floor(width || place.clientWidth));
      const svg = drawn.matches("svg") ? drawn : drawn.querySelector("svg");
      const section = place.closest("section");
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", `${section.querySelector("h2").textContent}. ${section.querySelector(".says").textContent}`);
      place.replaceChildren(drawn);
    }
    document.documentElement.dataset.drawn = "yes";
  }

  let waiting = 0;
  let drawnAt = 0;
  const again = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      if (document.documentElement.clientWidth === drawnAt) return;
      drawnAt = document.documentElement.clientWidth;
      draw();
    });
  };
  addEventListener("resize", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
  addEventListener("beforeprint", () => draw(660));
  addEventListener("afterprint", () => draw());
  drawnAt = document.documentElement.clientWidth;
  draw();
})();
