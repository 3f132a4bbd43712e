/** The slanted square around a person, in which the landmark model looks; as uncrick.vision.region. */

/** @typedef {import("./picture.js").Matrix} Matrix */

/** Room left around the circle that holds the body. Source: bazarevsky2020 and the published graph. */
export const SCALE = 1.25;

/**
 * A square in the picture: its centre, the length of a side, and how far it is turned clockwise as seen, 0 upright.
 *
 * @typedef {object} Region
 * @property {number} x_px
 * @property {number} y_px
 * @property {number} side_px
 * @property {number} angle_deg
 */

/**
 * The square around the circle with its centre at the hip, through the rim point, turned so that the rim is up.
 *
 * @param {ArrayLike<number>} anchor_px hip x, hip y, rim x, rim y
 * @returns {Region}
 */
export function regionFromPoints(anchor_px) {
  const [x_px, y_px] = [anchor_px[0], anchor_px[1]];
  const right = anchor_px[2] - x_px;
  const down = anchor_px[3] - y_px;
  const angle_deg = (Math.atan2(right, -down) * 180) / Math.PI;
  return { x_px, y_px, side_px: 2 * SCALE * Math.hypot(right, down), angle_deg };
}

/**
 * The matrix from column, row of a crop of *size_px* to x, y of the picture.
 *
 * Landmarks in the crop are lengths (0 at its left edge), so the middle of the first pixel is at 0.5.
 *
 * @param {Region} region
 * @param {number} size_px
 * @returns {Matrix}
 */
export function cropToPicture(region, size_px) {
  const { cos, sin } = turn(region, size_px);
  const middle = (size_px - 1) / 2;
  return [
    cos, -sin, region.x_px - 0.5 - middle * (cos - sin),
    sin, cos, region.y_px - 0.5 - middle * (sin + cos),
  ];
}

/**
 * Turn (N x 3) points of the crop into the picture's px, in place: x, y where they are, z in the same scale.
 *
 * @param {Region} region
 * @param {Float64Array} points
 * @param {number} size_px
 */
export function pointsToPicture(region, points, size_px) {
  const { cos, sin } = turn(region, size_px);
  const scale = region.side_px / size_px;
  for (let i = 0; i < points.length; i += 3) {
    const x = points[i] - size_px / 2;
    const y = points[i + 1] - size_px / 2;
    points[i] = cos * x - sin * y + region.x_px;
    points[i + 1] = sin * x + cos * y + region.y_px;
    points[i + 2] *= scale;
  }
}

/**
 * Turn x right, y down of (N x 3) points clockwise as seen, in place.
 *
 * @param {Float64Array} points
 * @param {number} angle_deg
 */
export function turnPoints(points, angle_deg) {
  const cos = Math.cos((angle_deg * Math.PI) / 180);
  const sin = Math.sin((angle_deg * Math.PI) / 180);
  for (let i = 0; i < points.length; i += 3) {
    const [x, y] = [points[i], points[i + 1]];
    points[i] = cos * x - sin * y;
    points[i + 1] = sin * x + cos * y;
  }
}

/**
 * @param {Region} region
 * @param {number} size_px
 * @returns {{cos: number, sin: number}} of the region's angle, times picture px per crop px
 */
function turn(region, size_px) {
  const scale = region.side_px / size_px;
  const angle = (region.angle_deg * Math.PI) / 180;
  return { cos: Math.cos(angle) * scale, sin: Math.sin(angle) * scale };
}
