// Writes endings.json: the table of PROTOCOL.md ("Endings"), for the suites to compare with the tables in code.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const protocol = readFileSync(new URL("../../src/Swarms.Hub.Protocol/PROTOCOL.md", import.meta.url), "utf8");
const header = "| code | HTTP | close | come back | meaning |";
const rows = protocol.slice(protocol.indexOf(header)).split("\n\n")[0].split("\n").slice(2);
const number = (text) => (/^\d+/.test(text) ? Number.parseInt(text, 10) : null);
const endings = rows.map((row) => {
  const [, code, http, close, comeBack] = row.split("|").map((cell) => cell.trim());
  return { code: code.replaceAll("`", ""), httpStatus: number(http), closeCode: number(close), comeBack };
});

const lines = endings.map((ending) => `  ${JSON.stringify(ending, null, 1).replace(/\n\s*/g, " ")}`);
writeFileSync(join(process.argv[2] ?? fileURLToPath(new URL(".", import.meta.url)), "endings.json"), `[\n${lines.join(",\n")}\n]\n`);
