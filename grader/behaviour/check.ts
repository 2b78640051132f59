import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, inject, test } from 'vitest'
import type { RunningServer } from '../process/start-server.ts'
import { type Random, random } from '../random.ts'
import { serverWith, stopServers } from './check-servers.ts'
import { Connection } from './connection.ts'
import { CheckFailure, type Evidence } from './evidence.ts'
import { type Exchange, type RequestOptions, sendRequest } from './request.ts'

export interface CheckOptions {
  /** Short name, by which wrong variants say what must catch them: `stalled-headers`. */
  id: string
  /** Why it matters to somebody who runs a server; shown when the check fails. */
  why: string
  /** Where to look: the part of the lesson, the name of a setting. */
  look: string
  /** Settings other than the step's. Checks with the same ones share a server. */
  settings?: Record<string, string | number>
  /** Time for the whole check, in milliseconds. Default 10 000. */
  timeoutMs?: number
}

/** What a check has in its hands: the running server, from outside. */
export interface Client {
  port: number
  /** One request on a connection of its own: `request('POST /orders', { body: {…} })`. */
  request(line: string, options?: RequestOptions): Promise<Exchange>
  /** A raw TCP connection; closed for you when the check ends. */
  connect(localAddress?: string): Connection
  /** A value of the settings that the server runs with. */
  setting(name: string): number
  /** Random data from the seed of this grade. */
  random: Random
}

let defined = 0

/**
 * One behaviour check: a vitest test that sees a server only from outside. Checks of a file run side
 * by side on one server, unless they ask for other settings. They fail by `verify`.
 * @param name a sentence, "when …, then …": it is the line of the report.
 */
export function check(
  options: CheckOptions,
  name: string,
  run: (client: Client) => Promise<void>,
): void {
  const { id, why, look, timeoutMs = 10_000 } = options
  if (defined === 0) afterAll(stopServers)
  const meta = { id, why, look, position: defined++ }
  test.concurrent(name, { timeout: timeoutMs, meta }, async ({ task }) => {
    const grade = inject('grade')
    const settings = { ...grade.plan.settings, ...options.settings }
    let own: RunningServer | undefined
    const connections: Connection[] = []
    try {
      if (options.settings) own = await serverWith(grade.plan, options.settings)
      const port = own?.port ?? grade.port
      await run({
        port,
        request: (line, requestOptions) => sendRequest(port, line, requestOptions),
        connect(localAddress) {
          const connection = new Connection(port, localAddress)
          connections.push(connection)
          return connection
        },
        setting: (setting) => Number(settings[setting]),
        random: random(`${grade.seed} ${id}`),
      })
      const trouble = own?.trouble()
      if (trouble) throw trouble
    } catch (error) {
      // That a connection was reset is known before the end of the process that caused it.
      const deadline = performance.now() + 200
      while (own && !own.trouble() && performance.now() < deadline) await wait(10)
      const trouble = own?.trouble()
      if (trouble) task.meta.crash = { message: trouble.message, details: trouble.details }
      if (error instanceof CheckFailure) task.meta.evidence = error.evidence
      throw error
    } finally {
      for (const connection of connections) connection.close()
    }
  })
}

declare module 'vitest' {
  interface TaskMeta {
    id?: string
    position?: number
    why?: string
    look?: string
    evidence?: Evidence
    crash?: { message: string; details: string[] }
  }
  interface ProvidedContext {
    grade: import('./run-checks.ts').GradeForChecks
  }
}
