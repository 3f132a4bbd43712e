/**
 * How the runtime fetches its WebAssembly: by import, from beside its own loader script, in a page and in a worker alike.
 *
 * The runtime's build names this file where it would import `@litertjs/wasm-utils` (see hatch_build.py). That package
 * adds a <script> to the page or calls importScripts, neither of which a module worker has.
 */

/**
 * Start the WebAssembly and hand it to the runtime.
 *
 * @template Library
 * @param {new (module: object) => Library} Library what the runtime makes of it
 * @param {string} loader URL of the loader script; the .wasm file lies beside it
 * @returns {Promise<Library>}
 */
export async function createWasmLib(Library, loader) {
  const url = new URL(loader, import.meta.url);
  const { default: start } = await import(url.href);
  return new Library(
    await start({
      locateFile: (/** @type {string} */ name) => new URL(name, url).href,
      print: () => {}, // it is talkative: how it registered what, in a hundred lines
      printErr: () => {},
    }),
  );
}
