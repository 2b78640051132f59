import type { Readable } from 'node:stream'

const headLimitBytes = 16 * 1024
const tailLimitBytes = 64 * 1024

/**
 * Drains the output of a process, always: a pipe that nobody reads would block or bloat the server.
 * Keeps its beginning and its end, and tells when there is more of it than `limitBytes`.
 */
export class Output {
  #head = ''
  #tail = ''
  #bytes = 0
  readonly limitBytes: number
  onFlood: () => void = () => {}

  constructor(limitBytes = 8 * 1024 * 1024) {
    this.limitBytes = limitBytes
  }

  drain(stream: Readable | null): void {
    stream?.setEncoding('utf8')
    stream?.on('data', (text: string) => this.#add(text))
    stream?.on('error', () => {}) // the pipe of a killed process
  }

  get flooded(): boolean {
    return this.#bytes > this.limitBytes
  }

  get text(): string {
    return this.#head + this.#tail
  }

  /** The last lines, without empty ones at the end. */
  lastLines(count: number): string[] {
    return this.text.trimEnd() ? this.text.trimEnd().split('\n').slice(-count) : []
  }

  #add(text: string): void {
    const wasFlooded = this.flooded
    this.#bytes += Buffer.byteLength(text)
    if (this.#head.length < headLimitBytes) this.#head += text
    else this.#tail = (this.#tail + text).slice(-tailLimitBytes)
    if (this.flooded && !wasFlooded) this.onFlood()
  }
}
