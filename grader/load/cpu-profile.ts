import type { Profiler } from 'node:inspector'

/** What is needed of a script to map its lines back to the source. */
export interface ScriptMap {
  scriptId: string
  /** `file:///…/limits.ts` */
  url: string
  /** A `data:` URL when the script was compiled on the fly; empty when it was not. */
  sourceMapUrl: string
}

export interface TakenProfile {
  profile: Profiler.Profile
  scripts: ScriptMap[]
}

/**
 * Talks to the inspector of a server (Chrome DevTools Protocol over a WebSocket). Its own thread
 * serves it, so that a profile can be started and ended while the event loop is held.
 */
export class InspectorClient {
  readonly #socket: WebSocket
  #lastId = 0
  readonly #waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  readonly #scripts: ScriptMap[] = []

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data))))
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the inspector went away'))
    })
  }

  static connect(url: string): Promise<InspectorClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url)
      socket.addEventListener('open', () => resolve(new InspectorClient(socket)))
      socket.addEventListener('error', () => reject(new Error(`no inspector at ${url}`)))
    })
  }

  async startProfile(): Promise<void> {
    await this.#call('Debugger.enable') // tells of all scripts, with their source maps
    await this.#call('Profiler.enable')
    await this.#call('Profiler.setSamplingInterval', { interval: 500 }) // microseconds
    await this.#call('Profiler.start')
  }

  async stopProfile(): Promise<TakenProfile> {
    const { profile } = await this.#call<{ profile: Profiler.Profile }>('Profiler.stop')
    return { profile, scripts: this.#scripts }
  }

  close(): void {
    this.#socket.close()
  }

  #call<Result>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId
    this.#socket.send(JSON.stringify({ id, method, params }))
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  #receive(message: {
    id?: number
    result?: never
    error?: { message: string }
    method?: string
    params?: { scriptId: string; url: string; sourceMapURL?: string }
  }): void {
    if (message.method === 'Debugger.scriptParsed' && message.params) {
      const { scriptId, url, sourceMapURL = '' } = message.params
      this.#scripts.push({ scriptId, url, sourceMapUrl: sourceMapURL })
    }
    const waiting = message.id === undefined ? undefined : this.#waiting.get(message.id)
    if (!waiting || message.id === undefined) return
    this.#waiting.delete(message.id)
    if (message.error) waiting.reject(new Error(message.error.message))
    else waiting.resolve(message.result as never)
  }
}
