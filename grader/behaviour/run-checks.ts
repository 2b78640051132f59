import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createVitest, type Reporter, type TestCase } from 'vitest/node'
import { WorkshopError } from '../errors.ts'
import type { ServerPlan } from '../process/start-server.ts'
import type { Evidence } from './evidence.ts'

/** What checks need to know; handed to the thread in which they run. */
export interface GradeForChecks {
  plan: ServerPlan
  /** Port of the server that checks share. */
  port: number
  seed: number
}

export interface CheckResult {
  id: string
  /** The sentence: "when …, then …". */
  name: string
  passed: boolean
  /** Its place in the file, from 0. */
  position: number
  durationMs: number
  why: string
  look: string
  /** Of a failed check: what was sent, expected, received. */
  evidence?: Evidence | undefined
  /** The server that the check had for itself died. */
  crash?: { message: string; details: string[] } | undefined
}

/** Checks that are loaded and wait for a server. */
export interface ReadyChecks {
  /** @throws WorkshopError E_NOTHING_RAN when not every check gave a result. */
  run(grade: GradeForChecks, onResult?: (done: number) => void): Promise<CheckResult[]>
  /** Ends vitest; needed where `run` is not called. */
  close(): Promise<void>
}

/**
 * Gets vitest ready to run the behaviour checks of a step, which takes about as long as the start of
 * a server. Checks, vitest and grader share a process; the learner's code is never in it.
 * @param file path of the checks, from the plan's root.
 */
export async function prepareChecks(file: string, plan: ServerPlan): Promise<ReadyChecks> {
  if (!existsSync(join(plan.root, file))) {
    throw new WorkshopError('E_NOTHING_RAN', { problem: `${file} is missing` })
  }
  const results: CheckResult[] = []
  const oddities: string[] = []
  let onResult: (done: number) => void = () => {}
  const reporter: Reporter = {
    onTestCaseResult(test) {
      const result = toCheckResult(test)
      if (result instanceof Error) oddities.push(`${test.name}: ${result.message}`)
      else results.push(result)
      onResult(results.length)
    },
    onTestModuleEnd(module) {
      for (const error of module.errors()) oddities.push(error.message)
    },
  }
  const vitest = await withoutItsSignals(() =>
    createVitest(
      'test',
      {
        root: plan.root,
        config: false, // a vitest.config of somebody else is not ours to follow
        include: [file],
        watch: false,
        cache: false, // vitest would write it, and the folder anew, when the grade is being cleaned up
        pool: 'threads', // a thread starts in less time than a process, and the checks are our code
        isolate: false,
        maxConcurrency: 100, // checks wait most of the time
        reporters: [reporter],
      },
      { cacheDir: join(plan.folder, 'vite'), logLevel: 'silent' },
    ),
  )
  return {
    async run(grade, tell = () => {}) {
      onResult = tell
      vitest.provide('grade', grade)
      try {
        const { unhandledErrors } = await vitest.start()
        for (const error of unhandledErrors)
          oddities.push(String((error as Error).message ?? error))
      } finally {
        await vitest.close()
      }
      if (oddities.length > 0) {
        throw new WorkshopError('E_NOTHING_RAN', { problem: 'the checks broke' }, oddities)
      }
      if (results.length === 0) {
        throw new WorkshopError('E_NOTHING_RAN', { problem: `no check in ${file}` })
      }
      return results
    },
    close: () => vitest.close(),
  }
}

/** On a signal vitest would end this process at once, before the grade is cleaned up. */
async function withoutItsSignals<Result>(create: () => Promise<Result>): Promise<Result> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)))
  const created = await create()
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.off(signal, listener)
    }
  }
  return created
}

function toCheckResult(test: TestCase): CheckResult | Error {
  const { state, errors = [] } = test.result()
  const { id, position, why, look, evidence, crash } = test.meta()
  if (!id || position === undefined || !why || !look) return new Error('not defined with check()')
  if (state !== 'passed' && state !== 'failed') return new Error(`was ${state}, not run`)
  const durationMs = Math.round(test.diagnostic()?.duration ?? 0)
  const result = {
    id,
    name: test.name,
    passed: state === 'passed',
    position,
    durationMs,
    why,
    look,
    evidence,
    crash,
  }
  if (state === 'failed' && !evidence) {
    const [error] = errors
    // Its own server did not start or died, or it took too long: the learner's. All else is ours.
    const learners =
      error?.name === 'WorkshopError' ||
      crash !== undefined ||
      /timed out/.test(error?.message ?? '')
    if (!learners) return new Error(error?.message ?? 'failed without a reason')
    result.evidence = {
      sent: 'the exchange that the name of this check describes',
      expected: 'an end of it, one way or the other',
      received: error?.message ?? 'nothing',
    }
  }
  return result
}
