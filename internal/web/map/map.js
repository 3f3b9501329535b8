// The script of the map page. It puts a map that can be moved in the place of the server's picture, and asks the server
// for the list and the card as the view changes: what is said is written in one place, on the server.
//
// Without this script, or without WebGL, the page stays what it is: a picture, a form, a list.
import { Map as GLMap, setWorkerUrl, setWorkerCount } from "maplibre-gl";

const mapping = document.getElementById("mapping");
const view = document.getElementById("mapview");

// the names of the levels of detail, from the widest ring to the nearest
const LEVELS = ["detect", "observe", "recognise", "identify"];
const CASES = { modest: [0.4, 3], common: null, fine: [5, 3] }; // dashes of the outlines, in widths of the line

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// zoomed makes a width that doubles with each level: so many pixels at level 14, never less than a pixel's share.
const zoomed = (at14, least = 0.5) => ["interpolate", ["exponential", 2], ["zoom"], 8, least * 0.6, 13, Math.max(least, at14 / 2), 14, Math.max(least, at14), 20, at14 * 64];

function style() {
  const [paper, sheet, shade, rule, edge, ink, ink2, ink3, accent, onAccent] =
    ["--paper", "--sheet", "--shade", "--rule", "--edge", "--ink", "--ink-2", "--ink-3", "--accent", "--on-accent"].map(token);
  const line = (id, classes, width, least, more = {}) => ({
    id, type: "line", source: "map", "source-layer": "roads", filter: ["in", ["get", "class"], ["literal", classes]],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": sheet, "line-width": zoomed(width, least), ...more },
  });
  // a metre is about 0.3 to 0.2 pixels at level 14 in Europe
  return {
    version: 8,
    sources: { map: { type: "vector", tiles: [new URL(mapping.dataset.tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")], minzoom: 0, maxzoom: 14 } },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": paper } },
      { id: "green", type: "fill", source: "map", "source-layer": "green", paint: { "fill-color": shade, "fill-opacity": 0.6 } },
      { id: "water", type: "fill", source: "map", "source-layer": "water", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": edge, "fill-opacity": 0.28 } },
      { id: "streams", type: "line", source: "map", "source-layer": "water", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": edge, "line-opacity": ["match", ["get", "class"], "coast", 0.9, 0.3], "line-width": zoomed(0.6, 0.8) } },
      { id: "ground", type: "fill", source: "map", "source-layer": "ground", paint: { "fill-color": sheet, "fill-opacity": 0.75 } },
      { id: "boundaries", type: "line", source: "map", "source-layer": "boundaries", paint: { "line-color": ink3, "line-opacity": 0.6, "line-width": 1, "line-dasharray": [8, 4, 2, 4] } },
      line("rail", ["rail", "tram"], 0.12, 1, { "line-color": edge, "line-opacity": 0.5, "line-dasharray": [6, 3] }),
      line("paths", ["path"], 0.6, 0.8), line("service", ["service"], 1.2, 0.8), line("foot", ["foot"], 2, 1),
      line("streets", ["street"], 2.6, 1.2), line("major", ["major"], 3.8, 2), line("motorways", ["motorway"], 4.5, 2.4),
      { id: "buildings", type: "fill", source: "map", "source-layer": "buildings", paint: { "fill-color": shade, "fill-outline-color": rule } },
      { id: "walls", type: "line", source: "map", "source-layer": "buildings", minzoom: 15, paint: { "line-color": rule, "line-width": 1 } },
      { id: "cones", type: "fill", source: "map", "source-layer": "views", minzoom: 14, paint: { "fill-color": accent, "fill-opacity": 0.11, "fill-antialias": false } },
      { id: "chosen-cones", type: "fill", source: "map", "source-layer": "views", minzoom: 14, filter: ["==", ["get", "camera"], ""], paint: { "fill-color": accent, "fill-opacity": 0.2, "fill-antialias": false } },
      ...Object.entries(CASES).map(([name, dash]) => ({
        id: "chosen-" + name, type: "line", source: "map", "source-layer": "views", minzoom: 14, filter: ["==", ["get", "camera"], ""],
        layout: { "line-cap": name === "modest" ? "round" : "butt", "line-join": "round" },
        paint: { "line-color": accent, "line-width": 1.6, ...(dash ? { "line-dasharray": dash } : {}) },
      })),
      { id: "street-names", type: "symbol", source: "map", "source-layer": "roads", minzoom: 14.5, filter: ["has", "name"],
        layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 12, "symbol-spacing": 400, "text-max-angle": 30 },
        paint: { "text-color": ink2, "text-halo-color": sheet, "text-halo-width": 1.5 } },
      { id: "square-names", type: "symbol", source: "map", "source-layer": "ground", minzoom: 15, filter: ["has", "name"],
        layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 12, "text-max-width": 7 },
        paint: { "text-color": ink2, "text-halo-color": sheet, "text-halo-width": 1.5 } },
      { id: "place-names", type: "symbol", source: "map", "source-layer": "places", maxzoom: 16.5,
        layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": ["match", ["get", "class"], "city", 17, "town", 15, 13] },
        paint: { "text-color": ink, "text-halo-color": sheet, "text-halo-width": 1.8 } },
      { id: "many", type: "circle", source: "map", "source-layer": "cameras", maxzoom: 12, filter: ["has", "n"],
        paint: { "circle-color": accent, "circle-opacity": 0.85, "circle-radius": ["+", 5, ["*", 1.66, ["ln", ["get", "n"]]]], "circle-stroke-color": sheet, "circle-stroke-width": 1.4 } },
      { id: "many-n", type: "symbol", source: "map", "source-layer": "cameras", maxzoom: 12, filter: [">", ["get", "n"], 1],
        layout: { "text-field": ["to-string", ["get", "n"]], "text-font": ["sans-serif"], "text-size": 12, "text-allow-overlap": true },
        paint: { "text-color": onAccent } },
      { id: "cameras", type: "circle", source: "map", "source-layer": "cameras", minzoom: 12,
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 2, 14, 3, 16, ["match", ["get", "direction"], "indoors", 3.6, 4.8], 19, ["match", ["get", "direction"], "indoors", 5, 7]],
          "circle-color": ["match", ["get", "direction"], ["known", "turns"], accent, "none", ink2, sheet],
          "circle-stroke-color": ["match", ["get", "direction"], ["known", "turns", "none"], sheet, "indoors", ink3, accent],
          "circle-stroke-width": ["match", ["get", "direction"], ["known", "turns"], 1.4, "unknown", 2, 1.2],
        } },
      { id: "chosen", type: "circle", source: "map", "source-layer": "cameras", minzoom: 12, filter: ["==", ["get", "id"], ""],
        paint: { "circle-radius": 8, "circle-color": ink, "circle-stroke-color": sheet, "circle-stroke-width": 2.5 } },
    ],
  };
}

// chosen state: the camera of the card, and what the form says
const state = { camera: mapping.dataset.camera, asked: 0 };
const form = document.getElementById("filters");

function fields() {
  const data = new FormData(form);
  const all = (name) => [...form.querySelectorAll(`input[type=checkbox][name=${name}]`)].map((e) => e.value);
  const some = (name) => { const on = data.getAll(name); return on.length === 0 || on.length === all(name).length ? null : on; };
  return { kinds: some("kind"), directions: some("direction"), operator: data.get("operator") || "", since: data.get("since") || "", which: data.get("case") || "common" };
}

function applyFilters(map) {
  const f = fields();
  const common = ["all"];
  if (f.kinds) common.push(["in", ["get", "kind"], ["literal", f.kinds]]);
  if (f.operator) common.push(["==", ["get", "operator"], f.operator]);
  if (f.since) common.push([">=", ["get", "date"], f.since]);
  const points = [...common];
  if (f.directions) points.push(["in", ["get", "direction"], ["literal", f.directions]]);
  map.setFilter("cameras", points);
  const drawn = f.directions && !f.directions.some((d) => d === "known" || d === "turns") ? ["==", ["get", "camera"], ""] : [...common, ["==", ["get", "case"], f.which], ["!=", ["get", "camera"], state.camera]];
  map.setFilter("cones", drawn);
  const own = ["==", ["get", "camera"], state.camera];
  map.setFilter("chosen-cones", ["all", own, ["==", ["get", "case"], f.which]]);
  for (const name of Object.keys(CASES)) map.setFilter("chosen-" + name, ["all", own, ["==", ["get", "case"], name], ["==", ["get", "level"], "detect"]]);
  map.setFilter("chosen", ["==", ["get", "id"], state.camera]);
}

const round = (v, n) => Number(v.toFixed(n));
const place = (map) => { const c = map.getCenter(); return `${round(c.lat, 5)},${round(c.lng, 5)},${round(map.getZoom(), 2)}`; };

function address(map) {
  const f = fields();
  const q = new URLSearchParams();
  q.set("at", place(map));
  for (const k of f.kinds ?? []) q.append("kind", k);
  for (const d of f.directions ?? []) q.append("direction", d);
  if (f.operator) q.set("operator", f.operator);
  if (f.since) q.set("since", f.since);
  q.set("case", f.which);
  if (state.camera) q.set("camera", state.camera);
  return location.pathname + "?" + q;
}

// refresh asks the server what is in view, and takes list, counts, card and picture out of its page.
async function refresh(map) {
  const asked = ++state.asked;
  let url = address(map);
  const size = `&w=${view.clientWidth}&h=${view.clientHeight}`; // what is listed is what is seen here
  let answer = await fetch(url + size);
  if (answer.status === 404 && state.camera) { // the chosen camera left the view: its card stays, the list goes on
    url = url.replace(/&camera=[^&]*/, "");
    answer = await fetch(url + size);
  }
  if (!answer.ok || asked !== state.asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (asked !== state.asked) return;
  history.replaceState(null, "", url + location.hash); // whoever jumped to a part of the page stays there
  for (const id of ["inview", "list", "picture"]) document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
  form.elements.namedItem("at").value = place(map);
  if (url.includes("camera=") || !state.camera) document.getElementById("camera").replaceWith(document.adoptNode(page.getElementById("camera")));
  const other = page.querySelector(".lang a");
  if (other) document.querySelector(".lang a").href = other.getAttribute("href");
}

function choose(map, id, to) {
  state.camera = id;
  applyFilters(map);
  const go = () => refresh(map);
  if (to) { map.once("moveend", go); map.easeTo({ center: to, zoom: Math.max(map.getZoom(), 17), duration: calm() ? 0 : 500 }); } else go();
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function start() {
  const [lat, lon, zoom] = mapping.dataset.at.split(",").map(Number);
  setWorkerUrl(new URL(mapping.dataset.worker, location.href).href);
  setWorkerCount(1);
  const holder = document.createElement("div");
  view.prepend(holder);
  const map = new GLMap({
    container: holder, style: style(), center: [lon, lat], zoom, maxZoom: 20, attributionControl: false, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, fadeDuration: calm() ? 0 : 150, locale: { "Map.Title": mapping.dataset.canvas },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.on("load", () => {
    mapping.classList.add("mapping--live");
    applyFilters(map);
    tools(map);
    mapping.dataset.ready = "true";
    refresh(map); // the server drew a picture of another size
  });
  let waiting;
  map.on("moveend", () => { clearTimeout(waiting); waiting = setTimeout(() => refresh(map), 250); });
  const under = (point) => map.queryRenderedFeatures([[point.x - 6, point.y - 6], [point.x + 6, point.y + 6]], { layers: ["cameras", "many"].filter((l) => map.getLayer(l)) })[0];
  map.on("click", (e) => {
    const f = under(e.point);
    if (!f) return;
    if (f.properties.id) choose(map, f.properties.id);
    else map.easeTo({ center: f.geometry.coordinates, zoom: map.getZoom() + 2, duration: calm() ? 0 : 400 });
  });
  map.on("mousemove", (e) => view.classList.toggle("over-camera", Boolean(under(e.point))));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { map.setStyle(style()); map.once("styledata", () => applyFilters(map)); });
  form.addEventListener("change", () => { applyFilters(map); refresh(map); });
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    applyFilters(map);
    const field = form.elements.namedItem("go");
    if (!field || !field.value.trim()) return refresh(map);
    // the server knows where that is, and leads there
    const answer = await fetch(address(map) + "&go=" + encodeURIComponent(field.value));
    const at = new URL(answer.url).searchParams.get("at");
    if (!answer.ok || !at) return location.assign(answer.url);
    const [lat, lon, zoom] = at.split(",").map(Number);
    map.easeTo({ center: [lon, lat], zoom, duration: calm() ? 0 : 600 });
  });
  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[data-camera], a[data-close]");
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
    if (link.dataset.close !== undefined) { e.preventDefault(); choose(map, ""); return; }
    if (!link.dataset.camera) return; // it leads nearer: the server knows where
    e.preventDefault();
    choose(map, link.dataset.camera);
    document.getElementById("camera").scrollIntoView({ block: "nearest" });
  });
  return map;
}

// tools puts two buttons in the place of those that ask for a new picture.
function tools(map) {
  const box = document.createElement("div");
  box.className = "map-tools";
  for (const [sign, label, act] of [["+", mapping.dataset.in, () => map.zoomIn()], ["−", mapping.dataset.out, () => map.zoomOut()]]) {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = sign;
    b.setAttribute("aria-label", label);
    b.addEventListener("click", act);
    box.append(b);
  }
  document.getElementById("moves").replaceWith(box);
  const bar = document.createElement("p");
  bar.className = "map-bar";
  bar.setAttribute("aria-hidden", "true");
  view.append(bar);
  const measure = () => {
    const metre = (512 * 2 ** map.getZoom()) / (40075016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180)); // pixels
    let length = 1;
    for (let power = 1; power < 1e8; power *= 10) for (const n of [1, 2, 5]) if (n * power * metre <= 130) length = n * power;
    bar.textContent = length >= 1000 ? `${(length / 1000).toLocaleString(document.documentElement.lang)}\u00a0km` : `${length}\u00a0m`;
    bar.style.width = `${length * metre}px`;
  };
  map.on("move", measure);
  measure();
}

try {
  const probe = document.createElement("canvas");
  if (probe.getContext("webgl2")) start();
} catch (error) {
  // the picture stays: whoever looks for the reason finds it here
  console.info("the map stays a picture:", error);
}
