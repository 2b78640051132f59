import type { Look } from './terminal.ts'

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * One line on standard error that says what a waiting reader waits for. It appears when something
 * lasts longer than a second; on a terminal it is rewritten and goes away, elsewhere each new text
 * is a line of its own.
 */
export class ProgressLine {
  readonly #rewrite: boolean
  readonly #start = performance.now()
  #text = ''
  #timer: NodeJS.Timeout | undefined
  #frame = 0

  constructor(look: Look) {
    this.#rewrite = Boolean(process.stderr.isTTY) && !look.plain
    this.#timer = setTimeout(() => {
      if (!this.#rewrite) return
      this.#timer = setInterval(() => this.#draw(), 100)
    }, 1000)
    this.#timer.unref()
  }

  say(text: string): void {
    const stage = text.replace(/:.*/, '')
    const isNew = stage !== this.#text.replace(/:.*/, '')
    this.#text = text
    if (!this.#rewrite && isNew && performance.now() - this.#start > 1000) {
      process.stderr.write(`${stage} …\n`)
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    if (this.#rewrite) process.stderr.write('\r\x1b[K')
  }

  #draw(): void {
    const seconds = Math.round((performance.now() - this.#start) / 1000)
    const frame = frames[this.#frame++ % frames.length]
    const most = (process.stderr.columns || 80) - 12
    process.stderr.write(`\r\x1b[K${frame} ${this.#text.slice(0, most)} (${seconds} s)`)
  }
}
