import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

export interface Look {
  /** Colours; styleText itself also honours NO_COLOR and whether it writes to a terminal. */
  paint(style: Style, text: string): string
  /** Words instead of signs, no line that is rewritten: for screen readers. */
  plain: boolean
  /** Characters in a line. */
  width: number
}

/** How to write to standard output. */
export function lookOf(plain: boolean): Look {
  return {
    plain,
    width: Math.min(process.stdout.columns || 100, 100),
    paint: (style, text) => (plain ? text : styleText(style, text, { stream: process.stdout })),
  }
}

/** Breaks a text at blanks so that each line, with its indent, fits the width; long words stay whole. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && indent.length + line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line ? `${line} ${word}` : word
    }
  }
  lines.push(line)
  return lines.join(`\n${indent}`)
}
