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

/** How the event loop did while it was watched. */
export interface LoopReport {
  /** How late the loop was, at the median, the 99th percentile, at most; in milliseconds. */
  delayP50Ms: number
  delayP99Ms: number
  delayMaxMs: number
  /** Share of the time in which the garbage collector ran: 0 to 1. */
  gcShare: number
  heapUsedBytes: number
}

/** Questions that the probe in a server answers. */
export interface Questions {
  counters: Counters
  'watch loop': object
  'read loop': LoopReport
}

/**
 * Asks the probe in a server.
 * @throws WorkshopError E_SERVER_STUCK when it does not answer within 3 s: its event loop is held.
 */
export function ask<Question extends keyof Questions>(
  child: ChildProcess,
  question: Question,
): Promise<Questions[Question]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(new WorkshopError('E_SERVER_STUCK', { seconds: 3 })), 3000)
    const done = (result: Questions[Question] | Error) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      if (result instanceof Error) reject(result)
      else resolve(result)
    }
    const onMessage = (message: unknown) => {
      // The server may send messages of its own.
      if (isAnswer<Question>(message, question)) done(message)
    }
    child.on('message', onMessage)
    child.send({ workshop: question }, (error) => error && done(error))
  })
}

const isAnswer = <Question extends keyof Questions>(
  message: unknown,
  question: Question,
): message is Questions[Question] =>
  typeof message === 'object' &&
  message !== null &&
  'workshop' in message &&
  message.workshop === question
