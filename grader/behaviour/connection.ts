import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { type Answer, parseAnswer } from './answer.ts'
import { shorten } from './shorten.ts'

/** How a connection stands: still open, closed in order, or reset. */
export type Ending = 'open' | 'closed' | 'reset'

export interface Waited {
  ending: Ending
  /** Time from the call to the end of the connection or of the wait, in milliseconds. */
  afterMs: number
}

/**
 * A TCP connection that a check steers byte by byte. It never half-closes (Node's HTTP server takes
 * that for a client that left) and keeps all it sent and received for the report.
 */
export class Connection {
  readonly #socket: Socket
  readonly #port: number
  #ending: Ending = 'open'
  #received = Buffer.alloc(0)
  #sent = ''
  #timers: NodeJS.Timeout[] = []
  #wake: () => void = () => {}

  constructor(port: number, localAddress?: string) {
    this.#port = port
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      ...(localAddress && { localAddress }),
    })
    this.#socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#wake()
    })
    this.#socket.on('connect', () => this.#wake())
    this.#socket.on('error', () => this.#end('reset')) // ECONNRESET, EPIPE
    this.#socket.on('end', () => this.#end('closed'))
    this.#socket.on('close', () => this.#end('closed'))
  }

  #end(ending: Ending): void {
    if (this.#ending === 'open') this.#ending = ending
    for (const timer of this.#timers) clearInterval(timer)
    this.#wake()
  }

  get ending(): Ending {
    return this.#ending
  }

  /** All bytes received so far, as text. */
  get received(): string {
    return this.#received.toString('latin1')
  }

  /** Sends text (UTF-8) or bytes as they are. */
  send(data: string | Buffer): void {
    this.#sent += typeof data === 'string' ? data : `(${data.length} bytes)`
    this.#socket.write(data)
  }

  /** Sends one piece every `everyMs` milliseconds until the connection ends. Returns a stop function. */
  drip(piece: string, everyMs: number): () => void {
    this.#sent += `${piece} (again every ${everyMs} ms)`
    const timer = setInterval(() => this.#socket.write(piece), everyMs)
    this.#timers.push(timer)
    return () => clearInterval(timer)
  }

  /**
   * Waits until `condition` holds or the connection ended, at most `withinMs`. Where this thread is
   * woken late, the machine is busy and the server late as well: it then gets four times that
   * lateness on top.
   */
  async until(condition: () => boolean, withinMs: number): Promise<Waited> {
    const start = performance.now()
    await this.#untilOrDeadline(condition, start, withinMs)
    // Timers come before input: what has arrived in the meantime must be seen before it is judged.
    await setImmediate()
    const latenessMs = performance.now() - start - withinMs
    if (latenessMs > 30 && this.#ending === 'open' && !condition()) {
      await this.#untilOrDeadline(condition, start, withinMs + 4 * latenessMs)
    }
    return { ending: this.#ending, afterMs: performance.now() - start }
  }

  /** Waits this long, or until the server ends the connection. */
  async pause(ms: number): Promise<Waited> {
    const start = performance.now()
    await this.#untilOrDeadline(() => false, start, ms)
    return { ending: this.#ending, afterMs: performance.now() - start }
  }

  async #untilOrDeadline(condition: () => boolean, start: number, withinMs: number): Promise<void> {
    const left = () => withinMs - (performance.now() - start)
    while (this.#ending === 'open' && !condition() && left() > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, left()))
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  /** Waits for the connection itself, at most 2 s. */
  untilConnected(): Promise<Waited> {
    return this.until(() => !this.#socket.connecting, 2000)
  }

  /** Waits until the server ends the connection, at most `withinMs`. */
  untilEnded(withinMs: number): Promise<Waited> {
    return this.until(() => false, withinMs)
  }

  /** The answers received so far, in their order; an unfinished last one is left out. */
  answers(): Answer[] {
    const found: Answer[] = []
    let rest = this.#received
    for (;;) {
      const parsed = parseAnswer(rest, this.#ending !== 'open')
      if (!parsed) return found
      found.push(parsed.answer)
      rest = rest.subarray(parsed.lengthBytes)
    }
  }

  /** Waits for `count` answers in all (default 1), at most `withinMs`; undefined when they do not come. */
  async answer(withinMs: number, count = 1): Promise<Answer | undefined> {
    await this.until(() => this.answers().length >= count, withinMs)
    return this.answers()[count - 1]
  }

  /** What was sent, as a report shows it. */
  get sent(): string {
    return shorten(this.#sent.replaceAll('\r\n', '\\r\\n'), 200) || 'nothing: only connected'
  }

  /**
   * A command that does the same by hand against `npm start`, on port 3000; empty when there is
   * none. By bash's /dev/tcp: nc is missing on many machines, and some of them half-close.
   */
  get command(): string {
    if (this.#sent === '' || /\(\d+ bytes\)|\(again every/.test(this.#sent)) return ''
    const text = this.#sent
      .replaceAll('\\', '\\\\\\\\') // once for bash, once for printf
      .replaceAll('\r\n', '\\r\\n')
      .replaceAll("'", "'\\''")
      .replaceAll('%', '%%')
      .replace(/["$`]/g, '\\$&')
    return `bash -c "exec 3<>/dev/tcp/127.0.0.1/3000; printf '${text}' >&3; time cat <&3"`
  }

  /** What came back, in words. */
  describe(waited?: Waited): string {
    const last = this.answers().at(-1)
    const answer = last
      ? `${last.status} ${last.statusText}`.trim()
      : this.#received.length > 0
        ? `"${shorten(this.received.replaceAll('\r\n', '\\r\\n'), 120)}"`
        : 'no answer'
    const after = waited ? ` after ${(waited.afterMs / 1000).toFixed(1)} s` : ''
    const state = {
      open: 'connection still open',
      closed: 'connection closed',
      reset: 'connection reset',
    }
    return `${answer}, ${state[this.#ending]}${after}`
  }

  get port(): number {
    return this.#port
  }

  /** Ends the connection from our side with a reset, as a client does that crashed. */
  reset(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#socket.resetAndDestroy()
  }

  /** Ends the connection from our side, at once. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#socket.destroy()
  }
}
