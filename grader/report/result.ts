import { z } from 'zod'

/**
 * The canonical result of one grade. `result.json` is exactly this; every other output is written
 * from it. A change that could break a reader raises the number in `schema`.
 */
const Evidence = z.object({
  sent: z.string(),
  expected: z.string(),
  received: z.string(),
  command: z.string().optional(),
})

const Check = z.object({
  id: z.string(),
  name: z.string(),
  passed: z.boolean(),
  position: z.number(),
  durationMs: z.number(),
  why: z.string(),
  look: z.string(),
  evidence: Evidence.optional(),
  crash: z.object({ message: z.string(), details: z.array(z.string()) }).optional(),
})

const Observation = z.object({
  id: z.string(),
  name: z.string(),
  measured: z.number(),
  unit: z.string(),
  needed: z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })]),
  passed: z.boolean(),
  why: z.string(),
  spread: z.string().optional(),
})

const HotFunction = z.object({
  name: z.string(),
  file: z.string(),
  line: z.number(),
  callee: z.string(),
  share: z.number(),
})

const Loop = z.object({
  delayP50Ms: z.number(),
  delayP99Ms: z.number(),
  delayMaxMs: z.number(),
  gcShare: z.number(),
  heapUsedBytes: z.number(),
})

const Gate = z.object({
  kind: z.enum(['shape', 'speed']),
  title: z.string(),
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'not run']),
  observations: z.array(Observation),
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  /** Why there is no verdict: what the machine was busy with. */
  inconclusive: z.string().optional(),
  /** Of a speed gate that failed: where the time went. */
  cause: z
    .object({
      sentence: z.string(),
      functions: z.array(HotFunction),
      loop: Loop.optional(),
      utilization: z.number(),
      profileFile: z.string(),
    })
    .optional(),
})

const Problem = z.object({
  code: z.string(),
  message: z.string(),
  cause: z.string(),
  next: z.string(),
  details: z.array(z.string()),
})

export const Result = z.object({
  schema: z.literal('workshop-result/1'),
  step: z.object({ id: z.string(), title: z.string(), file: z.string() }),
  /** `mine`, `solution`, `starter`, `right/…` or `wrong/…` */
  target: z.string(),
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'error']),
  /** One sentence: why this verdict. */
  reason: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  /** Give it back with `--seed` to repeat the random data of this grade. */
  seed: z.number(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memoryBytes: z.number(),
    os: z.string(),
    node: z.string(),
  }),
  checks: z.array(Check),
  /** Load gates in their order; those behind a failed one were not run. */
  gates: z.array(Gate),
  /** What ended the grade before its checks could: the server did not start, it died, it flooded. */
  problem: Problem.optional(),
  /** Things worth knowing that do not decide: type errors in the learner's file, changed checks. */
  notes: z.array(z.string()),
  /** Last lines that the server printed, when a check failed. */
  printed: z.array(z.string()),
})
export type Result = z.infer<typeof Result>

/** Exit codes of `grade`. Wrong usage and a broken setup are 2 as well. */
export const exitCodes = { pass: 0, fail: 1, error: 2, inconclusive: 3 } as const
