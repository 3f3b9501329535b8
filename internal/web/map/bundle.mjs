// Makes the two files of the map's script, compressed, in ../assets: `make map` calls it.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const out = new URL("../assets/", import.meta.url);
const options = { bundle: true, minify: true, format: "esm", target: "es2022", write: false, legalComments: "none", logLevel: "warning" };
const licence = await readFile(new URL("node_modules/maplibre-gl/LICENSE.txt", import.meta.url), "utf8");
const banner = { js: "/*! MapLibre GL JS, https://maplibre.org, and what it is made of.\n" + licence.replaceAll("*/", "* /") + "*/" };

for (const [name, entry] of [["map.mjs", "map.js"], ["map-worker.mjs", "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"]]) {
  const { outputFiles } = await build({ ...options, banner, entryPoints: [entry] });
  const packed = gzipSync(outputFiles[0].contents, { level: 9 });
  packed[9] = 255; // the operating system's number: the same bytes everywhere
  await writeFile(new URL(name + ".gz", out), packed);
  console.log(`${name}: ${outputFiles[0].contents.length} bytes, ${packed.length} compressed`);
}
