// Puts together the folder that is delivered: the page's files out of shell/, the module, and .br and .gz beside them. Some
// are made on the way: index.html is told how much there is to load, embed.js has a form for pages without modules, and what the first
// screen waits for has no comments.
//
//     node make_dist.mjs DIST SHELL FILE...
//
// What did not change keeps its files and is not compressed again. Every file appears by a rename, so a server that
// reads DIST meanwhile never sees half of one. The plain file comes last: where it is up to date, so are the other two.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const kCompressed = new Set([".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".ts", ".txt", ".wasm"]);
const kLongestDelivered = 4 << 20; // longer ones take the best compression 10 s and more

const [dist, shell, ...files] = process.argv.slice(2);

const contents = new Map(readdirSync(shell, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && entry.name !== "CMakeLists.txt")
    .map((entry) => join(shell, entry.name))
    .concat(files)
    .map((path) => [basename(path), readFileSync(path)]));

function derive(name, from, change) {
    if (contents.has(from)) {
        contents.set(name, Buffer.from(change(contents.get(from).toString())));
    }
}

derive("index.html", "index.html", (page) => page.replace('data-bytes="0"', `data-bytes="${contents.get("viewer.wasm").length}"`));
derive("embed.classic.js", "embed.js", (module) =>
    `window.PlaybookRunViewer = (() => {\n${module.replace(/^export /gm, "").replace("import.meta.url", "document.currentScript.src")}\nreturn { mountRunViewer };\n})();\n`);

// Those that have lines of their own: what stands in a line could as well be in a string.
derive("boot.js", "boot.js", (script) => script.replace(/^ *\/\/.*\n/gm, ""));
derive("viewer.css", "viewer.css", (style) => style.replace(/ *\/\*[^]*?\*\//g, ""));

function put(name, bytes) {
    const temporary = join(dist, `.new-${name}`);
    writeFileSync(temporary, bytes);
    renameSync(temporary, join(dist, name));
}

function brotli(bytes) {
    const isDebugBuild = bytes.length > kLongestDelivered;
    return brotliCompressSync(bytes, {
        params: {
            [constants.BROTLI_PARAM_QUALITY]: isDebugBuild ? 4 : constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_LGWIN]: 24,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
    });
}

mkdirSync(dist, { recursive: true });
const kept = new Set();
for (const [name, bytes] of contents) {
    const compressed = kCompressed.has(extname(name));
    const names = compressed ? [`${name}.br`, `${name}.gz`, name] : [name];
    names.forEach((each) => kept.add(each));
    const upToDate = names.every((each) => existsSync(join(dist, each)));
    if (upToDate && readFileSync(join(dist, name)).equals(bytes)) {
        continue;
    }
    if (compressed) {
        put(`${name}.br`, brotli(bytes));
        put(`${name}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
    }
    put(name, bytes);
    console.log(`${name}: ${bytes.length} bytes`);
}

for (const name of readdirSync(dist)) {
    if (!kept.has(name)) {
        rmSync(join(dist, name), { recursive: true });
    }
}
