import type { ChildProcess } from 'node:child_process'
import { WorkshopError } from '../errors.ts'

/** What a server counted since its start. */
export interface Counters {
  /** Connections accepted. */
  connections: number
  /** Requests begun. */
  requests: number
  /** CPU time used, user and system, in microseconds. */
  cpuMicros: number
  /** Resident memory, in bytes. */
  rssBytes: number
}

/**
 * Asks the probe in a server for its counters.
 * @throws WorkshopError E_SERVER_STUCK when the server does not answer in 3 s.
 */
export function readCounters(child: ChildProcess): Promise<Counters> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(new WorkshopError('E_SERVER_STUCK', { seconds: 3 })), 3000)
    const done = (result: Counters | Error) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      if (result instanceof Error) reject(result)
      else resolve(result)
    }
    const onMessage = (message: unknown) => {
      // The server may send messages of its own.
      if (isCounters(message)) done(message)
    }
    child.on('message', onMessage)
    child.send('workshop:counters', (error) => error && done(error))
  })
}

const isCounters = (message: unknown): message is Counters =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  message.type === 'workshop:counters'
