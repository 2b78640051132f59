import type { LoadGate } from './define-load-gate.ts'

/** What the author of a step writes in `steps/step-NN-name/step.ts`. */
export interface Step {
  /** A few words: `Limits are guardrails`. */
  title: string
  /** The layer it is about: the import `#limits`, the files `limits.ts` and `limits.test.ts`. */
  layer: string
  /** One sentence for tables. */
  summary: string
  /** Settings of the server while it is checked; small limits and timeouts keep checks fast. */
  settings: Record<string, string | number>
  /** What is measured under load once every check holds, in this order. At least one. */
  gates: LoadGate[]
  /** From a nudge to nearly the answer; at least four. */
  hints: string[]
  /** Comment lines on top of the starting version, in place of `// TODO`: what to write. */
  todo: string[]
  /** True when there is nothing to write: step 01. */
  shipsFinished?: boolean
}

/** Types a step; returns it as it is. */
export const defineStep = (step: Step): Step => step
