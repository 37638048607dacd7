#!/usr/bin/env node
// client.mjs ARCHIVE QUERY...: what is found, through morgue-search --serve.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const [archive, ...queries] = process.argv.slice(2);
const searcher = spawn("morgue-search", ["--archive", archive, "--serve"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const waiting = [];
createInterface({ input: searcher.stdout }).on("line", (line) =>
  waiting.shift()(JSON.parse(line)));

function ask(request, options) {
  searcher.stdin.write(JSON.stringify({ request, ...options }) + "\n");
  return new Promise((resolve) => waiting.push(resolve));
}

const answers = queries.map((query) => ask("search", { query, limit: 3 }));
for (const [i, answer] of (await Promise.all(answers)).entries()) {
  if (answer.error) {
    console.log(`${queries[i]}: ${answer.error.message}`);
    continue;
  }
  console.log(`${queries[i]}: ${answer.total.value}`);
  for (const hit of answer.hits)
    console.log(`  ${(hit.date ?? "").slice(0, 10)} ${hit.title}`);
}
searcher.stdin.end();
