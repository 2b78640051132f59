/** A table as lines of text: the first column left, the others right. */
export function tableText(columns: string[], rows: string[][]): string[] {
  const all = [columns, ...rows]
  const widths = columns.map((_, i) => Math.max(...all.map((cells) => cells[i]?.length ?? 0)))
  return all.map((cells) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('   ')
      .trimEnd(),
  )
}
