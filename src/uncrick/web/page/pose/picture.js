/** One picture as rows of pixels, of which any slanted part can be fetched; as BgrPicture in uncrick.vision.picture. */

/**
 * Turns x, y into a x + b y + c, d x + e y + f; pixels have their middle on whole numbers.
 *
 * @typedef {readonly [number, number, number, number, number, number]} Matrix
 */

/**
 * @typedef {object} Picture
 * @property {number} width_px
 * @property {number} height_px
 * @property {Uint8ClampedArray} rgba (height x width x 4) bytes; what is transparent counts as if it were not
 */

const single = Math.fround;
/** Adding and taking away again 1.5 x 2^52 leaves a whole number, to the even one where two are as near. */
const WHOLE = 6755399441055744;

/**
 * Fill *out* (n x n x 3) with red, green, blue from *low* to 1, between pixels by the nearest four.
 *
 * Outside of the picture is black. Coordinates, weights and roundings are those of OpenCV's warpAffine in `vision`, in
 * single precision and to whole bytes: the landmark model turns a difference of one byte in a hundred pixels into one of
 * several pixels where a point is hard to see, and both sides have to see the same.
 *
 * @param {Picture} picture
 * @param {Matrix} to_picture turns a column and row of *out* into an x, y of the picture
 * @param {Float32Array} out
 * @param {number} low 0 or -1
 */
export function fetchSquare(picture, to_picture, out, low) {
  const { width_px, height_px, rgba } = picture;
  const [a, b, c, d, e, f] = to_picture.map(single);
  const n = Math.sqrt(out.length / 3);
  const shades = shadesFrom(low);
  const below = 4 * width_px;
  for (let row = 0, o = 0; row < n; row++) {
    const row_x = single(single(b * row) + c);
    const row_y = single(single(e * row) + f);
    for (let column = 0; column < n; column++, o += 3) {
      const x = single(a * column + row_x);
      const y = single(d * column + row_y);
      const left = Math.floor(x);
      const top = Math.floor(y);
      const across = single(x - left);
      const down = single(y - top);
      if (left < 0 || top < 0 || left + 1 >= width_px || top + 1 >= height_px) {
        for (let k = 0; k < 3; k++) out[o + k] = shades[atEdge(picture, left, top, across, down, k)];
        continue;
      }
      for (let k = 0, i = top * below + 4 * left; k < 3; k++, i++) {
        const j = i + below;
        out[o + k] = shades[between(rgba[i], rgba[i + 4], rgba[j], rgba[j + 4], across, down)];
      }
    }
  }
}

/**
 * The byte between four.
 *
 * @param {number} a left above
 * @param {number} b right above
 * @param {number} c left below
 * @param {number} d right below
 * @param {number} across 0..1, from left to right
 * @param {number} down 0..1, from above to below
 */
function between(a, b, c, d, across, down) {
  const above = single(across * (b - a) + a);
  const below = single(across * (d - c) + c);
  return single(down * single(below - above) + above) + WHOLE - WHOLE;
}

/**
 * The byte of one colour where some of the four pixels around it do not exist.
 *
 * @param {Picture} picture
 * @param {number} left
 * @param {number} top
 * @param {number} across
 * @param {number} down
 * @param {number} k 0 red, 1 green, 2 blue
 */
function atEdge({ width_px, height_px, rgba }, left, top, across, down, k) {
  const shade = (/** @type {number} */ column, /** @type {number} */ row) =>
    column >= 0 && row >= 0 && column < width_px && row < height_px ? rgba[4 * (row * width_px + column) + k] : 0;
  return between(
    shade(left, top), shade(left + 1, top), shade(left, top + 1), shade(left + 1, top + 1), across, down,
  );
}

/**
 * The 256 bytes as numbers from *low* to 1, rounded as `vision` rounds them.
 *
 * @param {number} low
 */
function shadesFrom(low) {
  const step = single((1 - low) / 255);
  return Float32Array.from({ length: 256 }, (_, byte) => single(byte * step) + low);
}

/**
 * The matrix from an upright picture back into the stored one, when that is turned clockwise by *turn_deg* to be upright.
 *
 * @param {number} turn_deg 0, 90, 180 or 270
 * @param {number} width_px of the stored picture
 * @param {number} height_px
 * @returns {Matrix}
 */
export function quarterTurn(turn_deg, width_px, height_px) {
  const w = width_px - 1;
  const h = height_px - 1;
  switch (turn_deg) {
    case 90:
      return [0, 1, 0, -1, 0, h];
    case 180:
      return [-1, 0, w, 0, -1, h];
    case 270:
      return [0, -1, w, 1, 0, 0];
    default:
      return [1, 0, 0, 0, 1, 0];
  }
}

/**
 * First *inner*, then *outer*.
 *
 * @param {Matrix} outer
 * @param {Matrix} inner
 * @returns {Matrix}
 */
export function after(outer, inner) {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + b * j, a * h + b * k, a * i + b * l + c, d * g + e * j, d * h + e * k, d * i + e * l + f];
}
