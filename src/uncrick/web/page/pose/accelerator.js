/** Whether this machine has a graphics card worth asking, or only a program that plays one. */

/** Words in the names of adapters that compute on the processor: slower there than WebAssembly is. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/**
 * "webgpu" when there is a real adapter, else "wasm".
 *
 * @returns {Promise<import("./network.js").Accelerator>}
 */
export async function chooseAccelerator() {
  const { gpu } = /** @type {{gpu?: {requestAdapter: () => Promise<Adapter | null>}}} */ (/** @type {any} */ (navigator));
  try {
    const adapter = await gpu?.requestAdapter();
    return adapter && isReal(adapter) ? "webgpu" : "wasm";
  } catch {
    return "wasm"; // a browser that names WebGPU and then refuses it
  }
}

/**
 * What is asked of a WebGPU adapter.
 *
 * @typedef {object} Adapter
 * @property {boolean} [isFallbackAdapter]
 * @property {{isFallbackAdapter?: boolean, vendor?: string, architecture?: string, device?: string,
 *   description?: string}} [info]
 */

/** @param {Adapter} adapter */
export function isReal(adapter) {
  const info = adapter.info ?? {};
  if (adapter.isFallbackAdapter || info.isFallbackAdapter) return false;
  return ![info.vendor, info.architecture, info.device, info.description].some((name) => SOFTWARE.test(name ?? ""));
}
