/** Cuts a long text in its middle, where its beginning and its end still tell what it is. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const half = Math.floor((most - 20) / 2)
  return `${text.slice(0, half)} …(${text.length - 2 * half} more)… ${text.slice(-half)}`
}
