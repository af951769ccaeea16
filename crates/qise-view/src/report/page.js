"use strict";
(() => {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const one = (selector, root) => (root || document).querySelector(selector);
  const body = document.body;

  // Filters. What is marked with data-c and data-a is a need, data-t is a team, data-d a day, data-r a route.
  const form = one(".filters");
  const needs = all("[data-c]");
  const crossed = all("[data-t]").map((element) => ({ element, needs: all("[data-c]", element) }));
  const dated = all("[data-d]").filter((element) => !element.hasAttribute("data-c"));
  const off = (element, is) => element.classList.toggle("off", is);

  const count = () => {
    const output = one("output", form);
    const seen = (selector) => all(`${selector}:not(.off)`).length;
    output.textContent = `${seen("tr.person")} ${output.dataset.people} · ${seen("tr.person:not(.off) td > svg:not(.off) .qise-v")} ${output.dataset.visits} · ${seen("tr.left")} ${output.dataset.left}`;
  };
  const filter = () => {
    const value = (name) => (form.elements[name] ? form.elements[name].value : "");
    const boxes = all("input[name=c]", form);
    const colours = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const whole = colours.size === boxes.length;
    const [team, area, day] = [value("t"), value("a"), value("d")];
    const words = value("q").trim().toLowerCase();
    const says = (element) => !words || element.textContent.toLowerCase().includes(words);
    for (const need of needs) {
      const { c, a, d } = need.dataset;
      const fits = (whole || colours.has(c)) && (!area || a === area) && (!day || d === undefined || d === day);
      off(need, !fits || (need.matches("tr.left, li") && !says(need)));
    }
    for (const element of dated) off(element, day !== "" && element.dataset.d !== day);
    const picks = !whole || area !== "";
    body.classList.toggle("filtered", picks || team !== "" || day !== "");
    for (const { element, needs } of crossed) {
      let fits = !team || element.dataset.t === team;
      if (fits && picks) fits = needs.some((need) => !need.classList.contains("off"));
      if (fits && day && element.matches("tr.person, details.person")) fits = one(`[data-d="${day}"]`, element) !== null;
      if (fits && day && element.hasAttribute("data-r")) fits = element.dataset.d === day;
      if (fits && words && element.matches("tr, details")) fits = says(element);
      off(element, !fits);
    }
    count();
  };
  if (form) {
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    const bar = () => document.documentElement.style.setProperty("--bar", `${getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0}px`);
    new ResizeObserver(bar).observe(form);
  }

  // A route under the pointer stands out, on the map and in the timeline.
  const routes = new Map();
  for (const element of all("[data-r]")) {
    const number = element.dataset.r;
    if (!routes.has(number)) routes.set(number, []);
    routes.get(number).push(element);
  }
  let hot = null;
  const heat = (number) => {
    if (number === hot) return;
    for (const element of routes.get(hot) || []) element.classList.remove("hot");
    for (const element of routes.get(number) || []) element.classList.add("hot");
    hot = number;
    body.classList.toggle("hovering", number !== null);
  };
  // What is drawn many times has no hint of its own until somebody points at it; on the map it is that of the timeline.
  const hint = (target, route) => {
    if (!route || target.firstChild || !target.dataset) return;
    let { about } = target.dataset;
    if (about === undefined) {
      const row = routes.get(route.dataset.r).find((element) => element.closest(".timeline"));
      const place = target.dataset.n === undefined ? null : all(".qise-v > rect", row)[target.dataset.n];
      about = ((row && place) || (row && one("[data-about]", row)) || { dataset: {} }).dataset.about;
    }
    if (about === undefined) return;
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = about;
    target.append(title);
  };
  document.addEventListener("pointerover", (event) => {
    const route = event.target.closest ? event.target.closest("[data-r]") : null;
    heat(route ? route.dataset.r : null);
    hint(event.target, route);
  });

  // The map: layers, and a part of it that is enlarged.
  const map = one(".map");
  const panel = map && one(".qise-panel", map);
  if (panel) {
    // The panel fills the picture around it; its own box would be that of everything drawn.
    const frame = () => panel.parentNode.getBoundingClientRect();
    for (const box of all("[data-layer]")) {
      box.addEventListener("change", () => {
        for (const place of [map, one(".insets")]) if (place) place.classList.toggle(`hide-${box.dataset.layer}`, !box.checked);
      });
    }
    const [, , width, height] = panel.getAttribute("viewBox").split(" ").map(Number);
    let view = [0, 0, width, height];
    const scale = () => {
      const metres = (Number(map.dataset.metres) * view[2]) / Math.max(frame().width, 1);
      const power = 10 ** Math.floor(Math.log10(metres * 130));
      const length = [5, 2, 1].map((step) => step * power).find((step) => step <= metres * 130);
      const [bar, words] = [one(".scale span"), one(".scale b")];
      bar.style.width = `${length / metres}px`;
      words.textContent = length >= 1000 ? `${length / 1000} km` : `${length} m`;
    };
    const show = (next) => {
      const [x, y, w] = next;
      const wide = Math.min(Math.max(w, width / 4000), width);
      const high = (wide * height) / width;
      const inside = (at, size, most) => Math.min(Math.max(at, -size * 0.2), most - size * 0.8);
      view = wide === width ? [0, 0, width, height] : [inside(x, wide, width), inside(y, high, height), wide, high];
      panel.setAttribute("viewBox", view.map((value) => value.toFixed(3)).join(" "));
      panel.style.setProperty("--k", (wide / width).toFixed(5));
      map.classList.toggle("enlarged", wide < width);
      scale();
    };
    const around = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) =>
      show([x - (x - view[0]) * factor, y - (y - view[1]) * factor, view[2] * factor]);
    const at = (event) => {
      const box = frame();
      return [view[0] + ((event.clientX - box.left) / box.width) * view[2], view[1] + ((event.clientY - box.top) / box.height) * view[3]];
    };
    const turn = { in: () => around(0.6), out: () => around(1 / 0.6), all: () => show([0, 0, width]) };
    for (const button of all("[data-zoom]")) button.addEventListener("click", turn[button.dataset.zoom]);
    for (const button of all("[data-view]")) {
      button.addEventListener("click", () => {
        const [x, y, w, h] = button.dataset.view.split(" ").map(Number);
        const wide = Math.max(w, (h * width) / height);
        show([x + w / 2 - wide / 2, y + h / 2 - (wide * height) / width / 2, wide]);
      });
    }
    map.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      around(event.deltaY > 0 ? 1.2 : 1 / 1.2, ...at(event));
    }, { passive: false });
    map.addEventListener("dblclick", (event) => around(0.5, ...at(event)));
    map.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (step && view[2] < width) show([view[0] + step[0] * view[2] * 0.15, view[1] + step[1] * view[3] * 0.15, view[2]]);
      else if (event.key === "+" || event.key === "=") turn.in();
      else if (event.key === "-") turn.out();
      else if (event.key === "0") turn.all();
      else return;
      event.preventDefault();
    });
    let grip = null;
    map.addEventListener("pointerdown", (event) => {
      if (event.button === 0 && view[2] < width) grip = { x: event.clientX, y: event.clientY, view };
    });
    addEventListener("pointermove", (event) => {
      if (!grip) return;
      map.classList.add("dragged");
      const box = frame();
      const [dx, dy] = [((event.clientX - grip.x) / box.width) * view[2], ((event.clientY - grip.y) / box.height) * view[3]];
      show([grip.view[0] - dx, grip.view[1] - dy, grip.view[2]]);
    });
    addEventListener("pointerup", () => {
      grip = null;
      map.classList.remove("dragged");
    });
    addEventListener("resize", scale);
    requestAnimationFrame(scale);
  }

  // On paper everybody's visits are listed; not those of thousands, whom nobody prints.
  const sheets = all("details.person");
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = sheets.filter((sheet) => !sheet.open && !sheet.classList.contains("off")).slice(0, 500);
    for (const sheet of opened) sheet.open = true;
  });
  addEventListener("afterprint", () => {
    for (const sheet of opened) sheet.open = false;
  });

  body.dataset.ready = performance.now().toFixed(0);
  if (form) count();
  requestAnimationFrame(() => setTimeout(() => {
    body.dataset.drawn = performance.now().toFixed(0);
  }));
})();
