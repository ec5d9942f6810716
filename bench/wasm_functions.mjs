// The functions of a WebAssembly module and their sizes, out of its binary form.
//
// Source: WebAssembly core specification, "Binary Format"; the names of functions from its appendix "Custom Sections".

const kCustom = 0;
const kImport = 2;
const kCode = 10;
const kData = 11;
const kFunctionNames = 1;
const kFunctionImport = 0;

class Reader {
  at = 0;
  constructor(bytes) { this.bytes = bytes; }
  byte() { return this.bytes[this.at++]; }
  skip(count) { this.at += count; }

  // LEB128.
  number() {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128)
        return value;
    }
  }

  part(size) {
    this.at += size;
    return new Reader(this.bytes.subarray(this.at - size, this.at));
  }

  text() { return new TextDecoder().decode(this.part(this.number()).bytes); }
  done() { return this.at >= this.bytes.length; }
}

function* sections(bytes) {
  const reader = new Reader(bytes);
  reader.skip(8); // magic number, version
  while (!reader.done()) {
    const kind = reader.byte();
    yield [kind, reader.part(reader.number())];
  }
}

function countImportedFunctions(reader) {
  let functions = 0;
  for (let left = reader.number(); left > 0; --left) {
    reader.text();
    reader.text();
    if (reader.byte() !== kFunctionImport)
      throw new Error("the module imports more than functions");
    reader.number();
    ++functions;
  }
  return functions;
}

function readNames(reader) {
  const names = new Map();
  while (!reader.done()) {
    const kind = reader.byte();
    const part = reader.part(reader.number());
    if (kind === kFunctionNames) {
      for (let left = part.number(); left > 0; --left)
        names.set(part.number(), part.text());
    }
  }
  return names;
}

// { functions: [{name, bytes}], dataBytes }
export function functionsOf(bytes) {
  let imported = 0;
  let names = new Map();
  let dataBytes = 0;
  const sizes = [];
  for (const [kind, reader] of sections(bytes)) {
    if (kind === kImport)
      imported = countImportedFunctions(reader);
    else if (kind === kData)
      dataBytes = reader.bytes.length;
    else if (kind === kCustom && reader.text() === "name")
      names = readNames(reader);
    else if (kind === kCode) {
      for (let left = reader.number(); left > 0; --left) {
        const size = reader.number();
        reader.skip(size);
        sizes.push(size);
      }
    }
  }
  const functions = sizes.map((size, index) => ({ name: names.get(imported + index) ?? `function ${imported + index}`, bytes: size }));
  return { functions, dataBytes };
}
