/**
 * A .tflite file without the steps that no one reads; what `pruned` in uncrick.vision.network does, done in place.
 *
 * In the landmark model, the picture of who is body and who is background takes half of the work. The file is a
 * FlatBuffer: tables whose fields are found through a list of offsets, and vectors with their length before them. Only
 * two vectors change, and only by getting shorter. Source: tensorflow/lite/schema/schema.fbs (fields by their place).
 */

const MODEL_SUBGRAPHS = 2;
const GRAPH_OUTPUTS = 2;
const GRAPH_OPERATORS = 3;
const OPERATOR_INPUTS = 1;
const OPERATOR_OUTPUTS = 2;

/**
 * Leave out, in place, what only unwanted outputs need. The wanted outputs stay the same to the last bit.
 *
 * @param {Uint8Array} content of a .tflite file
 * @param {readonly number[]} wanted which outputs are read, by their place; they keep this order
 */
export function prune(content, wanted) {
  const file = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const model = file.getUint32(0, true);
  const graph = follow(file, vectorAt(file, model, MODEL_SUBGRAPHS).start);
  const outputs = vectorAt(file, graph, GRAPH_OUTPUTS);
  const needed = wanted.map((i) => file.getInt32(outputs.start + 4 * i, true));
  needed.forEach((tensor, i) => file.setInt32(outputs.start + 4 * i, tensor, true));
  file.setUint32(outputs.start - 4, needed.length, true);
  keepOperators(file, vectorAt(file, graph, GRAPH_OPERATORS), new Set(needed));
}

/**
 * Shorten the vector of operators to those that make a needed tensor, or one that these need.
 *
 * @param {DataView} file
 * @param {Vector} operators in the order in which they run
 * @param {Set<number>} needed tensors; grows
 */
function keepOperators(file, operators, needed) {
  const kept = [];
  for (let i = operators.length - 1; i >= 0; i--) {
    const operator = follow(file, operators.start + 4 * i);
    if (!numbers(file, vectorAt(file, operator, OPERATOR_OUTPUTS)).some((tensor) => needed.has(tensor))) continue;
    kept.push(operator);
    for (const tensor of numbers(file, vectorAt(file, operator, OPERATOR_INPUTS))) needed.add(tensor);
  }
  kept.reverse().forEach((operator, i) => {
    const place = operators.start + 4 * i;
    file.setUint32(place, operator - place, true);
  });
  file.setUint32(operators.start - 4, kept.length, true);
}

/**
 * @typedef {object} Vector
 * @property {number} start where its first element is
 * @property {number} length
 */

/**
 * The vector in a field of a table; empty when the table does not have the field.
 *
 * @param {DataView} file
 * @param {number} table
 * @param {number} field by its place in the schema
 * @returns {Vector}
 */
function vectorAt(file, table, field) {
  const offsets = table - file.getInt32(table, true);
  const place = 4 + 2 * field;
  const offset = place < file.getUint16(offsets, true) ? file.getUint16(offsets + place, true) : 0;
  if (offset === 0) return { start: 0, length: 0 };
  const vector = follow(file, table + offset);
  return { start: vector + 4, length: file.getUint32(vector, true) };
}

/**
 * @param {DataView} file
 * @param {number} place where an offset is
 * @returns {number} where it points
 */
function follow(file, place) {
  return place + file.getUint32(place, true);
}

/**
 * @param {DataView} file
 * @param {Vector} vector
 */
function numbers(file, vector) {
  return Array.from({ length: vector.length }, (_, i) => file.getInt32(vector.start + 4 * i, true));
}
