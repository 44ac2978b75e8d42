/**
 * The F-distribution, for the confidence interval of the ICC. Own code: the well-kept library for it brings 230 packages
 * for this one function, the small one has no types (docs/decisions/0025-zrm-calibration.md). Formulas:
 * the NIST Digital Library of Mathematical Functions, §8.17 (incomplete beta function, continued fraction 8.17.22) and
 * §5.11 for the logarithm of the gamma function; checked against published tables.
 */

/** Coefficients of Lanczos' approximation with g = 7, good to 15 digits. */
const lanczos = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
] as const;

/** Natural logarithm of the gamma function of a number above 0. */
function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const [first, ...others] = lanczos;
  const sum = others.reduce<number>((total, coefficient, index) => total + coefficient / (z + index), first);
  const t = z + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (z - 0.5) * Math.log(t) - t + Math.log(sum);
}

const TINY = 1e-300;
const MAX_STEPS = 10_000;

/** The continued fraction of the incomplete beta function, by Lentz' method; quick where x is below the mean. */
function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MAX_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (Math.abs(change - 1) < 1e-15) return fraction;
  }
  throw new RangeError('the incomplete beta function does not converge');
}

/** The regularised incomplete beta function of 0 ≤ x ≤ 1. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Probability that a number with the F-distribution is at most `f`. Degrees of freedom above 0, whole or not. */
export function fProbability(f: number, numerator: number, denominator: number): number {
  if (f <= 0) return 0;
  const [a, b, whole] = [numerator / 2, denominator / 2, numerator * f + denominator];
  // From the nearer end, so that no digits are lost.
  return numerator * f < denominator
    ? incompleteBeta((numerator * f) / whole, a, b)
    : 1 - incompleteBeta(denominator / whole, b, a);
}

/**
 * The number below which the F-distribution lies with this probability.
 * @throws RangeError unless 0 < probability < 1 and both degrees of freedom are above 0
 */
export function fQuantile(probability: number, numerator: number, denominator: number): number {
  if (!(probability > 0 && probability < 1 && numerator > 0 && denominator > 0)) {
    throw new RangeError('a quantile needs a probability between 0 and 1, and degrees of freedom above 0');
  }
  const [a, b] = [numerator / 2, denominator / 2];
  // Of the two ends of the beta distribution the nearer one is looked from, so that no digits are lost.
  if (incompleteBeta(0.5, a, b) >= probability) {
    const x = betaQuantile(probability, a, b);
    return (denominator * x) / (numerator * (1 - x));
  }
  const y = betaQuantile(1 - probability, b, a);
  return (denominator * (1 - y)) / (numerator * y);
}

/** The point of the beta distribution, at most one half, below which it lies with this probability: found by halving. */
function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 0.5];
  // So small a point can be looked for that a thousand halvings are needed; then no number lies between the two.
  for (let step = 0; step < 1100; step += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return high;
}
