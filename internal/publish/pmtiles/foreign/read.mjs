// Reads an archive with the format authors' own reader and prints what it finds, one JSON object.
//
//   node read.mjs ARCHIVE Z/X/Y...
import { open } from "node:fs/promises";
import { createHash } from "node:crypto";
import { PMTiles } from "pmtiles";

const [path, ...tiles] = process.argv.slice(2);
const file = await open(path);
const archive = new PMTiles({
  getKey: () => path,
  getBytes: async (offset, length) => {
    const data = new Uint8Array(length);
    const { bytesRead } = await file.read(data, 0, length, offset);
    return { data: data.buffer.slice(0, bytesRead) };
  },
});
const header = await archive.getHeader();
const out = { header, metadata: await archive.getMetadata(), tiles: {} };
for (const name of tiles) {
  const [z, x, y] = name.split("/").map(Number);
  const tile = await archive.getZxy(z, x, y); // unpacked
  out.tiles[name] = tile ? createHash("sha256").update(new Uint8Array(tile.data)).digest("hex") : "";
}
console.log(JSON.stringify(out));
await file.close();
