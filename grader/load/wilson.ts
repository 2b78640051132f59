/**
 * Wilson's interval for a share, at 95 %: where the true share lies when `hits` of `count` were seen.
 * Good also when there are none, where the textbook interval has no width.
 * @returns lower and upper bound, 0 to 1. Wilson (1927), J. Am. Stat. Assoc. 22, 209.
 */
export function wilson(hits: number, count: number): [lower: number, upper: number] {
  if (count === 0) return [0, 1]
  const z = 1.96
  const share = hits / count
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count)
  const half =
    (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) /
    (1 + z ** 2 / count)
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
