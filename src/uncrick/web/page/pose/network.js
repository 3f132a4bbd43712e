/** One neural network held ready: floats in, floats out; as uncrick.vision.network, on LiteRT.js. */

import { prune } from "./prune.js";

/** @typedef {"wasm" | "webgpu"} Accelerator */

/**
 * What is used of LiteRT.js.
 *
 * @typedef {object} Runtime
 * @property {(model: Uint8Array, options: object) => Promise<Compiled>} loadAndCompile
 * @property {new (values: Float32Array, shape: number[]) => Tensor} Tensor
 *
 * @typedef {object} Compiled
 * @property {() => {shape: Int32Array}[]} getInputDetails
 * @property {{accelerator: Accelerator}} options
 * @property {(input: Tensor) => Promise<Tensor[]>} run
 * @property {() => void} delete
 *
 * @typedef {object} Tensor
 * @property {() => Promise<Float32Array>} data
 * @property {(to: Accelerator) => Promise<Tensor>} copyTo
 * @property {() => void} delete
 */

const RUNTIME = new URL("../vendor/litert/", import.meta.url);

/** @type {Promise<Runtime> | null} */
let runtime = null;

/** Fetch the runtime and its WebAssembly, once a page or worker. */
function openRuntime() {
  runtime ??= import(new URL("index.js", RUNTIME).href).then(async (litert) => {
    await litert.loadLiteRt(RUNTIME.href);
    return litert;
  });
  return runtime;
}

/** A LiteRT network with one picture as its input. */
export class Network {
  #compiled;
  #runtime;

  /**
   * @param {Runtime} runtime
   * @param {Compiled} compiled
   */
  constructor(runtime, compiled) {
    this.#runtime = runtime;
    this.#compiled = compiled;
    this.size_px = compiled.getInputDetails()[0].shape[1];
    this.accelerator = compiled.options.accelerator;
    /** (size_px x size_px x 3): fill it, then `run`. */
    this.input = new Float32Array(3 * this.size_px * this.size_px);
  }

  /**
   * Compute the outputs from what lies in the input.
   *
   * @returns {Promise<Float32Array[]>} the wanted outputs in their order
   */
  async run() {
    const shape = [1, this.size_px, this.size_px, 3];
    const host = new this.#runtime.Tensor(this.input, shape);
    const input = this.accelerator === "wasm" ? host : await host.copyTo(this.accelerator);
    const outputs = await this.#compiled.run(input);
    try {
      return await Promise.all(outputs.map((output) => output.data()));
    } finally {
      for (const tensor of new Set([host, input, ...outputs])) tensor.delete();
    }
  }

  close() {
    this.#compiled.delete();
  }
}

/**
 * Fetch the weights and make the network ready. Throws an Error with one sentence when they are not there.
 *
 * @param {URL} weights a .tflite file of the own origin
 * @param {Accelerator} accelerator what to try first; WebAssembly takes over where the other cannot do it all
 * @param {readonly number[]} [wanted] which of the file's outputs are read, by their place; all of them unless told
 */
export async function openNetwork(weights, accelerator, wanted) {
  const [litert, answer] = await Promise.all([openRuntime(), fetch(weights)]);
  if (!answer.ok) throw new Error(`${weights.pathname}: the weights of the neural network are not here (${answer.status})`);
  const content = new Uint8Array(await answer.arrayBuffer());
  if (wanted) prune(content, wanted);
  return new Network(litert, await compile(litert, content, accelerator));
}

/**
 * @param {Runtime} litert
 * @param {Uint8Array} content
 * @param {Accelerator} accelerator
 */
async function compile(litert, content, accelerator) {
  if (accelerator === "webgpu") {
    try {
      return await litert.loadAndCompile(content, { accelerator, gpuOptions: { precision: "fp32" } });
    } catch (error) {
      console.info("uncrick: the graphics card cannot run the network, the processor does it", error);
    }
  }
  return litert.loadAndCompile(content, { accelerator: "wasm" });
}
