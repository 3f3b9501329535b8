// Reads a WARC file with warcio, Webrecorder's reader, and prints one JSON object a record.
//
//   node read.mjs WARC
import { createReadStream } from "node:fs";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { WARCParser } from "warcio";

const sha256 = (bytes) => "sha256:" + createHash("sha256").update(bytes).digest("hex");
const parser = new WARCParser(Readable.toWeb(createReadStream(process.argv[2])));
for await (const record of parser) {
  const payload = await record.readFully(false); // without the head, with the content coding
  console.log(
    JSON.stringify({
      type: record.warcType,
      url: record.warcTargetURI ?? "",
      date: record.warcDate,
      status: record.httpHeaders?.statusCode || 0,
      said: record.warcPayloadDigest ?? "",
      payload: sha256(payload),
      offset: parser.offset,
      length: parser.recordLength,
    }),
  );
}
