import { connect, type Socket } from 'node:net'
import type { Random } from '../random.ts'

/**
 * A crowd of clients that each hold a connection by sending the headers of a request a few bytes at
 * a time, never finishing (slowloris). One that is cut off comes back after a pause.
 */
export class DrippingCrowd {
  readonly #port: number
  readonly #random: Random
  #stopped = false
  readonly #sockets = new Map<Socket, number>()
  readonly #timers = new Set<NodeJS.Timeout>()
  /** How long each connection that the server ended had been open, in milliseconds. */
  readonly heldMs: number[] = []

  constructor(port: number, random: Random) {
    this.#port = port
    this.#random = random
  }

  /** Lets this many clients begin; resolves when each is connected or refused. */
  async begin(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#hold()))
  }

  /** Clients that are connected now. */
  get open(): number {
    return this.#sockets.size
  }

  /** The longest time that a client has held a connection, ended or not, in milliseconds. */
  get longestHeldMs(): number {
    const now = performance.now()
    return Math.max(0, ...this.heldMs, ...[...this.#sockets.values()].map((since) => now - since))
  }

  /** Clients that have held one connection for longer than this, ended or not. */
  heldLongerThan(limitMs: number): number {
    const now = performance.now()
    const open = [...this.#sockets.values()].map((since) => now - since)
    return [...this.heldMs, ...open].filter((ms) => ms > limitMs).length
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    for (const socket of this.#sockets.keys()) socket.destroy()
  }

  #hold(): Promise<void> {
    return new Promise((settled) => {
      const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
      let drip: NodeJS.Timeout | undefined
      socket.once('connect', () => {
        this.#sockets.set(socket, performance.now())
        socket.write('GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n')
        drip = setInterval(() => socket.write('X-Drip: 1\r\n'), 100)
        settled()
      })
      socket.resume() // a 408 is read, not acted upon
      socket.on('error', () => {})
      socket.once('close', () => {
        clearInterval(drip)
        const since = this.#sockets.get(socket)
        this.#sockets.delete(socket)
        if (since !== undefined && !this.#stopped) this.heldMs.push(performance.now() - since)
        if (!this.#stopped) this.#comeBack()
        settled()
      })
    })
  }

  #comeBack(): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        void this.#hold()
      },
      this.#random.integer(200, 800),
    )
    this.#timers.add(timer)
  }
}
