// Builds the page into the Python package: one script, one style sheet, one HTML file, and the
// licences of what is bundled. With --check it only says whether the committed files are current.
import { readFile, readdir, writeFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const target = new URL("../../notelint/editor/static/", here);

const result = await build({
  entryPoints: [fileURLToPath(new URL("src/main.ts", here)), fileURLToPath(new URL("src/page.css", here))],
  entryNames: "page",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  charset: "utf8",
  outdir: fileURLToPath(target),
  write: false,
});

const files = new Map(result.outputFiles.map((file) => [file.path.split(/[\\/]/).pop(), file.text]));
files.set("index.html", await readFile(new URL("src/index.html", here), "utf8"));
files.set("LICENSES.txt", await licences());

if (process.argv.includes("--check")) {
  const stale = [];
  for (const [name, text] of files) {
    const held = await readFile(new URL(name, target), "utf8").catch(() => "");
    if (held !== text) stale.push(name);
  }
  if (stale.length > 0) {
    console.error(`Not current in notelint/editor/static: ${stale.join(", ")}. Run: npm run build`);
    process.exit(1);
  }
  console.log("The committed page is current.");
} else {
  await mkdir(target, { recursive: true });
  for (const [name, text] of files) await writeFile(new URL(name, target), text);
  for (const [name, text] of files) console.log(`${name}: ${text.length.toLocaleString("en")} characters`);
}

async function licences() {
  const lock = JSON.parse(await readFile(new URL("package-lock.json", here), "utf8"));
  const parts = [];
  for (const path of Object.keys(lock.packages).sort()) {
    if (!/^node_modules\/(@codemirror|@lezer|@marijn|crelt|style-mod|w3c-keyname)/.test(path)) continue;
    const folder = new URL(`${path}/`, here);
    const name = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
    const text = name ? await readFile(new URL(name, folder), "utf8") : "MIT\n";
    parts.push(`${path.replace("node_modules/", "")} ${lock.packages[path].version}\n\n${text.trim()}\n`);
  }
  return parts.join("\n----\n\n");
}
